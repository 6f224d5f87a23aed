"""Court documents as PDF: docket sheets and summaries, what they say, and what cannot be read."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from court_sheets import (
    CHARGE_TITLES,
    OUTLINE,
    SENTENCE_TITLES,
    SUMMARY_TITLES,
    Row,
    case_rows,
    charge,
    docket_head,
    middle,
    page,
    summary_case,
    summary_charge,
    summary_head,
)
from pypdf import PdfWriter
from tiny_pdf import write_pdf

from instead.errors import BadData, NotFound
from instead.records.court_documents import CourtCase, CourtDocument, read_document

REAL = Path(__file__).parents[3] / "shared" / "data" / "court_documents"
real = pytest.mark.skipif(not REAL.is_dir(), reason="the eight real court documents are not beside the repository")
POSSESSION = "35 § 780-113 §§ A16"


def read(tmp_path: Path, *pages: list[Row], footer: str = "CPCMS 9082") -> CourtDocument:
    return read_document(write_pdf(tmp_path / "sheet.pdf", [page(rows, footer) for rows in pages]))


def warnings(document: CourtDocument) -> list[str]:
    return [f"{problem.place.page}: {problem.message} [{problem.excerpt}]" for problem in document.warnings]


def only_case(document: CourtDocument) -> CourtCase:
    assert len(document.cases) == 1
    return document.cases[0]


class TestDocket:
    def test_case_and_person(self, tmp_path: Path) -> None:
        rows = [
            *docket_head(),
            *case_rows(),
            middle("CHARGES"),
            CHARGE_TITLES,
            charge("1", "1", "M", POSSESSION, "Poss"),
        ]
        document = read(tmp_path, rows)
        assert (document.kind, document.warnings) == ("docket", ())
        assert document.person.name == "Example, Ada Q."
        assert document.person.born == date(1990, 7, 9)
        assert document.person.aliases == ("Sample, Ada", "Example, A.")
        case = only_case(document)
        assert (case.docket_number, case.court, case.county) == ("CP-51-CR-0000007-2020", "CP", "Philadelphia")
        assert (case.otn, case.dc_number, case.originating_docket) == (
            "U1234561", "2012034567", "MC-51-CR-0000003-2020",
        )  # fmt: skip
        assert (case.filed, case.arrested) == (date(2020, 3, 4), date(2020, 2, 29))
        assert (case.status, case.section, case.page) == ("Active", "", 1)
        assert case.caption == "Commonwealth of Pennsylvania v. Ada Q. Example"

    def test_charges_wrap_and_go_on_over_a_page(self, tmp_path: Path) -> None:
        first = [
            *docket_head(of=2), *case_rows(), middle("CHARGES"), CHARGE_TITLES,
            charge("1", "1", "M", POSSESSION, "Int Poss Contr Subst By"),
            ((290, "Per Not Reg"),),
            charge("99,999", "2", "", "35 § 780-113 §§", "Manufacture, Delivery, or Possession"),
        ]  # fmt: skip
        second = [
            *docket_head(at=2, of=2), middle("CHARGES"), CHARGE_TITLES,
            ((190, "A30"), (290, "With Intent to Manufacture or Deliver")),
            charge("3", "3", "F3", "18 § 3304 §§ A4", "Criminal Mischief"),
        ]  # fmt: skip
        document = read(tmp_path, first, second)
        assert warnings(document) == []
        one, two, three = only_case(document).charges
        assert (one.sequence, one.original_sequence, one.citation, one.grade) == (1, 1, POSSESSION, "M")
        assert one.description == "Int Poss Contr Subst By Per Not Reg"
        assert (one.offense_date, one.otn) == (date(2020, 2, 28), "U1234561")
        assert (one.disposition, one.disposition_date, one.sentences, one.final) == ("", None, (), None)
        assert (two.sequence, two.original_sequence, two.grade) == (99999, 2, "")
        assert two.citation == "35 § 780-113 §§ A30"
        assert two.description == "Manufacture, Delivery, or Possession With Intent to Manufacture or Deliver"
        assert (three.sequence, three.grade, three.page) == (3, "F3", 2)

    def test_charges_go_on_without_repeated_titles(self, tmp_path: Path) -> None:
        first = [
            *docket_head(of=2),
            middle("CHARGES"),
            CHARGE_TITLES,
            charge("1", "1", "M", POSSESSION, "Possession of"),
        ]
        second = [*docket_head(at=2, of=2), ((290, "Drugs"),), charge("2", "2", "M", "18 § 903", "Conspiracy")]
        document = read(tmp_path, first, second)
        assert [each.description for each in only_case(document).charges] == ["Possession of Drugs", "Conspiracy"]

    def test_dispositions_join_by_number_citation_and_description(self, tmp_path: Path) -> None:
        rows = [
            *docket_head(), middle("CHARGES"), CHARGE_TITLES,
            charge("1", "1", "M", POSSESSION, "Int Poss"),
            charge("99,999", "2", "M", "18 § 907 §§ A", "Poss Instrument Of Crime"),
            charge("99,999", "3", "F2", "18 § 907 §§ B", "Poss Weapon"),
            middle("DISPOSITION SENTENCING/PENALTIES"), *OUTLINE,
            ((30, "Held for Court"), (140, "Defendant Was Present")),
            ((40, "Preliminary Hearing"), (290, "04/05/2020"), (440, "Not Final")),
            ((50, "1 / Int Poss"), (300, "Held for Court"), (490, POSSESSION)),
            ((50, "99,999 / Poss Weapon"), (300, "Proceed to Court (Complaint"), (490, "18 § 907 §§ B")),
            ((300, "Refiled)"),),
            ((50, "99,999 / Poss Instrument"), (300, "Withdrawn"), (490, "18 § 907 §§ A")),
            ((50, "Of Crime"),),
            ((30, "Guilty Plea"),),
            ((40, "Trial"), (290, "06/07/2021"), (440, "Final Disposition")),
            ((50, "1 / Int Poss"), (300, "Guilty Plea"), (450, "M"), (490, POSSESSION)),
            ((60, "Roe, Jane"), (310, "06/08/2021"), (460, "12 Days")),
            ((70, "Probation"), (320, "Max of 1.00 Years"), (470, "06/09/2021")),
            ((320, "12 months"),),
            ((80, "To stay in treatment."),),
            ((80, "No fees."),),
            ((70, "No Further Penalty"),),
        ]  # fmt: skip
        document = read(tmp_path, rows)
        assert warnings(document) == []
        one, crime, weapon = only_case(document).charges
        assert (one.disposition, one.disposition_date, one.final) == ("Guilty Plea", date(2021, 6, 7), True)
        assert one.sentences == (
            "06/08/2021 · Probation · Max of 1.00 Years 12 months · from 06/09/2021 · To stay in treatment. No fees."
            " · credit for time served: 12 Days",
            "06/08/2021 · No Further Penalty · credit for time served: 12 Days",
        )
        assert [(event.result, event.event, event.disposition) for event in one.events] == [
            ("Held for Court", "Preliminary Hearing", "Held for Court"), ("Guilty Plea", "Trial", "Guilty Plea"),
        ]  # fmt: skip
        assert (crime.disposition, crime.final, crime.original_sequence) == ("Withdrawn", False, 2)
        assert (weapon.disposition, weapon.original_sequence) == ("Proceed to Court (Complaint Refiled)", 3)

    def test_disposition_without_charge_is_noted(self, tmp_path: Path) -> None:
        rows = [
            *docket_head(), middle("CHARGES"), CHARGE_TITLES, charge("1", "1", "M", POSSESSION, "Int Poss"),
            middle("DISPOSITION SENTENCING/PENALTIES"), *OUTLINE,
            ((30, "Withdrawn"),), ((40, "Trial"), (290, "06/07/2021"), (440, "Final Disposition")),
            ((50, "4 / Something Else"), (300, "Withdrawn"), (490, "18 § 1")),
        ]  # fmt: skip
        document = read(tmp_path, rows)
        assert "1: in DISPOSITION: there is no such charge in CHARGES [4 / Something Else: Withdrawn]" in warnings(
            document
        )

    def test_no_charges_section(self, tmp_path: Path) -> None:
        rows = [
            *docket_head(), middle("DISPOSITION SENTENCING/PENALTIES"), *OUTLINE,
            ((30, "Withdrawn"),), ((40, "Trial"), (290, "06/07/2021"), (440, "Final Disposition")),
            ((50, "1 / Int Poss"), (300, "Withdrawn"), (450, "M"), (490, POSSESSION)),
        ]  # fmt: skip
        document = read(tmp_path, rows)
        assert [(each.sequence, each.citation, each.grade) for each in only_case(document).charges] == [
            (1, POSSESSION, "M")
        ]
        assert "the sheet has no CHARGES" in warnings(document)[0]

    def test_nothing_but_a_heading(self, tmp_path: Path) -> None:
        document = read(tmp_path, docket_head())
        assert only_case(document).charges == ()
        assert document.person.name == "Ada Q. Example"
        assert document.person.born is None
        assert warnings(document) == ["1: no charge was found on this docket sheet []"]

    def test_missing_values_are_empty(self, tmp_path: Path) -> None:
        rows = [
            *docket_head(), *case_rows(otn="", filed=""), middle("CHARGES"), CHARGE_TITLES,
            charge("1", "", "", POSSESSION, "Int Poss", otn=""),
        ]  # fmt: skip
        case = only_case(read(tmp_path, rows))
        assert (case.otn, case.filed) == ("", None)
        assert (case.charges[0].original_sequence, case.charges[0].otn) == (0, "")

    def test_number_beside_every_charge_is_the_case_number(self, tmp_path: Path) -> None:
        rows = [
            *docket_head(),
            middle("CHARGES"),
            CHARGE_TITLES,
            charge("1", "1", "M", POSSESSION, "Poss", "T 760873-7"),
        ]
        assert only_case(read(tmp_path, rows)).otn == "T7608737"

    def test_bad_values_are_left_out_and_quoted(self, tmp_path: Path) -> None:
        rows = [
            *docket_head(), *case_rows(otn="12-34", filed="02/30/2020"), middle("CHARGES"), CHARGE_TITLES,
            charge("1", "1", "M", POSSESSION, "Int Poss"),
        ]  # fmt: skip
        document = read(tmp_path, rows)
        assert (only_case(document).otn, only_case(document).filed) == ("U1234561", None)
        assert any('"02/30/2020" is not a day of the calendar' in text for text in warnings(document))
        assert any('"12-34" is not one letter and seven digits' in text for text in warnings(document))

    def test_lines_not_understood_are_noted(self, tmp_path: Path) -> None:
        rows = [
            *docket_head(), middle("CASE INFORMATION"), ((38, "a stray remark"),), middle("CHARGES"), CHARGE_TITLES,
            ((450, "see attached"),), charge("1", "1", "M", POSSESSION, "Int Poss"), ((52, "x"), (150, "??")),
            middle("DISPOSITION SENTENCING/PENALTIES"), *OUTLINE, ((230, "floating words"),),
        ]  # fmt: skip
        noted = warnings(read(tmp_path, rows))
        for text in ("a stray remark", "see attached", "x ??", "floating words"):
            assert any(f"[{text}]" in each for each in noted), text

    def test_unknown_column_is_noted(self, tmp_path: Path) -> None:
        titles = (*CHARGE_TITLES, (560, "Bail"))
        row = (*charge("1", "1", "M", POSSESSION, "Int Poss")[:-1], (560, "ROR"))
        document = read(tmp_path, [*docket_head(), middle("CHARGES"), titles, row])
        assert len(document.warnings) == 1
        assert "a column of the charges was not understood" in document.warnings[0].message
        assert only_case(document).charges[0].otn == ""

    def test_missing_pages_are_noted(self, tmp_path: Path) -> None:
        document = read(
            tmp_path, [*docket_head(of=3), middle("CHARGES"), CHARGE_TITLES, charge("1", "1", "", "18 § 1", "A")]
        )
        assert warnings(document) == [
            "1: the sheet says that it has 3 pages, but only 1 are here: charges may be missing []"
        ]

    def test_two_sheets_in_one_file(self, tmp_path: Path) -> None:
        rows = [*case_rows(), middle("CHARGES"), CHARGE_TITLES, charge("1", "1", "M", POSSESSION, "Int Poss")]
        other = "MC-51-CR-0000003-2020"
        document = read(tmp_path, [*docket_head(), *rows], [*docket_head(other), *rows])
        assert [(case.docket_number, case.court, case.page) for case in document.cases] == [
            ("CP-51-CR-0000007-2020", "CP", 1), (other, "MC", 2),
        ]  # fmt: skip
        assert document.warnings == ()

    def test_sheets_of_two_people_are_refused(self, tmp_path: Path) -> None:
        born = [middle("DEFENDANT INFORMATION"), ((38, "Date Of Birth:"), (150, "01/01/1980"))]
        pages = [*docket_head(), *case_rows()], [*docket_head("MC-51-CR-0000003-2020", name="Bo Other"), *born]
        with pytest.raises(BadData, match="page 2: a second person begins here"):
            read(tmp_path, *pages)

    def test_magisterial_district(self, tmp_path: Path) -> None:
        titles: Row = (
            (40, "#"),
            (70, "Charge"),
            (190, "Grade"),
            (230, "Description"),
            (400, "Offense Dt."),
            (470, "Disposition"),
        )
        rows = [
            middle("Magisterial District Judge 38-1-02"), middle("DOCKET"),
            ((370, "Docket Number: MJ-38102-CR-0000123-2020"),), middle("Commonwealth of Pennsylvania"),
            ((302, "v."),), middle("Ada Q. Example"), middle("CASE INFORMATION"),
            ((38, "Judge Assigned: Roe, Jane"), (300, "File Date: 03/04/2020")),
            ((38, "OTN: U 123456-1"), (300, "Arrest Date: 02/29/2020")),
            ((38, "County: Montgomery"), (300, "Township: Norristown Borough")),
            middle("CHARGES"), titles,
            ((40, "1"), (70, "35 § 780-113 §§ A32"), (190, "M"), (230, "Use/Poss Of Drug"),
             (400, "02/28/2020"), (470, "Held for Court")),
            ((230, "Paraph"), (470, "(Lower Court)")),
        ]  # fmt: skip
        document = read(tmp_path, rows, footer="MDJS 1200")
        case = only_case(document)
        assert document.warnings == ()
        assert (case.court, case.county, case.otn) == ("MJ", "Montgomery", "U1234561")
        assert (case.filed, case.arrested) == (date(2020, 3, 4), date(2020, 2, 29))
        charged = case.charges[0]
        assert (charged.citation, charged.grade) == ("35 § 780-113 §§ A32", "M")
        assert (charged.description, charged.disposition) == ("Use/Poss Of Drug Paraph", "Held for Court (Lower Court)")


class TestSummary:
    def test_sections_counties_and_cases(self, tmp_path: Path) -> None:
        first = [
            *summary_head(court="Montgomery County Court of Common Pleas"),
            ((36, "WARRANT OUTSTANDING"),),
            ((46, "Closed"),), ((66, "Montgomery"),),
            *summary_case("CP-46-CR-0000001-2019", disposed="01/31/2020"), SUMMARY_TITLES, SENTENCE_TITLES,
            summary_charge("1", POSSESSION, "M", "Int Poss Contr Subst By Per", "Guilty Plea -"),
            ((290, "Not Reg"), (450, "Negotiated")),
            ((95, "01/31/2020"), (160, "Probation"), (262, "12 months"), (390, "Max: 12 Month(s)")),
            ((262, "in the county"),),
            ((160, "No Further Penalty"),),
            summary_charge("99999", "18 § 903", "", "Conspiracy", "Charge Changed"),
            ((66, "Philadelphia"),), *summary_case("MC-51-CR-0000002-2019", otn=""), SUMMARY_TITLES,
            summary_charge("1", "35 § 780-113", "F", "Manufacture, Delivery, or Possession", ""),
        ]  # fmt: skip
        second = [
            *summary_head(court="Montgomery County Court of Common Pleas")[:2], ((36, "Example, Ada Q. (Continued)"),),
            ((46, "Closed (Continued)"),), ((66, "Philadelphia (Continued)"),), SUMMARY_TITLES,
            ((120, "§§ A30"), (290, "With Intent")),
            summary_charge("2", "18 § 2705", "M2", "Recklessly Endangering", "Withdrawn"),
            ((46, "Archived"),),
            ((66, "CP-51-CR-0000009-2001"), (180, "LA Case"), (234, "Comm. v. Example, Ada")),
        ]  # fmt: skip
        document = read(tmp_path, first, second, footer="CPCMS 3541")
        assert (document.kind, warnings(document), document.notices) == ("summary", [], ("WARRANT OUTSTANDING",))
        assert document.person.aliases == ("Ada Sample", "ADA Q SAMPLE")
        assert (document.person.sex, document.person.race) == ("Female", "White")
        assert document.person.born == date(1990, 7, 9)
        one, two, three = document.cases
        assert (one.court, one.county, one.section, one.otn) == ("CP", "Montgomery", "Closed", "U1234561")
        assert (one.status, one.arrested, one.disposed) == ("Completed", date(2020, 2, 29), date(2020, 1, 31))
        assert one.dc_number == "2012034567"
        assert one.charges[0].description == "Int Poss Contr Subst By Per Not Reg"
        assert one.charges[0].disposition == "Guilty Plea - Negotiated"
        assert one.charges[0].sentences == (
            "01/31/2020 · Probation · 12 months in the county · Max: 12 Month(s)", "No Further Penalty",
        )  # fmt: skip
        assert one.charges[0].disposition_date is None
        assert (one.charges[1].sequence, one.charges[1].grade) == (99999, "")
        assert (two.county, two.section, two.otn, two.page) == ("Philadelphia", "Closed", "", 1)
        assert two.charges[0].citation == "35 § 780-113 §§ A30"
        assert two.charges[0].description == "Manufacture, Delivery, or Possession With Intent"
        assert [(each.sequence, each.page) for each in two.charges] == [(1, 1), (2, 2)]
        assert (three.section, three.county, three.charges, three.page) == ("Archived", "", (), 2)
        assert (three.limited_access, three.caption) == ("LA Case", "Comm. v. Example, Ada")

    def test_no_date_of_birth_and_no_cases(self, tmp_path: Path) -> None:
        document = read(tmp_path, summary_head(born=""), footer="CPCMS 3541")
        assert (document.person.name, document.person.born, document.cases) == ("Example, Ada Q.", None, ())
        assert warnings(document) == ["1: no case was found on this summary []"]

    def test_impossible_dates(self, tmp_path: Path) -> None:
        rows = [
            *summary_head(born="DOB: 13/41/1990"),
            ((46, "Active"),),
            *summary_case("MC-51-CR-0000002-2019", arrested="soon"),
        ]
        document = read(tmp_path, rows, footer="CPCMS 3541")
        assert document.person.born is None
        assert document.cases[0].arrested is None
        assert any('date of birth was left out: "13/41/1990"' in text for text in warnings(document))
        assert any('arrest date of MC-51-CR-0000002-2019 was left out: "soon"' in text for text in warnings(document))

    def test_lines_not_understood_are_noted(self, tmp_path: Path) -> None:
        rows = [
            *summary_head(), ((46, "Closed"),), *summary_case("MC-51-CR-0000002-2019"), SUMMARY_TITLES,
            summary_charge("1", POSSESSION, "M", "Int Poss", "Withdrawn"), ((350, "words in no column"),),
        ]  # fmt: skip
        assert warnings(read(tmp_path, rows, footer="CPCMS 3541")) == [
            "1: this line of the summary was not understood [words in no column]"
        ]

    def test_two_people_are_refused(self, tmp_path: Path) -> None:
        case = [((46, "Closed"),), *summary_case("MC-51-CR-0000002-2019")]
        pages = [*summary_head(), *case], [*summary_head("Other, Bo", "DOB: 01/01/1980"), *case]
        with pytest.raises(BadData, match="page 2: a second person begins here"):
            read(tmp_path, *pages, footer="CPCMS 3541")

    def test_person_repeated_on_every_page(self, tmp_path: Path) -> None:
        first = [
            *summary_head(),
            ((46, "Closed"),),
            ((66, "Bucks"),),
            *summary_case("MC-51-CR-0000002-2019"),
            SUMMARY_TITLES,
        ]
        second = [
            *summary_head(), ((46, "Closed (Continued)"),), ((66, "Bucks (Continued)"),), SUMMARY_TITLES,
            summary_charge("1", POSSESSION, "M", "Int Poss", "Withdrawn"),
        ]  # fmt: skip
        document = read(tmp_path, first, second, footer="CPCMS 3541")
        assert (warnings(document), document.person.aliases) == ([], ("Ada Sample", "ADA Q SAMPLE"))
        assert (only_case(document).county, len(only_case(document).charges)) == ("Bucks", 1)

    def test_name_of_another_on_a_later_page_is_noted(self, tmp_path: Path) -> None:
        first = [*summary_head(), ((46, "Closed"),), *summary_case("MC-51-CR-0000002-2019"), SUMMARY_TITLES]
        second = [*summary_head()[:2], ((36, "Other, Bo (Continued)"),), summary_charge("1", "18 § 1", "M", "A", "")]
        document = read(tmp_path, first, second, footer="CPCMS 3541")
        assert warnings(document) == ["2: this line of the summary was not understood [Other, Bo (Continued)]"]
        assert only_case(document).section == "Closed"

    def test_json(self, tmp_path: Path) -> None:
        rows = [
            *summary_head(born="DOB: 13/41/1990"), ((46, "Closed"),), *summary_case("MC-51-CR-0000002-2019"),
            SUMMARY_TITLES, summary_charge("1", POSSESSION, "M", "Int Poss", "Withdrawn"),
        ]  # fmt: skip
        plain = json.loads(json.dumps(read(tmp_path, rows, footer="CPCMS 3541").to_json()))
        assert (plain["kind"], plain["person"]["born"]) == ("summary", None)
        assert plain["cases"][0]["arrested"] == "2020-02-29"
        assert plain["cases"][0]["charges"][0]["citation"] == POSSESSION
        assert plain["warnings"][0]["page"] == 1


class TestRefused:
    def refused(self, path: Path) -> str:
        with pytest.raises(BadData) as raised:
            read_document(path)
        return str(raised.value)

    def test_no_such_file(self, tmp_path: Path) -> None:
        with pytest.raises(NotFound, match="there is no such file"):
            read_document(tmp_path / "none.pdf")

    def test_folder(self, tmp_path: Path) -> None:
        assert "this is a folder" in self.refused(tmp_path)

    @pytest.mark.parametrize("content", [b"", b"\n \n", b"\0" * 5000])
    def test_empty(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "a.pdf").write_bytes(content)
        assert "the file is empty" in self.refused(tmp_path / "a.pdf")

    @pytest.mark.parametrize("content", [b"Docket Number: CP-51", b"PK\x03\x04" + b"x" * 999, bytes(range(256)) * 20])
    def test_not_a_pdf(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "a.pdf").write_bytes(content)
        assert "this is not a PDF" in self.refused(tmp_path / "a.pdf")

    @pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.995])
    def test_cut_off(self, tmp_path: Path, share: float) -> None:
        path = write_pdf(tmp_path / "a.pdf", [page([*docket_head(), *case_rows()])] * 9)
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * share)])
        assert "the PDF is cut off" in self.refused(path)

    def test_damaged(self, tmp_path: Path) -> None:
        (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\nnonsense\nstartxref\n77\n%%EOF\n")
        assert "cannot be read" in self.refused(tmp_path / "a.pdf")

    def test_no_court_document(self, tmp_path: Path) -> None:
        path = write_pdf(tmp_path / "a.pdf", [[(50, 50, "Invoice No. 7"), (50, 80, "Docket of deliveries")]])
        said = self.refused(path)
        assert 'page 1: this is no court document that can be read; it begins "Invoice No. 7"' in said
        assert '"Docket Number:"' in said
        assert '"Court Summary"' in said

    def test_scanned(self, tmp_path: Path) -> None:
        said = self.refused(write_pdf(tmp_path / "a.pdf", [[], []], pictures=True))
        assert "the pages are pictures; ask the court for the text version or enter the charges by hand" in said

    def test_blank(self, tmp_path: Path) -> None:
        assert "there is no text on them" in self.refused(write_pdf(tmp_path / "a.pdf", [[]]))

    def test_one_page_is_a_picture(self, tmp_path: Path) -> None:
        sheet = page([*docket_head(), middle("CHARGES"), CHARGE_TITLES, charge("1", "1", "M", POSSESSION, "Int Poss")])
        document = read_document(write_pdf(tmp_path / "a.pdf", [sheet, []]))
        assert [str(problem.place.page) for problem in document.warnings] == ["2"]
        assert "this page has no text" in document.warnings[0].message

    @pytest.mark.parametrize(("password", "locked"), [("secret", True), ("", False)])
    def test_locked(self, tmp_path: Path, password: str, locked: bool) -> None:
        plain = write_pdf(tmp_path / "a.pdf", [page([*docket_head(), *case_rows()])])
        writer = PdfWriter(clone_from=plain)
        writer.encrypt(user_password=password, owner_password="owner", algorithm="AES-256")
        writer.write(tmp_path / "b.pdf")
        if locked:
            assert "locked with a password" in self.refused(tmp_path / "b.pdf")
        else:
            assert only_case(read_document(tmp_path / "b.pdf")).docket_number == "CP-51-CR-0000007-2020"


@cache
def real_document(name: str) -> CourtDocument:
    return read_document(REAL / f"anon_{name}.pdf")


@real
class TestReal:
    """The eight real, anonymised documents: counts and whole rows, checked by eye against the pages."""

    @pytest.mark.parametrize(
        ("name", "kind", "charges"),
        [
            ("2023-docket", "docket", [3]),
            ("adjudicated", "summary", [1]),
            ("inactive", "summary", [8, 3, 3, 4, 2, 2, 6, 3, 1, 3, 2, 4, 1, 1, 2, 1, 3, 2]),
            ("merge-cp-01", "docket", [7]),
            ("merge-mc-01", "docket", [7]),
            ("montco_header", "summary", [9, 0, 4, 4, 1, 9]),
            ("multiline-offense-disposition", "docket", [3]),
            ("multiple_categories", "summary", [2, 3, 2, 2, 1, 2, 6, 4, 2, 4, 0, 0, 0, 0]),
        ],
    )
    def test_counts(self, name: str, kind: str, charges: list[int]) -> None:
        document = real_document(name)
        assert document.warnings == ()
        assert document.kind == kind
        assert [len(case.charges) for case in document.cases] == charges

    def test_docket(self) -> None:
        document = real_document("2023-docket")
        assert document.person.name == "Lstcm, Megk"
        assert document.person.aliases[0] == "Moscnke, Pskrib"
        case = only_case(document)
        assert (case.docket_number, case.otn, case.dc_number) == ("CP-51-CR-2860301-1118", "G5696036", "5416313392")
        assert (case.originating_docket, case.status) == ("MC-51-CR-2154063-6386", "Active")
        assert (case.filed, case.arrested) == (date(1961, 10, 30), date(1923, 4, 28))
        dropped = case.charges[2]
        assert (dropped.sequence, dropped.original_sequence, dropped.citation) == (99999, 3, "18 § 6108")
        assert (dropped.description, dropped.offense_date) == ("Carry Firearms Public In Phila", date(1917, 9, 24))
        assert [event.disposition for event in dropped.events] == ["Withdrawn", "Disposed at Lower Court"]
        assert (dropped.disposition_date, dropped.final) == (date(1961, 11, 7), False)

    def test_sentences_over_a_page(self) -> None:
        checks = only_case(real_document("merge-cp-01")).charges[5]
        assert (checks.sequence, checks.citation, checks.grade) == (6, "18 § 4105 §§ A1", "M2")
        assert (checks.description, checks.disposition) == ("Bad Checks", "Guilty Plea")
        assert (checks.disposition_date, checks.final) == (date(1917, 2, 28), True)
        assert checks.sentences == (
            "02/28/1917 · Probation · 2.00 Years",
            "04/13/1966 · Probation · Max of 2.00 Years 2 years · from 04/13/1966 · Fines, cost and restitution to"
            " remain. Will consider termination if restitution is paid.",
        )

    def test_wrapped_dispositions(self) -> None:
        first = only_case(real_document("multiline-offense-disposition")).charges[0]
        assert first.description == "Firearm Not To Be Carried W/O License-No Crim Viol"
        assert [event.disposition for event in first.events] == [
            "Proceed to Court",
            "Remanded to Municipal Court",
            "Proceed to Court (Complaint Refiled)",
            "ARD - County Open",
        ]
        assert first.sentences == ("07/08/1988 · ARD · 24.00 Months · from 07/08/1988",)

    def test_summary_of_other_county(self) -> None:
        document = real_document("montco_header")
        assert [(case.court, case.county) for case in document.cases] == [
            ("CP", "Montgomery"), *[("CP", "Philadelphia")] * 5,
        ]  # fmt: skip
        assert document.cases[1].disposition == "Dependency Disposition (Child NOT Dependent)"
        fourth = document.cases[0].charges[3]
        assert (fourth.sequence, fourth.citation, fourth.grade, fourth.description, fourth.disposition) == (
            4, "18 § 903", "S", "Conspiracy - Harassment - Subject Other to Physical Contact", "Nolle Prossed",
        )  # fmt: skip
        last = document.cases[5].charges[8]
        assert (last.sequence, last.citation, last.page) == (9, "18 § 5105", 3)

    def test_summary_with_several_categories(self) -> None:
        document = real_document("multiple_categories")
        assert [case.section for case in document.cases] == [
            *["Closed"] * 9, "Physical Case File Destroyed", *["Archived"] * 4,
        ]  # fmt: skip
        over_page = document.cases[7]
        assert (over_page.docket_number, over_page.page, over_page.arrested) == (
            "MC-51-CR-5532073-4288", 2, date(1980, 1, 26),
        )  # fmt: skip
        assert [(each.citation, each.grade, each.description) for each in over_page.charges] == [
            ("35 § 780-113 §§ A30", "F", "Manufacture, Delivery, or Possession With Intent to Manufacture or Deliver"),
            ("35 § 780-113 §§ A16", "M", "Int Poss Contr Subst By Per Not Reg"),
            ("75 § 3802 §§ A1*", "M", "DUI: Gen Imp/Inc of Driving Safely - 1st Off"),
            ("35 § 780-113 §§ A32", "M", "Use/Poss Of Drug Paraph"),
        ]
        assert {each.disposition for each in over_page.charges} == {"Withdrawn"}

    def test_summary_with_warrant(self) -> None:
        document = real_document("inactive")
        assert document.notices == ("WARRANT OUTSTANDING",)
        assert document.cases[0].otn == "O3939005"
        assert document.cases[0].charges[0].sentences == (
            "01/07/1933 · Confinement · 9 - 23 months · Min: 9 Month(s) Max: 23 Month(s)",
            "01/07/1933 · Probation · 4 years · Max: 4 Year(s)",
            "05/10/1950 · Probation · 4 years · Max: 4 Year(s)",
        )
        waiting = document.cases[16]
        assert (waiting.section, waiting.status) == ("Inactive", "Active Bench Warrant")
        assert waiting.charges[0].description == (
            "Aggravated Assault - Attempts to cause SBI or causes injury with extreme indifference"
        )
        assert document.cases[14].charges[0].citation == "CO § 10602"
