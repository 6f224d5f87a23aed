"""What this room says to others, inside the transaction in which it happened."""

from __future__ import annotations

from django.dispatch import Signal

#: A consent was signed. Sent with ``consent``, ``case`` (or None), ``doer`` and ``at``.
consent_signed = Signal()
