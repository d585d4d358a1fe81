"""`tailgraph map` as typed: a flight, an aircraft, the flights of a query; pages, pictures and refusals."""

from __future__ import annotations

import xml.etree.ElementTree as xml
from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest

from tailgraph.cli import run as typed
from tailgraph.flights.writing import write_csv
from tailgraph.graph.identity import decide
from tailgraph.graph.identity.judgement import Judgement, Sameness
from tailgraph.graph.model import Kind
from tailgraph.graph.reference import tables
from tailgraph.graph.runs import run
from tailgraph.graph.store import Store
from tailgraph.ingest import tracks
from tailgraph.ingest.mapping import leg as of_graph
from tailgraph.settings import Connection, Settings
from tests.flights.chart.flown import rows
from tests.graph.scene import report, told, write

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def flight(graph: neo4j.Driver, connection: Connection, server: Settings, tmp_path: Path,
           monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The id of the first of two invented flights of one aircraft, to Pyongyang by night and back by day."""
    monkeypatch.setenv("TAILGRAPH_HOME", str(server.home))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    monkeypatch.chdir(tmp_path)
    night = rows(transponder_off=[{"from_min": 40, "to_min": 1000}])
    day = rows(**{"from": "ZKPY", "to": "UHWW", "departure": "2024-03-21T02:00:00Z"})
    files = [tmp_path / "night.csv", tmp_path / "day.csv"]
    for file, positions in zip(files, (night, day), strict=True):
        with file.open("w", encoding="utf-8") as out:
            write_csv(positions, out)
    with Store(connection) as store, run(store, "test") as node:
        tracks.ingest(store, files, node, lambda name, size: None)
        found = store.read("MATCH (f:Flight) RETURN f.id AS id ORDER BY f.first_seen")
    assert len(found) == 2
    yield found[0]["id"]


def flights(file: str) -> list[str | None]:
    return [group.get("data-flight") for group in xml.parse(file).getroot().iter(f"{SVG}g")
            if group.get("class") == "flight"]


def test_a_flight_is_drawn_in_every_form(flight: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(["map", flight[:20], "-o", "a.html", "-o", "a.svg", "-o", "a.png"]) == 0
    assert capsys.readouterr().out.split() == ["a.html", "a.svg", "a.png"]
    assert flights("a.svg") == [flight]
    assert Path("a.png").read_bytes()[:4] == b"\x89PNG"
    page = Path("a.html").read_text()
    assert flight in page
    assert "vanished toward Pyongyang (ZKPY)" in page
    assert "not seen there" in page


def test_an_aircraft_and_a_query_name_their_flights(flight: str) -> None:
    assert typed(["map", "RA-82030", "-o", "all.svg"]) == 0
    assert len(flights("all.svg")) == 2
    assert typed(["map", "RA-82030", "--to", "2024-03-20", "-o", "one.svg"]) == 0
    assert flights("one.svg") == [flight]
    assert typed(["map", "night-flights", "-p", "country=KP", "-o", "night.svg"]) == 0
    assert flights("night.svg") == [flight]


def test_what_is_judged_to_be_one_is_drawn_as_one(flight: str, connection: Connection) -> None:
    with Store(connection) as store:
        write(store, report("Another mark", told(aircraft=["RA-76999"])))
        decide.give(store, [Judgement.of(Kind.AIRCRAFT, "RA-76999", "RA-82030", Sameness.SAME, "me")])
    assert typed(["map", "RA-76999", "-o", "both.svg"]) == 0
    assert flights("both.svg")[0] == flight


def test_what_is_left_out_is_said(flight: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(["map", "RA-82030", "--limit", "1", "-o", "one.svg"]) == 0
    assert "the latest 1 of 2 flights" in capsys.readouterr().err
    assert flights("one.svg") != [flight]


def test_the_page_lies_where_one_works(flight: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(["map", flight]) == 0
    (name,) = capsys.readouterr().out.split()
    assert name == "15406e-2024-03-20t16-24-00z.html"
    assert Path(name).is_file()


@pytest.mark.parametrize(("words", "said"), [
    (["map", "RA-82030", "-o", "a.gif"], "is no form of a map"),
    (["map", "RA-82030", "-o", "nowhere/a.svg"], "no such folder"),
    (["map", "nothing-so-called"], "Nothing in the graph has the id"),
    (["map", "RA-82030", "-p", "country=KP"], "Only a query has parameters"),
    (["map", "ZKPY"], "has no flights of its own"),
    (["map", "RA-82030", "--from", "2030-01-01"], "no flights to draw"),
])
def test_refusals_say_what_to_do(flight: str, capsys: pytest.CaptureFixture[str], words: list[str],
                                 said: str) -> None:
    assert typed(words) == 2
    assert said in capsys.readouterr().err
    assert list(Path().glob("*.svg")) == list(Path().glob("*.html")) == []


def test_an_airport_that_no_table_places_any_more_is_told_and_not_drawn(
        flight: str, connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    known = dict(tables.airports())
    del known["UHWW"]
    monkeypatch.setattr(tables, "airports", lambda: known)
    with Store(connection) as store:
        drawn = of_graph(store, flight)
    assert [end.airport.icao for end in drawn.ends] == ["ZKPY"]
    assert any("(UHWW)" in value for _, value in drawn.facts)


def test_what_is_drawn_is_what_the_graph_holds(flight: str, connection: Connection) -> None:
    with Store(connection) as store:
        drawn = of_graph(store, flight)
        (stored,) = store.read("MATCH (f:Flight {id: $id}) RETURN f.positions AS rows", {"id": flight})
    assert len(drawn.rows) == stored["rows"]
    assert [(end.kind.value, end.airport.icao) for end in drawn.ends] == [
        ("departed from", "UHWW"), ("vanished toward", "ZKPY")]
