"""What the chain is made of: canonical payloads, salted commitments, hashes. No database, no clock.

    commitment  SHA-256(salt ‖ payload): salt 32 random bytes, payload its canonical JSON in UTF-8
    hash        SHA-256 of the canonical JSON of everything else in the entry, with the hash before it

Canonical JSON has sorted keys, no spaces and no floats. Once the salt is gone, a commitment says nothing about the
payload, not even to somebody who guesses it right.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from instead.office.ledger.errors import BadEntry

#: Hashed with every entry, so that another way of hashing can never be taken for this one.
FORMAT = "instead-ledger-1"
#: What the first entry has for the hash before it.
GENESIS = "0" * 64
#: The kind of the entries that say which payloads were erased.
ERASURE = "payloads erased"

_SALT_BYTES = 32
_KIND = re.compile(r"[a-z][a-z0-9 _.-]{0,79}", re.ASCII)
_MOST = 2**53 - 1  # beyond it, readers of JSON in other languages round


@dataclass(frozen=True, slots=True)
class Link:
    """Everything of an entry that its hash covers."""

    number: int
    id: UUID
    at: dt.datetime
    kind: str
    actor_id: UUID | None
    subject: UUID
    commitment: str
    previous: str

    def hash(self) -> str:
        """64 hexadecimal digits over all of it."""
        content = {
            "format": FORMAT,
            "number": self.number,
            "id": str(self.id),
            "at": moment(self.at),
            "kind": self.kind,
            "actor": None if self.actor_id is None else str(self.actor_id),
            "subject": str(self.subject),
            "commitment": self.commitment,
            "previous": self.previous,
        }
        return hashlib.sha256(_dumps(content).encode()).hexdigest()


def new_salt() -> bytes:
    """32 random bytes."""
    return secrets.token_bytes(_SALT_BYTES)


def commitment(salt: bytes, payload: str) -> str:
    """64 hexadecimal digits over salt and payload; the salt has a fixed length, so the seam cannot move."""
    return hashlib.sha256(salt + payload.encode()).hexdigest()


def moment(at: dt.datetime) -> str:
    """A moment in one spelling: in UTC, with six digits after the second."""
    if at.tzinfo is None:
        raise BadEntry("a moment in the ledger needs its time zone")
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")


def checked_kind(kind: str) -> str:
    """The kind, when it is one: a few plain words that can hold no name of a person."""
    if not _KIND.fullmatch(kind):
        raise BadEntry("a kind of entry is at most 80 small letters, digits, spaces, `_`, `-` and `.`")
    return kind


def canonical(payload: Mapping[str, object]) -> str:
    """The one spelling of a payload as JSON. Ids, dates and moments with a zone become text; floats are refused."""
    return _dumps(_plain(payload, "payload"))


def _dumps(content: object) -> str:
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _plain(value: object, where: str) -> object:
    """``value`` in the types of JSON. ``where`` leads to it in a message; what stands there is never quoted."""
    match value:
        case None | bool():
            return value
        case int() if abs(value) <= _MOST:
            return int(value)
        case int():
            raise BadEntry(f"{where}: a whole number beyond 2⁵³ is written as text")
        case str():
            return _text(value, where)
        case UUID():
            return str(value)
        case dt.datetime():
            return moment(value)
        case dt.date():
            return value.isoformat()
        case Mapping():
            return {_key(key, where): _plain(item, f"{where}.{key}") for key, item in value.items()}
        case list() | tuple():
            return [_plain(item, f"{where}[{index}]") for index, item in enumerate(value)]
    more = "; write an amount as a whole number of its smallest unit" if isinstance(value, float) else ""
    raise BadEntry(f"{where}: a {type(value).__name__} cannot be written in the ledger{more}")


def _key(key: object, where: str) -> str:
    if not isinstance(key, str):
        raise BadEntry(f"{where}: a key is text, not {type(key).__name__}")
    return _text(key, where)


def _text(value: str, where: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise BadEntry(f"{where}: half a character (a lone surrogate) cannot be written in UTF-8") from None
    return str.__str__(value)
