"""Which process is ours to stop, and which ports are free."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tailgraph.graph.server import config, lifecycle, process
from tailgraph.graph.server.home import Home, ServerState


@pytest.fixture
def home(tmp_path: Path) -> Home:
    place = Home(tmp_path / "home")
    place.prepare()
    return place


@pytest.fixture
def stand_in(home: Home) -> Iterator[subprocess.Popen[bytes]]:
    """A process whose command line is that of a server of this home, and which does nothing."""
    command = [sys.executable, "-c", "print(flush=True); import sys; sys.stdin.read()",
               config.ENTRY_POINT, config.home_argument(home.neo4j)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout
        child.stdout.readline()
        yield child
        child.kill()


def record(home: Home, pid: int | None) -> None:
    home.record(ServerState(bolt_port=1, http_port=2, pid=pid, ready_for="0.1.0"))


def test_finds_the_server_by_its_record(home: Home, stand_in: subprocess.Popen[bytes]) -> None:
    record(home, stand_in.pid)
    assert process.find(home) == psutil.Process(stand_in.pid)


@pytest.mark.parametrize("recorded", [None, 2**22 - 1, os.getpid()])
def test_finds_an_orphan_whose_start_was_killed(
        home: Home, stand_in: subprocess.Popen[bytes], recorded: int | None) -> None:
    record(home, recorded)
    assert process.find(home) == psutil.Process(stand_in.pid)


def test_another_homes_server_is_not_ours(tmp_path: Path, stand_in: subprocess.Popen[bytes]) -> None:
    other = Home(tmp_path / "other")
    other.prepare()
    record(other, stand_in.pid)
    assert process.find(other) is None
    assert lifecycle.down(other.root) is False
    assert stand_in.poll() is None


def test_a_recycled_process_id_is_never_stopped(home: Home) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as stranger:
        record(home, stranger.pid)
        assert lifecycle.down(home.root) is False
        assert lifecycle.ready(home.root) is None
        assert stranger.poll() is None
        stranger.kill()


def test_stops_what_is_ours(home: Home, stand_in: subprocess.Popen[bytes]) -> None:
    record(home, stand_in.pid)
    assert lifecycle.down(home.root) is True
    assert process.find(home) is None
    assert lifecycle.down(home.root) is False
    state = home.state()
    assert state == ServerState(bolt_port=1, http_port=2, pid=None, ready_for=None)


def test_stops_by_force_what_does_not_listen(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "STOP_TIMEOUT", 0.2)
    code = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); input()"
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as deaf:
        assert deaf.stdout
        deaf.stdout.readline()
        process.stop(psutil.Process(deaf.pid))
        assert not psutil.pid_exists(deaf.pid)


def test_takes_the_preferred_port_if_it_is_free() -> None:
    free = process.free_port([])
    assert process.free_port([None, free, 1]) == free


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_takes_another_port_if_somebody_listens(host: str) -> None:
    with socket.socket() as taken:
        taken.bind((host, 0))
        taken.listen()
        port = taken.getsockname()[1]
        free = process.free_port([port])
        assert free != port
        assert process.free_port([port, free]) == free


@pytest.mark.parametrize("impossible", [-1, 65_536, 10**9])
def test_an_impossible_port_is_not_taken(impossible: int) -> None:
    assert 0 < process.free_port([impossible]) < 65_536


def test_the_end_of_the_log_is_shown(home: Home) -> None:
    assert process.log_tail(home) == "(nothing)"
    (home.logs / "neo4j.log").write_bytes(b"".join(b"line %d \xff\n" % number for number in range(40)))
    assert process.log_tail(home, 2) == "line 38 \ufffd\nline 39 \ufffd"
    (home.logs / "console.log").write_text("Exception: why\n\tat somewhere\n\tat elsewhere\n")
    assert process.log_tail(home, 2) == "line 39 \ufffd\nException: why"


def test_the_logs_of_the_last_start_are_put_aside(home: Home) -> None:
    (home.logs / "neo4j.log").write_text("yesterday")
    process.put_logs_aside(home)
    process.put_logs_aside(home)
    assert process.log_tail(home) == "(nothing)"
    assert (home.logs / "previous-neo4j.log").read_text() == "yesterday"
