"""Invented reports and flights of 20-21 March 2024, written straight into a graph: no NLP, no track files.

`report` builds a report of one sentence a claim; `fly` a flight. `write` puts any of them in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import Any
from unittest.mock import patch

from tailgraph.graph import clock, reports, writing
from tailgraph.graph.describe import add_shared
from tailgraph.graph.flight_rows import derived
from tailgraph.graph.model import (
    Action,
    AirportCandidate,
    Allegation,
    Bearing,
    DateInterval,
    Document,
    Endpoint,
    Entity,
    EntityRef,
    Extraction,
    Fix,
    Flight,
    FlightEnd,
    Hours,
    Kind,
    Method,
    Passage,
    ReportedFlight,
    Slot,
    Span,
    Status,
    Trilean,
)
from tailgraph.graph.reference import tables
from tailgraph.graph.runs import run
from tailgraph.graph.store import Store

PUBLISHED = date(2024, 3, 28)
NAMES = {"RU": "Russia", "KP": "North Korea", "US": "United States", "UA": "Ukraine", "A124": "An-124",
         "T154": "Tu-154", "IL76": "Il-76"}
KINDS = {**dict.fromkeys(("RU", "KP", "US", "UA", "CN"), Kind.COUNTRY),
         **dict.fromkeys(("A124", "T154", "IL76"), Kind.AIRCRAFT_TYPE)}


def kind(id_: str) -> Kind:
    """What an id names, by its form: enough for these scenes."""
    if id_ in KINDS:
        return KINDS[id_]
    if "/" in id_:
        return Kind.WEAPON if id_[2] != "/" else Kind.PLACE
    if id_ in tables.airports():
        return Kind.AIRPORT
    if id_.startswith(("RA-", "RF-")):
        return Kind.AIRCRAFT
    return Kind.WEAPON if id_ == "ballistic-missile" else Kind.OPERATOR


def slot(id_: str, ambiguous: bool = False) -> Slot:
    return Slot(entity=EntityRef(kind=kind(id_), id=id_), ambiguous=ambiguous)


def slots(ids: Iterable[str], ambiguous: bool = False) -> tuple[Slot, ...]:
    return tuple(slot(id_, ambiguous) for id_ in ids)


def accuse(accused: Sequence[str], by: Sequence[str] = ("US",), *, denied_by: Sequence[str] = (),
           is_open: bool = False, index: int = 0) -> Allegation:
    """An alleged transfer of North Korean ballistic missiles."""
    return Allegation(index=index, evidence=(1,), cue=Span(start=0, end=1), rule="made up", confidence=0.5,
                      action=Action.TRANSFER, status=Status.ALLEGED, accuser=slots(by),
                      accused=slots(accused, is_open), supplier=slots(["KP"]), recipient=slots(["RU"]),
                      target=slots(["UA"]), weapons=slots(["ballistic-missile"]), denied_by=slots(denied_by))


def told(*, aircraft: Sequence[str] = (), types: Sequence[str] = (), operator: Sequence[str] = (),
         state: Sequence[str] = (), origin: Sequence[str] = ("RU/Vladivostok", "RU"),
         destination: Sequence[str] = ("KP/Pyongyang", "KP"), days: tuple[int, int] | None = (20, 21),
         night: bool | None = True, count: int | None = None, happened: bool = True, index: int = 0,
         callsigns: Sequence[str] = (), hours: Sequence[str] = ()) -> ReportedFlight:
    """A reported flight, by default from Vladivostok to Pyongyang by night on 20-21 March."""
    event = DateInterval(earliest=date(2024, 3, days[0]), latest=date(2024, 3, days[1])) if days else None
    return ReportedFlight(index=index, evidence=(1,), cue=Span(start=0, end=1), rule="made up",
                          confidence=0.5,
                          aircraft=slots(aircraft), types=slots(types), operator=slots(operator),
                          state=slots(state), origin=endpoint(origin), destination=endpoint(destination),
                          event=event, night=night, count=count, happened=happened,
                          callsigns=tuple(callsigns), hours=tuple(map(Hours.read, hours)))


def endpoint(ids: Sequence[str]) -> Endpoint | None:
    found: dict[str, Slot] = {{Kind.AIRPORT: "airport", Kind.PLACE: "place", Kind.COUNTRY: "country"}[kind(
        id_)]:
                              slot(id_) for id_ in ids}
    return Endpoint(**found) if found else None


@contextmanager
def on(day: date) -> Iterator[None]:
    """All that is done inside is done in the evening of that day."""
    instant = datetime.combine(day, time(23, 59), UTC)
    with patch.object(clock, "now", lambda: instant):
        yield


def report(title: str, *claims: Allegation | ReportedFlight, text: str = "It is said here.",
           publisher: str = "Example Wire", published: date | None = PUBLISHED) -> Extraction:
    document = Document(title=title, text=text, published=published, publisher=publisher)
    used = {filler.entity for claim in claims for filler in _fillers(claim)}
    return Extraction(
        document=document, extractor="made up 1",
        passages=(Passage(index=0, start=0, end=len(title)),
                  Passage(index=1, start=len(title) + 2, end=len(document.content))),
        entities=tuple(Entity(kind=ref.kind, id=ref.id, names=(NAMES.get(ref.id, ref.id),))
                       for ref in sorted(used, key=lambda ref: (ref.kind, ref.id))),
        mentions=(),
        allegations=tuple(claim for claim in claims if isinstance(claim, Allegation)),
        flights=tuple(claim for claim in claims if isinstance(claim, ReportedFlight)))


def _fillers(claim: Allegation | ReportedFlight) -> Iterable[Slot]:
    for _, value in claim:
        for item in value if isinstance(value, tuple) else [value]:
            if isinstance(item, Slot):
                yield item
            elif isinstance(item, Endpoint):
                yield from (end for _, end in item if end is not None)


def at(text: str) -> datetime:
    """A time of March 2024 in UTC: "20 16:30"."""
    return datetime.strptime(f"2024-03-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def fly(icao24: str, registration: str | None, begin: str, end: str, *, departed: str | None = None,
        arrived: str | None = None, vanished: str | None = None, appeared: str | None = None,
        type_: str | None = None, night: Trilean = Trilean.YES, operator: str | None = None,
        callsigns: Sequence[str] = ()) -> Flight:
    """A flight between airports (ICAO codes), or toward or from one that it was not seen at."""
    first, last = departed or appeared or "UHWW", arrived or vanished or "ZKPY"
    return Flight(
        icao24=icao24, registration=registration, registration_method=Method.REPORTED, type_designator=type_,
        operator=operator, first_seen=at(begin), last_seen=at(end), callsigns=tuple(callsigns),
        first_fix=_fix(first, at(begin)), last_fix=_fix(last, at(end)), departure=_known(departed, at(begin)),
        arrival=_known(arrived, at(end)), appeared_from=_pointed(appeared, at(begin)),
        vanished_toward=_pointed(vanished, at(end)), night=night, night_at_departure=night,
        night_at_arrival=night, positions=9)


def _fix(airport: str, time: datetime) -> Fix:
    known = tables.airports()[airport]
    return Fix(time=time, latitude=known.latitude or 0.0, longitude=known.longitude or 0.0, altitude_ft=9000)


def _known(airport: str | None, time: datetime) -> FlightEnd | None:
    if airport is None:
        return None
    return FlightEnd(airport=airport, method=Method.OBSERVED, earliest=time, latest=time, distance_nm=0.5)


def _pointed(airport: str | None, time: datetime) -> Bearing | None:
    if airport is None:
        return None
    return Bearing(airport=airport, bearing_deg=200, distance_nm=150, earliest=time, latest=time,
                   candidates=(AirportCandidate(airport=airport, distance_nm=150, score=0.9),))


def write(store: Store, *things: Extraction | Flight) -> None:
    """Put reports and flights into the graph, in the order given."""
    with run(store, "test") as node:
        for thing in things:
            if isinstance(thing, Extraction):
                written = reports.write(store, [thing], node)
                assert written.documents == (thing.document.id,)
            else:
                _put_flight(store, thing)


def _put_flight(store: Store, flight: Flight) -> None:
    rows = derived(flight.icao24 or "", flight).rows
    add_shared(rows)
    store.write(lambda transaction: writing.write_rows(transaction, rows))


def tests_of(store: Store) -> list[dict[str, Any]]:
    """Every TESTED_AGAINST relationship, by report and rank."""
    return store.read("""
        MATCH (d:Document)-[:HAS_CLAIM]->(r:ReportedFlight)-[t:TESTED_AGAINST]->(f:Flight)
        RETURN d.title AS report, f.id AS flight, t.rank AS rank, t.verdict AS verdict, t.method AS method,
               t.reason AS reason, t.aircraft AS aircraft, t.place AS place, t.night AS night
        ORDER BY report, rank, flight""")
