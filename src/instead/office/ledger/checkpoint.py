"""Checkpoints: small files, kept elsewhere, that say how far the ledger went and with which hash.

A chain alone cannot show that its tail was cut off, nor that all of it was written anew. A checkpoint can.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from pathlib import Path

from instead.errors import BadData, Place, Problem, shown
from instead.office.ledger.chain import FORMAT, GENESIS
from instead.office.ledger.findings import Report

_KEYS = ("format", "number", "hash", "at", "count")
_LONGEST = 2_000
_MOST = 2**63 - 1
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The last entry's number and hash when ``count`` entries were there, and when that was."""

    number: int
    hash: str
    at: dt.datetime
    count: int

    def text(self) -> str:
        """The content of the file."""
        at = self.at.astimezone(dt.UTC).isoformat(timespec="seconds")
        content = {"format": FORMAT, "number": self.number, "hash": self.hash, "at": at, "count": self.count}
        return json.dumps(content, indent=2) + "\n"


def checkpoint_of(report: Report, at: dt.datetime) -> Checkpoint:
    """A checkpoint of a ledger that was found whole at ``at``."""
    if not report.whole:
        raise ValueError("a ledger that is not whole has no checkpoint")
    return Checkpoint(report.number, report.hash, at, report.entries)


def read_checkpoint(path: Path) -> Checkpoint:
    """Read a checkpoint file; everything that is wrong with it at once."""
    try:
        with path.open(encoding="utf-8") as file:
            content = json.loads(file.read(_LONGEST))
    except OSError as error:
        raise _bad(path, f"cannot be read: {error.strerror or error}") from None
    except (ValueError, RecursionError):
        raise _bad(path, "is no checkpoint: not a small JSON file in UTF-8") from None
    if not isinstance(content, dict):
        raise _bad(path, "is no checkpoint: not a JSON object")
    problems = _problems(content)
    if problems:
        raise _bad(path, *problems)
    return Checkpoint(content["number"], content["hash"], _moment(content["at"]), content["count"])


def _bad(path: Path, *messages: str) -> BadData:
    return BadData(Problem(message, Place(str(path)[:300])) for message in messages)


def _problems(content: dict[str, object]) -> list[str]:
    if content.get("format") != FORMAT:
        return [f"is no checkpoint of this ledger: `format` is {shown(content.get('format'))}, expected {FORMAT!r}"]
    found = [f"`{key}` is missing" for key in _KEYS if key not in content]
    found += [f"{shown(key)} is no key of a checkpoint" for key in content if key not in _KEYS]
    if found:
        return found
    number, digest = content["number"], content["hash"]
    if type(number) is not int or not 0 <= number <= _MOST:
        found.append(f"`number` is {shown(number)}, expected a whole number from 0")
    elif content["count"] != number:
        found.append(
            f"`count` is {shown(content['count'])}, but a whole ledger up to number {number} has as many entries"
        )
    if not isinstance(digest, str) or not _HASH.fullmatch(digest) or (number == 0 and digest != GENESIS):
        found.append(f"`hash` is {shown(digest)}, expected 64 hexadecimal digits")
    if not _is_moment(content["at"]):
        found.append(f"`at` is {shown(content['at'])}, expected a moment with its time zone")
    return found


def _moment(text: object) -> dt.datetime:
    at = dt.datetime.fromisoformat(str(text))
    if at.tzinfo is None:
        raise ValueError("no time zone")
    return at.astimezone(dt.UTC)


def _is_moment(text: object) -> bool:
    try:
        return bool(_moment(text))
    except (ValueError, OverflowError):
        return False
