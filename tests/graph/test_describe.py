"""What an id alone says, with the tables."""

from __future__ import annotations

import csv
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailgraph.graph import keys
from tailgraph.graph.describe import add_shared, describe
from tailgraph.graph.reference import marks, tables
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
    ("JA8089", "JP"), ("9XR-AB", "RW"), ("B-2446", "CN"), ("B-18112", "TW"), ("B-LXF", "HK"),
    ("63-9810", None), ("NH90", None), ("15406e", None), ("VP-BXX", "BM"), ("PJ-WII", None),
    ("HB-3436", "CH"), ("F-16", None)])
def test_marks(registration: str, country: str | None) -> None:
    assert marks.country_of_mark(registration) == country


def test_six_digits_are_a_serial_and_an_address_bears_its_scheme() -> None:
    """A serial of the United States Navy and an address of Israel's have one form."""
    assert edges(Label.AIRCRAFT, "738043") == set()
    assert edges(Label.AIRCRAFT, keys.aircraft_of("738043")) == {
        (Type.IDENTIFIED_BY, "icao24:738043", "reported"), (Type.REGISTERED_IN, "IL", "inferred")}
    assert edges(Label.AIRCRAFT, "ac671b") == {
        (Type.IDENTIFIED_BY, "icao24:ac671b", "reported"), (Type.REGISTERED_IN, "US", "inferred")}


@given(st.integers(0, 0xFFFFFF).map("{:06x}".format))
def test_the_address_of_an_airframe_comes_back_from_its_id(address: str) -> None:
    assert keys.address_of(keys.aircraft_of(address)) == address
    assert keys.address_of(address) == (None if address.isdigit() else address)


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
    assert {ref for ref in rows.shared_ends() if not rows.has(ref)} == set()
    assert rows.problems == []


@pytest.mark.parametrize("name", CSVS)
def test_every_row_of_every_table_names_its_source(name: str) -> None:
    text = (resources.files("tailgraph.graph.reference") / name).read_text(encoding="utf-8")
    assert [row for row in csv.DictReader(text.splitlines()) if not row["source"]] == []


def test_countries_that_tables_name_exist() -> None:
    named = {operator.country for operator in tables.operators().values()}
    named |= {said.country for all_said in tables.airframes().values() for said in all_said}
    assert named - {None} <= tables.countries().keys()
