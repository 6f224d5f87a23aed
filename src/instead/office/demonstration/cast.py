"""The people who work in a demonstration's office. Nobody exists or has a password: a button signs in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from instead.office.accounts.models import Organization, User
from instead.office.treatment.models import Provider

_KIND = Organization.Kind
_ROLE = User.Role
OFFICE: Final = "District Attorney’s Office (invented)"
HEALTH: Final = "Behavioral Health Coordination (invented)"
DEFENSE: Final = "Defender Association (invented)"
#: The provider whose desk a visitor works at: open around the clock.
DESK: Final = "Larkmere Night Intake"


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody of the cast: how they sign in, their name, their role and where they work."""

    username: str
    first: str
    last: str
    role: User.Role
    home: str
    kind: Organization.Kind


#: The first of each role is the one whose place a visitor takes.
CAST: Final = (
    Part("prosecutor", "Morgan", "Ellery", _ROLE.PROSECUTOR, OFFICE, _KIND.PROSECUTION),
    Part("night-prosecutor", "Sam", "Okafor", _ROLE.PROSECUTOR, OFFICE, _KIND.PROSECUTION),
    Part("coordinator", "Luz", "Marrero", _ROLE.COORDINATOR, HEALTH, _KIND.HEALTH),
    Part("second-coordinator", "Terry", "Boyle", _ROLE.COORDINATOR, HEALTH, _KIND.HEALTH),
    Part("intake", "Renee", "Castle", _ROLE.PROVIDER_STAFF, DESK, _KIND.PROVIDER),
    Part("peer", "Dale", "Whitcomb", _ROLE.PEER, DESK, _KIND.PROVIDER),
    Part("counsel", "Priya", "Raman", _ROLE.DEFENSE_COUNSEL, DEFENSE, _KIND.DEFENSE),
    Part("second-counsel", "Owen", "Tate", _ROLE.DEFENSE_COUNSEL, DEFENSE, _KIND.DEFENSE),
    Part("analyst", "Ines", "Holm", _ROLE.ANALYST, OFFICE, _KIND.PROSECUTION),
    Part("administrator", "Chris", "Vance", _ROLE.ADMINISTRATOR, OFFICE, _KIND.PROSECUTION),
)


def cast() -> None:
    """Make everybody, each in an organization of the right side."""
    for number, part in enumerate(CAST):
        phone = f"215-555-01{20 + number}"  # of the range reserved for fiction
        home, _ = Organization.objects.get_or_create(name=part.home, kind=part.kind, defaults={"phone": phone})
        user = User(
            username=part.username, first_name=part.first, last_name=part.last, role=part.role, organization=home
        )
        user.phone = phone
        user.set_unusable_password()
        user.save()


def staff_of(provider: Provider) -> User:
    """Somebody at a provider's desk, made when first needed."""
    home = provider.organization
    assert home is not None
    found = User.objects.filter(organization=home, role=_ROLE.PROVIDER_STAFF).first()
    if found is not None:
        return found
    name = "".join(letter for letter in provider.name.lower() if letter.isalpha())[:20]
    user = User(username=f"desk-{name}", first_name="Desk", last_name=provider.name, role=_ROLE.PROVIDER_STAFF)
    user.organization = home
    user.set_unusable_password()
    user.save()
    return user
