"""Told when a case reaches an end, inside the transaction: rooms that the case must not know close their own part."""

from __future__ import annotations

from django.dispatch import Signal

#: Sent with ``case`` and ``at``.
case_ended = Signal()
