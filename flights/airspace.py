"""Which countries a leg flew over, and when it entered and left them.

Borders are land borders at a scale of 1 : 50 million, thinned to a kilometre (borders.npz, from Natural
Earth, public domain; made by bench/make_borders.py, which says whose disputed land is). Territorial waters
are not in them. Reports a minute apart stand for all; over a silence the great circle between its ends is
asked, and a country of which nothing but that circle speaks is marked interpolated.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from importlib import resources

import numpy as np
import shapely
from numpy.typing import NDArray

from tailgraph.flights import geo
from tailgraph.flights.geo import Floats
from tailgraph.flights.positions import Positions
from tailgraph.graph.model import Method, Overflight

_EVERY_S, _SILENT_S = 60.0, 180.0
_MOST_STEPS = 600
_UNITS_PER_DEG = 1000

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Points:
    """Places of one batch of legs in order of leg and time."""

    leg: Rows
    time: Floats
    latitude: Floats
    longitude: Floats
    received: NDArray[np.bool_]


def over_legs(rows: Positions, first: Rows, last: Rows) -> list[tuple[Overflight, ...]]:
    """For each leg (rows `first` to `last`, both inside) the countries flown over, in order."""
    found: list[list[Overflight]] = [[] for _ in first]
    if not len(first):
        return []
    points = _points(rows, first, last)
    country = countries_at(points.latitude, points.longitude)
    border = (np.diff(country) != 0) | (np.diff(points.leg) != 0)
    starts = np.insert(np.flatnonzero(border) + 1, 0, 0).tolist()
    for a, b in zip(starts, [*starts[1:], len(country)], strict=True):
        if country[a] >= 0:
            found[points.leg[a]].append(_overflight(points, borders()[int(country[a])].country, a, b))
    return [tuple(one) for one in found]


def countries_at(latitude: Floats, longitude: Floats) -> NDArray[np.int16]:
    """For each place the number of its country in the table of borders, -1 over the sea."""
    country = np.full(len(latitude), -1, np.int16)
    for number, border in enumerate(borders()):
        west, south, east, north = border.bounds
        near = np.flatnonzero((latitude >= south) & (latitude <= north) & (longitude >= west)
                              & (longitude <= east) & (country < 0))
        if len(near):
            country[near[shapely.contains_xy(border.land, longitude[near], latitude[near])]] = number
    return country


@dataclass(frozen=True, slots=True)
class Border:
    """A country's land in degrees, longitude first; `bounds` are west, south, east, north."""

    country: str
    land: shapely.MultiPolygon
    bounds: tuple[float, float, float, float]


@lru_cache(maxsize=1)
def borders() -> tuple[Border, ...]:
    """Every country's land, in order of its code; read once."""
    with (resources.files(__package__) / "borders.npz").open("rb") as file:
        stored = np.load(file, allow_pickle=False)
        points, lengths = np.cumsum(stored["steps"], axis=0) / _UNITS_PER_DEG, stored["lengths"]
        owners, holes = stored["countries"].astype(str).tolist(), stored["holes"].tolist()
    rings = np.split(points, np.cumsum(lengths)[:-1])
    polygons: dict[str, list[list[Floats]]] = {}
    for owner, hole, ring in zip(owners, holes, rings, strict=True):
        if hole:
            polygons[owner][-1].append(ring)
        else:
            polygons.setdefault(owner, []).append([ring])
    return tuple(_border(owner, parts) for owner, parts in sorted(polygons.items()))


def _border(country: str, parts: list[list[Floats]]) -> Border:
    land = shapely.MultiPolygon([shapely.Polygon(rings[0], rings[1:]) for rings in parts])
    shapely.prepare(land)
    return Border(country, land, land.bounds)


def _points(rows: Positions, first: Rows, last: Rows) -> _Points:
    slot = np.floor(rows.time / _EVERY_S)
    wanted = np.zeros(len(rows), bool)
    wanted[1:] = slot[1:] != slot[:-1]
    silent = np.flatnonzero(np.diff(rows.time) > _SILENT_S)
    wanted[first] = wanted[last] = wanted[silent] = wanted[silent + 1] = True
    received = [_received(rows, leg, a, b, wanted) for leg, (a, b) in enumerate(
        zip(first.tolist(), last.tolist(), strict=True))]
    bridged = [_bridged(rows, leg, step) for leg, (a, b) in enumerate(
        zip(first.tolist(), last.tolist(), strict=True))
        for step in silent[np.searchsorted(silent, a):np.searchsorted(silent, b)].tolist()]
    parts = received + bridged
    joined = [np.concatenate([getattr(part, name) for part in parts]) for name in _Points.__slots__]
    order = np.lexsort((joined[1], joined[0]))
    return _Points(*(column[order] for column in joined))


def _received(rows: Positions, leg: int, a: int, b: int, wanted: NDArray[np.bool_]) -> _Points:
    sample = a + np.flatnonzero(wanted[a:b + 1])
    return _Points(np.full(len(sample), leg), rows.time[sample], rows.latitude[sample],
                   rows.longitude[sample], np.ones(len(sample), bool))


def _bridged(rows: Positions, leg: int, step: int) -> _Points:
    """Points on the great circle across a silence, a minute of it apart where it is not very long."""
    seconds = float(rows.time[step + 1] - rows.time[step])
    part = np.linspace(0, 1, min(_MOST_STEPS, 2 + int(seconds / _EVERY_S)))[1:-1]
    lat1, lat2 = rows.latitude[step:step + 2].tolist()
    lon1, lon2 = rows.longitude[step:step + 2].tolist()
    latitude, longitude = geo.intermediate(lat1, lon1, lat2, lon2, part)
    return _Points(np.full(len(part), leg), rows.time[step] + part * seconds, latitude, longitude,
                   np.zeros(len(part), bool))


def _overflight(points: _Points, country: str, a: int, b: int) -> Overflight:
    """The points `a` to `b` (outside) of one leg, all over one country."""
    leg = points.leg[a]
    start, stop = np.searchsorted(points.leg, [leg, leg + 1]).tolist()
    inside = a + np.flatnonzero(points.received[a:b])
    before = start + np.flatnonzero(points.received[start:a])[-1:]
    after = b + np.flatnonzero(points.received[b:stop])[:1]
    return Overflight(country=country, method=Method.OBSERVED if len(inside) else Method.INTERPOLATED,
                      entered_after=_instant(points, before), entered_by=_instant(points, inside[:1]),
                      left_after=_instant(points, inside[-1:]), left_by=_instant(points, after))


def _instant(points: _Points, row: Rows) -> datetime | None:
    return datetime.fromtimestamp(round(float(points.time[row[0]]), 3), UTC) if len(row) else None
