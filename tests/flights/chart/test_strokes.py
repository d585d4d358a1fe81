"""Lines say of each moment of a flight whether it was received by day, by night, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tailgraph.flights.chart.frame import Frame, fitted
from tailgraph.flights.chart.leg import Leg
from tailgraph.flights.chart.projection import around
from tailgraph.flights.chart.strokes import SILENT_S, Kind, Stroke, Track, clocks, strokes, track
from tailgraph.flights.positions import build
from tests.flights.chart.flown import leg


def framed(flown: Track) -> Frame:
    latitude, longitude = flown.rows.latitude, flown.rows.longitude
    return fitted(around(latitude, longitude), latitude, longitude)


def drawn(flight: Leg) -> list[Stroke]:
    flown = track(flight)
    return list(strokes(framed(flown), flown, flight))


def made(seconds: list[float]) -> Leg:
    """Reports eastward along the equator at those times after 05:30 UTC, some minutes before sunrise."""
    times = 1_710_912_600 + np.cumsum(seconds)
    rows = build(("15406e",), ("f",), frozenset(), len(times), time=times, latitude=np.zeros(len(times)),
                 longitude=np.cumsum(seconds) * 0.002, altitude_ft=np.full(len(times), 30_000))
    return Leg("id", "title", rows)


@settings(max_examples=200)
@given(st.lists(st.floats(1, 2_000), min_size=2, max_size=40))
def test_they_cover_the_time_once_and_break_where_nothing_was_received(seconds: list[float]) -> None:
    flight = made(seconds)
    times = flight.rows.time
    found = drawn(flight)
    silent = {(a, b) for a, b in pairwise(times) if b - a > SILENT_S}
    assert {(s.start, s.end) for s in found if s.kind is Kind.SILENCE} == silent
    received = sum(b - a for a, b in pairwise(times) if b - a <= SILENT_S)
    assert sum(s.end - s.start for s in found if s.kind is not Kind.SILENCE) == pytest.approx(received)
    assert [s.start for s in found] == sorted(s.start for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_by_night_to_pyongyang_and_by_day_back() -> None:
    assert {stroke.kind for stroke in drawn(leg())} == {Kind.NIGHT}
    by_day = leg(**{"from": "ZKPY", "to": "UHWW", "departure": "2024-03-21T02:00:00Z"})
    assert {stroke.kind for stroke in drawn(by_day)} == {Kind.DAY}


def test_a_silence_is_broken_and_keeps_its_class() -> None:
    flight = leg(transponder_off=[{"from_min": 12, "to_min": 30}])
    (silence,) = (stroke for stroke in drawn(flight) if stroke.kind is Kind.SILENCE)
    told = replace(flight, silences=((silence.start, silence.end, "class: coverage"),))
    assert [s.note for s in drawn(told) if s.kind is Kind.SILENCE] == ["class: coverage"]
    assert (silence.end - silence.start) / 60 == pytest.approx(18, abs=0.5)


def test_impossible_reports_are_no_part_of_the_line() -> None:
    false = {"from_min": 20, "to_min": 21, "latitude": 10.0, "longitude": 100.0}
    flown = track(leg(spoofed=[false]))
    assert len(flown.set_aside) >= 5
    assert np.abs(flown.set_aside.latitude - 10).max() < 0.1
    assert flown.rows.latitude.min() > 35


def test_times_stand_only_where_it_was_received() -> None:
    flight = leg(transponder_off=[{"from_min": 12, "to_min": 30}])
    flown = track(flight)
    shown = {clock.text for clock in clocks(framed(flown), flown)}
    start = datetime(2024, 3, 20, 16, 30, tzinfo=UTC)
    assert shown
    assert {text for text in shown if "16:43" <= text <= "16:59"} == set()
    assert min(shown) <= f"{start:%H:%M}"
