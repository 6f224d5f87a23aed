"""Policy documents: fences, front matter, places, and everything that a hostile document may try."""

import datetime as dt

import pytest

from instead.errors import NotFound, Problems
from instead.facts.vocabulary_file import parse_vocabulary
from instead.policy.load import read_policy
from support.written import (
    FRONT,
    LAST,
    TRACK,
    VOCABULARY,
    VOCABULARY_TEXT,
    block,
    document,
    parameter,
    policy_of,
    problem_of,
    problems_of,
    quoted,
    read,
    rule,
    under_caret,
    within,
)


def reading(*blocks, **more):
    return lambda: policy_of(*blocks, **more)


def when(text):
    """A rule whose condition is written in TOML as given."""
    return block("rule", id='"r"', when=text, then='"decline"', because='"b"')


def test_a_small_policy_is_read():
    policy = policy_of(rule("r", "helped", "divert"))
    assert [one.id for one in policy.rules] == ["r", "last"]
    assert (policy.title, policy.effective) == ("T", dt.date(2019, 12, 1))


@pytest.mark.parametrize("marks", ["```", "````", "~~~", "~~~~~"])
def test_a_fence_may_be_any_mark_three_times_or_more(marks):
    text = rule("r", "helped").replace("```", marks)
    assert len(policy_of(text).rules) == 2


@pytest.mark.parametrize("indent", ["", " ", "  ", "   "])
def test_a_fence_may_be_indented_by_three_spaces(indent):
    text = rule("r", "helped").replace("```", indent + "```")
    assert len(policy_of(text).rules) == 2


def test_an_indented_block_is_refused_and_not_passed_over():
    problem = problem_of(reading(rule("r", "helped").replace("```", "    ```")))
    assert "indented" in problem.message


def test_a_block_indented_by_a_tab_is_refused_and_not_passed_over():
    assert problems_of(reading(rule("r", "helped").replace("```", "\t```")))


@pytest.mark.parametrize("before", ["> ", "- ", "* ", "1. "])
def test_a_rule_in_a_quotation_or_a_list_is_refused_and_not_passed_over(before):
    text = "\n".join(before + line if line else line for line in rule("r", "helped").split("\n"))
    assert problems_of(reading(text))


@pytest.mark.parametrize("kind", ["rul", "rules", "Rule", "parametre", "exampel", "promises", "trakc", "toml"])
def test_a_misspelt_block_is_refused(kind):
    problem = problem_of(reading(f"\n```{kind}\nid = 1\n```\n"))
    assert under_caret(problem).startswith("```")
    assert kind == "toml" or problem.nearest in ("rule", "parameter", "example", "promise", "track")


def test_a_block_in_capitals_gets_the_nearest_kind():
    assert problem_of(reading("\n```RULE\n```\n")).nearest == "rule"


@pytest.mark.parametrize("kind", ["", "text", "json", "text prose"])
def test_prose_in_a_fence_is_passed_over(kind):
    assert len(policy_of(f"\n```{kind}\nid = = 1\n```\n").rules) == 1


def test_a_rule_inside_prose_is_prose():
    assert len(policy_of("\n````text\n" + rule("r", "helped") + "````\n").rules) == 1


def test_a_space_before_the_kind_is_allowed():
    assert len(policy_of(rule("r", "helped").replace("```rule", "```  rule ")).rules) == 2


def test_a_fence_with_a_backtick_in_its_kind_is_refused_and_not_passed_over():
    assert problems_of(reading("\n```rule`\nid = 'x'\n"))


def test_an_unclosed_block_is_refused():
    problem = problems_of(lambda: read(FRONT + LAST + '```rule\nid = "x"\n'))[-1]
    assert "not closed" in problem.message
    assert problem.place.line == FRONT.count("\n") + LAST.count("\n") + 1


def test_an_unclosed_block_does_not_hide_earlier_mistakes():
    found = problems_of(lambda: read(FRONT + rule("r", "agee < 1") + LAST + "```rule\n"))
    assert {under_caret(problem) for problem in found} >= {"agee"}


def test_a_rule_knows_its_section():
    policy = policy_of("\n# One #\n" + rule("a", "helped"), "\n## Two\n" + rule("b", "helped"))
    assert [one.section for one in policy.rules] == ["One", "Two", "Two"]


@pytest.mark.parametrize(
    "front",
    [
        "",
        "+++\n",
        "+++\n+++\n",
        "---\ntitle: T\n---\n",
        FRONT.replace("+++\n", "", 1),
        FRONT.replace('title = "T"\n', ""),
        FRONT.replace('title = "T"', 'title = ""'),
        FRONT.replace('title = "T"', "title = 3"),
        FRONT.replace('office = "O"\n', ""),
        FRONT.replace('version = "1"', "version = 1"),
        FRONT.replace("2019-12-01", "2019-13-01"),
        FRONT.replace("2019-12-01", "soon"),
        FRONT.replace('"2019-12-01"', "2019-12-01T00:00:00"),
        FRONT.replace('"2019-12-01"', "20191201"),
        FRONT.replace('vocabulary = "small"\n', ""),
        FRONT.replace('vocabulary = "small"', 'vocabulary = ["small"]'),
        FRONT.replace('title = "T"', 'titel = "T"'),
        FRONT.replace('title = "T"', 'title = "T"\ntitle = "T"'),
        FRONT.replace('title = "T"', "title = "),
        FRONT.replace('title = "T"', 'title = "T"\nx = 1' + "0" * 3_000),
        FRONT.replace('title = "T"', 'title = "T"\nx = ' + "[" * 100_000),
        FRONT.replace('title = "T"', 'title = "T"\n' + "".join(f"k{i} = 1\n" for i in range(1_000))),
        "\n" + FRONT,
    ],
)
def test_front_matter_that_is_missing_or_wrong_is_refused_at_once(front):
    assert all(problem.place.file == "policy.md" for problem in problems_of(reading(front=front)))


def test_a_number_of_five_thousand_digits_in_the_front_matter_is_refused():
    assert problems_of(reading(front=FRONT.replace('"T"', "9" * 5_000)))


def test_mistakes_of_the_blocks_are_told_beside_those_of_the_front_matter():
    found = problems_of(reading(rule("r", "agee < 1"), front=FRONT.replace('office = "O"\n', "")))
    assert len(found) == 2


def test_mistakes_of_the_blocks_are_told_when_the_vocabulary_is_not_named():
    # NOTE: conditions need the vocabulary; what needs none (misspelt blocks, TOML) is told all the same.
    found = problems_of(reading("\n```rul\n```\n", front=FRONT.replace('vocabulary = "small"\n', "")))
    assert len(found) == 2


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('"helped or helpd"', 3, 19),
        ("'helped or helpd'", 3, 19),
        ("'''helped or helpd'''", 3, 21),
        ('"""helped or\n  helpd"""', 4, 3),
        ('"""\nhelped or\n  helpd"""', 5, 3),
        ("'''\n\n\nhelped or\n\thelpd\n'''", 7, 2),
        ("\"known_by == 'é' or helpd\"", 3, 28),
        ('"helpd"  # a comment', 3, 9),
        ('""" helped\nor helpd"""', 4, 4),
    ],
)
def test_a_wrong_name_is_underlined_where_it_stands(text, line, column, end):
    body = when(text)
    source = document(body).replace("\n", end)
    found = [problem for problem in problems_of(lambda: read(source)) if "helpd" in problem.message]
    place = found[0].place
    assert (place.line - FRONT.count("\n") - 1, place.column) == (line, column)
    assert under_caret(found[0]) == "helpd"
    assert "\r" not in str(found[0])


def test_a_wrong_name_after_a_list_of_lists_is_underlined():
    body = block("rule", id='"r"', cite='[\n["x"]\n]', when='"helpd"', then='"decline"', because='"b"')
    found = [problem for problem in problems_of(reading(body)) if "helpd" in problem.message]
    assert under_caret(found[0]) == "helpd"


def test_a_key_after_a_list_of_lists_keeps_its_place():
    body = block("example", id='"e"', charged='[\n["possession"]\n]', outcom='"review"')
    found = [problem for problem in problems_of(reading(body)) if "outcom`" in problem.message]
    assert found[0].place.line == FRONT.count("\n") + 7


@pytest.mark.parametrize(
    "text", ['"age \\u003c 18"', '"helped \\n or helped"', '"known_by == \\"officer\\""', '"helped\\tor helped"']
)
def test_a_condition_allows_no_escapes(text):
    assert problems_of(reading(when(text)))


def test_a_condition_goes_on_behind_a_backslash_at_the_end_of_a_line_only_if_the_place_is_right():
    found = problems_of(reading(when('"""helped or \\\n   helpd"""')))
    assert any("escape" in p.message or "backslash" in p.message for p in found) or under_caret(found[0]) == "helpd"


def test_spaces_behind_the_opening_quotes_do_not_move_the_caret():
    found = problems_of(reading(when('"""  \nhelped or helpd"""')))
    assert under_caret(found[0]) == "helpd"


HOSTILE = {
    "a condition of a million characters": rule("r", "helped or " * 100_000 + "helped"),
    "not two hundred thousand times": rule("r", "not " * 200_000 + "helped"),
    "parentheses": rule("r", "(" * 4_000 + "helped" + ")" * 4_000),
    "a call": rule("r", "__import__('os').system('true')"),
    "a null byte": rule("r", "helped\x00"),
    "an escaped null byte": when('"helped\\u0000"'),
    "half a character": when('"helped\\ud800"'),
    "deep lists": block("rule", id="[" * 100_000),
    "deep tables": block("rule", id="{a=" * 50_000),
    "deep lists that are closed": block("rule", id="[" * 900 + "]" * 900, then='"review"', because='"b"'),
    "wrong keys": block("rule", **{f"k{i}": 1 for i in range(1_000)}),
    "wrong names": rule("r", " or ".join(f"x{i}" for i in range(1_000))),
    "a huge outcome": rule("r", "helped", "x" * 1_000_000),
    "a huge id": rule("x" * 1_000_000, "helpd"),
    "a huge track": rule("r", "helped", "divert", track='"' + "x" * 1_000_000 + '"'),
    "a huge kind": "\n```" + "x" * 1_000_000 + "\n```\n",
    "many unclosed marks": "\n```text\n" + "``\n" * 100_000,
    "a line of backticks": "\n" + "`" * 1_000_000 + "\n",
    "many misspelt blocks": "\n```rul\n```\n" * 1_000,
    "a look-alike block": "\n```rulе\n```\n",
    "a text of only carriage returns": "\r" * 1_000 + "\n```rul\n```\n",
    "surprising line separators": "\u2028```rul\u2028\n```rul\n```\n",
    "an override": rule("\u202er", "helpd"),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_document_is_refused_at_once_in_plain_words(text):
    found = problems_of(reading(text), seconds=1)
    assert all(problem.message for problem in found)


@pytest.mark.parametrize(
    "line",
    [
        "```" + " " * 3_000 + "`",
        "# " + " " * 20_000 + "x",
        "# x" + " " * 20_000 + "y",
        "# x" + " #" * 10_000 + " y",
        "#" * 100_000,
        " " * 1_000_000 + "x",
        "~~~" + " " * 30_000 + "`",
        "[" + " " * 100_000,
    ],
    ids=["backtick", "heading", "gap", "marks", "hashes", "spaces", "tildes", "bracket"],
)
def test_a_long_line_takes_no_time(line):
    with within(1):
        try:
            policy_of(f"\n{line}\n\n")
        except Problems as error:
            assert "block" in str(error)


def test_a_long_document_is_read_in_a_moment():
    with within(5):
        assert len(policy_of(*(rule(f"r{i}", "helped") + "\nSome prose.\n" * 50 for i in range(400))).rules) == 401


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (document().encode("utf-16"), "UTF-8"),
        (document().replace("T", "é").encode("latin-1"), "UTF-8"),
        (b"", "front matter"),
        (b"\x00" * 100, "front matter"),
        (b"%PDF-1.7\n\xe2\xe3", "UTF-8"),
        (document().replace("\n", "\r").encode(), "front matter"),
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path, content, said):
    path = tmp_path / "p.md"
    path.write_bytes(content)
    assert any(said in problem.message for problem in problems_of(lambda: read_policy(path, lambda _: VOCABULARY)))


def test_a_byte_order_mark_is_taken_off(tmp_path):
    path = tmp_path / "p.md"
    path.write_bytes(b"\xef\xbb\xbf" + document().encode())
    assert read_policy(path, lambda _: VOCABULARY).id == "p"


def test_a_policy_that_is_not_there_is_not_found(tmp_path):
    with pytest.raises(NotFound):
        read_policy(tmp_path / "none.md", lambda _: VOCABULARY)


def test_line_ends_do_not_change_the_digest():
    assert read(document()).digest == read(document().replace("\n", "\r\n")).digest


def test_every_other_change_changes_the_digest():
    assert read(document()).digest != read(document() + " ").digest


def test_the_hash_takes_in_everything_that_a_decision_came_from():
    policy = read(document())
    assert len({policy.hash(), policy.hash(statute_book="x"), policy.hash(source_map="x")}) == 3


def test_the_same_text_under_another_vocabulary_has_another_hash():
    other = parse_vocabulary(VOCABULARY_TEXT + "# changed\n", "small.toml")
    assert read(document()).hash() != read(document(), other).hash()


def test_problems_stand_in_the_order_of_the_document():
    found = problems_of(reading(rule("a", "agee < 1"), parameter("q", "3"), rule("b", "helpd"), block("promise")))
    lines = [problem.place.line for problem in found]
    assert lines == sorted(lines)


def test_every_problem_says_file_and_line():
    found = problems_of(reading(rule("a", "agee < 1"), parameter("q", "3"), block("example"), block("track"), TRACK))
    assert all(problem.place.file == "policy.md" and problem.place.line for problem in found)


def test_quoting_for_tests_is_honest():
    assert quoted("a 'b'") == "\"a 'b'\""
