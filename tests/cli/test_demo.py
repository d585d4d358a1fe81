"""`tailgraph demo` as a newcomer runs it, twice, and what the graph then holds."""

from __future__ import annotations

import json
from pathlib import Path

import neo4j
import pytest

from tailgraph.cli import demo, run
from tailgraph.errors import UsageError
from tailgraph.graph.digest import digest
from tailgraph.settings import Connection, Settings

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
Output = pytest.CaptureFixture[str]


@pytest.fixture
def home(server: Settings, graph: neo4j.Driver, monkeypatch: pytest.MonkeyPatch) -> neo4j.Driver:
    monkeypatch.setenv("TAILGRAPH_HOME", str(server.home))
    monkeypatch.chdir(ROOT)
    return graph


def typed(capsys: Output, *arguments: str) -> str:
    capsys.readouterr()
    assert run(arguments) == 0
    return capsys.readouterr().out


def test_answers_the_headline_question_and_changes_nothing_the_second_time(
        home: neo4j.Driver, connection: Connection, capsys: Output) -> None:
    assert "224th Flight Unit" in typed(capsys, "demo")
    first = digest(home, connection.database)
    typed(capsys, "demo")
    assert digest(home, connection.database) == first

    rows = json.loads(typed(capsys, "query", "run", demo.HEADLINE, "--json"))
    assert all(row["sentence"] and row["accusers"] and row["status"] for row in rows)
    # Type and unit are accused, the airframe is not: no row may say so, whatever flew.
    assert {(row["subject"], row["kind"]) for row in rows} <= {
        ("224th Flight Unit", "Operator"), ("Ilyushin Il-76", "AircraftType"), ("RA-76999", "Aircraft")}
    supported = [row for row in rows if row["verdict"] == "supported"]
    assert {row["subject"] for row in supported} == {"224th Flight Unit"}
    assert {row["airframe"] for row in supported} == {"RA-82030"}
    assert not any(row["is_airframe_accused"] for row in supported)
    assert any("United States" in row["accusers"] and row["denied_by"] for row in supported)

    types = {record["relationshipType"] for record in home.execute_query(
        "CALL db.relationshipTypes()", database_=connection.database).records}
    assert not {t for t in types if t.startswith("CARRIED") and t != "CARRIED_BY"}


def test_the_rumour_is_contradicted_by_the_track(home: neo4j.Driver, capsys: Output) -> None:
    typed(capsys, "demo")
    rows = json.loads(typed(capsys, "query", "run", "contradicted-reports", "--json"))
    assert "Channel says freighter took launchers to Pyongyang" in {row["report"] for row in rows}


def test_any_order_gives_the_same_graph(home: neo4j.Driver, connection: Connection, capsys: Output) -> None:
    typed(capsys, "demo")
    expected = digest(home, connection.database)
    files = sorted((EXAMPLES / "reports").iterdir(), reverse=True)
    tracks = sorted((p for p in (EXAMPLES / "tracks").rglob("*") if p.is_file()), reverse=True)
    home.execute_query("MATCH (n) DETACH DELETE n", database_=connection.database)
    typed(capsys, "ingest", "tracks", *map(str, tracks[:3]))
    typed(capsys, "ingest", "reports", *map(str, files))
    typed(capsys, "ingest", "tracks", *map(str, tracks[3:]))
    assert digest(home, connection.database) == expected


def test_taking_the_examples_out_leaves_nothing(home: neo4j.Driver, connection: Connection,
                                                capsys: Output) -> None:
    empty = digest(home, connection.database)
    typed(capsys, "demo")
    typed(capsys, "retract", "examples/reports", "examples/tracks", "--yes")
    assert digest(home, connection.database) == empty


def test_says_where_the_examples_should_be(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="folder of examples"):
        demo.examples_folder(tmp_path)
