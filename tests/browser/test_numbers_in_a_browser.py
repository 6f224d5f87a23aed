"""The pages of numbers in a real browser: at a desk, on a telephone, without scripts, and on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from instead.office.numbers.actions import publish
from support.browser import DESK, PHONE, assert_accessible, assert_no_sideways_scroll, at_width
from support.many_cases import analyst, many_cases
from support.office import NOW


@pytest.fixture
def people(office):  # noqa: ARG001 - the database
    people = many_cases(150, 4, NOW)
    publish(at=NOW, actor=analyst(people))
    return people


def looked_at(page, address):
    page.goto(address)
    for width in (DESK, PHONE):
        at_width(page, width)
        assert_no_sideways_scroll(page)
        assert_accessible(page)


def test_the_public_page_has_no_barrier(people, open_page):  # noqa: ARG001 - with numbers
    page = open_page()
    for language in ("en", "es"):
        looked_at(page, f"/public/?lang={language}")
    assert page.locator("table.numbers").count() > 8


def test_the_office_s_pages_have_no_barrier(people, open_page):
    page = open_page(analyst(people))
    for address in ("/numbers/", "/numbers/public-version/"):
        looked_at(page, address)


def test_the_health_side_s_page_has_no_barrier(people, open_page):
    looked_at(open_page(people.coordinator), "/care/numbers/")


def test_an_analyst_narrows_the_days_and_takes_a_table_along_without_scripts(people, open_page):
    page = open_page(analyst(people), javascript=False)
    page.goto("/numbers/")
    whole = int(page.locator("section", has_text="From arrest to withdrawal").locator(".value").first.inner_text())
    page.get_by_label("First day").fill("2019-04-20")
    page.get_by_role("button", name="Count").click()
    assert "from April 20, 2019" in page.locator("main").inner_text()
    part = int(page.locator("section", has_text="From arrest to withdrawal").locator(".value").first.inner_text())
    assert 0 < part < whole == 150
    with page.expect_download() as download:
        page.get_by_role("link", name="How cases ended, as a CSV file").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert text.startswith("table,line,column,value,of,of whom,percent")


def test_on_a_telephone_each_number_stands_beside_its_name(people, open_page):
    page = at_width(open_page(analyst(people)), PHONE)
    page.goto("/numbers/#groups")
    cell = page.locator("section", has_text="By race").locator("td.number").nth(3)
    label = cell.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert "Offers, of arrests" in label
    expect(page.get_by_role("rowheader", name="White").first).to_be_visible()


def test_on_paper_the_tables_are_there_and_the_forms_are_not(people, open_page):
    page = open_page(analyst(people))
    page.goto("/numbers/")
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="Count").is_visible()
    expect(page.get_by_role("heading", name="By race", exact=True)).to_be_visible()
