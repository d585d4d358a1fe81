"""How the graph database is: whose it is, where, and whether it answers."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from tailgraph.errors import StoreUnavailable
from tailgraph.graph.server import lifecycle, probe, process
from tailgraph.graph.server.home import Home
from tailgraph.settings import Connection, Settings


class Status(BaseModel):
    """What `tailgraph db status` prints."""

    model_config = ConfigDict(frozen=True)

    managed: bool
    """False: somebody else's Neo4j, named by NEO4J_URI."""
    home: Path | None = None
    running: bool
    """Of the managed server: whether its process is there. Of another: whether it answers."""
    uri: str | None = None
    browser: str | None = None
    database: str | None = None
    version: str | None = None
    """What the server says it is ("Neo4j/5.26.30"); None if it does not answer."""
    pid: int | None = None
    problem: str | None = None


def status(settings: Settings) -> Status:
    """Looks and asks, within five seconds; changes nothing."""
    if settings.connection:
        return _asked(settings.connection, managed=False)
    return _managed(Home(settings.home))


def _managed(place: Home) -> Status:
    state, running = place.state(), process.find(place)
    if state is None or running is None:
        return Status(managed=True, home=place.root, running=False)
    asked = _asked(lifecycle.connection(place, state), managed=True)
    return asked.model_copy(update={
        "home": place.root, "running": True, "pid": running.pid,
        "browser": f"http://127.0.0.1:{state.http_port}/browser/",
    })


def _asked(target: Connection, *, managed: bool) -> Status:
    try:
        version, problem = probe.check(target), None
    except StoreUnavailable as error:
        version, problem = None, str(error)
    return Status(managed=managed, running=version is not None, uri=target.uri, database=target.database,
                  version=version, problem=problem)
