"""Today's list as a file: written for a spreadsheet, read back row by row. Nothing in it is typed twice.

A row is known by its ``line`` alone, which names the day and the appointment or enrolment; ``came`` holds the answer.
Every other column is for the eyes, so a spreadsheet may change its dates and letters as it likes.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from instead.errors import nearest, shown
from instead.office.accounts.doers import staff
from instead.office.accounts.models import User
from instead.office.enrolments.attendance import came, did_not_come
from instead.office.enrolments.models import Appointment, Contact, Enrolment, Referral
from instead.office.enrolments.permissions import may_mark, own_service
from instead.office.enrolments.queries.attendance import AttendanceLine
from instead.office.errors import Refused
from instead.records.delimited import TornRow, read_rows

COLUMNS: Final = ("label", "line", "came", "day", "hour", "name", "born", "phone", "language", "interpreter", "service")
MOST_BYTES: Final = 2_000_000
MOST_ROWS: Final = 5_000
_LINE: Final = re.compile(r"(\d{8})-([ae])-([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})")
_YES: Final = frozenset({"yes", "y", "came", "x", "1", "true", "sí", "si", "vino"})
_NO: Final = frozenset({"no", "n", "did not come", "0", "false", "no vino"})
#: A cell that begins with one of these would be run as a formula by a spreadsheet.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def write_rows(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table as CSV, every cell safe against formulas; with a mark at the start by which spreadsheets know UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def write(lines: Iterable[AttendanceLine]) -> str:
    """Today's list as a file, with what is marked already filled in."""
    return write_rows(COLUMNS, (_row(line) for line in lines if line.in_file))


def _row(line: AttendanceLine) -> tuple[str, ...]:
    person, appointment = line.person, line.appointment
    answer = "yes" if line.marked else "no" if line.missed or line.excused else ""
    hour = timezone.localtime(appointment.at) if appointment else None
    return (
        Referral.LABEL,
        line.id,
        answer,
        line.day.isoformat(),
        f"{hour:%Y-%m-%d %H:%M}" if hour else "",
        str(person),
        person.born.isoformat() if person.born else "",
        person.phone,
        person.get_language_display(),
        person.interpreter,
        line.service.title if line.service else "",
    )


@dataclass(slots=True)
class FileAccount:
    """The account of a file: rows in = marked + already so + left blank + set aside. The header is row 1."""

    rows_in: int = 0
    marked: int = 0
    same: int = 0
    blank: int = 0
    set_aside: list[tuple[int, str]] = field(default_factory=list)


def apply(content: bytes, *, actor: User, at: dt.datetime) -> FileAccount:
    """Mark every row that can be marked, set the others aside with the reason. The same file twice changes nothing."""
    account = FileAccount()
    for number, row in _read(content):
        account.rows_in += 1
        if isinstance(row, str):
            account.set_aside.append((number, row))
            continue
        line, answer = row
        try:
            result = _mark(line, answer, actor, at)
        except (Refused, PermissionDenied, Appointment.DoesNotExist, Enrolment.DoesNotExist) as error:
            reason = str(error).rstrip(".") if isinstance(error, Refused) else "there is no such line on your list"
            account.set_aside.append((number, reason))
        else:
            setattr(account, result, getattr(account, result) + 1)
    return account


def _read(content: bytes) -> Iterator[tuple[int, tuple[str, str] | str]]:
    """The rows as (row of the spreadsheet, line and answer, or why the row cannot be read)."""
    text = _text(content)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    rows = read_rows(text, delimiter, '"')
    header = next(rows, [])
    names = [] if isinstance(header, TornRow) else [name.strip().casefold() for name in header]
    for needed in ("line", "came"):
        if names.count(needed) != 1:
            near = nearest(needed, names)
            raise Refused(f"the file has no column {needed!r}" + (f"; did you mean {near!r}?" if near else ""))
    for number, row in enumerate(rows, start=2):
        if number > MOST_ROWS + 1:
            raise Refused(f"more than {MOST_ROWS:,} rows are no list of one day; the rows before are marked")
        if isinstance(row, TornRow):
            yield number, row.reason
        else:
            yield number, (row[names.index("line")].strip(), row[names.index("came")].strip())


def _text(content: bytes) -> str:
    """The file's text. Lines and answers are plain letters, so a spreadsheet's own old code page does for the rest."""
    if len(content) > MOST_BYTES:
        raise Refused(f"the file has {len(content):,} bytes; a list of one day has at most {MOST_BYTES:,}")
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        raise Refused("this is a workbook; save it as CSV and upload that file")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _mark(line: str, answer: str, actor: User, at: dt.datetime) -> str:
    """Mark one row; gives which number of the account goes up."""
    if not answer:
        return "blank"
    if answer.casefold() not in _YES | _NO:
        raise Refused(f"{shown(answer)} is no answer; expected yes, no or nothing")
    found = _LINE.fullmatch(line)
    if found is None:
        raise Refused(f"{shown(line)} is no line of a list; download the list again")
    day, thing, yes = _day(found[1]), uuid.UUID(found[3]), answer.casefold() in _YES
    done = _appointment(thing, day, yes, actor, at) if found[2] == "a" else _in_care(thing, day, yes, actor, at)
    return "marked" if done else "same"


def _day(text: str) -> dt.date:
    try:
        return dt.datetime.strptime(text, "%Y%m%d").date()
    except ValueError:
        raise Refused(f"{text} is no day; download the list again") from None


def _appointment(appointment_id: uuid.UUID, day: dt.date, yes: bool, actor: User, at: dt.datetime) -> bool:
    appointment = Appointment.objects.select_related("service__provider", "enrolment").get(pk=appointment_id)
    if not own_service.test(actor, appointment.service):
        raise PermissionDenied
    state = appointment.state
    if yes and state in (Appointment.State.MISSED, Appointment.State.EXCUSED):
        raise Refused("marked before as not come; if the person was there after all, say so on the page")
    if not yes and state == Appointment.State.KEPT:
        raise Refused("marked before as come")
    if not yes:
        return did_not_come(appointment_id, doer=staff(actor), at=at)
    if state == Appointment.State.KEPT:
        return False
    if state != Appointment.State.BOOKED:
        raise Refused(f"that appointment is {appointment.get_state_display()} by now")
    return came(appointment.enrolment_id, day, seen=appointment.enrolment.state, doer=staff(actor), at=at)


def _in_care(enrolment_id: uuid.UUID, day: dt.date, yes: bool, actor: User, at: dt.datetime) -> bool:
    """Somebody without an appointment: a day without a visit is nothing, and a day marked already stays as it is."""
    enrolment = Enrolment.objects.select_related("service__provider").get(pk=enrolment_id)
    if not may_mark.test(actor, enrolment):
        raise PermissionDenied
    kinds = (Contact.Kind.ASSESSMENT, Contact.Kind.CONTACT)
    if not yes or enrolment.contacts.filter(on=day, kind__in=kinds, said_by_person=False).exists():
        return False
    return came(enrolment_id, day, seen=enrolment.state, doer=staff(actor), at=at)
