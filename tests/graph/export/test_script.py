"""The Cypher script, loaded into a database, makes the same graph again."""

from __future__ import annotations

from typing import Any

import neo4j

from tailgraph.graph import digest, schema
from tailgraph.graph.shape import NODES
from tailgraph.graph.store import Store
from tailgraph.settings import Connection
from tests.graph.export.conftest import fill, text_of


def test_the_script_makes_the_same_graph(graph: neo4j.Driver, connection: Connection) -> None:
    """Statement by statement; run twice, it changes nothing."""
    database = connection.database
    with Store(connection) as store:
        fill(store)
        graph.execute_query("MATCH (t:Track) SET t.points = null", database_=database)
        before = digest.digest(graph, database)
        script, losses = text_of(store, "cypher")
        assert {what for what, _ in losses.lost} == {"Run"}
        graph.execute_query("MATCH (n) DETACH DELETE n", database_=database)
        graph.execute_query("CREATE (:Canary {id: 'canary'})", database_=database)
        graph.execute_query("DROP CONSTRAINT tailgraph_person_id", database_=database)
        for _ in range(2):
            _load(store, script)
            assert digest.digest(graph, database) == before
        rows = store.read("MATCH (n) UNWIND labels(n) AS label RETURN DISTINCT label")
        assert {row["label"] for row in rows} <= {*NODES, "Entity", "Claim", "Canary"}
        assert store.read("MATCH (c:Canary) RETURN count(c) AS count") == [{"count": 1}]
        names = {row["name"] for row in store.read("SHOW INDEXES YIELD name RETURN name")}
        assert {text.split()[2] for text in schema.definitions()} <= names


def _load(store: Store, script: str) -> None:
    with store.driver.session(database=store.database) as session:
        for line in script.splitlines():
            if not line.startswith("//"):
                assert line.endswith(";")
                statement: Any = line.removesuffix(";")
                session.run(statement).consume()
