"""The demonstration's own treatment network: the synthetic city's, with an organization behind every door."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Final

from instead.office.accounts.models import Organization
from instead.office.demonstration.cast import staff_of
from instead.office.errors import Refused
from instead.office.treatment.hours import read_hours
from instead.office.treatment.levels import EDITION, MEDICATIONS
from instead.office.treatment.models import Capacity, Provider, Service

_TITLES: Final = {
    "1": "Outpatient",
    "2": "Intensive outpatient",
    "3": "Residential",
    "4": "Hospital",
}


def open_network(city: Path, at: dt.datetime) -> list[Service]:
    """Every provider and service of the city's files, with places as last reported."""
    providers = {row["provider_id"]: _provider(row) for row in _rows(city / "treatment" / "providers.csv")}
    walk_in = {row["provider_id"]: row["walk_in"] == "true" for row in _rows(city / "treatment" / "providers.csv")}
    services = []
    for number, row in enumerate(_rows(city / "treatment" / "services.csv")):
        provider = providers[row["provider_id"]]
        service = _service(row, provider, walk_in[row["provider_id"]])
        reported = at - dt.timedelta(hours=2 + 7 * (number % 5))
        Capacity.objects.create(
            service=service, places=int(row["capacity"]), reported_at=reported, reported_by=staff_of(provider)
        )
        services.append(service)
    return services


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        raise Refused(f"{path.name}: not there; make the city again with: instead synth")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _provider(row: dict[str, str]) -> Provider:
    home, _ = Organization.objects.get_or_create(name=row["name"], kind=Organization.Kind.PROVIDER)
    return Provider.objects.create(
        organization=home,
        name=row["name"],
        address=row["address"],
        zip_code=row["zip"],
        phone=row["phone"],
        source="synthetic city",
    )


def _service(row: dict[str, str], provider: Provider, walk_in: bool) -> Service:
    offered = set(row["medication"].split(";")) - {""}
    hours = read_hours(row["hours"])
    return Service.objects.create(
        provider=provider,
        title=_TITLES[row["asam_level"][0]],
        level_edition=EDITION,
        level=row["asam_level"],
        languages=row["languages"].split(";"),
        languages_complete=True,
        hours=hours.as_json() if hours else None,
        hours_text=row["hours"],
        walk_in=walk_in,
        only_for=row["only_for"],
        **{name: name in offered for name in MEDICATIONS},
    )
