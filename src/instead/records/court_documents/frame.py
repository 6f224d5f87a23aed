"""What stands around the content of each page: which kind of document it is, its heading, its footer."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from instead.errors import BadData, Place, Problem

from .layout import Line, Page
from .values import Notes, docket_number_in

_PAGE_OF = re.compile(r"\s*\bPage\s+(\d+)\s+of\s+(\d+)\b\s*", re.IGNORECASE)
_FOOTER = re.compile(r"^(CPCMS|MDJS|AOPC)\s*\d+\b|^Printed:|^Recent entries made in the court filing", re.IGNORECASE)
_TOP = 20  # lines at the top of a page among which its title must be


@dataclass(frozen=True, slots=True)
class Body:
    """A document without its frame: the heading of its first page, and the content lines of all its pages.

    ``middle`` is the middle of the page in points from the left.
    """

    head: tuple[Line, ...]
    lines: tuple[Line, ...]
    middle: float


def kind_of(pages: Sequence[Page], file: str) -> Literal["docket", "summary"]:
    """Whether this is a docket sheet or a court summary. Raises :class:`BadData` if it is neither."""
    first = next(page for page in pages if page.lines)
    top = [line.text.lower() for line in first.lines[:_TOP]]
    if any("court summary" in text for text in top):
        return "summary"
    if any("docket number:" in text for text in top) and any(text.endswith("docket") for text in top):
        return "docket"
    message = f'this is no court document that can be read; it begins "{_beginning(first)}"'
    looked_for = 'a Pennsylvania docket sheet ("DOCKET" and "Docket Number:") or court summary ("Court Summary")'
    raise BadData([Problem(message, Place(file, page=first.number), expected=looked_for)])


def _beginning(page: Page) -> str:
    return textwrap.shorten(page.lines[0].text, 60, placeholder="…")


def parts_of(pages: Sequence[Page]) -> list[list[Page]]:
    """The pages of each docket sheet, where several have been put into one file, told apart by their docket number."""
    parts: list[list[Page]] = []
    last = ""
    for page in pages:
        number = next((docket_number_in(line.text) for line in page.lines[:_TOP] if _names_docket(line)), "")
        if not parts or (number and last and number != last):
            parts.append([])
        parts[-1].append(page)
        last = number or last
    return parts


def _names_docket(line: Line) -> bool:
    return "docket number:" in line.text.lower()


def body_of(pages: Sequence[Page], begins: Callable[[Line], bool]) -> Body:
    """The content of all pages. ``begins`` tells the first content line of the first page.

    On later pages the heading is what repeats the first page's heading.
    """
    bare = [_without_footer(page) for page in pages]
    start = next((at for at, line in enumerate(bare[0]) if begins(line)), len(bare[0]))
    head = tuple(bare[0][:start])
    known = {_heading_text(line) for line in head} | {""}
    lines = list(bare[0][start:])
    for page_lines in bare[1:]:
        skip = next((at for at, line in enumerate(page_lines) if _heading_text(line) not in known), len(page_lines))
        lines += page_lines[skip:]
    return Body(head, tuple(lines), pages[0].width / 2)


def _without_footer(page: Page) -> tuple[Line, ...]:
    return page.lines[: _footer_at(page)]


def _footer_at(page: Page) -> int:
    return next((at for at, line in enumerate(page.lines) if _FOOTER.match(line.text)), len(page.lines))


def _heading_text(line: Line) -> str:
    return without_page_number(line.text)


def without_page_number(text: str) -> str:
    """The text without "Page 1 of 3"."""
    return _PAGE_OF.sub(" ", text).strip()


def check_pages(pages: Sequence[Page], notes: Notes) -> None:
    """Warn if the sheet says that it has more pages than there are here, or if a page ends without its footer."""
    whole = [_footer_at(page) < len(page.lines) for page in pages]
    for page, ends in zip(pages, whole, strict=True):
        if any(whole) and not ends:
            notes.add("this page ends without its footer: part of it may be missing", page.number)
    printed = [_PAGE_OF.search(line.text) for page in pages for line in page.lines[:_TOP]]
    counts = [int(match[2]) for match in printed if match]
    if counts and max(counts) > len(pages):
        message = f"the sheet says that it has {max(counts)} pages, but only {len(pages)} are here"
        notes.add(f"{message}: charges may be missing", pages[-1].number)
