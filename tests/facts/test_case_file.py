"""Cases as people write them: every mistake at once, in plain words."""

import contextlib
import datetime as dt
import json

import pytest

from instead.errors import BadCase, InsteadError, NotFound, Place
from instead.facts.case_file import parse_case, read_case
from support.written import VOCABULARY, problem_of, problems_of, within


@pytest.fixture
def reading(tmp_path):
    def written(content):
        path = tmp_path / "one.json"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return lambda: read_case(path, VOCABULARY)

    return written


def test_facts_may_stand_beside_the_name(reading):
    case = reading('{"case_id": "A-1", "age": 27, "drug_mg": "2 oz", "helped": null}')()
    assert (case.case_id, dict(case.facts)) == ("A-1", {"age": 27, "drug_mg": 56_699, "helped": None})


def test_facts_may_stand_in_a_table_of_their_own(reading):
    assert reading('{"facts": {"known_by": "officer", "offense_date": "2020-02-29"}}')().facts == {
        "known_by": 0,
        "offense_date": 18321,
    }


def test_a_case_without_a_name_is_called_after_its_file(reading):
    assert reading("{}")().case_id == "one"


def test_a_case_named_null_is_called_after_its_file(reading):
    assert reading('{"case_id": null}')().case_id == "one"


def test_a_decision_date_is_read(reading):
    assert reading('{"decision_date": "1970-01-02"}')().decision_day == 1


def test_the_facts_about_charges_follow_from_them(reading):
    facts = reading('{"charged": ["possession", ["paraphernalia"]]}')().facts
    assert facts == {"possession_only": 1, "delivery_charged": 0}


def test_an_unknown_charge_leaves_the_facts_unknown(reading):
    assert reading('{"charged": ["possession", null]}')().facts == {"possession_only": None, "delivery_charged": None}


def test_no_charges_leave_the_facts_unknown(reading):
    assert reading('{"charged": []}')().facts == {"possession_only": None, "delivery_charged": None}


BROKEN = {
    "nothing": "",
    "no JSON": "{",
    "a comment": "{} // x",
    "a trailing comma": '{"age": 20,}',
    "single quotes": "{'age': 20}",
    "two values": "{} {}",
    "a list": "[]",
    "a text": '"age"',
    "a number": "3",
    "null": "null",
    "true": "true",
    "a wrong name": '{"agee": 20}',
    "an empty name": '{"": 20}',
    "a name in capitals": '{"AGE": 20}',
    "a look-alike": '{"ａｇｅ": 20}',
    "half a character": '{"\\ud800": 1}',
    "half a character as a value": '{"known_by": "\\ud800"}',
    "a float": '{"age": 20.0}',
    "a large float": '{"age": 1e400}',
    "NaN": '{"age": NaN}',
    "infinity": '{"drug_mg": -Infinity}',
    "a number as a text": '{"age": "20"}',
    "true for a number": '{"age": true}',
    "one for true": '{"helped": 1}',
    "yes for true": '{"helped": "yes"}',
    "a negative age": '{"age": -1}',
    "an age beyond the domain": '{"age": 111}',
    "a list as a value": '{"age": [20]}',
    "a table as a value": '{"age": {"value": 20}}',
    "a weight as a float": '{"drug_mg": 0.5}',
    "a weight in tablets": '{"drug_mg": "3 tablets"}',
    "a weight in dollars": '{"drug_mg": "3 USD"}',
    "a negative weight": '{"drug_mg": "-3 g"}',
    "a huge weight": '{"drug_mg": "999999999999999 kg"}',
    "a weight in Arabic digits": '{"drug_mg": "٣٠ g"}',
    "a date in 1901": '{"offense_date": "1901-01-01"}',
    "a date in 2099": '{"offense_date": "2099-01-01"}',
    "a date that is none": '{"offense_date": "2019-02-29"}',
    "an American date": '{"offense_date": "02/28/2019"}',
    "a moment": '{"offense_date": "2019-02-28T10:00:00"}',
    "a day number": '{"offense_date": 17955}',
    "a member that is none": '{"known_by": "lab"}',
    "a member's code": '{"known_by": 1}',
    "facts as a list": '{"facts": []}',
    "facts as a text": '{"facts": "x"}',
    "facts as false": '{"facts": false}',
    "charges of a wrong kind": '{"charged": ["posession"]}',
    "charges as a number": '{"charged": 3}',
    "a charge that is true": '{"charged": [true]}',
    "a decision date that is none": '{"decision_date": "soon"}',
    "a decision date that is empty": '{"decision_date": ""}',
    "a decision date that is true": '{"decision_date": true}',
    "an impossible case": '{"possession_only": true, "delivery_charged": true}',
    "a case impossible by its charges": '{"charged": ["possession"], "delivery_charged": true}',
    "deep lists": '{"age": ' + "[" * 100_000 + "]" * 100_000 + "}",
    "open deep lists": "[" * 100_000,
    "deep tables": '{"facts": ' * 50_000,
    "lists just deep enough": '{"age": ' + "[" * 900 + "]" * 900 + "}",
    "another encoding": "é".encode("latin-1"),
    "wide characters": '{"age": 20}'.encode("utf-16"),
    "a null byte": b"{\x00}",
    "a name of a million characters": '{"' + "x" * 1_000_000 + '": 1}',
    "a value of a million characters": '{"known_by": "' + "x" * 1_000_000 + '"}',
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_case_that_cannot_be_used_is_refused_at_once(reading, content):
    found = problems_of(reading(content), seconds=1)
    assert all(problem.place.file.endswith("one.json") and problem.message for problem in found)


BREAKING = {
    "a number of five thousand digits": '{"age": ' + "9" * 5_000 + "}",
    "a name and a number of five thousand digits": '{"x": ' + "9" * 5_000 + "}",
    "a weight of forty digits": '{"drug_mg": 1' + "0" * 40 + "}",
    "charges as a table": '{"charged": {}}',
    "a charge that is a table": '{"charged": [{"kind": "possession"}]}',
    "a charge of lists": '{"charged": [["possession", ["x"]]]}',
}


@pytest.mark.parametrize("content", BREAKING.values(), ids=BREAKING)
def test_a_value_of_the_wrong_shape_is_refused_in_plain_words(reading, content):
    assert problems_of(reading(content))


UNNOTICED = {
    "a fact twice": '{"age": 20, "age": 30}',
    "a fact twice in its table": '{"facts": {"helped": true, "helped": false}}',
    "a fact beside the name and in the table": '{"age": 20, "facts": {"age": 30}}',
    "two tables of facts": '{"facts": {"age": 20}, "facts": {}}',
    "a charge of no kind": '{"charged": [[]]}',
    "a decision date as a number": '{"decision_date": 20190101}',
    "a decision date without hyphens": '{"decision_date": "20190101"}',
    "an ISO week": '{"offense_date": "2019-W01-1"}',
    "facts against the charges": '{"charged": ["possession"], "facts": {"possession_only": false}}',
}


@pytest.mark.parametrize("content", UNNOTICED.values(), ids=UNNOTICED)
def test_a_case_that_says_two_things_is_refused(reading, content):
    assert problems_of(reading(content))


def test_all_mistakes_are_reported_at_once(reading):
    found = problems_of(reading('{"agee": 1, "age": 2.5, "drug_mg": "x", "charged": ["x"], "decision_date": "x"}'))
    assert len(found) == 5


def test_a_misspelt_fact_gets_the_nearest_one(reading):
    assert problem_of(reading('{"offence_date": "2019-01-01"}')).nearest == "offense_date"


def test_a_misspelt_member_gets_the_nearest_one(reading):
    assert problem_of(reading('{"known_by": "labratory"}')).nearest == "laboratory"


def test_a_misspelt_word_around_the_facts_gets_the_nearest_one(reading):
    assert problem_of(reading('{"case_ID": "x"}')).nearest == "case_id"


def test_the_place_of_a_mistake_in_the_json_is_told(reading):
    problem = problem_of(reading('{\n  "age": x\n}'))
    assert (problem.place.line, problem.place.column) == (2, 10)


def test_the_broken_constraint_and_its_reason_are_told(reading):
    problem = problem_of(reading('{"drug_found": false, "drug_mg": "1 g"}'))
    assert "weighs nothing" in problem.message and "weighed-was-found" in problem.message


def test_a_case_that_only_breaks_constraints_together_is_refused(reading):
    assert reading('{"drug_found": false, "drug_mg": 0, "known_by": "officer"}')()
    assert problem_of(reading('{"drug_found": false, "known_by": "laboratory"}'))


def test_a_bad_case_is_a_bad_case(reading):
    with pytest.raises(BadCase):
        reading('{"agee": 1}')()


def test_a_byte_order_mark_is_taken_off(reading):
    assert reading(b'\xef\xbb\xbf{"age": 20}')().facts == {"age": 20}


def test_a_case_that_is_not_there_is_not_found(tmp_path):
    with pytest.raises(NotFound):
        read_case(tmp_path / "none.json", VOCABULARY)


@pytest.mark.parametrize("depth", range(940, 1_000, 4))
def test_nesting_at_the_edge_of_what_json_reads_is_refused(reading, depth):
    with pytest.raises(InsteadError):
        reading('{"age": ' + "[" * depth + "]" * depth + "}")()


def test_a_moment_as_a_decision_date_is_refused():
    content = {"decision_date": dt.datetime(2019, 1, 1, 12)}
    with contextlib.suppress(InsteadError):
        assert parse_case(content, VOCABULARY, Place()).decision_day == 17897


def test_a_message_about_a_value_of_a_million_characters_is_short(reading):
    assert len(str(problem_of(reading('{"known_by": "' + "x" * 1_000_000 + '"}')))) < 2_000


def test_ten_thousand_wrong_names_take_a_moment(reading):
    with within(5):
        problems_of(reading(json.dumps({f"x{i}": 1 for i in range(10_000)})), seconds=5)
