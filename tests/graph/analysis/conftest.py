"""The scene of 20-21 March 2024 with reports that accuse and deny, written once for a module."""

from __future__ import annotations

from collections.abc import Iterator

import neo4j
import pytest

from tailgraph.graph import corroborate, migrations
from tailgraph.graph.model import Extraction, Mention
from tailgraph.graph.store import Store
from tailgraph.settings import Connection
from tests.graph import test_corroborate as scene
from tests.graph.scene import accuse, report, slot, told, write

ACCUSATION = report("The accusation", accuse(["A124", "224th Flight Unit"], is_open=True, denied_by=["RU"]))
SECOND = report("Another", accuse(["224th Flight Unit"], by=["UA"]), told(
    aircraft=["RA-82030"], operator=["224th Flight Unit"], happened=False, index=1))
# Two aircraft of which nothing is known but that one sentence names them both.


def _named_together() -> Extraction:
    text = "RA-11111 and RA-22222 were there."
    made = report("Together", text=text)
    place = made.document.content.index
    mentions = tuple(Mention(passage=1, start=place(name), end=place(name) + len(name), text=name,
                             entity=slot(name).entity, method="made up", confidence=0.5)
                     for name in ("RA-11111", "RA-22222"))
    return made.model_copy(update={"mentions": mentions})


TOGETHER = _named_together()


@pytest.fixture(scope="module")
def store(driver: neo4j.Driver, connection: Connection) -> Iterator[Store]:
    """Tests of this folder must leave it as it is."""
    with Store(connection) as opened:
        driver.execute_query("MATCH (n) DETACH DELETE n", database_=connection.database)
        migrations.apply(driver, connection.database)
        write(opened, ACCUSATION, SECOND, TOGETHER, *scene.EVERYTHING)
        corroborate.link(opened)
        yield opened
