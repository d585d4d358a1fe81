"""The least distance of two groups is that of their nearest pair, however it is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailgraph.graph import nearest
from tailgraph.graph.nearest import least_nm
from tailgraph.graph.whereabouts import Where, distance_nm, positions_of

PLACES = st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), min_size=1, max_size=12).map(tuple)


@given(PLACES, PLACES, st.integers(1, 5))
def test_it_is_the_least_of_all_pairs(starts: tuple[tuple[float, float], ...],
                                      goals: tuple[tuple[float, float], ...], rows: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nearest, "_ROWS", rows)
        least_nm.cache_clear()
        exact = min(distance_nm(start, goal) for start in starts for goal in goals)
        assert least_nm(starts, goals) == pytest.approx(exact, abs=0.01)


def test_it_does_not_matter_which_group_comes_first() -> None:
    russia, korea = (positions_of(Where(countries=frozenset({code}))) for code in ("RU", "KP"))
    exact = min(distance_nm(start, goal) for start in russia for goal in korea)
    assert least_nm(russia, korea) == least_nm(korea, russia) == exact
    assert least_nm(russia, russia) == 0


def test_the_largest_countries_are_no_matter_of_minutes() -> None:
    america, russia = (positions_of(Where(countries=frozenset({code}))) for code in ("US", "RU"))
    assert len(america) * len(russia) > 5_000_000
    assert 40 < least_nm(america, russia) < 400  # over the Bering Strait
