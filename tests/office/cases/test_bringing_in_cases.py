"""Files are uploaded: who may, what is refused, and the account of every row."""

import csv
import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from instead.office import clock
from instead.office.accounts.models import Organization, User
from instead.office.cases import import_views, uploads
from instead.office.cases.imports import bring_in
from instead.office.cases.models import Case, Import, SetAsideRow
from instead.office.cases.policy_in_force import policy_in_force
from instead.office.ledger.models import Entry
from support.court_files import A16, cpcms, docket, offense, report, reports_csv, reports_jsonl
from support.office import NOW, home_of, somebody

pytestmark = pytest.mark.django_db
MAY = (User.Role.PROSECUTOR, User.Role.ADMINISTRATOR)


@pytest.fixture(autouse=True)
def at_night():
    with clock.standing_still(NOW):
        yield


@pytest.fixture
def page(client):
    client.force_login(somebody(User.Role.PROSECUTOR))
    return client


def files(*paths):
    return [SimpleUploadedFile(path.name, path.read_bytes()) for path in paths]


def upload(client, *given, source="arrest-reports", follow=True):
    return client.post(reverse("upload"), {"source": source, "files": list(given)}, follow=follow)


def a_file(folder, *reports):
    return reports_jsonl(folder, reports or [report(1)])


def text_of(answer):
    return answer.content.decode()


@pytest.mark.parametrize("role", MAY)
def test_an_upload_is_screened_and_its_account_shown(client, tmp_path, role):
    user = somebody(role)
    client.force_login(user)
    answer = upload(client, *files(a_file(tmp_path, report(1), report(2), report(2), report(3, [A16, None]))))
    assert answer.redirect_chain and "3 new cases." in text_of(answer)
    read = Import.objects.get()
    assert (read.by, read.how, read.office, read.finished_at) == (user, "upload", user.organization, NOW)
    for file in read.rows:
        assert file["rows_in"] == file["used"] + file["merged"] + file["set_aside"]
    assert Case.objects.filter(office=user.organization).count() == 3
    assert Entry.objects.get(kind="cases imported").subject == read.pk


def test_the_same_upload_twice_changes_nothing(page, tmp_path):
    for _ in range(2):
        answer = upload(page, *files(a_file(tmp_path, report(1), report(2))))
    assert "Known cases: 2 unchanged." in text_of(answer)
    assert Case.objects.count() == 2 and Entry.objects.filter(kind="cases imported").count() == 1


def test_the_tables_of_a_source_come_together(page, tmp_path):
    folder = reports_csv(tmp_path, [report(1), report(2)])
    assert "2 new cases." in text_of(upload(page, *files(*sorted(folder.iterdir()))))
    court = cpcms(tmp_path / "court", [docket("MC-51-CR-0000001-2019", "U7777777")], [offense("U7777777", "A16")])
    answer = upload(page, *files(*sorted(court.iterdir())), source="pennsylvania-courts")
    assert "1 new case." in text_of(answer) and Case.objects.count() == 3


def test_rows_set_aside_are_shown_and_can_be_downloaded(page, tmp_path):
    path = a_file(tmp_path, report(1), "scribble", report(2, [A16, None]), "[1]")
    answer = upload(page, *files(path))
    text = text_of(answer)
    assert "not valid JSON" in text and "no statute; counts as one charge of unknown kind" in text
    read = Import.objects.get()
    sent = page.get(reverse("set-aside", args=[read.pk]))
    rows = list(csv.reader(io.StringIO(b"".join(sent.streaming_content).decode())))
    assert rows == [
        ["file", "row", "reason"],
        ["arrest_reports.jsonl", "2", "not valid JSON"],
        ["arrest_reports.jsonl", "4", "no JSON object"],
        ["arrest_reports.jsonl (charges)", "3", "no statute; counts as one charge of unknown kind"],
    ]
    assert sent["Content-Disposition"] == f'attachment; filename="set-aside-{read.pk}.csv"'


def test_no_cell_of_the_download_is_a_formula(page, tmp_path):
    path = a_file(tmp_path, report(1), "scribble")
    evil = SimpleUploadedFile("=cmd().jsonl", path.read_bytes())
    upload(page, evil)
    sent = page.get(reverse("set-aside", args=[Import.objects.get().pk]))
    rows = list(csv.reader(io.StringIO(b"".join(sent.streaming_content).decode())))
    assert rows[1][0] == "'=cmd().jsonl"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("r.pdf", b"%PDF-1.7", "cannot be read; expected .jsonl"),
        ("r.exe", b"MZ", "cannot be read"),
        (".jsonl", b"{}", "cannot be read"),
        ("r", b"{}", "cannot be read"),
        ("r.jsonl", b"", "is empty"),
        ("r.csv", b"PK\x03\x04\0\0zip", "is no text"),
        ("r.parquet", b"not parquet", "is called Parquet and is not"),
        ("r.parquet", b"PAR1 but not really", "not a Parquet file"),
        ("r.jsonl", b"scribble\n", "none of 1 lines is a JSON object"),
        ("r.jsonl", b"\xff\xfe\xfa", "not written in utf-8"),
        ("r.csv", b"a,b\n1,2\n", "names the column"),
        ("<script>alert(1)</script>.exe", b"x", "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_told_on_the_form_and_nothing_comes_in(page, name, content, said):
    answer = upload(page, SimpleUploadedFile(name, content), follow=False)
    text = text_of(answer)
    assert answer.status_code == 422 and said in text and "Nothing was brought in" in text
    assert "/tmp" not in text and "instead-upload" not in text and "<script>alert" not in text
    assert not Case.objects.exists() and not Import.objects.exists() and not Entry.objects.exists()


def test_no_file_too_many_too_large_and_two_of_one_name(page, tmp_path, monkeypatch):
    (one,) = files(a_file(tmp_path))
    assert "no file was chosen" in text_of(upload(page))
    assert "too many" in text_of(upload(page, *(SimpleUploadedFile(f"{n}.csv", b"x") for n in range(11))))
    assert "the same name" in text_of(upload(page, one, SimpleUploadedFile(one.name.upper(), b"{}")))
    monkeypatch.setattr(uploads, "MOST_BYTES", 10)
    one.seek(0)
    assert "at most 10" in text_of(upload(page, one))
    assert not Import.objects.exists()


@pytest.mark.parametrize("source", ["", "nothing", "../../etc/passwd", "/etc/passwd", "<script>"])
def test_a_source_that_is_not_in_the_list_is_refused(page, tmp_path, source):
    text = text_of(upload(page, *files(a_file(tmp_path)), source=source))
    assert "choose how the files are read" in text and not Import.objects.exists()


@pytest.mark.parametrize(
    "name", ["../../evil.jsonl", "..\\..\\evil.jsonl", "C:\\x\\evil.jsonl", "a\0b.jsonl", "x" * 300 + ".jsonl"]
)
def test_a_name_leads_nowhere(tmp_path, name):
    (one,) = files(a_file(tmp_path))
    one.name, one._name = name, name
    with uploads.laid_down([one]) as data:
        assert data.is_file() and data.parent.name.startswith("instead-upload-")
    assert not data.parent.exists()


def test_script_in_every_field_of_a_file_is_text_on_every_page(page, tmp_path):
    wild = "<script>alert(1)</script>"
    person = dict.fromkeys(("name", "pid", "phone", "address", "housing", "race", "sex", "born"), wild)
    path = a_file(tmp_path, report(1, [wild], narrative=wild, person=person, first_listing=wild), wild)
    upload(page, SimpleUploadedFile(f"{wild.replace('/', '')}.jsonl", path.read_bytes()))
    read = Import.objects.get()
    for address in (reverse("imports"), reverse("import", args=[read.pk]), reverse("queue")):
        assert "<script>alert" not in text_of(page.get(address))


def test_an_import_that_was_stopped_says_so(page, tmp_path, monkeypatch):
    def stops(*_given, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr("instead.office.cases.imports.receive", stops)
    with pytest.raises(KeyboardInterrupt):
        upload(page, *files(a_file(tmp_path)))
    read = Import.objects.get()
    for address in (reverse("imports"), reverse("import", args=[read.pk])):
        assert "topped in the middle" in text_of(page.get(address))


def test_many_rows_set_aside_are_counted_and_the_first_are_shown(page, tmp_path, monkeypatch):
    monkeypatch.setattr(import_views, "_SHOWN", 2)
    answer = upload(page, *files(a_file(tmp_path, report(1), *["scribble"] * 4)))
    assert "The first 2 are shown here" in text_of(answer) and SetAsideRow.objects.count() == 4


def test_nobody_is_sent_to_sign_in(client):
    addresses = [reverse("imports"), *(reverse(name, args=[uuid.uuid4()]) for name in ("import", "set-aside"))]
    for address in addresses:
        assert client.get(address).url.startswith(reverse("login"))
    assert client.post(reverse("upload")).url.startswith(reverse("login"))


def every_page(client, read):
    yield client.get(reverse("imports"))
    yield upload(client, SimpleUploadedFile("r.jsonl", b"{}"), follow=False)
    for name in ("import", "set-aside"):
        yield client.get(reverse(name, args=[read.pk]))


@pytest.fixture
def read(tmp_path):
    home_of(Organization.Kind.PROSECUTION)
    path = a_file(tmp_path)
    return bring_in(path, "arrest-reports", policy_in_force(), how=Import.How.COMMAND, name="r", actor=None, at=NOW)[0]


@pytest.mark.parametrize("role", [role for role in User.Role if role not in MAY])
def test_another_role_is_refused(client, read, role):
    client.force_login(somebody(role))
    assert [answer.status_code for answer in every_page(client, read)] == [403] * 4
    assert Import.objects.count() == 1


def test_an_administrator_of_the_health_side_is_refused(client, read):
    health = home_of(Organization.Kind.HEALTH)
    client.force_login(somebody(User.Role.ADMINISTRATOR, "health-admin", health))
    assert [answer.status_code for answer in every_page(client, read)] == [403] * 4


@pytest.mark.parametrize("role", MAY)
def test_another_office_does_not_see_the_account(client, read, role):
    elsewhere = Organization.objects.create(name="another county", kind=Organization.Kind.PROSECUTION)
    client.force_login(somebody(role, "stranger", elsewhere))
    assert "Nothing yet." in text_of(client.get(reverse("imports")))
    for name in ("import", "set-aside"):
        assert client.get(reverse(name, args=[read.pk])).status_code == 403


def test_a_forged_id_is_not_found_and_a_link_uploads_nothing(page):
    for name in ("import", "set-aside"):
        assert page.get(reverse(name, args=[uuid.uuid4()])).status_code == 404
    assert page.get(reverse("upload")).status_code == 405
