"""Invented reports and flights in any number, for measuring the store: all of it test data, none of it facts.

What they name is drawn so that a few names are very common, as in real reports; the commonest are those that
the questions of the library are asked about.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from tailgraph.graph.model import (
    Action,
    Allegation,
    Bearing,
    CoverageGap,
    DateInterval,
    Document,
    Endpoint,
    Entity,
    EntityRef,
    Extraction,
    Fix,
    Flight,
    FlightEnd,
    Kind,
    Mention,
    Method,
    Passage,
    ReportedFlight,
    Slot,
    Span,
    Status,
    Trilean,
)
from tailgraph.graph.reference import tables
from tailgraph.graph.track_file import Track, TrackFile

SENTENCES, CLAIMS, TOLD = 18, 3, 3
_START = date(2023, 1, 1)
_DAYS = 700
_AIRPORTS = ("ZKPY", "UHWW", "UUDD", "OIIE", "OSDI", "HLLB", "UIII", "UHHH", "OMDB", "HSSS", "ZBAA", "UTTT")
_WEAPONS = ("ballistic-missile", "drone", "ammunition", "rocket", "small-arms", "artillery", "arms")

Named = tuple[Kind, str]


def _pools() -> dict[Kind, list[str]]:
    countries = ["RU", "KP", "US", "UA", *sorted(tables.countries())]
    types = ["A124", "IL76", "T154", *sorted(tables.aircraft_types())]
    operators = ["224th Flight Unit", *sorted(tables.operators())]
    return {
        Kind.COUNTRY: countries, Kind.AIRCRAFT_TYPE: types, Kind.OPERATOR: operators,
        Kind.AIRCRAFT: ["RA-82030", "RA-85990", *(f"RA-{number}" for number in range(70_000, 74_000))],
        Kind.AIRPORT: list(_AIRPORTS), Kind.WEAPON: list(_WEAPONS),
        Kind.PERSON: [f"Person {number}" for number in range(20_000)],
        Kind.ORGANIZATION: [f"Body {number}" for number in range(8_000)],
    }


class Maker:
    """Draws reports and track files; the same seed gives the same."""

    def __init__(self, seed: int = 1) -> None:
        self._rng = random.Random(seed)
        self._pools = {kind: list(dict.fromkeys(names)) for kind, names in _pools().items()}

    def reports(self, count: int) -> Iterator[Extraction]:
        """Some 75 nodes each."""
        for number in range(count):
            yield self._report(number)

    def track_files(self, flights: int, a_file: int = 50) -> Iterator[TrackFile]:
        """Files of fifty aircraft with one flight each; `derive` reads them."""
        for number in range(0, flights, a_file):
            id_ = f"{number + 1:064x}"
            marks = self._rng.sample(range(70_000, 74_000), min(a_file, flights - number))
            tracks = tuple(self._track(id_, f"{0x140000 + mark:06x}", f"RA-{mark}") for mark in sorted(marks))
            yield TrackFile(id_, f"made {number}", "made up", len(tracks), 0, tracks)

    def _pick(self, kind: Kind) -> str:
        """The n-th name about as often as one over n."""
        names = self._pools[kind]
        return names[min(int(len(names) ** self._rng.random()) - 1, len(names) - 1)]

    def _report(self, number: int) -> Extraction:
        rng = self._rng
        named: dict[Named, None] = {}
        sentences, mentions, start = [], list[Mention](), len(f"Report {number}") + 2
        offset = start
        for index in range(SENTENCES):
            words = []
            for kind in rng.sample(list(self._pools), 3):
                name = self._pick(kind)
                named[kind, name] = None
                begin = offset + sum(len(word) + 5 for word in words)
                mentions.append(Mention(passage=index + 1, start=begin, end=begin + len(name), text=name,
                                        entity=EntityRef(kind=kind, id=name), method="made up",
                                        confidence=0.9))
                words.append(name)
            sentences.append(" and ".join(words) + f" in sentence {index}.")
            offset += len(sentences[-1]) + 1
        published = _START + timedelta(days=rng.randrange(_DAYS))
        document = Document(title=f"Report {number}", text=" ".join(sentences), published=published,
                            publisher=f"Outlet {number % 40}", url=f"https://example.org/{number}")
        ends = [start]
        for sentence in sentences:
            ends.append(ends[-1] + len(sentence) + 1)
        passages = (Passage(index=0, start=0, end=len(document.title)), *(
            Passage(index=i + 1, start=ends[i], end=ends[i] + len(s)) for i, s in enumerate(sentences)))
        return Extraction(
            document=document, extractor="made up", passages=passages, mentions=tuple(mentions),
            allegations=tuple(self._allegation(i, published, named) for i in range(CLAIMS)),
            flights=tuple(self._told(i, published, named) for i in range(TOLD)),
            entities=tuple(Entity(kind=kind, id=id_, names=(id_,)) for kind, id_ in named))

    def _slot(self, named: dict[Named, None], kind: Kind) -> Slot:
        name = self._pick(kind)
        named[kind, name] = None
        return Slot(entity=EntityRef(kind=kind, id=name))

    def _event(self, published: date) -> DateInterval:
        day = published - timedelta(days=self._rng.randrange(1, 20))
        return DateInterval(earliest=day, latest=day + timedelta(days=self._rng.randrange(3)))

    def _allegation(self, index: int, published: date, named: dict[Named, None]) -> Allegation:
        kinds = (Kind.OPERATOR, Kind.AIRCRAFT_TYPE, Kind.AIRCRAFT, Kind.COUNTRY)
        return Allegation(
            index=index, evidence=(1 + self._rng.randrange(SENTENCES),), cue=Span(start=12, end=14),
            rule="made-up", confidence=0.8, action=self._rng.choice(list(Action)),
            status=self._rng.choice(list(Status)),
            accuser=(self._slot(named, Kind.COUNTRY),), accused=(self._slot(named, self._rng.choice(kinds)),),
            recipient=(self._slot(named, Kind.COUNTRY),), weapons=(self._slot(named, Kind.WEAPON),),
            denied_by=(self._slot(named, Kind.COUNTRY),) if self._rng.random() < 0.3 else (),
            event=self._event(published))

    def _told(self, index: int, published: date, named: dict[Named, None]) -> ReportedFlight:
        rng = self._rng
        return ReportedFlight(
            index=index, evidence=(1 + rng.randrange(SENTENCES),), cue=Span(start=12, end=14), rule="made-up",
            confidence=0.8, aircraft=(self._slot(named, Kind.AIRCRAFT),) if rng.random() < 0.5 else (),
            types=(self._slot(named, Kind.AIRCRAFT_TYPE),), operator=(self._slot(named, Kind.OPERATOR),),
            origin=Endpoint(country=self._slot(named, Kind.COUNTRY)),
            destination=Endpoint(country=self._slot(named, Kind.COUNTRY),
                                 airport=self._slot(named, Kind.AIRPORT)),
            event=self._event(published), night=rng.choice((True, False, None)))

    def _track(self, file: str, aircraft: str, registration: str) -> Track:
        rng = self._rng
        first = datetime(2023, 1, 1, tzinfo=UTC) + timedelta(minutes=rng.randrange(_DAYS * 1440))
        told = {"from": rng.choice(_AIRPORTS), "to": rng.choice(_AIRPORTS), "arrives": rng.random() < 0.7,
                "minutes": rng.randrange(60, 500), "night": rng.choice(["yes", "no", "indeterminate"])}
        return Track(file, aircraft, first, first + timedelta(minutes=told["minutes"]), 1,
                     ((registration, "IL76", ""),), json.dumps(told).encode())


def derive(many: Sequence[tuple[str, Sequence[Track]]]) -> list[list[Flight]]:
    """Stands for the flight side: one flight a track, with two gaps."""
    return [[_flight(aircraft, track) for track in tracks] for aircraft, tracks in many]


def _flight(aircraft: str, track: Track) -> Flight:
    told = json.loads(track.points)
    first, last = (Fix(time=time, latitude=43.4, longitude=132.1)
                   for time in (track.first_seen, track.last_seen))
    middle = Fix(time=track.first_seen + (track.last_seen - track.first_seen) / 2, latitude=44, longitude=133)
    bounds = {"earliest": last.time, "latest": last.time + timedelta(hours=1), "distance_nm": 5.0}
    return Flight(
        icao24=aircraft, registration=track.labels[0][0], registration_method=Method.REPORTED,
        type_designator="IL76", first_seen=first.time, last_seen=last.time, first_fix=first, last_fix=last,
        positions=100, sources=(track.file,), night=Trilean(told["night"]),
        departure=FlightEnd(airport=told["from"], method=Method.OBSERVED, earliest=first.time,
                            latest=first.time, distance_nm=1.0),
        arrival=FlightEnd(airport=told["to"], method=Method.OBSERVED, **bounds) if told["arrives"] else None,
        vanished_toward=None if told["arrives"] else Bearing(airport=told["to"], bearing_deg=10.0, **bounds),
        gaps=tuple(CoverageGap(index=index, before=first, after=middle, excess_s=60.0) for index in range(2)))
