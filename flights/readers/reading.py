"""What a reader hands back: the positions, and an account of every row that it could not use."""

from __future__ import annotations

from dataclasses import dataclass, field

from tailgraph.flights.positions import Positions

KEPT_REASONS = 100


@dataclass(frozen=True, slots=True)
class Refused:
    """One row left out: its place in the file ("line 12", "trace[340]") and why."""

    where: str
    why: str


@dataclass(slots=True)
class Refusals:
    """Counts every refused row and keeps the first hundred reasons."""

    count: int = 0
    kept: list[Refused] = field(default_factory=list)

    def add(self, where: str, why: str) -> None:
        self.count += 1
        if len(self.kept) < KEPT_REASONS:
            self.kept.append(Refused(where, why))


@dataclass(frozen=True, slots=True)
class Reading:
    """The content of one track file. `rows` counts all rows seen, the `refused_count` left out included."""

    positions: Positions
    rows: int
    refused: tuple[Refused, ...]
    refused_count: int
    format: str
    digest: str
    """sha256 of the file's bytes, lower-case hex; also the only entry of `positions.sources`."""
