"""The plane picture keeps what it promises: distance and direction from its centre, everywhere on Earth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailgraph.flights import geo
from tailgraph.flights.chart.frame import WIDTH, fitted
from tailgraph.flights.chart.projection import Projection, around

LATITUDES, LONGITUDES = st.floats(-90, 90), st.floats(-180, 180)
PLACES = st.tuples(LATITUDES, LONGITUDES)


@given(PLACES, PLACES)
def test_true_in_distance_and_direction_from_the_centre(centre: tuple[float, float],
                                                        place: tuple[float, float]) -> None:
    x, y = Projection(*centre).plane(*place).tolist()
    nm = float(geo.distance_nm(*centre, *place))
    assert np.hypot(x, y) == pytest.approx(nm, abs=1e-6)
    if 1 < nm < 10_000:
        course = float(np.degrees(np.arctan2(x, y)))
        assert geo.turn_deg(course, geo.bearing_deg(*centre, *place)) < 1e-6


@given(st.lists(PLACES, min_size=1, max_size=30))
def test_every_place_lies_on_the_sheet(places: list[tuple[float, float]]) -> None:
    latitude, longitude = np.array(places).T
    frame = fitted(around(latitude, longitude), latitude, longitude)
    x, y = frame.place(latitude, longitude).T
    assert (x >= -1e-6).all() and (x <= WIDTH + 1e-6).all()
    assert (y >= -1e-6).all() and (y <= frame.height + 1e-6).all()
    assert 0.45 * WIDTH < frame.height < 0.9 * WIDTH


@given(st.floats(-60, 60), st.floats(0.1, 5))
def test_the_date_line_is_no_seam(latitude: float, half: float) -> None:
    longitude = [180 - half, -180 + half]
    across = np.diff(around([latitude] * 2, longitude).plane([latitude] * 2, longitude), axis=0)
    nm = float(geo.distance_nm(latitude, longitude[0], latitude, longitude[1]))
    assert np.hypot(*across[0]) == pytest.approx(nm, rel=0.01)


def test_nothing_has_no_middle() -> None:
    with pytest.raises(ValueError, match="nothing"):
        around([], [])
