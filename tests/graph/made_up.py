"""Invented reports and tracks, small and overlapping, for what must hold in any order and number of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tailgraph.graph.model import (
    Action,
    Allegation,
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
)
from tailgraph.graph.track_file import Track, TrackFile

_NAMED = {
    "Examplia": (Kind.COUNTRY, "RU"), "Otherland": (Kind.COUNTRY, "KP"),
    "An-124": (Kind.AIRCRAFT_TYPE, "A124"), "RA-82030": (Kind.AIRCRAFT, "RA-82030"),
    "15406e": (Kind.AIRCRAFT, "15406e"), "9th Unit": (Kind.OPERATOR, "9th Unit"),
    "ZKPY": (Kind.AIRPORT, "ZKPY"), "Pyongyang": (Kind.PLACE, "KP/Pyongyang"),
    "missiles": (Kind.WEAPON, "ballistic-missile/KN-23"), "Ministry": (Kind.ORGANIZATION, "Ministry"),
    "Jane Doe": (Kind.PERSON, "Jane Doe"), "J. Doe": (Kind.PERSON, "J. Doe"),
    "Ninth Unit": (Kind.OPERATOR, "Ninth Unit"), "Unit Nine": (Kind.OPERATOR, "Unit Nine"),
    "RF-82030": (Kind.AIRCRAFT, "RF-82030"),
}
NAMES = tuple(_NAMED)


def extraction(number: int, names: Sequence[str], extractor: str = "made-up 1",
               noticed: Sequence[str] | None = None) -> Extraction:
    """A report that names `names`; of those `noticed`, the first says that the last was moved, and one flight
    is told."""
    noticed = names if noticed is None else noticed
    text = " and ".join(names) + f" in report {number}."
    document = Document(title=f"Report {number}", text=text, published=date(2024, 3, 28),
                        publisher=f"Outlet {number % 2}", url=f"https://example.org/{number}")
    offset = document.content.index(text)
    mentions, at = [], offset
    for name in names:
        if name in noticed:
            mentions.append(Mention(passage=1, start=at, end=at + len(name), text=name, entity=ref(name),
                                    method="made up", confidence=0.5))
        at += len(name) + len(" and ")
    claim: dict[str, Any] = {"index": 0, "evidence": (1,), "cue": Span(start=offset, end=offset + 3),
                             "rule": extractor, "confidence": 0.5}
    first = Slot(entity=ref(noticed[0]))
    last = Slot(entity=ref(noticed[-1]), span=Span(start=offset, end=offset + 1))
    return Extraction(
        document=document, extractor=extractor,
        passages=(Passage(index=0, start=0, end=len(document.title)),
                  Passage(index=1, start=offset, end=len(document.content))),
        entities=tuple(Entity(kind=_NAMED[n][0], id=_NAMED[n][1], names=(n,)) for n in noticed),
        mentions=tuple(mentions),
        allegations=(Allegation(**claim, action=Action.TRANSFER, status=Status.ALLEGED, accuser=(first,),
                                weapons=(last,), event=DateInterval(earliest=date(2024, 3, 18))),),
        flights=(ReportedFlight(**claim, destination=Endpoint(place=Slot(entity=ref("Pyongyang")),
                                                              country=Slot(entity=ref("Otherland")))),),
    )


def ref(name: str) -> EntityRef:
    kind, id_ = _NAMED[name]
    return EntityRef(kind=kind, id=id_)


def track_file(number: int, hours: dict[str, Sequence[int]], registration: str = "RA-82030") -> TrackFile:
    """A file with a position at each of the hours of 20 March 2024 named for each aircraft key."""
    id_ = f"{number:064x}"
    return TrackFile(id=id_, name=f"{number}.json", format="made up", rows=sum(map(len, hours.values())),
                     refused=0, tracks=tuple(_track(id_, key, at, registration) for key, at in hours.items()))


def _track(file: str, aircraft: str, hours: Sequence[int], registration: str) -> Track:
    labels = ((registration, "A124", ""),) if aircraft == "15406e" and registration else ()
    return Track(file=file, aircraft=aircraft, first_seen=_at(min(hours)), last_seen=_at(max(hours)),
                 positions=len(hours), labels=labels, points=json.dumps(sorted(hours)).encode())


def _at(hour: int) -> datetime:
    return datetime(2024, 3, 20, tzinfo=UTC) + timedelta(hours=hour)


def derive(many: Sequence[tuple[str, Sequence[Track]]]) -> list[list[Flight]]:
    """Stands for the flight side."""
    return [flights_of(aircraft, tracks) for aircraft, tracks in many]


def flights_of(aircraft: str, tracks: Sequence[Track]) -> list[Flight]:
    """A flight is a stretch of successive hours, over all files."""
    files: dict[int, set[str]] = {}
    for track in tracks:
        for hour in json.loads(track.points):
            files.setdefault(hour, set()).add(track.file)
    registrations = {said[0] for track in tracks for said in track.labels}
    stretches: list[list[int]] = []
    for hour in sorted(files):
        if stretches and hour == stretches[-1][-1] + 1:
            stretches[-1].append(hour)
        else:
            stretches.append([hour])
    return [_flight(aircraft, hours, files, registrations) for hours in stretches]


def _flight(aircraft: str, hours: list[int], files: dict[int, set[str]], registrations: set[str]) -> Flight:
    registration = min(registrations) if len(registrations) == 1 else None
    first, last = (Fix(time=_at(hour), latitude=43.4, longitude=132.1) for hour in (hours[0], hours[-1]))
    return Flight(
        icao24=aircraft, registration=registration, type_designator="A124" if registration else None,
        registration_method=Method.REPORTED if registration else Method.UNKNOWN, first_seen=first.time,
        last_seen=last.time, first_fix=first, last_fix=last, positions=len(hours),
        departure=FlightEnd(airport="UHWW", method=Method.OBSERVED, earliest=first.time, latest=first.time,
                            distance_nm=1.0),
        sources=tuple(sorted(set().union(*(files[hour] for hour in hours)))))


# --- a pool of sources that overlap in what they name, and two extractors that differ in what they notice ---

_POOL = (
    ("RA-82030", "Examplia", "missiles"), ("Examplia", "Pyongyang", "9th Unit"),
    ("15406e", "ZKPY", "Ministry", "Ninth Unit"), ("9th Unit", "An-124", "RA-82030", "Jane Doe"),
    ("Unit Nine", "Otherland", "J. Doe", "missiles"),
    NAMES,
)
EXTRACTORS = ("made-up 1", "made-up 2")


def report(number: int, extractor: int) -> Extraction:
    """Report `number` of the pool, as one of the two extractors reads it."""
    names = _POOL[number]
    return extraction(number, names, EXTRACTORS[extractor], names if extractor == 0 else names[1:])


def track(number: int) -> TrackFile:
    """Track file `number` of the pool."""
    return FILES[number]


REPORTS = len(_POOL)
FILES = (
    track_file(1, {"15406e": [1, 2, 3]}), track_file(2, {"15406e": [4, 5], "abcdef": [9]}),
    track_file(3, {"15406e": [5, 6, 9], "~29ab12": [1]}), track_file(4, {"15406e": [7]}, "RF-82030"),
    track_file(5, {"abcdef": [8, 10], "reg:RA-82030": [3]}, ""),
)

PAIRS = (
    (Kind.OPERATOR, "9th Unit", "Ninth Unit"), (Kind.OPERATOR, "Ninth Unit", "Unit Nine"),
    (Kind.OPERATOR, "9th Unit", "Unit Nine"), (Kind.OPERATOR, "Unit Nine", "named by no report"),
    (Kind.AIRCRAFT, "RA-82030", "15406e"), (Kind.AIRCRAFT, "RA-82030", "RF-82030"),
    (Kind.PERSON, "Jane Doe", "J. Doe"),
)
"""What can be judged, in ways that agree and in ways that do not."""
