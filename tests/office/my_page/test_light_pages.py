"""Every page of a person is light on a cold first visit, needs no script, and says nothing to whoever looks over."""

import gzip
import re

import pytest
from django.test import Client

from instead.office.consents.models import Consent, Disclosure
from instead.office.my_page.actions import issue_link
from instead.office.my_page.urls import urlpatterns
from instead.office.security import POLICY
from instead.office.treatment.models import Provider, Service
from support.my_page import my_browser, the_intake

pytestmark = pytest.mark.django_db

MOST = 30_000
#: What a title or an address must not give away in a history or on a lock screen.
TELLING = re.compile(r"treat|court|prosec|drug|case|offer|consent|clinic|proof|trata|tribunal|fiscal|oferta|caso|droga")
ADDRESSES = ("", "letter/", "letter/yes/", "letter/no/", "places/", "forms/", "log/", "me/", "leave/", "paper/")


def on_the_wire(browser, address, seen):
    """The bytes of a page and of everything it names that this browser has not fetched yet, headers included."""
    answer = browser.get(address, headers={"accept-encoding": "gzip"})
    while answer.status_code == 302:
        answer = browser.get(answer.url, headers={"accept-encoding": "gzip"})
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    total = len(body) + sum(len(f"{name}: {value}\r\n") for name, value in answer.items())
    text = gzip.decompress(body).decode() if answer.get("Content-Encoding") == "gzip" else body.decode()
    if address.startswith("/my"):
        assert answer["Content-Security-Policy"] == POLICY and answer["Cache-Control"] == "no-store", address
        for named in re.findall(r'(?:href|src)="(/static/[^"]+)"', text):
            if named not in seen:
                seen.add(named)
                total += on_the_wire(browser, named, seen)[0]
    return total, text


@pytest.fixture
def many_places():
    """As many places as a city has."""
    provider = Provider.objects.create(name="Quillon Outpatient", address="1900 block Quillon Street", source="office")
    for number in range(150):
        Service.objects.create(provider=provider, title=f"Outpatient {number}", languages=["en", "es"])


@pytest.mark.usefixtures("many_places")
@pytest.mark.parametrize("name", ["answering", "booked", "asked", "engaged", "withdrawn"])
def test_every_page_is_under_thirty_kilobytes_on_a_cold_first_visit(at, name):
    journey, _ = at(name)
    for language in ("en", "es"):
        for address in (*ADDRESSES, f"places/{the_intake().pk}/", "nothing/"):
            browser = my_browser(journey.case.person, journey.at)
            browser.get(f"/my/?lang={language}")
            total, text = on_the_wire(browser, f"/my/{address}", set())
            assert 1_000 < total < MOST, f"{address} has {total:,} bytes"
            assert "<script" not in text and "style=" not in text and " on" not in re.sub(r">[^<]*<", "><", text)


def test_the_ways_in_are_light_too(at):
    journey, _ = at("booked")
    secret = issue_link(journey.case.person, actor=journey.people.counsel, at=journey.at)
    for address in ("/my/", f"/my/{secret}/", f"/my/{'A' * 32}/"):
        total, text = on_the_wire(Client(), address, set())
        assert 1_000 < total < MOST and "<script" not in text


def test_a_log_of_years_stays_light(at):
    journey, browser = at("engaged")
    consent = Consent.objects.get(recipient="coordinator")
    told = consent.disclosures.first()
    same = {name: getattr(told, name) for name in ("consent", "case", "kind", "told", "notice", "at", "as_role")}
    Disclosure.objects.bulk_create(Disclosure(**same) for _ in range(100))
    total, text = on_the_wire(browser, "/my/log/", set())
    assert total < MOST and "?page=2" in text and journey


@pytest.mark.parametrize("name", ["answering", "booked", "engaged"])
def test_titles_and_addresses_say_nothing(at, name):
    _, browser = at(name)
    for language in ("en", "es"):
        browser.get(f"/my/?lang={language}")
        for address in ADDRESSES:
            text = browser.get(f"/my/{address}", follow=True).content.decode()
            title = re.search("<title>(.*?)</title>", text)[1].lower()
            assert not TELLING.search(title), title
            assert not re.search(r"<meta [^>]*(description|og:)", text)
    for pattern in urlpatterns:
        assert not TELLING.search(re.sub("<.*?>", "", str(pattern.pattern))), pattern
