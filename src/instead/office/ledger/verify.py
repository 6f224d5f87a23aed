"""Is the ledger whole? The chain is walked once, from the first entry to the head, and every hash computed anew.

A chain alone shows that something inside was changed, taken out or put in. That its tail was cut off, or that all of
it was written anew, only a checkpoint shows that was kept elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from uuid import UUID

from django.db.models import Exists, OuterRef

from instead.office.ledger import chain
from instead.office.ledger.checkpoint import Checkpoint
from instead.office.ledger.findings import MOST_TOLD, Findings, Kind, Report
from instead.office.ledger.marks import Marks
from instead.office.ledger.models import Entry, Head, Payload
from instead.office.ledger.rows import Row, Unreadable, batches, unmoving_view

_NEAR = 50  # a changed number is looked for so far on either side
_AT_ONCE = 500  # ids in one statement


def _say_nothing(_entries: int) -> None:
    pass


def verify(against: Checkpoint | None = None, *, progress: Callable[[int], None] = _say_nothing) -> Report:
    """Walk the whole chain. ``progress`` is told how many entries were walked."""
    with unmoving_view():
        walk = _Walk(against)
        for batch in batches():
            for row in batch:
                walk.step(row)
            progress(walk.entries)
        walk.finish()
    told = walk.findings
    return Report(walk.entries, walk.erased, walk.number, walk.hash or "", told.found, tuple(told.told))


class _Walk:
    """What is known so far: the entry before, and which payloads are not there or were erased."""

    def __init__(self, against: Checkpoint | None) -> None:
        limit = 2 * Entry.objects.count() + _NEAR
        self.findings = Findings()
        self.entries = self.erased = self.number = 0
        self.hash: str | None = chain.GENESIS  # None where the entry before cannot be read
        self.against = against
        self._against_hash = chain.GENESIS if against is not None and against.number == 0 else None
        self._gone, self._said_gone = Marks(limit), Marks(limit)

    def step(self, row: Row | Unreadable) -> None:
        """Take the next entry."""
        self.entries += 1
        if isinstance(row, Unreadable):
            self._unreadable(row)
            return
        follows = self._number(row.link.number)
        self._content(row)
        if follows:
            self._link(row)
        self._payload(row)
        self.number, self.hash = row.link.number, row.hash
        if self.against is not None and self.number == self.against.number:
            self._against_hash = self.hash

    def finish(self) -> None:
        """What can be said only when all entries were seen."""
        self._gone_and_erased()
        self._strays()
        self._head()
        if self.against is not None:
            self._continues(self.against)

    def _unreadable(self, row: Unreadable) -> None:
        number = self.number + 1 if row.number is None else row.number
        if row.number is not None:
            self._number(row.number)
        self.findings.add(Kind.UNREADABLE, number, f"entry {number:,} holds something that the ledger never writes")
        self.number, self.hash = number, None

    def _number(self, number: int) -> bool:
        """Whether the number is the next one."""
        first, last = self.number + 1, number - 1
        if number > first:
            which = f"entry {first:,} is" if first == last else f"entries {first:,} to {last:,} are"
            self.findings.add(Kind.MISSING_ENTRY, first, f"{which} missing")
        elif number == self.number:
            self.findings.add(Kind.FORK, number, f"there are two entries with the number {number:,}")
        elif number < first:
            self.findings.add(Kind.WRONG_NUMBER, number, f"an entry has the number {number:,}; numbers begin with 1")
        return number == first

    def _content(self, row: Row) -> None:
        if row.link.hash() == row.hash:
            return
        number, written = row.link.number, self._written_as(row)
        if written is None:
            message = f"entry {number:,} was changed: its contents do not give its hash"
            self.findings.add(Kind.CHANGED_ENTRY, number, message)
            return
        taken = Entry.objects.filter(number=written).exists()
        message = f"the entry with the number {number:,} was written as number {written:,}"
        self.findings.add(Kind.REORDERED if taken else Kind.WRONG_NUMBER, number, message)

    def _written_as(self, row: Row) -> int | None:
        """The number with which the contents give the hash: near where the entry is, or where its link leads."""
        if self.findings.found >= MOST_TOLD:
            return None
        number = row.link.number
        near = set(range(max(1, number - _NEAR), number + _NEAR + 1))
        near |= {target + 1 for target in _numbers(hash=row.link.previous)} | {self.entries}
        return next((n for n in sorted(near) if replace(row.link, number=n).hash() == row.hash), None)

    def _link(self, row: Row) -> None:
        if self.hash is None or row.link.previous == self.hash:
            return
        number = row.link.number
        target, beside = self._leads(row)
        follows = "begins the chain" if target == 0 else f"follows entry {target}"
        if target is None:
            message = f"entry {number:,} does not follow entry {number - 1:,} as it is now: one of them was replaced"
            self.findings.add(Kind.BROKEN_LINK, number, message)
        elif beside:
            message = f"the chain forks: entry {number:,} {follows}, and so does entry {beside[0]}"
            self.findings.add(Kind.FORK, number, message)
        else:
            message = f"entry {number:,} {follows}, but stands after entry {number - 1:,}"
            self.findings.add(Kind.REORDERED, number, message)

    def _leads(self, row: Row) -> tuple[int | None, list[int]]:
        """The entry that this one was written after, if it is there, and the others that say the same."""
        previous = row.link.previous
        if self.findings.found >= MOST_TOLD:
            return None, []
        beside = [other for other in _numbers(previous=previous) if other != row.link.number]
        if previous == chain.GENESIS:
            return 0, beside
        return next(iter(_numbers(hash=previous)), None), beside

    def _payload(self, row: Row) -> None:
        number = row.link.number
        if not row.has_payload:
            self._gone.add(number)
        elif chain.commitment(row.salt, row.content) != row.link.commitment:
            message = f"the payload of entry {number:,} was changed: it is not what the entry committed to"
            self.findings.add(Kind.CHANGED_PAYLOAD, number, message)
        elif row.link.kind == chain.ERASURE:
            self._erasure(number, row.content)

    def _erasure(self, number: int, content: str) -> None:
        try:
            for erased in _erased_by(content):
                if erased < number:
                    self._said_gone.add(erased)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            message = f"entry {number:,} is an erasure that does not say what was erased"
            self.findings.add(Kind.UNREADABLE, number, message)

    def _gone_and_erased(self) -> None:
        for number in self._gone:
            if number in self._said_gone:
                self.erased += 1
            else:
                message = f"the payload of entry {number:,} is gone, and no erasure says so"
                self.findings.add(Kind.MISSING_PAYLOAD, number, message)
        for number in self._said_gone:
            if number not in self._gone:
                message = f"the payload of entry {number:,} was erased and is there again"
                self.findings.add(Kind.RETURNED_PAYLOAD, number, message)

    def _strays(self) -> None:
        entry = Entry.objects.filter(id=OuterRef("entry_id"))
        strays = Payload.objects.filter(~Exists(entry)).count()
        if strays:
            which = "a payload belongs" if strays == 1 else f"{strays:,} payloads belong"
            self.findings.add(Kind.STRAY_PAYLOAD, 0, f"{which} to no entry")

    def _head(self) -> None:
        heads = list(Head.objects.values_list("number", "hash")[:2])
        if len(heads) != 1:
            self.findings.add(Kind.HEAD, 0, "the ledger has no head" if not heads else "the ledger has two heads")
        elif heads[0][0] != self.number:
            message = f"the head says that entry {heads[0][0]} is the last, but it is entry {self.number}"
            self.findings.add(Kind.HEAD, self.number, message)
        elif self.hash is not None and heads[0][1] != self.hash:
            message = f"the head has another hash than the last entry, number {self.number:,}"
            self.findings.add(Kind.HEAD, self.number, message)

    def _continues(self, against: Checkpoint) -> None:
        known = f"the checkpoint of {against.at:%Y-%m-%d %H:%M} UTC"
        if against.number > self.number:
            message = f"{known} knew {against.number:,} entries, now the last is {self.number:,}: the tail was cut off"
            self.findings.add(Kind.CUT_TAIL, self.number, message)
        elif self._against_hash != against.hash:
            message = (
                f"entry {against.number:,} is not the one that {known} knew: the ledger was written anew, or is another"
            )
            self.findings.add(Kind.REWRITTEN, against.number, message)


def _numbers(**match: str) -> list[int]:
    """The numbers of the entries with this hash, or with this hash before them; rarely more than one."""
    return sorted(Entry.objects.filter(**match).values_list("number", flat=True)[:10])


def _erased_by(content: str) -> Iterator[int]:
    """The numbers of the entries that an erasure names."""
    named = json.loads(content)["entries"]
    for start in range(0, len(named), _AT_ONCE):
        ids = [UUID(entry) for entry in named[start : start + _AT_ONCE]]
        yield from Entry.objects.filter(id__in=ids).values_list("number", flat=True)
