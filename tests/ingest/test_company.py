"""Track files of aircraft that flew together → FLEW_WITH, whoever came first, and gone with either."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import neo4j
import pytest

from tailgraph.graph import retract
from tailgraph.graph.digest import digest
from tailgraph.graph.runs import run
from tailgraph.graph.store import Store
from tailgraph.ingest import company, tracks
from tailgraph.ingest.retraction import resolve
from tailgraph.ingest.settle import settle
from tailgraph.ingest.track_reading import derive
from tailgraph.settings import Connection

HEADER = "time,icao24,latitude,longitude,altitude_ft,on_ground,registration\n"
START = datetime(2024, 3, 20, 23, 40, tzinfo=UTC)  # past midnight together


@pytest.fixture
def store(graph: neo4j.Driver, connection: Connection) -> Iterator[Store]:
    with Store(connection) as opened:
        yield opened


def write(folder: Path, name: str, address: str, *, north: float = 0.0, minutes: tuple[int, int] = (0, 40),
          registration: str = "") -> Path:
    rows = [f"{(START + timedelta(minutes=at)).isoformat()},{address},{43 + north + at * 0.08:.4f},"
            f"{132 + at * 0.08:.4f},10000,false,{registration}\n" for at in range(*minutes)]
    path = folder / f"{name}.csv"
    path.write_text(HEADER + "".join(rows))
    return path


def put(store: Store, *paths: Path) -> None:
    for path in paths:
        with run(store, "test") as node:
            tracks.ingest(store, [path], node, lambda name, size: None)
        settle(store)


def pairs(store: Store) -> list[tuple[str, str, int, float]]:
    return [(row["a"], row["b"], row["minutes"], row["nm"]) for row in store.read(
        "MATCH (f:Flight)-[r:FLEW_WITH]->(g:Flight) RETURN f.icao24 AS a, g.icao24 AS b, "
        "r.minutes AS minutes, r.closest_nm AS nm ORDER BY a, b")]


def test_flights_flown_together_are_found_in_any_order(store: Store, tmp_path: Path) -> None:
    files = [write(tmp_path, "leader", "15406e"), write(tmp_path, "wing", "154071", north=0.02),
             write(tmp_path, "later", "154071", north=0.02, minutes=(40, 60)),
             write(tmp_path, "far", "154072", north=1.0)]
    put(store, *files)
    assert pairs(store) == [("15406e", "154071", 38, 1.2)]
    reference = digest(store.driver, store.database)
    for order in itertools.islice(itertools.permutations(files), 5, 24, 9):
        store.write(lambda transaction: transaction.run(
            "MATCH (n) WHERE NOT n:Meta DETACH DELETE n").consume())
        put(store, *order)
        assert digest(store.driver, store.database) == reference


def test_a_pair_goes_when_one_of_its_tracks_is_taken_out(store: Store, tmp_path: Path) -> None:
    wing = write(tmp_path, "wing", "154071", north=0.02)
    put(store, write(tmp_path, "leader", "15406e"))
    reference = digest(store.driver, store.database)
    put(store, wing)
    assert len(pairs(store)) == 1
    for source in resolve(store, str(wing)):
        retract.retract(store, source, derive)
    settle(store)
    assert digest(store.driver, store.database) == reference


def test_one_airframe_under_two_names_keeps_no_company(store: Store, tmp_path: Path) -> None:
    put(store, write(tmp_path, "one", "15406e", registration="RA-82030"),
        write(tmp_path, "two", "", registration="RA-82030"), write(tmp_path, "three", "~15406e"))
    assert pairs(store) == []


def test_a_busy_day_is_gone_through_in_parts(store: Store, tmp_path: Path,
                                             monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(company, "MOST_SAMPLES", 7)
    put(store, write(tmp_path, "leader", "15406e"), write(tmp_path, "wing", "154071", north=0.02))
    assert pairs(store) == [("15406e", "154071", 38, 1.2)]
