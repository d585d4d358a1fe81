"""A flight as tracking data show it, with its ends, silences and what lay under it."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from tailgraph.graph import keys
from tailgraph.graph.model.values import GapClass, Method, Probability, Record, Trilean


class AirportCandidate(Record):
    airport: str = Field(description="ICAO location indicator")
    distance_nm: float
    score: Probability


class FlightEnd(Record):
    """A departure or an arrival: which airport, how that is known, and when at the earliest and latest."""

    airport: str
    method: Method
    earliest: datetime
    latest: datetime
    distance_nm: float
    candidates: tuple[AirportCandidate, ...] = ()


class Bearing(Record):
    """Where a track that ends (or begins) in the air points to. Never a landing, never a take-off.

    `earliest` and `latest` bound the time at which the aircraft can have been at `airport`; `gap_class`
    judges the silence beyond the track's end by what was received of others there.
    """

    airport: str
    bearing_deg: float
    distance_nm: float
    earliest: datetime
    latest: datetime
    candidates: tuple[AirportCandidate, ...] = ()
    gap_class: GapClass = GapClass.INSUFFICIENT_DATA


class Fix(Record):
    """A position report. `altitude_ft` is None on the ground and where it was not sent."""

    time: datetime
    latitude: float
    longitude: float
    altitude_ft: float | None = None
    on_ground: bool = False


class CoverageGap(Record):
    index: int
    before: Fix
    after: Fix
    excess_s: float = Field(description="seconds beyond the time that the distance explains")
    gap_class: GapClass = GapClass.INSUFFICIENT_DATA


class Timed(Record):
    """A call sign or squawk and the first and last time that it was received."""

    value: str
    first: datetime
    last: datetime


class Overflight(Record):
    """A country under a flight. Observed: some report stood over its land; interpolated: only the great
    circle across a silence does.

    It was entered after the last report outside and by the first one inside, and left likewise; None where
    there is no such report.
    """

    country: str = Field(description="ISO 3166-1 alpha-2")
    method: Method
    entered_after: datetime | None = None
    entered_by: datetime | None = None
    left_after: datetime | None = None
    left_by: datetime | None = None


class Flight(Record):
    """One leg of one aircraft, as tracking data show it; None where they do not say."""

    icao24: str | None = Field(description="24-bit address, six lower-case hex digits; '~' first if not ICAO")
    registration: str | None = None
    registration_method: Method = Method.UNKNOWN
    type_designator: str | None = None
    operator: str | None = None
    callsigns: tuple[str, ...] = ()
    callsign_times: tuple[Timed, ...] = ()
    squawks: tuple[Timed, ...] = ()
    first_seen: datetime
    last_seen: datetime
    first_fix: Fix
    last_fix: Fix
    takeoff_time: datetime | None = None
    landing_time: datetime | None = None
    departure: FlightEnd | None = None
    arrival: FlightEnd | None = None
    appeared_from: Bearing | None = None
    vanished_toward: Bearing | None = None
    night: Trilean = Trilean.INDETERMINATE
    night_at_departure: Trilean = Trilean.INDETERMINATE
    night_at_arrival: Trilean = Trilean.INDETERMINATE
    sun_at_departure_deg: float | None = None
    sun_at_arrival_deg: float | None = None
    gaps: tuple[CoverageGap, ...] = ()
    overflew: tuple[Overflight, ...] = Field(default=(), description="countries in order, where asked for")
    positions: int = Field(ge=1, description="how many position reports the leg rests on")
    set_aside: int = Field(default=0, ge=0, description="reports within its time that cannot be true of it")
    sources: tuple[str, ...] = Field(default=(), description="sha256 of each track file behind it")

    @property
    def id(self) -> str:
        return keys.flight_id(self.icao24 or self.registration or ",".join(self.sources), self.first_seen)


class UnobservedVisit(Record):
    """A proposal: the aircraft may have been at `airport` between two flights, from `earliest` to `latest`.

    `before` and `after` are the ids of the flights; `score` is the lesser share that the airport has among
    the candidates of their open ends.
    """

    airport: str
    before: str
    after: str
    earliest: datetime
    latest: datetime
    score: Probability
