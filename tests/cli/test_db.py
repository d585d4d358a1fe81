"""`tailgraph db …` as typed: what goes to standard output, what to standard error, and the exit code."""

from __future__ import annotations

import io
import json
import os
import pty
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import neo4j
import pytest

from tailgraph.cli import run
from tailgraph.graph.server import browser
from tailgraph.graph.server.home import Home
from tailgraph.settings import Connection, Settings

PASSWORD = "invented-and-secret"
Output = pytest.CaptureFixture[str]


@pytest.fixture
def managed(server: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The environment of somebody who uses the running managed server."""
    monkeypatch.setenv("TAILGRAPH_HOME", str(server.home))
    return server


@pytest.fixture
def dead(monkeypatch: pytest.MonkeyPatch) -> str:
    """The environment of somebody whose own Neo4j is down."""
    with socket.create_server(("127.0.0.1", 0)) as closing:
        uri = f"bolt://127.0.0.1:{closing.getsockname()[1]}"
    monkeypatch.setenv("NEO4J_URI", uri)
    monkeypatch.setenv("NEO4J_PASSWORD", PASSWORD)
    return uri


def test_status_of_a_running_server(managed: Settings, connection: Connection, capsys: Output) -> None:
    assert run(["db", "status", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    state = Home(managed.home).state()
    assert state
    assert found == {
        "managed": True, "home": str(managed.home), "running": True, "uri": connection.uri,
        "browser": f"http://127.0.0.1:{state.http_port}/browser/", "database": "neo4j",
        "version": "Neo4j/5.26.30", "pid": state.pid, "problem": None,
    }
    assert run(["db", "status"]) == 0
    shown = capsys.readouterr().out
    assert f"address   {connection.uri}" in shown
    assert connection.password not in shown


def test_status_where_nothing_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    monkeypatch.setenv("TAILGRAPH_HOME", str(tmp_path / "home"))
    assert run(["db", "status"]) == 5
    assert capsys.readouterr().out == "Neo4j is not running. Start it with `tailgraph db up`.\n"
    assert run(["db", "down"]) == 0
    assert capsys.readouterr().err == "Neo4j was not running.\n"
    assert not (tmp_path / "home").exists()


def test_up_where_it_runs_shows_where(managed: Settings, connection: Connection, capsys: Output) -> None:
    assert run(["db", "up"]) == 0
    assert connection.uri in capsys.readouterr().out


def test_digest_is_one_line(managed: Settings, graph: neo4j.Driver, capsys: Output) -> None:
    assert run(["db", "digest"]) == 0
    empty = capsys.readouterr().out
    assert len(bytes.fromhex(empty.strip())) == 32
    graph.execute_query("CREATE (:Country:Entity {id: 'XX', name: 'Nowhere'})")
    assert run(["db", "digest"]) == 0
    assert capsys.readouterr().out != empty


def test_browser_prints_its_address(managed: Settings, connection: Connection, capsys: Output) -> None:
    assert run(["db", "browser", "--no-open"]) == 0
    told = capsys.readouterr()
    parts = urlsplit(told.out.strip())
    state = Home(managed.home).state()
    assert state
    assert (parts.hostname, parts.port, parts.path) == ("127.0.0.1", state.http_port, "/browser/")
    assert parse_qs(parts.query) == {"dbms": [connection.uri], "db": ["neo4j"], "cmd": ["edit"],
                                     "arg": [browser.headline().strip()]}
    assert str(Home(managed.home).password_file) in told.err
    assert connection.password not in told.out + told.err


@pytest.mark.parametrize(("uri", "origin"), [
    ("bolt://db.example:7687", "http://db.example:7474"),
    ("neo4j+s://db.example", "https://db.example:7473"),
    ("bolt+ssc://[2001:db8::1]:7687", "https://[2001:db8::1]:7473"),
])
def test_browser_of_another_neo4j(
        monkeypatch: pytest.MonkeyPatch, capsys: Output, uri: str, origin: str) -> None:
    monkeypatch.setenv("NEO4J_URI", uri)
    assert run(["db", "browser", "--no-open"]) == 0
    told = capsys.readouterr()
    assert told.out.startswith(f"{origin}/browser/?dbms=")
    assert "style.grass" in told.err


@pytest.mark.parametrize("words", [["status"], ["up"], ["digest"]])
def test_a_dead_neo4j_of_ones_own_is_named(dead: str, capsys: Output, words: list[str]) -> None:
    assert run(["db", *words]) == 5
    told = capsys.readouterr()
    assert dead in told.out + told.err
    assert "Neo4j does not answer. Start it, or correct NEO4J_URI; nothing was lost." in told.out + told.err
    assert PASSWORD not in told.out + told.err


@pytest.mark.parametrize("words", [
    ["down"], ["dump", "x.dump"], ["load", "x.dump", "--yes"], ["wipe", "--yes"], ["fetch"],
])
def test_nothing_of_another_neo4j_is_touched(dead: str, capsys: Output, words: list[str]) -> None:
    assert run(["db", *words]) == 2
    told = capsys.readouterr().err
    assert f"`db {words[0]}` is for the Neo4j that Tailgraph manages" in told
    assert dead in told
    assert "Unset NEO4J_URI" in told


def test_up_with_another_neo4j_says_that_nothing_is_managed(
        connection: Connection, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    monkeypatch.setenv("NEO4J_URI", connection.uri)
    monkeypatch.setenv("NEO4J_PASSWORD", connection.password)
    assert run(["db", "up"]) == 0
    assert "is not managed here. It answers (Neo4j/5.26.30)" in capsys.readouterr().err


@pytest.mark.parametrize("answer", ["n\n", "\n", "\x04"])
def test_wipe_asks_first(managed: Settings, graph: neo4j.Driver, answer: str) -> None:
    graph.execute_query("CREATE (:Canary)")
    ours, theirs = pty.openpty()
    try:
        os.write(ours, answer.encode())
        done = subprocess.run([sys.executable, "-m", "tailgraph", "db", "wipe"], stdin=theirs,
                              capture_output=True, text=True, check=False)
    finally:
        os.close(ours)
        os.close(theirs)
    assert done.returncode == 130
    assert "Throw the whole graph away?" in done.stderr
    assert graph.execute_query("MATCH (n:Canary) RETURN count(n) AS n").records[0]["n"] == 1


def test_where_nobody_can_be_asked_yes_is_needed(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    monkeypatch.setenv("TAILGRAPH_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    (tmp_path / "x.dump").write_bytes(b"x")
    for words in (["wipe"], ["load", str(tmp_path / "x.dump")]):
        assert run(["db", *words]) == 2
        assert "Add --yes" in capsys.readouterr().err
    assert not (tmp_path / "home").exists()


def test_files_and_folders_are_looked_for_before_anything_is_asked_or_stopped(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    monkeypatch.setenv("TAILGRAPH_HOME", str(tmp_path / "home"))
    assert run(["db", "load", str(tmp_path / "x.dump")]) == 3
    assert "There is no such file." in capsys.readouterr().err
    assert run(["db", "dump", str(tmp_path / "nope" / "x.dump")]) == 2
    assert f"There is no folder {tmp_path / 'nope'}." in capsys.readouterr().err
    assert not (tmp_path / "home").exists()


def test_a_wrong_amount_of_memory_is_told(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    monkeypatch.setenv("TAILGRAPH_HEAP", "plenty")
    assert run(["db", "status"]) == 2
    assert "'plenty' is no amount of memory" in capsys.readouterr().err
