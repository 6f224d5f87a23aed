"""The documentation is complete and true: nothing is without a page, links lead somewhere, and examples run."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import click
import polars as pl
import pytest

from instead.cli.main import cli
from instead.facts.vocabulary import KINDS, Fact
from instead.facts.vocabulary_file import _CONSTRAINT_KEYS, _FACT_KEYS, read_vocabulary
from instead.library import BUILT_IN, Library
from instead.policy import blocks, promises
from instead.policy.check import check
from instead.policy.document import BLOCKS
from instead.policy.fields import Fields
from instead.policy.load import parse_policy
from instead.policy.model import OUTCOMES, Policy
from instead.policy.open import open_policy, open_vocabulary
from instead.records.source_map_reader import KEYS as SOURCE_KEYS
from instead.replay.assumed import screen_assumed
from instead.replay.cases import open_cases
from instead.replay.screening import screen
from instead.statutes.book import CHARGE_KINDS
from instead.statutes.book_file import _ENTRY_KEYS, _SPELLING_KEYS
from instead.statutes.book_file import _TOP_KEYS as BOOK_KEYS
from instead.toml_text import parse as parse_toml

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def _transcripts() -> ModuleType:
    spec = importlib.util.spec_from_file_location("transcripts", ROOT / "tools" / "transcripts.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["transcripts"] = module
    spec.loader.exec_module(module)
    return module


transcripts = _transcripts()


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def named(name: str, text: str) -> bool:
    """Whether a page names something as code: alone in backticks or with something after it."""
    return re.search(rf"`[^`\n]*(?<![\w-]){re.escape(name)}(?![\w-])[^`\n]*`", text) is not None


def prose(text: str) -> str:
    """A page without its fenced blocks."""
    lines = text.split("\n")
    for fence in reversed(list(transcripts.fences(lines))):
        del lines[fence.first - 1 : fence.end + 1]
    return "\n".join(lines)


def section(text: str, heading: str) -> str:
    """The part of a page below a heading, up to the next one of its level or above."""
    start = text.index(f"\n{heading}\n") + 1
    level = len(heading.split(" ")[0])
    following = re.search(rf"\n#{{1,{level}}} ", text[start + len(heading) :])
    return text[start : start + len(heading) + following.start()] if following else text[start:]


COMMANDS: dict[str, click.Command] = dict(cli.commands)
#: A command of commands has one page for all of them.
OPTIONS = [
    (name, option)
    for name, group in COMMANDS.items()
    for command in (group, *(group.commands.values() if isinstance(group, click.Group) else ()))
    for parameter in command.params
    if isinstance(parameter, click.Option)
    for option in parameter.opts
]
DRUG_CASES = read_vocabulary(BUILT_IN / "vocabularies" / "drug-cases.toml")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_page_and_is_in_the_index(name: str) -> None:
    assert f"`instead {name}`" in page("index.md")
    assert f"instead {name}" in page(f"commands/{name}.md")


@pytest.mark.parametrize(("command", "option"), OPTIONS)
def test_every_option_is_explained_on_the_page_of_its_command(command: str, option: str) -> None:
    rows = [line for line in page(f"commands/{command}.md").split("\n") if line.startswith("|")]
    assert any(named(option, row.split("|")[1]) for row in rows), f"instead {command} {option} has no row"


def test_pages_of_commands_name_no_option_that_is_not_there() -> None:
    for name in COMMANDS:
        known = {option for command, option in OPTIONS if command == name} | {"--help", "--assume", "--source"}
        table = [line for line in page(f"commands/{name}.md").split("\n") if line.startswith("| `--")]
        assert {re.findall(r"--[a-z-]+", row)[0] for row in table} <= known


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_tells_its_exit_codes(name: str) -> None:
    codes = section(page(f"commands/{name}.md"), "## Exit codes")
    assert all(f"| {code} |" in codes for code in (0, 2, 130))


def _row(fact: Fact) -> str:
    kind = {
        "yes_no": "yes or no",
        "one_of": "one of " + ", ".join(f"`{member}`" for member in fact.members),
        "date": f"date, {fact.show(fact.low)} to {fact.show(fact.high)}",
        "amount": f"amount in {fact.unit}, {fact.show(fact.low)} to {fact.show(fact.high)}",
        "whole_number": f"whole number, {fact.low:,} to {fact.high:,}",
    }[fact.kind]
    return f"| `{fact.name}` | {fact.question} | {kind} | {', '.join(fact.who)} |"


def test_the_table_of_facts_is_the_vocabulary() -> None:
    table = section(page("vocabulary.md"), "## Every fact of drug-cases")
    rows = [line for line in table.split("\n") if line.startswith("| `")]
    assert rows == [_row(fact) for fact in DRUG_CASES.facts.values()]


def test_the_table_of_constraints_is_the_vocabulary() -> None:
    table = section(page("vocabulary.md"), "## What must hold between them")
    rows = [line for line in table.split("\n") if line.startswith("| `")]
    assert rows == [f"| `{c.id}` | {c.because} |" for c in DRUG_CASES.constraints]


@pytest.mark.parametrize("key", [*_FACT_KEYS, *_CONSTRAINT_KEYS, *KINDS])
def test_every_key_and_kind_of_a_vocabulary_is_explained(key: str) -> None:
    assert named(key, section(prose(page("vocabulary.md")), "## The file"))


def test_the_vocabulary_on_its_page_can_be_read(tmp_path: Path) -> None:
    files = _write_files("vocabulary.md", tmp_path)
    assert read_vocabulary(tmp_path / files[0]).constraints


def _written_blocks() -> dict[str, list[str]]:
    """The fenced blocks of the page about the language, by kind, those inside longer fences apart."""
    lines = page("policy-language.md").split("\n")
    found: dict[str, list[str]] = {kind: [] for kind in (*BLOCKS, "toml frontmatter")}
    for fence in transcripts.fences(lines):
        if fence.info in found:
            found[fence.info].append("\n".join(lines[fence.first : fence.end]))
    return found


def _policy_on_page() -> Policy:
    written = _written_blocks()
    (front,) = written.pop("toml frontmatter")
    fenced = [f"```{kind}\n{text}\n```" for kind, texts in written.items() for text in texts]
    text = "\n\n".join([f"+++\n{front}\n+++", *fenced])
    return parse_policy(text, "page.md", lambda name: open_vocabulary(name, Library()))


def test_the_blocks_on_the_page_are_a_policy_whose_examples_are_right() -> None:
    report = check(_policy_on_page())
    assert not report.failures
    assert not report.warnings
    assert {promise.kind for promise in report.policy.promises} == set(promises.KINDS)
    assert {rule.outcome for rule in report.policy.rules} == set(OUTCOMES)


def _keys_asked_for(kind: str) -> set[str]:
    """The keys that the reader of a block knows, found by letting it read every block of that kind on the page."""
    policy = _policy_on_page()
    known: set[str] = set()
    for text in _written_blocks()[kind]:
        toml = parse_toml(text, "page.md")
        fields = Fields(toml, kind, 1, tuple(text.split("\n")), [])
        block = blocks.Block(kind, toml, "", 1)
        scope = blocks.Scope(policy.vocabulary.facts, dict(policy.parameters))
        if kind == "rule":
            blocks.read_rule(fields, block, scope)
        elif kind == "parameter":
            blocks.read_parameter(fields, policy.vocabulary)
        elif kind == "track":
            blocks.read_track(fields, block, dict(policy.parameters))
        elif kind == "example":
            blocks.read_example(fields, block, policy.vocabulary)
        else:
            promises.read_promise(fields, block, scope)
        known |= set(fields.known)
    return known


@pytest.mark.parametrize("kind", BLOCKS)
def test_the_table_of_a_block_has_every_key_and_no_other(kind: str) -> None:
    table = section(page("policy-language.md"), f"### {kind}")
    rows = [line.split("|")[1] for line in table.split("\n") if line.startswith("| `")]
    assert {key for row in rows for key in re.findall(r"`(\w+)`", row)} == _keys_asked_for(kind)


@pytest.mark.parametrize("key", ["title", "office", "version", "effective", "vocabulary", "summary"])
def test_every_key_of_the_front_matter_is_explained(key: str) -> None:
    assert f"| `{key}` |" in section(page("policy-language.md"), "## Front matter")


@pytest.mark.parametrize("word", [*OUTCOMES, "needs_facts", *blocks.CONDITIONS, *blocks.PLEAS, *KINDS, *promises.KINDS])
def test_every_word_of_the_language_is_explained(word: str) -> None:
    assert named(word, prose(page("policy-language.md")))


@pytest.mark.parametrize(("table", "key"), [(table, key) for table, keys in SOURCE_KEYS.items() for key in keys])
def test_every_key_of_a_source_map_is_explained(table: str, key: str) -> None:
    text = prose(page("source-maps.md"))
    shown = f"[{table}]"
    assert not table or named(shown, text) or shown in text
    assert named(key, text) or f"[{key}]" in text


@pytest.mark.parametrize("key", [*BOOK_KEYS, *_SPELLING_KEYS, *_ENTRY_KEYS, *sorted(CHARGE_KINDS)])
def test_every_key_of_a_statute_book_and_kind_of_charge_is_explained(key: str) -> None:
    text = prose(page("statute-books.md"))
    assert named(key, text) or f"[{key}]" in text


@pytest.mark.parametrize(
    "name", [name for shelf in ("policies", "sources", "statutes", "vocabularies") for name in Library().names(shelf)]
)
def test_everything_in_the_library_is_in_the_index(name: str) -> None:
    assert named(name, section(page("index.md"), "## What is in the library"))


def test_the_results_have_every_policy_on_every_source() -> None:
    text = page("results.md")
    for source in Library().names("sources"):
        part = section(text, f"## {source}")
        assert "may not be concluded" in part
        assert re.findall(r"^\| `([\w-]+)` \|", part, re.MULTILINE) == Library().names("policies")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_in_the_index(name: str) -> None:
    assert name == "index.md" or f"]({name})" in page("index.md")


def _anchors(text: str) -> set[str]:
    headings = re.findall(r"^#{1,6} (.+)$", prose(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(name: str) -> None:
    for target in _LINK.findall(prose(page(name))):
        if "://" in target:
            continue
        file, _, anchor = target.partition("#")
        path = (DOCS / name).parent / file if file else DOCS / name
        assert path.is_file(), f"{name} links to {target}"
        assert not anchor or anchor in _anchors(path.read_text(encoding="utf-8")), f"{name} links to {target}"


@pytest.mark.parametrize("name", PAGES)
def test_no_page_names_a_folder_of_some_machine(name: str) -> None:
    assert not re.search(r"(?<![\w.])/(work|tmp|home|root|usr|var|Users)/", page(name))


def test_every_term_of_the_glossary_is_there_once() -> None:
    terms = re.findall(r"^\| \*\*([^*]+)\*\* \|", page("glossary.md"), re.MULTILINE)
    assert len(terms) > 80
    assert len(terms) == len(set(terms))


def _write_files(name: str, folder: Path) -> list[str]:
    files: dict[str, str] = transcripts.shown_files(page(name).split("\n"))
    for file, content in files.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return list(files)


def test_the_small_court_on_the_page_comes_out_as_the_page_says(tmp_path: Path) -> None:
    _write_files("source-maps.md", tmp_path)
    library = Library(tmp_path / "library")
    policy = open_policy(str(tmp_path / "four-rules.md"), library)
    cases = open_cases(tmp_path / "rivertown", "rivertown", policy.vocabulary, library, assume=True)
    facts = cases.facts.collect()
    assumed = screen_assumed(policy, cases)
    assert assumed is not None
    on_facts = screen(policy, facts).rows(facts).select("case_id", "outcome")
    if_assumed = assumed.screening.rows(assumed.facts).select("case_id", pl.col("outcome").alias("assumed_outcome"))
    found = on_facts.join(if_assumed, on="case_id").sort("case_id")
    assert found.rows() == pl.read_csv(tmp_path / "expected.csv").rows()
    for file in cases.files:
        assert file.rows_in == file.used + file.merged.height + file.set_aside.height


@pytest.mark.slow
def test_every_transcript_is_true() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "transcripts.py")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"renew with `python tools/transcripts.py --renew`:\n{done.stderr}"
