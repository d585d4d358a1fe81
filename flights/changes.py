"""Call signs and squawks of legs: which value was sent from when to when."""

from __future__ import annotations

import numpy as np

from tailgraph.flights.positions import Column


class Changes:
    """Stretches of one value in a column where most rows send nothing."""

    def __init__(self, column: Column, time: Column, missing: bytes | int) -> None:
        if column.dtype.kind == "S":  # eight bytes compare as one integer
            column = np.ascontiguousarray(column).view(np.uint64)
            missing = 0
        self.sent = np.flatnonzero(column != missing)
        values = column[self.sent]
        self.values, self.times = values, time[self.sent]
        self.starts = np.flatnonzero(values[1:] != values[:-1]) + 1

    def between(self, first: int, last: int) -> list[tuple[str, float, float]]:
        """(value, first time, last time) of each stretch in the rows `first` to `last`, both inside."""
        low, high = np.searchsorted(self.sent, [first, last + 1]).tolist()
        if low == high:
            return []
        a, b = np.searchsorted(self.starts, [low + 1, high]).tolist()
        inner = self.starts[a:b].tolist()
        return [(self._text(start), float(self.times[start]), float(self.times[stop - 1]))
                for start, stop in zip([low, *inner], [*inner, high], strict=True)]

    def _text(self, place: int) -> str:
        value = self.values[place]
        if isinstance(value, np.uint64):
            return value.tobytes().rstrip(b"\0").decode("ascii")
        return f"{int(value):04d}"
