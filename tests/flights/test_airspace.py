"""Countries flown over: real places, entry and exit, and what only a silence's great circle says."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from tailgraph.flights import airspace
from tailgraph.flights.derive import derive
from tailgraph.flights.scenario import PlannedAircraft, Scenario
from tailgraph.flights.simulate import simulate
from tailgraph.graph.model import Flight, Method


def flight(origin: str, destination: str, **leg: object) -> Flight:
    planned = {"from": origin, "to": destination, "departure": "2024-03-20T16:30:00Z", **leg}
    aircraft = PlannedAircraft.model_validate({"icao24": "15406e", "legs": [planned]})
    (found,) = derive(simulate(Scenario(aircraft=(aircraft,))).positions, overflown=True)
    return found


@pytest.mark.parametrize(
    ("latitude", "longitude", "country"),
    [
        (39.03, 125.75, "KP"),
        (43.12, 131.9, "RU"),
        (37.57, 126.98, "KR"),
        (44.95, 34.1, "UA"),
        (35.3, 33.5, "CY"),
        (46.2, 6.14, "CH"),
        (48.85, 2.35, "FR"),
        (59.91, 10.75, "NO"),
        (41.9, 12.45, "IT"),
        (66.4, -173.0, "RU"),
        (-89.0, 0.0, "AQ"),
        (40.0, -40.0, None),
        (38.5, 131.0, None),
        (42.66, 21.16, "XK"),
        (25.03, 121.5, "TW"),
    ],
)
def test_the_country_of_a_place(latitude: float, longitude: float, country: str | None) -> None:
    number = int(airspace.countries_at(np.array([latitude]), np.array([longitude]))[0])
    assert (airspace.borders()[number].country if number >= 0 else None) == country


def test_entry_and_exit_frame_each_country() -> None:
    over = flight("EDDM", "LIRF").overflew
    assert [one.country for one in over] == ["DE", "AT", "IT"]
    assert {one.method for one in over} == {Method.OBSERVED}
    assert over[0].entered_after is None and over[-1].left_by is None
    for one, following in pairwise(over):
        assert one.entered_by and one.left_after and one.left_by and following.entered_by
        assert one.entered_by <= one.left_after < one.left_by <= following.entered_by


def test_a_country_crossed_in_silence_is_interpolated() -> None:
    over = flight("EDDM", "LIRF", transponder_off=[{"from_min": 8, "to_min": 24}]).overflew
    assert [(one.country, one.method) for one in over] == [
        ("DE", Method.OBSERVED),
        ("AT", Method.INTERPOLATED),
        ("IT", Method.OBSERVED),
    ]
    assert (over[1].entered_by, over[1].left_after) == (None, None)
    assert over[1].entered_after == over[0].left_after and over[1].left_by == over[2].entered_by


def test_a_spoofed_place_is_not_flown_over() -> None:
    away = {"from_min": 30, "to_min": 40, "latitude": 33.8, "longitude": 35.6}
    assert "LB" not in {one.country for one in flight("EDDM", "LIRF", spoofed=[away]).overflew}


def test_countries_are_only_told_where_they_are_asked() -> None:
    planned = {"from": "EDDM", "to": "LIRF", "departure": "2024-03-20T16:30:00Z"}
    aircraft = PlannedAircraft.model_validate({"icao24": "15406e", "legs": [planned]})
    positions = simulate(Scenario(aircraft=(aircraft,))).positions
    assert [one.overflew for one in derive(positions)] == [()]
