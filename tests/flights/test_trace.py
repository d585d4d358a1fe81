"""The readsb trace reader: a real file, every column, and files that are broken in every way."""

from __future__ import annotations

import gzip
from typing import Any

import numpy as np
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tailgraph.errors import InputRefused
from tailgraph.flights.derive import derive
from tailgraph.flights.positions import AIR, GROUND, GROUND_UNKNOWN, NEW_LEG, STALE, Label
from tailgraph.flights.readers import read, trace
from tailgraph.flights.readers.content import Content
from tailgraph.flights.readers.detect import read_content
from tailgraph.flights.readers.reading import Reading
from tests.flights import samples

BASE = 1_710_892_800.0


def parse(rows: list[Any], **head: Any) -> Reading:
    data = {"icao": "15406e", "timestamp": BASE, "trace": rows, **head}
    return read_content(Content(orjson.dumps(data), "trace.json"))


@samples.needed
def test_the_real_sample_gives_its_four_legs() -> None:
    reading = read(samples.FOLDER / "trace_full_ac671b.json")
    assert (reading.rows, reading.refused_count, reading.format) == (2500, 0, "readsb trace")
    flights = derive(reading.positions)
    assert [flight.callsigns for flight in flights] == [
        ("DAL1812",),
        ("DAL2418",),
        ("DAL1615",),
        ("DAL2927",),
    ]
    assert [flight.departure and flight.departure.airport for flight in flights] == [
        None,
        "KMSP",
        None,
        "KMSP",
    ]
    assert [flight.arrival and flight.arrival.airport for flight in flights] == [
        "KMSP",
        None,
        "KMSP",
        "KDEN",
    ]
    assert flights[1].vanished_toward is not None and flights[2].appeared_from is not None
    assert flights[1].vanished_toward.airport == flights[2].appeared_from.airport == "KGEG"
    assert {flight.registration for flight in flights} == {"N899DN"}
    assert {flight.type_designator for flight in flights} == {"B739"}


def test_every_column_arrives_in_its_unit() -> None:
    detail = {"flight": "rff7074 ", "squawk": "2612", "alt_geom": 31000}
    reading = parse(
        [
            [0.5, 43.4, 132.1, "ground", 12.3, 90.0, 2, None, detail, "adsb_icao", None],
            [60.0, 43.5, 131.9, 3025, 210.0, 231.5, 1, 1856, None, "mlat", 3100],
            [70.0, 43.6, 131.8, None, None, None, 0, None, None, None, 3200],
            [80.0, 43.7, 131.7, None, None, None, 0, None, None],
        ],
        r="RA-82030",
        t="A124",
        ownOp="224th Flight Unit",
    )
    rows = reading.positions
    assert rows.aircraft == ("15406e",)
    assert rows.labels == {Label("15406e", reading.digest, "RA-82030", "A124", "224th Flight Unit")}
    assert rows.time.tolist() == [BASE + 0.5, BASE + 60, BASE + 70, BASE + 80]
    assert rows.ground.tolist() == [GROUND, AIR, AIR, GROUND_UNKNOWN]
    np.testing.assert_array_equal(rows.altitude_ft, np.array([np.nan, 3025, 3200, np.nan], np.float32))
    assert rows.callsign.tolist() == [b"RFF7074", b"", b"", b""]
    assert rows.squawk.tolist() == [2612, -1, -1, -1]
    assert rows.flags.tolist() == [NEW_LEG, STALE, 0, 0]
    np.testing.assert_array_equal(
        rows.vertical_rate_fpm, np.array([np.nan, 1856, np.nan, np.nan], np.float32)
    )


def test_an_address_that_is_not_icaos_is_kept_apart() -> None:
    assert parse([[0, 1, 2, 3, None, None, 0, None]], icao="~15406E").positions.aircraft == ("~15406e",)


def test_gzip_under_a_json_name_is_the_same_file_but_for_its_digest() -> None:
    data = orjson.dumps({"icao": "15406e", "timestamp": BASE, "trace": [[0, 1, 2, 3, 4, 5, 0, 6]]})
    plain, packed = (read_content(Content(form, "x")) for form in (data, gzip.compress(data)))
    assert plain.positions.latitude.tolist() == packed.positions.latitude.tolist() == [1.0]
    assert plain.digest != packed.digest


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ([0, 91, 2, 3], "is no place on Earth"),
        ([0, 0, 0, 3], "is no place on Earth"),
        ([0, None, 2, 3], "has no time or no position"),
        (["x", 1, 2, 3], "has no time or no position"),
        ([1e300, 1, 2, 3], "has no possible time"),
        (None, "is not a row of at least four values"),
        ([0, 1], "is not a row of at least four values"),
        ({}, "is not a row of at least four values"),
    ],
)
def test_a_broken_row_is_located_and_the_rest_goes_in(row: Any, why: str) -> None:
    good = [5, 43.4, 132.1, 1000, 200, 90, 0, 64]
    reading = parse([good, row, good])
    assert (reading.rows, len(reading.positions), reading.refused_count) == (3, 2, 1)
    assert [(refused.where, refused.why) for refused in reading.refused] == [("trace[1]", why)]


@pytest.mark.parametrize(
    "broken",
    [
        b'{"trace": [',
        b'{"trace": 5, "timestamp": 1}',
        b'{"icao": "15406e", "trace": [], "timestamp": "x"}',
        b'{"icao": "zz", "timestamp": 1710892800, "trace": [[0,1,2,3,4,5,0,6]]}',
        b'{"icao": "15406e", "timestamp": 1710892800, "trace": [[0,1]]}',
        b'{"trace": [' + b"[" * 100_000,
        b"\x1f\x8b\x08garbage",
        gzip.compress(b'{"trace": [')[:20],
        b"",
        b"   ",
        b"\x00" * 100,
    ],
)
def test_a_broken_file_is_refused_by_name(broken: bytes) -> None:
    with pytest.raises(InputRefused) as refusal:
        read_content(Content(broken, "bad.json"))
    assert refusal.value.where == "bad.json"


def test_a_bomb_is_refused_before_it_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tailgraph.flights.readers.content.MAX_BYTES", 1 << 20)
    with pytest.raises(InputRefused, match="unpack to more than"):
        Content(gzip.compress(b" " * (5 << 20)), "bomb.json")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["flight", "squawk", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
rows = st.lists(
    st.one_of(
        json_values,
        st.lists(json_values, min_size=8, max_size=12),
        st.tuples(
            st.floats(0, 9e4),
            st.floats(-95, 95),
            st.floats(-185, 185),
            st.sampled_from(["ground", None, 100, "x", 1e30]),
            json_values,
            json_values,
            json_values,
            json_values,
            json_values,
        ),
    ),
    max_size=5,
)


@settings(max_examples=200, deadline=None)
@given(
    rows=rows, head=st.dictionaries(st.sampled_from(["icao", "timestamp", "r", "t", "ownOp"]), json_values)
)
def test_any_rows_give_a_reading_or_our_refusal(rows: Any, head: dict[str, Any]) -> None:
    try:
        data = orjson.dumps({"icao": "15406e", "timestamp": BASE, "trace": rows, **head})
    except TypeError:
        return
    try:
        reading = read_content(Content(data, "any.json"))
    except InputRefused:
        return
    assert len(reading.positions) <= reading.rows == len(rows)
    assert not np.isnan(reading.positions.latitude).any()
    derive(reading.positions)


@settings(max_examples=300, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.floats(0, 9e4),
            st.floats(1, 90),
            st.floats(-180, 180),
            st.sampled_from(["ground", None, 100, 3.5]),
            st.none() | st.floats(0, 900),
            st.none() | st.floats(0, 360),
            st.integers(0, 15),
            st.none() | st.floats(-9e3, 9e3),
            st.none() | st.just({"flight": "AB1 ", "squawk": "7000"}),
            st.just("adsb_icao"),
            st.none() | st.floats(0, 5e4),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_the_fast_way_and_the_careful_way_read_the_same(rows: list[Any]) -> None:
    """A row that only the careful way can read sends the whole file there; it must change nothing else."""
    assert_rows = [list(row) for row in rows]
    fast = trace.parse(
        Content(orjson.dumps({"icao": "15406e", "timestamp": BASE, "trace": assert_rows}), "x")
    )
    mixed = [*assert_rows, "no row"]
    careful = trace.parse(Content(orjson.dumps({"icao": "15406e", "timestamp": BASE, "trace": mixed}), "x"))
    assert careful.refused_count == fast.refused_count + 1
    for name in (
        "time",
        "latitude",
        "altitude_ft",
        "ground",
        "ground_speed_kt",
        "callsign",
        "squawk",
        "flags",
    ):
        np.testing.assert_array_equal(getattr(careful.positions, name), getattr(fast.positions, name))
