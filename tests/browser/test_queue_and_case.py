"""The charging prosecutor's work in a real browser, with JavaScript and without."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from instead.office.accounts.models import User
from instead.office.cases.models import Confirmation
from support.browser import assert_good_at_every_width
from support.office import NOW, a_case, somebody


@pytest.fixture
def prosecutor(office):
    """A prosecutor with three cases: one decided, one with a question, one under threat of script."""
    for number, (hours, name, more) in enumerate(
        [
            (3, "Quill, Ada", {"overdose__call_only": None}),
            (5, "Fenn, Bo", {}),
            (9, "Marsh, Cy", {"narrative": "<script>document.title='taken'</script> " + "long" * 60}),
        ],
        start=1,
    ):
        listing = timezone.localtime(NOW + dt.timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")
        person = {"name": name, "born": "1980-01-01"}
        a_case(office.folder, number, first_listing=listing, person=person, **more)
    return somebody(User.Role.PROSECUTOR, "pat")


def test_the_pages_have_no_barrier(prosecutor, open_page):
    page = open_page(prosecutor)
    page.goto("/queue/")
    assert page.locator(".queue h2").all_inner_texts() == ["Quill, Ada", "Fenn, Bo", "Marsh, Cy"]
    assert_good_at_every_width(page)
    for name in ("Quill, Ada", "Fenn, Bo", "Marsh, Cy"):
        page.goto("/queue/")
        page.get_by_role("link", name=name, exact=True).click()
        page.get_by_text("Choose another outcome").click()
        assert_good_at_every_width(page)
    assert page.title() == "Marsh, Cy · Instead"


@pytest.mark.parametrize("javascript", [True, False])
def test_a_question_is_answered_and_the_decision_confirmed_and_undone(prosecutor, open_page, javascript):
    page = open_page(prosecutor, javascript=javascript)
    page.goto("/queue/")
    assert "3 h" in page.locator(".hours").first.inner_text()
    page.get_by_role("link", name="Quill, Ada", exact=True).click()
    page.get_by_role("group", name="only because someone called").get_by_role("button", name="No").click()
    assert "Answered, and the case was screened again." in page.get_by_role("status").inner_text()
    page.get_by_role("button", name="Confirm: divert").click()
    assert_good_at_every_width(page)
    assert Confirmation.objects.get().by == prosecutor
    page.get_by_role("button", name="Undo the confirmation").click()
    expect(page.get_by_role("button", name="Confirm: divert")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_ticked_cases_are_confirmed_together(prosecutor, open_page, javascript):
    page = open_page(prosecutor, javascript=javascript)
    page.goto("/queue/")
    for name in ("Fenn, Bo", "Marsh, Cy"):
        page.get_by_label(f"Confirm with others: {name}").check()
    page.get_by_role("button", name="Confirm all that are ticked").click()
    assert "Confirmed: 2 of 2 ticked." in page.get_by_role("status").inner_text()
    assert page.locator(".queue h2").all_inner_texts() == ["Quill, Ada"]


def test_an_override_asks_for_a_reason(prosecutor, open_page):
    page = open_page(prosecutor)
    page.goto("/queue/")
    page.get_by_role("link", name="Fenn, Bo", exact=True).click()
    page.get_by_text("Choose another outcome").click()
    page.get_by_label("Decline", exact=True).check()
    page.get_by_label("Reason").fill("The packet was somebody else's.")
    page.get_by_role("button", name="Override").click()
    assert "decided otherwise" in page.locator("section[aria-labelledby=decision]").inner_text()


def test_error_pages_and_what_this_is_have_no_barrier(prosecutor, office, open_page):
    stranger = somebody(User.Role.PEER)
    for user, address in ((None, "/about/"), (None, "/nowhere/"), (prosecutor, "/nowhere/"), (stranger, "/queue/")):
        page = open_page(user)
        page.goto(address)
        assert_good_at_every_width(page)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert office.address in page.url
