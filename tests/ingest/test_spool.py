"""What is read while Neo4j is away waits on disk, whole, and ends in the graph that a quiet run gives."""

from __future__ import annotations

import stat
import tempfile
from dataclasses import replace
from pathlib import Path

import neo4j
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tailgraph.errors import InputRefused, ServerError, StoreUnavailable
from tailgraph.graph import reports
from tailgraph.graph.digest import digest
from tailgraph.graph.model import Extraction
from tailgraph.graph.runs import run
from tailgraph.graph.store import Refused, Store
from tailgraph.ingest import pipeline
from tailgraph.ingest.destination import Graph, GraphOrDisk, Taken, Waiting
from tailgraph.ingest.spool import Spool
from tailgraph.settings import Connection
from tests.graph import made_up
from tests.graph.proxy import GoneAfter

EXTRACTIONS = [made_up.extraction(number, made_up.NAMES[number % 5:number % 5 + 4]) for number in range(12)]


def kept(spool: Spool) -> list[Extraction | InputRefused]:
    return [extraction for _, extraction in spool.extractions()]


@settings(max_examples=100)
@given(st.lists(st.sampled_from(EXTRACTIONS), max_size=20))
def test_what_is_kept_is_what_is_read_back(extractions: list[Extraction]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        spool = Spool(Path(folder) / "spool")
        for extraction in extractions:
            spool.keep(extraction)
        wanted = {extraction.document.id: extraction for extraction in extractions}
        assert kept(spool) == [wanted[id_] for id_ in sorted(wanted)]
        assert all(spool.holds(id_, one.extractor) for id_, one in wanted.items())


def test_a_later_reading_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    newer = made_up.extraction(0, made_up.NAMES[:4], extractor="made-up 2")
    for extraction in (EXTRACTIONS[0], newer):
        spool.keep(extraction)
    assert kept(spool) == [newer]
    assert not spool.holds(newer.document.id, EXTRACTIONS[0].extractor)


def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    spool.keep(EXTRACTIONS[0])
    assert {stat.S_IMODE(path.stat().st_mode) for path in (spool.folder, *spool.files())} == {0o700, 0o600}


def test_a_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spool = Spool(tmp_path)
    spool.keep(EXTRACTIONS[0])

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ServerError, match="No space left"):
        spool.keep(EXTRACTIONS[1])
    monkeypatch.undo()
    assert kept(spool) == [EXTRACTIONS[0]]
    assert list(tmp_path.iterdir()) == spool.files()


def test_a_damaged_file_is_named_and_stays(tmp_path: Path, graph: neo4j.Driver,
                                           connection: Connection) -> None:
    spool = Spool(tmp_path)
    for extraction in EXTRACTIONS[:3]:
        spool.keep(extraction)
    damaged = spool.files()[1]
    damaged.write_bytes(damaged.read_bytes()[:-40])
    with Store(connection) as store, run(store, "test") as node:
        summary = pipeline.put_waiting(Graph(store, node), spool, lambda name: None)
    assert (summary.stored, [remark.name for remark in summary.refused]) == (2, [str(damaged)])
    assert spool.files() == [damaged]


@pytest.mark.parametrize("commits", [2, 4, 7])
def test_the_graph_goes_away_in_the_middle_and_comes_back(
        commits: int, tmp_path: Path, graph: neo4j.Driver, connection: Connection) -> None:
    with Store(connection) as store, run(store, "test") as node:
        reports.write(store, EXTRACTIONS, node)
        reference = digest(store.driver, store.database)
        graph.execute_query("MATCH (n) WHERE NOT n:Meta DETACH DELETE n")
    spool = Spool(tmp_path)
    relay = GoneAfter(connection.uri, commits)
    with (pytest.raises(StoreUnavailable), Store(replace(connection, uri=relay.uri)) as behind,
          run(behind, "test") as node):
        to = GraphOrDisk(Graph(behind, node), Waiting(spool))
        taken = [to.write([extraction]) for extraction in EXTRACTIONS]
        assert to.lost
        raise to.lost
    relay.close()
    assert all(one.waiting + len(one.written.documents) == 1 for one in taken)
    assert 0 < sum(one.waiting for one in taken) == len(spool.files())
    with Store(connection) as store, run(store, "test") as node:
        pipeline.put_waiting(Graph(store, node), spool, lambda name: None)
        assert spool.files() == []
        assert digest(store.driver, store.database) == reference


def test_what_neo4j_does_not_take_does_not_wait(tmp_path: Path) -> None:
    class Strict(Graph):
        def write(self, extractions: object) -> Taken:
            raise Refused("no")

    to = GraphOrDisk(Strict(None, ("", "")), Waiting(Spool(tmp_path)))  # type: ignore[arg-type]
    with pytest.raises(Refused):
        to.write(EXTRACTIONS[:1])
    assert list(tmp_path.iterdir()) == []
