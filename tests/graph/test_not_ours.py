"""What somebody else wrote into the same database stays as it is, under our labels, too."""

from __future__ import annotations

import pytest

from tailgraph.graph import refresh, reports
from tailgraph.graph.digest import digest
from tailgraph.graph.identity import decide
from tailgraph.graph.identity.judgement import Judgement, Sameness
from tailgraph.graph.model import Extraction, Kind
from tailgraph.graph.shape import Label
from tailgraph.graph.store import Row, Store
from tests.graph.scene import accuse, report, write

UNIT = "224th Flight Unit"
MINE = "Somebody's Line"


def run(store: Store, statement: str) -> None:
    store.write(lambda transaction: transaction.run(statement, mine=MINE, unit=UNIT).consume())


def all_of(store: Store, id_: str, label: Label = Label.OPERATOR) -> list[Row]:
    return [row for row in store.read(
        "MATCH (n {id: $id}) RETURN labels(n) AS labels, properties(n) AS properties", {"id": id_})
        if label in row["labels"]]


def take_out(store: Store, extraction: Extraction) -> None:
    store.write(lambda transaction: reports.delete(transaction, extraction.document.id))


def older_tables(store: Store) -> None:
    run(store, "MERGE (m:Meta {id: 'schema'}) SET m.reference = 'older'")


@pytest.mark.parametrize("label", [Label.OPERATOR, Label.PUBLISHER, Label.IDENTIFIER])
def test_a_node_that_nothing_of_ours_names_outlives_new_tables(store: Store, label: Label) -> None:
    write(store, report("One", accuse([UNIT])))
    before = digest(store.driver, store.database)
    run(store, f"CREATE (:{label} {{id: $mine, note: 'mine'}})")
    found = all_of(store, MINE, label)
    older_tables(store)
    refresh.refresh(store)
    assert all_of(store, MINE, label) == found == [
        {"labels": [label], "properties": {"id": MINE, "note": "mine"}}]
    run(store, f"MATCH (n:{label} {{id: $mine}}) DELETE n")
    assert digest(store.driver, store.database) == before


def test_a_verdict_on_a_node_that_nothing_of_ours_names_leaves_it_there(store: Store) -> None:
    write(store, report("One", accuse([UNIT])))
    run(store, "CREATE (:Operator {id: $mine})")
    decide.give(store, [Judgement.of(Kind.OPERATOR, UNIT, MINE, Sameness.SAME, "me")])
    assert len(all_of(store, MINE)) == 1
    assert store.read("MATCH (:Operator {id: $mine})-[:SAME_AS]-(o) RETURN o.id AS id", {"mine": MINE}) == [
        {"id": UNIT}]
    decide.undo(store, [decide.pair_of(Kind.OPERATOR, UNIT, MINE)], "me")
    assert all_of(store, MINE) == [{"labels": ["Operator"], "properties": {"id": MINE}}]


@pytest.mark.parametrize("theirs", [
    "MATCH (o:Operator {id: $unit}) CREATE (o)-[:OWNED_BY]->(:Company {id: 'Holding'})",
    "MATCH (o:Operator {id: $unit}) CREATE (:Note {text: 'look'})-[:ABOUT]->(o)",
    "MATCH (o:Operator {id: $unit}) SET o.note = 'look'",
])
def test_an_entity_that_somebody_has_written_on_outlives_its_last_report(store: Store, theirs: str) -> None:
    extraction = report("One", accuse([UNIT]))
    write(store, extraction)
    run(store, theirs)
    store.write(lambda transaction: reports.delete(transaction, extraction.document.id))
    assert len(all_of(store, UNIT)) == 1
    assert all_of(store, "US", Label.COUNTRY) == []


def test_relationships_of_others_outlive_new_tables(store: Store) -> None:
    write(store, report("One", accuse([UNIT])))
    run(store, "MATCH (o:Operator {id: $unit}) "
               "CREATE (o)-[:OWNED_BY {source: 'my notes'}]->(:Company {id: 'Holding'})")
    older_tables(store)
    refresh.refresh(store)
    assert store.read("MATCH (:Operator)-[r:OWNED_BY]->(c) RETURN c.id AS id, r.source AS source") == [
        {"id": "Holding", "source": "my notes"}]


@pytest.mark.parametrize(("label", "id_"), [
    (Label.OPERATOR, UNIT), (Label.COUNTRY, "US"), (Label.PUBLISHER, "Example Wire"),
    (Label.IDENTIFIER, "icao24:14406e")])
def test_a_node_that_was_there_before_any_report_outlives_them(store: Store, label: Label, id_: str) -> None:
    """Made by hand, with nothing but what we declare, too: what we did not make is not ours to take away."""
    store.write(lambda transaction: transaction.run(f"CREATE (:{label} {{id: $id}})", id=id_).consume())
    one, two = (report(title, accuse([UNIT, "RA-82030"])) for title in ("One", "Two"))
    write(store, one, two)
    for extraction in (one, two):
        take_out(store, extraction)
    left = store.read("MATCH (n) WHERE NOT n:Meta AND NOT n:Run RETURN n.id AS id")
    assert [row["id"] for row in left] == [id_]
    assert len(all_of(store, id_, label)) == 1


def test_a_node_that_we_made_goes_however_often_it_came(store: Store) -> None:
    extraction = report("One", accuse([UNIT]))
    for _ in range(2):
        write(store, extraction)
        take_out(store, extraction)
    assert store.read("MATCH (n) WHERE NOT n:Meta AND NOT n:Run RETURN n.id AS id") == []
