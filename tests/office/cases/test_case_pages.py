"""The charging prosecutor's pages: who may open them, what they show, and what they refuse."""

import re
import uuid

import pytest
from django.urls import reverse

from instead.office import clock
from instead.office.accounts.models import User
from instead.office.cases.models import Confirmation
from instead.office.security import POLICY
from support.office import NOW, a_case, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_night():
    with clock.standing_still(NOW):
        yield


@pytest.fixture
def page(client):
    client.force_login(somebody(User.Role.PROSECUTOR))
    return client


def test_nobody_is_sent_to_sign_in(client, tmp_path):
    case = a_case(tmp_path)
    for address in (reverse("queue"), reverse("case", args=[case.id])):
        assert client.get(address).url.startswith(reverse("login"))


@pytest.mark.parametrize("role", [role for role in User.Role if role != User.Role.PROSECUTOR])
def test_another_role_is_refused(client, tmp_path, role):
    case = a_case(tmp_path)
    client.force_login(somebody(role))
    assert client.get(reverse("queue")).status_code == 403
    assert client.get(reverse("case", args=[case.id])).status_code == 403
    assert client.post(reverse("confirm", args=[case.decisions.get().id])).status_code == 403
    assert Confirmation.objects.count() == 0


def test_the_queue_shows_the_nearest_listing_first(page, tmp_path):
    a_case(tmp_path, 1, first_listing="2019-05-05T09:00", person={"name": "Late, Lee", "born": "1980-01-01"})
    a_case(tmp_path, 2, first_listing="2019-05-04T23:00", person={"name": "Early, Ed", "born": "1980-01-01"})
    shown = page.get(reverse("queue")).content.decode()
    assert shown.index("Early, Ed") < shown.index("Late, Lee")


def test_a_page_says_what_is_asked_first_and_takes_the_answer(page, tmp_path):
    case = a_case(tmp_path, overdose__call_only=None)
    address = reverse("case", args=[case.id])
    assert "Did police learn of the drugs only because" in page.get(address).content.decode()
    page.post(reverse("answer", args=[case.id]), {"fact": "overdose_call_only", "value": "no"})
    assert "Confirm: divert" in page.get(address).content.decode()


def test_confirming_from_the_page_and_undoing(page, tmp_path):
    case = a_case(tmp_path)
    page.post(reverse("confirm", args=[case.decisions.get().id]))
    assert "Nothing waits" in page.get(reverse("queue")).content.decode()
    page.post(reverse("undo", args=[Confirmation.objects.get().pk]))
    assert "Confirm: divert" in page.get(reverse("queue")).content.decode()


def test_ticked_cases_are_confirmed_together(page, tmp_path):
    ids = [str(a_case(tmp_path, number).decisions.get().id) for number in (1, 2)]
    shown = page.post(reverse("confirm-many"), {"decision": [*ids, "scribble"]}, follow=True).content.decode()
    assert "Confirmed: 2 of 2 ticked" in shown and Confirmation.objects.count() == 2


def test_a_form_sent_twice_is_refused_in_words(page, tmp_path):
    address = reverse("confirm", args=[a_case(tmp_path).decisions.get().id])
    page.post(address)
    assert "already confirmed" in page.post(address, follow=True).content.decode()
    assert Confirmation.objects.count() == 1


def test_script_in_a_narrative_is_text(page, tmp_path):
    case = a_case(tmp_path, narrative="<script>alert(1)</script>")
    shown = page.get(reverse("case", args=[case.id])).content.decode()
    assert "<script>" not in shown and "&lt;script&gt;" in shown


@pytest.mark.parametrize(
    ("fact", "value"), [("nothing", "x"), ("age", "old"), ("age", "-1"), ("", ""), ("age", "9" * 400)]
)
def test_an_answer_that_cannot_be_is_told_on_the_page(page, tmp_path, fact, value):
    case = a_case(tmp_path, overdose__call_only=None)
    shown = page.post(reverse("answer", args=[case.id]), {"fact": fact, "value": value}, follow=True)
    assert "Not done" in shown.content.decode()


def test_a_forged_id_is_not_found(page):
    for name in ("case", "answer"):
        address = reverse(name, args=[uuid.uuid4()])
        assert (page.get if name == "case" else page.post)(address).status_code == 404
    assert page.post(reverse("confirm", args=[uuid.uuid4()])).status_code == 404


def test_a_change_by_a_link_is_refused(page, tmp_path):
    assert page.get(reverse("confirm", args=[a_case(tmp_path).decisions.get().id])).status_code == 405


def test_every_page_has_the_strict_policy_and_no_inline_script_or_style(page, tmp_path):
    case = a_case(tmp_path)
    for address in (reverse("login"), reverse("queue"), reverse("case", args=[case.id])):
        answer = page.get(address)
        assert answer["Content-Security-Policy"] == POLICY and "no-store" in answer["Cache-Control"]
        shown = answer.content.decode()
        assert re.findall(r"<script(?! src=\"/static/)|<style| style=| on[a-z]+=", shown) == []


def test_the_queue_asks_the_database_a_fixed_number_of_times(page, tmp_path, django_assert_max_num_queries):
    for number in range(1, 8):
        a_case(tmp_path, number)
    with django_assert_max_num_queries(12):
        page.get(reverse("queue"))
