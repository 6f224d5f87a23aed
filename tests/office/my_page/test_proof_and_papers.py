"""Proof by one button, papers of the right kind and size, hours of service."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from instead.office.closing import service as service_hours
from instead.office.closing.models import Document, Proof, ServiceHours
from instead.office.consents.models import Consent
from instead.office.enrolments import documents
from support.my_page import PNG, SCRIPT, my_browser, words

pytestmark = pytest.mark.django_db


def test_proof_is_sent_by_one_button(at):
    journey, browser = at("engaged")
    page = words(browser.post("/my/send/", {"case": journey.case.id}, follow=True))
    assert "Sent." in page and journey.state == "proof_filed" and Proof.objects.get().filed_as == "person"
    again = words(browser.post("/my/send/", {"case": journey.case.id}, follow=True))
    assert "Nothing was done just now" in again and Proof.objects.count() == 1


def test_without_the_consent_proof_cannot_be_sent_and_the_page_says_why(at):
    journey, browser = at("engaged")
    browser.post("/my/forms/", {"back": Consent.objects.get(recipient="office").pk})
    page = words(browser.get("/my/"))
    assert "you first have to agree" in page and "Send my proof now" not in page
    browser.post("/my/send/", {"case": journey.case.id})
    assert journey.state == "accepted" and not Proof.objects.exists()


@pytest.fixture
def papers(settings, tmp_path):
    settings.INSTEAD_DOCUMENTS = tmp_path / "papers"
    return tmp_path / "papers"


@pytest.mark.parametrize("field", ["picture", "file"])
def test_a_paper_arrives_and_only_the_coordinator_opens_it(at, papers, field):
    journey, browser = at("engaged")
    sent = {"case": journey.case.id, field: SimpleUploadedFile(f"{SCRIPT}.png", PNG)}
    page = words(browser.post("/my/paper/", sent, follow=True))
    assert "Your paper has arrived. Only the coordinator can open it." in page
    document = Document.objects.get()
    assert document.uploaded_as == "person" and documents.stored_at(document).read_bytes() == PNG
    assert len(list(papers.iterdir())) == 1
    sent[field] = SimpleUploadedFile("again.png", PNG)
    browser.post("/my/paper/", sent)
    assert Document.objects.count() == 1
    assert "nobody has opened it yet" in words(browser.get("/my/log/"))


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("page.html", b"<html><script>alert(1)</script>", "Send a picture (JPEG or PNG) or a PDF"),
        ("run.png", b"MZ\x90\x00", "Send a picture (JPEG or PNG) or a PDF"),
        ("empty.pdf", b"", "Send a picture (JPEG or PNG) or a PDF"),
        ("large.png", PNG + b"0" * documents.MOST_BYTES, "This file is too big"),
        ("huge.png", PNG + b"0" * (documents.MOST_BYTES + 200_000), "This file is too big"),
    ],
)
@pytest.mark.usefixtures("papers")
def test_a_file_that_cannot_be_taken_is_told(at, name, content, told):
    journey, browser = at("engaged")
    answer = browser.post("/my/paper/", {"case": journey.case.id, "file": SimpleUploadedFile(name, content)})
    assert answer.status_code in (400, 413) and told in words(answer) and not Document.objects.exists()


@pytest.mark.usefixtures("papers")
def test_nothing_chosen_and_two_chosen_are_told(at):
    journey, browser = at("engaged")
    assert "Take a picture or choose a file first." in words(browser.post("/my/paper/", {"case": journey.case.id}))
    two = {"case": journey.case.id, "picture": SimpleUploadedFile("a", PNG), "file": SimpleUploadedFile("b", PNG)}
    assert "one paper at a time" in words(browser.post("/my/paper/", two)) and not Document.objects.exists()


@pytest.mark.usefixtures("papers")
def test_a_paper_without_the_forms_own_mark_is_refused(at):
    from django.test import Client

    journey, _ = at("engaged")
    strict = my_browser(journey.case.person, journey.at, Client(enforce_csrf_checks=True))
    answer = strict.post("/my/paper/", {"case": journey.case.id, "file": SimpleUploadedFile("a.png", PNG)})
    assert answer.status_code == 403 and "The page was too old" in words(answer) and not Document.objects.exists()


def test_hours_of_service_are_sent_in(at):
    journey, browser = at("to_book")
    service_hours.start_service(journey.case.id, actor=journey.people.prosecutor, at=journey.at)
    assert "0 of 12 hours are done." in words(browser.get("/my/"))
    day = journey.today.isoformat()
    sent = {"case": journey.case.id, "hours": "12", "place": SCRIPT, "first_day": day, "last_day": day}
    for field, wrong in (
        ("hours", "many"),
        ("hours", "0"),
        ("place", " "),
        ("first_day", ""),
        ("last_day", "2030-01-01"),
    ):
        answer = browser.post("/my/hours/", sent | {field: wrong})
        assert answer.status_code == 400 and "<script>" not in answer.content.decode()
    assert not ServiceHours.objects.exists()
    page = words(browser.post("/my/hours/", sent, follow=True))
    assert "Your hours are sent in." in page and journey.state == "service_filed"
    assert browser.post("/my/hours/", sent).status_code == 404 and ServiceHours.objects.count() == 1
