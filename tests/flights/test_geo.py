"""Great circles: known distances, and round trips also at the poles and over the date line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailgraph.flights import geo

latitudes, longitudes = st.floats(-89.9, 89.9), st.floats(-180, 180)


@pytest.mark.parametrize(
    ("one", "other", "nm"),
    [
        ((0, 0), (0, 1), 60.04),
        ((0, 179.5), (0, -179.5), 60.04),
        ((89, 0), (89, 180), 120.08),
        ((40.6398, -73.7789), (51.4775, -0.4614), 2992),
    ],
)
def test_known_distances(one: tuple[float, float], other: tuple[float, float], nm: float) -> None:
    assert float(geo.distance_nm(*one, *other)) == pytest.approx(nm, rel=0.002)


@given(latitudes, longitudes, st.floats(0, 360), st.floats(0.1, 9000))
def test_one_gets_where_one_steers(latitude: float, longitude: float, course: float, nm: float) -> None:
    lat, lon = geo.destination(latitude, longitude, course, nm)
    assert abs(lat) <= 90 and -180 <= lon <= 180
    assert float(geo.distance_nm(latitude, longitude, lat, lon)) == pytest.approx(nm, abs=1e-3)


@given(latitudes, longitudes, latitudes, longitudes)
def test_halfway_is_as_far_from_both_ends(lat1: float, lon1: float, lat2: float, lon2: float) -> None:
    lat, lon = geo.intermediate(lat1, lon1, lat2, lon2, 0.5)
    whole = float(geo.distance_nm(lat1, lon1, lat2, lon2))
    assert float(geo.distance_nm(lat1, lon1, lat, lon)) == pytest.approx(whole / 2, abs=0.01)


@given(st.floats(-720, 720), st.floats(-720, 720))
def test_turns_are_symmetric_and_at_most_half_a_circle(one: float, other: float) -> None:
    turn = float(geo.turn_deg(one, other))
    assert 0 <= turn <= 180
    assert turn == pytest.approx(float(geo.turn_deg(other, one)), abs=1e-9)
