"""One real Neo4j for the whole session, emptied before each test that asks for it.

`TAILGRAPH_TEST_HOME` names a home whose server is used (started if need be) and left running; otherwise one
is made in a temporary folder and stopped at the end. Downloads come from the user's cache if they are there,
else they go to `.tailgraph/cache` in this folder. Nothing is written anywhere else.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path

import hypothesis
import neo4j
import pytest

from tailgraph.graph import server as managed
from tailgraph.graph.server import jars, probe
from tailgraph.settings import Connection, ManagedServer, Settings, default_cache

ROOT = Path(__file__).resolve().parent.parent

# Time is measured in bench/, never in a test; what is run on every push finds the same cases each time.
hypothesis.settings.register_profile("tailgraph", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("tailgraph")


def _shared_cache(environ: Mapping[str, str]) -> Path:
    """The user's cache where it is complete, so that no test writes there; else one in this folder."""
    usual = default_cache(environ)
    if "TAILGRAPH_CACHE" in environ or not jars.missing(jars.library(usual), jars.lock()):
        return usual
    return ROOT / ".tailgraph" / "cache"


SHARED_CACHE = _shared_cache(os.environ)

@pytest.fixture(scope="session", autouse=True)
def nothing_of_the_users(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test, nor any command that a test runs, can reach the user's graph, settings or other Neo4j."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("NEO4J_", "TAILGRAPH_"))]:
            if name != "TAILGRAPH_TEST_HOME":
                patch.delenv(name)
        patch.setenv("TAILGRAPH_HOME", str(tmp_path_factory.mktemp("nobody") / "home"))
        patch.setenv("TAILGRAPH_CACHE", str(SHARED_CACHE))
        yield


@pytest.fixture(scope="session")
def managed_server() -> ManagedServer:
    """A small server on free ports."""
    return ManagedServer(heap="384m", pagecache="64m", bolt_port=0, http_port=0, cache=SHARED_CACHE)


@pytest.fixture(scope="session")
def server(managed_server: ManagedServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings whose managed server is up."""
    named = os.environ.get("TAILGRAPH_TEST_HOME")
    home = Path(named) if named else tmp_path_factory.mktemp("server") / "home"
    try:
        managed.up(home, managed_server)
        yield Settings(home=home, server=managed_server)
    finally:
        if not named:
            managed.down(home)


@pytest.fixture(scope="session")
def connection(server: Settings) -> Connection:
    return managed.connect(server)


@pytest.fixture(scope="session")
def driver(connection: Connection) -> Iterator[neo4j.Driver]:
    with probe.driver(connection) as opened:
        yield opened


@pytest.fixture
def settings(server: Settings) -> Settings:
    """Settings of the running server, for the command line and the store."""
    return server


@pytest.fixture
def graph(driver: neo4j.Driver, connection: Connection) -> neo4j.Driver:
    """The driver, with nothing in the graph; constraints and indexes are in place."""
    with driver.session(database=connection.database) as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()
    return driver


def pytest_sessionstart() -> None:
    """End on a polite kill as on Ctrl-C: with the servers of the tests stopped."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the server, so that `-m "not neo4j"` is quick."""
    for item in items:
        if "server" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.neo4j)
