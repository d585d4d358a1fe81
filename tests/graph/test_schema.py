"""The shape in the database: constraints, versions, and that nothing else ever becomes Cypher."""

from __future__ import annotations

import ast
import re
import threading
from pathlib import Path

import neo4j
import pytest

from tailgraph.errors import UsageError
from tailgraph.graph import migrations, model, schema
from tailgraph.graph.shape import CLAIMS, EDGES, ENTITIES, NODES, SHARED, Label, Life, Type
from tailgraph.graph.store import Store
from tailgraph.settings import Connection

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(path for folder in ("graph", "ingest", "nlp", "flights", "queries", "src/tailgraph/cli")
                 for path in (ROOT / folder).rglob("*.py"))
NAMES = {*Label, *Type, "Entity", "Claim"}


def test_every_entity_kind_has_a_label() -> None:
    assert {str(kind.value) for kind in model.Kind} == set(ENTITIES)


ELSEWHERE = {"first_fix", "last_fix", "departure", "arrival", "appeared_from", "vanished_toward", "gaps",
             "overflew"}


def test_every_field_of_a_flight_is_stored() -> None:
    """As a property, or as nodes and edges of its own; a new field must be given a place."""
    stored = {prop.name for prop in NODES[Label.FLIGHT].properties}
    assert model.Flight.model_fields.keys() - ELSEWHERE <= stored


def test_every_shared_node_is_reached_by_an_edge_from_what_supports_it() -> None:
    ends = {end for edge in EDGES for end in edge.ends}
    assert set(SHARED) - ends == {Label.PUBLISHER}


def test_every_claim_and_owned_node_is_reached_from_a_source() -> None:
    reached = {Label.DOCUMENT, Label.TRACK_FILE, Label.AIRCRAFT_TABLE}
    while more := {end for edge in EDGES for end in edge.ends if reached & set(edge.starts)} - reached:
        reached |= more
    owned = {label for label in NODES if NODES[label].life is Life.OWNED}
    # A mention points at its passage; the id of a table's row begins with that of its table.
    assert owned - reached == {Label.MENTION, Label.AIRCRAFT_RECORD}
    assert set(CLAIMS) <= reached


def test_every_id_is_unique_in_the_database(store: Store) -> None:
    rows = store.read("SHOW CONSTRAINTS YIELD labelsOrTypes, properties, type WHERE type = 'UNIQUENESS' "
                      "RETURN labelsOrTypes[0] AS label, properties AS properties")
    assert {row["label"] for row in rows if row["properties"] == ["id"]} == set(NODES)


def test_every_index_is_there_and_ready(store: Store) -> None:
    rows = store.read("SHOW INDEXES YIELD name, state WHERE name STARTS WITH 'tailgraph' RETURN name, state")
    assert {row["state"] for row in rows} == {"ONLINE"}
    names = {re.search(r"(?:CONSTRAINT|INDEX) (\w+)", text)[1] for text in schema.definitions()}  # type: ignore[index]
    assert {row["name"] for row in rows} == names


def test_apply_says_what_it_did_and_does_it_once(graph: neo4j.Driver, connection: Connection) -> None:
    assert migrations.apply(graph, connection.database) == [
        f"{len(schema.definitions())} constraints and indexes", "migration 1: first layout of the graph",
        "migration 2: reports are compared, to count origins",
        "migration 3: claims can be graded; grades of publishers are kept apart from them",
        "migration 4: questions as of what was known heed the judgements of then"]
    assert migrations.apply(graph, connection.database) == []


def test_several_may_apply_at_once(graph: neo4j.Driver, connection: Connection) -> None:
    with graph.session() as session:
        for row in list(session.run("SHOW CONSTRAINTS YIELD name RETURN name")):
            session.run("DROP CONSTRAINT $name", name=row["name"]).consume()
    failed: list[Exception] = []

    def apply() -> None:
        try:
            migrations.apply(graph, connection.database)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=apply) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_a_graph_of_a_newer_version_is_left_alone(store: Store, connection: Connection) -> None:
    store.write(lambda transaction: transaction.run("MATCH (m:Meta) SET m.schema_version = 99").consume())
    with pytest.raises(UsageError, match="layout 99"), Store(connection):
        pass
    store.write(lambda transaction: transaction.run("MATCH (m:Meta) DELETE m").consume())


# --- no statement is built from strings outside of the schema ----------------------------------------------


def _statements(tree: ast.AST) -> list[ast.expr]:
    """First arguments of calls that could carry Cypher to the server."""
    carriers = {"run", "execute_query", "read", "Query"}
    return [call.args[0] for call in ast.walk(tree)
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
            and call.func.attr in carriers and call.args]


def _is_built(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp):
        constants = (part.value for part in ast.walk(node) if isinstance(part, ast.Constant))
        return any(isinstance(constant, str) for constant in constants)
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {
        "format", "join", "replace", "substitute", "format_map"}


def _built(path: Path) -> list[str]:
    """The statements in a module that are put together from parts, also those that a name stands for."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {target.id: assign.value for assign in ast.walk(tree) if isinstance(assign, ast.Assign)
             for target in assign.targets if isinstance(target, ast.Name)}
    return [ast.unparse(node) for node in _statements(tree)
            if _is_built(names.get(node.id, node) if isinstance(node, ast.Name) else node)]


@pytest.mark.parametrize("source", ['t.run(f"MATCH (n:{x}) RETURN n")', 't.run("MATCH (n:" + x + ")")',
                                    't.run("MATCH (n:%s)" % x)', 't.run("MATCH (n:{})".format(x))',
                                    's.read("MATCH (n:X)".replace("X", x))'])
def test_the_check_finds_statements_that_are_built(source: str) -> None:
    assert [_is_built(node) for node in _statements(ast.parse(source))] == [True]


def test_no_statement_is_built_from_strings() -> None:
    built = {str(path.relative_to(ROOT)): found for path in SOURCES if (found := _built(path))}
    assert built.keys() <= {"graph/schema.py"}, built


_CYPHER = re.compile(r"\b(?:MATCH|MERGE|CREATE)\b\s*\(")
_LABEL = re.compile(r"\(\w*:([A-Z]\w*)")
_TYPES = re.compile(r"\[\w*:([A-Z_|]+)")


def _named(path: Path) -> set[str]:
    texts = [node.value for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
             if isinstance(node, ast.Constant) and isinstance(node.value, str) and _CYPHER.search(node.value)]
    return {name for text in texts for found in (*_LABEL.findall(text), *_TYPES.findall(text))
            for name in found.split("|")}


def test_statements_name_only_what_the_shape_has() -> None:
    unknown = {str(path.relative_to(ROOT)): found for path in SOURCES if (found := _named(path) - NAMES)}
    assert unknown == {}
