"""“Carry this case to its end”: a visitor presses one button and goes through every role's pages to a closed case."""

from __future__ import annotations

import pytest

from instead.office.cases.models import Case
from instead.office.cases.policy_in_force import policy_in_force
from instead.office.demonstration.founding import demonstration
from instead.office.errors import Refused
from instead.office.ledger.verify import verify
from instead.synth import write_city

_MOST_STEPS = 20


@pytest.fixture
def made(office):
    city = office.folder / "city"
    write_city(city, 1200, 3)
    done = demonstration(city, policy_in_force(), seed=1)
    assert done.cases > 20 and done.steps > 50
    return city


@pytest.mark.parametrize("javascript", [True, False])
def test_the_tour_goes_through_every_role_to_a_closed_case(made, open_page, javascript):
    with pytest.raises(Refused, match="in use already"):
        demonstration(made, policy_in_force(), seed=1)
    page = open_page(None, javascript=javascript)
    page.goto("/")
    page.get_by_role("button", name="Carry this case to its end").click()
    page.wait_for_url("**/cases/**")
    case = Case.objects.get(pk=page.url.rstrip("/").split("/")[-1])
    roles = set()
    for _ in range(_MOST_STEPS):
        roles.add(page.locator(".office-header__role").inner_text() if "/my/" not in page.url else "the person")
        go_on = page.get_by_role("button", name="Do this and go on")
        if not go_on.count():
            break
        go_on.click()
        page.wait_for_load_state()
        assert not page.locator(".usa-alert--error").count(), page.inner_text(".usa-alert--error")
    case.refresh_from_db()
    assert case.state == "withdrawn_engaged" and verify().found == 0
    assert len(roles) == 5, roles


def test_the_bar_takes_anybodys_place_and_moves_the_clock(made, open_page):
    assert made.is_dir()
    page = open_page(None)
    page.goto("/demonstration/")
    page.locator("#demo-role").select_option("coordinator")
    page.get_by_role("button", name="Go", exact=True).click()
    assert "Luz Marrero" in page.inner_text("header")
    before = page.locator(".demo time").get_attribute("datetime")
    page.get_by_role("button", name="1 week").click()
    assert page.locator(".demo time").get_attribute("datetime") > before
