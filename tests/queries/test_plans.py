"""How Neo4j would answer each question: from an index, never from all nodes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tailgraph.errors import QueryRefused
from tailgraph.graph import corroborate
from tailgraph.graph.store import Store
from tailgraph.queries import catalogue
from tailgraph.queries.run import ask
from tests.graph import test_corroborate as scene
from tests.graph.scene import accuse, report, told, write
from tests.queries.test_library import ARGUMENTS, some

QUERIES = catalogue.library()
BY_INDEX = {"NodeUniqueIndexSeek", "NodeIndexSeek", "NodeIndexSeekByRange", "NodeUniqueIndexSeekByRange",
            "MultiNodeIndexSeek", "DirectedRelationshipIndexSeekByRange",
            "Argument", "EmptyRow", "Projection"}  # these: rows of values, not of nodes
# Questions about the whole graph may go through all claims, publishers or verdicts, not through all nodes.
OF_ALL = {"accused-operators", "aircraft-conflicts", "allegations", "claim-conflicts", "contradicted-reports",
          "flown-together", "publishers", "runs", "supported-reports", "untracked-reports", "weapons-flow"}
SCANS = {"NodeByLabelScan", "NodeIndexScan", "DirectedRelationshipTypeScan"}


@pytest.mark.parametrize("name", QUERIES)
def test_each_starts_at_an_index_or_one_label(empty: Store, name: str) -> None:
    query = QUERIES[name]
    with empty.driver.session(database=empty.database) as session:
        statement: Any = f"EXPLAIN {query.cypher}"
        plan = session.run(statement, query.arguments(ARGUMENTS.get(name, {}))).consume().plan
    allowed = BY_INDEX | (SCANS if name in OF_ALL else set())
    assert plan is not None
    assert set(_leaves(plan)) - allowed == set()


def _leaves(plan: Mapping[str, Any]) -> list[str]:
    """Where a plan takes its rows from."""
    children = plan.get("children") or ()
    if not children:
        return [plan["operatorType"].partition("@")[0]]
    return [leaf for child in children for leaf in _leaves(child)]


def test_the_headline_shows_tracks_that_no_report_tells_of(empty: Store) -> None:
    write(empty, report("Only an accusation", accuse(["224th Flight Unit"])), scene.OUTBOUND, scene.TUPOLEV)
    assert some(empty, "accused-night-flights", "subject", "airframe", "is_airframe_accused", "verdict",
                "reason") == [("224th Flight Unit", "RA-82030", False, None,
                               "tracked flight of that unit; no report of it")]


def test_airframes_that_sources_differ_on_are_all_shown(empty: Store) -> None:
    write(empty, report("Accused", accuse(["RA-82030"]), accuse(["A124"], index=1)), scene.OUTBOUND)
    empty.driver.execute_query(
        "MATCH (f:Flight {id: $id}), (:Aircraft {id: 'RA-82030'}) "
        "MERGE (a:Entity:Aircraft {id: 'RF-82030', name: 'RF-82030'}) MERGE (f)-[:BY_AIRCRAFT]->(a)",
        {"id": scene.OUTBOUND.id}, database_=empty.database)
    either = "RA-82030 or RF-82030"
    assert set(some(empty, "accused-night-flights", "airframe", "is_airframe_accused")) == {(either, None)}
    for name in ("night-flights", "vanished-toward"):
        assert some(empty, name, "flight", "airframe") == [(scene.OUTBOUND.id, either)], name


def test_the_headline_takes_the_night_from_the_track_where_the_report_is_silent(empty: Store) -> None:
    silent = told(aircraft=["RA-82030"], operator=["224th Flight Unit"], night=None, index=1,
                  hours=scene.LEFT_AT)
    write(empty, report("Silent", accuse(["224th Flight Unit"]), silent), scene.OUTBOUND)
    corroborate.link(empty)
    assert some(empty, "accused-night-flights", "subject", "reported_flight", "verdict", "basis") == [
        ("224th Flight Unit", "2024-03-20 to 2024-03-21", "supported", "inferred")]


def test_the_headline_takes_a_type_told_with_an_airframe_for_no_accusation(empty: Store) -> None:
    write(empty, report("The Il-76 RA-76999", accuse(["RA-76999", "IL76"]), told(
        aircraft=["RA-76999"], types=["IL76"], index=1)), scene.ELSEWHERE)
    corroborate.link(empty)
    assert some(empty, "accused-night-flights", "subject", "kind") == [("RA-76999", "Aircraft")]


def test_a_runaway_statement_is_stopped(empty: Store) -> None:
    with pytest.raises(QueryRefused, match=r"stopped after 0\.5 s"):
        ask(empty, "UNWIND range(1, 1000000000) AS a UNWIND range(1, 1000000000) AS b RETURN count(a * b)",
            timeout_s=0.5)
    assert ask(empty, "RETURN 1 AS x").rows == ((1,),)
