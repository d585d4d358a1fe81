"""Everything on the sheet, placed: what the writers of SVG and HTML have only to spell out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

import numpy as np

from tailgraph.flights import geo
from tailgraph.flights.chart import land
from tailgraph.flights.chart.frame import WIDTH, Frame, fitted
from tailgraph.flights.chart.labels import Label, Placer
from tailgraph.flights.chart.leg import Airport, EndKind, Leg
from tailgraph.flights.chart.projection import around
from tailgraph.flights.chart.strokes import Clock, Stroke, Track, clocks, kept_right, strokes, track
from tailgraph.flights.geo import Floats

_MOST_CLOCKED = 3
"""More flights than that would cover the map with times of the day."""


class Part(Enum):
    """What an airport is to the flights drawn, the strongest first."""

    SEEN = "left or reached"
    POINTED_TO = "only pointed to"
    RIVAL = "fits as well"


_AWAY = {Part.SEEN: 7.0, Part.POINTED_TO: 11.0}
"""From the middle of its mark, which differ in size, to an airport's name."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """From the end of a track toward an airport at which nobody saw it."""

    points: Floats
    note: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """One flight on the sheet."""

    leg: Leg
    strokes: tuple[Stroke, ...]
    pointers: tuple[Pointer, ...]
    set_aside: Floats
    clocks: tuple[Clock, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """An airport, with what it is to the flights: see `Part`."""

    airport: Airport
    x: float
    y: float
    part: Part
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    title: str
    subtitle: str
    frame: Frame
    countries: tuple[land.Country, ...]
    grid: tuple[land.GridLine, ...]
    flights: tuple[Drawn, ...]
    spots: tuple[Spot, ...]
    labels: tuple[Label, ...]


def compose(title: str, legs: Sequence[Leg], night_limit_deg: float) -> Scene:
    """The scene of these flights; raises ValueError where there is none."""
    tracks = [track(leg, night_limit_deg) for leg in legs]
    frame = _frame(legs, tracks)
    drawn = tuple(_drawn(frame, leg, flown, among=len(legs)) for leg, flown in zip(legs, tracks, strict=True))
    spots = tuple(_spots(frame, legs))
    under, lines = land.countries(frame), land.grid(frame)
    labels = _labels(frame, spots, drawn, under, lines)
    return Scene(title, _subtitle(tracks), frame, under, lines, drawn, spots, labels)


def _frame(legs: Sequence[Leg], tracks: Sequence[Track]) -> Frame:
    ends = [end.airport for leg in legs for end in leg.ends]
    latitude = np.concatenate([*(flown.rows.latitude for flown in tracks), [a.latitude for a in ends]])
    longitude = np.concatenate([*(flown.rows.longitude for flown in tracks), [a.longitude for a in ends]])
    return fitted(around(latitude, longitude), latitude, longitude)


def _subtitle(tracks: Sequence[Track]) -> str:
    first = datetime.fromtimestamp(min(float(flown.rows.time[0]) for flown in tracks), UTC)
    last = datetime.fromtimestamp(max(float(flown.rows.time[-1]) for flown in tracks), UTC)
    until = f"{last:%H:%M}" if first.date() == last.date() else f"{last:%Y-%m-%d %H:%M}"
    count = f"{len(tracks)} flights, " if len(tracks) > 1 else ""
    return f"{count}received from {first:%Y-%m-%d %H:%M} to {until} UTC"


def _drawn(frame: Frame, leg: Leg, flown: Track, *, among: int) -> Drawn:
    """One flight among so many: they keep out of each other's way, and a few have their times beside them."""
    lines = tuple(strokes(frame, flown, leg))
    return Drawn(leg, tuple(kept_right(line) for line in lines) if among > 1 else lines,
                 tuple(_pointers(frame, leg, flown)),
                 frame.place(flown.set_aside.latitude, flown.set_aside.longitude).reshape(-1, 2),
                 tuple(clocks(frame, flown, among=among > 1)) if among <= _MOST_CLOCKED else ())


def _pointers(frame: Frame, leg: Leg, flown: Track) -> Iterator[Pointer]:
    for end in leg.ends:
        if end.kind.is_pointed_to:
            at = -1 if end.kind is EndKind.VANISHED else 0
            latitude, longitude = geo.intermediate(
                float(flown.rows.latitude[at]), float(flown.rows.longitude[at]), end.airport.latitude,
                end.airport.longitude, np.linspace(0, 1, 40))
            points = frame.place(latitude, longitude)
            yield Pointer(points if at else points[::-1], end.how)


def _spots(frame: Frame, legs: Sequence[Leg]) -> Iterator[Spot]:
    ends = [(leg, end) for leg in legs for end in leg.ends]
    named = {end.airport.icao: end.airport for _, end in ends}
    for icao, airport in sorted(named.items()):
        here = [(leg, end) for leg, end in ends if end.airport.icao == icao]
        part = Part.POINTED_TO if all(end.kind.is_pointed_to for _, end in here) else Part.SEEN
        notes = tuple(f"{leg.title}: {end.how}" if len(legs) > 1 else end.how for leg, end in here)
        yield _spot(frame, airport, part, notes)
    # Where an end was seen, other fields nearby were weighed, but do not fit as well.
    rivals = {airport.icao: airport for _, end in ends if end.kind.is_pointed_to for airport in end.rivals
              if airport.icao not in named}
    for icao, airport in sorted(rivals.items()):
        spot = _spot(frame, airport, Part.RIVAL, (f"{airport.name} ({icao}) fits the open end as well",))
        if 0 <= spot.x <= WIDTH and 0 <= spot.y <= frame.height:
            yield spot


def _spot(frame: Frame, airport: Airport, part: Part, notes: tuple[str, ...]) -> Spot:
    x, y = frame.place(airport.latitude, airport.longitude).tolist()
    return Spot(airport, x, y, part, notes)


def _labels(frame: Frame, spots: Sequence[Spot], flights: Sequence[Drawn],
            countries: Sequence[land.Country], lines: Sequence[land.GridLine]) -> tuple[Label, ...]:
    """Airports first, then times of the day, countries, the grid: what finds no room is left out."""
    placer = Placer(frame.height, [stroke.points for flight in flights for stroke in flight.strokes]
                    + [pointer.points for flight in flights for pointer in flight.pointers])
    for spot in (spot for spot in spots if spot.part is not Part.RIVAL):
        name = spot.airport.name
        text = f"{name} ({spot.airport.icao})" if name != spot.airport.icao else name
        placer.beside(text, spot.x, spot.y, "airport", must=True, away=_AWAY[spot.part])
    for flight in flights:
        for clock in flight.clocks:
            placer.beside(clock.text, clock.x, clock.y, "clock")
    for country in countries:
        if country.label:
            placer.centred(*country.label, "country")
    for line in lines:
        for x, y in (line.points[0].tolist(), line.points[-1].tolist()):
            if x < 1 or y > frame.height - 1:
                placer.at_edge(line.name, x, y, "grid")
    return tuple(placer.placed)
