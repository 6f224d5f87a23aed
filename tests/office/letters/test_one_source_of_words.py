"""The PDF of a letter and its text are the same sentences in the same order, and nothing is in one alone."""

from __future__ import annotations

import pytest

from instead.office.letters.kinds import KINDS, Letter
from instead.office.letters.parts import LANGUAGES, Language
from instead.office.letters.render import as_text, render, words
from instead.office.letters.samples import SAMPLES
from support.letters import hard_letters, printed, reader, sentences, squeezed

LETTERS = [
    pytest.param(letter, language, id=f"{letter.kind}-{language}-{which}")
    for which, letters in (("sample", SAMPLES), ("hard", hard_letters()))
    for letter in letters.values()
    for language in LANGUAGES
]


def test_every_kind_has_a_sample() -> None:
    assert list(SAMPLES) == list(KINDS) == list(hard_letters())


@pytest.mark.parametrize(("letter", "language"), LETTERS)
def test_every_sentence_of_the_text_is_in_the_pdf_in_this_order(letter: Letter, language: Language) -> None:
    text, at = printed(letter, language), 0
    for sentence in sentences(as_text(letter, language)):
        for cell in sentence.split("; "):
            found = text.find(squeezed(cell.removesuffix(";")), at)
            assert found >= 0, f"not in print, or not in this place: {cell}"
            at = found + len(squeezed(cell.removesuffix(";")))


@pytest.mark.parametrize(("letter", "language"), LETTERS)
def test_nothing_is_in_the_pdf_alone(letter: Letter, language: Language) -> None:
    left = printed(letter, language)
    said = [cell for sentence in sentences(as_text(letter, language)) for cell in sentence.split("; ")]
    for sentence in sorted({squeezed(cell.removesuffix(";")) for cell in said}, key=len, reverse=True):
        left = left.replace(sentence, "")
    assert left.replace(";", "") == ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_title_of_the_pdf_is_the_title_of_the_words(kind: str, language: Language) -> None:
    metadata = reader(render(SAMPLES[kind], language)).metadata
    assert metadata is not None
    assert metadata.title == words(SAMPLES[kind], language).title


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_letter_gives_the_same_bytes(kind: str) -> None:
    assert render(SAMPLES[kind], "en") == render(SAMPLES[kind], "en")


@pytest.mark.parametrize("kind", KINDS)
def test_both_languages_have_as_many_blocks(kind: str) -> None:
    for letter in (SAMPLES[kind], hard_letters()[kind]):
        assert len(words(letter, "en").blocks) == len(words(letter, "es").blocks)
