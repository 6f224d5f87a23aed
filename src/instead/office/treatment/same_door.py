"""Which provider a row of a list is about. In doubt rows stay apart: two made one are not noticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from instead.office.treatment.addresses import door
from instead.office.treatment.models import Provider, Service
from instead.office.treatment.said import Said

#: Names at least this much alike are one program, where the address is one.
_ALIKE = 80.0


@dataclass(frozen=True, slots=True)
class Home:
    """The service a row is about. ``because`` is empty where the service begins with this row."""

    service: Service
    because: str = ""


@dataclass(frozen=True, slots=True)
class Doors:
    """How many different programs one list names at each address."""

    programs: Counter[str]

    @staticmethod
    def of(rows: Iterable[Said]) -> Doors:
        return Doors(Counter(address for address, _ in {(one.door.key, one.name.casefold()) for one in rows}))

    def home(self, said: Said, source: str) -> Home:
        """The service there is, with the reason, or a new one, at a provider there is or a new one."""
        provider, because = self._provider(said)
        if provider is None:
            at = said.door
            provider = Provider.objects.create(
                name=said.name, address=said.address, address_key=at.key, unit=at.unit, phone=said.phone, source=source
            )
        elif not said.service_key and (there := _unnamed(provider)):
            return Home(there, because)
        return Home(Service.objects.create(provider=provider, title=said.title))

    def _provider(self, said: Said) -> tuple[Provider | None, str]:
        at = said.door
        if not at.key:
            same = Provider.objects.filter(address_key="", name=said.name, phone=said.phone).order_by("pk").first()
            return same, "the same name and telephone, and no address"
        here = [one for one in Provider.objects.filter(address_key=at.key) if not _other_unit(one.unit, at.unit)]
        sure = sorted((one for one in here if _sure(one, said)), key=lambda one: (-_likeness(one, said), str(one.pk)))
        if sure:
            return sure[0], f"the same address as “{sure[0].name}”"
        if len(here) == 1 and self.programs[at.key] == 1:
            return here[0], f"the same address as “{here[0].name}”, under another name"
        return _by_phone(said), "the same telephone and house number, another writing of the street"


def doubt(provider: Provider) -> str:
    """A provider of another list in the same city with the same telephone: perhaps the same, for a person to say."""
    city = provider.address_key.rpartition("|")[2]
    others = Provider.objects.filter(phone=provider.phone, address_key__endswith=f"|{city}").exclude(pk=provider.pk)
    other = others.exclude(source=provider.source).order_by("pk").first() if provider.phone and city else None
    return f"perhaps the same as “{other.name}”, {other.address}: the same telephone" if other else ""


def _sure(provider: Provider, said: Said) -> bool:
    """Besides the address, the telephone or the name speaks for it."""
    return bool(said.phone and provider.phone == said.phone) or _likeness(provider, said) >= _ALIKE


def _likeness(provider: Provider, said: Said) -> float:
    return float(fuzz.token_set_ratio(provider.name.casefold(), said.name.casefold()))


def _other_unit(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def _by_phone(said: Said) -> Provider | None:
    """``451 S University Ave`` and ``451 University Ave``: one telephone, one house number, one city."""
    number = said.door.house_number
    if not said.phone or not number:
        return None
    same = Provider.objects.filter(phone=said.phone, address_key__endswith=f"|{said.door.city}").order_by("pk")
    return next((one for one in same if door(one.address, "").house_number == number), None)


def _unnamed(provider: Provider) -> Service | None:
    """The provider's one service for lists that do not tell services apart."""
    services = provider.services.prefetch_related("statements").order_by("pk")
    return next((one for one in services if not any(s.said["service_key"] for s in one.statements.all())), None)
