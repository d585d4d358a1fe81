"""The read-only gate (R15): what it refuses, what it lets through, and that nothing changes or runs away."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailgraph.errors import QueryRefused, TailgraphError, UsageError
from tailgraph.graph.digest import digest
from tailgraph.graph.store import Store
from tailgraph.queries import gate
from tailgraph.queries.run import ask

REFUSED = [
    # writing
    "CREATE (n:X)", "MERGE (n:X)", "MATCH (n) DELETE n", "MATCH (n) DETACH DELETE n", "MATCH (n) SET n.x = 1",
    "MATCH (n) SET n:X", "MATCH (n) REMOVE n.id", "MATCH (n) FOREACH (x IN [1] | SET n.x = x)",
    "CALL { CREATE (n:X) RETURN n } RETURN n",
    "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 1 ROWS",
    "UNWIND [1] AS x CREATE (n) RETURN n", "RETURN 1 AS x UNION CREATE (n) RETURN 1 AS x",
    "MATCH (n) WITH n LIMIT 1 SET n = {}", "CREATE (n)-[:X]->(m)",
    # the schema and the server
    "CREATE INDEX FOR (n:X) ON (n.y)", "DROP CONSTRAINT tailgraph_aircraft_id",
    "CREATE USER x SET PASSWORD 'y12345678'",
    "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'", "SHOW USERS", "SHOW DATABASES", "CREATE DATABASE x",
    "STOP DATABASE neo4j", "SHOW TRANSACTIONS", "SHOW TRANSACTIONS YIELD transactionId, currentQuery",
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'", "SHOW SETTINGS", "SHOW INDEXES", "SHOW PROCEDURES",
    "show functions", "SHOW CONSTRAINTS YIELD name",
    # files and addresses
    "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row",
    "LOAD CSV FROM 'http://127.0.0.1:1/' AS row RETURN row",
    "LOAD CSV WITH HEADERS FROM 'https://example.org/x.csv' AS row RETURN row.x",
    "MATCH (n:Country) CALL (n) { LOAD CSV FROM 'file:///x' AS row RETURN row } RETURN row",
    "RETURN 1 AS row UNION LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row",
    # procedures and functions
    "CALL db.clearQueryCaches()", "CALL dbms.listConfig()", "CALL dbms.listConfig() YIELD name RETURN name",
    "CALL db.createLabel('X')", "CALL dbms.components()", "CALL apoc.load.json('http://127.0.0.1')",
    "CALL `dbms`.`listConfig`()", "CALL dbms . listConfig ()", "CALL dbms.listConfig",
    "CALL tx.setMetaData({a: 1})",
    "RETURN apoc.text.join(['a'], ',')", "RETURN genai.vector.encode('x', 'OpenAI', {})", "CALL db.ping()",
    "MATCH (n) WHERE apoc.cypher.runFirstColumnSingle('x', {}) RETURN n",
    # prefixes, several statements, escapes, and nothing
    "EXPLAIN MATCH (n) RETURN n", "PROFILE MATCH (n) RETURN n", "profile CREATE (n)",
    "/* x */ PROFILE RETURN 1",
    "// x\nEXPLAIN RETURN 1", "CYPHER 5 RETURN 1", "CYPHER runtime=slotted CREATE (n)",
    "USE system SHOW USERS",
    "RETURN 1; CREATE (n)", "RETURN 1; RETURN 2", "RETURN '\\u0027 CREATE (n) //'", "CR\\u0045ATE (n)", "",
    "  \n",
    "// only a comment", "RETURN 1 " + "+ 1" * 60_000, "MATCH (n", "RETURN $missing", "RETURN nonsense(1)",
]
ALLOWED = [
    "RETURN 1 AS x", "MATCH (n:Country) RETURN n.id AS id", "MATCH (a:Aircraft)--(b) RETURN a, b LIMIT 5",
    "CALL db.labels() YIELD label RETURN label", "CALL db.labels", "CALL db.relationshipTypes()",
    "RETURN date('2024-03-20') AS d, duration.inDays(date('2024-03-20'), date('2024-03-21')) AS n",
    "RETURN datetime.fromepoch(0, 0) AS t, point.distance(point({x: 1, y: 1}), point({x: 2, y: 2})) AS d",
    "WITH 'LOAD CSV; CREATE (n) apoc.load.json( dbms.x()' AS text RETURN text", "RETURN 1 AS `CREATE (n)`",
    "MATCH (n:Country) WHERE n.name IN ['x', 'y'] /* DELETE n */ RETURN n // SET n.x = 1",
    "MATCH p = (:Aircraft)-[*..2]->() RETURN p LIMIT 3", "UNWIND range(1, 3) AS i RETURN i",
    "MATCH (f:Flight) CALL (f) { MATCH (f)-->(x) RETURN count(x) AS c } RETURN f.id, c", "RETURN 1;",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_refused(store: Store, statement: str) -> None:
    before = digest(store.driver, store.database)
    with pytest.raises((QueryRefused, UsageError)):
        ask(store, statement)
    assert digest(store.driver, store.database) == before


def test_they_are_many() -> None:
    assert len(set(REFUSED)) >= 40


@pytest.mark.parametrize("statement", ALLOWED)
def test_allowed(store: Store, statement: str) -> None:
    assert ask(store, statement).columns


def test_a_refused_write_says_so(store: Store) -> None:
    with pytest.raises(QueryRefused) as caught:
        ask(store, "MATCH (n) DETACH DELETE n")
    assert (caught.value.message, caught.value.exit_code) == ("The statement does more than read.", 6)


def test_a_statement_that_is_not_understood_is_the_users_to_mend(store: Store) -> None:
    with pytest.raises(UsageError, match="Neo4j does not understand the statement") as caught:
        ask(store, "MATCH (n RETURN n")
    assert "(line 1, column 10)" in caught.value.message
    assert "EXPLAIN" not in caught.value.message
    with pytest.raises(UsageError, match=r"\(line 2, column 3\)"):
        ask(store, "MATCH (n)\n  RETRUN n")


def test_a_statement_that_cannot_be_carried_out_is_not_called_unread(store: Store) -> None:
    with pytest.raises(UsageError, match="Neo4j cannot carry out the statement: / by zero"):
        ask(store, "RETURN 1/0")


@pytest.mark.parametrize("statement", ["", " \n"])
def test_no_statement_is_a_wrong_usage(statement: str) -> None:
    with pytest.raises(UsageError, match="There is no statement") as caught:
        gate.check_words(statement)
    assert caught.value.exit_code == 2


def test_rows_are_limited(store: Store) -> None:
    answer = ask(store, "UNWIND range(1, 100000000) AS x RETURN x", limit=3)
    assert (answer.rows, answer.is_cut) == (((1,), (2,), (3,)), True)
    assert not ask(store, "UNWIND range(1, 3) AS x RETURN x", limit=3).is_cut


def test_parameters_are_values_only(store: Store) -> None:
    text = "x'}) DETACH DELETE (n) //"
    assert ask(store, "RETURN $text AS text", {"text": text}).rows == ((text,),)


def test_values_become_plain(store: Store) -> None:
    (row,) = ask(store, """
        MATCH path = (d:Document {title: 'The accusation'})-[r:HAS_CLAIM]->(a:Allegation)
        RETURN d.published AS day, datetime('2024-03-20T16:30:00.500Z') AS instant, duration('PT90S') AS span,
          r, {nodes: [a], x: 1.5} AS map, 0.0 / 0.0 AS nan, point({latitude: 1, longitude: 2}) AS p,
          size(nodes(path)) AS n, null AS nothing, path""").objects()
    assert (row["day"], row["instant"], row["span"]) == ("2024-03-28", "2024-03-20T16:30:00.5Z", "PT1M30S")
    assert row["r"] == {"type": "HAS_CLAIM", "start": row["path"]["nodes"][0]["id"],
                        "end": row["map"]["nodes"][0]["id"], "properties": {}}
    assert row["map"]["nodes"][0]["labels"] == ["Allegation", "Claim"]
    assert (row["nan"], row["nothing"], row["n"], row["p"]["coordinates"]) == (None, None, 2, [2.0, 1.0])


@given(st.text(max_size=80) | st.text("'\"`/*\\\n .()ab", max_size=60))
def test_the_words_of_any_text_are_judged_without_a_crash(statement: str) -> None:
    try:
        gate.check_words(statement)
    except TailgraphError as error:
        assert error.remedy


@given(st.text(max_size=20), st.sampled_from(["'", '"']))
def test_what_stands_in_a_string_is_not_taken_for_words(text: str, quote: str) -> None:
    escaped = text.replace("\\", "\\\\").replace(quote, f"\\{quote}")
    if "\\u" not in escaped.lower():
        gate.check_words(f"RETURN {quote}{escaped} apoc.load.json( {quote} AS x")


def test_a_statement_is_looked_at_once_a_connection(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str | None] = []
    check = gate.check_plan

    def counted(kind: str | None, plan: Any) -> None:
        looked.append(kind)
        check(kind, plan)

    monkeypatch.setattr(gate, "check_plan", counted)
    for value, times in ((1, 1), (2, 1), (None, 2), ("a", 3), (3, 3)):
        assert ask(store, "RETURN $looked_at AS x", {"looked_at": value}).rows == ((value,),)
        assert len(looked) == times, value  # another type may mean another plan
    with Store(store.connection, prepare=False) as another:
        ask(another, "RETURN $looked_at AS x", {"looked_at": 1})
    assert len(looked) == 4


def test_what_was_refused_is_refused_again(store: Store) -> None:
    for _ in range(2):
        with pytest.raises(QueryRefused):
            ask(store, "CREATE (n:Refused) RETURN n")
