"""The managed server under the worst that can happen to it: everything here is real."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tailgraph.errors import ServerError, StoreUnavailable
from tailgraph.graph import server
from tailgraph.graph.server import config, lifecycle, probe, process
from tailgraph.graph.server.home import Home
from tailgraph.settings import Connection, ManagedServer, Settings

pytestmark = pytest.mark.neo4j

UP = """
import sys
from pathlib import Path
from tailgraph.graph import server
from tailgraph.settings import ManagedServer
server.up(Path(sys.argv[1]), ManagedServer(heap="256m", pagecache="32m", bolt_port=0, http_port=0,
                                           cache=Path(sys.argv[2])))
"""
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def options(managed_server: ManagedServer) -> ManagedServer:
    return ManagedServer(heap="256m", pagecache="32m", bolt_port=0, http_port=0, cache=managed_server.cache)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """One home for this module, its name not plain; each test finds what the last one left."""
    place = Home(tmp_path_factory.mktemp("own") / "a home é")
    yield place
    server.down(place.root)
    assert servers(place) == []


def servers(place: Home) -> list[psutil.Process]:
    return [found for found in psutil.process_iter() if process.is_server(found, place)]


def start_up(place: Home, options: ManagedServer) -> subprocess.Popen[bytes]:
    """`up` in a process of its own."""
    environ = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    return subprocess.Popen([sys.executable, "-c", UP, str(place.root), str(options.cache)], env=environ)


def count(connection: Connection) -> int:
    with probe.driver(connection) as driver:
        found: int = driver.execute_query("MATCH (n:Canary) RETURN count(n) AS n").records[0]["n"]
        return found


def add_canary(connection: Connection) -> None:
    with probe.driver(connection) as driver:
        driver.execute_query("CREATE (:Canary)")


def test_four_at_once_start_one_server(home: Home, options: ManagedServer) -> None:
    started = [start_up(home, options) for _ in range(4)]
    assert [child.wait() for child in started] == [0, 0, 0, 0]
    assert len(servers(home)) == 1
    found = server.ready(home.root)
    assert found
    assert probe.check(found) == "Neo4j/5.26.30"


def test_up_again_changes_nothing(home: Home, options: ManagedServer) -> None:
    before = servers(home)
    first = server.up(home.root, options)
    add_canary(first)
    assert server.up(home.root, options) == first
    assert server.connect(Settings(home=home.root)) == first
    assert servers(home) == before


def test_data_survive_a_killed_server(home: Home, options: ManagedServer) -> None:
    [running] = servers(home)
    first = home.state()
    running.kill()
    running.wait()
    assert server.ready(home.root) is None
    with pytest.raises(StoreUnavailable, match="not running"):
        server.connect(Settings(home=home.root), start=False)
    again = server.connect(Settings(home=home.root, server=options))
    assert count(again) == 1
    [running] = servers(home)
    second = home.state()
    assert first and second
    assert second == first.model_copy(update={"pid": running.pid})  # the same ports


def test_a_start_cut_by_kill_is_taken_over(home: Home, options: ManagedServer) -> None:
    server.down(home.root)
    child = start_up(home, options)
    while not servers(home):
        assert child.poll() is None
    child.kill()
    child.wait()
    [orphan] = servers(home)
    assert server.ready(home.root) is None
    assert count(server.up(home.root, options)) == 1
    assert servers(home) == [orphan]


def test_a_ctrl_c_of_our_terminal_does_not_reach_the_server(home: Home) -> None:
    [running] = servers(home)
    assert os.getsid(running.pid) != os.getsid(0)
    assert os.getpgid(running.pid) != os.getpgid(0)


@pytest.mark.full
def test_a_lost_record_is_made_again(home: Home, options: ManagedServer) -> None:
    before = count(server.up(home.root, options))
    home.state_file.unlink()
    assert count(server.up(home.root, options)) == before
    assert len(servers(home)) == 1


def test_taken_ports_are_changed(home: Home, options: ManagedServer) -> None:
    first = home.state()
    assert first
    server.down(home.root)
    with socket.create_server(("127.0.0.1", first.bolt_port)), socket.create_server(("", first.http_port)):
        connection = server.up(home.root, options)
    second = home.state()
    assert second
    assert {second.bolt_port, second.http_port}.isdisjoint({first.bolt_port, first.http_port})
    assert count(connection) == 1


@pytest.mark.full
def test_a_port_taken_in_the_last_moment_is_changed(
        home: Home, options: ManagedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    before = count(server.up(home.root, options))
    server.down(home.root)
    real = process.free_port
    with socket.create_server(("127.0.0.1", 0)) as taken:
        answers = [taken.getsockname()[1]] * 4  # twice for the password, twice for the first try
        monkeypatch.setattr(process, "free_port", lambda wanted: answers.pop() if answers else real([]))
        assert count(server.up(home.root, options)) == before
    assert answers == []


def test_a_server_that_cannot_start_says_why(
        home: Home, options: ManagedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.down(home.root)
    monkeypatch.setitem(config.COMMON, "server.nonsense", "1")
    with pytest.raises(ServerError, match=r"ended while it was starting[\s\S]*server.nonsense"):
        server.up(home.root, options)
    assert servers(home) == []
    monkeypatch.undo()
    assert count(server.up(home.root, options)) == 1


def test_a_wrong_password_file_is_told_at_once(home: Home, options: ManagedServer) -> None:
    right = home.password_file.read_text()
    home.password_file.write_text("wrong")
    try:
        with pytest.raises(ServerError, match="does not know its password"):
            server.up(home.root, options)
    finally:
        home.password_file.write_text(right)


def test_listens_on_loopback_alone(home: Home) -> None:
    [running] = servers(home)
    listening = {link.laddr for link in running.net_connections() if link.status == psutil.CONN_LISTEN}
    state = home.state()
    assert state
    assert {address.port for address in listening} == {state.bolt_port, state.http_port}
    assert {address.ip.removeprefix("::ffff:") for address in listening} == {"127.0.0.1"}


def test_the_password_is_in_its_file_alone(home: Home, options: ManagedServer) -> None:
    server.down(home.root)
    home.data.rename(home.root / "aside")  # as if new: the password is given once more
    seen: set[str] = set()
    child = start_up(home, options)
    while child.poll() is None:
        seen |= {word for one in psutil.process_iter(["cmdline", "environ"]) for word in words(one)}
    assert child.returncode == 0
    password = home.password()
    assert not [word for word in seen if password in word]
    files = [path for path in home.root.rglob("*") if path.is_file()]
    assert [path for path in files if password.encode() in path.read_bytes()] == [home.password_file]
    assert password not in repr(server.connect(Settings(home=home.root)))


def words(one: psutil.Process) -> list[str]:
    return [*(one.info["cmdline"] or []), *(one.info["environ"] or {}).values()]


def test_what_a_killed_server_left_is_cleared(home: Home, options: ManagedServer) -> None:
    server.down(home.root)
    (home.tmp / "jetty-of-yesterday" / "webapp").mkdir(parents=True)
    (home.discarded / "0123").mkdir(parents=True)
    server.up(home.root, options)
    assert not (home.tmp / "jetty-of-yesterday").exists()
    assert not home.discarded.exists()
    assert lifecycle.ready(home.root)


@pytest.mark.full
@pytest.mark.parametrize("attempt", range(10))
def test_killed_again_and_again(home: Home, options: ManagedServer, attempt: int) -> None:
    connection = server.up(home.root, options)
    before = count(connection)
    add_canary(connection)
    [running] = servers(home)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    assert count(server.up(home.root, options)) == before + 1
