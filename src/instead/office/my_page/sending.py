"""A link to somebody's page, sent by text message or e-mail. It is in the message and nowhere else."""

from __future__ import annotations

from instead.office.ids import random_id
from instead.office.notices.models import Channel, Reminder
from instead.office.notices.senders import CannotSend, Message, sender_for
from instead.office.notices.sending import address_of
from instead.office.notices.wording import link_words
from instead.office.people.models import Person


def send_link(person: Person, channel: Channel, address: str) -> None:
    """Send it. Raises :class:`CannotSend` where nothing went out; whoever asked may make and send another."""
    to = address_of(person, channel)
    if to is None:
        raise CannotSend(Reminder.Reason.BAD_ADDRESS)
    words = link_words(address, person.language)
    message = Message(
        key=random_id(),
        channel=channel,
        to=to,
        subject=words.subject,
        body=words.body,
        language=person.language,
        person=person,
    )
    try:
        sender_for(channel).send(message)
    except CannotSend:
        raise
    except Exception:  # noqa: BLE001 - a gateway's error may hold the message, and with it the link
        raise CannotSend(Reminder.Reason.REFUSED) from None
