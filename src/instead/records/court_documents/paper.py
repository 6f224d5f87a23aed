"""A PDF file as pages of lines, or a plain sentence why it cannot be read."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pdfplumber
from pdfplumber.page import Page as PdfPage
from pypdf import PdfReader

from instead.errors import BadData, NotFound, Place, Problem

from .layout import Page, Word, lines_of
from .values import Notes

_TAIL = 2048  # bytes at the end of a file within which a whole PDF says that it ends


def read_pages(path: Path, notes: Notes) -> list[Page]:
    """All pages of the PDF at ``path``.

    Raises :class:`NotFound` if there is no such file and :class:`BadData` if it is a folder, empty, no PDF, cut off,
    locked, damaged, or has no text. A page without text among others is noted as a warning.
    """
    _check_bytes(_bytes_of(path), notes.file)
    with _quiet():
        _check_lock(path, notes.file)
        pages, pictures = _pages(path, notes.file)
    if not any(page.lines for page in pages):
        raise _unreadable(notes.file, _no_text(pictures), page=1)
    for page in pages:
        if not page.lines:
            notes.add("this page has no text and was not read; a scanned page must be entered by hand", page.number)
    return pages


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the libraries' remarks about a file's inner workings away from the user."""
    loggers = [logging.getLogger(name) for name in ("pdfminer", "pypdf")]
    levels = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.CRITICAL)
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _no_text(pictures: bool) -> str:
    if pictures:
        return "the pages are pictures; ask the court for the text version or enter the charges by hand"
    return "the pages are empty: there is no text on them"


def _unreadable(file: str, message: str, expected: str = "", page: int = 0) -> BadData:
    return BadData([Problem(message, Place(file, page=page), expected=expected)])


def _bytes_of(path: Path) -> bytes:
    if path.is_dir():
        raise _unreadable(str(path), "this is a folder, not a document", "one PDF file")
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise NotFound(f"{path}: there is no such file") from error
    except OSError as error:
        raise _unreadable(str(path), f"the file cannot be opened ({error.strerror or error})") from error


def _check_bytes(content: bytes, file: str) -> None:
    wanted = "a docket sheet or court summary as the court's PDF"
    if not content.strip(b"\0\t\n\f\r "):
        raise _unreadable(file, "the file is empty", wanted)
    if b"%PDF-" not in content[:1024]:
        raise _unreadable(file, "this is not a PDF file", wanted)
    if b"%%EOF" not in content[-_TAIL:]:
        raise _unreadable(
            file, f"the PDF is cut off: it ends after {len(content):,} bytes without its last part; download it again"
        )


def _check_lock(path: Path, file: str) -> None:
    try:
        reader = PdfReader(path)
        locked = reader.is_encrypted and not reader.decrypt("")
    except Exception as error:  # the library raises many kinds of errors on damaged files
        raise _damaged(file, error) from error
    if locked:
        raise _unreadable(file, "the PDF is locked with a password; save a copy without the password and read that")


def _damaged(file: str, error: Exception, page: int = 0) -> BadData:
    reason = str(error) or type(error).__name__
    return _unreadable(file, f"the PDF is damaged and cannot be read ({reason}); download it again", page=page)


def _pages(path: Path, file: str) -> tuple[list[Page], bool]:
    pages: list[Page] = []
    pictures = False
    try:
        with pdfplumber.open(path) as pdf:
            for pdf_page in pdf.pages:
                pages.append(_page(pdf_page))
                pictures = pictures or bool(pdf_page.images)
                pdf_page.close()
    except Exception as error:  # the library raises many kinds of errors on damaged files
        raise _damaged(file, error, page=len(pages) + 1) from error
    if not pages:
        raise _unreadable(file, "the PDF has no pages; download it again")
    return pages, pictures


def _page(pdf_page: PdfPage) -> Page:
    upright = pdf_page.filter(lambda thing: bool(thing.get("upright", True))).dedupe_chars()
    words = [
        Word(found["text"], found["x0"], found["x1"], found["bottom"], found["bottom"] - found["top"])
        for found in upright.extract_words(x_tolerance=1.5, y_tolerance=2)
    ]
    return Page(pdf_page.page_number, float(pdf_page.width), lines_of(words, pdf_page.page_number))
