"""Airfields: a table of all of them, and which ones a place or the end of a track speaks for.

The table is `airportsdata` (some 28,000 fields) without heliports, joined by our own reference table where
that names a field which it lacks. `prior` says how often, other things equal, an aircraft of interest uses
such a field: scheduled airports before other coded ones, these before private strips. Only the order
matters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from math import asin, cos, floor, radians, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from tailgraph.flights.geo import EARTH_NM, Floats, distance_nm, unit_vectors
from tailgraph.graph.keys import clean_name
from tailgraph.graph.reference import tables

_NO_RUNWAY = re.compile(r"heli|hospital|seaplane|balloon|glider", re.IGNORECASE)
_PRIOR_INTERNATIONAL, _PRIOR_SCHEDULED, _PRIOR_CODED, _PRIOR_STRIP = 1.0, 0.5, 0.15, 0.02
_CELL_DEG = 1.0
_FINE = 10


@dataclass(frozen=True, slots=True)
class Site:
    """One field of the table: its row, place in radians, and prior."""

    row: int
    north: float
    east: float
    prior: float


@dataclass(frozen=True, slots=True)
class Airfields:
    """Columns of equal length, ordered by ICAO location indicator; `elevation_ft` may be 0 for unknown."""

    icao: tuple[str, ...]
    country: tuple[str, ...]
    latitude: Floats
    longitude: Floats
    elevation_ft: Floats
    prior: Floats
    cells: dict[tuple[int, int], NDArray[np.intp]]
    scheduled: NDArray[np.intp]
    """Rows of the fields that far-away tracks may point to: scheduled ones and those of our own table."""
    scheduled_xyz: Floats
    """Their directions from the Earth's centre, as unit vectors."""
    grid: dict[tuple[int, int], list[Site]]
    """Sites by tenth of a degree, for the many questions of what lies right beside a place."""

    def near(self, latitude: float, longitude: float, radius_nm: float) -> tuple[NDArray[np.intp], Floats]:
        """Rows of the fields within `radius_nm`, and their distances in nautical miles."""
        rows = self._around(latitude, longitude, radius_nm)
        distances = distance_nm(latitude, longitude, self.latitude[rows], self.longitude[rows])
        close = distances <= radius_nm
        return rows[close], distances[close]

    def beside(self, latitude: float, longitude: float, radius_nm: float) -> list[tuple[Site, float]]:
        """Sites within `radius_nm` (a few miles) and their distances. Plain Python: faster for so few."""
        north, east = radians(latitude), radians(longitude)
        reach = radius_nm / 60 * _FINE
        wide = reach / max(cos(north), 0.02)
        found = []
        for y in range(floor(latitude * _FINE - reach), floor(latitude * _FINE + reach) + 1):
            for x in range(floor(longitude * _FINE - wide), floor(longitude * _FINE + wide) + 1):
                for site in self.grid.get((y, (x + 1800) % 3600), ()):
                    h = (sin((site.north - north) / 2) ** 2
                         + cos(north) * cos(site.north) * sin((site.east - east) / 2) ** 2)
                    nm = 2 * EARTH_NM * asin(sqrt(min(1.0, h)))
                    if nm <= radius_nm:
                        found.append((site, nm))
        return found

    def _around(self, latitude: float, longitude: float, radius_nm: float) -> NDArray[np.intp]:
        reach = radius_nm / 60
        widest = min(89.0, max(abs(latitude - reach), abs(latitude + reach)))
        east = min(180.0, reach / np.cos(np.radians(widest)))
        south, north = int(np.floor(latitude - reach)), int(np.floor(latitude + reach))
        west, last = int(np.floor(longitude - east)), int(np.floor(longitude + east))
        columns = {(lon + 180) % 360 for lon in range(west, last + 1)}
        found = [self.cells[cell] for lat in range(south, north + 1) for lon in columns
                 if (cell := (lat, lon)) in self.cells]
        return np.concatenate(found) if found else np.empty(0, np.intp)


@lru_cache(maxsize=1)
def airfields() -> Airfields:
    """The table; read once, some 0.3 s. `icao` is the cleaned name where a field has no indicator."""
    ours = {row["icao"] or clean_name(row["name"]) for row in tables.rows("airports")}
    fields = [(key, field) for key, field in sorted(tables.airports().items())
              if field.latitude is not None and field.longitude is not None
              and not _NO_RUNWAY.search(field.name)]
    latitude = np.array([field.latitude for _, field in fields], float)
    longitude = np.array([field.longitude for _, field in fields], float)
    prior = np.array([_prior(key, field, key in ours) for key, field in fields])
    scheduled = np.flatnonzero(prior >= _PRIOR_SCHEDULED)
    return Airfields(
        icao=tuple(key for key, _ in fields), country=tuple(field.country or "" for _, field in fields),
        latitude=latitude, longitude=longitude,
        elevation_ft=np.array([field.elevation_ft or 0.0 for _, field in fields], float),
        prior=prior, cells=_cells(latitude, longitude), scheduled=scheduled,
        scheduled_xyz=unit_vectors(latitude[scheduled], longitude[scheduled]),
        grid=_grid(latitude, longitude, prior))


def _prior(key: str, field: tables.Airport, ours: bool) -> float:
    if field.iata or ours:
        return _PRIOR_INTERNATIONAL if "International" in field.name else _PRIOR_SCHEDULED
    return _PRIOR_CODED if re.fullmatch("[A-Z]{4}", key) else _PRIOR_STRIP


def _grid(latitude: Floats, longitude: Floats, prior: Floats) -> dict[tuple[int, int], list[Site]]:
    grid: dict[tuple[int, int], list[Site]] = {}
    for row, (lat, lon, weight) in enumerate(zip(latitude.tolist(), longitude.tolist(), prior.tolist(),
                                                 strict=True)):
        cell = (floor(lat * _FINE), (floor(lon * _FINE) + 1800) % 3600)
        grid.setdefault(cell, []).append(Site(row, radians(lat), radians(lon), weight))
    return grid


def _cells(latitude: Floats, longitude: Floats) -> dict[tuple[int, int], NDArray[np.intp]]:
    rows: dict[tuple[int, int], list[int]] = {}
    for row, (lat, lon) in enumerate(zip(latitude.tolist(), longitude.tolist(), strict=True)):
        cell = (int(np.floor(lat / _CELL_DEG)), (int(np.floor(lon / _CELL_DEG)) + 180) % 360)
        rows.setdefault(cell, []).append(row)
    return {cell: np.array(members, np.intp) for cell, members in rows.items()}
