"""Signing in: a name with a password, then a code from the phone."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from click.testing import CliRunner
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from instead.cli.main import cli
from instead.office.accounts.models import User
from instead.office.security import POLICY
from support.office import somebody

pytestmark = pytest.mark.django_db
PASSWORD = "lantern over the quiet canal"


@pytest.fixture(autouse=True)
def ada(settings):
    """Somebody with a password, in an office that asks for the code, where nobody has tried anything yet."""
    settings.INSTEAD_REQUIRE_TOTP = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a test has no time for a slow one
    cache.clear()
    user = somebody(User.Role.PROSECUTOR, "ada")
    user.set_password(PASSWORD)
    user.save()
    yield user
    cache.clear()


def code_for(secret, steps=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def type_password(client, password=PASSWORD, address=None):
    return client.post(address or reverse("login"), {"login": "ada", "password": password})


def set_up(client):
    """Set the second step up in this browser, and answer with the secret."""
    secret = re.search(r'class="key">(\w+)<', client.get(reverse("mfa_activate_totp")).content.decode())[1]
    assert client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)}).url == reverse(
        "mfa_view_recovery_codes"
    )
    return secret


def test_nothing_opens_before_the_second_step_is_set_up(client):
    assert type_password(client).url == reverse("queue")
    assert client.get(reverse("queue")).url == reverse("mfa_activate_totp")
    assert client.post(reverse("confirm-many")).url == reverse("mfa_activate_totp")
    set_up(client)
    assert client.get(reverse("queue")).status_code == 200


def test_the_code_is_asked_for_at_the_next_sign_in(client):
    type_password(client)
    secret = set_up(client)
    client.post(reverse("logout"))
    assert type_password(client).url == reverse("mfa_authenticate")
    assert client.get(reverse("queue")).url.startswith(reverse("login"))
    refused = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "This code is not right" in refused.content.decode()
    assert client.post(reverse("mfa_authenticate"), {"code": code_for(secret)}).url == reverse("queue")
    assert client.get(reverse("queue")).status_code == 200


def test_a_code_counts_once(client):
    type_password(client)
    code = code_for(set_up(client))
    for expected in (302, 200):
        client.post(reverse("logout"))
        type_password(client)
        assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == expected


def test_a_recovery_code_signs_in_once(client):
    type_password(client)
    set_up(client)
    code = re.findall(r"<code>(\d+)</code>", client.get(reverse("mfa_view_recovery_codes")).content.decode())[0]
    for expected in (302, 200):
        client.post(reverse("logout"))
        type_password(client)
        assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == expected


def test_a_session_from_before_does_not_pass_because_another_one_set_the_step_up(client):
    other = Client()
    type_password(other)
    type_password(client)
    set_up(client)
    assert other.get(reverse("queue")).url.startswith(reverse("mfa_reauthenticate"))
    assert (
        other.get(reverse("mfa_activate_totp"), follow=True)
        .redirect_chain[-1][0]
        .startswith(reverse("mfa_reauthenticate"))
    )


def test_without_the_requirement_a_password_is_enough(client, settings):
    settings.INSTEAD_REQUIRE_TOTP = False
    type_password(client)
    assert client.get(reverse("queue")).status_code == 200


def test_a_wrong_password_says_nothing_about_the_name(client):
    known = type_password(client, "not the password").content.decode()
    unknown = client.post(reverse("login"), {"login": "nobody", "password": PASSWORD}).content.decode()
    said = "This name and password do not belong together."
    assert said in known and said in unknown


def test_who_guesses_has_to_wait(client):
    for _ in range(5):
        type_password(client, "not the password")
    assert "Wait five minutes" in type_password(client).content.decode()
    assert client.get(reverse("queue")).url.startswith(reverse("login"))


def test_who_sends_very_many_forms_is_stopped(client):
    answers = [type_password(client, f"guess {number}") for number in range(40)]
    assert answers[-1].status_code == 429 and "Too many tries" in answers[-1].content.decode()


def test_one_returns_to_the_page_one_wanted(client, settings):
    settings.INSTEAD_REQUIRE_TOTP = False
    wanted = f"{reverse('queue')}?page=2"
    page = client.get(wanted, follow=True)
    address = page.redirect_chain[-1][0]
    answer = client.post(address, {"login": "ada", "password": PASSWORD, "next": wanted})
    assert answer.url == wanted


def test_one_is_never_sent_to_another_site(client):
    answer = client.post(reverse("login"), {"login": "ada", "password": PASSWORD, "next": "https://example.org/"})
    assert answer.url == reverse("queue")


def test_a_closed_account_stays_closed(client, ada):
    ada.is_active = False
    ada.save()
    type_password(client)
    assert client.get(reverse("queue")).url.startswith(reverse("login"))


def test_signing_out_needs_a_button(client, settings):
    settings.INSTEAD_REQUIRE_TOTP = False
    type_password(client)
    assert "Sign out?" in client.get(reverse("logout")).content.decode()
    assert client.get(reverse("queue")).status_code == 200
    client.post(reverse("logout"))
    assert client.get(reverse("queue")).status_code == 302


def test_a_password_is_changed_with_the_present_one(client, ada, settings):
    settings.INSTEAD_REQUIRE_TOTP = False
    type_password(client)
    new = "a pail of nine green apples"
    form = {"oldpassword": "wrong", "password1": new, "password2": new}
    assert "not your present password" in client.post(reverse("account_change_password"), form).content.decode()
    short = client.post(reverse("account_change_password"), {**form, "oldpassword": PASSWORD, "password1": "pail"})
    assert "too short" in short.content.decode()
    assert client.post(reverse("account_change_password"), {**form, "oldpassword": PASSWORD}).url == reverse("account")
    assert client.get(reverse("queue")).status_code == 200
    ada.refresh_from_db()
    assert ada.check_password(new)


def test_who_has_no_password_is_not_given_one(client, settings):
    settings.INSTEAD_REQUIRE_TOTP = False
    user = somebody(User.Role.PEER)
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    page = client.get(reverse("account_change_password"), follow=True)
    assert page.status_code == 200 and "This account has no password" in page.content.decode()


def test_the_old_phone_is_forgotten_and_a_new_one_asked_for(client, ada):
    type_password(client)
    set_up(client)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=ada).exists()
    assert client.get(reverse("queue")).url == reverse("mfa_activate_totp")


def test_the_picture_is_for_who_is_setting_up_and_stays_in_no_cache(client):
    assert client.get(reverse("totp-qr")).url.startswith(reverse("login"))
    type_password(client)
    assert client.get(reverse("totp-qr")).status_code == 404
    client.get(reverse("mfa_activate_totp"))
    picture = client.get(reverse("totp-qr"))
    assert picture["Content-Type"] == "image/svg+xml" and "no-store" in picture["Cache-Control"]
    assert b"<path" in picture.content


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_reset_password"])
def test_nobody_signs_up_or_is_sent_mail(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_every_page_of_an_account_is_plain_and_strict(client):
    type_password(client)
    set_up(client)
    pages = ["account", "account_change_password", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"]
    for name in [*pages, "mfa_deactivate_totp", "account_reauthenticate", "mfa_reauthenticate", "account_inactive"]:
        answer = client.get(reverse(name))
        shown = answer.content.decode()
        assert answer.status_code == 200 and answer["Content-Security-Policy"] == POLICY, name
        assert re.findall(r"<script(?! src=\"/static/)|<style| style=|data:|example\.com", shown) == [], name


def test_who_lost_phone_and_password_is_given_a_new_start(client, ada, monkeypatch):
    type_password(client)
    set_up(client)
    monkeypatch.setenv("INSTEAD_PASSWORD", "eleven kites above the mill")
    done = CliRunner().invoke(cli, ["office", "reset-sign-in", "ada"], catch_exceptions=False)
    assert done.exit_code == 0
    assert client.get(reverse("queue")).url.startswith(reverse("login"))
    assert not Authenticator.objects.filter(user=ada).exists()
    assert type_password(client, "eleven kites above the mill").url == reverse("queue")
    assert client.get(reverse("queue")).url == reverse("mfa_activate_totp")
