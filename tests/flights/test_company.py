"""Which aircraft flew together, and which only crossed, followed or passed."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailgraph.flights import company
from tailgraph.flights.company import NEAR_NM, Samples, Sky, Together, together
from tailgraph.flights.geo import destination, distance_nm
from tailgraph.flights.positions import Positions, build

T = 1_709_294_400.0  # 2024-03-01 12:00 UTC
LEADER = (40.0, 10.0, 90.0)


def flown(key: str, latitude: float, longitude: float, course: float, *, minutes: float = 40,
          late_s: float = 0, altitude: float = 30_000, knots: float = 420,
          every: float = 20) -> tuple[str, Positions]:
    """A straight flight along a great circle."""
    seconds = np.arange(0, minutes * 60, every)
    lat, lon = destination(latitude, longitude, course, seconds / 3600 * knots)
    return key, build((key,), (f"{key}.csv",), frozenset(), len(seconds), time=T + late_s + seconds,
                      latitude=lat, longitude=lon, altitude_ft=np.full(len(seconds), altitude),
                      ground=np.zeros(len(seconds)))


def beside(nm: float, **changes: float) -> tuple[str, Positions]:
    latitude, longitude = (float(value) for value in destination(*LEADER[:2], 0.0, nm))
    return flown("bbbbbb", latitude, longitude, 90.0, **changes)


def test_two_a_mile_apart_flew_together() -> None:
    (found,) = together([flown("aaaaaa", *LEADER), beside(1.0, altitude=30_200)])
    one, other, stretch = found
    assert (one, other) == ("aaaaaa", "bbbbbb")
    assert stretch.closest_nm == pytest.approx(1.0, abs=0.05)
    assert stretch == Together(T, T + 38 * 60, stretch.closest_nm, stretch.median_nm)


def test_one_that_follows_a_mile_behind_shadows_the_other() -> None:
    (found,) = together([flown("aaaaaa", *LEADER), flown("bbbbbb", *LEADER, late_s=3600 / 420)])
    assert found[2].median_nm == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize("at_once", [1, 2, 7, 25])
def test_portions_find_what_the_whole_finds(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    traffic = [flown("aaaaaa", *LEADER), beside(1.0), flown("cccccc", *LEADER, late_s=1800)]
    whole = together(traffic)
    assert len(whole) == 1
    monkeypatch.setattr(company, "AT_ONCE", at_once)
    assert together(traffic) == whole


def test_comparing_takes_the_memory_of_a_portion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(company, "AT_ONCE", 10_000)
    sky, steps = Sky(), np.arange(100)
    for at in range(1_000):
        sky.add(f"{at:06x}", Samples(steps, np.full(100, at % 100 - 50.0), at / 10 + steps / 10,
                                     np.full(100, 30_000.0), np.full(100, 90.0)))
    tracemalloc.start()
    assert not list(sky.near())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


@pytest.mark.parametrize("other", [
    pytest.param(beside(1.0, altitude=32_000), id="two thousand feet above"),
    pytest.param(beside(4.0), id="four miles to the side"),
    pytest.param(flown("bbbbbb", *LEADER, late_s=120), id="two minutes behind"),
    pytest.param(flown("bbbbbb", 40.0, 16.0, 270.0), id="the other way"),
    pytest.param(flown("bbbbbb", 39.0, 11.0, 0.0), id="crossing"),
    pytest.param(beside(0.5, knots=520), id="passing"),
    pytest.param(beside(1.0, minutes=9), id="nine minutes"),
    pytest.param(beside(1.0, every=180), id="heard every three minutes only"),
])
def test_other_traffic_did_not(other: tuple[str, Positions]) -> None:
    assert together([flown("aaaaaa", *LEADER), other]) == []


@pytest.mark.parametrize("place", [(10.0, 179.5, 90.0), (89.7, 0.0, 0.0), (-40.0, -179.9, 270.0)])
def test_the_date_line_and_the_pole_are_no_border(place: tuple[float, float, float]) -> None:
    assert len(together([flown("aaaaaa", *place), flown("bbbbbb", *place, altitude=30_500)])) == 1


def test_two_parked_side_by_side_did_not_fly() -> None:
    _, rows = flown("aaaaaa", *LEADER, knots=0)
    assert together([("aaaaaa", rows), flown("bbbbbb", *LEADER, knots=0)]) == []


def test_three_in_formation_make_three_pairs_in_any_order() -> None:
    three = [flown("aaaaaa", *LEADER), beside(1.0), flown("cccccc", *LEADER, altitude=30_300)]
    found = together(three)
    assert {pair[:2] for pair in found} == {("aaaaaa", "bbbbbb"), ("aaaaaa", "cccccc"), ("bbbbbb", "cccccc")}
    assert together(three[::-1]) == found


PLACES = st.tuples(st.floats(-85, 85), st.floats(-180, 180), st.floats(0, 360))


@given(st.lists(PLACES, min_size=1, max_size=4), st.floats(0.1, 6.0), st.floats(0, 360))
def test_the_grid_finds_what_comparing_all_finds(places: list[tuple[float, float, float]], nm: float,
                                                 bearing: float) -> None:
    """Pairs flown side by side, anywhere on Earth, are found if and only if they are near."""
    tracks = []
    for index, (latitude, longitude, course) in enumerate(places):
        lat, lon = (float(value) for value in destination(latitude, longitude, bearing, nm))
        tracks += [flown(f"{index:06x}", latitude, longitude, course, minutes=14),
                   flown(f"1{index:05x}", lat, lon, course, minutes=14)]
    found = {(a, b) for a, b, _ in together(tracks)}
    for index in range(len(places)):
        one, other = tracks[2 * index], tracks[2 * index + 1]
        apart = distance_nm(one[1].latitude, one[1].longitude, other[1].latitude, other[1].longitude)
        if apart.max() < NEAR_NM - 0.05:
            assert (one[0], other[0]) in found
        if apart.min() > NEAR_NM + 0.05:
            assert (one[0], other[0]) not in found
