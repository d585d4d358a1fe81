"""Which aircraft a leg is of, and which files speak of it, as the sources say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from tailgraph.flights.positions import Column, Label, Positions
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
                 set_aside: Positions) -> None:
        self.evidence, self.set_aside = evidence, set_aside
        codes = np.arange(len(evidence.aircraft) + 1, dtype=evidence.code.dtype)
        self.bounds = np.searchsorted(evidence.code, codes)
        self.aside_bounds = np.searchsorted(set_aside.code, codes)
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
        start, end = self.aside_bounds[code:code + 2].tolist()
        lost = _within(self.set_aside.time[start:end], first, last)
        return Told(None if ":" in key else key, registration,
                    Method.REPORTED if registration else Method.UNKNOWN,
                    _only({label.type_designator for label in labels}),
                    _only({label.operator for label in labels}), sources, lost.stop - lost.start)

    def _sources(self, code: int, first: float, last: float) -> tuple[str, ...]:
        rows = self.evidence
        if len(rows.sources) == 1:
            return rows.sources
        start, end = self.bounds[code:code + 2].tolist()
        within = _within(rows.time[start:end], first, last)
        return tuple(sorted(rows.sources[i] for i in np.unique(rows.source[start:end][within]).tolist()))


def _within(times: Column, first: float, last: float) -> slice:
    """The stretch of sorted times from `first` to `last`, both inside."""
    return slice(int(np.searchsorted(times, first)), int(np.searchsorted(times, last, side="right")))


def _only(values: set[str]) -> str | None:
    values = values - {""}
    return values.pop() if len(values) == 1 else None
