"""What the server refuses, and what is written where, whoever asks with the right password."""

from __future__ import annotations

import http.server
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest
from neo4j.exceptions import Neo4jError

from tailgraph.graph.server import config, java
from tailgraph.graph.server.home import Home
from tailgraph.settings import Connection, Settings

pytestmark = pytest.mark.neo4j


@pytest.fixture
def canary() -> Iterator[tuple[int, list[str]]]:
    """A listener on loopback that writes down what it is asked for."""
    asked: list[str] = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"a,b\n1,2\n")

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener) as listener:
        thread = threading.Thread(target=listener.serve_forever)
        thread.start()
        yield listener.server_port, asked
        listener.shutdown()
        thread.join()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433"])
def test_cypher_opens_no_connection(
        graph: neo4j.Driver, canary: tuple[int, list[str]], host: str) -> None:
    port, asked = canary
    with pytest.raises(Neo4jError):
        graph.execute_query("LOAD CSV FROM $url AS row RETURN row", url=f"http://{host}:{port}/stolen.csv")
    assert asked == []


def test_cypher_reads_no_file(graph: neo4j.Driver, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a,b\n")
    inside = Home(settings.home).neo4j / "import" / "secret.csv"
    inside.write_text("a,b\n")
    for url in (f"file://{tmp_path}/secret.csv", "file:///secret.csv", "file:///../../password"):
        with pytest.raises(Neo4jError):
            graph.execute_query("LOAD CSV FROM $url AS row RETURN row", url=url)
    inside.unlink()


def test_no_plugin_is_there(graph: neo4j.Driver) -> None:
    rows = graph.execute_query("SHOW PROCEDURES YIELD name RETURN name").records
    assert {row["name"].partition(".")[0] for row in rows} <= {"db", "dbms", "tx", "cdc"}


def test_what_the_server_runs_with_is_what_we_say(graph: neo4j.Driver, settings: Settings) -> None:
    rows = graph.execute_query("SHOW SETTINGS YIELD name, value RETURN name, value").records
    effective = {row["name"]: row["value"] for row in rows}
    meant = {name: value for name, value in config.COMMON.items() if not name.startswith("internal.")}
    shown = {name: value for name, value in effective.items() if name in meant}
    sizes = {"db.tx_log.rotation.size": "64.00MiB"}
    assert shown == {name: sizes.get(name, value) for name, value in meant.items()}


def test_logs_and_data_are_for_their_owner_alone(server: Settings) -> None:
    modes = {path.name: stat.S_IMODE(path.lstat().st_mode) for path in server.home.rglob("*")}
    assert {name for name, mode in modes.items() if mode & 0o077} == set()


def test_no_log_names_the_password(server: Settings, connection: Connection) -> None:
    logs = [path for path in Home(server.home).logs.rglob("*") if path.is_file()]
    assert {path.name for path in logs} >= {"neo4j.log", "debug.log"}
    assert [path.name for path in logs if connection.password.encode() in path.read_bytes()] == []


def test_the_server_runs_on_a_java_that_it_supports(graph: neo4j.Driver) -> None:
    row = graph.execute_query("CALL dbms.queryJmx('java.lang:type=Runtime') YIELD attributes "
                              "RETURN attributes.SpecVersion.value AS version").records[0]
    assert int(row["version"]) in java.SUPPORTED
