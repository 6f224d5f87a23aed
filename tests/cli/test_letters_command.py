"""``instead letters`` writes every letter of the library to be looked at."""

from instead.office.letters.kinds import KINDS
from support.command_line import done, refused


def test_every_letter_is_written_as_pdf_and_as_text(tmp_path):
    assert "9 letters in" in done("letters", tmp_path / "out", "--language", "es").out
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {f"{kind}.es.{suffix}" for kind in KINDS for suffix in ("pdf", "txt")}
    assert (tmp_path / "out" / "offer.es.pdf").read_bytes().startswith(b"%PDF")
    assert "Le ofrecemos" in (tmp_path / "out" / "offer.es.txt").read_text(encoding="utf-8")


def test_a_mistake_in_an_own_letter_is_shown(tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "card.en.typ").write_text("#nothing", encoding="utf-8")
    said = refused("letters", tmp_path / "out", "--library", tmp_path)
    assert "card.en.typ, line 1, column 2: unknown variable: nothing" in said


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "cannot be made" in refused("letters", tmp_path / "file")
