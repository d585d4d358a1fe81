"""`tailgraph ingest aircraft` as typed: in, replaced by a newer edition, and out again."""

from __future__ import annotations

import json
import random
from pathlib import Path

import neo4j
import pytest

from tailgraph.cli import run
from tailgraph.graph.digest import digest
from tests.cli.test_ingest import Output, killed, managed, reports, track

__all__ = ["managed", "reports", "track"]

OLD = "icao24,registration,operator\n15406e,RA-82030,Old Line\n"
NEW = "icao24,registration,operator\n15406e,RA-82030,New Line\nbroken,,\n"


@pytest.fixture
def tables(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text(OLD)
    new.write_text(NEW)
    return old, new


def operators(driver: neo4j.Driver) -> set[str]:
    found = driver.execute_query("MATCH (:Aircraft {id: 'RA-82030'})-[r:OPERATED_BY]->(o) "
                                 "WHERE r.table IS NOT NULL RETURN o.id AS id").records
    return {record["id"] for record in found}


def test_a_newer_edition_replaces_an_older_one(managed: neo4j.Driver, track: Path, tables: tuple[Path, Path],
                                               capsys: Output) -> None:
    old, new = map(str, tables)
    assert run(["ingest", "tracks", str(track)]) == 0
    without = digest(managed, "neo4j")
    capsys.readouterr()
    assert run(["ingest", "aircraft", new, "--json"]) == 0
    summary = json.loads(capsys.readouterr().out)
    assert (summary["stored"], summary["found"], summary["refused"]) == (1, {"rows": 1}, [])
    assert summary["notes"] == [{
        "name": new, "text": "1 of 2 rows left out: row 3: 'broken' is no 24-bit address"}]
    reference = digest(managed, "neo4j")
    assert operators(managed) == {"New Line"}
    assert run(["ingest", "aircraft", old]) == 0
    assert operators(managed) == {"New Line", "Old Line"}
    assert run(["ingest", "aircraft", new, "--replaces", old]) == 0
    assert digest(managed, "neo4j") == reference
    assert run(["retract", new, "--yes"]) == 0
    assert digest(managed, "neo4j") == without


@pytest.mark.parametrize(("replaces", "said"), [
    ("old.csv", "Nothing that was ingested from it"), ("track.csv", "no aircraft table")])
def test_only_a_table_that_is_there_can_be_replaced(
        managed: neo4j.Driver, track: Path, tables: tuple[Path, Path], capsys: Output, tmp_path: Path,
        replaces: str, said: str) -> None:
    assert run(["ingest", "tracks", str(track)]) == 0
    before = digest(managed, "neo4j")
    assert run(["ingest", "aircraft", str(tables[1]), "--replaces", str(tmp_path / replaces)]) == 2
    assert said in capsys.readouterr().err
    assert digest(managed, "neo4j") == before


def test_a_table_is_found_by_the_beginning_of_its_id(managed: neo4j.Driver, tables: tuple[Path, Path],
                                                     capsys: Output) -> None:
    assert run(["ingest", "aircraft", str(tables[0])]) == 0
    (table,) = managed.execute_query("MATCH (t:AircraftTable) RETURN t.id AS id").records
    capsys.readouterr()
    assert run(["retract", table["id"][:8], "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [{
        "kind": "AircraftTable", "id": table["id"], "name": "old.csv", "retracted": False,
        "nodes": {"AircraftRecord": 1, "AircraftTable": 1}}]


@pytest.mark.full
def test_killed_at_random_times_and_run_again(managed: neo4j.Driver, tmp_path: Path) -> None:
    """Between batches, before the table appears, while what follows is worked out."""
    path = tmp_path / "many.csv"
    rows = "".join(f"{0x140000 + n:06x},RA-{n:05d},A124,Line {n % 7}\n" for n in range(10_000, 40_000))
    path.write_text("icao24,registration,type,operator\n" + rows)
    rng = random.Random("aircraft")
    killed(managed, "aircraft", path, [rng.uniform(1, 8) for _ in range(12)])
