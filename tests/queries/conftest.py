"""A store with the scene of 20-21 March 2024 in it, linked."""

from __future__ import annotations

from collections.abc import Iterator

import neo4j
import pytest

from tailgraph.graph import corroborate, migrations
from tailgraph.graph.store import Store
from tailgraph.settings import Connection
from tests.graph import test_corroborate as scene
from tests.graph.scene import accuse, report, told, write

ACCUSATION = report("The accusation", accuse(["A124", "224th Flight Unit"], is_open=True, denied_by=["RU"]),
                    told(aircraft=["RA-82030"], types=["A124"], operator=["224th Flight Unit"], index=1,
                         hours=scene.LEFT_AT))
BARE = report("Says the report", accuse(["RA-76999"], by=[]), publisher="Night Apron", published=None)


@pytest.fixture
def empty(graph: neo4j.Driver, connection: Connection) -> Iterator[Store]:
    with Store(connection) as opened:
        yield opened


@pytest.fixture(scope="module")
def store(driver: neo4j.Driver, connection: Connection) -> Iterator[Store]:
    """The scene, written once for a module: nothing that goes through the gate can change it."""
    with Store(connection) as opened:
        driver.execute_query("MATCH (n) DETACH DELETE n", database_=connection.database)
        migrations.apply(driver, connection.database)
        write(opened, ACCUSATION, BARE, *scene.EVERYTHING)
        corroborate.link(opened)
        yield opened
