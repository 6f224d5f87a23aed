"""Opening a policy by name or path, with its vocabulary."""

from __future__ import annotations

from pathlib import Path

from instead.facts.vocabulary import Vocabulary
from instead.facts.vocabulary_file import read_vocabulary
from instead.library import Library
from instead.policy.load import read_policy
from instead.policy.model import Policy


def open_policy(name: str, library: Library) -> Policy:
    """The policy of a library name or a path to a Markdown file."""
    path = library.find("policies", name)
    return read_policy(path, lambda vocabulary: open_vocabulary(vocabulary, library, asked_by=path))


def open_vocabulary(name: str, library: Library, *, asked_by: Path | None = None) -> Vocabulary:
    """The vocabulary of a library name or a path."""
    return read_vocabulary(library.find("vocabularies", name, asked_by=asked_by))
