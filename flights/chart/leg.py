"""What a map is drawn from: one flight's reports, its ends, and what is said of it in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from tailgraph.flights.positions import Positions


class EndKind(StrEnum):
    """How an airport belongs to a flight. The last two are directions: never a landing, never a take-off."""

    DEPARTED = "departed from"
    ARRIVED = "arrived at"
    APPEARED = "appeared from the direction of"
    VANISHED = "vanished toward"

    @property
    def is_pointed_to(self) -> bool:
        return self in (EndKind.APPEARED, EndKind.VANISHED)


@dataclass(frozen=True, slots=True)
class Airport:
    icao: str
    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class End:
    """`how` tells in words what the airport is to the flight, and when. `rivals` are the other airports that
    fit, best first."""

    kind: EndKind
    airport: Airport
    how: str
    rivals: tuple[Airport, ...] = ()


@dataclass(frozen=True, slots=True)
class Leg:
    """One flight. `rows` are its reports as received, of one aircraft, also impossible ones.

    `silences` are its longer gaps: start and end in epoch seconds, and the class in words.
    `facts` are lines for the table beside the map.
    """

    id: str
    title: str
    rows: Positions
    ends: tuple[End, ...] = ()
    silences: tuple[tuple[float, float, str], ...] = ()
    facts: tuple[tuple[str, str], ...] = field(default=())
