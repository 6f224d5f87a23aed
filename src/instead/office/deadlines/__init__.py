"""Deadlines: business days of the court, clocks that can stand still, speedy-trial dates, the office's own numbers.

Nothing here reads a clock: dates are passed in. Nothing here holds a number of days: those are the office's parameters
(``library/offices``) or the policy's track. ``docs/office/deadlines.md`` explains how days are counted.
"""
