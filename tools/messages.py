"""The office's messages in other languages: find them in the sources, and keep the catalogs in step.

    python tools/messages.py    write every message that pages and letters use into locale/es/…/django.po

A new message stands there without a translation, and a test fails until it has one. What no page uses any more is taken
out. `pybabel compile` makes of the catalog what Django reads; set-up does that.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

OFFICE = Path(__file__).parents[1] / "src" / "instead" / "office"
LOCALE = OFFICE / "locale"
LANGUAGES = ("es",)
_NOT_OURS = frozenset({"assets", "static", "migrations", "locale"})
_EMPTY_HEADERS = re.compile(rb'"(Project-Id|Report|POT|PO-R|Last|Language-T|Generated)[^\n]*\n')
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def catalog_path(language: str) -> Path:
    """Where the catalog of a language is kept."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def in_sources() -> Catalog:
    """Every message of the Python files and templates of the office, with the files it is in."""
    found = Catalog(project="instead", copyright_holder="the authors of Instead", fuzzy=False)
    for path in sorted(OFFICE.rglob("*")):
        place = path.relative_to(OFFICE)
        if path.suffix in {".py", ".html", ".txt"} and not _NOT_OURS & set(place.parts):
            for _, message, _, context in extract("python", BytesIO(_as_python(path)), keywords=_KEYWORDS):
                found.add(message, locations=[(place.as_posix(), 1)], context=context)
    return found


def _as_python(path: Path) -> bytes:
    """A file as Python: Django turns a template into calls of gettext."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        from django.utils.translation.template import templatize

        text = templatize(text, origin=str(path))
    return text.encode("utf-8")


def read(language: str) -> Catalog:
    """The catalog of a language as it is kept."""
    with catalog_path(language).open("rb") as file:
        return read_po(file, locale=language)


def renew(language: str) -> None:
    """Write the catalog anew: every message of the sources, with the translations there are."""
    found, path = in_sources(), catalog_path(language)
    kept = read(language) if path.is_file() else Catalog(locale=language, fuzzy=False)
    kept.update(found, no_fuzzy_matching=True)
    kept.creation_date = kept.revision_date = dt.datetime.now(dt.UTC)
    kept.header_comment, kept.fuzzy = "# Messages of the office. Renewed by tools/messages.py.", False
    written = BytesIO()
    write_po(written, kept, width=120, sort_output=True, ignore_obsolete=True, include_lineno=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    header, _, messages = written.getvalue().partition(b"\n\n")
    path.write_bytes(_EMPTY_HEADERS.sub(b"", header + b"\n") + b"\n" + messages)


def main() -> None:
    """Renew every catalog."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "instead.office.settings")
    for language in LANGUAGES:
        renew(language)
        missing = [message.id for message in read(language) if message.id and not message.string]
        print(f"{catalog_path(language)}: {len(missing)} without a translation")  # noqa: T201


if __name__ == "__main__":
    main()
