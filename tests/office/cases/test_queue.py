"""The queue: nearest listing first, page by page, with what is asked beside the narrative and answered in place."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from instead.office import clock
from instead.office.accounts.models import Organization, User
from instead.office.cases import queue as queues
from instead.office.cases.intake import receive
from instead.office.cases.models import Case, Confirmation, FactValue
from instead.office.cases.policy_in_force import policy_in_force
from instead.office.cases.queue import queue
from instead.office.timers import tick
from support.court_files import A16, A30, A32, report, reports_jsonl
from support.office import NOW, a_case, home_of, somebody

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
OTHERS = [role for role in User.Role if role != User.Role.PROSECUTOR]
DEALING = {"citation": A30, "description": "d", "grade": "F"}


@pytest.fixture(autouse=True)
def at_night():
    with clock.standing_still(NOW):
        yield


@pytest.fixture
def office():
    return home_of(Organization.Kind.PROSECUTION)


@pytest.fixture
def page(client):
    client.force_login(somebody(User.Role.PROSECUTOR))
    return client


def written(hours):
    """A listing in so many hours, as police write it; None for none."""
    return None if hours is None else timezone.localtime(NOW + hours * HOUR).strftime("%Y-%m-%dT%H:%M")


def several(folder, *hours, **more):
    """Cases with listings in so many hours, numbered from 1."""
    home_of(Organization.Kind.PROSECUTION)
    reports = [report(number, first_listing=written(one), **more) for number, one in enumerate(hours, 1)]
    receive(reports_jsonl(folder, reports), "arrest-reports", policy_in_force(), actor=None, at=NOW)


def every_page(office, **more):
    """The report numbers of every page, one after the other."""
    pages, after = [], None
    while True:
        shown = queue(policy_in_force(), office, NOW, after=after, **more)
        pages.append([int(line.case.report_id[1:]) for line in shown.lines])
        if not shown.more:
            return pages
        after = shown.last


def shown(client, address="queue", **asked):
    return client.get(reverse(address), asked).content.decode()


def test_the_nearest_listing_stands_first_and_those_without_one_last(tmp_path, office, monkeypatch):
    monkeypatch.setattr(queues, "PAGE", 3)
    several(tmp_path, 9, None, -2, 5, None, 1, 5)
    pages = every_page(office)
    assert [len(one) for one in pages] == [3, 3, 1]
    order = [number for one in pages for number in one]
    assert (order[:2], order[4]) == ([3, 6], 1)
    assert {*order[2:4]} == {4, 7} and {*order[5:]} == {2, 5}


def test_pages_end_where_cases_do(tmp_path, office, monkeypatch):
    several(tmp_path, *range(1, 7))
    for size, pages in ((6, [6]), (3, [3, 3]), (5, [5, 1]), (7, [6])):
        monkeypatch.setattr(queues, "PAGE", size)
        assert [len(one) for one in every_page(office)] == pages


def test_a_case_that_leaves_the_queue_makes_no_other_one_be_skipped(tmp_path, office, monkeypatch):
    monkeypatch.setattr(queues, "PAGE", 2)
    several(tmp_path, 1, 2, 3, 4)
    first = queue(policy_in_force(), office, NOW)
    Case.objects.filter(report_id__in=("R1", "R2")).update(state="declined")
    second = queue(policy_in_force(), office, NOW, after=first.last)
    assert [line.case.report_id for line in second.lines] == ["R3", "R4"]


def test_the_queue_narrows_to_an_outcome(tmp_path, office, monkeypatch):
    monkeypatch.setattr(queues, "PAGE", 2)
    several(tmp_path / "a", 4, 2, 3)
    for number, hours in ((7, 1), (8, 9)):
        a_case(tmp_path, number, charges=[DEALING], first_listing=written(hours))
    found = queue(policy_in_force(), office, NOW, outcome="divert")
    assert found.counts == {"divert": 3, "prosecute": 2} and found.waiting == 5
    assert every_page(office, outcome="divert") == [[2, 3], [1]]
    assert every_page(office, outcome="prosecute") == [[7, 8]]
    assert every_page(office, outcome="decline") == [[]]


def test_the_nearest_listing_still_to_come_is_told(tmp_path, page):
    several(tmp_path, -3, 7, 30)
    assert "is in <strong>7 h</strong>" in shown(page)


def test_a_case_shows_outcome_sentence_narrative_and_charges(tmp_path, page):
    a_case(tmp_path, charges=[A16, A32], narrative="Officers saw a glass pipe.")
    text = shown(page)
    for words in (
        "Divert: an offer instead of prosecution",
        "own use",
        "Officers saw a glass pipe.",
        A32,
        "Confirm: divert",
    ):
        assert words in text


def test_every_missing_fact_has_a_button_for_each_answer(tmp_path, page):
    a_case(tmp_path, overdose__call_only=None, person={"born": None})
    text = shown(page)
    assert "Did police learn of the drugs only because" in text and "How old was the person" in text
    assert text.count('data-key="y"') == text.count('data-key="n"') == text.count('data-key="u"') == 1
    assert text.count('value="unknown"') >= 2


def test_one_of_several_answers_is_chosen_by_a_digit():
    fact = policy_in_force().vocabulary["drug_known_by"]
    ways = queues.Asked(fact, nobody_knows=False, first=True).ways
    assert [(way.key, way.words) for way in ways] == [
        ("1", "Officer"),
        ("2", "Field test"),
        ("3", "Laboratory"),
        ("u", "Nobody knows"),
    ]
    assert [way.key for way in queues.Asked(fact, nobody_knows=False, first=False).ways] == [""] * 4


def answer(client, case, value="no", fact="overdose_call_only", **more):
    decision = case.decisions.order_by("-number")[0]
    sent = {"fact": fact, "value": value, **more}
    return client.post(reverse("answer-asked", args=[decision.id]), sent)


def test_an_answer_stays_at_the_case_and_says_what_follows(tmp_path, page):
    case = a_case(tmp_path, overdose__call_only=None)
    sent = answer(page, case, outcome="needs_facts")
    assert sent.url == f"{reverse('queue')}?outcome=needs_facts#case-{case.id}"
    assert "The policy now says: divert" in page.get(sent.url).content.decode()


def test_nobody_knows_is_an_answer_and_the_next_question_comes_first(tmp_path, page, office):
    case = a_case(tmp_path, overdose__call_only=None, overdose__stayed=None)
    answer(page, case, "unknown")
    (line,) = queue(policy_in_force(), office, NOW).lines
    assert [(asked.fact.name, asked.nobody_knows, asked.first) for asked in line.asked] == [
        ("stayed_and_identified", False, True),
        ("overdose_call_only", True, False),
    ]
    assert FactValue.objects.filter(case=case, fact="overdose_call_only").get().code is None
    answer(page, case, "unknown", "stayed_and_identified")
    text = shown(page)
    assert "Nobody knows what is missing" in text and "Decide without it" in text


def test_what_a_file_makes_unknown_is_asked_all_the_same(tmp_path, page, office):
    case = a_case(tmp_path)
    again = reports_jsonl(tmp_path / "again", [report(1, [A16, "99 § 1"])])
    receive(again, "arrest-reports", policy_in_force(), actor=None, at=NOW + HOUR)
    (line,) = queue(policy_in_force(), office, NOW).lines
    assert line.case == case and line.asked[0].first and not any(asked.nobody_knows for asked in line.asked)
    assert "Another charge:" in shown(page)


def test_the_page_says_when_a_person_decides_and_then_one_does(tmp_path, page, office):
    a_case(tmp_path, overdose__call_only=None, first_listing=written(60))
    assert "Not answered by May 6: then a person decides without it." in shown(page)
    tick(NOW + 5 * DAY)
    assert Case.objects.get().state == "review"
    text = shown(page)
    assert "A person decides this one, with a reason" in text and "Confirm:" not in text
    assert queue(policy_in_force(), office, NOW).waiting == 1


def test_confirming_goes_on_to_the_next_case(tmp_path, page):
    several(tmp_path, 1, 2, 3)
    first, second, _ = Case.objects.order_by("first_listing")
    sent = page.post(reverse("confirm-here", args=[first.decisions.get().id]), {"next": str(second.id)})
    assert sent.url == f"{reverse('queue')}#case-{second.id}"
    text = page.get(sent.url).content.decode()
    assert "It can be undone until the offer is out" in text and reverse("case", args=[first.id]) in text


def test_a_form_sent_twice_is_refused_in_words(tmp_path, page):
    case = a_case(tmp_path, overdose__call_only=None)
    decision = case.decisions.get()
    answer(page, case)
    before = FactValue.objects.count()
    sent = {"fact": "overdose_call_only", "value": "no"}
    text = page.post(reverse("answer-asked", args=[decision.id]), sent, follow=True).content.decode()
    assert "another decision has superseded this one" in text and FactValue.objects.count() == before
    address = reverse("confirm-here", args=[case.decisions.order_by("-number")[0].id])
    page.post(address)
    assert "already confirmed" in page.post(address, follow=True).content.decode()
    assert Confirmation.objects.count() == 1


def test_a_stale_page_cannot_confirm_what_nobody_saw(tmp_path, page):
    case = a_case(tmp_path)
    old = case.decisions.get()
    again = reports_jsonl(tmp_path / "again", [report(1, [A16, DEALING])])
    receive(again, "arrest-reports", policy_in_force(), actor=None, at=NOW + HOUR)
    assert "superseded" in page.post(reverse("confirm-here", args=[old.id]), follow=True).content.decode()
    assert not Confirmation.objects.exists()


@pytest.mark.parametrize(
    ("fact", "value", "said"),
    [
        ("", "", "empty"),
        ("overdose_call_only", " ", "empty"),
        ("overdose_call_only", "perhaps", "neither true nor false"),
        ("age", "30", "nobody asks"),
        ("nothing", "yes", "nobody asks"),
        ("<script>", "yes", "nobody asks for &#x27;&lt;script&gt;&#x27;"),
    ],
)
def test_an_answer_that_cannot_be_is_told_in_words(tmp_path, page, fact, value, said):
    case = a_case(tmp_path, overdose__call_only=None)
    before = FactValue.objects.count()
    sent = answer(page, case, value, fact)
    assert said in page.get(sent.url).content.decode().replace("&#39;", "&#x27;")
    assert FactValue.objects.count() == before


@pytest.mark.parametrize(
    "asked",
    [
        {"after": "scribble"},
        {"after": str(uuid.UUID(int=7))},
        {"outcome": "jail"},
        {"outcome": "<script>"},
        {"after": "'"},
    ],
)
def test_a_forged_address_shows_the_queue_from_its_beginning(tmp_path, page, asked):
    a_case(tmp_path)
    text = shown(page, **asked)
    assert "Confirm: divert" in text and "<script>" not in text.replace('<script src="', "")


def test_a_page_of_another_office_is_not_followed(tmp_path, page):
    a_case(tmp_path)
    elsewhere = Organization.objects.create(name="another county", kind=Organization.Kind.PROSECUTION)
    Case.objects.update(office=elsewhere)
    other = Case.objects.get()
    assert "Nothing waits" in shown(page, after=str(other.pk))


def test_nobody_is_sent_to_sign_in(client, tmp_path):
    decision = a_case(tmp_path).decisions.get()
    for name in ("answer-asked", "confirm-here"):
        assert client.post(reverse(name, args=[decision.id])).url.startswith(reverse("login"))
    assert client.post(reverse("confirm-many")).url.startswith(reverse("login"))


@pytest.mark.parametrize("role", OTHERS)
def test_another_role_is_refused(client, tmp_path, role):
    decision = a_case(tmp_path, overdose__call_only=None).decisions.get()
    client.force_login(somebody(role))
    assert client.get(reverse("queue")).status_code == 403
    for name in ("answer-asked", "confirm-here"):
        sent = {"fact": "overdose_call_only", "value": "no"}
        assert client.post(reverse(name, args=[decision.id]), sent).status_code == 403
    assert client.post(reverse("confirm-many"), {"decision": str(decision.id)}).status_code == 403
    assert Case.objects.get().decisions.count() == 1 and not Confirmation.objects.exists()


def test_a_prosecutor_of_another_office_sees_and_decides_nothing(client, tmp_path):
    case = a_case(tmp_path, overdose__call_only=None)
    elsewhere = Organization.objects.create(name="another county", kind=Organization.Kind.PROSECUTION)
    client.force_login(somebody(User.Role.PROSECUTOR, "stranger", elsewhere))
    assert "Nothing waits" in shown(client)
    assert answer(client, case).status_code == 403
    assert client.post(reverse("confirm-here", args=[case.decisions.get().id])).status_code == 403
    assert case.decisions.count() == 1


def test_a_forged_id_is_not_found_and_a_link_changes_nothing(page, tmp_path):
    decision = a_case(tmp_path).decisions.get()
    for name in ("answer-asked", "confirm-here"):
        assert page.post(reverse(name, args=[uuid.uuid4()])).status_code == 404
        assert page.get(reverse(name, args=[decision.id])).status_code == 405


def test_confirming_many_without_a_tick_says_so(page):
    assert "No case was ticked." in page.post(reverse("confirm-many"), follow=True).content.decode()


def test_script_from_a_report_is_text(tmp_path, page):
    wild = "<script>alert(1)</script>"
    a_case(tmp_path, narrative=wild, charges=[wild], person={"name": wild, "born": "1980-01-01"})
    again = reports_jsonl(tmp_path / "again", [report(1, [wild], narrative=wild * 2, person={"name": wild * 2})])
    receive(again, "arrest-reports", policy_in_force(), actor=None, at=NOW + HOUR)
    text = shown(page)
    assert "<script>alert" not in text and "&lt;script&gt;alert" in text


@pytest.mark.parametrize("more", [{}, {"overdose__call_only": None, "person": {"born": None}}])
def test_the_queue_asks_the_database_a_fixed_number_of_times(tmp_path, page, more):
    asked = []
    for size in (2, 40):
        several(tmp_path / str(size), *range(1, size + 1), **more)
        with CaptureQueriesContext(connection) as questions:
            shown(page)
        asked.append(len(questions))
    assert asked[0] - 1 <= asked[1] <= asked[0] <= 14


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is told in SQLite's words")
def test_the_queue_follows_an_index_and_counts_only_what_waits(tmp_path, office):
    several(tmp_path, 1, 2)
    last = Case.objects.first()
    waiting = queues.waiting_cases(office)
    listed = waiting.filter(first_listing__isnull=False).order_by("first_listing", "received_at", "pk")
    following = listed.filter(first_listing__gte=last.first_listing)
    narrowed = waiting.filter(outcome="divert").order_by("first_listing", "received_at", "pk")
    unlisted = waiting.filter(first_listing__isnull=True).order_by("received_at", "pk")
    for chosen, index in ((listed, "queue"), (following, "queue"), (narrowed, "queue_by_outcome"), (unlisted, "queue")):
        plan = chosen[:26].explain()
        assert f"INDEX {index} " in plan and "TEMP B-TREE" not in plan, plan
