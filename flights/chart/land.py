"""What lies under the tracks: land with its borders, names of countries, and the lines of the grid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from tailgraph.flights.airspace import Border, borders
from tailgraph.flights.chart.frame import WIDTH, Frame
from tailgraph.flights.geo import EARTH_NM, Floats, distance_nm
from tailgraph.graph.reference import tables

_NAMED_SHARE, _MOST_NAMES = 0.012, 14
_STEPS_DEG = (0.25, 0.5, 1, 2, 5, 10, 20, 30)
_LINES_ACROSS = 7
_THINNED = 0.4
_HALF_WAY_NM = EARTH_NM * np.pi

Ring = Floats
"""Rows (x, y) on the sheet."""


@dataclass(frozen=True, slots=True)
class Country:
    """`rings` fill by the even-odd rule. `label` is None where too little of it is seen."""

    code: str
    rings: tuple[Ring, ...]
    label: tuple[str, float, float] | None = None


def countries(frame: Frame) -> tuple[Country, ...]:
    """The land within the frame, in order of country codes."""
    sheet = shapely.box(0, 0, WIDTH, frame.height)
    seen = [(border.country, land) for border in borders() if (land := _seen(frame, sheet, border))]
    widest = sorted(seen, key=lambda pair: -pair[1].area)[:_MOST_NAMES]
    named = {code for code, land in widest if land.area > _NAMED_SHARE * sheet.area}
    return tuple(Country(code, tuple(_rings(land)), _label(code, land) if code in named else None)
                 for code, land in seen)


def _seen(frame: Frame, sheet: BaseGeometry, border: Border) -> BaseGeometry | None:
    parts = [part for polygon in border.land.geoms if (part := _part(frame, sheet, polygon))]
    return shapely.union_all(parts) if parts else None


def _part(frame: Frame, sheet: BaseGeometry, polygon: shapely.Polygon) -> BaseGeometry | None:
    outline = np.asarray(polygon.exterior.coords)
    centre = frame.projection
    nearest = distance_nm(centre.latitude, centre.longitude, outline[:, 1], outline[:, 0]).min()
    if nearest > frame.reach_nm and not shapely.contains_xy(polygon, centre.longitude, centre.latitude):
        return None
    flat = shapely.make_valid(shapely.Polygon(_flat(frame, polygon.exterior),
                                              [_flat(frame, ring) for ring in polygon.interiors]))
    latitude, longitude = centre.antipode
    # Around the place without an image, the land lies outside of its own outline.
    turned = shapely.contains_xy(polygon, longitude, latitude)
    part = shapely.difference(sheet, flat) if turned else shapely.intersection(sheet, flat)
    return shapely.simplify(part, _THINNED) if part.area > 0 else None


def _flat(frame: Frame, ring: shapely.LinearRing) -> Floats:
    coordinates = np.asarray(ring.coords)
    return frame.place(coordinates[:, 1], coordinates[:, 0])


def _rings(land: BaseGeometry) -> Iterator[Ring]:
    for part in shapely.get_parts(land):
        if isinstance(part, shapely.Polygon):
            for ring in (part.exterior, *part.interiors):
                yield np.asarray(ring.coords)


def _label(code: str, land: BaseGeometry) -> tuple[str, float, float]:
    largest = max(shapely.get_parts(land), key=lambda part: part.area)
    point = largest.representative_point()
    return tables.countries().get(code, code), point.x, point.y


# --- grid --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GridLine:
    """A meridian or parallel on the sheet, and what it is called ("40° N")."""

    name: str
    points: Floats


def grid(frame: Frame) -> tuple[GridLine, ...]:
    """Meridians and parallels, as many as can be told apart."""
    across_deg = WIDTH / frame.units_per_nm / 60
    step = next((step for step in _STEPS_DEG if across_deg / step <= _LINES_ACROSS), _STEPS_DEG[-1])
    along = np.arange(-180, 180.5, 0.5)
    lines = [(_parallel(lat), np.full(len(along), lat), along)
             for lat in np.arange(-90 + step, 90, step).tolist()]
    for lon in np.arange(-180, 180, step).tolist():
        side = "" if lon in (0, -180) else " E" if lon > 0 else " W"
        lines.append((f"{abs(lon):g}°{side}", along / 2, np.full(len(along), lon)))
    return tuple(GridLine(name, part) for name, latitude, longitude in lines
                 for part in _inside(frame, latitude, longitude))


def _parallel(latitude: float) -> str:
    return f"{abs(latitude):g}° {'N' if latitude > 0 else 'S'}" if latitude else "Equator"


def _inside(frame: Frame, latitude: Floats, longitude: Floats) -> Iterator[Floats]:
    centre = frame.projection
    away = distance_nm(centre.latitude, centre.longitude, latitude, longitude)
    near = away < min(frame.reach_nm * 1.1 + 60, _HALF_WAY_NM * 0.98)
    if near.sum() < 2:
        return
    cuts = np.flatnonzero(np.diff(near.astype(np.int8))) + 1
    sheet = shapely.box(0, 0, WIDTH, frame.height)
    for inside, lat, lon in zip(np.split(near, cuts), np.split(latitude, cuts), np.split(longitude, cuts),
                                strict=True):
        if inside[0] and len(lat) > 1:
            cut = shapely.intersection(sheet, shapely.LineString(frame.place(lat, lon)))
            yield from (np.asarray(shapely.simplify(part, _THINNED).coords)
                        for part in shapely.get_parts(cut)
                        if isinstance(part, shapely.LineString) and not part.is_empty)
