"""A set of entry numbers in one bit each, so that a walk over millions of entries stays small."""

from __future__ import annotations

from collections.abc import Iterator


class Marks:
    """Numbers from 1 up to a limit; those beyond are not kept."""

    def __init__(self, limit: int) -> None:
        self._bits = bytearray((limit >> 3) + 1)

    def add(self, number: int) -> None:
        if 0 < number < len(self._bits) << 3:
            self._bits[number >> 3] |= 1 << (number & 7)

    def __contains__(self, number: int) -> bool:
        return 0 < number < len(self._bits) << 3 and bool(self._bits[number >> 3] >> (number & 7) & 1)

    def __iter__(self) -> Iterator[int]:
        for index, byte in enumerate(self._bits):
            if byte:
                yield from (index << 3 | bit for bit in range(8) if byte >> bit & 1)
