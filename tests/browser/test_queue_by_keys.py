"""The queue by keys in a real browser: every key presses a button that is there without it."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from instead.office.accounts.models import User
from instead.office.cases.models import Case, Confirmation, FactValue
from support.browser import PHONE, assert_good_at_every_width, at_width
from support.office import NOW, a_case, somebody

NAMES = ["Quill, Ada", "Fenn, Bo", "Marsh, Cy", "Loam, Di"]


@pytest.fixture
def prosecutor(office):
    """A prosecutor with four cases: two questions, a decided one, a number that is missing, another decided one."""
    told = [
        {"overdose__call_only": None, "overdose__stayed": None},
        {},
        {},
        {},
    ]
    for number, (name, more) in enumerate(zip(NAMES, told, strict=True), 1):
        listing = timezone.localtime(NOW + dt.timedelta(hours=number)).strftime("%Y-%m-%dT%H:%M")
        born = None if name == "Marsh, Cy" else "1980-01-01"
        a_case(office.folder, number, first_listing=listing, person={"name": name, "born": born}, **more)
    return somebody(User.Role.PROSECUTOR, "pat")


def current(page):
    return page.locator(".queue > [aria-current=true] h2").inner_text()


def test_the_keys_move_from_case_to_case(prosecutor, open_page):
    page = open_page(prosecutor)
    page.goto("/queue/")
    assert current(page) == NAMES[0]
    seen = []
    for key in ("j", "ArrowDown", "j", "j", "k", "ArrowUp", "k", "k"):
        page.keyboard.press(key)
        seen.append(current(page))
    assert seen == [NAMES[1], NAMES[2], NAMES[3], NAMES[3], NAMES[2], NAMES[1], NAMES[0], NAMES[0]]


def test_questions_are_answered_and_cases_confirmed_by_keys_alone(prosecutor, open_page):
    page = open_page(prosecutor)
    page.goto("/queue/")
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_contain_text("Answered.")
    assert current(page) == NAMES[0]
    page.keyboard.press("n")
    expect(page.get_by_text("Asked; nobody knows.")).to_have_count(0)
    page.keyboard.press("j")
    page.keyboard.press("c")
    expect(page.get_by_role("status")).to_contain_text("Confirmed.")
    assert current(page) == "Marsh, Cy"
    page.keyboard.press("a")
    page.keyboard.type("31")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("divert")
    page.keyboard.press("o")
    page.wait_for_url("**/cases/**")
    assert page.title() == "Marsh, Cy · Instead"
    assert Confirmation.objects.get().decision.case.person.name == "Fenn, Bo"
    assert FactValue.objects.get(fact="age", source="prosecutor").code == 31


def test_no_key_acts_while_somebody_types_or_with_a_modifier(prosecutor, open_page):
    page = open_page(prosecutor)
    page.goto("/queue/")
    before = FactValue.objects.count()
    for key in ("Control+c", "Alt+y", "Shift+Y", "Meta+n", "Control+ArrowDown"):
        page.keyboard.press(key)
    assert current(page) == NAMES[0]
    page.get_by_label("How old was the person").focus()
    for key in ("c", "y", "n", "u", "o", "j", "1"):
        page.keyboard.press(key)
    assert page.get_by_label("How old was the person").input_value() == "cynuoj1"
    assert page.url.endswith("/queue/") and FactValue.objects.count() == before
    assert not Confirmation.objects.exists()


def test_a_key_that_is_held_down_acts_once(prosecutor, open_page):
    page = open_page(prosecutor)
    page.goto("/queue/")
    page.keyboard.press("j")
    script = "r => document.dispatchEvent(new KeyboardEvent('keydown', {key: 'c', bubbles: true, repeat: r}))"
    page.evaluate(script, True)
    page.wait_for_timeout(200)
    assert not Confirmation.objects.exists()
    page.evaluate(
        "for (let i = 0; i < 5; i++) document.dispatchEvent(new KeyboardEvent('keydown', {key: 'c', bubbles: true}))"
    )
    expect(page.get_by_role("status")).to_contain_text("Confirmed.")
    assert Confirmation.objects.count() == 1


def test_the_keys_can_be_turned_off_and_stay_off(prosecutor, open_page):
    page = open_page(prosecutor)
    page.goto("/queue/")
    page.get_by_role("button", name="Turn the keys off").click()
    page.keyboard.press("j")
    assert current(page) == NAMES[0] and not page.locator(".queue kbd").first.is_visible()
    page.reload()
    page.keyboard.press("j")
    assert current(page) == NAMES[0]
    page.get_by_role("button", name="Turn the keys on").click()
    page.keyboard.press("j")
    assert current(page) == NAMES[1] and page.locator(".queue kbd").first.is_visible()


def test_the_page_shows_its_keys_and_has_no_barrier(prosecutor, open_page):
    page = open_page(prosecutor)
    page.goto("/queue/")
    for words in ("next case, previous case", "nobody knows", "confirm", "open the case"):
        expect(page.locator(".keys").get_by_text(words)).to_be_visible()
    assert_good_at_every_width(page)
    at_width(page, PHONE)
    page.reload()
    assert not page.locator(".keys").get_by_text("open the case").is_visible()
    assert_good_at_every_width(page)


def test_everything_works_by_buttons_without_javascript(prosecutor, open_page):
    page = open_page(prosecutor, javascript=False)
    page.goto("/queue/")
    assert not page.locator(".keys").is_visible() and not page.locator(".queue kbd").first.is_visible()
    first = page.locator(".queue > li").first
    first.get_by_role("group", name="only because someone called").get_by_role("button", name="Nobody knows").click()
    first.get_by_role("group", name="give a name and stay").get_by_role("button", name="No", exact=True).click()
    first.get_by_role("link", name="Next case").click()
    assert page.url.split("#")[1] == page.locator(".queue > li").nth(1).get_attribute("id")
    page.get_by_role("button", name="Confirm: divert for Fenn, Bo").click()
    assert "Confirmed." in page.get_by_role("status").inner_text()
    page.get_by_label("How old was the person").fill("31")
    page.get_by_role("button", name="Answer").click()
    page.get_by_role("navigation", name="Outcome").get_by_role("link", name="Divert").click()
    assert "Marsh, Cy" in page.locator(".queue h2").all_inner_texts()
    assert Case.objects.get(person__name="Fenn, Bo").state == "offering"


def test_files_are_brought_in_and_the_account_read(prosecutor, open_page, office):
    page = open_page(prosecutor)
    page.goto("/queue/")
    page.get_by_role("link", name="Bring in cases").click()
    path = office.folder / "more.jsonl"
    path.write_text((office.folder / "reports-1" / "arrest_reports.jsonl").read_text() + "scribble\n")
    page.get_by_label("Files", exact=True).set_input_files(path)
    assert_good_at_every_width(page)
    page.get_by_role("button", name="Bring in").click()
    expect(page.get_by_text("Known cases: 1 unchanged.")).to_be_visible()
    assert_good_at_every_width(page)
    with page.expect_download() as loading:
        page.get_by_role("link", name="Download all of them (CSV)").click()
    assert loading.value.path().read_text().splitlines() == ["file,row,reason", "more.jsonl,2,not valid JSON"]
    page.get_by_role("link", name="Back to what was brought in").click()
    expect(page.get_by_role("link", name="more.jsonl")).to_be_visible()
    page.get_by_label("Files", exact=True).set_input_files(
        {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"}
    )
    page.get_by_role("button", name="Bring in").click()
    assert "a.pdf cannot be read" in page.get_by_role("alert").inner_text()
    assert_good_at_every_width(page)
