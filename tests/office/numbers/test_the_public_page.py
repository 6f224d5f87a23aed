"""What everybody sees: the policy in plain words, the numbers, and nothing that should not be there."""

from __future__ import annotations

import html
import re

import pytest
from django.urls import reverse

from instead.office.cases.policy_in_force import policy_in_force
from instead.office.numbers.actions import publish
from instead.office.numbers.models import PublishedRelease
from instead.office.numbers.public_page import public_tables, the_way
from instead.office.numbers.public_policy import policy_page
from instead.office.numbers.public_tables import base_name
from instead.office.numbers.public_words import IN_SPANISH
from instead.office.numbers.rates import NOT_SHOWN
from support.many_cases import analyst, many_cases
from support.office import NOW
from support.pages import words

pytestmark = pytest.mark.django_db

#: Words that no public page uses.
NEVER = ("divert", "diversion", "deficient", "revoked", "revoke", "compliance", "recidiv", "offender", "addict")


@pytest.fixture
def release():
    return publish(at=NOW, actor=analyst(many_cases(400, 5, NOW)))


def page(client, **asked):
    answer = client.get(reverse("public"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_without_numbers_the_policy_stands_alone(client):
    seen = words(page(client))
    assert "No numbers have been published yet." in seen and "What these numbers cannot say" in seen
    assert not PublishedRelease.objects.exists()


def test_every_rule_stands_there_in_order_with_what_follows_and_the_law(client):
    seen = words(page(client))
    policy = policy_in_force()
    places = [seen.index(words(html.escape(rule.because))) for rule in policy.rules]
    assert places == sorted(places)
    for rule in policy.rules:
        assert all(words(html.escape(law)) in seen for law in rule.cite)
    assert [line.outcome for line in policy_page(policy, "en").rules][:2] == ["no charge", "a person decides"]
    assert "Adult age The juvenile court has its own law. 18" in seen
    assert "yes, from 2023-01-02 no" in seen
    for promise in policy.promises:
        assert words(html.escape(promise.sentence)) in seen


def test_the_words_are_plain(client, release):  # noqa: ARG001 - with numbers
    for language in ("en", "es"):
        text = re.sub(r"<(script|style).*?</\1>", "", page(client, lang=language), flags=re.DOTALL).lower()
        assert [word for word in NEVER if word in text] == []


def test_it_says_when_it_was_made_and_what_it_cannot_say(client, release):
    seen = words(page(client))
    assert f"made on {release.published_at:%B}"[:11] in seen and "Counts from 1 to 10 are not shown" in seen
    assert "Race is as police recorded it at the arrest; they may have assumed it." in seen
    assert "Whether the offer made the difference." in seen


def test_every_word_of_a_table_has_its_spanish(release):
    found = set()
    for table in public_tables(release.published):
        found |= {table.title, table.first, *table.columns, *(row.name for row in table.rows)}
    found |= {wait.words for wait in release.waits} | {step.name for step in the_way(release.published)}
    found |= {base_name(shape.population) for shape in release.published.shapes}
    assert found - set(IN_SPANISH) == set()


def test_it_speaks_spanish(client, release):  # noqa: ARG001 - with numbers
    seen = page(client, lang="es")
    assert '<html lang="es">' in seen
    plain = words(seen)
    for text in ("Lo que se promete", "Los números", "Por raza", "no se muestra", "tratamiento en lugar de acusación"):
        assert text in plain
    for rule in policy_in_force().rules:
        assert words(html.escape(rule.because_es)) in plain and words(html.escape(rule.because)) not in plain
    assert "Nadie sorprendido solo con drogas para uso propio es acusado." in plain
    assert f'lang="en">{policy_in_force().title}<' in seen  # it has no Spanish title, and the page says so


def test_every_percentage_stands_with_the_number_it_is_of(client, release):  # noqa: ARG001 - with numbers
    plain = words(page(client))
    for found in re.finditer(r"(\d+\.\d) % ?(of [\d,]+)?", plain):
        assert found[2], plain[found.start() - 40 : found.end() + 20]


def test_there_is_nothing_to_choose(client, release):  # noqa: ARG001 - with numbers
    plain = page(client)
    for asked in ({"first": "2019-05-01"}, {"version": "1"}, {"race": "White"}, {"table": "x"}):
        again = page(client, **asked)
        assert words(again) == words(plain)
        answer = client.get(reverse("public-file"), asked)
        assert answer.content == client.get(reverse("public-file")).content


def test_the_five_numbers_lead_from_the_arrest_to_the_withdrawal(release):
    steps = the_way(release.published)
    assert [step.of for step in steps] == ["arrests", "arrests", "arrests", "an offer went out", "said yes"]
    assert steps[0].number.text == "400" and steps[0].number.percent == ""
    assert all(step.number.hidden or step.number.of for step in steps[1:])


def test_a_hidden_number_has_no_percentage(release):
    numbers = [number for table in public_tables(release.published) for row in table.rows for number in row.numbers]
    assert [one for one in numbers if one.hidden]
    assert all(one.text == NOT_SHOWN and not one.percent and not one.of for one in numbers if one.hidden)


def test_the_office_s_people_see_the_same_on_their_page(client, release):
    client.force_login(release.published_by)
    mine = words(client.get(reverse("public-version")).content.decode())
    for table in public_tables(release.published):
        for row in table.rows:
            for number in row.numbers:
                assert number.text in mine
