"""From the globe to a plane: azimuthal equidistant around the middle of what is shown.

True in distance and direction from the centre, without a seam at the date line and whole at the poles
(Snyder, Map Projections: A Working Manual, USGS 1987, chapter 25, for the sphere).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tailgraph.flights import geo
from tailgraph.flights.geo import Floats


@dataclass(frozen=True, slots=True)
class Projection:
    """Degrees of the centre."""

    latitude: float
    longitude: float

    @property
    def antipode(self) -> tuple[float, float]:
        """Latitude and longitude of the one place that has no image."""
        return -self.latitude, float(geo.wrap_deg(self.longitude + 180))

    def plane(self, latitude: ArrayLike, longitude: ArrayLike) -> Floats:
        """Rows (x, y): nautical miles east and north of the centre."""
        away = geo.distance_nm(self.latitude, self.longitude, latitude, longitude)
        course = np.radians(geo.bearing_deg(self.latitude, self.longitude, latitude, longitude))
        return np.stack([away * np.sin(course), away * np.cos(course)], axis=-1)


def around(latitude: ArrayLike, longitude: ArrayLike) -> Projection:
    """The projection whose centre lies amid these places; raises ValueError where there are none."""
    directions = geo.unit_vectors(latitude, longitude).reshape(-1, 3)
    if not len(directions):
        raise ValueError("nothing to be shown")
    # The middle of the extent, not of the reports: a day of taxiing must not draw the centre to one end.
    middle = directions.min(axis=0) + directions.max(axis=0)
    if np.linalg.norm(middle) < 1e-6:
        middle = directions[0]
    x, y, z = middle / np.linalg.norm(middle)
    return Projection(float(np.degrees(np.arcsin(np.clip(z, -1, 1)))), float(np.degrees(np.arctan2(y, x))))
