"""The rectangle of the plane that a map shows, and its coordinates on the sheet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tailgraph.flights.chart.projection import Projection
from tailgraph.flights.geo import Floats

WIDTH = 1000.0
_LEAST_NM, _MARGIN = 40.0, 0.14
_FLATTEST, _TALLEST = 0.5, 0.85


@dataclass(frozen=True, slots=True)
class Frame:
    """Sheet units count from the upper left corner, `WIDTH` of them across and `height` down."""

    projection: Projection
    west_nm: float
    north_nm: float
    units_per_nm: float
    height: float

    def place(self, latitude: ArrayLike, longitude: ArrayLike) -> Floats:
        """Rows (x, y) on the sheet."""
        return self.on_sheet(self.projection.plane(latitude, longitude))

    def on_sheet(self, plane: Floats) -> Floats:
        return (plane - [self.west_nm, self.north_nm]) * [self.units_per_nm, -self.units_per_nm]

    @property
    def reach_nm(self) -> float:
        """From the projection's centre to the farthest corner."""
        east = self.west_nm + WIDTH / self.units_per_nm
        south = self.north_nm - self.height / self.units_per_nm
        return float(np.hypot(max(abs(self.west_nm), abs(east)), max(abs(self.north_nm), abs(south))))


def fitted(projection: Projection, latitude: ArrayLike, longitude: ArrayLike) -> Frame:
    """The frame that holds all these places with a margin around them."""
    plane = projection.plane(latitude, longitude).reshape(-1, 2)
    low, high = plane.min(axis=0), plane.max(axis=0)
    middle = (low + high) / 2
    across, down = (max(_LEAST_NM, float(span)) * (1 + 2 * _MARGIN) for span in high - low)
    across, down = max(across, down / _TALLEST), max(down, across * _FLATTEST)
    scale = WIDTH / across
    return Frame(projection, float(middle[0] - across / 2), float(middle[1] + down / 2), scale, down * scale)
