"""What people wrote is text: it is never read as a template, and never lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instead.office.letters.encode import harmless
from instead.office.letters.kinds import KINDS
from instead.office.letters.on_the_way import OneMoreThing, Reminder
from instead.office.letters.parts import LANGUAGES, Language, Said
from instead.office.letters.render import as_text, render
from support.letters import pages, sample, squeezed

MARKUP = [
    '#eval("1 + 1")',
    "#panic[no]",
    "#data.person",
    "*bold* _slanted_ `raw`",
    "$x^2$",
    "\\ \\# \\u{41} \\",
    "= heading",
    "- item",
    "1. item",
    "/ term: word",
    "// comment",
    "/* comment */",
    "<label> @reference",
    "[brackets] {braces} (parens)",
    "</script><script>alert(1)</script>",
    "&amp; &#65; %41 \x1b[31m",
    "'single' \"double\" -- --- ... ~ --",
    "{{ person }} {% if %}",
    "https://example.org/#x",
    "O’Brien-Łukasiewicz, Đặng Thị, Иван, Γιώργος",
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("written", MARKUP)
def test_a_name_is_printed_as_it_was_written(written: str, language: Language) -> None:
    letter = replace(sample(Reminder), person=written)
    assert squeezed(harmless(written)) in squeezed("".join(pages(render(letter, language))))
    assert harmless(written) in as_text(letter, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_the_office_are_printed_as_they_were_written(language: Language) -> None:
    for written in MARKUP:
        letter = replace(sample(OneMoreThing), thing="other", in_words=Said(written))
        assert squeezed(harmless(written)) in squeezed("".join(pages(render(letter, language))))
        assert harmless(written) in as_text(letter, language)


def test_every_text_field_of_every_letter_takes_hostile_text() -> None:
    hostile = '#eval("1") *b* $x$ \\ ] } </script> "'
    for kind in KINDS.values():
        letter = _everywhere(sample(kind), hostile)
        assert squeezed(hostile) in squeezed("".join(pages(render(letter, "en"))))


@pytest.mark.parametrize("name", ["דנה כהן", "محمد علي"])
def test_a_name_from_right_to_left_keeps_its_letters(name: str) -> None:
    letter = replace(sample(Reminder), person=name)
    printed = "".join(pages(render(letter, "en")))
    assert sorted(squeezed(name)) == sorted(character for character in printed if character in set(squeezed(name)))
    assert name in as_text(letter, "en")


def test_a_hidden_turn_of_direction_is_taken_out() -> None:
    assert harmless("Rosa \u202eelpmaxE\u2066") == "Rosa elpmaxE"
    assert harmless("two\nlines\tand \x00 more \ud800") == "two lines and more \ufffd"
    assert harmless("e\u0301") == "é"


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Ana 🙂", "Ana [slightly smiling face]"),
        ("❤️‍🔥", "[heavy black heart][fire]"),
        ("\U0001f1f5\U0001f1f7", "[regional indicator symbol letter p][regional indicator symbol letter r]"),
        ("\ue000 x", "[U+E000] x"),
    ],
)
def test_what_no_font_can_show_is_spelled_out_and_not_dropped(written: str, printed: str) -> None:
    letter = replace(sample(Reminder), person=written)
    text = squeezed("".join(pages(render(letter, "es"))))
    assert squeezed(printed) in text or squeezed(written) in text, "neither shown nor spelled out"
    assert written in as_text(letter, "es")


def test_a_chinese_name_is_shown_where_a_font_has_it_and_else_spelled_out() -> None:
    printed = squeezed("".join(pages(render(replace(sample(Reminder), person="王小明"), "en"))))
    assert "王小明" in printed or "[U+738B][U+5C0F][U+660E]" in printed


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_whatever_somebody_writes_the_letter_is_made_and_the_text_keeps_it(written: str) -> None:
    letter = replace(sample(Reminder), person=written)
    assert render(letter, "en").startswith(b"%PDF")
    assert harmless(written) in as_text(letter, "en")


def _everywhere(value: object, hostile: str) -> object:
    from dataclasses import fields, is_dataclass

    if isinstance(value, Said):
        return Said(hostile, hostile)
    if is_dataclass(value) and not isinstance(value, type):
        kept = {"kind", "plea", "court", "clock", "recipient", "step", "closes", "thing", "what", "asks"}
        changed = {
            field.name: _everywhere(getattr(value, field.name), hostile)
            for field in fields(value)
            if field.name not in kept
        }
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(_everywhere(one, hostile) for one in value)
    return hostile if isinstance(value, str) else value
