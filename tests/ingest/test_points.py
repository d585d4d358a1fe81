"""The position reports that a flight of the graph rests on, read back from the store."""

from __future__ import annotations

from pathlib import Path

import neo4j
import pytest

from tailgraph.cli import run as typed
from tailgraph.graph.runs import run
from tailgraph.graph.store import Store
from tailgraph.ingest import tracks
from tailgraph.ingest.points import Point, points
from tailgraph.settings import Connection, Settings

HEADER = "time,icao24,latitude,longitude,altitude_ft,on_ground,ground_speed_kt,callsign,squawk\n"
FIRST = HEADER + "".join(
    f"2024-03-20T10:{minute:02}:00.25Z,15406e,{43 + minute * 0.08:.2f},132.5,10000,false,290,TTF9101,0041\n"
    for minute in range(0, 30, 2))
SECOND = HEADER + "".join(
    f"2024-03-20T10:{minute:02}:00.25Z,15406e,{43 + minute * 0.08:.2f},132.5,,false,,,\n"
    for minute in (1, 3)) + "2024-03-24T08:00:00Z,15406e,55.0,37.0,10000,false,290,,\n"


@pytest.fixture
def flight(graph: neo4j.Driver, connection: Connection, server: Settings, tmp_path: Path,
           monkeypatch: pytest.MonkeyPatch) -> str:
    """An invented flight seen by two receivers, one of which saw the aircraft again days later."""
    monkeypatch.setenv("TAILGRAPH_HOME", str(server.home))
    for name, rows in (("first.csv", FIRST), ("second.csv", SECOND)):
        (tmp_path / name).write_text(rows)
    with Store(connection) as store, run(store, "test") as node:
        tracks.ingest(store, sorted(tmp_path.glob("*.csv")), node, lambda name, size: None)
        return str(store.read("MATCH (f:Flight) RETURN f.id AS id ORDER BY f.first_seen")[0]["id"])


def test_all_of_the_flight_and_nothing_of_others_in_order(flight: str, connection: Connection) -> None:
    with Store(connection) as store:
        found = points(store, flight)
        flights = [row["id"] for row in store.read("MATCH (f:Flight) RETURN f.id AS id")]
        (other,) = set(flights) - {flight}
        assert [point.latitude for point in points(store, other)] == [55.0]
    assert [point.time.minute for point in found] == sorted([*range(0, 30, 2), 1, 3])
    assert len({point.file for point in found}) == 2
    first, second = found[:2]
    assert first == Point(
        time=first.time, latitude=43.0, longitude=132.5, altitude_ft=10000, on_ground=False,
        ground_speed_kt=290, callsign="TTF9101", squawk="0041", file=first.file)
    assert (second.altitude_ft, second.callsign, second.squawk) == (None, None, None)
    assert first.time.isoformat() == "2024-03-20T10:00:00.250000+00:00"


def test_a_flight_that_is_not_there_has_none(flight: str, connection: Connection) -> None:
    with Store(connection) as store:
        assert points(store, "nosuch") == []


def test_as_typed(flight: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(["explain", flight, "--points"]) == 0
    shown = capsys.readouterr().out
    assert "Positions received (17)" in shown
    assert "2024-03-20 10:00:00 UTC: 43.0000, 132.5000, 10000 ft, TTF9101 0041; file " in shown
    assert typed(["explain", flight, "--points", "--json"]) == 0
    assert capsys.readouterr().out.count('"latitude"') == 17
