"""The sun's elevation against the facts of the case and against what must hold everywhere."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from tailgraph.flights.sun import LIMITS_DEG, elevation_deg


def at(*when: int) -> float:
    return datetime(*when, tzinfo=UTC).timestamp()  # type: ignore[misc, arg-type]


def test_pyongyang_in_the_night_of_the_case() -> None:
    assert round(float(elevation_deg(at(2024, 3, 20, 17, 30), 39.2241, 125.67)), 1) == -43.7


@pytest.mark.parametrize(
    ("when", "latitude", "longitude", "elevation"),
    [
        # NOAA solar calculator, without refraction: solar noon at the two solstices and at an equinox.
        (at(2024, 6, 20, 12, 2), 51.4779, 0.0, 61.96),
        (at(2024, 12, 21, 11, 58), 51.4779, 0.0, 15.08),
        (at(2024, 3, 20, 12, 7), 0.0, 0.0, 89.9),
    ],
)
def test_noon(when: float, latitude: float, longitude: float, elevation: float) -> None:
    assert float(elevation_deg(when, latitude, longitude)) == pytest.approx(elevation, abs=0.1)


def test_the_poles_have_half_a_year_of_day() -> None:
    hours = at(2024, 1, 1, 0) + np.arange(0, 366 * 24) * 3600.0
    share = (elevation_deg(hours, 90.0, 0.0) > LIMITS_DEG["sunset"]).mean()
    assert 0.50 < share < 0.53
    np.testing.assert_allclose(
        elevation_deg(hours, 90.0, 0.0), elevation_deg(hours, 90.0, 180.0), atol=1e-9
    )


def test_the_date_line_is_no_border() -> None:
    np.testing.assert_allclose(
        elevation_deg(at(2024, 3, 20), 43.0, 180.0), elevation_deg(at(2024, 3, 20), 43.0, -180.0)
    )
