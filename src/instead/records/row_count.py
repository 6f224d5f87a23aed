"""Every row of every file is accounted for: rows in = used + merged + set aside."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

_EMPTY = pl.DataFrame(schema={"row": pl.UInt32, "reason": pl.String})


@dataclass(frozen=True, slots=True)
class Reason:
    """Why rows were set aside or merged, how many, and the numbers of the first few."""

    reason: str
    rows: int
    first_rows: tuple[int, ...]


@dataclass(slots=True)
class RowCount:
    """The rows of one file. Row numbers count from 1, the header apart."""

    file: str
    rows_in: int
    merged: pl.DataFrame = field(default_factory=lambda: _EMPTY.clone())
    set_aside: pl.DataFrame = field(default_factory=lambda: _EMPTY.clone())

    def merge(self, rows: pl.Series, reason: str) -> None:
        """Count rows as merged into another row."""
        self.merged = self._with(self.merged, rows, reason)

    def put_aside(self, rows: pl.Series, reason: str) -> None:
        """Count rows as set aside. A row is set aside once, and is then no longer merged."""
        self.set_aside = self._with(self.set_aside, rows, reason)
        self.merged = self.merged.join(self.set_aside.select("row"), on="row", how="anti")

    @staticmethod
    def _with(frame: pl.DataFrame, rows: pl.Series, reason: str) -> pl.DataFrame:
        new = pl.DataFrame({"row": rows.cast(pl.UInt32).unique().sort()}).with_columns(reason=pl.lit(reason))
        return pl.concat([frame, new.join(frame.select("row"), on="row", how="anti")])

    @property
    def used(self) -> int:
        return self.rows_in - self.merged.height - self.set_aside.height

    def reasons(self, *, set_aside: bool = True) -> list[Reason]:
        """Reasons with their numbers, the most frequent first."""
        frame = self.set_aside if set_aside else self.merged
        grouped = frame.group_by("reason", maintain_order=True).agg(pl.len(), pl.col("row").head(3).alias("rows"))
        grouped = grouped.sort("len", descending=True, maintain_order=True)
        return [Reason(reason, count, tuple(rows)) for reason, count, rows in grouped.iter_rows()]
