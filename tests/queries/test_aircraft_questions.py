"""Questions about what aircraft tables say, and where sources disagree. All rows are invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import neo4j
import pytest

from tailgraph.graph import aircraft_tables, airframes
from tailgraph.graph.aircraft_table import AircraftTable, Entry
from tailgraph.graph.runs import run
from tailgraph.graph.store import Store
from tailgraph.settings import Connection
from tests.graph.scene import accuse, report, write
from tests.queries.test_library import some

CHANGE = date(2020, 1, 1)
FIRST = (Entry(2, "15406e", "RF-82030", "A124", operator="Old Line", until=date(2019, 12, 31),
               source="A gazette"),
         Entry(3, "15406e", "RA-82030", "A124", operator="New Line", since=CHANGE, source="A gazette"),
         Entry(4, "4ca1b2", "EI-XYZ", "B738", military=False))
SECOND = (Entry(1, "15406e", "RA-82031", "A124"), Entry(2, "154999", "RA-82030", "IL76"),
          Entry(3, registration="RA-82030", operator="Other Line", since=date(2021, 1, 1)))


@pytest.fixture
def store(graph: neo4j.Driver, connection: Connection) -> Iterator[Store]:
    with Store(connection) as opened:
        write(opened, report("Two marks", accuse(["RA-82030"])), report("One more", accuse(["RF-82030"])))
        put(opened, "a", "first.csv", FIRST)
        put(opened, "b", "second.csv", SECOND)
        airframes.settle(opened)
        yield opened


def put(store: Store, letter: str, name: str, entries: tuple[Entry, ...]) -> None:
    table = AircraftTable(letter * 64, name, "made up", len(entries), 0)
    for _ in aircraft_tables.put(store, table.id, entries):
        pass
    with run(store, "test") as node:
        aircraft_tables.appear(store, table, node)


def test_what_sources_disagree_on_is_listed_side_by_side(store: Store) -> None:
    ours = "Defence Blog and Newsweek, citing NK News, March 2024 (reported)"
    rule, gazette = "Russian address rule (inferred)", "A gazette (2020-01-01.., reported)"
    other = "made up (reported)"
    assert some(store, "aircraft-conflicts", "kind", "first", "first_sources", "second", "second_sources",
                aircraft="RA-82030") == [
        ("address", "15406e", [gazette, rule], "154999", [other]),
        ("operator", "224th Flight Unit", [ours], "New Line", [gazette]),
        ("operator", "224th Flight Unit", [ours], "Other Line", ["made up (2021-01-01.., reported)"]),
        ("operator", "New Line", [gazette], "Other Line", ["made up (2021-01-01.., reported)"]),
        ("registration", "RA-82030", [gazette, rule], "RA-82031", [other]),
        ("registration", "RA-82030", [rule], "RF-82030", ["A gazette (..2019-12-31, reported)"]),
        ("type", "Antonov An-124", [gazette, ours], "Ilyushin Il-76", [other])]


def test_one_mark_after_the_other_is_no_conflict(store: Store) -> None:
    """RF-82030 until 2019, RA-82030 since 2020, says one gazette; the rule and the other table differ."""
    assert some(store, "aircraft-conflicts", "kind", "second", "second_sources", aircraft="RF-82030") == [
        ("registration", "RA-82030", ["Russian address rule (inferred)"]),
        ("registration", "RA-82031", ["made up (reported)"])]


def test_of_all_aircraft_at_once(store: Store) -> None:
    assert {aircraft for (aircraft,) in some(store, "aircraft-conflicts", "aircraft")} == {
        "RA-82030", "RF-82030"}


def test_any_row_can_be_looked_up_whoever_names_it(store: Store) -> None:
    assert some(store, "aircraft-records", "registration", "address", "is_military", "table", "row",
                mark="ei-xyz") == [("EI-XYZ", "4ca1b2", False, "first.csv", 4)]
    assert some(store, "aircraft-records", "registration", "source", "row", mark="15406E") == [
        ("RA-82030", "A gazette", 3), ("RF-82030", "A gazette", 2), ("RA-82031", "made up", 1)]


def test_explain_names_the_table_and_the_row(store: Store) -> None:
    from tailgraph.graph.evidence import evidence
    from tailgraph.graph.evidence.entity import EntityEvidence
    from tailgraph.graph.shape import Label

    found = evidence(store, (Label.AIRCRAFT, "RF-82030"))
    assert isinstance(found, EntityEvidence)
    assert {(fact.id, fact.table, fact.row) for fact in found.facts if fact.table} == {
        ("icao24:15406e", "a" * 64, 2), ("A124", "a" * 64, 2), ("Old Line", "a" * 64, 2)}


def test_the_beginning_of_an_id_names_the_table_and_not_its_rows(store: Store) -> None:
    from tailgraph.graph.evidence.lookup import find
    from tailgraph.graph.shape import Label

    assert find(store, "a" * 8) == (Label.AIRCRAFT_TABLE, "a" * 64)
    assert find(store, "a" * 64 + "/2") == (Label.AIRCRAFT_RECORD, "a" * 64 + "/2")
