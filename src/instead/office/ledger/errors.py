"""What can go wrong with the ledger. None of these messages carries a payload."""

from __future__ import annotations

from django.db.transaction import TransactionManagementError

from instead.errors import InsteadError


class NotInTransaction(TransactionManagementError):
    """An entry was to be written outside the transaction of what it records."""


class BadEntry(ValueError):
    """Something that cannot be written down: a float, a naive time, a kind that is no kind. A mistake in a program."""


class AppendOnly(TypeError):
    """Somebody tried to write, change or delete a row of the ledger other than by its actions."""


class ChainMoved(RuntimeError):
    """The head is not what was read under its lock, or is not there. Nothing is written."""


class CannotErase(InsteadError):
    """Payloads that are not there, or must stay."""
