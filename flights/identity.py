"""Which aircraft a leg is of, and which files speak of it, as the sources say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from tailgraph.flights.positions import Label, Positions
from tailgraph.graph.model import Method


@dataclass(frozen=True, slots=True)
class Told:
    """What the sources of one leg say of its aircraft; None where they do not say, or differ."""

    icao24: str | None
    registration: str | None
    method: Method
    type_designator: str | None
    operator: str | None
    sources: tuple[str, ...]
    set_aside: int


class Identity:
    """Answers for one batch of rows; `evidence` holds all, repeats and impossible ones among them."""

    def __init__(self, evidence: Positions, labels: Iterable[Label],
                 set_aside: dict[int, list[float]]) -> None:
        self.evidence, self.set_aside = evidence, set_aside
        self.labels: dict[str, list[Label]] = {}
        for label in labels:
            self.labels.setdefault(label.aircraft, []).append(label)

    def of(self, code: int, first: float, last: float) -> Told:
        """The aircraft numbered `code`, over a leg from `first` to `last` (epoch seconds)."""
        key = self.evidence.aircraft[code]
        sources = self._sources(code, first, last)
        labels = [label for label in self.labels.get(key, ()) if label.source in sources]
        registration = _only({label.registration for label in labels})
        if key.startswith("reg:"):
            registration = key.removeprefix("reg:")
        lost = sum(first <= time <= last for time in self.set_aside.get(code, ()))
        return Told(None if ":" in key else key, registration,
                    Method.REPORTED if registration else Method.UNKNOWN,
                    _only({label.type_designator for label in labels}),
                    _only({label.operator for label in labels}), sources, lost)

    def _sources(self, code: int, first: float, last: float) -> tuple[str, ...]:
        rows = self.evidence
        if len(rows.sources) == 1:
            return rows.sources
        start, end = np.searchsorted(rows.code, [code, code + 1])
        a, b = start + np.searchsorted(rows.time[start:end], [first, np.nextafter(last, np.inf)])
        return tuple(sorted(rows.sources[i] for i in np.unique(rows.source[a:b]).tolist()))


def _only(values: set[str]) -> str | None:
    values = values - {""}
    return values.pop() if len(values) == 1 else None
