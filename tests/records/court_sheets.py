"""Synthetic court documents for tests, laid out like the real ones but at positions of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tiny_pdf import Text

Row = tuple[tuple[float, str], ...]
PITCH = 13.0

CHARGE_TITLES: Row = (
    (50, "Seq."), (95, "Orig Seq."), (150, "Grade"), (190, "Statute"), (290, "Statute Description"),
    (460, "Offense Dt."), (520, "OTN"),
)  # fmt: skip
OUTLINE: tuple[Row, ...] = (
    ((30, "Disposition"),),
    ((40, "Case Event"), (290, "Disposition Date"), (440, "Final Disposition")),
    ((50, "Sequence/Description"), (300, "Offense Disposition"), (450, "Grade"), (490, "Section")),
    ((60, "Sentencing Judge"), (310, "Sentence Date"), (460, "Credit For Time Served")),
    ((70, "Sentence/Diversion Program Type"), (320, "Incarceration/Diversionary Period"), (470, "Start Date")),
    ((80, "Sentence Conditions"),),
)  # fmt: skip
SUMMARY_TITLES: Row = ((80, "Seq No"), (120, "Statute"), (250, "Grade"), (290, "Description"), (450, "Disposition"))
SENTENCE_TITLES: Row = (
    (95, "Sentence Dt."), (160, "Sentence Type"), (262, "Program Period"), (390, "Sentence Length"),
)  # fmt: skip


def page(rows: Sequence[Row], footer: str = "CPCMS 9082") -> list[Text]:
    """One page of a document: each row below the one before, then the footer."""
    texts = [(x, 40 + PITCH * at, text) for at, row in enumerate(rows) for x, text in row]
    foot = 40 + PITCH * (len(rows) + 2)
    remark = "Recent entries made in the court filing offices may not be immediately reflected on these docket sheets."
    return [*texts, (36, foot, footer), (480, foot, "Printed: 01/02/2020"), (36, foot + PITCH, remark)]


def middle(text: str) -> Row:
    """A heading in the middle of the page; good enough for Helvetica capitals."""
    return ((306 - 2.8 * len(text), text),)


def docket_head(
    number: str = "CP-51-CR-0000007-2020", at: int = 1, of: int = 1, name: str = "Ada Q. Example"
) -> list[Row]:
    """The heading of a docket sheet's page."""
    return [
        middle("COURT OF COMMON PLEAS OF PHILADELPHIA COUNTY"),
        middle("DOCKET"),
        ((370, f"Docket Number: {number}"),),
        ((440, "CRIMINAL DOCKET"),),
        middle("Commonwealth of Pennsylvania"),
        ((302, "v."), (530, f"Page {at} of {of}")),
        middle(name),
    ]


def case_rows(otn: str = "U 123456-1", filed: str = "03/04/2020") -> list[Row]:
    """The sections about the case and the defendant."""
    return [
        middle("CASE INFORMATION"),
        ((38, "Judge Assigned: Roe, Jane"), (300, f"Date Filed: {filed}"), (420, "Initiation Date: 03/01/2020")),
        ((38, f"OTN: {otn}"), (160, "LOTN:"), (300, "Originating Docket No: MC-51-CR-0000003-2020")),
        ((38, "Case Local Number Type(s)"), (300, "Case Local Number(s)")),
        ((60, "District Control Number"), (315, "2012034567")),
        middle("STATUS INFORMATION"),
        ((38, "Case Status:"), (100, "Active"), (190, "Status Date"), (270, "Processing Status"),
         (460, "Arrest Date:"), (530, "02/29/2020")),
        ((190, "03/04/2020"), (270, "Awaiting Trial")),
        middle("DEFENDANT INFORMATION"),
        ((38, "Date Of Birth:"), (150, "07/09/1990"), (230, "City/State/Zip: Philadelphia, PA 19100")),
        ((38, "Alias Name"),),
        ((38, "Sample, Ada"),),
        ((38, "Example, A."),),
        middle("CASE PARTICIPANTS"),
        ((38, "Participant Type"), (213, "Name")),
        ((38, "Defendant"), (213, "Example, Ada Q.")),
    ]  # fmt: skip


def charge(number: str, original: str, grade: str, statute: str, words: str, otn: str = "U 123456-1") -> Row:
    """A row of the CHARGES section; blank cells are not printed."""
    cells = ((52, number), (97, original), (150, grade), (190, statute), (290, words), (460, "02/28/2020"), (520, otn))
    return tuple((x, text) for x, text in cells if text)


def summary_head(name: str = "Example, Ada Q.", born: str = "DOB: 07/09/1990", court: str = "") -> list[Row]:
    """The heading of a summary's first page, with the person."""
    return [
        middle(court or "First Judicial District of Pennsylvania"),
        middle("Court Summary"),
        tuple((x, text) for x, text in ((36, name), (252, born), (394, "Sex: Female")) if text),
        ((36, "Philadelphia, PA 19100"), (252, "SID: 000-00-00-1"), (394, "Eyes: Brown")),
        ((36, "Aliases:"), (394, "Race: White")),
        ((36, "Ada Sample"),),
        ((36, "ADA Q SAMPLE"),),
    ]


def summary_case(
    number: str, otn: str = "U 123456-1", arrested: str = "02/29/2020", disposed: str = ""
) -> Iterator[Row]:
    """The lines above a case's table on a summary."""
    yield ((66, number), (230, "Proc Status: Completed"), (410, "DC No: 2012034567"), (500, f"OTN:{otn}"))
    yield ((74, f"Arrest Dt: {arrested}"), (190, f"Disp Date: {disposed}"), (290, "Disp Judge: Roe, Jane"))
    yield ((74, "Def Atty: Doe, John - (PD)"),)


def summary_charge(number: str, statute: str, grade: str, words: str, disposition: str) -> Row:
    """A row of a summary's table; blank cells are not printed."""
    cells = ((82, number), (120, statute), (258, grade), (290, words), (450, disposition))
    return tuple((x, text) for x, text in cells if text)
