"""Legs to Flight records: times, call signs, ends, night and silences, each with how it is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tailgraph.flights import ends, night
from tailgraph.flights.airports import airfields
from tailgraph.flights.changes import Changes
from tailgraph.flights.ends import Candidate, End, Fields, Sighting
from tailgraph.flights.geo import bearing_deg, distance_nm
from tailgraph.flights.identity import Identity
from tailgraph.flights.legs import Legs, cruise_speed_kt, excess_s
from tailgraph.flights.positions import NO_SQUAWK, Positions
from tailgraph.graph.model import (
    AirportCandidate,
    Bearing,
    CoverageGap,
    Fix,
    Flight,
    FlightEnd,
    Method,
    Timed,
    Trilean,
)

GAP_S = 600.0
_SURE_S = 600.0
_LOW_FT, _APPROACH_FT = 5000.0, 4000.0
_HOLDING_S = 3600.0
_COURSE_S = 300.0

Direction = Literal[1, -1]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of one end: a claimed airport, or the fields it points to; and a time.

    `early` and `late` (epoch seconds) bound the instant of a claim.
    """

    end: End
    claimed: list[Candidate] | None = None
    method: Method = Method.UNKNOWN
    early: float = 0.0
    late: float = 0.0
    time: datetime | None = None
    fields: Fields | None = None
    sighting: Sighting | None = None


def describe(rows: Positions, track: NDArray[np.int32], legs: Legs, identity: Identity,
             night_limit_deg: float) -> list[Flight]:
    """The legs of `rows` (standing by `track` and time) as records, in their order."""
    return _Batch(rows, track, legs, identity).flights(night_limit_deg)


class _Batch:
    """The legs of one batch of rows, and what is computed for all of them at once."""

    def __init__(self, rows: Positions, track: NDArray[np.int32], legs: Legs, identity: Identity) -> None:
        self.rows, self.track, self.legs, self.identity = rows, track, legs, identity
        self.first, self.last = legs.first.tolist(), legs.last.tolist()
        self.callsigns = Changes(rows.callsign, rows.time, b"")
        self.squawks = Changes(rows.squawk, rows.time, NO_SQUAWK)
        self.first_air, self.last_air = _airborne(legs, len(rows))

    def flights(self, night_limit_deg: float) -> list[Flight]:
        legs = range(len(self.first))
        starts, stops = [self._end(leg, -1) for leg in legs], [self._end(leg, 1) for leg in legs]
        self._weigh_across(starts, stops)
        dark = self._darkness(starts, stops, night_limit_deg)
        gaps = self._gaps()
        return [self._flight(leg, starts[leg], stops[leg], dark[leg], gaps[leg]) for leg in legs]

    def _weigh_across(self, starts: list[_Known], stops: list[_Known]) -> None:
        """Weighs the open ends on both sides of a silence together: mostly one landing lies between."""
        for leg in range(len(starts) - 1):
            stop, start = stops[leg].fields, starts[leg + 1].fields
            if stop is None or start is None or not self._same_track(leg, leg + 1):
                continue
            stops[leg] = _pointing(stops[leg], ends.joined(stop, start))
            starts[leg + 1] = _pointing(starts[leg + 1], ends.joined(start, stop))

    def _same_track(self, leg: int, other: int) -> bool:
        return bool(0 <= other < len(self.first)
                    and self.track[self.first[leg]] == self.track[self.first[other]])

    # --- ends ------------------------------------------------------------------------------------------

    def _end(self, leg: int, direction: Direction) -> _Known:
        edge = self.last[leg] if direction == 1 else self.first[leg]
        if self.legs.on_ground[edge]:
            return self._seen_on_ground(leg, direction)
        end = self._state(leg, edge, direction)
        claimed = ends.claim(end)
        if claimed is not None:
            return _extrapolated(end, claimed)
        sighting = self._sighting(leg, direction)
        return _Known(end, fields=ends.toward(end, sighting), sighting=sighting)

    def _seen_on_ground(self, leg: int, direction: Direction) -> _Known:
        air = self.last_air[leg] if direction == 1 else self.first_air[leg]
        contact = min(max(air + direction, self.first[leg]), self.last[leg])
        end, flying = self._state(leg, contact, direction), self._state(leg, air, direction)
        candidates = ends.beside(end.latitude, end.longitude)
        early, late, time = _touch(flying, end, candidates)
        return _Known(end, candidates, Method.OBSERVED, early, late, time)

    def _state(self, leg: int, row: int, direction: Direction) -> End:
        rows = self.rows
        course, speed, climb = self._motion(leg, row, direction)
        return End(float(rows.time[row]), float(rows.latitude[row]), float(rows.longitude[row]),
                   float(rows.altitude_ft[row]), bool(self.legs.on_ground[row]), speed,
                   course if direction == 1 else (course + 180) % 360, -direction * climb, direction)

    def _motion(self, leg: int, row: int, direction: int) -> tuple[float, float, float]:
        """Course, speed and climb at a row: as sent, else from the row before it inside the leg."""
        rows = self.rows
        course, speed = float(rows.track_deg[row]), float(rows.ground_speed_kt[row])
        climb = float(rows.vertical_rate_fpm[row])
        sent, inner = course == course and speed == speed and climb == climb, row - direction
        if not sent and self.first[leg] <= inner <= self.last[leg]:
            a, b = min(row, inner), max(row, inner)
            seconds = float(rows.time[b] - rows.time[a])
            places = (rows.latitude[a], rows.longitude[a], rows.latitude[b], rows.longitude[b])
            nm = float(distance_nm(*places))
            if 0 < seconds < _COURSE_S and nm > 0:
                course = course if course == course else float(bearing_deg(*places))
                speed = speed if speed == speed else nm / seconds * 3600
                climbed = float(rows.altitude_ft[b] - rows.altitude_ft[a]) / seconds * 60
                climb = climb if climb == climb else climbed
        return course, speed, climb if climb == climb else 0.0

    def _sighting(self, leg: int, direction: Direction) -> Sighting | None:
        other = leg + direction
        if not self._same_track(leg, other):
            return None
        row, rows = self.first[other] if direction == 1 else self.last[other], self.rows
        return Sighting(float(rows.time[row]), float(rows.latitude[row]), float(rows.longitude[row]),
                        bool(self.legs.on_ground[row]))

    # --- what is computed for all legs at once -----------------------------------------------------------

    def _gaps(self) -> list[tuple[CoverageGap, ...]]:
        rows, ground = self.rows, self.legs.on_ground
        silent = np.flatnonzero(np.diff(rows.time) >= GAP_S)
        silent = silent[~(ground[silent] & ground[silent + 1])]
        bounds = zip(np.searchsorted(silent, self.legs.first).tolist(),
                     np.searchsorted(silent, self.legs.last).tolist(), strict=True)
        excess = excess_s(rows, silent, cruise_speed_kt(rows, self.track)[silent]).tolist()
        steps = silent.tolist()
        return [tuple(CoverageGap(index=i - a, before=self._fix(steps[i]), after=self._fix(steps[i] + 1),
                                  excess_s=round(max(0.0, excess[i]), 1)) for i in range(a, b))
                for a, b in bounds]

    def _darkness(self, starts: list[_Known], stops: list[_Known],
                  limit_deg: float) -> list[tuple[Trilean, _Night, _Night]]:
        dark, maybe = night.of_legs(self.rows, self.legs.first, self.legs.last, limit_deg)
        known = starts + stops
        sure = [i for i, one in enumerate(known) if one.claimed]
        where = np.array([(known[i].early, known[i].late, known[i].end.latitude, known[i].end.longitude)
                          for i in sure]).reshape(-1, 4)
        verdicts, sun = night.at_ends(where[:, 0], where[:, 1], where[:, 2], where[:, 3], limit_deg)
        at = dict(zip(sure, zip(verdicts, sun, strict=True), strict=True))
        unknown = (Trilean.INDETERMINATE, None)
        return [(_whole(bool(dark[leg]), bool(maybe[leg]), leg in at and leg + len(starts) in at),
                 at.get(leg, unknown), at.get(leg + len(starts), unknown)) for leg in range(len(starts))]

    # --- records ---------------------------------------------------------------------------------------

    def _flight(self, leg: int, start: _Known, stop: _Known, dark: tuple[Trilean, _Night, _Night],
                gaps: tuple[CoverageGap, ...]) -> Flight:
        first, last = self.first[leg], self.last[leg]
        told = self.identity.of(int(self.rows.code[first]), float(self.rows.time[first]),
                                float(self.rows.time[last]))
        callsigns = self.callsigns.between(first, last)
        return Flight(
            icao24=told.icao24, registration=told.registration, registration_method=told.method,
            type_designator=told.type_designator, operator=told.operator,
            callsigns=tuple(dict.fromkeys(value for value, _, _ in callsigns)),
            callsign_times=_timed(callsigns), squawks=_timed(self.squawks.between(first, last)),
            first_seen=instant(self.rows.time[first]), last_seen=instant(self.rows.time[last]),
            first_fix=self._fix(first), last_fix=self._fix(last),
            takeoff_time=start.time, landing_time=stop.time, departure=_claim(start), arrival=_claim(stop),
            appeared_from=_pointer(start), vanished_toward=_pointer(stop),
            night=dark[0], night_at_departure=dark[1][0], night_at_arrival=dark[2][0],
            sun_at_departure_deg=dark[1][1], sun_at_arrival_deg=dark[2][1],
            gaps=gaps, positions=last - first + 1, set_aside=told.set_aside, sources=told.sources)

    def _fix(self, row: int) -> Fix:
        altitude, grounded = float(self.rows.altitude_ft[row]), bool(self.legs.on_ground[row])
        return Fix(time=instant(self.rows.time[row]), latitude=float(self.rows.latitude[row]),
                   longitude=float(self.rows.longitude[row]), on_ground=grounded,
                   altitude_ft=None if grounded or altitude != altitude else altitude)


def _airborne(legs: Legs, rows: int) -> tuple[list[int], list[int]]:
    """The first and last row in the air of each leg. A hop from ground to ground has none: there the rows
    across it stand in, so that the row before the first is its departure's and the one after the last its
    arrival's."""
    air = np.append(np.flatnonzero(~legs.on_ground), rows)
    first = air[np.searchsorted(air, legs.first)]
    last = air[np.searchsorted(air, legs.last, side="right") - 1]
    hops = np.append(legs.hops, rows)
    hop = hops[np.searchsorted(hops, legs.first)]
    flown = first <= legs.last
    return np.where(flown, first, hop + 1).tolist(), np.where(flown, last, hop).tolist()


_Night = tuple[Trilean, float | None]


def _whole(dark: bool, maybe: bool, both_ends: bool) -> Trilean:
    if dark:
        return Trilean.YES
    return Trilean.NO if both_ends and not maybe else Trilean.INDETERMINATE


def _timed(changes: list[tuple[str, float, float]]) -> tuple[Timed, ...]:
    return tuple(Timed(value=value, first=instant(a), last=instant(b)) for value, a, b in changes)


def instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(round(float(seconds), 3), UTC)


def _touch(flying: End, contact: End, beside: list[Candidate]) -> tuple[float, float, datetime | None]:
    """Bounds of the instant on the runway between the last report in the air and the first on the ground
    (outward in time), and the likeliest instant where it is known well enough."""
    sign, silence = flying.direction, abs(contact.time - flying.time)
    if flying.on_ground:
        return min(flying.time, contact.time), max(flying.time, contact.time), None
    nm = float(distance_nm(flying.latitude, flying.longitude, contact.latitude, contact.longitude))
    elevation = float(airfields().elevation_ft[beside[0].row]) if beside else 0.0
    height = max(0.0, flying.altitude_ft - elevation) if flying.altitude_ft == flying.altitude_ft else 0.0
    low = height < _APPROACH_FT
    least = min(silence, nm / ends.TOP_SPEED_KT * 3600)
    likely = max(least, height / (1000 if low else 1800) * 60, nm / (180 if low else 300) * 3600)
    bounds = sorted((flying.time + sign * least, contact.time))
    sure = silence - least <= _SURE_S or height <= _LOW_FT
    return bounds[0], bounds[1], instant(flying.time + sign * min(silence, likely)) if sure else None


def _extrapolated(end: End, claimed: Candidate) -> _Known:
    speed = max(end.speed_kt if end.speed_kt == end.speed_kt else 150.0, 60.0)
    early, late = sorted((end.time + end.direction * claimed.distance_nm / (1.2 * speed) * 3600,
                          end.time + end.direction * (claimed.distance_nm / (0.5 * speed) * 3600 + 120)))
    likely = instant(end.time + end.direction * claimed.distance_nm / (0.9 * speed) * 3600)
    return _Known(end, [claimed], Method.EXTRAPOLATED, early, late, likely)


def _pointing(known: _Known, fields: Fields) -> _Known:
    return _Known(known.end, fields=fields, sighting=known.sighting)


def _claim(known: _Known) -> FlightEnd | None:
    if not known.claimed:
        return None
    best = known.claimed[0]
    return FlightEnd(airport=airfields().icao[best.row], method=known.method, earliest=instant(known.early),
                     latest=instant(known.late), distance_nm=round(best.distance_nm, 2),
                     candidates=_listed(known.claimed))


def _listed(candidates: list[Candidate]) -> tuple[AirportCandidate, ...]:
    icao = airfields().icao
    return tuple(AirportCandidate(airport=icao[c.row], distance_nm=round(c.distance_nm, 2),
                                  score=round(min(1.0, c.score), 4)) for c in candidates)


def _pointer(known: _Known) -> Bearing | None:
    """The bearing on the best candidate, and when the aircraft can have been there on a direct way.

    The near bound is top speed; the far bound a slow flight with an hour's holding, cut by the next sighting.
    """
    candidates = known.fields.best() if known.fields is not None else []
    if not candidates:
        return None
    end, best, table = known.end, candidates[0], airfields()
    place = (float(table.latitude[best.row]), float(table.longitude[best.row]))
    near = best.distance_nm / ends.TOP_SPEED_KT * 3600
    speed = max(end.speed_kt if end.speed_kt == end.speed_kt else 0.0, 150.0)
    far = best.distance_nm / (0.6 * speed) * 3600 + _HOLDING_S
    if (seen := known.sighting) is not None:
        back = float(distance_nm(seen.latitude, seen.longitude, *place)) / ends.TOP_SPEED_KT * 3600
        far = max(near, min(far, abs(seen.time - end.time) - back))
    early, late = sorted((end.time + end.direction * near, end.time + end.direction * far))
    bearing = float(bearing_deg(end.latitude, end.longitude, *place))
    return Bearing(airport=table.icao[best.row], bearing_deg=round(bearing, 1),
                   distance_nm=round(best.distance_nm, 2), earliest=instant(early), latest=instant(late),
                   candidates=_listed(candidates))
