"""What the graph holds of flights, as what a map is drawn from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tailgraph.errors import UsageError
from tailgraph.flights.chart.leg import Airport, End, EndKind, Leg
from tailgraph.graph.evidence import flight as evidence
from tailgraph.graph.evidence.flight import FlightEvidence, flight_evidence
from tailgraph.graph.flight_rows import stored_candidate
from tailgraph.graph.reference import tables
from tailgraph.graph.store import Store
from tailgraph.ingest import points

_OF_AIRCRAFT = """
MATCH (:Aircraft {id: $id})-[:SAME_AS]-{0,2}()<-[:BY_AIRCRAFT]-(f:Flight)
WITH DISTINCT f
WHERE ($since IS NULL OR date(f.last_seen) >= $since) AND ($until IS NULL OR date(f.first_seen) <= $until)
RETURN f.id AS id ORDER BY f.first_seen, id
"""
_AMONG = """
UNWIND $ids AS id MATCH (f:Flight {id: id})
WHERE ($since IS NULL OR date(f.last_seen) >= $since) AND ($until IS NULL OR date(f.first_seen) <= $until)
RETURN f.id AS id ORDER BY f.first_seen, id
"""
_KINDS = {"DEPARTED_FROM": EndKind.DEPARTED, "ARRIVED_AT": EndKind.ARRIVED,
          "APPEARED_FROM": EndKind.APPEARED, "VANISHED_TOWARD": EndKind.VANISHED}
_STARTS = (EndKind.DEPARTED, EndKind.APPEARED)
_MOST_RIVALS = 4


@dataclass(frozen=True, slots=True)
class Days:
    """Both inclusive, in UTC; None: no bound."""

    since: date | None = None
    until: date | None = None


def of_aircraft(store: Store, aircraft: str, days: Days) -> list[str]:
    """Ids of the flights of one airframe, by all that it is judged to be, in order of time."""
    return [row["id"] for row in store.read(_OF_AIRCRAFT, {"id": aircraft, "since": days.since,
                                                           "until": days.until})]


def among(store: Store, rows: Sequence[Sequence[Any]], days: Days) -> list[str]:
    """Ids of the flights that an answer names, in any of its columns, in order of time."""
    named = sorted({text for row in rows for text in _texts(row) if "@" in text})
    return [row["id"] for row in store.read(_AMONG, {"ids": named, "since": days.since, "until": days.until})]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)


def leg(store: Store, flight: str) -> Leg:
    """One flight of the graph; raises UsageError where none has that id or its files hold no positions."""
    known = flight_evidence(store, flight)
    rows = points.received(store, flight)
    if not len(rows):
        raise UsageError("The flight's track files hold no positions of it.", where=flight,
                         remedy="Ingest its track files again.")
    ends = tuple(filter(None, map(_end, known.ends)))
    return Leg(flight, _title(known), rows, ends, tuple(_silences(known)), tuple(_facts(known)))


def _title(known: FlightEvidence) -> str:
    """"RFF1234, RA-82030 (A124)": what a reader would call it."""
    signs = " / ".join(known.values.get("callsigns") or ())
    marks = " or ".join(airframe.id for airframe in known.airframes) or known.values.get("icao24") or ""
    designator = known.values.get("type_designator")
    return ", ".join(filter(None, (signs, marks))) + (f" ({designator})" if designator else "")


def _end(end: evidence.End) -> End | None:
    """None where no table places the airport: then it is told, not drawn."""
    airport = _airport(end.airport, end.city)
    weighed = (_airport(stored_candidate(text).airport) for text in end.candidates)
    rivals = tuple(one for one in weighed if one and one.icao != end.airport)[:_MOST_RIVALS]
    return End(_KINDS[end.type], airport, _how(end), rivals) if airport else None


def _how(end: evidence.End) -> str:
    """What the airport is to the flight, in words."""
    kind = _KINDS[end.type]
    share = next((f", {one.score:.0%} of what fits" for one in map(stored_candidate, end.candidates)
                  if kind.is_pointed_to and one.airport == end.airport), "")
    known = f"; {end.method}" if end.method else ", not seen there"
    return (f"{kind} {end.city or end.name or end.airport} ({end.airport}), "
            f"{_span(end.earliest, end.latest)}{known}{share}")


def _airport(key: str, city: str | None = None) -> Airport | None:
    field = tables.airports().get(key)
    if field is None or field.latitude is None or field.longitude is None:
        return None
    return Airport(key, city or field.city or field.name, field.latitude, field.longitude)


def _span(earliest: datetime | None, latest: datetime | None) -> str:
    if not earliest or not latest:
        return "at a time not known"
    until = f"{latest:%H:%M}" if earliest.date() == latest.date() else f"{latest:%Y-%m-%d %H:%M}"
    return f"{earliest:%Y-%m-%d %H:%M} to {until} UTC"


def _silences(known: FlightEvidence) -> Iterator[tuple[float, float, str]]:
    for gap in known.gaps:
        yield gap.before_time.timestamp(), gap.after_time.timestamp(), f"class: {gap.gap_class}"

def _facts(known: FlightEvidence) -> Iterator[tuple[str, str]]:
    values = known.values
    for airframe in known.airframes:
        disputed = "; its sources disagree" if airframe.is_disputed else ""
        yield "aircraft", f"{airframe.id} ({airframe.method}{disputed})"
    for name, value in (("address", values.get("icao24")), ("type", values.get("type_designator")),
                        ("operator", "; ".join(f"{one.id} ({one.method})" for one in known.operators)),
                        ("call signs", " ".join(values.get("callsigns") or ())),
                        ("squawks", "; ".join(values.get("squawks") or ()))):
        if value:
            yield name, str(value)
    yield "seen", _span(values["first_seen"], values["last_seen"])
    for end in known.ends:
        yield ("start" if _KINDS[end.type] in _STARTS else "end"), _how(end)
    yield "night", (f"{values.get('night')} over the flight; {values.get('night_at_departure')} at "
                    f"departure; {values.get('night_at_arrival')} at arrival")
    for gap in known.gaps:
        yield "silence", f"{_span(gap.before_time, gap.after_time)}: {gap.gap_class}"
    yield "positions", f"{values.get('positions')}, and {values.get('set_aside') or 0} left out as impossible"
    for file in known.files:
        yield "track file", f"{file.name or 'no name'} (sha256 {file.id[:12]}…)"
    for told in known.reported:
        yield "reported", f"{told.verdict}: {told.title or told.claim} ({told.reason})"
