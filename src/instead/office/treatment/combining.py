"""One provider and its services from all that the lists say: the first to say something is believed, the rest is said.

What the office itself has found out (source ``office``) comes before every list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, Final

from instead.office.treatment.addresses import Place, door
from instead.office.treatment.models import Provider, Service, Statement

OFFICE: Final = "office"
_OF_A_PROVIDER: Final = ("name", "address", "zip_code", "phone")
_OF_A_SERVICE: Final = (
    "title", "buprenorphine", "methadone", "naltrexone", "walk_in", "hours", "hours_text", "walk_in_hours",
    "walk_in_text", "only_for",
)  # fmt: skip
_TOLD: Final = ("buprenorphine", "methadone", "naltrexone", "walk_in", "hours", "walk_in_hours", "only_for")
#: Two geocoders seldom agree to the yard; this far apart (in miles) it is another place.
_APART: Final = 0.5


def combine(provider: Provider) -> int:
    """Put a provider and its services together anew. How many of these rows changed."""
    statements = sorted(_statements(provider), key=lambda one: (one.source != OFFICE, one.pk))
    conflicts = _conflicts(_OF_A_PROVIDER, statements, "")
    changed = 0
    by_service = sorted(statements, key=lambda one: str(one.service_id))
    for _, found in groupby(by_service, key=lambda one: one.service_id):
        said = list(found)
        service = said[0].service
        about = service.title if len({one.service_id for one in statements}) > 1 else ""
        conflicts += _conflicts(_TOLD, said, about) + _far_apart(said, about)
        changed += _set(service, _service_values(said, service))
    return changed + _set(provider, _provider_values(statements) | {"conflicts": conflicts})


def _provider_values(statements: Sequence[Statement]) -> dict[str, Any]:
    """What is said of the door; what nobody says stays as it was put in."""
    values = {name: said for name in _OF_A_PROVIDER if (said := _first(statements, name))}
    if "address" in values:
        city = str(_first(statements, "city") or "")
        values["address_key"] = door(values["address"], city).key
        values["unit"] = next((u for one in statements if (u := door(one.said["address"], city).unit)), "")
    return values


def _statements(provider: Provider) -> Iterable[Statement]:
    return Statement.objects.filter(service__provider=provider).select_related("service")


def _first(statements: Sequence[Statement], name: str) -> Any:
    """The first thing said; "no" is something said, empty is not."""
    return next((one.said[name] for one in statements if one.said[name] not in (None, "", [])), None)


def _service_values(said: Sequence[Statement], service: Service) -> dict[str, Any]:
    values = {name: _first(said, name) for name in _OF_A_SERVICE}
    for name in ("title", "hours_text", "walk_in_text", "only_for"):
        values[name] = values[name] or ""
    place = _first(said, "place") or (service.latitude, service.longitude)
    languages = sorted({code for one in said for code in one.said["languages"]})
    values["notes"] = "; ".join(dict.fromkeys(one.said["notes"] for one in said if one.said["notes"]))
    return values | {"latitude": place[0], "longitude": place[1], "languages": languages}


def _set(row: Provider | Service, values: dict[str, Any]) -> int:
    """Write what differs. 1 when anything did."""
    different = [name for name, value in values.items() if getattr(row, name) != value]
    for name in different:
        setattr(row, name, values[name])
    if different:
        row.save(update_fields=different)
    return int(bool(different))


def _conflicts(names: Iterable[str], statements: Sequence[Statement], about: str) -> list[dict[str, Any]]:
    """Where a later statement says something else than the one believed."""
    found: list[dict[str, Any]] = []
    for name in names:
        kept = _first(statements, name)
        told = {_same(name, kept, "")}
        for one in statements:
            said = one.said[name]
            if said in (None, "", []) or (same := _same(name, said, one.said["city"])) in told:
                continue
            told.add(same)
            found.append(_conflict(name, kept, said, one.source, about))
    return found


def _same(name: str, value: Any, city: str) -> str:
    """A value as it is compared: capitals, spaces, the writing of an address and the end of a zip code do not count."""
    if name == "address" and value:
        return door(str(value), city).street
    if name == "zip_code":
        return str(value)[:5]
    return " ".join(str(value).casefold().split())


def _far_apart(statements: Sequence[Statement], about: str) -> list[dict[str, Any]]:
    points = [(one, Place(*one.said["place"])) for one in statements if one.said["place"]]
    return [
        _conflict("place", points[0][0].said["place"], one.said["place"], one.source, about)
        for one, point in points[1:]
        if points[0][1].miles_to(point) > _APART
    ]


def _conflict(name: str, kept: Any, said: Any, source: str, about: str) -> dict[str, Any]:
    plain = name.replace("_", " ") + (f" of {about}" if about else "")
    text = f"{plain}: {_shown(kept)} is kept; {source} says {_shown(said)}"
    return {"field": name, "kept": kept, "said": said, "source": source, "text": text}


def _shown(value: Any) -> str:
    return "yes" if value is True else "no" if value is False else str(value)
