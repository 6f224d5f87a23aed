"""Letters are read by screen readers, by tired eyes and at about the level of the eighth grade."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pdfplumber
import pytest
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from instead.office.letters.closing import CourtroomList
from instead.office.letters.kinds import KINDS
from instead.office.letters.parts import LANGUAGES, Language
from instead.office.letters.render import as_text, render
from instead.office.letters.samples import SAMPLES
from support.letters import hard_letters, reader, sample

#: Letters that a person reads alone; the others are forms for staff and lists for a court.
TO_A_PERSON = ("offer", "consent", "card", "withdrawn", "reminder", "offer_ended", "one_more_thing")
PAGES = {"offer": 3, "card": 2}
_SMALLEST_PRINT = 12.0
_FOOTER_PRINT = 10.5


def _tags(node: object) -> Iterator[str]:
    if isinstance(node, IndirectObject):
        node = node.get_object()
    if isinstance(node, ArrayObject):
        for child in node:
            yield from _tags(child)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield str(node["/S"])
        if "/K" in node:
            yield from _tags(node["/K"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_is_tagged_and_says_its_title_and_language(kind: str, language: Language) -> None:
    root = reader(render(SAMPLES[kind], language)).root_object
    assert root["/MarkInfo"]["/Marked"].value  # type: ignore[index]
    assert str(root["/Lang"]).lower().startswith(language)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value  # type: ignore[index]
    tags = list(_tags(root["/StructTreeRoot"]))
    assert "/P" in tags or "/Div" in tags
    assert kind == "card" or "/H1" in tags


def test_lists_and_tables_are_tagged_as_such() -> None:
    offer = list(_tags(reader(render(SAMPLES["offer"], "en")).root_object["/StructTreeRoot"]))
    assert offer.count("/LI") == len(re.findall("^• ", as_text(SAMPLES["offer"], "en"), re.MULTILINE))
    table = list(_tags(reader(render(sample(CourtroomList), "en")).root_object["/StructTreeRoot"]))
    assert table.count("/TH") == 4
    assert table.count("/TD") == 4 * len(sample(CourtroomList).lines)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_print_is_smaller_than_twelve_points(kind: str, language: Language) -> None:
    with pdfplumber.open(io.BytesIO(render(SAMPLES[kind], language))) as pdf:
        for page in pdf.pages:
            sizes = {round(char["size"], 1) for char in page.chars if char["bottom"] < page.height - 45}
            assert min(sizes) >= _SMALLEST_PRINT
            assert min(round(char["size"], 1) for char in page.chars) >= _FOOTER_PRINT


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_is_one_page_where_it_can_be(kind: str, language: Language) -> None:
    assert len(reader(render(SAMPLES[kind], language)).pages) == PAGES.get(kind, 1)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_runs_off_the_page_or_out_of_the_card(kind: str, language: Language) -> None:
    with pdfplumber.open(io.BytesIO(render(hard_letters()[kind], language))) as pdf:
        for page in pdf.pages:
            for char in page.chars:
                assert char["x0"] > 36 and char["x1"] < page.width - 36
                assert char["top"] > 36 and char["bottom"] < page.height - 25


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_a_card_stay_on_their_side_of_the_fold(language: Language) -> None:
    with pdfplumber.open(io.BytesIO(render(hard_letters()["card"], language))) as pdf:
        inner = pdf.pages[0]
        folds = [inner.height / 2 + part * 2.125 * 72 for part in (-2, -1, 0, 1, 2)]
        for char in inner.chars:
            assert not any(char["top"] < fold < char["bottom"] for fold in folds)


@pytest.mark.parametrize("kind", TO_A_PERSON)
def test_english_is_at_about_the_eighth_grade(kind: str) -> None:
    assert _flesch_kincaid(as_text(SAMPLES[kind], "en")) <= 8.0


@pytest.mark.parametrize("kind", TO_A_PERSON)
def test_spanish_is_as_easy(kind: str) -> None:
    """Fernández Huerta's scale: from 60 to 70 is the level of the eighth and ninth grade, above it is easier."""
    assert _fernandez_huerta(as_text(SAMPLES[kind], "es")) >= 65.0


def _prose(text: str) -> tuple[int, list[str]]:
    """How many sentences, and the words, of what is a sentence: no names, numbers, citations or labels."""
    blocks = [block for block in text.split("\n\n") if re.search(r"[.?!,:]$", block)]
    plain = [re.sub(r"\([^)]*\)+|\S*\d\S*|Pa\.\S*|P\.S\.|[ap]\. ?m\.", "", block) for block in blocks]
    ends = sum(max(1, len(re.findall(r"[.?!:;]+(?=\s|$)", block))) for block in plain)
    return ends, [word for block in plain for word in re.findall(r"[^\W\d_]+(?:’[^\W\d_]+)?", block)]


def _flesch_kincaid(text: str) -> float:
    ends, words = _prose(text)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"(?<=[^l])e$", "", word.lower())))) for word in words)
    return 0.39 * len(words) / ends + 11.8 * syllables / len(words) - 15.59


def _fernandez_huerta(text: str) -> float:
    ends, words = _prose(text)
    vowels = r"[aeoáéó]?[iuü]?[aeoáéó][iuü]?(?![iuü])|[íú]|[iuü]"
    syllables = sum(max(1, len(re.findall(vowels, word.lower()))) for word in words)
    return 206.84 - 60.0 * syllables / len(words) - 1.02 * len(words) / ends
