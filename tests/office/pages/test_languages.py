"""Pages in Spanish: every message has its translation, the address chooses, and the staff's pages stay in English."""

import importlib.util
import re
import sys
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation

from instead.office.accounts.models import User
from instead.office.languages import chosen_language
from support.office import somebody


def _tool():
    path = Path(__file__).parents[3] / "tools" / "messages.py"
    spec = importlib.util.spec_from_file_location("messages", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["messages"] = module
    spec.loader.exec_module(module)
    return module


messages = _tool()


def translated():
    return [message for message in messages.read("es") if message.id]


def test_every_message_of_the_sources_is_in_the_catalog_and_no_other():
    wanted = {(message.context, str(message.id)) for message in messages.in_sources() if message.id}
    assert {(m.context, str(m.id)) for m in translated()} == wanted, "renew with `python tools/messages.py`"


def test_every_message_has_a_translation_that_somebody_looked_at():
    for message in translated():
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(strings) and not message.fuzzy, message.id


def test_every_translation_names_the_same_values():
    for message in translated():
        assert [str(error) for error in message.check(messages.read("es"))] == []


def test_what_was_compiled_is_what_is_written():
    with translation.override("es"):
        for message in translated():
            if isinstance(message.id, str) and message.context is None:
                assert translation.gettext(message.id) == message.string, "compile with `make setup`"


@pytest.mark.django_db
def test_the_address_chooses_the_language(client):
    spanish = client.get(reverse("about"), {"lang": "es"}).content.decode()
    assert '<html lang="es">' in spanish and "Qué es esto" in spanish
    for address in ("?lang=en", "?lang=xx", "?lang=<script>", ""):
        assert '<html lang="en">' in client.get(reverse("about") + address).content.decode()


@pytest.mark.django_db
def test_the_pages_of_the_staff_stay_in_english(client):
    client.force_login(somebody(User.Role.PROSECUTOR))
    page = client.get(reverse("queue") + "?lang=es", headers={"accept-language": "es"}).content.decode()
    assert '<html lang="en">' in page and not re.search("Qué es esto", page)


def test_the_address_goes_before_the_person_and_the_person_before_the_office(rf):
    assert chosen_language(rf.get("/", {"lang": "en"}), own="es") == "en"
    assert chosen_language(rf.get("/"), own="es") == "es"
    assert chosen_language(rf.get("/", {"lang": "xx"}), own="yy") == "en"
