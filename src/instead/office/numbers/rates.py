"""A rate with its denominator: "125 of 333 (37.5 %)", and how sure one can be of it.

Everything is computed from the two counts in whole numbers or exact decimals when it is printed; no float is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from instead.office.numbers.release import Published
from instead.office.numbers.tables import Cell

#: What is printed where a count may not be shown.
NOT_SHOWN = "not shown"

_EXACT = Context(prec=50)
#: Between minus and plus this lies 95 % of the standard normal distribution.
_Z = Decimal("1.95996398454005423552459443052055")


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many people. Without its counts, where one of them may not be shown, it is only its ``words``."""

    numerator: int | None
    denominator: int | None
    words: str = ""

    def __post_init__(self) -> None:
        if (self.numerator is None) != (self.denominator is None):
            raise ValueError(f"{self.words}: a rate shows both of its counts or none")
        if self.numerator is not None and not 0 <= self.numerator <= (self.denominator or 0):
            raise ValueError(f"{self.words}: {self.numerator} of {self.denominator} is no rate")

    def __str__(self) -> str:
        if self.numerator is None or self.denominator is None:
            return NOT_SHOWN
        counts = f"{self.numerator:,} of {self.denominator:,}"
        return f"{counts} ({_percent(self.tenths)})" if self.tenths is not None else counts

    @property
    def tenths(self) -> int | None:
        """Tenths of a percent, rounded half up; ``None`` where nobody is counted or nothing shown."""
        if self.numerator is None or not self.denominator:
            return None
        return (2000 * self.numerator + self.denominator) // (2 * self.denominator)

    @property
    def interval(self) -> tuple[int, int] | None:
        """The 95 % interval after Wilson, in tenths of a percent, rounded half up; ``None`` where there is no rate.

        E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
        Statistical Association 22 (1927), 209-212.
        """
        if self.numerator is None or not self.denominator:
            return None
        part, whole, square = Decimal(self.numerator), Decimal(self.denominator), _EXACT.multiply(_Z, _Z)
        spread = _EXACT.multiply(_Z, _EXACT.sqrt(square + _EXACT.divide(4 * part * (whole - part), whole)))
        low, high = (_EXACT.divide(500 * (2 * part + square + side), whole + square) for side in (-spread, spread))
        return _whole(low), _whole(high)

    @property
    def interval_words(self) -> str:
        """The interval in words, or nothing where there is no rate."""
        return "" if self.interval is None else f"95 % interval: {' to '.join(map(_percent, self.interval))}"


def rate(published: Published, numerator: Cell, denominator: Cell, words: str = "") -> Rate:
    """The rate of one published count in another, with both counts if both are shown, else with none.

    The people left over, denominator less numerator, need no look of their own: whoever sees both counts can subtract,
    so the audit has held that difference to the rule already. This is why the two must belong together: a part of a
    table and a total above it, or two sides of a published sum. Raises ``ValueError`` where they do not.
    """
    if not _belong(published, numerator, denominator):
        raise ValueError(f"nothing published says that {numerator} are among {denominator}")
    if numerator in published.shown and denominator in published.shown:
        return Rate(published.shown[numerator], published.shown[denominator], words)
    return Rate(None, None, words)


def _belong(published: Published, part: Cell, whole: Cell) -> bool:
    cells = {cell for shape in published.shapes for cell in shape.cells()}
    if part.population == whole.population:
        return {part, whole} <= cells and set(whole.where) <= set(part.where)
    return any(entry.total == whole and part in entry.parts and not entry.signed for entry in published.sums)


def _percent(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10} %"


def _whole(tenths: Decimal) -> int:
    return int(tenths.to_integral_value(rounding=ROUND_HALF_UP))
