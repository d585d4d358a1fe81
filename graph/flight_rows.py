"""A derived flight as nodes and relationships."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tailgraph.graph import keys
from tailgraph.graph.describe import Statement, statement_values
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
from tailgraph.graph.reference.tables import operator_id
from tailgraph.graph.rows import Ref, Rows
from tailgraph.graph.shape import TRACK_PREFIX, Label, Type
from tailgraph.graph.track_file import Track

_PLAIN = ("icao24", "registration", "type_designator", "operator", "callsigns", "first_seen", "last_seen",
          "takeoff_time", "landing_time", "sun_at_departure_deg", "sun_at_arrival_deg", "positions",
          "set_aside", "sources")
_WORDS = ("registration_method", "night", "night_at_departure", "night_at_arrival")


def track_id(file: str, aircraft: str) -> str:
    return f"{file}/{aircraft}"


def identifier(aircraft: str) -> Ref:
    """The identifier node of an aircraft key of the flight side ("15406e", "~29ab12", "reg:…", "file:…")."""
    if aircraft.startswith("~"):
        return Label.IDENTIFIER, f"non-icao:{aircraft}"
    if aircraft.startswith("reg:"):
        return Label.IDENTIFIER, f"registration:{aircraft.removeprefix('reg:')}"
    return Label.IDENTIFIER, aircraft if aircraft.startswith("file:") else f"icao24:{aircraft}"


@dataclass(frozen=True, slots=True)
class Derived:
    """A flight with its rows, and a checksum over them that tells whether it is still the same."""

    flight: Flight
    rows: Rows
    checksum: str


def derived(aircraft: str, flight: Flight) -> Derived:
    """The rows of one flight of an aircraft key: all that is its own."""
    rows = Rows()
    node = _flight(rows, flight)
    for file in flight.sources:
        rows.edge(Type.DERIVED_FROM, node, (Label.TRACK, track_id(file, aircraft)))
    airframe, method = _airframe(flight)
    if airframe:
        rows.edge(Type.BY_AIRCRAFT, node, airframe, method=method.value)
    if flight.operator:
        operator = Label.OPERATOR, operator_id(flight.operator)
        rows.edge(Type.FLOWN_BY, node, operator, method=Method.REPORTED.value)
    _ends(rows, node, flight)
    for gap in flight.gaps:
        rows.edge(Type.HAS_GAP, node, _gap(rows, node, gap))
    for index, over in enumerate(flight.overflew):
        rows.edge(Type.OVERFLEW, node, (Label.COUNTRY, over.country), key=str(index), index=index,
                  **over.model_dump(exclude={"country", "method"}), method=over.method.value)
    checksum = keys.digest(repr(sorted(rows.nodes.items())), repr(sorted(rows.edges.items())))
    rows.nodes[Label.FLIGHT][node[1]]["checksum"] = checksum
    return Derived(flight, rows, checksum)


def statement_rows(flights: Sequence[Flight], tracks: Sequence[Track]) -> Rows:
    """What the files behind these flights state of the airframes: address and type, with the days."""
    # (:Aircraft)-[:IDENTIFIED_BY]->(:Identifier), (:Aircraft)-[:OF_TYPE]->(:AircraftType)
    rows = Rows()
    files = {track.file: track for track in tracks}
    for flight in flights:
        for track in (files[file] for file in flight.sources if flight.registration):
            for registration, designator, _ in track.labels:
                if registration == flight.registration:
                    _say(rows, (Label.AIRCRAFT, registration), track, designator)
    return rows


def track_rows(rows: Rows, track: Track) -> Ref:
    """What one file says of one aircraft, with its positions."""
    return rows.node(
        Label.TRACK, track_id(track.file, track.aircraft), file=track.file, aircraft=track.aircraft,
        first_seen=track.first_seen, last_seen=track.last_seen, positions=track.positions,
        labels=[json.dumps(said, ensure_ascii=False) for said in track.labels], points=track.points)


def _flight(rows: Rows, flight: Flight) -> Ref:
    return rows.node(
        Label.FLIGHT, flight.id, **{name: getattr(flight, name) for name in _PLAIN},
        **{name: getattr(flight, name).value for name in _WORDS},
        callsign_times=_times(flight.callsign_times), squawks=_times(flight.squawks),
        **_fix("first", flight.first_fix), **_fix("last", flight.last_fix))


def _fix(prefix: str, fix: Fix) -> dict[str, Any]:
    return {f"{prefix}_latitude": fix.latitude, f"{prefix}_longitude": fix.longitude,
            f"{prefix}_altitude_ft": fix.altitude_ft, f"{prefix}_on_ground": fix.on_ground}


def _times(values: Sequence[Timed]) -> list[str]:
    return [f"{timed.value} {_iso(timed.first)} {_iso(timed.last)}" for timed in values]


def _iso(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _airframe(flight: Flight) -> tuple[Ref | None, Method]:
    """The registration if one is known, else the address if it is ICAO's: others change from day to day."""
    if flight.registration:
        return (Label.AIRCRAFT, flight.registration), flight.registration_method
    if flight.icao24 and not flight.icao24.startswith("~"):
        return (Label.AIRCRAFT, keys.aircraft_of(flight.icao24)), Method.OBSERVED
    return None, Method.UNKNOWN


def _say(rows: Rows, airframe: Ref, track: Track, designator: str) -> None:
    """What the file states of the airframe, dated by the days on which it saw it."""
    ends = [(Type.IDENTIFIED_BY, identifier(track.aircraft))]
    if designator:
        ends.append((Type.OF_TYPE, (Label.AIRCRAFT_TYPE, designator)))
    for type_, end in ends:
        statement = Statement(type_, end, f"{TRACK_PREFIX}{track.file}", Method.REPORTED,
                              track.first_seen.date(), track.last_seen.date())
        rows.edge(type_, airframe, end, **statement_values(statement, track.aircraft))


def _ends(rows: Rows, node: Ref, flight: Flight) -> None:
    for type_, end in ((Type.DEPARTED_FROM, flight.departure), (Type.ARRIVED_AT, flight.arrival)):
        if end:
            rows.edge(type_, node, (Label.AIRPORT, end.airport), method=end.method.value, **_bounds(end))
    for type_, toward in ((Type.APPEARED_FROM, flight.appeared_from),
                          (Type.VANISHED_TOWARD, flight.vanished_toward)):
        if toward:
            rows.edge(type_, node, (Label.AIRPORT, toward.airport), bearing_deg=toward.bearing_deg,
                      gap_class=toward.gap_class.value, **_bounds(toward))


def _bounds(end: FlightEnd | Bearing) -> dict[str, Any]:
    return {"earliest": end.earliest, "latest": end.latest, "distance_nm": end.distance_nm,
            "candidates": [candidate_text(candidate) for candidate in end.candidates]}


def candidate_text(candidate: AirportCandidate) -> str:
    """"AIRPORT DISTANCE SCORE": an edge holds plain values only. An airport's id may itself hold blanks."""
    return f"{candidate.airport} {candidate.distance_nm:.1f} {candidate.score:.3f}"


def stored_candidate(text: str) -> AirportCandidate:
    """What `candidate_text` wrote."""
    airport, distance, score = text.rsplit(" ", 2)
    return AirportCandidate(airport=airport, distance_nm=float(distance), score=float(score))


def _gap(rows: Rows, flight: Ref, gap: CoverageGap) -> Ref:
    return rows.node(
        Label.COVERAGE_GAP, f"{flight[1]}#g{gap.index}", flight=flight[1], index=gap.index,
        before_time=gap.before.time, **_fix("before", gap.before), after_time=gap.after.time,
        **_fix("after", gap.after), excess_s=gap.excess_s, gap_class=gap.gap_class.value)
