"""Publishing: who may, what is stored, and what somebody finds who has only the public pages and a pencil."""

from __future__ import annotations

import csv
import io
import json

import numpy as np
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from scipy.optimize import Bounds, LinearConstraint, milp

from instead.office import clock
from instead.office.accounts.models import User
from instead.office.errors import Refused
from instead.office.ledger.models import Entry
from instead.office.ledger.verify import verify
from instead.office.numbers.actions import LEAST_DAYS, newest_release, publish, why_not_yet
from instead.office.numbers.models import PublishedRelease
from instead.office.tasks.clocks import office_day
from support.journey import DAY
from support.many_cases import analyst, many_cases
from support.office import NOW, SIDES, somebody
from support.pages import stranger

pytestmark = pytest.mark.django_db

MONTH = LEAST_DAYS * DAY


@pytest.fixture
def people():
    return many_cases(700, 1, NOW)


def file_of(client):
    """The public file, as rows."""
    answer = client.get(reverse("public-file"))
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_what_was_published_is_stored_and_on_the_ledger(people, client):
    release = publish(at=NOW, actor=analyst(people))
    assert newest_release() == release and release.until == office_day(NOW)
    entry = Entry.objects.get(kind="numbers published")
    assert entry.subject == release.id and entry.actor_id == analyst(people).pk and verify().found == 0
    assert {row["count"] for row in file_of(client)} > {"not shown", "700"}


def test_nothing_that_is_stored_says_what_is_hidden(people):
    release = publish(at=NOW, actor=analyst(people))
    kept = json.loads(release.tables)
    counts = [count for _, count in kept["shown"]]
    assert counts and not [count for count in counts if 1 <= count <= 10]
    assert all(wait["count"] > 10 for wait in release.times) and release.times


@pytest.mark.parametrize("role", [role for role in SIDES if role not in (User.Role.ANALYST, User.Role.ADMINISTRATOR)])
@pytest.mark.usefixtures("people")
def test_only_the_analyst_and_the_administrator_publish(role, client):
    user = User.objects.filter(role=role).first() or somebody(role)
    with pytest.raises(PermissionDenied):
        publish(at=NOW, actor=user)
    client.force_login(user)
    assert client.post(reverse("publish-numbers")).status_code == 403
    assert not PublishedRelease.objects.exists()


def test_an_analyst_of_another_office_publishes_another_office_s_numbers(people):
    release = publish(at=NOW, actor=stranger(User.Role.ANALYST))
    arrests = [count for cell, count in json.loads(release.tables)["shown"] if cell[0].startswith("arrests, ")]
    assert set(arrests) == {0} and newest_release(people.prosecutor.organization) is None


def test_an_analyst_of_a_clinic_is_none_of_this_office(people):
    clinic = people.provider.organization
    with pytest.raises(PermissionDenied):
        publish(at=NOW, actor=User.objects.create_user("odd", role=User.Role.ANALYST, organization=clinic))


def test_releases_do_not_follow_each_other_closely(people, client):
    publish(at=NOW, actor=analyst(people))
    with pytest.raises(Refused, match="differ by single people"):
        publish(at=NOW + 5 * DAY, actor=analyst(people))
    client.force_login(analyst(people))
    with clock.standing_still(NOW + 5 * DAY):
        page = client.post(reverse("publish-numbers"), follow=True).content.decode()
    assert "Not done: the last numbers are of 2019-05-04; the next can be published from 2019-06-01 on." in page
    assert PublishedRelease.objects.count() == 1
    assert why_not_yet(people.prosecutor.organization, office_day(NOW + MONTH)) == ""


def test_publishing_from_the_page(people, client):
    client.force_login(analyst(people))
    with clock.standing_still(NOW):
        assert "Nothing has been published yet" in client.get(reverse("public-version")).content.decode()
        page = client.post(reverse("publish-numbers"), follow=True).content.decode()
    assert "Published. Everybody can see these numbers now." in page and "Not yet: the last numbers" in page


def test_nothing_can_be_worked_out_from_the_public_file(people, client):
    publish(at=NOW, actor=analyst(people))
    attacker = Attacker(file_of(client))
    assert len(attacker.hidden) > 20
    assert attacker.finds() == []


def test_nothing_can_be_worked_out_from_one_release_and_the_next(people, client):
    publish(at=NOW, actor=analyst(people))
    first = file_of(client)
    many_cases(260, 2, NOW + MONTH, people)
    publish(at=NOW + MONTH, actor=analyst(people))
    attacker = Attacker(first, file_of(client))
    assert len(attacker.hidden) > 40
    assert attacker.finds() == []


def test_the_attacker_would_find_a_count_that_was_left_open(people, client):
    """The attack can succeed: with one more count shown it does."""
    publish(at=NOW, actor=analyst(people))
    rows = file_of(client)
    hidden = next(
        row for row in rows if row["count"] == "not shown" and row["table"] == "By sex" and row["sex"] != "all"
    )
    others = [r for r in rows if r["table"] == "By sex" and r["people"] == hidden["people"] and r is not hidden]
    for row in others:
        if row["count"] == "not shown":
            row["count"] = "11" if row["sex"] != "all" else "40"
    assert Attacker(rows).finds()


def test_the_page_shows_exactly_what_the_file_shows(people, client):
    publish(at=NOW, actor=analyst(people))
    page = client.get(reverse("public")).content.decode()
    rows = file_of(client)
    shown = [row["count"] for row in rows if row["count"] not in ("not shown", "0")]
    for count in set(shown):
        assert f">{int(count):,}<" in page, count
    ways = page.count("hidden-count") - sum(row["count"] == "not shown" for row in rows)
    assert 0 <= ways <= 5  # the five numbers at the top stand in the tables too


class Attacker:
    """Somebody with the public files alone, who knows that what is hidden is not zero and how the tables hang together.

    Every cell is a whole number; the equations are those that the page's own words say.
    """

    def __init__(self, *files):
        self.names, self.low, self.high, self.rows = {}, [], [], []
        self.hidden = []
        self.files = [self._read(number, rows) for number, rows in enumerate(files)]
        for cells in self.files:
            self._hang_together(cells)
        self._differences()

    def _cell(self, name, low, high):
        if name in self.names:
            at = self.names[name]
            self.low[at], self.high[at] = max(self.low[at], low), min(self.high[at], high)
            return at
        self.names[name] = len(self.low)
        self.low.append(low)
        self.high.append(high)
        return self.names[name]

    def _read(self, number, rows):
        cells, dimensions = {}, [name for name in rows[0] if name not in ("table", "people", "count", "note")]
        for row in rows:
            who = row["people"].rsplit(", until ", 1)[0]
            used = tuple((name, row[name]) for name in dimensions if row[name] not in ("", "all"))
            name = (number, who, used)
            if row["count"] == "not shown":
                at = self._cell(name, 1, 100_000)
                self.hidden.append(name)
            else:
                at = self._cell(name, int(row["count"]), int(row["count"]))
            cells[who, used] = at
            cells.setdefault(("shape", row["table"], who), []).append((used, at))
        self.hidden = list(dict.fromkeys(self.hidden))
        return cells

    def _hang_together(self, cells):
        for key, members in list(cells.items()):
            if key[0] == "shape":
                self._totals(members)
        at = cells.__getitem__
        for part, whole in (
            (("the policy says: treatment instead", ()), ("arrests", (("what the policy says", "treatment instead"),))),
            (("an offer went out", ()), ("arrests", (("what became of it", "offer made"),))),
            (("said yes", ()), ("an offer went out", (("answer", "said yes"),))),
            (
                ("charges withdrawn: treatment begun", ()),
                ("said yes", (("what became of it", "charges withdrawn: treatment begun"),)),
            ),
        ):
            self.rows.append({at(whole): -1, at(part): 1})
        for part, whole in (
            ("the policy says: treatment instead", "arrests"),
            ("an offer went out", "arrests"),
            ("said yes", "an offer went out"),
            ("charges withdrawn: treatment begun", "said yes"),
        ):
            for (who, used), place in [(key, value) for key, value in cells.items() if key[0] == part]:
                if (whole, used) in cells:
                    rest = self._cell(("rest", who, used, place), 0, 100_000)
                    self.rows.append({at((whole, used)): -1, place: 1, rest: 1})

    def _totals(self, members):
        """Every total is the sum over each dimension that it leaves open."""
        by_used = dict(members)
        names = {name for used, _ in members for name, _ in used}
        for used, at in members:
            for name in names - {one for one, _ in used}:
                parts = [
                    place
                    for other, place in by_used.items()
                    if {one for one, _ in other} == {one for one, _ in used} | {name} and set(used) <= set(other)
                ]
                self.rows.append({at: -1} | dict.fromkeys(parts, 1))

    def _differences(self):
        for before, after in zip(self.files, self.files[1:], strict=False):
            for key, place in before.items():
                if key[0] != "shape" and key in after:
                    change = self._cell(("change", *key), -100_000, 100_000)
                    self.rows.append({after[key]: -1, place: 1, change: 1})

    def finds(self):
        """What can be worked out too closely: a number that must be from 1 to 10, or is known to within nine."""
        matrix = np.zeros((len(self.rows), len(self.low)))
        for line, row in enumerate(self.rows):
            for place, value in row.items():
                matrix[line, place] += value
        found = []
        for name, place in self.names.items():
            if self.low[place] == self.high[place]:
                continue
            low, high = (self._bound(matrix, place, sign) for sign in (1, -1))
            small = (high >= 1 and low <= 10) or (low <= -1 and high >= -10)
            if small and not (high - low >= 10 and max(-low, high) >= 11):
                found.append((name, low, high))
        return found

    def _bound(self, matrix, place, sign):
        goal = np.zeros(len(self.low))
        goal[place] = sign
        zero = np.zeros(len(self.rows))
        found = milp(
            goal,
            integrality=np.ones(len(self.low)),
            bounds=Bounds(self.low, self.high),
            constraints=LinearConstraint(matrix, zero, zero),
        )
        assert found.x is not None, "what was published contradicts itself"
        return round(found.x[place])
