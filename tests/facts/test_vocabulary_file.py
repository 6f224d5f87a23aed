"""Mistakes in a vocabulary: all at once, each with its place, and nothing ever breaks."""

import pytest

from instead.errors import NotFound, Problems
from instead.facts.vocabulary_file import parse_vocabulary, read_vocabulary
from support.written import VOCABULARY_TEXT, problem_of, problems_of, under_caret

HEAD = 'id = "v"\ntitle = "V"\nversion = "1"\n'
FACT = '[[fact]]\nname = "helped"\nkind = "yes_no"\nquestion = "?"\n'
AGE = '[[fact]]\nname = "age"\nkind = "whole_number"\nquestion = "?"\nmin = 0\nmax = 9\n'


def fact(kind, name="a", more=""):
    return f'[[fact]]\nname = "{name}"\nkind = "{kind}"\nquestion = "?"\n{more}\n'


def constraint(holds, name="c"):
    return f'[[constraint]]\nid = "{name}"\nholds = {holds}\nbecause = "b"\n'


def parsing(body, head=HEAD):
    return lambda: parse_vocabulary(head + body, "v.toml")


BROKEN = {
    "no fact": "",
    "misspelt fact": '[[facts]]\nname = "a"\n' + FACT,
    "misspelt key": FACT + 'questoin = "?"\n',
    "no name": '[[fact]]\nkind = "yes_no"\nquestion = "?"\n',
    "name with a space": fact("yes_no", "a b"),
    "name that starts with a digit": fact("yes_no", "1a"),
    "keyword as a name": fact("yes_no", "not"),
    "literal as a name": fact("yes_no", "True"),
    "reserved name": fact("yes_no", "outcome"),
    "another reserved name": fact("yes_no", "decision_date"),
    "number as a name": '[[fact]]\nname = 3\nkind = "yes_no"\nquestion = "?"\n',
    "two of a name": FACT + FACT,
    "no kind": '[[fact]]\nname = "a"\nquestion = "?"\n',
    "misspelt kind": fact("yesno"),
    "list as a kind": '[[fact]]\nname = "a"\nkind = ["yes_no"]\nquestion = "?"\n',
    "no question": '[[fact]]\nname = "a"\nkind = "yes_no"\n',
    "no domain": fact("whole_number"),
    "no max": fact("whole_number", more="min = 1"),
    "empty domain": fact("whole_number", more="min = 2\nmax = 1"),
    "fractional domain": fact("whole_number", more="min = 0\nmax = 1.5"),
    "Boolean domain": fact("whole_number", more="min = false\nmax = true"),
    "text as a domain": fact("whole_number", more='min = "0"\nmax = "1"'),
    "infinite domain": fact("whole_number", more="min = 0\nmax = inf"),
    "domain beyond 62 bits": fact("whole_number", more="min = 0\nmax = 9223372036854775807"),
    "amount without a unit": fact("amount", "a_mg", "min = 0\nmax = 1"),
    "amount with another unit": fact("amount", "a_mg", 'unit = "ml"\nmin = 0\nmax = 1'),
    "amount in grams": fact("amount", "a_g", 'unit = "g"\nmin = 0\nmax = 1'),
    "amount without its unit in the name": fact("amount", "a", 'unit = "mg"\nmin = 0\nmax = 1'),
    "amount up to another measure": fact("amount", "a_mg", 'unit = "mg"\nmin = 0\nmax = "1 USD"'),
    "one member": fact("one_of", more='members = ["x"]'),
    "no members": fact("one_of"),
    "two of a member": fact("one_of", more='members = ["x", "x"]'),
    "members that cannot be read": FACT + "from_charges = { any = ['x'] }\n",
    "charges in two forms": FACT + "from_charges = { any_of = ['x'], grade = 'felony' }\n",
    "having more than only": FACT + "from_charges = { only = ['x'], with = ['y'] }\n",
    "charges as a text": FACT + "from_charges = 'x'\n",
    "constraint with a wrong name": FACT + constraint('"helpd"'),
    "constraint without a condition": FACT + '[[constraint]]\nid = "c"\nbecause = "b"\n',
    "constraint that is no condition": FACT + constraint('"helped("'),
    "constraint of a million characters": FACT + constraint('"' + "x" * 1_000_000 + '"'),
    "constraint of nots": FACT + constraint('"' + "not " * 200_000 + 'helped"'),
    "constraint that runs something": FACT + constraint("\"__import__('os')\""),
    "misspelt key of a constraint": FACT + constraint('"helped"') + 'holdz = "x"\n',
    "no TOML": FACT + "=\n",
    "unclosed text": FACT + 'x = "\n',
    "null byte": FACT + 'x = "\x00"\n',
    "two of a key": FACT + 'kind = "yes_no"\n',
    "deep lists": FACT + "x = " + "[" * 100_000 + "\n",
    "deep tables": FACT + "x = " + "{a=" * 100_000 + "\n",
    "closed deep lists": FACT + "x = " + "[" * 5_000 + "]" * 5_000 + "\n",
    "two thousand wrong keys": FACT + "".join(f"k{i} = 1\n" for i in range(2_000)),
    "half a character": FACT + 'x = "\\ud800"\n',
    "a byte order mark inside": FACT + "\ufeffx = 1\n",
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_a_mistake_is_told_in_plain_words_and_at_once(body):
    found = problems_of(parsing(body), seconds=2 if "k1999" in body else 1)
    assert all(problem.place.file == "v.toml" and problem.message for problem in found)


BREAKING = {
    "fact is a number": "fact = 3\n",
    "fact is a list of texts": 'fact = ["a"]\n',
    "fact is one table": '[fact]\nname = "a"\n',
    "constraint is a number": "constraint = 3\n" + FACT,
    "constraint is one table": FACT + '[constraint]\nid = "c"\n',
    "constraint is a list of texts": 'constraint = ["c"]\n' + FACT,
    "members is a number": fact("one_of", more="members = 3"),
    "members is a list of lists": fact("one_of", more='members = [["a"], ["b"]]'),
    "members of several types": fact("one_of", more="members = [1, 2]"),
    "members is a text": fact("one_of", more='members = "officer"'),
    "who is a number": FACT + "who = 3\n",
    "who is a text": FACT + 'who = "police"\n',
    "charges is a list of lists": FACT + "from_charges = { any_of = [[1]] }\n",
    "charges is a list of numbers": FACT + "from_charges = { any_of = [1] }\n",
    "only is a list of lists": FACT + "from_charges = { only = [[1]], with = [] }\n",
    "first date is none": fact("date", more='min = "soon"\nmax = "2020-01-01"'),
    "first date is a number": fact("date", more='min = 1970\nmax = "2020-01-01"'),
    "amount of forty digits": fact("amount", "a_mg", f'unit = "mg"\nmin = 0\nmax = {10**40}'),
    "number of five thousand digits": fact("whole_number", more="min = 0\nmax = " + "9" * 5_000),
    "number of five thousand hexadecimal digits": fact("whole_number", more="min = 0\nmax = 0x" + "f" * 5_000),
    "any number of five thousand digits": FACT + "x = " + "9" * 5_000 + "\n",
}


@pytest.mark.parametrize("body", BREAKING.values(), ids=BREAKING)
def test_a_value_of_the_wrong_shape_is_told_in_plain_words(body):
    assert problems_of(parsing(body))


UNNOTICED = {
    "no id": ("", FACT),
    "number as an id": ("id = 3\n", FACT),
    "constraint without an id": (HEAD, FACT + '[[constraint]]\nholds = "helped"\nbecause = "b"\n'),
    "constraint without a reason": (HEAD, FACT + '[[constraint]]\nid = "c"\nholds = "helped"\n'),
    "two constraints of a name": (HEAD, FACT + constraint('"helped"') + constraint('"not not helped"')),
    "no case is possible": (HEAD, FACT + constraint('"helped and not helped"')),
    "question is a number": (HEAD, '[[fact]]\nname = "a"\nkind = "yes_no"\nquestion = 3\n'),
    "charges of no kind": (HEAD, FACT + "from_charges = { any_of = [] }\n"),
    "only without having": (HEAD, FACT + 'from_charges = { only = ["x"], with = [] }\n'),
    "name that Python writes otherwise": (HEAD, fact("yes_no", "ﬁeld")),
}


@pytest.mark.parametrize(("head", "body"), UNNOTICED.values(), ids=UNNOTICED)
def test_what_makes_no_sense_is_noticed(head, body):
    assert problems_of(parsing(body, head))


@pytest.mark.parametrize("parts", [1_000, 8_000])
def test_a_key_of_many_parts_takes_no_time(parts):
    assert problems_of(parsing("a" + ".a" * parts + " = 1\n" + FACT))


def test_a_header_of_many_parts_takes_no_time():
    assert problems_of(parsing("[a" + ".a" * 2_000 + "]\n" + FACT), seconds=1)


def test_a_line_of_spaces_in_brackets_takes_no_time():
    assert problems_of(parsing(FACT + "x = [\n[" + " " * 3_000 + "'a', 'b']]\n"))


def test_a_line_of_spaces_after_a_bracket_takes_no_time():
    assert problems_of(parsing(FACT + "x = [\n['a'" + " " * 30_000 + ", 'b']]\n"))


def test_all_mistakes_are_reported_at_once():
    body = fact("yesno", "a") + fact("whole_number", "b") + FACT + constraint('"helpd or agee"') + "x = 1\n"
    messages = "\n".join(problem.message for problem in problems_of(parsing(body)))
    assert all(word in messages for word in ("yesno", "min", "max", "helpd", "agee", "`x`"))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_wrong_kind_is_pointed_at(end):
    text = (HEAD + FACT + fact("yesno")).replace("\n", end)
    problem = problem_of(lambda: parse_vocabulary(text, "v.toml"))
    assert (problem.place.line, problem.place.column, problem.nearest) == (10, 8, "yes_no")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("holds", "line", "column"),
    [
        ('"helped or helpd"', 9, 20),
        ("'helped or helpd'", 9, 20),
        ("'''helped or helpd'''", 9, 22),
        ('"""helped or helpd"""', 9, 22),
        ('"""\nhelped or\n   helpd"""', 11, 4),
        ("'''helped or\n   helpd'''", 10, 4),
        ('"""\nhelpd"""', 10, 1),
    ],
)
def test_a_wrong_name_in_a_constraint_is_underlined(holds, line, column, end):
    text = (HEAD + FACT + "[[constraint]]\nholds = " + holds + '\nid = "c"\nbecause = "b"\n').replace("\n", end)
    problem = problem_of(lambda: parse_vocabulary(text, "v.toml"))
    assert (problem.place.line, problem.place.column) == (line, column)
    assert under_caret(problem) == "helpd"
    assert problem.nearest == "helped"


def test_a_wrong_name_after_an_escaped_quote_is_underlined():
    body = fact("one_of", "by", 'members = ["x", "y"]') + FACT + constraint('"by == \\"x\\" or helpd"')
    problem = problem_of(parsing(body))
    assert under_caret(problem) == "helpd" or "escape" in problem.message


def test_a_carriage_return_is_not_shown():
    text = (HEAD + FACT + constraint('"helpd"')).replace("\n", "\r\n")
    assert "\r" not in str(problem_of(lambda: parse_vocabulary(text, "v.toml")))


def test_a_mistake_in_the_toml_has_its_line_and_column():
    problem = problem_of(parsing(FACT + "x = = 1\n"))
    assert (problem.place.line, problem.place.column, under_caret(problem)) == (8, 5, "=")


def test_deep_nesting_has_a_line():
    assert problem_of(parsing("x = " + "[" * 100_000)).place.line


def test_a_small_vocabulary_is_read():
    assert len(parse_vocabulary(VOCABULARY_TEXT, "v.toml").facts) == 11


def test_windows_line_ends_read_the_same():
    assert parse_vocabulary(VOCABULARY_TEXT.replace("\n", "\r\n"), "v.toml") == parse_vocabulary(
        VOCABULARY_TEXT, "v.toml"
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (VOCABULARY_TEXT.encode("utf-16"), "UTF-8"),
        (VOCABULARY_TEXT.encode("utf-16-le"), "TOML"),
        ("# é\n".encode("latin-1"), "UTF-8"),
        (b"\xff\xfe", "UTF-8"),
        (b"\x00", "TOML"),
        (b"", "no [[fact]]"),
        (b"\x89PNG\r\n\x1a\n", "UTF-8"),
    ],
)
def test_a_file_of_another_encoding_is_refused(tmp_path, content, said):
    path = tmp_path / "v.toml"
    path.write_bytes(content)
    assert said in problem_of(lambda: read_vocabulary(path)).message


def test_the_line_of_a_wrong_byte_is_told(tmp_path):
    path = tmp_path / "v.toml"
    path.write_bytes(b"a = 1\nb = 2\nc = '\xe9'\n")
    assert problem_of(lambda: read_vocabulary(path)).place.line == 3


def test_a_byte_order_mark_is_taken_off(tmp_path):
    path = tmp_path / "v.toml"
    path.write_bytes(b"\xef\xbb\xbf" + VOCABULARY_TEXT.encode())
    assert read_vocabulary(path).id == "small"


def test_a_file_that_is_not_there_is_not_found(tmp_path):
    with pytest.raises(NotFound):
        read_vocabulary(tmp_path / "none.toml")


def test_a_folder_is_not_found(tmp_path):
    with pytest.raises(NotFound):
        read_vocabulary(tmp_path)


@pytest.mark.parametrize("name", ["file/v.toml", "a\x00b.toml", "x" * 5_000])
def test_a_path_that_cannot_be_is_not_found(tmp_path, name):
    (tmp_path / "file").write_text("")
    with pytest.raises((NotFound, Problems)):
        read_vocabulary(tmp_path / name)
