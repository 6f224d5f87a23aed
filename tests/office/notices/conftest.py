"""People who chose to be reminded, a sender that can be told what to do, and the hours of the office."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import pytest

from instead.office.notices.models import Channel
from instead.office.notices.senders import Message
from instead.office.notices.sending import send_due
from instead.office.people.models import Person
from support.journey import DAY, Journey, a_service
from support.postgres import postgres_url
from support.reminders import wished

__all__ = ["postgres_url"]


@dataclass
class Recorder:
    """A sender that keeps what it was given, or does what it is told instead."""

    messages: list[Message] = field(default_factory=list)
    instead: Exception | None = None

    def send(self, message: Message) -> None:
        if self.instead is not None:
            raise self.instead
        self.messages.append(message)


@pytest.fixture
def gateway(monkeypatch):
    """Every way leads to one recorder."""
    made = Recorder()
    monkeypatch.setattr("instead.office.notices.sending.sender_for", lambda _channel: made)
    return made


@pytest.fixture
def journey(tmp_path):
    """Somebody with an appointment in five days, at an hour of the day, who chose text messages."""
    journey = Journey(tmp_path).accepted()
    journey.at = dt.datetime(2019, 5, 6, 14, 30, tzinfo=dt.UTC)  # Monday, 10:30 in Philadelphia
    journey.book(a_service(journey.people), days=5)
    wished(journey.case.person, Channel.TEXT)
    return journey


@pytest.fixture
def run(gateway, journey):
    """Let the timer run every half hour until so many days from the start have passed."""

    def until(days: float) -> list[Message]:
        at, end = journey.at, journey.at + days * DAY
        while at <= end:
            send_due(at)
            at += dt.timedelta(minutes=30)
        return gateway.messages

    return until


@pytest.fixture
def person(journey) -> Person:
    return journey.case.person
