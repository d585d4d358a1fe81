"""Aircraft tables in files → statements of the aircraft that others name, whoever came first."""

from __future__ import annotations

import gzip
import itertools
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import neo4j
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tailgraph.graph import aircraft_tables, reports, retract
from tailgraph.graph.digest import digest
from tailgraph.graph.model import ReportedFlight
from tailgraph.graph.runs import run
from tailgraph.graph.store import Store
from tailgraph.ingest import aircraft, track_reading, tracks
from tailgraph.ingest.registers import content
from tailgraph.ingest.retraction import resolve
from tailgraph.ingest.settle import settle
from tailgraph.ingest.summary import Summary
from tailgraph.settings import Connection
from tests.graph.scene import accuse, report, told

DATED = """icao24,registration,type,operator,state,from,to,source
15406e,RF-82030,A124,First Line,RU,,2019-12-31,A gazette
15406E,RA82030,A124,Second Line,Russia,2020-01-01,,A gazette
738043,4X-ABC,B744,Third Line,IL,,,
"""
OTHER = """icao24,registration,type,operator
15406e,RA-82030,A124,Somebody Else
70c001,A4O-XYZ,B738,Oman Air
"""
Write = Callable[[str, str], Path]


@pytest.fixture
def store(graph: neo4j.Driver, connection: Connection) -> Iterator[Store]:
    with Store(connection) as opened:
        yield opened


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(name: str, text: str) -> Path:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name
    return write


def flight(tmp_path: Path, address: str, year: int) -> Path:
    """Half an hour of an aircraft of which only the address is received."""
    start = datetime(year, 3, 20, 10, tzinfo=UTC)
    rows = [f"{(start + timedelta(minutes=minute)).isoformat()},{address},{43 + minute * 0.08:.4f},132,9000\n"
            for minute in range(30)]
    path = tmp_path / f"{address}-{year}.csv"
    path.write_text("time,icao24,latitude,longitude,altitude_ft\n" + "".join(rows))
    return path


def put(store: Store, *paths: Path) -> Summary:
    with run(store, "test") as node:
        summary = aircraft.ingest(store, paths, node, lambda name, count: None)
    settle(store)
    return summary


def fly(store: Store, *paths: Path) -> None:
    with run(store, "test") as node:
        assert tracks.ingest(store, paths, node, lambda name, size: None).refused == []
    settle(store)


def tell(store: Store, aircraft_id: str) -> None:
    with run(store, "test") as node:
        reports.write(store, [report(f"On {aircraft_id}", accuse([aircraft_id]))], node)
    settle(store)


def take_out(store: Store, path: Path) -> None:
    for source in resolve(store, str(path)):
        retract.retract(store, source, track_reading.derive)
    settle(store)


def now(store: Store) -> str:
    return digest(store.driver, store.database)


def names(store: Store) -> dict[str, tuple[str, str]]:
    """Flight → airframe and how it is known."""
    rows = store.read("MATCH (f:Flight)-[b:BY_AIRCRAFT]->(a) "
                      "RETURN f.id AS id, a.id AS aircraft, b.method AS how")
    return {row["id"]: (row["aircraft"], row["how"]) for row in rows}


def said(store: Store, aircraft_id: str) -> set[tuple[str, str, str, str | None, str | None]]:
    """What aircraft tables say of an aircraft: type, end, source, from, to."""
    rows = store.read("MATCH (:Aircraft {id: $id})-[r]->(e) WHERE r.table IS NOT NULL "
                      "RETURN type(r) AS type, e.id AS end, r.source AS source, toString(r.from) AS since, "
                      "toString(r.to) AS until", {"id": aircraft_id})
    return {(row["type"], row["end"], row["source"], row["since"], row["until"]) for row in rows}


def test_a_table_names_nobody_that_nobody_names(store: Store, write: Write) -> None:
    summary = put(store, write("dated.csv", DATED))
    assert (summary.stored, summary.counts["rows"], summary.refused) == (1, 3, [])
    assert store.read("MATCH (n:Entity) RETURN n.id AS id") == []
    assert store.read("MATCH (r:AircraftRecord) RETURN count(r) AS count") == [{"count": 3}]


def test_across_a_new_registration_each_flight_bears_the_name_of_its_day(
        store: Store, write: Write, tmp_path: Path) -> None:
    put(store, write("dated.csv", DATED))
    fly(store, flight(tmp_path, "15406e", 2018), flight(tmp_path, "15406e", 2024),
        flight(tmp_path, "738043", 2024))
    assert names(store) == {"15406e@2018-03-20T10:00:00Z": ("RF-82030", "inferred"),
                            "15406e@2024-03-20T10:00:00Z": ("RA-82030", "inferred"),
                            "738043@2024-03-20T10:00:00Z": ("4X-ABC", "inferred")}
    assert said(store, "RF-82030") == {
        ("IDENTIFIED_BY", "icao24:15406e", "A gazette", None, "2019-12-31"),
        ("OF_TYPE", "A124", "A gazette", None, "2019-12-31"),
        ("OPERATED_BY", "First Line", "A gazette", None, "2019-12-31"),
        ("REGISTERED_IN", "RU", "A gazette", None, "2019-12-31")}
    assert {end for type_, end, *_ in said(store, "4X-ABC") if type_ == "OPERATED_BY"} == {"Third Line"}
    take_out(store, tmp_path / "dated.csv")
    assert names(store) == {"15406e@2018-03-20T10:00:00Z": ("RA-82030", "inferred"),
                            "15406e@2024-03-20T10:00:00Z": ("RA-82030", "inferred"),
                            "738043@2024-03-20T10:00:00Z": ("icao24:738043", "observed")}
    assert said(store, "RA-82030") == set()
    assert store.read("MATCH (o:Operator) WHERE o.id ENDS WITH 'Line' RETURN o.id AS id") == []


def test_any_order_gives_one_graph_and_what_is_taken_out_leaves_no_trace(
        store: Store, write: Write, tmp_path: Path) -> None:
    dated, other = write("dated.csv", DATED), write("other.csv", OTHER)
    track = flight(tmp_path, "15406e", 2024)
    acts: Sequence[Callable[[], object]] = (
        lambda: put(store, dated), lambda: put(store, other), lambda: fly(store, track),
        lambda: tell(store, "RA-82030"))
    digests = set()
    for order in itertools.islice(itertools.permutations(acts), 0, 24, 5):
        for act in order:
            act()
        digests.add(now(store))
        store.write(lambda transaction: transaction.run("MATCH (n) DETACH DELETE n").consume())
    assert len(digests) == 1
    fly(store, track)
    tell(store, "RA-82030")
    without = now(store)
    put(store, other, dated)
    assert now(store) in digests
    put(store, other, dated)
    assert now(store) in digests
    take_out(store, dated)
    take_out(store, other)
    assert now(store) == without


def test_a_table_that_was_cut_does_not_count_and_is_completed(
        store: Store, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    dated = write("dated.csv", DATED)
    tell(store, "RA-82030")
    put(store, dated)
    reference = now(store)
    take_out(store, dated)
    without = now(store)
    monkeypatch.setattr(aircraft_tables, "BATCH", 1)
    with monkeypatch.context() as patch:
        patch.setattr(aircraft_tables, "appear", lambda store, table, run: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            put(store, dated)
    settle(store)
    assert said(store, "RA-82030") == set()
    assert put(store, dated).stored == 1
    assert now(store) == reference
    take_out(store, dated)
    assert now(store) == without


def test_bad_rows_are_counted_and_placed_and_a_bad_file_stops_none(
        store: Store, write: Write, tmp_path: Path) -> None:
    bad = write("bad.csv", "icao24,registration,colour\n15406e,RA-82030,blue\nxyz,RA-1,red\n,,\n1,2,3,4\n")
    broken = tmp_path / "broken.gz"
    broken.write_bytes(gzip.compress(DATED.encode() * 50)[:60])
    summary = put(store, bad, broken, tmp_path / "missing.csv", write("good.csv", OTHER))
    assert summary.stored == 2
    assert {Path(remark.name).name for remark in summary.refused} == {"broken.gz", "missing.csv"}
    assert [remark.text for remark in summary.notes] == [
        "2 of 4 rows left out: row 3: 'xyz' is no 24-bit address; row 5: 4 cells under 3 columns",
        "1 row without an aircraft: neither address nor registration, or a tower or vehicle.",
        "Columns not taken: colour."]


def reported(store: Store, *flights: ReportedFlight) -> None:
    with run(store, "test") as node:
        reports.write(store, [report("A report", *flights)], node)
    settle(store)


def test_of_a_table_that_is_damaged_further_on_nothing_stays(store: Store, write: Write,
                                                             monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aircraft_tables, "BATCH", 1)
    before = digest(store.driver, store.database)
    rows = ",".join(f'"15406{digit}":["RA-8203{digit}","A124","00"]' for digit in range(4))
    summary = put(store, write("aircrafts.json", f'{{{rows},"15407'))
    assert [remark.name.rpartition("/")[2] for remark in summary.refused] == ["aircrafts.json"]
    assert digest(store.driver, store.database) == before


def test_a_report_is_tested_against_who_flew_the_airframe_on_that_day(store: Store, write: Write,
                                                                      tmp_path: Path) -> None:
    """The address was RF-82030 of the First Line until 2019, and is RA-82030 of the Second Line since."""
    put(store, write("dated.csv", DATED))
    fly(store, flight(tmp_path, "15406e", 2018), flight(tmp_path, "15406e", 2024))
    now_flying = "15406e@2024-03-20T10:00:00Z"
    both = [("RA-82030", "Second Line"), ("RA-82030", "First Line"), ("RF-82030", "First Line")]
    reported(store, *(told(aircraft=[aircraft], operator=[operator], index=index, night=None)
                      for index, (aircraft, operator) in enumerate(both)))
    found = store.read("MATCH (r:ReportedFlight) OPTIONAL MATCH (r)-[t:TESTED_AGAINST]->(f) "
                       "RETURN r.index AS index, f.id AS flight, t.aircraft AS aircraft, "
                       "t.operator AS operator ORDER BY index")
    assert [(row["index"], row["flight"], row["aircraft"], row["operator"]) for row in found] == [
        (0, now_flying, "supported", "supported"), (1, now_flying, "supported", "untestable"),
        (2, None, None, None)]


def test_two_at_once_end_as_one_after_the_other(store: Store, connection: Connection, write: Write,
                                                tmp_path: Path) -> None:
    """One loads tables, the other tracks and a report; whoever settles last has seen all."""
    table, other = write("dated.csv", DATED), write("other.csv", OTHER)
    paths = [flight(tmp_path, *seen) for seen in (("15406e", 2018), ("15406e", 2024), ("738043", 2024))]

    def names_them(opened: Store) -> None:
        for path in paths:
            fly(opened, path)
        tell(opened, "RA-82030")

    def lists_them(opened: Store) -> None:
        put(opened, table)
        put(opened, other)

    lists_them(store)
    names_them(store)
    reference = now(store)
    for _ in range(2):
        store.write(lambda transaction: transaction.run("MATCH (n) DETACH DELETE n").consume())
        with Store(connection) as second, ThreadPoolExecutor() as pool:
            for done in [pool.submit(names_them, store), pool.submit(lists_them, second)]:
                done.result()
        assert now(store) == reference


STEPS = ("first table", "second table", "2018", "2024", "report")


@pytest.mark.full
@settings(max_examples=40, deadline=None, suppress_health_check=(HealthCheck.function_scoped_fixture,
                                                                 HealthCheck.too_slow))
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.booleans()), max_size=8))
def test_any_sequence_ends_as_a_clean_run(store: Store, tmp_path: Path,
                                          steps: list[tuple[str, bool]]) -> None:
    """Each step puts its source in, or takes it out."""
    sources = {"first table": tmp_path / "dated.csv", "second table": tmp_path / "other.csv",
               "2018": flight(tmp_path, "15406e", 2018), "2024": flight(tmp_path, "15406e", 2024)}
    sources["first table"].write_text(DATED)
    sources["second table"].write_text(OTHER)

    def do(step: str, is_put: bool) -> None:
        if step == "report":
            if is_put:
                tell(store, "RA-82030")
            else:
                for row in store.read("MATCH (d:Document) RETURN d.id AS id"):
                    retract.retract(store, retract.find(store, row["id"]), track_reading.derive)
                settle(store)
        elif is_put:
            (put if step.endswith("table") else fly)(store, sources[step])
        elif retract.present(store, [content.digest(sources[step])]):
            take_out(store, sources[step])

    def after(done: Sequence[tuple[str, bool]]) -> str:
        store.write(lambda transaction: transaction.run("MATCH (n) DETACH DELETE n").consume())
        for step, is_put in done:
            do(step, is_put)
        return now(store)

    left = dict(steps)
    assert after(steps) == after([(step, True) for step in STEPS if left.get(step)])
