"""Told when an offer is accepted, inside its transaction: other rooms begin what the offer asks."""

from __future__ import annotations

from django.dispatch import Signal

#: Sent with ``offer``, ``case``, ``doer`` and ``at``.
offer_accepted = Signal()
