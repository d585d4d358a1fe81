"""Whole days of traces in tars → the graph: streamed, in several processes, cut and run again."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import neo4j
import pytest

from tailgraph.flights.readers.batch import files, raw_files
from tailgraph.flights.simulate import simulate
from tailgraph.flights.worlds import World, scenario
from tailgraph.flights.writing import write_traces
from tailgraph.graph import retract
from tailgraph.graph.digest import digest
from tailgraph.graph.runs import run
from tailgraph.graph.store import Store
from tailgraph.ingest import tracks
from tailgraph.ingest.retraction import resolve
from tailgraph.ingest.settle import settle
from tailgraph.ingest.summary import Summary
from tailgraph.ingest.track_reading import derive
from tailgraph.ingest.workers import Workers
from tailgraph.settings import Connection

WORLD = World(seed=5, aircraft=6, legs=(2, 2), route_nm=(300, 700), interval_s=60.0,
              start=datetime(2024, 3, 1, 12, tzinfo=UTC), silences=0.5)


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A tar for each UTC day of a small world, as servers publish them."""
    folder = tmp_path_factory.mktemp("days")
    write_traces(simulate(scenario(WORLD)).positions, folder / "made", zipped=True)
    return [_tar(folder / f"{day.name}.tar", {f"./traces/{file.name[-7:-5]}/{file.name}": file.read_bytes()
                                              for file in sorted(day.iterdir())})
            for day in sorted((folder / "made").iterdir())]


def _tar(path: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, BytesIO(data))
    return path


def _count(archive: Path) -> int:
    with tarfile.open(archive) as opened:
        return len(opened.getmembers())


@pytest.fixture
def store(graph: neo4j.Driver, connection: Connection) -> Iterator[Store]:
    with Store(connection) as opened:
        yield opened


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracks, "PIECE_FILES", 2)
    monkeypatch.setattr(tracks, "PIECE_AIRCRAFT", 1)
    monkeypatch.setattr(tracks, "BATCH_FILES", 3)


def put(store: Store, *paths: Path, workers: Workers | None = None) -> Summary:
    with run(store, "test") as node:
        summary = tracks.ingest(store, paths, node, lambda name, size: None, None, workers)
    settle(store)
    return summary


def now(store: Store) -> str:
    return digest(store.driver, store.database)


def emptied(store: Store) -> None:
    store.write(lambda transaction: transaction.run("MATCH (n) WHERE NOT n:Meta DETACH DELETE n").consume())


def test_tars_folders_and_processes_give_one_graph(store: Store, days: list[Path],
                                                   small_pieces: None) -> None:
    members = sum(map(_count, days))
    assert put(store, *days).stored == members
    reference = now(store)
    emptied(store)
    with Workers(2) as workers:
        assert put(store, *reversed(days), workers=workers).stored == members
    assert now(store) == reference
    emptied(store)
    assert put(store, days[0].parent / "made").stored == members
    assert now(store) == reference
    assert put(store, *days).unchanged == members
    assert now(store) == reference


def test_an_archive_can_be_taken_out_again(store: Store, days: list[Path]) -> None:
    put(store, days[0])
    reference = now(store)
    put(store, days[1])
    for source in resolve(store, str(days[1])):
        retract.retract(store, source, derive)
    settle(store)
    assert now(store) == reference


KILLED = """
import os, signal, sys
from pathlib import Path
from tailgraph.graph.runs import run
from tailgraph.graph.store import Store
from tailgraph.ingest import tracks
from tailgraph.ingest.workers import Workers
from tailgraph.settings import Connection

if __name__ == "__main__":
    tracks.PIECE_FILES, tracks.BATCH_FILES = 2, 3
    left = int(sys.argv[1])

    def progress(name, size):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    uri, user, password, database, *paths = sys.argv[2:]
    with Store(Connection(uri, user, password, database)) as store, Workers(2) as workers:
        with run(store, "test") as node:
            tracks.ingest(store, [Path(path) for path in paths], node, progress, None, workers)
"""


@pytest.mark.parametrize("after", [pytest.param(n, marks=pytest.mark.full) if n != 6 else n
                                   for n in (1, 4, 6, 7)])
def test_a_killed_run_is_finished_by_the_next(store: Store, connection: Connection, days: list[Path],
                                              after: int, tmp_path: Path) -> None:
    put(store, *days)
    reference = now(store)
    emptied(store)
    (tmp_path / "killed.py").write_text(KILLED)
    done = subprocess.run(
        [sys.executable, tmp_path / "killed.py", str(after), connection.uri, connection.username,
         connection.password, connection.database, *map(str, days)], check=False, capture_output=True)
    assert done.returncode == -9, done.stderr.decode()
    summary = put(store, *days)
    assert summary.unchanged == 3 * ((after - 1) // 3)
    assert summary.unchanged + summary.stored == sum(map(_count, days))
    assert now(store) == reference


@pytest.mark.full
def test_a_dask_cluster_gives_the_same_graph(store: Store, days: list[Path], small_pieces: None) -> None:
    distributed = pytest.importorskip("distributed")
    put(store, *days)
    reference = now(store)
    emptied(store)
    with (distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
          Workers(scheduler=cluster.scheduler_address) as workers):
        put(store, *days, workers=workers)
    assert now(store) == reference


def test_a_tar_in_parts_is_read_as_one_whichever_part_is_named(days: list[Path], tmp_path: Path) -> None:
    whole = days[0].read_bytes()
    parts = [tmp_path / f"day.tar.a{letter}" for letter in "abc"]
    for part, start, end in zip(parts, (0, 700, 1500), (700, 1500, None), strict=True):
        part.write_bytes(whole[start:end])
    expected = [raw.digest for raw in raw_files([days[0]])]
    for named in ([parts[0]], [parts[1]], parts, parts[::-1], [tmp_path]):
        assert list(files(named)) == [parts[0]]
        assert [raw.digest for raw in raw_files(named)] == expected
    assert sum(raw.consumed for raw in raw_files(parts)) <= len(whole)
    parts[1].unlink()
    *_, last = raw_files([parts[0]])
    assert last.refusal is not None
    assert "broken from here on" in str(last.refusal)


def test_an_archive_cut_anywhere_among_its_members_says_so(tmp_path: Path) -> None:
    path = _tar(tmp_path / "day.tar", {f"./traces/00/{n}.json": b"x" * 700 for n in range(3)})
    whole = path.read_bytes()
    for length in range(513, 3 * (512 + 1024), 37):
        path.write_bytes(whole[:length])
        assert "broken from here on" in str([raw.refusal for raw in raw_files([path])][-1]), length


def test_a_damaged_header_is_no_end(tmp_path: Path) -> None:
    path = _tar(tmp_path / "day.tar", {f"./traces/00/{n}.json": b"x" * 500 for n in range(3)})
    whole = path.read_bytes()
    path.write_bytes(whole[:1024] + b"?" * 512 + whole[1536:])
    first, last = raw_files([path])
    assert first.data == b"x" * 500
    assert "a member's header is damaged" in str(last.refusal)


def test_what_lies_beside_the_traces_is_told_once(days: list[Path], tmp_path: Path) -> None:
    path = _tar(tmp_path / "day.tar", {"./heatmap/00.bin.ttf": b"\x1f\x8b", "./heatmap/01.bin.ttf": b"x",
                                       "./acas/acas.csv": b"x", "./traces/00/x.json": b"{}"})
    first, note = raw_files([path])
    assert first.data == b"{}"
    assert note.note == "Left out: 3 members without tracks (acas, heatmap)."


def test_a_long_archive_takes_no_more_memory_than_a_short_one(tmp_path: Path) -> None:
    def peak(members: int) -> int:
        path = _tar(tmp_path / f"{members}.tar", {f"./traces/00/{n}.json": b"{}" for n in range(members)})
        tracemalloc.start()
        assert sum(1 for _ in raw_files([path])) == members
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    short = peak(4_000)
    assert peak(12_000) < short + 200_000
