"""What an aircraft table says on its way into the store: one entry a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row says of one airframe, between two days where it says so; None where it is silent.

    `row` is the line (of CSV) or the place in order, from 1 (of JSON). `type` is an ICAO designator,
    `country` an ISO alpha-2 code, `source` what the row itself names as its source.
    """

    row: int
    icao24: str | None = None
    registration: str | None = None
    type: str | None = None
    model: str | None = None
    msn: str | None = None
    operator: str | None = None
    owner: str | None = None
    country: str | None = None
    military: bool | None = None
    since: date | None = None
    until: date | None = None
    source: str | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it is said of this day; without dates, of every day."""
        return (self.since is None or self.since <= day) and (self.until is None or self.until >= day)


@dataclass(frozen=True, slots=True)
class AircraftTable:
    """`id` is the SHA-256 of the file's bytes; `entries` and `refused` count its rows."""

    id: str
    name: str
    format: str
    entries: int
    refused: int
