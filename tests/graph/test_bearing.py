"""Which tracked flights are held against which reports: none that could change an outcome is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailgraph.graph import bearing, comparison
from tailgraph.graph.agreement import Reported, Tracked
from tests.graph.test_comparison import BY_KIND, TOLD, at, tracked

REPORTS = st.sampled_from([
    TOLD, BY_KIND, replace(BY_KIND, states=frozenset({"RU"})), replace(BY_KIND, types=frozenset()),
    replace(BY_KIND, callsigns=frozenset({"TTF9101"})), replace(TOLD, night=None),
    replace(BY_KIND, night=False)])
FLIGHTS = st.builds(
    lambda day, hour, type_, states, sign, goal, aircraft: replace(
        tracked(f"f{day}-{hour}", goal=goal, begin=at(day, hour), aircraft=aircraft),
        types=frozenset(type_), states=frozenset(states), callsigns=frozenset(sign), operators=frozenset()),
    st.integers(14, 27), st.integers(0, 23), st.sampled_from([["A124"], ["IL76"], ["A124", "IL76"], []]),
    st.sampled_from([["RU"], ["KP"], []]), st.sampled_from([["TTF9101"], []]),
    st.sampled_from(["ZKPY", "UHWW"]), st.sampled_from(["RA-82030", "RA-76999", None]))


def batch(reported: Reported, flights: list[Tracked]) -> bearing.Nearby:
    """As the store would have found them: the named airframe's, and all around that end in North Korea."""
    named = {flight.id for flight in flights if flight.aircraft & reported.aircraft}
    around = {flight.id: (flight.first_seen, frozenset({"RU", "KP"})) for flight in flights}
    return bearing.Nearby(bearing.Candidates({reported.id: named}, around), {f.id: f for f in flights})


@given(REPORTS, st.lists(FLIGHTS, max_size=12, unique_by=lambda flight: flight.id))
def test_what_is_left_out_changes_no_outcome(reported: Reported, flights: list[Tracked]) -> None:
    window = comparison.window(reported)
    assert window
    within = [f for f in flights if window[0] <= f.first_seen <= window[1] or f.aircraft & reported.aircraft]
    held = batch(reported, flights).bearing_on(reported)
    assert comparison.test(reported, held) == comparison.test(reported, within)


@given(REPORTS, st.lists(FLIGHTS, max_size=12, unique_by=lambda flight: flight.id))
def test_pairs_that_are_dropped_change_no_outcome(reported: Reported, flights: list[Tracked]) -> None:
    dropping = comparison.test(reported, flights)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(comparison, "_is_another", lambda identity: False)
        assert comparison.test(reported, flights) == dropping


def test_another_type_is_left_out_unless_its_airframe_or_call_sign_is_told() -> None:
    other = replace(tracked(aircraft="RA-76999"), types=frozenset({"IL76"}))
    assert batch(BY_KIND, [other]).bearing_on(BY_KIND) == []
    assert batch(TOLD, [replace(other, aircraft=TOLD.aircraft)]).bearing_on(TOLD)
    heard = replace(BY_KIND, callsigns=frozenset({"TTF9101"}))
    assert batch(heard, [replace(other, callsigns=frozenset({"TTF9101"}))]).bearing_on(heard)


def test_a_flight_that_ends_elsewhere_is_left_out() -> None:
    flight = tracked(aircraft=None)
    found = bearing.Candidates({}, {flight.id: (flight.first_seen, frozenset({"CN"}))})
    assert bearing.Nearby(found, {flight.id: flight}).bearing_on(BY_KIND) == []


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=10))
def test_merged_windows_hold_the_same_days_once(windows: list[tuple[int, int]]) -> None:
    day = [datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=number) for number in range(90)]
    spans = bearing.merged(sorted((day[first], day[first + width]) for first, width in windows))
    covered = [number for number in range(90) for since, until in spans if since <= day[number] <= until]
    assert covered == sorted({n for first, width in windows for n in range(first, first + width + 1)})
