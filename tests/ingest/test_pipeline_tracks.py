"""Track files on disk → flights in the graph, judged by each other."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import neo4j
import pytest

from tailgraph.flights import readers
from tailgraph.graph import flight_rows, retract
from tailgraph.graph import tracks as graph_tracks
from tailgraph.graph.digest import digest
from tailgraph.graph.model import Flight
from tailgraph.graph.rows import Ref, Rows
from tailgraph.graph.runs import run
from tailgraph.graph.shape import Label
from tailgraph.graph.store import Store
from tailgraph.graph.track_file import Track
from tailgraph.ingest import track_reading, tracks
from tailgraph.ingest.retraction import resolve
from tailgraph.ingest.settle import settle
from tailgraph.ingest.summary import Summary
from tailgraph.settings import Connection

HEADER = "time,icao24,latitude,longitude,altitude_ft,on_ground,callsign,registration\n"
START = datetime(2024, 3, 20, 10, tzinfo=UTC)
Write = Callable[..., Path]


@pytest.fixture
def store(graph: neo4j.Driver, connection: Connection) -> Iterator[Store]:
    with Store(connection) as opened:
        yield opened


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes the file of one invented aircraft that flies north-east at 10,000 ft for an hour."""
    def write(address: str, minutes: Sequence[int] = range(60), late: int = 0,
              registration: str = "") -> Path:
        rows = [f"{(START + timedelta(minutes=minute + late)).isoformat()},{address},"
                f"{43 + minute * 0.08:.4f},{132 + minute * 0.08:.4f},10000,false,TEST1,{registration}\n"
                for minute in minutes]
        path = tmp_path / f"{address}.csv"
        path.write_text(HEADER + "".join(rows))
        return path

    return write


def put(store: Store, *paths: Path) -> Summary:
    with run(store, "test") as node:
        summary = tracks.ingest(store, paths, node, lambda name, size: None)
    settle(store)
    return summary


def now(store: Store) -> str:
    return digest(store.driver, store.database)


def gaps(store: Store) -> dict[str, str]:
    rows = store.read("MATCH (g:CoverageGap) RETURN g.id AS id, g.gap_class AS gap_class")
    return {row["id"]: row["gap_class"] for row in rows}


SILENT = [minute for minute in range(60) if not 20 <= minute < 40]
GAP = "15406e@2024-03-20T10:00:00Z#g0"


EMPTY = "MATCH (n) WHERE NOT n:Meta DETACH DELETE n"


def test_a_silence_where_others_are_heard_is_unexplained_whoever_came_first(store: Store,
                                                                            write: Write) -> None:
    paths = [write("15406e", SILENT), *(write(f"abcde{n}", late=n) for n in range(3))]
    put(store, *paths)
    assert gaps(store) == {GAP: "unexplained"}
    reference = now(store)
    for order in itertools.islice(itertools.permutations(paths), 0, 24, 7):
        store.write(lambda transaction: transaction.run(EMPTY).consume())
        for path in order:
            put(store, path)
        assert now(store) == reference


def test_a_silence_is_judged_again_when_the_others_go(store: Store, write: Write) -> None:
    silent = write("15406e", SILENT)
    put(store, silent)
    reference = now(store)
    assert gaps(store) == {GAP: "insufficient data"}
    others = [write(f"abcde{n}", late=n) for n in range(3)]
    put(store, *others)
    assert gaps(store) == {GAP: "unexplained"}
    for path in others:
        for source in resolve(store, str(path)):
            retract.retract(store, source, track_reading.derive)
    settle(store)
    assert gaps(store) == {GAP: "insufficient data"}
    assert now(store) == reference


def test_a_run_that_dies_before_it_has_settled_is_settled_by_the_next(store: Store, write: Write) -> None:
    paths = [write("15406e", SILENT), *(write(f"abcde{n}", late=n) for n in range(3))]
    with run(store, "test") as node:
        tracks.ingest(store, paths, node, lambda name, size: None)
    assert gaps(store) == {GAP: "insufficient data"}
    assert put(store, *paths).unchanged == 4
    assert gaps(store) == {GAP: "unexplained"}
    assert store.read("MATCH (m:Meta) WHERE m.id STARTS WITH 'pending' RETURN m.id") == []


def identity(store: Store) -> dict[str, list[str | None]]:
    rows = store.read("MATCH (f:Flight) OPTIONAL MATCH (f)-[b:BY_AIRCRAFT]->(a) "
                      "RETURN f.id AS id, a.id AS aircraft, b.method AS method")
    return {row["id"]: [row["aircraft"], row["method"]] for row in rows}


def test_a_russian_address_names_its_airframe_by_inference_alone(store: Store, write: Write) -> None:
    put(store, write("15406e"))
    assert identity(store) == {"15406e@2024-03-20T10:00:00Z": ["RA-82030", "inferred"]}


@pytest.mark.parametrize(("registration", "aircraft", "method"), [
    ("RA-82030", "RA-82030", "reported"), ("RF-82030", "RF-82030", "reported")])
def test_what_a_file_says_goes_before_the_rule(store: Store, write: Write, registration: str, aircraft: str,
                                               method: str) -> None:
    put(store, write("15406e", registration=registration))
    assert identity(store) == {"15406e@2024-03-20T10:00:00Z": [aircraft, method]}


def test_no_registration_is_lent_where_files_and_rule_disagree(store: Store, write: Write,
                                                               tmp_path: Path) -> None:
    put(store, write("15406e", registration="RF-82030"))
    (tmp_path / "later").mkdir()
    path = write("15406e", late=24 * 60)
    put(store, path.rename(tmp_path / "later" / path.name))
    assert identity(store) == {"15406e@2024-03-20T10:00:00Z": ["RF-82030", "reported"],
                               "15406e@2024-03-21T10:00:00Z": ["15406e", "observed"]}


def test_what_cannot_be_read_is_named_and_the_rest_goes_in(store: Store, write: Write,
                                                           tmp_path: Path) -> None:
    good = write("15406e")
    (tmp_path / "broken.csv").write_text("time;nothing\n1;2\n")
    summary = put(store, good, tmp_path / "broken.csv", tmp_path / "missing.json")
    assert summary.stored == 1
    assert {Path(remark.name).name for remark in summary.refused} == {"broken.csv", "missing.json"}
    assert summary.counts["positions"] == 60


def test_flights_that_a_new_file_does_not_touch_are_not_written_again(store: Store, write: Write,
                                                                      tmp_path: Path) -> None:
    put(store, write("15406e").rename(tmp_path / "first.csv"))
    before = store.read("MATCH (f:Flight) RETURN elementId(f) AS id")
    put(store, write("15406e", late=48 * 60))
    after = {row["id"]: row["first"] for row in store.read(
        "MATCH (f:Flight) RETURN elementId(f) AS id, f.first_seen AS first")}
    assert len(after) == 2
    assert before[0]["id"] in after


def test_positions_come_back_from_the_store_as_they_went_in(write: Write) -> None:
    reading = readers.read(write("15406e", registration="RA-82030"))
    (track,) = track_reading.track_file("x.csv", reading).tracks
    assert isinstance(track, Track)
    back = track_reading.positions(track)
    assert back.labels == reading.positions.labels
    for name in ("time", "latitude", "longitude", "altitude_ft", "callsign"):
        assert getattr(back, name).tolist() == getattr(reading.positions, name).tolist()


def test_a_file_that_neo4j_refuses_costs_itself_only(store: Store, write: Write,
                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    whole = flight_rows.track_rows

    def broken(rows: Rows, track: Track) -> Ref:
        ref = whole(rows, track)
        if track.aircraft == "15406f":
            rows.nodes[Label.TRACK][ref[1]]["points"] = {"a": "map"}
        return ref

    monkeypatch.setattr(graph_tracks, "track_rows", broken)
    summary = put(store, *(write(address) for address in ("15406d", "15406e", "15406f", "154070")))
    assert (summary.stored, summary.unchanged) == (3, 0)
    [refused] = summary.refused
    assert refused.name.endswith("15406f.csv") and "Neo4j does not take this" in refused.text
    assert {row["name"] for row in store.read("MATCH (f:TrackFile) RETURN f.name AS name")} == {
        "15406d.csv", "15406e.csv", "154070.csv"}


def test_an_aircraft_whose_flights_cannot_be_derived_costs_its_file_only(
        store: Store, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, write("15406e"))
    before = now(store)

    def broken(many: Sequence[tuple[str, Sequence[Track]]]) -> list[list[Flight]]:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(tracks, "derive", broken)
    more = write("15406e", late=90)
    summary = put(store, more, write("154070"))
    assert summary.stored == 1
    assert [(remark.name, remark.text) for remark in summary.refused] == [
        (str(more), "Deriving its flights failed: ZeroDivisionError: division by zero.")]
    retract.retract(store, resolve(store, str(write("154070")))[0], track_reading.derive)
    assert now(store) == before
