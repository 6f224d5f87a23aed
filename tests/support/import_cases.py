"""Cases through the library's own maps, and questions about them in one word."""

import functools
from pathlib import Path

import polars as pl
import pytest

from instead.library import Library
from instead.policy.open import open_policy, open_vocabulary
from instead.replay.cases import open_cases

SHARED = Path(__file__).parents[2].parent / "shared/data"
LIBRARY = Library()


@functools.cache
def vocabulary():
    return open_vocabulary("drug-cases", LIBRARY)


@functools.cache
def policy(name="treatment-instead"):
    return open_policy(name, LIBRARY)


def cases_of(data, source=None, *, assume=False, library=LIBRARY):
    """The cases of some files, or of a table of facts."""
    return open_cases(Path(data), source, vocabulary(), library, assume=assume)


def facts_of(data, source=None, **more):
    """The table of facts, by case_id."""
    return cases_of(data, source, **more).facts.collect().sort("case_id", nulls_last=True)


def one(data, source, *names, **more):
    """The named facts of the only case: a value, or a tuple of them."""
    frame = facts_of(data, source, **more)
    assert frame.height == 1
    values = tuple(frame[name][0] for name in names)
    return values[0] if len(names) == 1 else values


def accounts(cases):
    """For each file: rows in, used, merged, set aside."""
    return {f.file: (f.rows_in, f.used, f.merged.height, f.set_aside.height) for f in cases.files}


def reasons(cases, file=0):
    """Why rows of a file were set aside."""
    return [reason.reason for reason in cases.files[file].reasons()]


def noted(cases, fact):
    """How many values of a fact became unknown, over all reasons."""
    return sum(count for (name, _), count in cases.notes.counts.items() if name == fact)


def assert_every_row_is_in_one_account(cases):
    """No row is in two accounts, none is left out, none is unnumbered."""
    for file in cases.files:
        merged, aside = file.merged["row"], file.set_aside["row"]
        numbers = pl.concat([merged, aside])
        assert numbers.null_count() == 0 and numbers.is_unique().all()
        assert numbers.is_between(1, file.rows_in).all()
        assert file.used >= 0


def shared(folder):
    """A folder of real records; the test is skipped where it is not there."""
    path = SHARED / folder
    if not path.exists():
        pytest.skip(f"the real records are not here: {path}")
    return path
