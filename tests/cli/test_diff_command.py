"""``diff``: the documents, and the cases that are decided differently."""

import pytest

from support.command_line import done, refused
from support.court_files import report, reports_jsonl


@pytest.fixture
def arrests(tmp_path):
    return reports_jsonl(tmp_path, [report(1), report(2)])


def test_a_policy_and_itself():
    said = done("diff", "treatment-instead", "treatment-instead", "--json").json
    assert said["documents"] == [] and said["old"] == said["new"]


def test_the_documents_alone():
    said = done("diff", "cannabis-only", "treatment-instead", "--json").json
    assert set(said) == {"old", "new", "documents"} and any("is new" in sentence for sentence in said["documents"])


def test_the_other_way_round_what_was_new_is_gone():
    one, other = (
        done("diff", *pair, "--json").json["documents"]
        for pair in (("cannabis-only", "three-grams"), ("three-grams", "cannabis-only"))
    )
    assert sum("is new" in s for s in one) == sum("is gone" in s for s in other)


def test_the_cases(arrests):
    said = done(
        "diff", "cannabis-only", "treatment-instead", "--cases", arrests, "--source", "arrest-reports", "--json"
    ).json
    assert said["cases"] == 2 and {"documents", "changed", "changes", "rows_in", "files"} <= set(said)


@pytest.mark.parametrize("extra", [("--source", "arrest-reports"), ("--out", "x.csv")])
def test_what_needs_cases(extra):
    assert "--cases" in refused("diff", "cannabis-only", "treatment-instead", *extra)


def test_in_words(arrests):
    out = done("diff", "cannabis-only", "treatment-instead", "--cases", arrests, "--source", "arrest-reports").out
    assert "Decided differently" in out and " of 2 " in out
