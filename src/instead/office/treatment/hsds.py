"""Open Referral HSDS 3 as JSON: an organization, a service, a service at a location, a list or page of these.

HSDS has no field for places: the capacity of what is read here is unknown. Nor does it say which services are
treatment; whoever imports a directory chooses its services. A *row* is one service at one location.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from instead.errors import BadData, Problem
from instead.errors import Place as Where
from instead.office.treatment.addresses import phone, place
from instead.office.treatment.hours import Hours
from instead.office.treatment.said import Reading, Said

_Json = Mapping[str, Any]
_DAYS: Final = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_TIME: Final = re.compile(r"([01]\d|2[0-3]|24):([0-5]\d)(?::00)?(?:Z|[+-]\d\d:\d\d)?")
#: With any of these a schedule is more than the same week for ever, and its text is all that is kept.
_NOT_EVERY_WEEK: Final = ("valid_from", "valid_to", "dtstart", "until", "count", "byweekno", "bymonthday", "byyearday")
_GONE: Final = ("inactive", "defunct", "temporarily closed")


def read(text: str, *, file: str, source: str) -> Reading:
    """Every service at every location of the document."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        raise BadData([Problem(f"no JSON: {error}", Where(file, line=line))]) from None
    reading = Reading(source)
    for item in _items(document):
        found = list(_services(item)) if isinstance(item, dict) else []
        if not found:
            reading.rows_in += 1
            reading.set_aside.append((reading.rows_in, "no organization, service or service at a location of HSDS 3"))
        for organization, service, at in found:
            reading.rows_in += 1
            _add(reading, organization, service, at)
    return reading


def _items(document: Any) -> list[Any]:
    if isinstance(document, list):
        return document
    if isinstance(document, dict) and isinstance(document.get("contents"), list):
        return list(document["contents"])
    return [document]


def _services(item: _Json) -> Iterator[tuple[_Json, _Json, _Json]]:
    """(organization, service, service at location) from any of the three shapes."""
    if isinstance(item.get("service"), dict):
        yield _dict(item["service"], "organization"), item["service"], item
    elif "service_at_locations" in item or "organization" in item:
        yield from _at_locations(_dict(item, "organization"), item)
    else:
        for service in _dicts(item, "services"):
            yield from _at_locations(item, service)


def _at_locations(organization: _Json, service: _Json) -> Iterator[tuple[_Json, _Json, _Json]]:
    for at in _dicts(service, "service_at_locations") or [{}]:
        yield organization, service, at


def _add(reading: Reading, organization: _Json, service: _Json, at: _Json) -> None:
    """One service at one location, used or set aside."""
    row, status, key = reading.rows_in, _text(service, "status"), _text(service, "id")
    if status in _GONE:
        reading.set_aside.append((row, f"the service is {status}"))
    elif not key:
        reading.set_aside.append((row, "the service has no id"))
    else:
        reading.add(_said(row, organization, service, at))


def _said(row: int, organization: _Json, service: _Json, at: _Json) -> Said:
    location = _dict(at, "location")
    address = next(iter(sorted(_dicts(location, "addresses"), key=_physical_last)[-1:]), {})
    name = _text(organization, "name") or _text(location, "name")
    said = Said(row, name, title=_text(service, "name")[:200] or "Service", zip_code=_text(address, "postal_code"))
    said.service_key = "@".join(filter(None, (_text(service, "id"), _text(location, "id"))))
    said.address = ", ".join(filter(None, (_text(address, "address_1"), _text(address, "address_2"))))
    said.city = _text(address, "city")
    said.website = _text(service, "url") or _text(organization, "website")
    said.languages = _languages(service, location)
    if not _text(organization, "name"):
        said.on_reading.append("no organization is named: the location's name stands for it")
    _phone(said, at, location, service, organization)
    _place(said, location)
    _hours(said, at, service, location)
    return said


def _physical_last(address: _Json) -> bool:
    return _text(address, "address_type") == "physical"


def _languages(*holders: _Json) -> tuple[str, ...]:
    found = {_text(one, "code").lower() for holder in holders for one in _dicts(holder, "languages")}
    return tuple(sorted(code for code in found if re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]+)*", code)))


def _phone(said: Said, *holders: _Json) -> None:
    """The first telephone, from the nearest to the door outwards."""
    numbers = [one for holder in holders for one in _dicts(holder, "phones") if _text(one, "number")]
    for one in numbers:
        extension = re.sub(r"\D", "", _text(one, "extension"))
        said.phone = phone(_text(one, "number").strip('" ') + (f" ext. {extension}" if extension else ""))
        if said.phone:
            return
    if numbers:
        said.on_reading.append("no telephone number is certain")


def _place(said: Said, location: _Json) -> None:
    latitude, longitude = location.get("latitude"), location.get("longitude")
    said.place = place(latitude, longitude)
    if said.place is None and (latitude is not None or longitude is not None):
        said.on_reading.append(f"latitude {str(latitude)[:20]}, longitude {str(longitude)[:20]} is on no map")


def _hours(said: Said, *holders: _Json) -> None:
    """The schedules nearest to the door; read only where each is the same every week, with days and times."""
    schedules = next((found for holder in holders if (found := _dicts(holder, "schedules"))), [])
    spans = [_spans(one) for one in schedules]
    said.hours_text = "; ".join(filter(None, (_text(one, "description") for one in schedules)))
    if spans and all(spans):
        said.hours = Hours.of(span for found in spans for span in found)
    elif schedules:
        said.on_reading.append("hours kept as text: a schedule is not simply the same every week")


def _spans(schedule: _Json) -> list[tuple[int, int, int]]:
    days = [_DAYS.get(day.strip()) for day in _text(schedule, "byday").split(",")]
    opens, closes = (_TIME.fullmatch(_text(schedule, name)) for name in ("opens_at", "closes_at"))
    every_week = _text(schedule, "freq") == "WEEKLY" and _text(schedule, "interval") in ("", "1")
    if not every_week or opens is None or closes is None or any(schedule.get(name) for name in _NOT_EVERY_WEEK):
        return []
    since, until = (int(found[1]) * 60 + int(found[2]) for found in (opens, closes))
    if since >= 1440 or until > 1440:
        return []
    return [(day, since, until) for day in days if day is not None] if None not in days else []


def _dict(holder: _Json, name: str) -> _Json:
    found = holder.get(name)
    return found if isinstance(found, dict) else {}


def _dicts(holder: _Json, name: str) -> list[_Json]:
    found = holder.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _text(holder: _Json, name: str) -> str:
    found = holder.get(name)
    return str(found).strip() if isinstance(found, str | int) and not isinstance(found, bool) else ""
