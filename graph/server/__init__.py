"""The managed Neo4j: fetched, started and stopped by Tailgraph itself, or somebody else's by its address."""

from __future__ import annotations

from tailgraph.errors import StoreUnavailable
from tailgraph.graph.server.lifecycle import down, ready, up
from tailgraph.graph.server.status import Status, status
from tailgraph.settings import Connection, Settings

__all__ = ["Status", "connect", "down", "ready", "status", "up"]


def connect(settings: Settings, *, start: bool = True) -> Connection:
    """How to reach the graph: the user's own Neo4j if one is named, else the managed one.

    With `start` the managed server is fetched and started if need be (ServerError); without, one that is
    down raises StoreUnavailable. Somebody else's Neo4j is not contacted here.
    """
    if settings.connection:
        return settings.connection
    if found := ready(settings.home):
        return found
    if start:
        return up(settings.home, settings.server)
    raise StoreUnavailable("The managed Neo4j is not running.", where=str(settings.home),
                           remedy="Start it with `tailgraph db up`.")
