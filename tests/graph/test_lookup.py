"""From what a person types to one node, or to the list of what it may be."""

from __future__ import annotations

import pytest

from tailgraph.errors import UsageError
from tailgraph.graph.evidence import lookup
from tailgraph.graph.shape import Label
from tailgraph.graph.store import Store
from tests.graph.scene import accuse, report, told, write

FIRST = report("The accusation", accuse(["A124", "224th Flight Unit"], is_open=True))
SECOND = report("Another", told(aircraft=["RA-82030"]), told(aircraft=["RA-82042"], index=1))


@pytest.fixture
def store(store: Store) -> Store:
    write(store, FIRST, SECOND)
    return store


def refusal(store: Store, text: str, kind: Label | None = None) -> str:
    among = [kind] if kind else lookup.EXPLAINED
    with pytest.raises(UsageError) as caught:
        lookup.find(store, text, among)
    return str(caught.value)


@pytest.mark.parametrize(("text", "label"), [
    ("RA-82030", Label.AIRCRAFT), ("A124", Label.AIRCRAFT_TYPE), ("KP", Label.COUNTRY),
    ("224th Flight Unit", Label.OPERATOR), ("RU/Vladivostok", Label.PLACE),
    (f"{FIRST.document.id}#a0", Label.ALLEGATION), (f"{SECOND.document.id}#f1", Label.REPORTED_FLIGHT),
    (f"{FIRST.document.id}#p0", Label.PASSAGE), (FIRST.document.id, Label.DOCUMENT)])
def test_a_whole_id(store: Store, text: str, label: Label) -> None:
    assert lookup.find(store, text) == (label, text)
    assert lookup.find(store, text, [label]) == (label, text)


def test_a_whole_name_and_a_kind_before_the_id(store: Store) -> None:
    assert lookup.find(store, "North Korea") == (Label.COUNTRY, "KP")
    assert lookup.find(store, "country:KP") == (Label.COUNTRY, "KP")
    assert lookup.find(store, "Country: North Korea") == (Label.COUNTRY, "KP")
    assert "may be" in refusal(store, "Aircraft:RA-")
    assert "Nothing in the graph" in refusal(store, "Country:KP", Label.AIRPORT)


def test_the_beginning_of_an_id_names_the_whole_and_not_its_parts(store: Store) -> None:
    assert lookup.find(store, FIRST.document.id[:8]) == (Label.DOCUMENT, FIRST.document.id)
    assert lookup.find(store, "224th") == (Label.OPERATOR, "224th Flight Unit")
    assert lookup.find(store, "RA-82042") == (Label.AIRCRAFT, "RA-82042")


def test_a_shortened_id_with_a_part(store: Store) -> None:
    short = f"{FIRST.document.id[:8]}#a0"
    assert lookup.find(store, short) == (Label.ALLEGATION, f"{FIRST.document.id}#a0")
    assert lookup.find(store, short, [Label.ALLEGATION]) == (Label.ALLEGATION, f"{FIRST.document.id}#a0")
    assert "Nothing in the graph" in refusal(store, f"{FIRST.document.id[:8]}#a7")
    assert "Nothing in the graph" in refusal(store, short, Label.REPORTED_FLIGHT)


def test_a_beginning_that_several_share_lists_them(store: Store) -> None:
    assert refusal(store, "RA-820") == (
        "'RA-820' may be: Aircraft RA-82030; Aircraft RA-82042. "
        "Write one as KIND:ID, such as 'Aircraft:RA-82030'. [E002]")


def test_one_id_of_several_kinds(store: Store) -> None:
    store.write(lambda transaction: transaction.run(
        "MERGE (:Organization:Entity {id: 'RA-82030', name: 'A namesake'})").consume())
    assert refusal(store, "RA-82030") == (
        "'RA-82030' may be: Aircraft RA-82030; Organization RA-82030 (A namesake). "
        "Write one as KIND:ID, such as 'Aircraft:RA-82030'. [E002]")
    assert lookup.find(store, "RA-82030", [Label.AIRCRAFT]) == (Label.AIRCRAFT, "RA-82030")
    assert lookup.find(store, "RA-82030", [Label.ORGANIZATION]) == (Label.ORGANIZATION, "RA-82030")


def make(store: Store, *aircraft: str, bearing: str | None = None) -> None:
    store.write(lambda transaction: transaction.run(
        "UNWIND $ids AS id MERGE (a:Aircraft:Entity {id: id}) WITH a WHERE $bearing IS NOT NULL "
        "MERGE (i:Identifier {id: $bearing}) MERGE (a)-[:IDENTIFIED_BY]->(i)",
        ids=aircraft, bearing=bearing).consume())


@pytest.mark.parametrize("text", ["738043", "icao24:738043"])
def test_an_address_of_digits_alone(store: Store, text: str) -> None:
    make(store, "icao24:738043", bearing="icao24:738043")
    assert lookup.find(store, text, [Label.AIRCRAFT]) == (Label.AIRCRAFT, "icao24:738043")
    assert lookup.find(store, "738043") == (Label.AIRCRAFT, "icao24:738043")
    assert "may be: Aircraft" in refusal(store, "icao24:738043")  # the address itself is a node, too


@pytest.mark.parametrize("text", ["15406e", "15406E", "icao24:15406e"])
def test_an_address_stands_for_the_registered_aircraft_that_bears_it(store: Store, text: str) -> None:
    make(store, "RA-82030", bearing="icao24:15406e")
    assert lookup.find(store, text, [Label.AIRCRAFT]) == (Label.AIRCRAFT, "RA-82030")


def test_a_serial_of_that_form_wins_over_an_address(store: Store) -> None:
    make(store, "738043", "icao24:738043")
    assert lookup.find(store, "738043") == (Label.AIRCRAFT, "738043")
    assert lookup.find(store, "icao24:738043") == (Label.AIRCRAFT, "icao24:738043")


def test_an_address_that_several_aircraft_bore_lists_them(store: Store) -> None:
    make(store, "RA-82030", "RF-82030", bearing="icao24:15406e")
    assert "'15406e' may be: Aircraft RA-82030; Aircraft RF-82030." in refusal(store, "15406e")
    assert "Nothing in the graph" in refusal(store, "~15406e")


def test_more_than_can_be_listed(store: Store) -> None:
    store.write(lambda transaction: transaction.run(
        "UNWIND range(10, 30) AS n MERGE (:Person:Entity {id: 'Kim ' + n, name: 'Kim ' + n})").consume())
    said = refusal(store, "Kim")
    assert said.count("Person Kim") == lookup.MOST
    assert "; and more." in said


@pytest.mark.parametrize("text", ["", " ", "#", "#a0", "x#", "nosuch", "') RETURN 1 //", "`", "\x00", ".*",
                                  "Nokind:RA-82030", "Aircraft:", ":RA-82030"])
def test_what_is_no_id(store: Store, text: str) -> None:
    assert refusal(store, text).startswith("Nothing in the graph has the id")
