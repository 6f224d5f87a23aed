"""Amounts with units, read exactly and rounded once, half up, to whole smallest units.

Sources of the factors: NIST Handbook 44, appendix C (avoirdupois ounce and pound, U.S. fluid ounce and gallon).
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal

MASS = "mg"
VOLUME = "ml"
MONEY = "cents"

_FACTORS: dict[str, dict[str, Decimal]] = {
    MASS: {
        "mg": Decimal(1),
        "g": Decimal(1000),
        "gram": Decimal(1000),
        "grams": Decimal(1000),
        "kg": Decimal(1_000_000),
        "oz": Decimal("28349.523125"),
        "lb": Decimal("453592.37"),
        "lbs": Decimal("453592.37"),
    },
    VOLUME: {
        "ml": Decimal(1),
        "l": Decimal(1000),
        "floz": Decimal("29.5735295625"),
        "gal": Decimal("3785.411784"),
    },
    MONEY: {"cents": Decimal(1), "usd": Decimal(100)},
}
SMALLEST_UNITS: tuple[str, ...] = tuple(_FACTORS)
_SHOWN: dict[str, tuple[tuple[str, int], ...]] = {
    MASS: (("kg", 1_000_000), ("g", 1000), ("mg", 1)),
    VOLUME: (("l", 1000), ("ml", 1)),
    MONEY: (("USD", 100), ("cents", 1)),
}
_AMOUNT = re.compile(r"\s*(?P<number>[+-]?\d{1,15}(?:\.\d{1,12})?)\s*(?P<unit>[A-Za-z]+)\s*", re.ASCII)
_MOST_DIGITS = 30
_PLAIN = re.compile(rf"\s*[+-]?\d{{1,{_MOST_DIGITS}}}(?:\.\d{{1,{_MOST_DIGITS}}})?\s*", re.ASCII)
# Enough for every plain decimal times every factor, so that nothing is rounded before the one rounding.
_EXACT = Context(prec=2 * _MOST_DIGITS + 20)


def units_of(smallest: str) -> tuple[str, ...]:
    """Every unit that can be written for amounts kept in ``smallest``."""
    return tuple(_FACTORS[smallest])


def factor(unit: str, smallest: str) -> Decimal | None:
    """How many smallest units one ``unit`` is, or None for a unit of another nature (a dosage unit has no mass)."""
    return _FACTORS[smallest].get(unit.strip().lower())


def plain_decimal(text: str) -> Decimal | None:
    """A number written plainly in digits, with a sign and decimals at most; else None."""
    match = _PLAIN.fullmatch(text)
    return Decimal(match[0].strip()) if match else None


def to_smallest(number: str | int | Decimal, unit: str, smallest: str) -> int | None:
    """``number`` of ``unit`` as whole smallest units, rounded half up once.

    None when the unit has no such measure or the number is no plain decimal: the amount is then unknown.
    """
    per_unit = factor(unit, smallest)
    exact = plain_decimal(number) if isinstance(number, str) else Decimal(number)
    if per_unit is None or exact is None or not exact.is_finite() or exact.adjusted() > _MOST_DIGITS:
        return None
    return int(_EXACT.multiply(exact, per_unit).to_integral_value(rounding=ROUND_HALF_UP))


def parse_amount(text: str, smallest: str) -> int | None:
    """``"30 g"`` as 30000 for ``mg``; None when the text is no number with a unit of this measure."""
    match = _AMOUNT.fullmatch(text)
    return to_smallest(match["number"], match["unit"], smallest) if match else None


def format_amount(value: int, smallest: str) -> str:
    """``30000`` mg as ``"30 g"``: the largest unit that needs at most three decimals."""
    for unit, size in _SHOWN[smallest]:
        thousandths, rest = divmod(abs(value) * 1000, size)
        if abs(value) >= size and not rest:
            whole, decimals = divmod(thousandths, 1000)
            fraction = f".{decimals:03}".rstrip("0").rstrip(".")
            return f"{'-' if value < 0 else ''}{whole}{fraction} {unit}"
    return f"{value} {smallest}"
