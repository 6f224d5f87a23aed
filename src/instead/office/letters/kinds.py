"""Every kind of letter."""

from __future__ import annotations

from collections.abc import Mapping

from instead.office.letters.closing import CourtroomList, Withdrawn
from instead.office.letters.consent import AttendanceForm, Consent
from instead.office.letters.offer import Offer, OfferEnded
from instead.office.letters.on_the_way import Card, OneMoreThing, Reminder

Letter = Offer | Consent | Card | Withdrawn | CourtroomList | Reminder | AttendanceForm | OfferEnded | OneMoreThing
KINDS: Mapping[str, type[Letter]] = {
    kind.kind: kind
    for kind in (
        Offer,
        Consent,
        Card,
        Withdrawn,
        CourtroomList,
        Reminder,
        AttendanceForm,
        OfferEnded,
        OneMoreThing,
    )
}
