"""Mistakes in rules, parameters, tracks, examples and promises: every one is told, with its place."""

import datetime as dt

import pytest

from instead.policy.check import check
from instead.policy.model import OUTCOMES
from support.written import LAST, TRACK, block, parameter, policy_of, problem_of, problems_of, rule


def reading(*blocks, **more):
    return lambda: policy_of(*blocks, **more)


def a_rule(**values):
    return block("rule", **{"id": '"r"', "when": '"helped"', "then": '"decline"', "because": '"b"', **values})


def a_track(**values):
    given = {"id": '"t"', "title": '"T"', "plea": '"none"', "conditions": '["treatment"]', "failing": '"f"', **values}
    return block("track", **{key: value for key, value in given.items() if value})


def an_example(**values):
    given = {"id": '"e"', "facts": "{ helped = true }", "outcome": '"review"', **values}
    return block("example", **{key: value for key, value in given.items() if value})


def a_promise(**values):
    return block("promise", **{"id": '"p"', "sentence": '"s"', **values})


RULES = {
    "no id": (block("rule", when='"helped"', then='"decline"', because='"b"'), "id"),
    "an empty id": (a_rule(id='""'), "id"),
    "a number as an id": (a_rule(id="3"), "id"),
    "no outcome": (block("rule", id='"r"', when='"helped"', because='"b"'), "then"),
    "a wrong outcome": (a_rule(then='"prosecuted"'), "prosecuted"),
    "a list of outcomes": (a_rule(then='["decline"]'), "then"),
    "no reason": (block("rule", id='"r"', when='"helped"', then='"decline"'), "because"),
    "an empty reason": (a_rule(because='" "'), "because"),
    "a text as citations": (a_rule(cite='"35 P.S."'), "cite"),
    "numbers as citations": (a_rule(cite="[1]"), "cite"),
    "a misspelt key": (a_rule(wen='"helped"'), "wen"),
    "an empty condition": (a_rule(when='""'), "empty"),
    "a condition of spaces": (a_rule(when='"  "'), "empty"),
    "an offer without a track": (a_rule(then='"divert"'), "track"),
    "an unknown track": (a_rule(then='"divert"', track='"offr"') + TRACK, "offr"),
    "a track without an offer": (a_rule(track='"offer"') + TRACK, "does not divert"),
    "two of an id": (a_rule() + a_rule(), "two rules"),
    "two of an id, apart": (rule("last", "helped"), "two rules"),
    "a rule without a condition before the last": (rule("early"), "no rule after it"),
}


@pytest.mark.parametrize(("text", "said"), RULES.values(), ids=RULES)
def test_a_mistake_in_a_rule_is_told(text, said):
    assert any(said in problem.message for problem in problems_of(reading(text)))


def test_a_condition_that_is_no_text_is_told():
    assert any("no condition" in problem.message for problem in problems_of(reading(a_rule(when="true"))))


def test_an_unknown_track_gets_the_nearest_one():
    found = problems_of(reading(a_rule(then='"divert"', track='"offr"'), TRACK))
    assert [problem.nearest for problem in found] == ["offer"]


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_misspelt_outcome_gets_the_nearest_one(outcome):
    problem = problem_of(reading(a_rule(then=f'"{outcome[:-1]}"')))
    assert problem.nearest == outcome


def test_a_policy_without_rules_is_refused():
    assert "no rule" in problem_of(reading(last="")).message


def test_a_last_rule_with_a_condition_is_refused():
    assert "last rule" in problem_of(reading(last=rule("r", "helped"))).message


def test_a_last_rule_with_a_condition_that_always_holds_is_refused_as_well():
    always = parameter("flag", "[{ value = true }]")
    assert "last rule" in problem_of(reading(always, last=rule("r", "flag"))).message


def test_all_mistakes_are_told_at_once():
    blocks = (a_rule(then='"x"', because="3"), rule("a", "agee < 1 or helpd"), parameter("q", "3"), a_track(plea='"x"'))
    assert len(problems_of(reading(*blocks, an_example(outcome='"x"'), a_promise(), "\n```rul\n```\n"))) == 9


PARAMETERS = {
    "no id": block("parameter", values="[{ value = 1 }]", because='"b"'),
    "a name of two words": parameter("two words", "[{ value = 1 }]"),
    "the name of a fact": parameter("age", "[{ value = 1 }]"),
    "a reserved name": parameter("outcome", "[{ value = 1 }]"),
    "another reserved name": parameter("decision_date", "[{ value = 1 }]"),
    "two of a name": parameter("q", "[{ value = 1 }]") + parameter("q", "[{ value = 1 }]"),
    "no reason": block("parameter", id='"q"', values="[{ value = 1 }]"),
    "no values": block("parameter", id='"q"', because='"b"'),
    "an empty list of values": parameter("q", "[]"),
    "a number as values": parameter("q", "3"),
    "a list of numbers": parameter("q", "[1, 2]"),
    "a value without a value": parameter("q", '[{ since = "2020-01-01" }]'),
    "a first value with a date": parameter("q", '[{ since = "2020-01-01", value = 1 }]'),
    "a second value without a date": parameter("q", "[{ value = 1 }, { value = 2 }]"),
    "a date that is none": parameter("q", '[{ value = 1 }, { since = "2020-02-30", value = 2 }]'),
    "a time": parameter("q", "[{ value = 1 }, { since = 10:00:00, value = 2 }]"),
    "a date in a list": parameter("q", '[{ value = 1 }, { since = ["2020-01-01"], value = 2 }]'),
    "descending dates": parameter(
        "q", '[{ value = 1 }, { since = "2021-01-01", value = 2 }, { since = "2020-01-01", value = 3 }]'
    ),
    "a date twice": parameter(
        "q", '[{ value = 1 }, { since = "2021-01-01", value = 2 }, { since = "2021-01-01", value = 3 }]'
    ),
    "values of several kinds": parameter("q", '[{ value = 1 }, { since = "2020-01-01", value = true }]'),
    "a fraction": parameter("q", "[{ value = 1.5 }]"),
    "a list as a value": parameter("q", "[{ value = [1] }]"),
    "a table as a value": parameter("q", "[{ value = { a = 1 } }]"),
    "a text that is no date": parameter("q", '[{ value = "soon" }]'),
    "an amount without a unit": parameter("q", '[{ value = "30 g" }]'),
    "an amount without its measure": parameter("q", "[{ value = 30 }]", unit='"mg"'),
    "an amount of another measure": parameter("q", '[{ value = "3 USD" }]', unit='"mg"'),
    "a unit that is not the smallest": parameter("q", '[{ value = "30 g" }]', unit='"g"'),
    "an amount beyond all measure": parameter("q", '[{ value = "999999999999999 kg" }]', unit='"mg"'),
    "a number beyond all measure": parameter("q", f"[{{ value = {2**63} }}]"),
    "a choice that is none": parameter("q", '[{ value = "c" }]', choices='["a", "b"]'),
    "a choice that is true": parameter("q", "[{ value = true }]", choices='["a", "b"]'),
    "choices as a text": parameter("q", '[{ value = "a" }]', choices='"a"'),
    "an unknown date fact": parameter("q", "[{ value = 1 }]", date='"offence_date"'),
    "a date fact that is no date": parameter("q", "[{ value = 1 }]", date='"age"'),
    "a date fact in a list": parameter("q", "[{ value = 1 }]", date='["offense_date"]'),
    "a misspelt key": parameter("q", "[{ value = 1 }]", datum='"offense_date"'),
    "a misspelt key of a value": parameter("q", "[{ value = 1, becuse = 'x' }]"),
}


@pytest.mark.parametrize("text", PARAMETERS.values(), ids=PARAMETERS)
def test_a_mistake_in_a_parameter_is_told(text):
    assert all(problem.place.line for problem in problems_of(reading(text)))


def test_an_unknown_date_fact_gets_the_nearest_one():
    problem = problem_of(reading(PARAMETERS["an unknown date fact"]))
    assert problem.nearest == "offense_date"


BREAKING = {
    "a moment as a date": parameter("q", "[{ value = 1 }, { since = 2020-01-01T00:00:00, value = 2 }]"),
    "a number of five thousand hexadecimal digits": parameter("q", "[{ value = 0x" + "f" * 5_000 + " }]"),
    "a number of five thousand digits": parameter("q", "[{ value = " + "9" * 5_000 + " }]"),
    "a choice of five thousand digits": parameter("q", "[{ value = 0x" + "f" * 5_000 + " }]", choices='["a", "b"]'),
}


@pytest.mark.parametrize("text", BREAKING.values(), ids=BREAKING)
def test_a_value_of_the_wrong_shape_is_told_in_plain_words(text):
    assert problems_of(reading(text))


UNNOTICED = {
    "a keyword as a name": parameter("or", "[{ value = 1 }]"),
    "a date as a number": parameter("q", "[{ value = 1 }, { since = 20200101, value = 2 }]"),
    "a choice twice": parameter("q", '[{ value = "a" }]', choices='["a", "a"]'),
    "choices and a unit": parameter("q", '[{ value = "a" }]', choices='["a", "b"]', unit='"mg"'),
    "a dated parameter in a clock": parameter(
        "q", '[{ value = 7 }, { since = "2020-01-01", value = 9 }]', date='"offense_date"'
    )
    + a_track(clocks='{ answer_days = "q" }'),
}


@pytest.mark.parametrize("text", UNNOTICED.values(), ids=UNNOTICED)
def test_what_makes_no_sense_is_noticed(text):
    assert problems_of(reading(text))


def test_a_date_may_be_written_as_a_toml_date():
    policy = policy_of(parameter("q", "[{ value = 1 }, { since = 2020-01-01, value = 2 }]"))
    assert policy.parameters["q"].periods[1][0] == (dt.date(2020, 1, 1) - dt.date(1970, 1, 1)).days


TRACKS = {
    "no id": a_track(id=""),
    "no title": a_track(title=""),
    "no plea": a_track(plea=""),
    "a wrong plea": a_track(plea='"guilty"'),
    "no conditions": a_track(conditions=""),
    "an empty list of conditions": a_track(conditions="[]"),
    "a wrong condition": a_track(conditions='["jail"]'),
    "conditions as a text": a_track(conditions='"treatment"'),
    "no word about failing": a_track(failing=""),
    "clocks as a number": a_track(clocks="7"),
    "a clock that is true": a_track(clocks="{ a = true }"),
    "a clock that is negative": a_track(clocks="{ a = -1 }"),
    "a clock that is a fraction": a_track(clocks="{ a = 1.5 }"),
    "a clock of an unknown parameter": a_track(clocks='{ a = "q" }'),
    "a clock of a parameter that is no number": parameter("q", "[{ value = true }]") + a_track(clocks='{ a = "q" }'),
    "hours as a text": a_track(hours='"many"'),
    "hours in a list": a_track(hours="[1]"),
    "two of an id": a_track() + a_track(),
    "a misspelt key": a_track(hour="3"),
}


@pytest.mark.parametrize("text", TRACKS.values(), ids=TRACKS)
def test_a_mistake_in_a_track_is_told(text):
    assert all(problem.place.line for problem in problems_of(reading(text)))


EXAMPLES = {
    "no id": an_example(id=""),
    "no outcome": an_example(outcome=""),
    "a wrong outcome": an_example(outcome='"undecided"'),
    "no facts": an_example(facts=""),
    "facts as a text": an_example(facts='"x"'),
    "an unknown fact": an_example(facts="{ helpd = true }"),
    "a wrong value": an_example(facts="{ helped = 1 }"),
    "a value outside the domain": an_example(facts="{ age = 200 }"),
    "a float": an_example(facts="{ age = 20.0 }"),
    "infinity": an_example(facts="{ age = inf }"),
    "a date beyond the domain": an_example(facts="{ offense_date = 2099-01-01 }"),
    "a time for a date": an_example(facts="{ offense_date = 10:00:00 }"),
    "an impossible case": an_example(facts="{ possession_only = true, delivery_charged = true }"),
    "a wrong charge": an_example(charged='["posession"]'),
    "an unknown rule": an_example(decided_by='"lst"'),
    "an unknown missing fact": an_example(missing='["agee"]'),
    "missing as a text": an_example(missing='"age"'),
    "a wrong decision date": an_example(decision_date='"soon"'),
    "two of an id": an_example() + an_example(),
    "a misspelt key": an_example(outcom='"x"'),
}


@pytest.mark.parametrize("text", EXAMPLES.values(), ids=EXAMPLES)
def test_a_mistake_in_an_example_is_told(text):
    assert all(problem.place.line for problem in problems_of(reading(text)))


BREAKING_EXAMPLES = {
    "a moment as the decision date": an_example(decision_date="2019-01-01T00:00:00"),
    "a number of five thousand hexadecimal digits": an_example(facts="{ age = 0x" + "f" * 5_000 + " }"),
    "a weight of forty digits": an_example(facts=f"{{ drug_mg = {10**40} }}"),
    "a charge that is a table": an_example(charged="[{ a = 1 }]"),
    "a charge of lists": an_example(charged='[["possession", ["x"]]]'),
}


@pytest.mark.parametrize("text", BREAKING_EXAMPLES.values(), ids=BREAKING_EXAMPLES)
def test_a_value_of_the_wrong_shape_in_an_example_is_told(text):
    found = problems_of(reading(text)) if "decision_date" not in text else _problems_if_any(text)
    assert all(problem.place.line for problem in found)


def _problems_if_any(text):
    """A moment may be refused or read as its day; it may not break anything."""
    try:
        return problems_of(reading(text))
    except AssertionError:
        return ()


def test_the_problem_of_an_example_stands_at_its_facts():
    problem = problem_of(reading(an_example(facts="{ helpd = true }")))
    assert (problem.nearest, problem.place.column) == ("helped", 9)


PROMISES = {
    "no id": block("promise", sentence='"s"', always='"helped"'),
    "no sentence": block("promise", id='"p"', always='"helped"'),
    "no formula": a_promise(),
    "two formulas": a_promise(always='"helped"', never='"helped"'),
    "a wrong name": a_promise(always='"helpd"'),
    "a wrong outcome": a_promise(never="\"outcome == 'prosecuted'\""),
    "an order of outcomes": a_promise(never="\"outcome < 'prosecute'\""),
    "no text": a_promise(always="true"),
    "an empty formula": a_promise(always='""'),
    "an unknown fact": a_promise(same_without='["agee"]'),
    "facts as a text": a_promise(same_without='"age"'),
    "a direction that is none": a_promise(never_harsher_when='{ most = ["age"] }'),
    "two directions": a_promise(never_harsher_when='{ more = ["age"], less = ["priors"] }'),
    "a direction of nothing": a_promise(never_harsher_when="{ more = [] }"),
    "a direction of an unknown fact": a_promise(never_harsher_when='{ more = ["agee"] }'),
    "a direction of numbers": a_promise(never_harsher_when="{ more = [1] }"),
    "a wrong guard": a_promise(always='"helped"', where='"helpd"'),
    "a guard with the outcome": a_promise(always='"helped"', where="\"outcome == 'review'\""),
    "an order that leaves out": a_promise(always='"helped"', harshness='["decline"]'),
    "an order with a repetition": a_promise(
        always='"helped"', harshness='["decline", "decline", "review", "prosecute"]'
    ),
    "an unknown follower": a_promise(same_without='["age"]', follow='["x"]'),
    "two of an id": a_promise(always='"helped"') + a_promise(always='"helped"'),
    "a misspelt key": a_promise(always='"helped"', sentense='"x"'),
}


@pytest.mark.parametrize("text", PROMISES.values(), ids=PROMISES)
def test_a_mistake_in_a_promise_is_told(text):
    assert all(problem.place.line for problem in problems_of(reading(text)))


def test_a_promise_about_nothing_is_noticed():
    assert problems_of(reading(a_promise(same_without="[]")))


def test_a_right_example_passes():
    assert check(policy_of(rule("r", "helped", "decline"), an_example(outcome='"decline"', decided_by='"r"'))).passed


def test_a_wrong_example_fails_with_what_it_got():
    report = check(policy_of(rule("r", "helped", "decline"), an_example(outcome='"review"')))
    assert [("review" in failure.message, "decline" in failure.message) for failure in report.failures] == [
        (True, True)
    ]


def test_an_example_that_needs_facts_may_say_which():
    example = an_example(facts="{ age = 20 }", outcome='"needs_facts"', missing='["helped"]')
    assert check(policy_of(rule("r", "helped", "decline"), example)).passed


def test_an_example_that_waits_for_the_wrong_fact_fails():
    example = an_example(facts="{ age = 20 }", outcome='"needs_facts"', missing='["age"]')
    assert not check(policy_of(rule("r", "helped", "decline"), example)).passed


def test_an_example_is_decided_on_its_own_day():
    values = '[{ value = false }, { since = "2023-01-02", value = true }]'
    example = an_example(outcome='"decline"', decision_date='"2023-01-02"')
    assert check(policy_of(parameter("flag", values), rule("r", "flag and helped", "decline"), example)).passed


def test_an_unused_track_is_warned_of():
    assert [warning.message for warning in check(policy_of(TRACK)).warnings] == ["no rule uses the track `offer`"]


def test_an_unused_parameter_is_warned_of():
    assert len(check(policy_of(parameter("unused_days", "[{ value = 1 }]"))).warnings) == 1


def test_an_unused_parameter_whose_name_stands_elsewhere_is_warned_of():
    text = "\nThe limit is explained here, with its limits.\n"
    assert len(check(policy_of(text, parameter("limit", "[{ value = 1 }]"))).warnings) == 1


def test_a_used_parameter_is_not_warned_of():
    policy = policy_of(parameter("adult_age", "[{ value = 18 }]"), rule("r", "age < adult_age", "decline"))
    assert check(policy).warnings == ()


def test_the_last_rule_of_these_tests_is_one():
    assert "when" not in LAST
