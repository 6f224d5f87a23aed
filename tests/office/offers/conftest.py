"""One defender with two lawyers, another defender, and cases that they defend. Nobody here exists."""

import re

import pytest

from instead.office import clock
from instead.office.accounts.models import Organization, User
from support.journey import Journey, People
from support.office import somebody


@pytest.fixture
def people():
    return People()


@pytest.fixture
def colleague(people):
    return somebody(User.Role.DEFENSE_COUNSEL, "colleague", people.counsel.organization)


@pytest.fixture
def stranger():
    elsewhere = Organization.objects.create(name="Other Defenders", kind=Organization.Kind.DEFENSE)
    return somebody(User.Role.DEFENSE_COUNSEL, "stranger", elsewhere)


@pytest.fixture
def a_journey(tmp_path, people):
    """Makes cases, numbered, with the same people."""

    def make(number=1, **more):
        return Journey(tmp_path, number, people, **more)

    return make


@pytest.fixture
def journey(a_journey):
    return a_journey()


class Reader:
    """Somebody signed in, reading and sending at a moment of the office's clock."""

    def __init__(self, client, at):
        self.client, self.at = client, at

    def read(self, address, status=200):
        return words(self.answer(address, status))

    def answer(self, address, status=200):
        with clock.standing_still(self.at):
            answer = self.client.get(address)
        assert answer.status_code == status, answer.content.decode()[-2000:]
        return answer

    def send(self, address, status=200, **fields):
        """Send a form and follow where it leads."""
        return words(self.sent(address, status, **fields))

    def sent(self, address, status=200, **fields):
        with clock.standing_still(self.at):
            answer = self.client.post(address, fields, follow=True)
        assert answer.status_code == status, answer.content.decode()[-2000:]
        return answer


def words(answer):
    """What a page shows, without its tags and with single spaces."""
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", text)


@pytest.fixture
def sign_in(client):
    """Signs somebody in at a moment."""

    def begin(user, at):
        client.force_login(user)
        return Reader(client, at)

    return begin
