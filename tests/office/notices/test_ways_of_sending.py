"""The senders, and the setting that chooses them. E-mail goes to a real mail server of a few lines."""

import datetime as dt
import json
import socketserver
import stat
import threading
import uuid

import pytest
from pypdf import PdfReader

from instead.office.notices.models import Channel, Reminder
from instead.office.notices.phone_numbers import read_number, shown_number
from instead.office.notices.senders import BUILT_IN, CannotSend, Message, SendersWrong, sender_for
from instead.office.notices.senders.mail import Smtp
from instead.office.notices.senders.paper import LIST, Paper
from instead.office.notices.senders.plain import Console
from instead.office.people.models import Person
from support.reminders import FORBIDDEN


def message(channel=Channel.TEXT, to="+12155550142", body="This is a reminder.", language="en"):
    person, moment = Person(name="Doe, Jane Q"), dt.datetime(2019, 5, 6, tzinfo=dt.UTC)
    return Message(uuid.uuid4(), channel, to, "Reminder", body, language, person, moment)


class _Mailbox(socketserver.StreamRequestHandler):
    """A mail server that knows what is needed: it takes everything but what is for nobody@."""

    def handle(self):
        kept, in_data = [], False
        self.wfile.write(b"220 ready\r\n")
        for raw in self.rfile:
            line = raw.decode().rstrip("\r\n")
            if in_data:
                in_data = line != "."
                if in_data:
                    kept.append(line)
                    continue
                if self.server.drops:
                    return
                self.server.mails.append("\n".join(kept))
                answer = b"250 taken\r\n"
            elif line.upper().startswith("RCPT") and "nobody@" in line:
                answer = b"550 no such person at 12 Elm Street\r\n"
            elif line.upper().startswith("DATA"):
                in_data, answer = True, b"354 go on\r\n"
            elif line.upper().startswith("QUIT"):
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                answer = b"250 fine\r\n"
            self.wfile.write(answer)


@pytest.fixture
def mailbox(settings):
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Mailbox)
    server.mails, server.drops, server.daemon_threads = [], False, True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
    settings.EMAIL_USE_TLS, settings.DEFAULT_FROM_EMAIL = False, "desk@example.org"
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_console_is_the_way_that_needs_nothing(capsys, settings):
    settings.INSTEAD_SENDERS = {}
    for channel in Channel:
        assert isinstance(sender_for(channel), Console)
    sender_for(Channel.TEXT).send(message())
    assert "+12155550142: Reminder. This is a reminder." in capsys.readouterr().err


def test_the_outbox_is_a_line_of_json_for_its_owner_alone(settings, tmp_path):
    settings.INSTEAD_OUTBOX = tmp_path / "outbox"
    settings.INSTEAD_SENDERS = {"text": "file"}
    for text in ("one\ntwo", "é"):
        sender_for(Channel.TEXT).send(message(body=text))
    path = tmp_path / "outbox" / "text.jsonl"
    assert [json.loads(line)["body"] for line in path.read_text().splitlines()] == ["one\ntwo", "é"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_email_arrives_with_a_neutral_sender(mailbox):
    Smtp().send(message(Channel.EMAIL, "jane@example.org"))
    (mail,) = mailbox.mails
    assert "Subject: Reminder" in mail and "From: desk@example.org" in mail and "To: jane@example.org" in mail
    assert "Auto-Submitted: auto-generated" in mail and "This is a reminder." in mail
    assert "instead" not in mail.lower() and "Doe" not in mail


def test_an_address_that_the_server_refuses_was_certainly_not_reached(mailbox):
    with pytest.raises(CannotSend) as caught:
        Smtp().send(message(Channel.EMAIL, "nobody@example.org"))
    assert caught.value.reason == Reminder.Reason.REFUSED and "Elm" not in str(caught.value)
    assert not mailbox.mails


def test_a_server_that_is_silent_after_the_text_leaves_its_fate_unknown(mailbox):
    mailbox.drops = True
    with pytest.raises(Exception) as caught:
        Smtp().send(message(Channel.EMAIL, "jane@example.org"))
    assert not isinstance(caught.value, CannotSend)


def test_without_a_server_nothing_went_out(settings, unused_port):
    settings.EMAIL_HOST = ""
    with pytest.raises(CannotSend) as caught:
        Smtp().send(message(Channel.EMAIL, "jane@example.org"))
    assert caught.value.reason == Reminder.Reason.NOT_SET_UP
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", unused_port, False
    settings.DEFAULT_FROM_EMAIL = "desk@example.org"
    with pytest.raises(CannotSend) as caught:
        Smtp().send(message(Channel.EMAIL, "jane@example.org"))
    assert caught.value.reason == Reminder.Reason.REFUSED


@pytest.fixture
def unused_port():
    """A port at which nobody listens."""
    with socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler) as server:
        return server.server_address[1]


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_letter_is_a_pdf_from_which_nothing_can_be_concluded(settings, tmp_path, language):
    settings.INSTEAD_OUTBOX, settings.INSTEAD_SENDERS = tmp_path, {"letter": "paper"}
    settings.INSTEAD_REMINDER_NAME, settings.INSTEAD_REMINDER_PHONE = "Desk", "215-555-0100"
    letter = message(Channel.LETTER, "12 Elm Street, Philadelphia, PA 19134", language=language)
    sender_for(Channel.LETTER).send(letter)
    made = tmp_path / "letters" / f"{letter.key}.pdf"
    text = " ".join(page.extract_text() for page in PdfReader(made).pages).replace("\xa0", " ")
    assert "215-555-0100" in text and {"en": "May 5", "es": "5 de mayo"}[language] in text
    assert not [word for word in FORBIDDEN[language] if word in text.lower()]
    assert "Doe" not in text and "Elm" not in text and stat.S_IMODE(made.stat().st_mode) == 0o600
    (line,) = (tmp_path / "letters" / LIST).read_text().splitlines()
    assert json.loads(line) == {"file": made.name, "name": "Doe, Jane Q", "to": letter.to}


def test_without_a_neutral_name_and_number_no_letter_is_made(settings, tmp_path):
    settings.INSTEAD_OUTBOX = tmp_path
    for name, phone in (("", "215-555-0100"), ("Desk", "")):
        settings.INSTEAD_REMINDER_NAME, settings.INSTEAD_REMINDER_PHONE = name, phone
        with pytest.raises(CannotSend) as caught:
            Paper().send(message(Channel.LETTER, "12 Elm Street"))
        assert caught.value.reason == Reminder.Reason.NOT_SET_UP
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({"text": "smpt"}, "did you mean smtp"),
        ({"sms": "file"}, "'sms' is no way of sending; expected text, email, letter"),
        ({"text": "nowhere.at.All"}, "No module named 'nowhere'"),
    ],
)
def test_a_wrong_setting_is_told(settings, chosen, told):
    settings.INSTEAD_SENDERS = chosen
    with pytest.raises(SendersWrong, match=told):
        sender_for(Channel.TEXT)


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_sender_by_its_short_name_is_there(settings, name):
    settings.INSTEAD_SENDERS = {"text": name}
    assert sender_for(Channel.TEXT)


@pytest.mark.parametrize(
    ("written", "read", "shown"),
    [
        ("215 555 0142", "+12155550142", "(215) 555-0142"),
        ("(215) 555-0142 ", "+12155550142", "(215) 555-0142"),
        ("+52 55 1234 5678", "+525512345678", "+52 55 1234 5678"),
        ("911", None, "911"),
        ("", None, ""),
        ("my mother's", None, "my mother's"),
    ],
)
def test_numbers_are_made_certain_before_they_are_used(written, read, shown):
    assert read_number(written) == read
    assert shown_number(written) == shown
