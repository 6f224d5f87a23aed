"""The elements of a written consent (42 CFR § 2.31), in the words of the form. To be confirmed by counsel."""

from __future__ import annotations

from typing import Final

from instead.office.consents.models import Consent

#: The version of the form. A change of words is a new version.
PAPER: Final = "consent-2026.1"

_DISCLOSER: Final = "Any treatment provider where this programme has booked me, and the health-side coordinator"
_FOUR: Final = (
    "Four facts and no more: the date of my assessment; whether I have engaged in treatment; whether I attend; "
    "whether I have completed. Or that another condition takes the place of treatment."
)
_DESCRIPTION: Final = {
    Consent.Recipient.OFFICE: _FOUR,
    Consent.Recipient.COUNSEL: _FOUR,
    Consent.Recipient.COORDINATOR: (
        f"{_FOUR} Besides: the place, the appointments, and whether a place is free. Never the level of care, "
        "medication, a diagnosis, a test or a note."
    ),
}
_PURPOSE: Final = {
    Consent.Recipient.OFFICE: "To let the office see that what it asked is done, and withdraw the charges.",
    Consent.Recipient.COUNSEL: "To let my lawyer advise me and file proof for me.",
    Consent.Recipient.COORDINATOR: "To find a place for me, book appointments and help me keep them.",
}
_REVOKE: Final = (
    "I can take this back at any time: on my page, at any provider's desk, by telling my lawyer or the coordinator, or "
    "in writing. It works at once. What was told before stays told. Taking it back is no failure; it only means that "
    "nothing more is told."
)
_REVOCABLE_FROM: Final = (
    "At once, by this office's choice; by law (42 CFR § 2.35) no later than the case's final disposition"
)
_EXPIRES: Final = "The final disposition of the case"


def elements(recipient: Consent.Recipient, organization: str) -> dict[str, str]:
    """What the form says beside person, signature and dates, for one recipient."""
    return {
        "discloser": _DISCLOSER,
        "description": _DESCRIPTION[recipient],
        "purpose": f"{_PURPOSE[recipient]} Recipient: {organization}."[:2000],
        "how_to_revoke": _REVOKE,
        "revocable_from": _REVOCABLE_FROM,
        "expires_event": _EXPIRES,
    }
