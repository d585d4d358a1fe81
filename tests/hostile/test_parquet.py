"""Damaged Parquet files, and whole ones with values of any kind: nothing but our own errors."""

from __future__ import annotations

import io
import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from tailgraph.errors import InputRefused
from tailgraph.flights.derive import derive
from tailgraph.flights.readers.content import Content
from tailgraph.flights.readers.detect import read_content
from tests.hostile.test_tracks import T, damaged

WHOLE: dict[str, dict[str, list[Any]]] = {
    "OpenSky": {"time": [T, T + 10], "icao24": ["15406e"] * 2, "lat": [43.4, 43.41], "lon": [132.1, 132.12],
                "velocity": [200.0, None], "heading": [90.0, 91.0], "vertrate": [1.0, 0.0],
                "callsign": ["RFF1", None], "onground": [False, False], "squawk": ["1234", ""],
                "baroaltitude": [1000.0, 1010.0]},
    "traffic": {"timestamp": [datetime.fromtimestamp(T, UTC), datetime.fromtimestamp(T + 10, UTC)],
                "icao24": ["15406e"] * 2, "latitude": [43.4, 43.41], "longitude": [132.1, 132.12],
                "altitude": [3000, 3100], "groundspeed": [200, 201]},
    "Tailgraph": {"time": ["2024-03-20T10:00:00Z", "2024-03-20T10:00:10Z"], "icao24": ["15406e"] * 2,
                  "latitude": [43.4, 43.41], "longitude": [132.1, 132.12], "on_ground": [False, None]},
}
VALUES: tuple[list[Any], ...] = (
    [None, None], ["", "\x00"], [b"\xff\xfe", b""], [2**63 - 1, -2**63], [float("nan"), float("inf")],
    [1e300, -1e-300], [True, None], [[1, 2], []], [{"a": 1}, None], [Decimal("1.5"), None],
    [date(1, 1, 1), date(9999, 12, 31)], [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)],
    [datetime.fromisoformat("2024-03-20"), None], [timedelta(days=9), None], ["15406e", "~15406e"],
    ["2024-03-20T10:00:00", "9999-99-99"], ["=1+1", "\u202e<script>"], ["9" * 5000, "x" * 100_000])
COUNTS = [150, pytest.param(10_000, marks=pytest.mark.full)]


def written(columns: dict[str, list[Any]], **how: Any) -> bytes:
    out = io.BytesIO()
    parquet.write_table(pa.table(columns), out, **how)
    return out.getvalue()


def is_read(data: bytes, *, derived: bool) -> bool:
    """Whether the file was read, not refused; any error but ours is raised."""
    try:
        reading = read_content(Content(data, "a.parquet", "15406e"))
    except InputRefused:
        return False
    if derived:
        derive(reading.positions, overflown=True)
    return True


@pytest.mark.parametrize("form", WHOLE)
def test_the_whole_files_are_read(form: str) -> None:
    assert len(read_content(Content(written(WHOLE[form]), form)).positions) == 2


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("form", WHOLE)
def test_damaged_files_raise_nothing_but_our_own_errors(form: str, count: int) -> None:
    draw = random.Random(form)
    files = [written(WHOLE[form], compression=kind, use_dictionary=False) for kind in ("none", "snappy")]
    outcomes = [is_read(damaged(draw.choice(files), draw), derived=number % 20 == 0)
                for number in range(count)]
    assert set(outcomes) == {True, False}, "damage must neither break every file nor none"


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("form", WHOLE)
def test_values_of_any_kind_raise_nothing_but_our_own_errors(form: str, count: int) -> None:
    draw, outcomes = random.Random(form), set()
    for number in range(count):
        changed = draw.sample(sorted(WHOLE[form]), draw.randint(1, 3))
        columns = {name: draw.choice(VALUES) if name in changed else values
                   for name, values in WHOLE[form].items() if draw.random() > 0.02}
        outcomes.add(is_read(written(columns), derived=number % 20 == 0))
    assert outcomes == {True, False}
