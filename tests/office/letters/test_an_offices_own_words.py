"""An office writes its own letters: its folder comes first, a mistake is shown where it is, and nothing is fetched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from instead.errors import NotFound, Problems
from instead.library import Library
from instead.office.letters.kinds import KINDS
from instead.office.letters.on_the_way import Reminder
from instead.office.letters.parts import LANGUAGES
from instead.office.letters.render import as_text, render
from instead.office.letters.samples import SAMPLES
from instead.office.letters.sources import sources
from support.letters import pages, reader, sample

HEAD = '#import "letter.typ": *\n#show: paper.with(title: [Ours])\n'


@pytest.fixture
def own(tmp_path: Path) -> Callable[..., Library]:
    """A library of an office's own with the letters given by name."""

    def write(**letters: str) -> Library:
        (tmp_path / "letters").mkdir(exist_ok=True)
        for name, text in letters.items():
            file = tmp_path / "letters" / f"{name.replace('__', '.')}.typ"
            file.write_text(text, encoding="utf-8")
        return Library(tmp_path)

    return write


def test_every_kind_has_words_in_every_language() -> None:
    assert {f"{kind}.{language}" for kind in KINDS for language in LANGUAGES} <= set(Library().names("letters"))


def test_an_offices_own_words_come_first_and_the_rest_from_the_package(own: Callable[..., Library]) -> None:
    library = own(reminder__en=HEAD + "= Ours\nDear #data.person, see you on #weekday(data.day).")
    assert as_text(sample(Reminder), "en", library=library) == "Ours\n\nDear Rosa, see you on Tuesday, May 14, 2019."
    assert "Dear Rosa" in pages(render(sample(Reminder), "en", library=library))[0]
    assert as_text(sample(Reminder), "es", library=library) == as_text(sample(Reminder), "es")


def test_an_office_may_change_the_words_that_all_letters_share(own: Callable[..., Library]) -> None:
    shared = sources(Library())["words.en.typ"].text.replace("Page #page of #pages", "#page/#pages")
    pdf = render(SAMPLES["offer"], "en", library=own(words__en=shared))
    assert reader(pdf).pages[0].extract_text().endswith("1/3")


@pytest.mark.parametrize(
    ("text", "message", "at"),
    [
        ("Dear #data.persn", 'dictionary does not contain key "persn"', (3, 12)),
        ("\nDear #dta.person", "unknown variable: dta", (4, 7)),
        ("#let", "expected pattern", (3, 5)),
    ],
)
@pytest.mark.parametrize("make", [render, as_text])
def test_a_mistake_in_a_letter_is_shown_with_its_line(
    make: Callable[..., object], text: str, message: str, at: tuple[int, int], own: Callable[..., Library]
) -> None:
    with pytest.raises(Problems) as caught:
        make(sample(Reminder), "en", library=own(reminder__en=HEAD + text))
    (problem,) = caught.value.problems
    assert message in problem.message
    assert problem.place.file.endswith("reminder.en.typ")
    assert (problem.place.line, problem.place.column) == at
    assert problem.excerpt == text.strip()


def test_what_would_be_in_print_alone_is_refused(own: Callable[..., Library]) -> None:
    with pytest.raises(Problems, match="cannot be said as text"):
        as_text(sample(Reminder), "en", library=own(reminder__en=HEAD + "#context [Page #here().page()]"))


@pytest.mark.parametrize("line", ['#import "@preview/cetz:0.3.0": *', '#import "@local/ours:1.0.0"', "#let a = '@x/y'"])
def test_a_letter_that_would_fetch_something_is_refused_before_it_does(line: str, own: Callable[..., Library]) -> None:
    with pytest.raises(Problems, match="may not fetch anything"):
        render(sample(Reminder), "en", library=own(reminder__en=HEAD + line))


def test_an_address_of_an_email_is_no_package(own: Callable[..., Library]) -> None:
    assert "desk@example.org" in as_text(sample(Reminder), "en", library=own(reminder__en=HEAD + "desk\\@example.org"))


def test_a_letter_without_a_title_is_refused(own: Callable[..., Library]) -> None:
    with pytest.raises(Problems, match="missing document title"):
        render(sample(Reminder), "en", library=own(reminder__en="plain"))


def test_an_office_may_put_its_seal_on_a_letter(own: Callable[..., Library], tmp_path: Path) -> None:
    library = own(reminder__en=HEAD + '#image("seal.svg", alt: "Seal", width: 1in)\nHello')
    seal = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle cx="4" cy="4" r="4"/></svg>'
    (tmp_path / "letters" / "seal.svg").write_text(seal, encoding="utf-8")
    assert render(sample(Reminder), "en", library=library).startswith(b"%PDF")
    assert as_text(sample(Reminder), "en", library=library) == "Hello"


def test_a_letter_reads_no_file_outside_its_folder(own: Callable[..., Library], tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    with pytest.raises(Problems, match=r"escape|not found"):
        render(sample(Reminder), "en", library=own(reminder__en=HEAD + '#read("../secret.txt")'))


def test_an_own_library_without_letters_uses_the_packages(tmp_path: Path) -> None:
    assert render(sample(Reminder), "en", library=Library(tmp_path)) == render(sample(Reminder), "en")


def test_a_name_that_is_not_there_gets_the_nearest() -> None:
    with pytest.raises(NotFound, match=r"no letter 'ofer\.en'.*did you mean offer\.en"):
        Library().find("letters", "ofer.en")
