"""The ground under the tracks is that of the table of borders, wherever the map looks."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from tailgraph.flights import geo
from tailgraph.flights.airspace import borders, countries_at
from tailgraph.flights.chart import land
from tailgraph.flights.chart.frame import WIDTH, Frame, fitted
from tailgraph.flights.chart.projection import around

VIEWS: dict[str, tuple[list[float], list[float]]] = {
    "Korea": ([43.4, 39.2], [132.1, 125.7]), "date line": ([43, 47], [150, -122]),
    "north pole": ([80, 82, 70], [0, 120, -120]), "Antarctica": ([-70, -75, -80], [0, 90, 180]),
    "half the world": ([40, -40], [-100, 60]),
}


@pytest.fixture(params=VIEWS, scope="module")
def frame(request: pytest.FixtureRequest) -> Frame:
    latitude, longitude = VIEWS[request.param]
    return fitted(around(latitude, longitude), latitude, longitude)


def test_places_on_the_sheet_lie_in_the_country_that_the_table_says(frame: Frame) -> None:
    shown = {}
    for country in land.countries(frame):
        # Even-odd, as the picture fills it.
        area = shapely.Polygon()
        for ring in country.rings:
            area = area.symmetric_difference(shapely.Polygon(ring).buffer(0))
        shown[country.code] = area
    latitude, longitude = somewhere(frame)
    codes = [border.country for border in borders()]
    true = [codes[at] if at >= 0 else "" for at in countries_at(latitude, longitude).tolist()]
    drawn = [next((code for code, area in shown.items() if area.contains(shapely.Point(*place))), "")
             for place in frame.place(latitude, longitude).tolist()]
    # Lines are thinned, so that places right at a border or coast may fall to the other side.
    assert sum(a != b for a, b in zip(true, drawn, strict=True)) <= 0.02 * len(true)
    assert len(set(true)) > 1


def somewhere(frame: Frame) -> tuple[geo.Floats, geo.Floats]:
    """Places all over the sheet, without those near the place that has no image."""
    draw = np.random.default_rng(5)
    x = frame.west_nm + draw.uniform(0, WIDTH, 600) / frame.units_per_nm
    y = frame.north_nm - draw.uniform(0, frame.height, 600) / frame.units_per_nm
    away = np.hypot(x, y)
    centre = frame.projection
    course = np.degrees(np.arctan2(x, y))
    latitude, longitude = geo.destination(centre.latitude, centre.longitude, course, away)
    near = away < geo.EARTH_NM * np.pi - 300
    return latitude[near], longitude[near]


def test_the_grid_stays_on_the_sheet_and_says_where_it_is(frame: Frame) -> None:
    lines = land.grid(frame)
    assert len(lines) > 3
    for line in lines:
        assert (line.points >= -0.01).all() and (line.points[:, 0] <= WIDTH + 0.01).all()


def test_a_small_view_names_the_parallels() -> None:
    small = fitted(around([39.0, 39.4], [125.5, 126.0]), [39.0, 39.4], [125.5, 126.0])
    assert {"39° N", "39.25° N"} <= {line.name for line in land.grid(small)}
