"""Airports that a track may point to, as an edge stores them; fields without an indicator bear a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailgraph.flights.airports import airfields
from tailgraph.graph.flight_rows import candidate_text, stored_candidate
from tailgraph.graph.model import AirportCandidate

NAMELESS = [name for name in airfields().icao if " " in name]


@pytest.mark.parametrize("airport", NAMELESS)
def test_a_field_without_an_indicator_comes_back_whole(airport: str) -> None:
    candidate = AirportCandidate(airport=airport, distance_nm=47.4, score=0.208)
    assert stored_candidate(candidate_text(candidate)) == candidate


def test_there_are_such_fields() -> None:
    assert "Mezzeh air base" in NAMELESS


@given(st.text(min_size=1), st.integers(0, 99_999), st.integers(0, 1_000))
def test_whatever_the_name(airport: str, tenths: int, thousandths: int) -> None:
    candidate = AirportCandidate(airport=airport, distance_nm=tenths / 10, score=thousandths / 1_000)
    assert stored_candidate(candidate_text(candidate)) == candidate
