"""A Neo4j that is not there is named, with the cause and what to do, and never with the password."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tailgraph.errors import StoreUnavailable, UsageError
from tailgraph.graph import server
from tailgraph.graph.server import probe
from tailgraph.settings import Connection, Settings

PASSWORD = "invented-and-secret"


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as probe_socket:
        probe_socket.bind(("127.0.0.1", 0))
        port: int = probe_socket.getsockname()[1]
        return port


@pytest.fixture(params=["silent", "hangs up", "talks nonsense"])
def strange_port(request: pytest.FixtureRequest) -> Iterator[int]:
    """Somebody listens who is no Neo4j."""
    held: list[socket.socket] = []

    def serve(listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            if request.param == "talks nonsense":
                client.sendall(b"SSH-2.0-invented\r\n")
            if request.param == "hangs up":
                client.close()
            held.append(client)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,), daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
    for client in held:
        client.close()


def refused(target: Connection) -> str:
    with pytest.raises(StoreUnavailable) as caught:
        probe.check(target)
    told = str(caught.value)
    assert PASSWORD not in told
    assert target.uri in told
    return told


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_nobody_listens(closed_port: int, scheme: str) -> None:
    told = refused(Connection(f"{scheme}://127.0.0.1:{closed_port}", password=PASSWORD))
    assert "Neo4j does not answer. Start it, or correct NEO4J_URI; nothing was lost. [E021]" in told


@pytest.mark.parametrize("scheme", ["bolt", "neo4j", "bolt+s"])
def test_somebody_else_listens(strange_port: int, scheme: str) -> None:
    assert "[E021]" in refused(Connection(f"{scheme}://127.0.0.1:{strange_port}", password=PASSWORD))


def test_no_such_host() -> None:
    assert "does not answer" in refused(Connection("bolt://no-such-host.invalid:7687", password=PASSWORD))


@pytest.mark.parametrize("uri", ["", "7687", "localhost:7687", "http://127.0.0.1:7474", "bolt://", "bolt://:7687",
                                 "bolt://host:port", "bolt://host:99999", "bolt://[::1"])
def test_no_address_at_all(uri: str) -> None:
    with pytest.raises(UsageError, match="no address of a Neo4j"):
        probe.check(Connection(uri, password=PASSWORD))


def test_a_name_that_cannot_be_one(closed_port: int) -> None:
    assert "[E021]" in refused(Connection(f"bolt://{'a' * 70}.invalid:{closed_port}", password=PASSWORD))


def test_wrong_password(connection: Connection) -> None:
    told = refused(Connection(connection.uri, password=PASSWORD))
    assert "The name or the password is wrong. Set NEO4J_USERNAME and NEO4J_PASSWORD." in told


def test_wrong_database(connection: Connection) -> None:
    told = refused(Connection(connection.uri, password=connection.password, database="nosuch"))
    assert "There is no database 'nosuch'. Set NEO4J_DATABASE." in told


def test_says_what_answers(connection: Connection) -> None:
    assert probe.check(connection) == "Neo4j/5.26.30"


def test_status_of_another_neo4j(connection: Connection, closed_port: int, tmp_path: Path) -> None:
    found = server.status(Settings(home=tmp_path, connection=connection))
    assert (found.managed, found.running, found.version) == (False, True, "Neo4j/5.26.30")
    dead = Connection(f"bolt://127.0.0.1:{closed_port}", password=PASSWORD)
    found = server.status(Settings(home=tmp_path, connection=dead))
    assert (found.managed, found.running, found.version) == (False, False, None)
    assert "Neo4j does not answer" in str(found.problem)
    assert PASSWORD not in found.model_dump_json()
