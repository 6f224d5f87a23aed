"""Mistakes in a source map: every kind told in words, with the place."""

import pytest

from support.command_line import done, refused

MAP = r"""id = "own"
title = "Own"
vocabulary = "drug-cases"
statutes = "pennsylvania"
dates = ["%Y-%m-%d"]
cannot_answer = ["Much"]

[[table]]
name = "cases"
files = ["c.csv"]

[[table]]
name = "drugs"
files = ["d.csv"]
optional = true

[case]
table = "cases"
id = ["number"]
pattern = '[A-Z]\d'

[charges]
table = "cases"
case = ["number"]
pattern = '[A-Z]\d'
citation = "{statute}"
grade = "grade"

[drugs]
table = "drugs"
case = ["number"]
drug = "drug"
quantity = "much"
unit = "unit"
names = { pot = "cannabis" }
units = { g = "g", bags = "" }

[[fact]]
name = "age"
column = "age"

[[fact]]
name = "booked"
column = "booked"
values = { "1" = true, "0" = false }

[attributes]
race = "race"

[[assume]]
fact = "overdose_call_only"
value = false
because = "Nobody knows."
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "c.csv").write_text("number,statute,grade,age,booked,race\nA1,35 § 780-113 §§ A16,M,20,1,W\n")
    (tmp_path / "d.csv").write_text("number,drug,much,unit\nA1,pot,5,g\n")
    return tmp_path


def told(folder, old, new):
    assert old in MAP
    path = folder / "own.toml"
    path.write_text(MAP.replace(old, new, 1), encoding="utf-8")
    return refused("screen", "treatment-instead", folder, "--source", path)


def test_the_map_without_a_mistake(folder):
    (folder / "own.toml").write_text(MAP)
    said = done("screen", "treatment-instead", folder, "--source", folder / "own.toml", "--json").json
    assert said["cases"] == 1 and said["rows_in"] == 2


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('id = "own"', "", "id"),
        ("vocabulary =", "vocabularies =", "did you mean: vocabulary"),
        ('"drug-cases"', '"drug-case"', "did you mean drug-cases"),
        ('"pennsylvania"', '"pensylvania"', "did you mean pennsylvania"),
        ('table = "cases"', 'table = "case"', "did you mean: cases"),
        ('table = "drugs"', 'table = "drug"', "did you mean: drugs"),
        ('name = "age"', 'name = "agee"', "did you mean: age"),
        ('column = "age"', 'column = "agee"', "did you mean: age"),
        ('column = "age"', "", "column"),
        ('id = ["number"]', 'id = ["numbr"]', "did you mean: number"),
        ('id = ["number"]', "", "id"),
        ('"{statute}"', '"{statutes}"', "did you mean: statute"),
        ('grade = "grade"', 'grade = "grades"', "did you mean: grade"),
        ('grade = "grade"', 'grades = "grade"', "did you mean: grade"),
        ("pattern = '[A-Z]", "pattern = '[A-Z", "regular expression"),
        ('g = "g"', 'g = "gallon"', "gallon"),
        ('"0" = false', '"0" = "no"', "booked"),
        ("value = false", 'value = "no"', "overdose_call_only"),
        ("value = false", "", "assumption"),
        ('because = "Nobody knows."', "", "because"),
        ('fact = "overdose_call_only"', 'fact = "overdose"', "overdose"),
        ('files = ["c.csv"]', 'files = ["c.csv"]\nencoding = "utf-99"', "utf-99"),
        ('files = ["c.csv"]', 'files = ["c.csv"]\ndelimiter = ",,"', "delimiter"),
        ("[case]", "[caes]", "did you mean: case"),
    ],
)
def test_a_mistake_is_told_with_what_would_be_right(folder, old, new, word):
    assert word in told(folder, old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[[table]]", "[table]"),
        ("[case]", "[[case]]"),
        ("[charges]", "[[charges]]"),
        ("[drugs]", "[[drugs]]"),
        ('[[fact]]\nname = "booked"', '[[other]]\nname = "booked"'),
        ("[attributes]", "[[attributes]]"),
        ('dates = ["%Y-%m-%d"]', "dates = 5"),
        ('dates = ["%Y-%m-%d"]', 'dates = "%Y-%m-%d"'),
        ('dates = ["%Y-%m-%d"]', "dates = [5]"),
        ('cannot_answer = ["Much"]', "cannot_answer = 5"),
        ('names = { pot = "cannabis" }', "names = 5"),
        ('units = { g = "g", bags = "" }', "units = 5"),
        ('files = ["c.csv"]', "files = [5]"),
        ('files = ["c.csv"]', 'files = ["c.csv"]\noptional = "no"'),
        ('id = ["number"]', "id = 5"),
        ('values = { "1" = true, "0" = false }', "values = 5"),
        ('citation = "{statute}"', "citation = 5"),
        ("[attributes]\n", "[attributes]\nsex = 5\n"),
    ],
)
def test_a_value_of_the_wrong_type(folder, old, new):
    assert told(folder, old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('pot = "cannabis"', 'pot = "canabis"'),
        ('citation = "{statute}"', 'citation = "statute"'),
        ("pattern = '[A-Z]", "pattern = '(?!B)[A-Z]"),
        ("pattern = '[A-Z]", "remove = '(?<=A)'\npattern = '[A-Z]"),
        ('dates = ["%Y-%m-%d"]', 'dates = ["%Q"]'),
        ('dates = ["%Y-%m-%d"]', 'dates = ["YYYY-MM-DD"]'),
        ('dates = ["%Y-%m-%d"]', "dates = []"),
        ('files = ["c.csv"]', 'files = ["c.csv"]\nencoding = "hex"'),
        ('files = ["c.csv"]', 'files = ["c.csv"]\nencoding = "idna"'),
        ('files = ["c.csv"]', 'files = ["c.csv"]\ndelimiter = "\\n"'),
        ('files = ["c.csv"]', "files = ['c.csv']\ndelimiter = '\"'"),
        ('files = ["c.csv"]', 'files = ["c.csv"]\nlist = { of = "nothing", name = "x" }'),
        ('name = "drugs"', 'name = "cases"'),
        ('column = "age"', 'column = "age"\nunit = "furlong"'),
        ('values = { "1" = true, "0" = false }', "values = {}"),
        ('race = "race"', 'race = "raec"'),
    ],
)
def test_what_cannot_be_meant(folder, old, new):
    assert told(folder, old, new)


def test_every_mistake_is_told_at_once(folder):
    path = folder / "own.toml"
    path.write_text(MAP.replace('id = "own"', "").replace('"cases"\nid', '"caess"\nid').replace('g = "g"', 'g = "x"'))
    words = refused("screen", "treatment-instead", folder, "--source", path)
    assert all(word in words for word in ("`id` is missing", "caess", "'x'"))


def test_a_mistake_names_its_line(folder):
    assert "own.toml, line 18" in told(folder, 'table = "cases"\nid', 'table = "caess"\nid')


@pytest.mark.parametrize("content", [b"", b"=", b"\xff\xfe", b"[case", b'id = "x', b"\0", b"a = 1\na = 2\n"])
def test_no_map_at_all(folder, content):
    (folder / "own.toml").write_bytes(content)
    refused("screen", "treatment-instead", folder, "--source", folder / "own.toml")


@pytest.mark.parametrize("table", ["d.csv"])
def test_an_optional_table_that_is_not_there(folder, table):
    (folder / table).unlink()
    (folder / "own.toml").write_text(MAP)
    done("screen", "treatment-instead", folder, "--source", folder / "own.toml")


@pytest.mark.parametrize(
    "more",
    [
        '[[fact]]\nname = "prior_cases"\ntable = "drugs"\ncolumn = "much"\n',
        '[[correct]]\ntable = "drugs"\ncolumn = "much"\nwhere = { unit = "g" }\ndivide = 10\nbecause = "B."\n',
    ],
    ids=["fact", "correction"],
)
def test_an_optional_table_that_something_is_read_from(folder, more):
    (folder / "d.csv").unlink()
    (folder / "own.toml").write_text(MAP + more)
    done("screen", "treatment-instead", folder, "--source", folder / "own.toml")


WARRANTS = """
[[table]]
name = "warrants"
files = ["w.csv"]

[warrants]
table = "warrants"
case = ["number"]
kind = "kind"
issued = "issued"
names = { BW = "bench" }
"""


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('BW = "bench"', 'BW = "bensh"', "did you mean: bench"),
        ('kind = "kind"', 'kind = "kinds"', "did you mean: kind"),
        ('kind = "kind"', "", "`kind` is missing"),
        ('issued = "issued"', 'issud = "issued"', "did you mean: issued"),
        ('table = "warrants"', 'table = "warrents"', "did you mean: warrants"),
        ('names = { BW = "bench" }', "names = 5", "names"),
    ],
)
def test_a_mistake_about_warrants(folder, old, new, word):
    (folder / "w.csv").write_text("number,kind,issued\nA1,BW,2019-05-04\n")
    path = folder / "own.toml"
    assert old in WARRANTS
    path.write_text(MAP + WARRANTS.replace(old, new, 1), encoding="utf-8")
    assert word in refused("screen", "treatment-instead", folder, "--source", path)
