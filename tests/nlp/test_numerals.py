"""Numbers in words and digits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailgraph.nlp.numerals import number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("twenty-one", 21),
        ("a dozen", 12),
        ("half a dozen", 6),
        ("half-dozen", 6),
        ("two dozen", 24),
        ("two hundred", 200),
        ("1,200", 1200),
        ("both", 2),
        ("a", 1),
        ("many", None),
        ("", None),
        ("twelve planes", None),
        ("Six", 6),
    ],
)
def test_number(text: str, expected: int | None) -> None:
    assert number(text) == expected


@given(st.integers(min_value=0, max_value=10**9))
def test_digits_are_themselves_with_and_without_commas(value: int) -> None:
    assert number(str(value)) == number(f"{value:,}") == value


@given(st.text(max_size=40))
def test_never_raises_and_never_goes_below_zero(text: str) -> None:
    found = number(text)
    assert found is None or found >= 0
