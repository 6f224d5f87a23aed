"""Where one lands, what every page has around it, and what is said when something cannot be shown."""

import re

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.test import Client
from django.urls import path, reverse

from instead.office import urls
from instead.office.accounts.home import home_of
from instead.office.accounts.models import User
from instead.office.navigation import ENTRIES, links_for
from support.office import somebody

pytestmark = pytest.mark.django_db

SECRET = "the sealed docket of Quill, Ada"


def _break(error):
    def view(_request):
        raise error(SECRET)

    return view


urlpatterns = [
    *urls.urlpatterns,
    path("broken/400/", _break(SuspiciousOperation)),
    path("broken/403/", _break(PermissionDenied)),
    path("broken/404/", _break(Http404)),
    path("broken/500/", _break(RuntimeError)),
]


def shown(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_prosecutor_lands_in_the_queue(client):
    client.force_login(somebody(User.Role.PROSECUTOR))
    assert client.get("/").url == reverse("queue")


def test_nobody_lands_at_the_sign_in(client):
    assert client.get("/").url == reverse("login")


@pytest.mark.parametrize("role", [role for role in User.Role if role != User.Role.PROSECUTOR])
def test_every_other_role_lands_on_a_page_that_opens(client, role):
    user = somebody(role)
    client.force_login(user)
    assert client.get(home_of(user)).status_code == 200


@pytest.mark.parametrize("role", list(User.Role))
def test_every_link_of_the_navigation_opens_for_who_sees_it(client, role):
    user = somebody(role)
    client.force_login(user)
    for link in links_for(user, "/"):
        assert client.get(link.address).status_code == 200, link.words


def test_every_entry_of_the_navigation_leads_somewhere():
    assert [reverse(entry.url_name) for entry in ENTRIES]


def test_the_page_one_is_on_is_marked(client):
    client.force_login(somebody(User.Role.PROSECUTOR))
    assert f'<a href="{reverse("queue")}" aria-current="page">Queue</a>' in shown(client.get(reverse("queue")))


def test_every_page_says_who_is_signed_in_as_what_and_for_whom(client):
    user = somebody(User.Role.PROSECUTOR, "ada")
    client.force_login(user)
    page = shown(client.get(reverse("queue")))
    for words in ("ada", "Charging prosecutor", user.organization.name, "Sign out", "Skip to the main part"):
        assert words in page


def test_what_this_is_can_be_read_by_anybody(client):
    page = client.get(reverse("about"))
    assert page.status_code == 200 and "What this is" in shown(page)


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("status", "words"),
    [(400, "could not be read"), (403, "not yours to open"), (404, "nothing at this address"), (500, "our mistake")],
)
@pytest.mark.parametrize("signed_in", [False, True])
def test_an_error_is_said_in_plain_words_and_leaks_nothing(status, words, signed_in):
    client = Client(raise_request_exception=False)
    if signed_in:
        client.force_login(somebody(User.Role.PROSECUTOR))
    answer = client.get(f"/broken/{status}/")
    page = shown(answer)
    assert answer.status_code == status and words in page
    assert SECRET not in page and "Traceback" not in page
    assert answer["Content-Security-Policy"] and "<h1>" in page


def test_an_old_form_is_said_in_plain_words():
    client = Client(enforce_csrf_checks=True)
    client.force_login(somebody(User.Role.PROSECUTOR))
    answer = client.post(reverse("confirm-many"))
    assert answer.status_code == 403 and "too old, so nothing was done" in shown(answer)


def test_a_page_is_sent_compressed(client):
    assert client.get(reverse("about"), headers={"accept-encoding": "gzip"})["Content-Encoding"] == "gzip"
