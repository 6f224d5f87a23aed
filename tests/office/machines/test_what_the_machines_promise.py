"""What the three tables promise to people, asked of the tables themselves."""

from __future__ import annotations

import pytest

from instead.office.machines import CASE, ENROLMENT, MACHINES, REFERRAL, Machine

CODES = {
    "merged", "declined", "prosecuted", "refused", "offer_ended", "withdrawn_engaged", "withdrawn_service",
    "withdrawn_condition", "withdrawn_nothing_asked", "withdrawn_laboratory", "withdrawn_witness", "withdrawn_officer",
    "withdrawn_court", "withdrawn_policy", "withdrawn_other", "moved_amp2", "moved_ard", "moved_section_17",
    "moved_section_18", "moved_treatment_court", "died", "expunged",
}  # fmt: skip


def _sources(machine: Machine, target: str) -> set[str]:
    """The states from which one ordinary step leads to a state."""
    return {
        source
        for source, name, end in machine.edges()
        if end == target and source != target and not machine.transition(name).leaves
    }


def _walk(*names: str, start: str = "received") -> str:
    state = start
    for name in names:
        state = CASE.target(state, name)
    return state


def test_every_end_of_a_case_has_its_code() -> None:
    assert {state.end_code for state in CASE.ends} == CODES


def test_from_arrest_to_a_withdrawal_on_the_courts_record() -> None:
    way = ("screen", "confirm_offer", "send_offer", "counsel_met", "accept", "file_proof", "verify")
    assert _walk(*way, "withdraw_engaged", "confirm_engaged", "expunge") == "expunged"


def test_a_withdrawal_for_engaging_is_never_mixed_with_another() -> None:
    assert _sources(CASE, "withdrawn_engaged") == {"withdrawing_engaged"}
    assert _sources(CASE, "withdrawing_engaged") == {"verified"}
    assert _sources(CASE, "verified") == {"proof_filed"}
    assert {way.target for way in CASE.leaving("withdrawing_engaged")} == {"withdrawn_engaged"}
    assert not CASE.can("verified", "withdraw_other")


@pytest.mark.parametrize("state", [state for state in CASE.ends if state.end_code.startswith("withdrawn_")])
def test_no_withdrawal_is_over_before_the_courts_record_says_so(state: object) -> None:
    name = getattr(state, "name", "")
    (way,) = [way for way in CASE.transitions if way.target == name]
    assert all(source.startswith("withdrawing_") for source in way.sources)
    assert any("MC and CP" in need and "court's record" in need for need in way.needs)
    assert any("warrant" in need for need in way.needs)


def test_after_the_offer_nothing_is_taken_away_without_a_second_look() -> None:
    assert _sources(CASE, "offer_ended") == {"second_look"}
    assert _sources(CASE, "refused") == {"answering"}
    before = {"screened", "needs_facts", "review"}
    assert _sources(CASE, "prosecuted") == before
    assert "written reasons of both sides" in CASE.transition("end_offer").needs
    offered = {"offered", "answering", "accepted", "proof_filed", "proof_incomplete", "service", "other_condition"}
    for name in offered:
        assert not before & {way.target for way in CASE.leaving(name)}
        assert "offer_ended" not in {way.target for way in CASE.leaving(name)}


def test_whatever_comes_to_a_second_look_can_go_back_where_it_was() -> None:
    from_where = set(CASE.transition("open_second_look").sources)
    assert from_where <= {way.target for way in CASE.leaving("second_look")}


def test_a_mistaken_confirmation_is_taken_back_until_the_offer_is_out() -> None:
    for name in ("confirm_decline", "confirm_offer", "confirm_prosecution", "confirm_review"):
        assert CASE.target(CASE.target("screened", name), "undo_confirmation") == "screened"
    assert not CASE.can("offered", "undo_confirmation")


def test_needs_facts_ends_with_a_person() -> None:
    assert CASE.target("needs_facts", "facts_clock_ended") == "review"
    assert CASE.state("review").owner == "prosecutor"
    assert {way.actors for way in CASE.leaving("review") if "program" in way.actors} <= {
        CASE.transition("merge").actors
    }


def test_the_program_takes_nothing_away() -> None:
    harsh = {"prosecuted", "offer_ended", "refused", "declined"}
    assert not [way.name for way in CASE.transitions if way.target in harsh and "program" in way.actors]


def test_taking_back_a_consent_only_removes_the_proof() -> None:
    assert CASE.target("proof_filed", "proof_removed") == "accepted"
    assert CASE.target("proof_incomplete", "proof_removed") == "accepted"
    assert not CASE.can("verified", "proof_removed")
    assert any("never a consent taken back" in need for need in CASE.transition("open_second_look").needs)
    for machine in (ENROLMENT, REFERRAL):
        assert not [way.name for way in machine.transitions if "taken back or run out" in " ".join(way.needs)]


def test_the_three_are_kept_apart() -> None:
    names = [{way.name for way in machine.transitions} - {"record_death"} for machine in MACHINES]
    assert not names[0] & names[1] | names[1] & names[2] | names[0] & names[2] - {"accept"}


def test_treatment_not_needed_has_its_own_path() -> None:
    assert ENROLMENT.target("assessed", "find_not_needed") == "not_needed"
    assert _walk("ask_other_condition", "withdraw_condition", "confirm_condition", start="accepted") == (
        "withdrawn_condition"
    )
    way = ("ask_other_condition", "start_service", "file_service", "withdraw_service", "confirm_service")
    assert _walk(*way, start="accepted") == "withdrawn_service"


def test_prosecution_takes_no_step_on_the_health_side() -> None:
    for machine in (ENROLMENT, REFERRAL):
        for state in machine.open_states:
            assert state.owner not in ("prosecutor", "analyst", "defense_counsel")
        for way in machine.transitions:
            assert not {"prosecutor", "analyst"} & set(way.actors)


def test_the_states_of_a_case_say_no_more_than_the_four_facts() -> None:
    health = ("hospital", "custody", "medication", "level of care", "not needed", "waiting")
    for state in CASE.states:
        assert not [word for word in health if word in f"{state.title} {state.next_step}".lower()]


def test_a_wait_custody_and_hospital_stop_the_persons_clock() -> None:
    assert {state.name for state in ENROLMENT.states if state.stops_clock} == {"waiting", "away", "walked_in"}
    assert CASE.state("second_look").stops_clock


def test_a_failed_referral_ends_and_nothing_else() -> None:
    failed = {"full", "not_suitable", "unanswered", "expired"}
    assert failed < {state.end_code for state in REFERRAL.ends}
    assert not failed & {state.name for machine in (CASE, ENROLMENT) for state in machine.states}


def test_who_left_may_come_back() -> None:
    for name in ("left", "discharged"):
        assert ENROLMENT.target(name, "come_back") == "to_book"
