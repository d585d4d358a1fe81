"""A store on the emptied graph."""

from __future__ import annotations

from collections.abc import Iterator

import neo4j
import pytest

from tailgraph.graph.store import Store
from tailgraph.settings import Connection


@pytest.fixture
def store(graph: neo4j.Driver, connection: Connection) -> Iterator[Store]:
    with Store(connection) as opened:
        yield opened
