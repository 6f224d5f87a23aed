"""The link, the card's code, and the open page: what opens it, what does not, and when it closes."""

import datetime as dt
import logging
import re

import pytest
from django.test import Client
from django.urls import reverse

from instead.office import clock
from instead.office.ledger.models import Entry, Payload
from instead.office.my_page import sessions
from instead.office.my_page.actions import AGAIN, close_everywhere, issue_card, issue_link
from instead.office.my_page.links import Worth, link_of, worth_of
from instead.office.my_page.models import Link, OpenPage
from instead.office.my_page.own import place_of
from instead.office.my_page.quiet_logs import LOGGERS, without_secrets
from instead.office.tasks.clocks import number_of
from support.journey import DAY
from support.my_page import at_step, my_browser
from support.office import NOW

pytestmark = pytest.mark.django_db

MINUTE = dt.timedelta(minutes=1)
HOME, OPEN = "/my/", "/my/open/"


@pytest.fixture
def journey(tmp_path):
    journey = at_step("to_book", tmp_path)
    with clock.standing_still(journey.at):
        yield journey


@pytest.fixture
def secret(journey):
    return issue_link(journey.case.person, actor=journey.people.counsel, at=journey.at)


def words(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def is_open(browser, at=NOW):
    with clock.standing_still(at):
        return "Choose a place and a day" in words(browser.get(HOME))


def press(secret, browser=None, at=NOW):
    """Look at the link, then press its button."""
    browser = browser or Client()
    with clock.standing_still(at):
        browser.get(f"/my/{secret}/")
        return browser, browser.post(OPEN, {"link": secret}, follow=True)


def test_a_preview_of_a_link_spends_nothing_and_shows_nothing(secret):
    for agent in ("WhatsApp/2.23", "facebookexternalhit/1.1", "TelegramBot", "curl/8"):
        preview = Client(headers={"user-agent": agent})
        for ask in (preview.get, preview.head, preview.get):
            answer = ask(f"/my/{secret}/")
            assert answer.status_code == 200
            assert sessions.PAGE not in answer.cookies
        page = words(preview.get(f"/my/{secret}/"))
        assert re.search("<title>(.*?)</title>", page)[1] == "My page"
        assert not re.search("Doe|treatment|court|prosecut|drug|og:|description", page)
    assert worth_of(link_of(secret), NOW) is Worth.GOOD


def test_the_button_opens_the_page_once(secret, journey):
    browser, answer = press(secret)
    assert "Choose a place and a day" in words(answer) and is_open(browser)
    assert link_of(secret).spent_at == journey.at
    kinds = list(Entry.objects.filter(subject=journey.case.person_id).values_list("kind", flat=True))
    assert kinds[-2:] == ["page link made", "page opened"]


def test_the_button_without_the_page_of_the_link_opens_it_too(secret):
    assert "Choose a place and a day" in words(Client().post(OPEN, {"link": secret}, follow=True))


def test_a_link_that_was_used_says_so_calmly_and_names_the_two_other_ways(secret):
    press(secret)
    for answer in (Client().get(f"/my/{secret}/"), Client().post(OPEN, {"link": secret})):
        page = words(answer)
        assert answer.status_code == 404 and "This link was used already" in page
        assert "Type the code on your card" in page and "Call your lawyer or the coordinator" in page
        assert "911" in page and "988" in page


def test_in_the_browser_in_which_it_was_used_the_link_leads_to_the_page(secret):
    browser, _ = press(secret)
    assert browser.get(f"/my/{secret}/").url == HOME
    assert browser.post(OPEN, {"link": secret}).url == HOME


def test_pressing_twice_on_a_slow_phone_is_one_use(secret):
    browser = Client()
    browser.get(f"/my/{secret}/")
    first = browser.post(OPEN, {"link": secret})
    del browser.cookies[sessions.PAGE]  # the first answer never arrived
    second = browser.post(OPEN, {"link": secret})
    assert first.status_code == second.status_code == 302 and is_open(browser)
    thief = Client()
    thief.get(f"/my/{secret}/")
    assert thief.post(OPEN, {"link": secret}).status_code == 404


def test_after_two_minutes_pressing_again_is_a_second_use(secret):
    browser, _ = press(secret)
    del browser.cookies[sessions.PAGE]
    with clock.standing_still(NOW + AGAIN + MINUTE):
        assert browser.post(OPEN, {"link": secret}).status_code == 404


def test_a_newer_link_replaces_one_that_was_not_used(secret, journey):
    newer = issue_link(journey.case.person, actor=journey.people.counsel, at=journey.at)
    assert "There is a newer link" in words(Client().post(OPEN, {"link": secret}))
    assert "There is a newer link" in words(Client().get(f"/my/{secret}/"))
    assert is_open(press(newer)[0])
    assert Link.objects.filter(person=journey.case.person).count() == 2


def test_an_old_link_opens_nothing(secret):
    at = NOW + (number_of("link_days", NOW) + 1) * DAY
    with clock.standing_still(at):
        assert "This link is too old" in words(Client().get(f"/my/{secret}/"))
        assert Client().post(OPEN, {"link": secret}).status_code == 404


def test_an_unknown_link_opens_nothing_and_says_how_to_go_on(journey):
    answer = Client().get(f"/my/{'A' * 32}/")
    assert answer.status_code == 404 and "This link opens nothing" in words(answer)
    assert "Type the code on your card" in words(answer) and journey


def test_after_many_wrong_links_it_waits_and_then_goes_on(secret):
    guesser = Client()
    for number in range(number_of("tries_from_one_place", NOW)):
        assert guesser.get(f"/my/{number:032d}/").status_code == 404
    waits = guesser.get(f"/my/{secret}/")
    assert waits.status_code == 429 and "Please wait a little" in words(waits)
    assert int(waits["Retry-After"]) > 0
    assert guesser.post(OPEN, {"link": secret}).status_code == 429
    assert Client(REMOTE_ADDR="203.0.113.9").get(f"/my/{secret}/").status_code == 200
    later = NOW + number_of("try_minutes", NOW) * MINUTE
    assert is_open(press(secret, at=later)[0], later)


@pytest.mark.parametrize(
    ("direct", "told", "counted"),
    [
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("::1", "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        ("203.0.113.8", "6.6.6.6", "203.0.113.8"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("", "", "nowhere"),
    ],
)
def test_behind_a_proxy_on_this_machine_it_says_where_a_try_comes_from(rf, direct, told, counted):
    assert place_of(rf.get(HOME, headers={"x-forwarded-for": told}, REMOTE_ADDR=direct)) == counted


def test_no_secret_part_is_kept_logged_or_written_down(secret, journey, caplog):
    caplog.set_level(logging.DEBUG)
    strict = Client(enforce_csrf_checks=True)
    strict.post(f"/my/{secret}/")
    strict.post(OPEN, {"link": secret})
    press(secret)
    Client().get(f"/my/{secret}/")
    Client().get(f"/my/{secret}/?lang=xx")
    code = issue_card(journey.case.person, actor=journey.people.counsel, at=journey.at)
    Client().post(OPEN, {"code": code})
    logged = "\n".join(one.getMessage() for one in caplog.records if not one.name.startswith("django.db"))
    assert "a-link" in logged
    kept = " ".join(Payload.objects.values_list("content", flat=True))
    kept += " ".join(str(row) for table in (Link, OpenPage, Entry) for row in table.objects.values())
    for word in (secret, code, code.replace("-", "")):
        assert word not in logged and word not in kept


def test_the_loggers_that_name_addresses_write_them_without_the_secret_part(caplog):
    secret = "Ab3_-" * 6 + "xY"
    for name in LOGGERS:
        logging.getLogger(name).error("Not Found: %s", f"/my/{secret}/")
        logging.getLogger(name).error('"GET /my/%s/ HTTP/1.1" 200', secret)
    assert secret not in caplog.text and "/my/a-link/" in caplog.text
    assert without_secrets("/my/places/") == "/my/places/"


def test_the_cookie_is_its_own_and_no_script_reads_it(secret, settings):
    settings.SESSION_COOKIE_SECURE = True
    _, answer = press(secret)
    first = answer.redirect_chain[0]
    assert first[0] == HOME
    browser = Client()
    browser.get(f"/my/{issue_again(secret)}/")
    for cookie in browser.cookies.values():
        if cookie.key != "csrftoken":
            assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/my/" and cookie["secure"]


def issue_again(secret):
    """Another link for the same person."""
    from instead.office.accounts.models import User

    return issue_link(link_of(secret).person, actor=User.objects.get(role="defense_counsel"), at=NOW)


def test_on_ones_own_phone_the_page_stays_open_for_days_and_each_visit_counts_anew(secret):
    browser, _ = press(secret)
    days = number_of("page_days", NOW)
    assert browser.cookies[sessions.PAGE]["max-age"] == days * 24 * 3600
    assert is_open(browser, NOW + (days - 1) * DAY)
    assert is_open(browser, NOW + (2 * days - 2) * DAY)
    assert not is_open(browser, NOW + (3 * days) * DAY)


def test_on_somebody_elses_phone_it_closes_when_nobody_touches_it(journey):
    code = issue_card(journey.case.person, actor=journey.people.counsel, at=journey.at)
    browser = Client()
    browser.post(OPEN, {"code": code})
    assert browser.cookies[sessions.PAGE]["max-age"] == ""
    minutes = number_of("page_minutes", NOW)
    for step in (1, 2, 3):
        assert is_open(browser, NOW + step * (minutes - 1) * MINUTE)
    assert not is_open(browser, NOW + 3 * (minutes - 1) * MINUTE + (minutes + 1) * MINUTE)


def test_a_code_opens_the_page_for_days_on_ones_own_phone(journey):
    code = issue_card(journey.case.person, actor=journey.people.counsel, at=journey.at)
    browser = Client()
    browser.post(OPEN, {"code": code.lower(), "own_phone": "yes"})
    assert is_open(browser, NOW + 3 * DAY)
    assert is_open(browser, NOW)


@pytest.mark.parametrize("typed", ["", "K7M", "AAA-AAA-AAAB", "<script>alert(1)</script>", "x" * 5000])
def test_a_code_with_a_slip_is_told_and_nothing_opens(journey, typed):
    answer = Client().post(OPEN, {"code": typed})
    assert answer.status_code == 400 and "has a slip in it" in words(answer)
    assert "<script>" not in words(answer) and journey


def test_a_code_of_a_replaced_card_is_told(journey):
    code = issue_card(journey.case.person, actor=journey.people.counsel, at=journey.at)
    issue_card(journey.case.person, actor=journey.people.counsel, at=journey.at)
    answer = Client().post(OPEN, {"code": code})
    assert answer.status_code == 400 and "opens no page" in words(answer)


def test_close_my_page_closes_it_here_and_the_key_opens_nothing_any_more(secret):
    browser, _ = press(secret)
    key = browser.cookies[sessions.PAGE].value
    assert "Your page is closed" in words(browser.post("/my/close/"))
    assert browser.cookies[sessions.PAGE].value == ""
    copied = Client()
    copied.cookies[sessions.PAGE] = key
    assert not is_open(copied)
    assert Entry.objects.filter(kind="page closed").count() == 1


def test_close_everywhere_closes_every_phone_and_the_link_that_is_out(secret, journey):
    first, second = (my_browser(journey.case.person, journey.at) for _ in range(2))
    assert "Your page is closed" in words(first.post("/my/close/", {"everywhere": "yes"}))
    assert not is_open(second) and Client().post(OPEN, {"link": secret}).status_code == 404
    assert close_everywhere(journey.case.person, doer=journey.person, at=journey.at) == 0


def test_a_staff_session_and_a_persons_page_in_one_browser_do_not_mix(secret, journey):
    browser = Client()
    browser.force_login(journey.people.coordinator)
    assert not is_open(browser)
    press(secret, browser)
    assert is_open(browser)
    assert "a-coordinator" not in words(browser.get(HOME))
    assert browser.get(reverse("today")).status_code == 200
    browser.post("/my/close/")
    assert browser.get(reverse("today")).status_code == 200 and not is_open(browser)
    press(issue_again(secret), browser)
    browser.logout()
    assert browser.get(reverse("today")).status_code == 302


def test_what_is_said_to_one_is_not_shown_to_the_other(secret, journey):
    browser = Client()
    browser.force_login(journey.people.coordinator)
    press(secret, browser)
    details = {"phone": "", "email": "", "address": "", "language": "en"}
    assert browser.post("/my/me/", details).status_code == 302
    assert "Saved." not in words(browser.get(reverse("today")))
    assert "Saved." in words(browser.get(HOME)) and "Saved." not in words(browser.get(HOME))


def test_opening_another_page_in_the_same_browser_closes_the_first(secret, journey):
    browser, _ = press(secret)
    first = browser.cookies[sessions.PAGE].value
    browser.post(OPEN, {"code": issue_card(journey.case.person, actor=journey.people.counsel, at=NOW)})
    copied = Client()
    copied.cookies[sessions.PAGE] = first
    assert is_open(browser) and not is_open(copied)
    assert OpenPage.objects.filter(closed_at=None).count() == 1


def test_without_an_open_page_every_address_leads_to_the_door(journey):
    assert journey
    for address in ("letter/", "places/", "forms/", "log/", "me/", "leave/", "paper/", "letter/yes/"):
        assert Client().get(HOME + address).url == HOME
        assert Client().post(HOME + address).url == HOME
    for address in ("there/", "send/", "back/", "close/"):
        assert Client().post(HOME + address).status_code == 302


def test_an_address_that_is_not_there_is_said_in_light_words(journey):
    answer = Client().get("/my/nothing/like/this")
    assert answer.status_code == 404 and "There is nothing here" in words(answer)
    assert "uswds" not in words(answer) and journey


def test_an_old_form_is_said_in_light_words(secret):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(OPEN, {"link": secret})
    assert answer.status_code == 403 and "The page was too old" in words(answer) and "uswds" not in words(answer)
    assert worth_of(link_of(secret), NOW) is Worth.GOOD


def test_our_own_mistake_is_said_in_light_words(journey, monkeypatch):
    def broken(*_args, **_more):
        raise RuntimeError("XSECRETX")

    monkeypatch.setattr("instead.office.my_page.views.open_now", broken)
    browser = my_browser(journey.case.person, journey.at, Client(raise_request_exception=False))
    answer = browser.get(HOME)
    assert answer.status_code == 500 and "not held against you" in words(answer)
    assert "XSECRETX" not in words(answer) and "uswds" not in words(answer)


def test_the_language_is_chosen_once_and_stays(secret, journey):
    browser = Client()
    answer = browser.get(f"/my/{secret}/?lang=es")
    assert answer.url == f"/my/{secret}/"
    assert 'lang="es"' in words(browser.get(f"/my/{secret}/"))
    browser.post(OPEN, {"link": secret})
    assert "Escoja un centro y un día" in words(browser.get(HOME))
    browser.get(HOME + "?lang=en")
    assert "Choose a place and a day" in words(browser.get(HOME))
    assert "Choose a place and a day" in words(browser.get(HOME + "?lang=<script>"))
    journey.case.person.language = "es"
    journey.case.person.save()
    assert "Escoja un centro" in words(my_browser(journey.case.person, journey.at).get(HOME))


def test_a_phone_in_spanish_is_spoken_to_in_spanish(secret):
    assert 'lang="es"' in words(Client(headers={"accept-language": "es-PR,es;q=0.9"}).get(f"/my/{secret}/"))
