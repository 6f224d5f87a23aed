"""``instead letters``: one letter of each kind about an invented case, to look at what an office would send."""

from __future__ import annotations

from pathlib import Path

import click

from instead.cli.options import FILE, library, library_option
from instead.cli.output import console, counted, progress, whole_file
from instead.errors import InsteadError


@click.command()
@click.argument("directory", metavar="DIR", type=FILE)
@click.option("--language", type=click.Choice(["en", "es"]), help="English or Spanish alone; without it both.")
@library_option
def letters(directory: Path, language: str | None, library_dir: Path | None) -> None:
    """Write every letter of the library to DIR, as PDF and as text, with the words of a case that nobody had."""
    from instead.office.letters.parts import LANGUAGES
    from instead.office.letters.render import as_text, render
    from instead.office.letters.samples import SAMPLES

    try:
        directory.mkdir(exist_ok=True)
    except OSError as error:
        raise InsteadError(f"{directory}: cannot be made: {error.strerror or error}") from None
    own = library(library_dir)
    written = 0
    with progress("Writing letters", quiet=False) as say:
        for kind, letter in SAMPLES.items():
            for spoken in [one for one in LANGUAGES if language in (None, one)]:
                say(f"{kind}.{spoken}")
                pdf, text = render(letter, spoken, library=own), as_text(letter, spoken, library=own)
                for suffix, content in ((".pdf", pdf), (".txt", f"{text}\n".encode())):
                    with whole_file(directory / f"{kind}.{spoken}{suffix}") as path:
                        path.write_bytes(content)
                written += 1
    console().print(
        f"{counted(written, 'letter')} in {directory}, each as PDF and as text. Nobody in them exists.", markup=False
    )
