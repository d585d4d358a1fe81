"""Packed positions come back as they were; anything else is refused."""

from __future__ import annotations

import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailgraph.errors import InputRefused
from tailgraph.flights.packing import MAGIC, pack, unpack
from tailgraph.flights.positions import COLUMNS, Label, build, concat, empty
from tailgraph.flights.simulate import simulate
from tailgraph.flights.worlds import World, scenario


def test_a_track_comes_back_row_by_row() -> None:
    made = simulate(scenario(World(seed=7, aircraft=2, interval_s=60)))
    for key, rows in made.positions.groups():
        label = Label(key, "file")
        back = unpack(pack(rows), key, "file", [label])
        assert (back.aircraft, back.sources, back.labels) == ((key,), ("file",), frozenset([label]))
        for name in COLUMNS:
            np.testing.assert_array_equal(getattr(back, name), getattr(rows, name))


@given(st.permutations(range(5)))
def test_the_order_of_rows_does_not_change_the_bytes(order: list[int]) -> None:
    rows = build(
        ("15406e",),
        ("s",),
        frozenset(),
        5,
        time=[1e9, 1e9, 1e9, 1e9 + 1, 1e9 + 2],
        latitude=[1, 2, 2, 3, 4],
        longitude=[1, 1, 5, 1, 1],
    )
    assert pack(rows.take(np.array(order))) == pack(rows)


def test_only_one_aircraft_is_packed_at_a_time() -> None:
    one, other = (
        build((key,), ("s",), frozenset(), 1, time=[1e9], latitude=[1], longitude=[1])
        for key in ("15406e", "155555")
    )
    with pytest.raises(ValueError, match="one aircraft"):
        pack(concat([one, other]))
    assert len(unpack(pack(empty()), "15406e", "s")) == 0


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PNG",
        MAGIC,
        MAGIC + b"junk",
        MAGIC + zlib.compress(b"\1"),
        MAGIC + zlib.compress(b"\5" + b"\0" * 100),
        MAGIC + zlib.compress((2**62).to_bytes(8, "little") + b"\0" * 10),
    ],
)
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(InputRefused):
        unpack(data, "15406e", "s")
