"""Poisson tails against sums done the long way."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailgraph.graph.analysis.chance import at_least


@given(st.integers(1, 60), st.floats(1e-3, 60))
def test_is_the_poisson_tail(count: int, expected: float) -> None:
    below = math.fsum(math.exp(k * math.log(expected) - expected - math.lgamma(k + 1)) for k in range(count))
    assert at_least(count, expected) == pytest.approx(1 - below, abs=1e-12)


def test_the_ends() -> None:
    assert at_least(0, 3.0) == 1.0
    assert at_least(2, 0.0) == 0.0
    assert at_least(2, 5_000.0) == 1.0
    assert at_least(3, 1e-6) == pytest.approx(1e-18 / 6, rel=1e-5)
