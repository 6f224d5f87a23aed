"""What conditions mean, and what is no condition: in its place, with what was expected and the nearest name."""

import warnings

import pytest

from instead.facts.condition import ConditionText, parse_condition
from instead.facts.formula import And, Compare, Constant, Dated, Member, Not, Or
from instead.facts.scope import Parameter, Scope
from instead.facts.vocabulary import Fact
from support.written import condition, problem_of, problems_of, under_caret

WIDE = 2**62
ADULT = Parameter("adult_age", Fact("adult_age", "whole_number", "", -WIDE, WIDE), ((-WIDE, 18),))
DATED = Parameter("limit", Fact("limit", "amount", "", -WIDE, WIDE, "mg"), ((-WIDE, 1), (100, 2)), "offense_date")
MERGED = Parameter("even", Fact("even", "whole_number", "", -WIDE, WIDE), ((-WIDE, 18), (100, 18)))
FLAG = Parameter("flag", Fact("flag", "yes_no", "", 0, 1), ((-WIDE, 1),))
CENTS = Parameter("fee", Fact("fee", "amount", "", -WIDE, WIDE, "cents"), ((-WIDE, 1),))
PARAMETERS = {p.name: p for p in (ADULT, DATED, MERGED, FLAG, CENTS)}


def parsed(text):
    return condition(text, parameters=PARAMETERS)


def complaint(text):
    return problem_of(lambda: parsed(text))


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("helped", Compare("helped", "==", 1)),
        ("not helped", Not(Compare("helped", "==", 1))),
        ("age < 18", Compare("age", "<", 18)),
        ("18 > age", Compare("age", "<", 18)),
        ("18 <= age", Compare("age", ">=", 18)),
        ("age == 18", Compare("age", "==", 18)),
        ("18 != age", Compare("age", "!=", 18)),
        ("18 <= age < 65", And((Compare("age", ">=", 18), Compare("age", "<", 65)))),
        ("drug_mg >= '2 oz'", Compare("drug_mg", ">=", 56_699)),
        ("offense_date >= '1970-01-02'", Compare("offense_date", ">=", 1)),
        ("known_by == 'field_test'", Compare("known_by", "==", 1)),
        ("known_by in ('officer', 'laboratory')", Member("known_by", frozenset({0, 2}))),
        ("known_by not in ['officer']", Member("known_by", frozenset({0}), negated=True)),
        ("age in {18, 19, 18}", Member("age", frozenset({18, 19}))),
        ("helped and drug_found or helped", None),
        ("age < adult_age", Compare("age", "<", 18)),
        ("adult_age > age", Compare("age", "<", 18)),
        ("adult_age == 18", Constant(True)),
        ("adult_age in (17, 19)", Constant(False)),
        ("flag", Constant(True)),
        ("not flag", Not(Constant(True))),
        ("even > age", Compare("age", "<", 18)),
        (
            "drug_mg > limit",
            Dated("offense_date", ((-WIDE, Compare("drug_mg", ">", 1)), (100, Compare("drug_mg", ">", 2)))),
        ),
        (" \n\t helped \n", Compare("helped", "==", 1)),
        ("((((helped))))", Compare("helped", "==", 1)),
    ],
)
def test_a_condition_means_what_it_says(text, formula):
    assert parsed(text) == formula or formula is None


def test_and_binds_more_tightly_than_or():
    helped, found = Compare("helped", "==", 1), Compare("drug_found", "==", 1)
    assert parsed("helped or drug_found and helped") == Or((helped, And((found, helped))))


@pytest.mark.parametrize(
    ("text", "under", "near"),
    [
        ("agee < 18", "agee", "age"),
        ("helped and agee < 18", "agee", "age"),
        ("18 <= agee", "agee", "age"),
        ("agee in (1, 2)", "agee", "age"),
        ("not helpd", "helpd", "helped"),
        ("age < adult_agee", "adult_agee", "adult_age"),
        ("known_by == 'labratory'", "'labratory'", "laboratory"),
        ("known_by in ('officer', 'feeld_test')", "'feeld_test'", "field_test"),
        ("Helped", "Helped", "helped"),
    ],
)
def test_a_wrong_name_is_underlined_and_the_nearest_one_offered(text, under, near):
    problem = complaint(text)
    assert (under_caret(problem), problem.nearest) == (under, near)


@pytest.mark.parametrize(
    ("text", "under", "said"),
    [
        ("age", "age", "no yes/no fact"),
        ("not drug_mg", "drug_mg", "no yes/no fact"),
        ("adult_age", "adult_age", "no yes/no fact"),
        ("age < 'x'", "'x'", "no whole number"),
        ("age < 18.0", "18.0", "no whole number"),
        ("age < True", "True", "no whole number"),
        ("age == None", "None", "no whole number"),
        ("age < 1e400", "1e400", "no whole number"),
        ("age < 9", "9", "outside the domain"),
        ("age < -1", "-1", "outside the domain"),
        ("age > 111", "111", "outside the domain"),
        ("age < 99999999999999999999", "99999999999999999999", "too large"),
        ("drug_mg > 30", "30", "bare number"),
        ("drug_mg > 0", "0", "bare number"),
        ("drug_mg > '30'", "'30'", "no amount"),
        ("drug_mg > '30 USD'", "'30 USD'", "no amount"),
        ("drug_mg > '3 du'", "'3 du'", "no amount"),
        ("drug_mg > '11 kg'", "'11 kg'", "outside the domain"),
        ("drug_mg > '-1 mg'", "'-1 mg'", "outside the domain"),
        ("offense_date > '2019-02-30'", "'2019-02-30'", "no date"),
        ("offense_date > '2019-2-3'", "'2019-2-3'", "no date"),
        ("offense_date > 20190101", "20190101", "no date"),
        ("offense_date > '1969-12-31'", "'1969-12-31'", "outside the domain"),
        ("offense_date > '2050-01-01'", "'2050-01-01'", "outside the domain"),
        ("known_by < 'officer'", "'officer'", "no order"),
        ("known_by == 1", "1", "no member"),
        ("helped == True", "True", "not compared"),
        ("helped == helped", "helped", "two facts"),
        ("age < priors", "priors", "two facts"),
        ("adult_age < even", "even", "two parameters"),
        ("drug_mg > fee", "fee", "different kinds"),
        ("age < limit", "limit", "different kinds"),
        ("1 < 2", "1", "neither side"),
        ("'a' == 'a'", "'a'", "neither side"),
        ("age is 18", "age", "`is`"),
        ("age is not 18", "age", "`is`"),
        ("age in 18", "18", "list of literals"),
        ("age in ()", "()", "list of literals"),
        ("known_by in 'officer'", "'officer'", "list of literals"),
        ("18 in (age,)", "18", "literal on its own"),
        ("True", "True", "literal on its own"),
        ("'helped'", "'helped'", "literal on its own"),
        ("helped and 1", "1", "literal on its own"),
        ("age + 1 < 18", "age + 1", None),
        ("len(helped)", "len(helped)", "a call"),
        ("__import__('os')", "__import__('os')", "a call"),
        ("helped.x", "helped.x", "an attribute"),
        ("().__class__", "().__class__", "an attribute"),
        ("helped[0]", "helped[0]", "an index"),
        ("lambda: helped", "lambda: helped", "a function"),
        ("helped if flag else helped", "helped if flag else helped", "if"),
        ("(helped := 1)", "helped := 1", "an assignment"),
        ("f'{helped}'", "f'{helped}'", "a format string"),
        ("age - 1", "age - 1", "arithmetic"),
        ("helped & drug_found", "helped & drug_found", "arithmetic"),
        ("~helped", "~helped", "cannot stand"),
        ("-age", "-age", "cannot stand"),
        ("[helped]", "[helped]", "cannot stand"),
        ("{'a': 1}", "{'a': 1}", "cannot stand"),
        ("[x for x in helped]", "[x for x in helped]", "cannot stand"),
        ("(yield)", "yield", "cannot stand"),
        ("(await helped)", "await helped", "cannot stand"),
        ("helped, drug_found", "helped, drug_found", "cannot stand"),
        ("...", "...", "literal on its own"),
        ("age == b'x'", "b'x'", "no whole number"),
        ("age == 1j", "1j", "no whole number"),
    ],
)
def test_what_is_no_condition_is_underlined_and_named(text, under, said):
    problem = complaint(text)
    assert under_caret(problem) == under
    assert said is None or said in problem.message
    assert problem.expected


@pytest.mark.parametrize(
    "text",
    [
        "helped and",
        "and helped",
        "helped &&& x",
        "helped || drug_found",
        "!helped",
        "helped drug_found",
        "(helped",
        "helped)",
        "helped AND drug_found",
        "age =< 18",
        "age = 18",
        "age <> 18",
        "if helped:",
        "import os",
        "'unclosed",
        "age < 18 and 'a",
        "helped;drug_found",
        "$helped",
        "helped?",
        "“helped”",
        "age ≤ 18",
        "age < 018",
        "age < 18g",
        "drug_mg < 30 g",
        "print 1",
        "*helped,",
        "helped\x00",
        "\x00",
        "\ufeffhelped",
        "helped\u00a0and drug_found",
        "helped\u200b",
        "\u2028",
        "",
        "   ",
        "\n\n",
    ],
)
def test_what_cannot_be_read_is_one_problem_with_a_place(text):
    problem = complaint(text)
    assert (problem.place.file, problem.place.line > 0, problem.place.column > 0) == ("policy.md", True, True)
    assert "nested" not in problem.message


def test_half_a_character_is_not_called_deep_nesting():
    assert "nested" not in complaint("helped\ud800").message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("helped # and drug_found", "comment"),
        ("helped \\\n and drug_found", "backslash"),
        ("known_by == '\\x61'", "backslash"),
    ],
)
def test_comments_and_backslashes_have_no_meaning(text, said):
    assert said in complaint(text).message


@pytest.mark.parametrize(
    "text", ["ａｇｅ < 18", "helpe\u0064\u0307 or ℎelped", "ʰelped", "𝐡𝐞𝐥𝐩𝐞𝐝", "hеlped", "age < １８"]
)
def test_a_look_alike_is_no_name(text):
    assert problems_of(lambda: parsed(text))


HOSTILE = {
    "a million characters": "helped or " * 100_000 + "helped",
    "a million spaces": " " * 1_000_000 + "helped",
    "not two hundred thousand times": "not " * 200_000 + "helped",
    "not as often as may be written": "not " * 2_490 + "helped",
    "61 nots": "not " * 61 + "helped",
    "parentheses": "(" * 4_990 + "helped" + ")" * 4_990,
    "open parentheses": "(" * 9_999,
    "brackets": "[" * 4_990 + "]" * 4_990,
    "braces": "{" * 9_999,
    "mixed nests": "(not " * 1_600 + "helped" + ")" * 1_600,
    "minus signs": "age < " + "-" * 9_990 + "1",
    "tildes": "~" * 9_990 + "age",
    "a sum": "1" + "+1" * 4_990,
    "a power tower": "2" + "**9" * 3_000 + " < age",
    "attributes": "helped" + ".a" * 4_990,
    "calls": "helped" + "()" * 4_990,
    "indexes": "helped" + "[0]" * 3_300,
    "lambdas": "lambda:" * 1_420 + "helped",
    "conditional expressions": "helped if helped else " * 450 + "helped",
    "format strings": "f'{" * 3_000,
    "nested format strings": "f'{f\"{f\"\"\"{f'''{helped}'''}\"\"\"}\"}'",
    "a huge integer": "age < 1" + "0" * 9_000,
    "a huge hexadecimal integer": "age < 0x" + "f" * 9_000,
    "a huge member": "known_by == 0x" + "f" * 9_000,
    "a huge exponent": "age < 1e999999999",
    "many digits after a point": "age < 0." + "1" * 9_000,
    "a huge text": "known_by == '" + "x" * 9_000 + "'",
    "a huge name": "x" * 9_999,
    "wrong names": " or ".join(f"x{i}" for i in range(1_200)),
    "a generator": "(x for x in helped)",
    "underscores": "__builtins__ or __import__ or __name__ or __debug__",
    "a call in a comparison": "age < __import__('os').system('true')",
    "a call in a list": "age in (18, exit())",
    "a star in a list": "age in (*helped,)",
    "a dictionary as a list": "age in {18: 1}",
    "an empty set": "age in set()",
    "line separators": "helped\u2028and\u2029drug_foundd",
    "vertical tabs": "helped\x0band\x0cdrug_foundd",
    "carriage returns": "helped\rand\r\ndrug_foundd",
    "right to left": "helped \u202eand drug_foundd",
    "astral names": "𐐀 or 😀",
    "combining marks": "he\u0301lped",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_condition_is_refused_at_once_in_plain_words(text):
    found = problems_of(lambda: parsed(text), seconds=1)
    assert all(problem.place.line > 0 and problem.place.column > 0 for problem in found)


def test_a_condition_of_ten_thousand_characters_is_read():
    parsed("helped" + " " * 9_994)


def test_a_condition_of_one_character_more_is_refused():
    assert "10,001 characters" in complaint("helped" + " " * 9_995).message


def test_sixty_levels_are_read_and_sixty_one_are_not():
    parsed("not " * 60 + "helped")
    assert "nested too deeply" in complaint("not " * 61 + "helped").message


def test_nothing_is_executed(tmp_path):
    target = tmp_path / "touched"
    problems_of(lambda: parsed(f"open({str(target)!r}, 'w')"))
    assert not target.exists()


def test_all_mistakes_of_a_condition_are_reported_at_once():
    found = problems_of(lambda: parsed("agee < 18 or drug_mg > 30 and known_by == 'x' or helped.y or not foo"))
    assert [under_caret(problem) for problem in found] == ["agee", "30", "'x'", "helped.y", "foo"]


def test_both_names_of_a_comparison_may_be_wrong():
    found = problems_of(lambda: parsed("foo < bar"))
    assert [under_caret(problem) for problem in found] in (["foo", "bar"], ["foo"])


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("agee < 1", 3, 7),
        ("helped and\n  agee < 1", 4, 3),
        ("helped and\n\n\nagee < 1", 6, 1),
        ("\n agee < 1", 4, 2),
        ("known_by == 'é' or agee < 1", 3, 26),
        ("known_by == '日本' or\n known_by == '😀' or agee < 1", 4, 21),
        ("helped and\r\n  agee < 1", 4, 3),
        ("helped and\r\n\r\n  agee < 1", 5, 3),
    ],
)
def test_the_place_is_that_of_the_character_in_the_file(text, line, column):
    source = ConditionText(text, "p.md", 3, 7)
    scope = Scope(
        {"helped": Fact("helped", "yes_no", "", 0, 1), "age": Fact("age", "whole_number", "", 0, 9)}, PARAMETERS
    )
    known = Fact("known_by", "one_of", "", 0, 3, members=("a", "é", "日本", "😀"))
    scope = Scope({**scope.facts, "known_by": known}, PARAMETERS)
    problem = problem_of(lambda: parse_condition(source, scope))
    assert (problem.place.line, problem.place.column) == (line, column)
    assert under_caret(problem) == "agee"


@pytest.mark.parametrize("separator", ["\u2028", "\x85", "\u2029", "\x0c", "\x1c"])
def test_the_caret_is_right_after_an_exotic_line_separator(separator):
    text = f"helped and {separator} agee < 18"
    found = problems_of(lambda: parsed(text))
    carets = [text[p.place.column - 1 : p.place.column - 1 + p.width] for p in found if p.place.line == 1]
    assert carets in (["agee"], [separator])


def test_the_caret_of_a_syntax_error_is_right_after_non_ascii_text():
    problem = complaint("known_by == 'é日😀' or age < < 18")
    assert problem.place.column == len("known_by == 'é日😀' or age < ") + 1


def test_the_caret_of_a_long_line_is_still_under_its_name():
    assert under_caret(complaint("helped or " * 500 + "agee or helped" + " or helped" * 300)) == "agee"


def test_a_caret_does_not_run_past_its_line():
    problem = complaint("foo(\n helped,\n helped)")
    lines = str(problem).split("\n")
    caret = next(index for index, line in enumerate(lines) if "^" in line)
    assert len(lines[caret]) <= len(lines[caret - 1])


def test_no_warning_is_printed_about_python():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        problems_of(lambda: parsed("1or helped"))
    assert caught == []
