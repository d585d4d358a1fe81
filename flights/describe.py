"""Legs to Flight records: times, call signs, ends, night and silences, each with how it is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tailgraph.flights import ends, night
from tailgraph.flights.airports import airfields
from tailgraph.flights.ends import Candidate, End, Sighting
from tailgraph.flights.geo import bearing_deg, distance_nm
from tailgraph.flights.legs import Legs, excess_s
from tailgraph.flights.positions import NO_SQUAWK, Column, Label, Positions
from tailgraph.graph.model import (
    AirportCandidate,
    Bearing,
    CoverageGap,
    Fix,
    Flight,
    FlightEnd,
    Method,
    Timed,
)

GAP_S = 600.0
_SURE_S = 600.0
_LOW_FT = 5000.0
_HOLDING_S = 3600.0


@dataclass(frozen=True, slots=True)
class Track:
    """What all legs of a batch of rows are described from."""

    rows: Positions
    track: NDArray[np.int32]
    legs: Legs
    cruise_kt: Column
    labels: dict[str, list[Label]]
    evidence: Positions
    """All rows of the batch in canonical order, repeats and impossible ones among them."""
    set_aside: dict[int, list[float]]
    """Times of the impossible reports, by index into `rows.aircraft`."""
    night_limit_deg: float


def describe(batch: Track) -> list[Flight]:
    """All legs of the batch as records, in order."""
    return [_Leg(batch, number).flight() for number in range(len(batch.legs.first))]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of one end: a claimed airport or a pointer, a time, and the instants that bound it."""

    claimed: FlightEnd | None = None
    pointer: Bearing | None = None
    time: datetime | None = None


class _Leg:
    def __init__(self, batch: Track, number: int) -> None:
        self.batch, self.number, self.rows = batch, number, batch.rows
        self.first, self.last = int(batch.legs.first[number]), int(batch.legs.last[number])
        self.ground = batch.legs.on_ground
        airborne = np.flatnonzero(~self.ground[self.first:self.last + 1])
        self.first_air = self.first + int(airborne[0]) if len(airborne) else self.last
        self.last_air = self.first + int(airborne[-1]) if len(airborne) else self.first

    def flight(self) -> Flight:
        rows, key = self.rows, self.rows.aircraft[int(self.rows.code[self.first])]
        departure, arrival = self._end(-1), self._end(1)
        registration, method, kind, operator = self._identity(key)
        callsigns = self._changes(rows.callsign, b"")
        gaps = self._gaps()
        dark = night.of_leg(rows, self.first, self.last, departure.claimed or departure.pointer,
                            arrival.claimed or arrival.pointer, self.batch.night_limit_deg)
        return Flight(
            icao24=None if ":" in key else key, registration=registration, registration_method=method,
            type_designator=kind, operator=operator,
            callsigns=tuple(dict.fromkeys(value for value, _, _ in callsigns)),
            callsign_times=_timed(callsigns), squawks=_timed(self._changes(rows.squawk, NO_SQUAWK)),
            first_seen=instant(rows.time[self.first]), last_seen=instant(rows.time[self.last]),
            first_fix=self._fix(self.first), last_fix=self._fix(self.last),
            takeoff_time=departure.time, landing_time=arrival.time,
            departure=departure.claimed, arrival=arrival.claimed,
            appeared_from=departure.pointer, vanished_toward=arrival.pointer,
            night=dark.leg, night_at_departure=dark.departure, night_at_arrival=dark.arrival,
            sun_at_departure_deg=dark.sun_at_departure_deg, sun_at_arrival_deg=dark.sun_at_arrival_deg,
            gaps=gaps, positions=self.last - self.first + 1, set_aside=self._set_aside(),
            sources=self._sources())

    # --- ends ------------------------------------------------------------------------------------------

    def _end(self, direction: Literal[1, -1]) -> _Known:
        edge = self.last if direction == 1 else self.first
        if self.ground[edge]:
            return self._seen_on_ground(direction)
        end = self._state(edge, direction)
        claimed = ends.claim(end)
        if claimed is not None:
            return _extrapolated(end, claimed)
        return _Known(pointer=_pointer(end, ends.toward(end, self._sighting(direction)),
                                       self._sighting(direction)))

    def _seen_on_ground(self, direction: Literal[1, -1]) -> _Known:
        air = self.last_air if direction == 1 else self.first_air
        contact = air + direction if self.first <= air + direction <= self.last else air
        end = self._state(contact, direction)
        candidates = ends.beside(end)
        flying = self._state(air, direction)
        early, late, time = _touch(flying, end)
        if not candidates:
            return _Known(time=time)
        return _Known(claimed=_flight_end(candidates[0], Method.OBSERVED, early, late, candidates), time=time)

    def _state(self, row: int, direction: Literal[1, -1]) -> End:
        rows = self.rows
        course, speed, climb = self._motion(row, direction)
        turned = course if direction == 1 else (course + 180) % 360
        return End(float(rows.time[row]), float(rows.latitude[row]), float(rows.longitude[row]),
                   float(rows.altitude_ft[row]), bool(self.ground[row]), speed, turned, -direction * climb,
                   direction)

    def _motion(self, row: int, direction: int) -> tuple[float, float, float]:
        """Course, speed and climb at a row: as sent, else from the row before it inside the leg."""
        rows = self.rows
        course, speed = float(rows.track_deg[row]), float(rows.ground_speed_kt[row])
        climb = float(rows.vertical_rate_fpm[row])
        inner = row - direction
        if self.first <= inner <= self.last and not (np.isfinite(course) and np.isfinite(speed)
                                                     and np.isfinite(climb)):
            a, b = min(row, inner), max(row, inner)
            seconds = float(rows.time[b] - rows.time[a])
            nm = float(distance_nm(rows.latitude[a], rows.longitude[a], rows.latitude[b], rows.longitude[b]))
            if 0 < seconds < 300 and nm > 0:
                bearing = float(bearing_deg(rows.latitude[a], rows.longitude[a], rows.latitude[b],
                                            rows.longitude[b]))
                course = course if np.isfinite(course) else bearing
                speed = speed if np.isfinite(speed) else nm / seconds * 3600
                climbed = float(rows.altitude_ft[b] - rows.altitude_ft[a]) / seconds * 60
                climb = climb if np.isfinite(climb) else climbed
        return course, speed, climb if np.isfinite(climb) else 0.0

    def _sighting(self, direction: Literal[1, -1]) -> Sighting | None:
        legs, other = self.batch.legs, self.number + direction
        if not 0 <= other < len(legs.first):
            return None
        row = int(legs.first[other] if direction == 1 else legs.last[other])
        if self.batch.track[row] != self.batch.track[self.first]:
            return None
        rows = self.rows
        return Sighting(float(rows.time[row]), float(rows.latitude[row]), float(rows.longitude[row]),
                        bool(self.ground[row]))

    # --- contents --------------------------------------------------------------------------------------

    def _fix(self, row: int) -> Fix:
        altitude = float(self.rows.altitude_ft[row])
        grounded = bool(self.ground[row])
        return Fix(time=instant(self.rows.time[row]), latitude=float(self.rows.latitude[row]),
                   longitude=float(self.rows.longitude[row]),
                   altitude_ft=None if grounded or np.isnan(altitude) else altitude, on_ground=grounded)

    def _gaps(self) -> tuple[CoverageGap, ...]:
        steps = self.first + np.flatnonzero(np.diff(self.rows.time[self.first:self.last + 1]) >= GAP_S)
        flown = steps[~(self.ground[steps] & self.ground[steps + 1])] if len(steps) else steps
        if not len(flown):
            return ()
        excess = excess_s(self.rows, flown, self.batch.cruise_kt[flown])
        return tuple(CoverageGap(index=index, before=self._fix(int(step)), after=self._fix(int(step) + 1),
                                 excess_s=round(max(0.0, float(seconds)), 1))
                     for index, (step, seconds) in enumerate(zip(flown, excess, strict=True)))

    def _changes(self, column: Column, missing: object) -> list[tuple[str, float, float]]:
        """(value, first, last) of each stretch of one value, in order of time."""
        part = column[self.first:self.last + 1]
        sent = np.flatnonzero(part != missing)
        if not len(sent):
            return []
        values = part[sent]
        starts = np.insert(np.flatnonzero(values[1:] != values[:-1]) + 1, 0, 0)
        stops = np.append(starts[1:] - 1, len(sent) - 1)
        times = self.rows.time[self.first + sent]
        return [(_text(values[a]), float(times[a]), float(times[b]))
                for a, b in zip(starts, stops, strict=True)]

    def _sources(self) -> tuple[str, ...]:
        if len(self.rows.sources) == 1:
            return self.rows.sources
        rows, code = self.batch.evidence, int(self.rows.code[self.first])
        start, end = np.searchsorted(rows.code, [code, code + 1])
        times = rows.time[start:end]
        a = start + np.searchsorted(times, self.rows.time[self.first], side="left")
        b = start + np.searchsorted(times, self.rows.time[self.last], side="right")
        return tuple(sorted(rows.sources[i] for i in np.unique(rows.source[a:b]).tolist()))

    def _set_aside(self) -> int:
        """How many impossible reports fell into the time of this leg."""
        times = self.batch.set_aside.get(int(self.rows.code[self.first]), [])
        return sum(self.rows.time[self.first] <= time <= self.rows.time[self.last] for time in times)

    def _identity(self, key: str) -> tuple[str | None, Method, str | None, str | None]:
        """Registration, how it is known, type and operator; where sources differ, none of them is taken."""
        sources = set(self._sources())
        labels = [label for label in self.batch.labels.get(key, ()) if label.source in sources]
        registration = _only({label.registration for label in labels})
        if key.startswith("reg:"):
            registration = key.removeprefix("reg:")
        method = Method.REPORTED if registration else Method.UNKNOWN
        return (registration, method, _only({label.type_designator for label in labels}),
                _only({label.operator for label in labels}))


def _only(values: set[str]) -> str | None:
    values = values - {""}
    return values.pop() if len(values) == 1 else None


def _text(value: object) -> str:
    return value.decode("ascii") if isinstance(value, bytes) else f"{value:04d}"


def _timed(changes: list[tuple[str, float, float]]) -> tuple[Timed, ...]:
    return tuple(Timed(value=value, first=instant(a), last=instant(b)) for value, a, b in changes)


def instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(round(float(seconds), 3), UTC)


def _touch(flying: End, contact: End) -> tuple[float, float, datetime | None]:
    """Bounds of the instant on the runway between the last report in the air and the first on the ground
    (outward in time), and the likeliest instant where it is known well enough."""
    sign, silence = flying.direction, abs(contact.time - flying.time)
    if flying.on_ground:
        return min(flying.time, contact.time), max(flying.time, contact.time), None
    nm = float(distance_nm(flying.latitude, flying.longitude, contact.latitude, contact.longitude))
    fields = airfields()
    beside = ends.beside(contact)
    elevation = float(fields.elevation_ft[beside[0].row]) if beside else 0.0
    height = max(0.0, flying.altitude_ft - elevation) if np.isfinite(flying.altitude_ft) else 0.0
    least = min(silence, nm / ends.TOP_SPEED_KT * 3600)
    likely = min(silence, max(least, height / 1000 * 60 if height < 4000 else height / 1800 * 60,
                              nm / (180 if height < 4000 else 300) * 3600))
    bounds = sorted((flying.time + sign * least, contact.time))
    sure = silence - least <= _SURE_S or height <= _LOW_FT
    return bounds[0], bounds[1], instant(flying.time + sign * likely) if sure else None


def _extrapolated(end: End, claimed: Candidate) -> _Known:
    speed = max(end.speed_kt if np.isfinite(end.speed_kt) else 150.0, 60.0)
    likely = claimed.distance_nm / (0.9 * speed) * 3600
    bounds = sorted((end.time + end.direction * claimed.distance_nm / (1.2 * speed) * 3600,
                     end.time + end.direction * (claimed.distance_nm / (0.5 * speed) * 3600 + 120)))
    return _Known(claimed=_flight_end(claimed, Method.EXTRAPOLATED, bounds[0], bounds[1], [claimed]),
                  time=instant(end.time + end.direction * likely))


def _flight_end(best: Candidate, method: Method, early: float, late: float,
                candidates: list[Candidate]) -> FlightEnd:
    return FlightEnd(airport=airfields().icao[best.row], method=method, earliest=instant(early),
                     latest=instant(late), distance_nm=round(best.distance_nm, 2),
                     candidates=_listed(candidates))


def _listed(candidates: list[Candidate]) -> tuple[AirportCandidate, ...]:
    icao = airfields().icao
    return tuple(AirportCandidate(airport=icao[c.row], distance_nm=round(c.distance_nm, 2),
                                  score=round(min(1.0, c.score), 4)) for c in candidates)


def _pointer(end: End, candidates: list[Candidate], sighting: Sighting | None) -> Bearing | None:
    """The bearing on the best candidate, and when the aircraft can have been there on a direct way.

    The near bound is top speed; the far bound a slow flight with an hour's holding, cut by the next sighting.
    """
    if not candidates:
        return None
    best, table = candidates[0], airfields()
    near = best.distance_nm / ends.TOP_SPEED_KT * 3600
    speed = max(end.speed_kt if np.isfinite(end.speed_kt) else 0.0, 150.0)
    far = best.distance_nm / (0.6 * speed) * 3600 + _HOLDING_S
    if sighting is not None:
        back = float(distance_nm(sighting.latitude, sighting.longitude, table.latitude[best.row],
                                 table.longitude[best.row])) / ends.TOP_SPEED_KT * 3600
        far = max(near, min(far, abs(sighting.time - end.time) - back))
    bounds = sorted((end.time + end.direction * near, end.time + end.direction * far))
    return Bearing(airport=table.icao[best.row], bearing_deg=round(best.bearing_deg, 1),
                   distance_nm=round(best.distance_nm, 2), earliest=instant(bounds[0]),
                   latest=instant(bounds[1]), candidates=_listed(candidates))

