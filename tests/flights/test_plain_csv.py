"""Tailgraph CSV: times, blanks, quotes, broken values, and the way back from what we write."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tailgraph.errors import InputRefused, UsageError
from tailgraph.flights.derive import derive
from tailgraph.flights.positions import AIR, GROUND, GROUND_UNKNOWN
from tailgraph.flights.readers import csv_table
from tailgraph.flights.readers.content import Content
from tailgraph.flights.readers.detect import known_aircraft, read_content
from tailgraph.flights.readers.reading import Reading
from tailgraph.flights.simulate import simulate
from tailgraph.flights.worlds import World, scenario
from tailgraph.flights.writing import write_csv

HEADER = (
    "time,icao24,latitude,longitude,altitude_ft,on_ground,ground_speed_kt,callsign,squawk,registration,type"
)


def parse(*lines: str, header: str = HEADER, aircraft: str | None = None) -> Reading:
    return read_content(Content("\n".join([header, *lines]).encode(), "track.csv", aircraft))


def test_both_forms_of_time_and_every_way_to_leave_a_field_empty() -> None:
    rows = parse(
        "2024-03-20T16:30:00Z,15406E,43.4,132.1,,true,,RFF1,2612,RA-82030,A124",
        "",
        "1710952201,15406e,43.5,132.0,1000,0,200,,,,",
        "2024-03-21T02:30:02+10:00,15406e,43.6,131.9",
    ).positions
    assert rows.time.tolist() == [1710952200.0, 1710952201.0, 1710952202.0]
    assert rows.ground.tolist() == [GROUND, AIR, GROUND_UNKNOWN]
    assert rows.callsign.tolist() == [b"RFF1", b"", b""]
    np.testing.assert_array_equal(rows.altitude_ft, np.array([np.nan, 1000, np.nan], np.float32))
    assert {label.registration for label in rows.labels} == {"RA-82030", ""}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("2024-03-20T16:30:00,15406e,43.4,132.1", "time is neither ISO 8601 with a zone nor epoch seconds"),
        ("yesterday,15406e,43.4,132.1", "time is neither ISO 8601 with a zone nor epoch seconds"),
        ("1710952200000,15406e,43.4,132.1", "time is neither ISO 8601 with a zone nor epoch seconds"),
        ("1710952200,15406e,north,132.1", "latitude and longitude are no place on Earth"),
        ("1710952200,15406e,43.4,inf", "latitude and longitude are no place on Earth"),
        ("1710952200,15406,43.4,132.1", "names no aircraft"),
        ("1710952200,,43.4,132.1", "names no aircraft"),
        ("x" * 20_000, "cannot be split into fields"),
    ],
)
def test_a_broken_line_is_located_and_the_rest_goes_in(line: str, why: str) -> None:
    good = "1710952200,15406e,43.4,132.1"
    reading = parse(good, line, good)
    assert (reading.rows, len(reading.positions)) == (3, 2)
    assert [(one.where, one.why) for one in reading.refused] == [("line 3", why)]


def test_a_bad_optional_value_costs_only_itself() -> None:
    reading = parse("1710952200,15406e,43.4,132.1,high,maybe,200,RFF1")
    assert [one.where for one in reading.refused] == ["line 2, altitude_ft", "line 2, on_ground"]
    assert reading.positions.ground_speed_kt.tolist() == [200.0]


def test_the_user_names_the_aircraft_where_the_file_does_not() -> None:
    header, line = "time,latitude,longitude", "1710952200,43.4,132.1"
    assert parse(line, header=header, aircraft=known_aircraft("ra-82030")).positions.aircraft == (
        "reg:RA-82030",
    )
    with pytest.raises(InputRefused, match="--aircraft"):
        parse(line, header=header)
    with pytest.raises(UsageError):
        known_aircraft("an aircraft")


def test_quotes_do_not_swallow_the_lines_behind_them() -> None:
    good = "1710952200,15406e,43.4,132.1"
    reading = parse(good, '1710952200,"15406e,43.4,132.1', '1710952200,"15406e","43.5",132.1', good)
    assert len(reading.positions) == 3
    assert [one.where for one in reading.refused] == ["line 3"]


def test_what_is_written_reads_back_as_the_same_flights() -> None:
    made = simulate(scenario(World(seed=5, aircraft=3, interval_s=30)))
    out = io.StringIO()
    write_csv(made.positions, out)
    reading = read_content(Content(out.getvalue().encode(), "x"))
    assert (reading.rows, reading.refused_count) == (len(made.positions), 0)

    def gist(flights: list[object]) -> list[object]:
        return [
            flight.model_copy(update={"sources": (), "operator": None})  # type: ignore[attr-defined]
            for flight in flights
        ]

    assert gist(list(derive(reading.positions))) == gist(list(derive(made.positions)))


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_below_a_good_header_give_a_reading_or_our_refusal(data: bytes) -> None:
    try:
        reading = csv_table.parse(Content(HEADER.encode() + b"\n" + data, "any.csv"))
    except InputRefused:
        return
    assert len(reading.positions) <= reading.rows


@settings(max_examples=500, deadline=None)
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.text(max_size=8),
                st.sampled_from(
                    [
                        "15406e",
                        "~abcdef",
                        "1710952200",
                        "2024-03-20T16:30:00Z",
                        "",
                        "43.4",
                        "1e400",
                        "-0",
                        "nan",
                        "true",
                    ]
                ),
            ),
            max_size=12,
        ),
        max_size=4,
    )
)
def test_any_fields_give_a_reading_or_our_refusal(lines: list[list[str]]) -> None:
    try:
        reading = parse(*(",".join(line) for line in lines))
    except InputRefused:
        return
    assert len(reading.positions) + reading.refused_count >= reading.rows
    derive(reading.positions)


def test_a_registration_without_its_hyphen_is_that_of_the_same_airframe() -> None:
    rows = parse("2024-03-20T10:00:00Z,RA82030,43,132", "2024-03-20T10:01:00Z,RA-82030,43.1,132.1",
                 "2024-03-20T10:01:00Z,P632,39,125", header="time,registration,latitude,longitude").positions
    assert set(rows.aircraft) == {"reg:P632", "reg:RA-82030"}
