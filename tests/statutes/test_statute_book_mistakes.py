"""Mistakes in a statute book: all told at once, none with a traceback."""

import pytest

from instead.errors import Problems
from instead.statutes.book_file import parse_book

GOOD = r"""
id = "x"
title = "X"
version = "1"
effective = "2000-01-01"
[spelling]
split = "parentheses"
patterns = ['(?P<section>\d+)(?P<sub>\(.*)?']
[grades]
felony = ["F"]
misdemeanor = ["M"]
[[entry]]
cites = ["1(a)"]
kinds = ["possession"]
label = "L"
source = "S"
"""


def told(text):
    with pytest.raises(Problems) as caught:
        parse_book(text, "book.toml")
    return str(caught.value)


def test_the_good_book_is_good():
    assert parse_book(GOOD, "book.toml").classify("1(a)").kinds == {"possession"}


def test_a_misspelt_kind_names_the_nearest():
    assert "possession" in told(GOOD.replace('["possession"]', '["posession"]'))


def test_a_misspelt_key_names_the_nearest():
    assert "did you mean: label" in told(GOOD.replace("label =", "lable ="))


def test_every_mistake_is_told_at_once():
    text = GOOD.replace("kinds =", "kind =").replace("source =", "sauce =").replace('"1(a)"', '"one"')
    words = told(text)
    assert all(word in words for word in ("`kind`", "`sauce`", "'one'"))


def test_a_mistake_names_its_line():
    assert "book.toml, line 14" in told(GOOD.replace('["possession"]', '["posession"]'))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('split = "parentheses"', 'split = "commas"'),
        ('split = "parentheses"', ""),
        ("patterns =", "ignore ="),
        (r"(?P<section>\d+)", "(?P<section>"),
        ("<section>", "<sectoin>"),
        ("'(?P<section>", "'(?P<section>(((("),
        ('cites = ["1(a)"]', ""),
        ('cites = ["1(a)"]', 'cites = ["1(a)", "1(a)"]'),
        ('cites = ["1(a)"]', 'from = "9"\nto = "2"'),
        ('cites = ["1(a)"]', 'from = "a"\nto = "b"'),
        ('kinds = ["possession"]', "unknown = false"),
        ('kinds = ["possession"]', 'kinds = ["possession"]\nunknown = true'),
        ('kinds = ["possession"]', 'kinds = ["possession"]\nsince = "yesterday"'),
        ('kinds = ["possession"]', 'kinds = ["possession"]\nsince = "2019-02-30"'),
        ('kinds = ["possession"]', 'kinds = ["possession"]\ngrades = ["felonious"]'),
    ],
)
def test_one_mistake(old, new):
    assert old in GOOD and told(GOOD.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[spelling]", "[[spelling]]"),
        ("[grades]", "[[grades]]"),
        ("[[entry]]", "[entry]"),
        ('felony = ["F"]', "felony = 5"),
        ('cites = ["1(a)"]', "cites = [5]"),
        ('cites = ["1(a)"]', "cites = 5"),
        ('cites = ["1(a)"]', 'cites = "1(a)"'),
        ('kinds = ["possession"]', "kinds = 5"),
        ('kinds = ["possession"]', 'kinds = [["possession"]]'),
        ('kinds = ["possession"]', 'kinds = ["possession"]\ngrades = 5'),
        ("patterns = [", "patterns = [5, "),
        ('split = "parentheses"', 'split = "parentheses"\nignore = 5'),
        ('split = "parentheses"', 'split = ["parentheses"]'),
    ],
)
def test_a_value_of_the_wrong_type(old, new):
    assert old in GOOD and told(GOOD.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('kinds = ["possession"]', "kinds = []"),
        ('kinds = ["possession"]', 'kinds = ["possession"]\nsince = "2020-01-01"\nuntil = "2019-01-01"'),
        ('misdemeanor = ["M"]', 'misdemeanor = ["M", "F"]'),
        ('id = "x"', ""),
        ('version = "1"', ""),
        ('cites = ["1(a)"]', 'cites = ["1(a)"]\nfrom = "1"\nto = "2"'),
        ('cites = ["1(a)"]', "cites = []"),
    ],
)
def test_what_cannot_be_meant(old, new):
    assert old in GOOD and told(GOOD.replace(old, new))


def test_two_entries_for_one_citation():
    assert "two entries" in told(GOOD + GOOD[GOOD.index("[[entry]]") :])


def test_two_entries_that_follow_each_other_in_time_are_right():
    entry = GOOD[GOOD.index("[[entry]]") :]
    text = GOOD.replace('source = "S"', 'source = "S"\nuntil = 2020-01-01') + entry + "since = 2020-01-01\n"
    assert parse_book(text, "book.toml").classify("1(a)").kinds == {"possession"}


@pytest.mark.parametrize("text", ["", "=", "[", "id = ", 'id = "x', "\ufffd", "a = 1\na = 2"])
def test_no_book_at_all(text):
    assert told(text)
