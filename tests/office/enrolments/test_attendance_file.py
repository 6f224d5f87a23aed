"""The list as a file: nothing typed twice, no formula, bad rows set aside, and the same file twice changes nothing."""

import csv
import io
import uuid

import pytest

from instead.office.enrolments import attendance_file
from instead.office.enrolments.models import Appointment
from instead.office.enrolments.queries.attendance import day_list
from instead.office.errors import Refused
from instead.office.ledger.models import Entry
from instead.office.people.models import Person
from support.journey import Journey, a_service


@pytest.fixture
def clinic(journey, tmp_path):
    """Three people: one with an appointment, one in care, one with a formula for a name."""
    place = a_service(journey.people)
    journey.accepted().book(place).later(2)
    in_care = Journey(tmp_path, 2, journey.people)
    in_care.engaged(place).later()
    other = Journey(tmp_path, 3, journey.people)
    other.accepted().book(place).later(2)
    Person.objects.filter(pk=other.case.person_id).update(name='=HYPERLINK("http://x","Doe")', phone="+12155550100")
    for one in (journey, in_care, other):
        one.at = in_care.at
    return journey, in_care, other


def listed(journey):
    return day_list(journey.people.provider, journey.today, journey.at)


def as_rows(journey):
    text = attendance_file.write(listed(journey).lines)
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def filled(journey, answers, delimiter=",", encoding="utf-8"):
    """The downloaded file with answers by the enrolment they are about."""
    rows = as_rows(journey)
    by_line = {line.id: line.enrolment.pk for line in listed(journey).lines}
    out = io.StringIO()
    writer = csv.DictWriter(out, attendance_file.COLUMNS, delimiter=delimiter)
    writer.writeheader()
    for row in rows:
        writer.writerow(row | {"came": answers.get(by_line[row["line"]], "")})
    return out.getvalue().encode(encoding)


def apply(journey, content):
    return attendance_file.apply(content, actor=journey.people.provider, at=journey.at)


def counts(account):
    return account.rows_in, account.marked, account.same, account.blank, len(account.set_aside)


def test_every_row_has_the_label_and_no_cell_is_a_formula(clinic):
    rows = as_rows(clinic[0])
    assert {row["label"] for row in rows} == {"R / ETH / 42CFRPart2"} and len(rows) == 3
    cells = [cell for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]
    assert "'+12155550100" in cells


def test_the_filled_file_marks_each_row_and_a_second_time_nothing(clinic):
    journey, in_care, other = clinic
    content = filled(journey, {journey.enrolment.pk: "yes", in_care.enrolment.pk: "Yes", other.enrolment.pk: "no"})
    assert counts(apply(journey, content)) == (3, 3, 0, 0, 0)
    assert journey.enrolment.state == "assessed" and in_care.enrolment.state == "attending"
    assert other.enrolment.state == "missed"
    entries = Entry.objects.count()
    assert counts(apply(journey, content)) == (3, 0, 3, 0, 0)
    assert Entry.objects.count() == entries


def test_an_overdue_appointment_is_marked_on_its_own_day(clinic):
    journey = clinic[0]
    on = journey.enrolment.appointments.get().at.date()
    apply(journey, filled(journey, {journey.enrolment.pk: "yes"}))
    assert journey.enrolment.assessed_on < journey.today and abs((journey.enrolment.assessed_on - on).days) <= 1


def test_an_empty_answer_leaves_the_row_open_and_no_visit_is_nothing(clinic):
    journey, in_care, _ = clinic
    assert counts(apply(journey, filled(journey, {in_care.enrolment.pk: "no"}))) == (3, 0, 1, 2, 0)
    assert in_care.enrolment.state == "engaged"


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "cp1252"), ("\t", "utf-16"), (",", "utf-8-sig")])
def test_what_a_spreadsheet_makes_of_it_is_read(clinic, delimiter, encoding):
    journey = clinic[0]
    Person.objects.filter(pk=journey.case.person_id).update(name="Núñez, Íñigo")
    content = filled(journey, {journey.enrolment.pk: "sí"}, delimiter, encoding)
    assert counts(apply(journey, content)) == (3, 1, 0, 2, 0)


def test_bad_rows_are_set_aside_with_row_and_reason_and_good_rows_are_marked(clinic):
    journey = clinic[0]
    good = next(line.id for line in listed(journey).lines if line.enrolment.pk == journey.enrolment.pk)
    rows = [
        "line,came",
        f"{good},perhaps",
        f"20190506-a-{uuid.uuid4()},yes",
        "scribble,yes",
        f"20190230-e-{uuid.uuid4()},yes",
        f"{good},yes,and more",
        f'"{good},yes',
        f"{good},yes",
        f"{good},no",
    ]
    account = apply(journey, "\n".join(rows).encode())
    assert counts(account) == (8, 1, 0, 0, 7)
    assert [row for row, _ in account.set_aside] == [2, 3, 4, 5, 6, 7, 9]
    reasons = " | ".join(reason for _, reason in account.set_aside)
    for words in ("'perhaps' is no answer", "no such line", "download the list again", "fields", "marked before"):
        assert words in reasons
    assert journey.enrolment.state == "assessed"


def test_a_line_of_another_clinic_is_no_line(clinic, strangers):
    journey = clinic[0]
    content = filled(journey, {journey.enrolment.pk: "yes"})
    account = attendance_file.apply(content, actor=strangers.provider, at=journey.at)
    assert counts(account) == (3, 0, 0, 2, 1) and "no such line" in account.set_aside[0][1]
    assert journey.enrolment.state == "booked"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no column 'line'"),
        (b"Line;Cane\n1;yes", "no column 'came'; did you mean 'cane'"),
        (b"PK\x03\x04 a workbook", "save it as CSV"),
        (b"line,came\n" + b"x," * 1_500_000, "at most 2,000,000"),
        (b"line,line,came\n1,2,yes", "no column 'line'"),
        (b"\x00\x01\x02", "no column"),
    ],
)
def test_what_is_no_list_is_refused_in_words(clinic, content, words):
    with pytest.raises(Refused, match=words):
        apply(clinic[0], content)
    assert not Appointment.objects.filter(state=Appointment.State.MISSED).exists()


def test_a_miss_that_was_marked_is_not_turned_by_a_file(clinic):
    journey = clinic[0]
    apply(journey, filled(journey, {journey.enrolment.pk: "no"}))
    line = f"{journey.today:%Y%m%d}-a-{journey.enrolment.appointments.get().pk}"
    account = apply(journey, f"line,came\n{line},yes".encode())
    assert "say so on the page" in account.set_aside[0][1] and journey.enrolment.state == "missed"
