"""Cases come in once, whole, and screened."""

import pytest

from instead.office.accounts.models import Organization
from instead.office.cases.intake import receive
from instead.office.cases.models import Case, Decision
from instead.office.cases.policy_in_force import policy_in_force
from instead.office.ledger.models import Entry
from support.court_files import A16, A30, report, reports_jsonl
from support.office import NOW, a_case, home_of

pytestmark = pytest.mark.django_db


def test_a_report_becomes_a_screened_case(tmp_path):
    case = a_case(tmp_path)
    assert [charge.citation for charge in case.charges.all()] == [A16]
    assert case.decisions.get().outcome == "divert"


def test_the_same_file_twice_changes_nothing(tmp_path):
    home_of(Organization.Kind.PROSECUTION)
    path = reports_jsonl(tmp_path, [report(1), report(2, [A30])])
    first = receive(path, "arrest-reports", policy_in_force(), actor=None, at=NOW)
    entries = Entry.objects.count()
    second = receive(path, "arrest-reports", policy_in_force(), actor=None, at=NOW)
    assert (first.new, second.new, second.known) == (2, 0, 2)
    assert Case.objects.count() == 2 and Entry.objects.count() == entries


def test_every_case_has_its_ledger_entry(tmp_path):
    case = a_case(tmp_path)
    assert [entry.kind for entry in Entry.objects.filter(subject=case.id)] == ["case.begin", "case.screen"]


def test_a_case_without_a_fact_needs_it(tmp_path):
    decision = a_case(tmp_path, overdose__call_only=None).decisions.get()
    assert decision.outcome == "needs_facts" and "overdose_call_only" in decision.missing


def test_a_decision_stores_what_it_was_made_of(tmp_path):
    decision = a_case(tmp_path).decisions.get()
    assert decision.facts["possession_only"] == 1 and len(decision.hash) == 64
    assert Decision.objects.count() == 1
