"""What an id alone says, with the tables."""

from __future__ import annotations

import csv
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailgraph.graph.describe import add_shared, describe
from tailgraph.graph.reference import tables
from tailgraph.graph.rows import Rows
from tailgraph.graph.shape import ENTITIES, Label, Type

CSVS = sorted(entry.name for entry in resources.files("tailgraph.graph.reference").iterdir()
              if entry.name.endswith(".csv"))


def edges(label: Label, id_: str) -> set[tuple[Type, str, str]]:
    return {(said.type, said.end[1], said.method or "") for said in describe(label, id_).statements}


def test_the_antonov_of_the_case() -> None:
    assert edges(Label.AIRCRAFT, "RA-82030") == {
        (Type.OF_TYPE, "A124", "reported"), (Type.OPERATED_BY, "224th Flight Unit", "reported"),
        (Type.REGISTERED_IN, "RU", "reported"), (Type.REGISTERED_IN, "RU", "inferred"),
        (Type.IDENTIFIED_BY, "icao24:15406e", "inferred")}


@pytest.mark.parametrize(("label", "id_", "name", "country"), [
    (Label.COUNTRY, "KP", "North Korea", None),
    (Label.AIRCRAFT_TYPE, "A124", "Antonov An-124", None),
    (Label.OPERATOR, "224th Flight Unit", "224th Flight Unit", "RU"),
    (Label.OPERATOR, "Some Cargo Line", "Some Cargo Line", None),
    (Label.AIRPORT, "UHWW", "Vladivostok International Airport", "RU"),
    (Label.AIRPORT, "Hidden Strip", "Hidden Strip", None),
    (Label.PLACE, "KP/Pyongyang", "Pyongyang", "KP"),
    (Label.PLACE, "--/Sea of Japan", "Sea of Japan", None),
    (Label.WEAPON, "ballistic-missile/KN-23", "KN-23", None),
    (Label.WEAPON, "small-arms", "small arms", None),
    (Label.PERSON, "Jane Doe", "Jane Doe", None),
])
def test_names_and_countries(label: Label, id_: str, name: str, country: str | None) -> None:
    description = describe(label, id_)
    assert description.properties["name"] == name
    assert [said.end[1] for said in description.statements] == ([country] if country else [])


@pytest.mark.parametrize(("registration", "country"), [
    ("RA-82030", "RU"), ("RF-82011", "RU"), ("P-632", "KP"), ("EP-KVC", "IR"), ("N899DN", "US"),
    ("JA8089", "JP"), ("9XR-AB", "RW"), ("B-2446", None), ("63-9810", None), ("NH90", None),
    ("15406e", None), ("VP-BXX", None)])
def test_marks(registration: str, country: str | None) -> None:
    assert tables.country_of_mark(registration) == country


@pytest.mark.parametrize(("address", "registration"), [
    ("15406e", "RA-82030"), ("140000", None), ("15869f", "RA-99999"), ("1586a0", None), ("ac671b", None),
    ("~15406", None)])
def test_the_russian_rule_backwards(address: str, registration: str | None) -> None:
    assert tables.registration_of(address) == registration


@given(st.integers(10_000, 99_999))
def test_the_russian_rule_there_and_back(number: int) -> None:
    registration = f"RA-{number}"
    assert tables.registration_of(tables.russian_address(registration) or "") == registration


def test_six_digits_may_be_a_serial_and_are_no_address() -> None:
    assert edges(Label.AIRCRAFT, "165829") == set()
    assert edges(Label.AIRCRAFT, "ac671b") == {(Type.IDENTIFIED_BY, "icao24:ac671b", "reported")}


@pytest.mark.parametrize(("written", "id_"), [
    ("224th flight unit state airlines", "224th Flight Unit"),
    ("DELTA AIR LINES INC", "DELTA AIR LINES INC")])
def test_operators_by_any_of_their_names(written: str, id_: str) -> None:
    assert tables.operator_id(written) == id_


@given(st.sampled_from(ENTITIES), st.text(min_size=1, max_size=20))
def test_any_id_can_be_described_and_closed(label: Label, id_: str) -> None:
    rows = Rows()
    mention = rows.node(Label.MENTION, "m")
    rows.edge(Type.REFERS_TO, mention, (label, id_))
    add_shared(rows)
    assert {ref for ref in rows.ends() if not rows.has(ref)} == set()
    assert rows.problems == []


@pytest.mark.parametrize("name", CSVS)
def test_every_row_of_every_table_names_its_source(name: str) -> None:
    text = (resources.files("tailgraph.graph.reference") / name).read_text(encoding="utf-8")
    assert [row for row in csv.DictReader(text.splitlines()) if not row["source"]] == []


def test_countries_that_tables_name_exist() -> None:
    named = {operator.country for operator in tables.operators().values()}
    named |= {said.country for all_said in tables.airframes().values() for said in all_said}
    assert named - {None} <= tables.countries().keys()
