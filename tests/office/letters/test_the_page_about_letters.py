"""The page about letters names every kind and every part that a template can use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from instead.library import Library
from instead.office.letters.kinds import KINDS
from instead.office.letters.sources import sources

PAGE = (Path(__file__).parents[3] / "docs" / "office" / "letters.md").read_text(encoding="utf-8")
_PART = re.compile(r"^/// .*\n#let ([\w-]+)\(", re.MULTILINE)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_row(kind: str) -> None:
    assert f"\n| `{kind}` |" in PAGE


def test_every_part_with_a_meaning_is_on_the_page() -> None:
    written = sources(Library())
    parts = {part for name in ("letter.typ", "words.en.typ") for part in _PART.findall(written[name].text)}
    assert len(parts) > 10
    assert {part for part in parts if f"`{part}`" not in PAGE} == {"page-of"} & parts
