"""Signing in, in a real browser: password, the code from the phone, recovery codes, and the way out."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from instead.office.accounts.models import User
from support.browser import assert_good_at_every_width
from support.office import somebody

PASSWORD = "lantern over the quiet canal"


@pytest.fixture
def ada(office, settings):  # noqa: ARG001 - the office's database
    settings.INSTEAD_REQUIRE_TOTP = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    user = somebody(User.Role.PROSECUTOR, "ada")
    user.set_password(PASSWORD)
    user.save()
    return user


def code_for(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def type_password(page):
    page.goto("/")
    page.get_by_label("User name").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def type_code(page, code, button):
    page.get_by_role("textbox", name="Code").fill(code)
    page.get_by_role("button", name=button).click()


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_first_sign_in_to_the_next_one_without_the_phone(open_page, javascript):
    page = open_page(javascript=javascript)
    type_password(page)
    assert page.get_by_role("heading", level=1).inner_text() == "Set up a code from your phone"
    page.wait_for_load_state()
    picture = page.get_by_role("img")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 50")
    secret = page.locator("code.key").inner_text()
    type_code(page, "000000", "Finish")
    assert "This code is not right" in page.get_by_role("alert").inner_text()
    type_code(page, code_for(secret), "Finish")
    codes = page.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    page.get_by_role("link", name="I have kept them").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Queue"

    page.get_by_role("button", name="Sign out").click()
    type_password(page)
    type_code(page, codes[0], "Sign in")
    assert page.get_by_role("heading", level=1).inner_text() == "Queue"


@pytest.mark.usefixtures("ada")
def test_the_pages_of_signing_in_have_no_barrier(open_page):
    page = open_page()
    page.goto("/sign-in/")
    assert_good_at_every_width(page)
    page.get_by_label("User name").fill("ada")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    assert_good_at_every_width(page)
    type_password(page)
    assert_good_at_every_width(page)
    secret = page.locator("code.key").inner_text()
    type_code(page, "000000", "Finish")
    assert_good_at_every_width(page)
    type_code(page, code_for(secret), "Finish")
    assert_good_at_every_width(page)
    for address in ("/account/", "/account/password/", "/account/second-step/remove/", "/account/recovery-codes/new/"):
        page.goto(address)
        assert_good_at_every_width(page)
    page.get_by_role("button", name="Sign out").click()
    type_password(page)
    assert_good_at_every_width(page)


def test_everything_can_be_reached_by_keyboard_alone(ada, open_page, settings):
    settings.INSTEAD_REQUIRE_TOTP = False
    page = open_page()
    page.goto("/sign-in/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the main part"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type(ada.username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/queue/")
