"""What became unknown while facts were made, and why: counted, never silent."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Notes:
    """Counts of values that could not be used, by fact and reason, with the first few as written."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    samples: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def add(self, fact: str, reason: str, count: int, samples: list[str] | None = None) -> None:
        """Note that ``count`` values of a fact are unknown for a reason."""
        if count:
            self.counts[fact, reason] += count
            kept = self.samples.setdefault((fact, reason), [])
            kept += [sample for sample in samples or [] if sample not in kept][: max(0, 3 - len(kept))]

    def listed(self) -> list[dict[str, object]]:
        """The notes for a report, the most frequent first."""
        return [
            {"fact": fact, "reason": reason, "count": count, "for_instance": self.samples[fact, reason]}
            for (fact, reason), count in self.counts.most_common()
        ]
