"""The treatment network: invented providers, their services, hours and places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from instead.synth import calibration as cal
from instead.synth.dice import Dice, Table


@dataclass(frozen=True, slots=True)
class Provider:
    """An organization with a door."""

    provider_id: str
    name: str
    address: str
    zip_code: str
    phone: str
    hours: str
    walk_in: bool
    languages: str


@dataclass(frozen=True, slots=True)
class Service:
    """One level of care at a provider. ``full_size`` is its capacity in the city of full size."""

    service_id: str
    provider_id: str
    level: str
    medication: str
    full_size: int
    only: str = ""


ALWAYS_OPEN: Final = "24/7"
PROVIDERS: Final = (
    Provider(
        "T01",
        "Larkmere Night Intake",
        "2900 block Larkmere Street",
        "19134",
        "215-555-0101",
        ALWAYS_OPEN,
        True,
        "en;es",
    ),
    Provider(
        "T02",
        "Tassel Street Recovery",
        "3100 block Tassel Street",
        "19134",
        "215-555-0102",
        "Mo-Fr 07:00-19:00",
        True,
        "en;es",
    ),
    Provider(
        "T03",
        "Casa Jessamine",
        "2500 block Jessamine Avenue",
        "19133",
        "215-555-0103",
        "Mo-Sa 08:00-18:00",
        True,
        "es;en",
    ),
    Provider(
        "T04",
        "Ovington Methadone Clinic",
        "1800 block Ovington Street",
        "19125",
        "215-555-0104",
        "Mo-Su 05:30-13:00",
        True,
        "en",
    ),
    Provider(
        "T05",
        "Belvoir Women and Children",
        "2100 block Belvoir Lane",
        "19140",
        "215-555-0105",
        "Mo-Fr 08:00-17:00",
        False,
        "en;es",
    ),
    Provider("T06", "Crannock House", "3300 block Crannock Street", "19134", "215-555-0106", ALWAYS_OPEN, False, "en"),
    Provider(
        "T07",
        "Ironbridge Withdrawal Unit",
        "2700 block Ironbridge Street",
        "19134",
        "215-555-0107",
        ALWAYS_OPEN,
        True,
        "en;es",
    ),
    Provider(
        "T08",
        "Quillon Outpatient",
        "1900 block Quillon Street",
        "19122",
        "215-555-0108",
        "Mo-Fr 09:00-20:00",
        False,
        "en;vi",
    ),
    Provider(
        "T09",
        "Kestrel Mobile Outreach",
        "on the road, Kestrel Street",
        "19134",
        "215-555-0109",
        "Mo-Su 10:00-22:00",
        True,
        "en;es",
    ),
    Provider(
        "T10", "Lowmill Residential", "3500 block Lowmill Street", "19124", "215-555-0110", ALWAYS_OPEN, False, "en;ru"
    ),
    Provider(
        "T11",
        "Nettlefield Family Health",
        "2300 block Nettlefield Avenue",
        "19133",
        "215-555-0111",
        "Mo-Fr 08:30-16:30",
        True,
        "en;es;pt",
    ),
    Provider(
        "T12",
        "Merriden Young Adults",
        "2600 block Merriden Street",
        "19125",
        "215-555-0112",
        "Tu-Sa 11:00-19:00",
        False,
        "en",
    ),
)
# Levels are those of the 4th edition of the ASAM criteria (sources §5); capacities and shares are made up.
SERVICES: Final = Table(
    (
        (Service("S01", "T01", "1.7", "buprenorphine", 260), 20),
        (Service("S02", "T02", "1.0", "", 300), 10),
        (Service("S03", "T02", "2.1", "buprenorphine", 140), 8),
        (Service("S04", "T03", "1.0", "", 180), 8),
        (Service("S05", "T03", "2.1", "naltrexone", 90), 5),
        (Service("S06", "T04", "1.7", "methadone", 420), 14),
        (Service("S07", "T05", "2.5", "buprenorphine", 40, "women"), 2),
        (Service("S08", "T05", "3.1", "buprenorphine", 24, "women"), 1),
        (Service("S09", "T06", "3.1", "", 60), 3),
        (Service("S10", "T06", "3.5", "methadone;buprenorphine", 48), 3),
        (Service("S11", "T07", "3.7", "methadone;buprenorphine", 36), 6),
        (Service("S12", "T07", "4", "methadone;buprenorphine", 12), 1),
        (Service("S13", "T08", "1.5", "", 120), 4),
        (Service("S14", "T08", "2.1", "buprenorphine;naltrexone", 80), 4),
        (Service("S15", "T09", "1.7", "buprenorphine", 90), 5),
        (Service("S16", "T10", "3.5", "buprenorphine", 70), 2),
        (Service("S17", "T11", "1.0", "buprenorphine", 110), 3),
        (Service("S18", "T12", "2.1", "", 45, "18 to 25"), 1),
    )
)
PROVIDER_COLUMNS: Final = ("provider_id", "name", "address", "zip", "phone", "hours", "walk_in", "languages")
SERVICE_COLUMNS: Final = (
    "service_id",
    "provider_id",
    "asam_edition",
    "asam_level",
    "hours",
    "languages",
    "medication",
    "only_for",
    "capacity",
    "reported_at",
)


def provider_rows() -> Iterator[tuple[str, ...]]:
    """One row a provider."""
    for one in PROVIDERS:
        walk_in = "true" if one.walk_in else "false"
        yield (one.provider_id, one.name, one.address, one.zip_code, one.phone, one.hours, walk_in, one.languages)


def service_rows(cases: int, dice: Dice) -> Iterator[tuple[str, ...]]:
    """One row a service, its places in proportion to the city; some were last reported weeks ago (sources §7)."""
    of = {provider.provider_id: provider for provider in PROVIDERS}
    for one in SERVICES.values:
        places = max(cal.CAPACITY_FLOOR, one.full_size * cases // cal.FULL_SIZE)
        stale = dice.between(1, 27) if dice.chance(0.3) else 29
        reported = f"{cal.EXTRACT_DAY.replace(day=stale).isoformat()}T{dice.between(6, 22):02d}:00"
        provider = of[one.provider_id]
        yield (
            one.service_id,
            one.provider_id,
            "4",
            one.level,
            provider.hours,
            provider.languages,
            one.medication,
            one.only,
            str(places),
            reported,
        )
