"""The graph taken out, put back and thrown away, whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tailgraph.errors import InputRefused, ServerError, UsageError
from tailgraph.graph import server
from tailgraph.graph.server import backup, probe, process, stores
from tailgraph.graph.server.config import DATABASE
from tailgraph.graph.server.home import Home
from tailgraph.settings import ManagedServer, Settings

pytestmark = pytest.mark.neo4j


@pytest.fixture(scope="module")
def options(managed_server: ManagedServer) -> ManagedServer:
    return ManagedServer(heap="256m", pagecache="32m", bolt_port=0, http_port=0, cache=managed_server.cache)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    place = Home(tmp_path_factory.mktemp("own") / "home")
    yield place
    server.down(place.root)


@pytest.fixture(scope="module")
def dumped(home: Home, options: ManagedServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dump of a graph with the one canary "first"; the server was running and is so again."""
    server.up(home.root, options)
    write(home, "CREATE (:Canary {name: 'first'})")
    file = tmp_path_factory.mktemp("dumps") / "graph.dump"
    backup.dump(home.root, file, options)
    return file


def write(home: Home, statement: str) -> None:
    with probe.driver(server.connect(Settings(home=home.root), start=False)) as driver:
        driver.execute_query(statement)


def canaries(home: Home) -> list[str]:
    with probe.driver(server.connect(Settings(home=home.root), start=False)) as driver:
        found = driver.execute_query("MATCH (n:Canary) RETURN n.name AS name ORDER BY name").records
        return [record["name"] for record in found]


def test_a_dump_leaves_the_graph_running_and_nothing_beside_it(home: Home, dumped: Path) -> None:
    assert canaries(home) == ["first"]
    assert [path.name for path in dumped.parent.iterdir()] == ["graph.dump"]


def test_a_dump_replaces_no_file(home: Home, dumped: Path, options: ManagedServer) -> None:
    before = dumped.read_bytes()
    with pytest.raises(UsageError, match="there already"):
        backup.dump(home.root, dumped, options)
    assert dumped.read_bytes() == before


def test_a_broken_dump_leaves_the_graph_as_it_was(
        home: Home, dumped: Path, options: ManagedServer, tmp_path: Path) -> None:
    write(home, "CREATE (:Canary {name: 'later'})")
    server.down(home.root)
    before = content(home.data)
    broken = tmp_path / "broken.dump"
    for damaged in (b"", b"no dump at all", dumped.read_bytes()[:-500]):
        broken.write_bytes(damaged)
        with pytest.raises(InputRefused, match="cannot be read"):
            backup.load(home.root, broken, options)
    with pytest.raises(InputRefused, match="no such file"):
        backup.load(home.root, tmp_path / "missing", options)
    assert content(home.data) == before


def content(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in folder.rglob("*") if path.is_file()}


def test_a_dump_comes_back_and_replaces_what_came_later(
        home: Home, dumped: Path, options: ManagedServer) -> None:
    server.up(home.root, options)
    assert canaries(home) == ["first", "later"]
    backup.load(home.root, dumped, options)
    assert canaries(home) == ["first"]
    assert not home.loading.exists()
    assert not home.discarded.exists()


def test_wiping_empties_the_graph_and_puts_the_schema_back(
        home: Home, dumped: Path, options: ManagedServer) -> None:
    backup.wipe(home.root, options)
    assert canaries(home) == []
    with probe.driver(server.connect(Settings(home=home.root), start=False)) as driver:
        constraints = driver.execute_query("SHOW CONSTRAINTS YIELD name RETURN name").records
    assert "tailgraph_document_id" in {record["name"] for record in constraints}


def test_a_load_cut_after_reading_is_finished_at_the_next_start(
        home: Home, dumped: Path, options: ManagedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.down(home.root)
    monkeypatch.setattr(stores, "settle", lambda place: None)  # as if killed once the dump was read
    backup.load(home.root, dumped, options)
    monkeypatch.undo()
    assert (home.loading / stores.COMPLETE).exists()
    server.up(home.root, options)
    assert canaries(home) == ["first"]


def test_a_stopped_server_stays_stopped(
        home: Home, dumped: Path, options: ManagedServer, tmp_path: Path) -> None:
    server.down(home.root)
    backup.dump(home.root, tmp_path / "second.dump", options)
    assert process.find(home) is None
    backup.wipe(home.root, options)
    assert process.find(home) is None


def test_there_is_nothing_to_dump_before_the_first_start(tmp_path: Path, options: ManagedServer) -> None:
    with pytest.raises(ServerError, match="no graph yet"):
        backup.dump(tmp_path / "home", tmp_path / "x.dump", options)
    assert not (tmp_path / "x.dump").exists()


class Cut(BaseException):
    """Stands for kill -9 at one step."""


@pytest.fixture
def half_loaded(tmp_path: Path) -> Home:
    """A graph of files named old, and a completely read dump of files named new."""
    place = Home(tmp_path / "home")
    place.prepare()
    for folder, content in ((place.data, "old"), (place.loading, "new")):
        for part in stores.PARTS:
            (folder / part / DATABASE).mkdir(parents=True)
            (folder / part / DATABASE / "store").write_text(content)
    return place


def stored(place: Home) -> set[str]:
    return {(place.data / part / DATABASE / "store").read_text() for part in stores.PARTS}


def test_an_incomplete_dump_is_cleared_away(half_loaded: Home) -> None:
    stores.settle(half_loaded)
    assert stored(half_loaded) == {"old"}
    assert not half_loaded.loading.exists()


@pytest.mark.parametrize("step", range(5))
def test_a_dump_is_put_in_place_whole_wherever_that_is_cut(
        half_loaded: Home, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    stores.mark_complete(half_loaded)
    real = Path.rename
    done: list[Path] = []

    def rename(self: Path, target: Path) -> Path:
        if len(done) == step:
            raise Cut
        done.append(target)
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    try:
        stores.settle(half_loaded)
    except Cut:
        monkeypatch.undo()
        stores.settle(half_loaded)
    assert stored(half_loaded) == {"new"}
    assert not half_loaded.loading.exists()
    assert not half_loaded.discarded.exists()
