"""Airfields that only their surroundings tell."""

from __future__ import annotations

from tailgraph.graph.model import Document, Kind
from tailgraph.nlp.pipeline import Extractor


def airports(extractor: Extractor, text: str) -> dict[str, str | None]:
    """The names of the airports in a text, with their location indicators."""
    found = extractor.extract(Document(text=text))
    return {name: e.key for e in found.entities if e.kind is Kind.AIRPORT for name in e.names}


def test_a_name_at_which_only_aircraft_do_something(extractor: Extractor) -> None:
    assert airports(extractor, "The freighter landed at Quembra on Monday with rifles.") == {"Quembra": None}


def test_a_person_is_no_airfield(extractor: Extractor) -> None:
    assert airports(extractor, "The plane landed at John Miller's farm.") == {}


def test_location_indicators_in_a_row(extractor: Extractor) -> None:
    found = airports(extractor, "4 Feb. EX-76021, Il-76TD. OMAL–HCMF, call sign SPC411. HCMF–HSNN at night.")
    assert found == {"OMAL": "OMAL", "HCMF": "HCMF", "HSNN": "HSNN"}


def test_the_towns_airport_is_the_one_that_was_named(extractor: Extractor) -> None:
    text = "It landed at Beirut's Rafic Hariri International Airport. Beirut's airport was closed on Friday."
    assert set(airports(extractor, text).values()) == {"OLBA"}


def test_a_far_airport_is_no_end_of_a_flight_to_a_town(extractor: Extractor) -> None:
    text = "The jet, RA-02748, had set off for St Petersburg, turned and was back at Vnukovo before dark."
    found = extractor.extract(Document(text=text)).flights
    assert not any(f.destination and f.destination.place and f.destination.airport for f in found)


def test_names_that_are_no_run_of_capitals(extractor: Extractor) -> None:
    text = "The Il-76 was seen at al-Quembra air base, then at the Base Aérienne 101 near the town."
    assert set(airports(extractor, text)) == {"al-Quembra air base", "Base Aérienne 101"}


def test_a_preposition_is_no_article_of_a_name(extractor: Extractor) -> None:
    found = airports(extractor, "The jet was held at Carrasco airport as Quembra airport was closed.")
    assert set(found) == {"Carrasco airport", "Quembra airport"}


def test_international_alone(extractor: Extractor) -> None:
    assert set(airports(extractor, "Khartoum International was shut.")) == {"Khartoum International"}
    assert airports(extractor, "Amnesty International was not let in.") == {}


def test_a_listed_airfield_behind_an_article(extractor: Extractor) -> None:
    found = airports(extractor, "It slipped into the Machulishchi airbase; the Moscow air base was shut.")
    assert set(found) == {"Machulishchi airbase"}


def test_an_airport_by_its_apposition(extractor: Extractor) -> None:
    assert set(airports(extractor, "Mitiga, the only functioning airport in Tripoli, was shelled.")) == {
        "Mitiga"
    }


def test_initials_of_a_body_are_no_airports_code(extractor: Extractor) -> None:
    text = "The jet of the Council of Amber Navigators (CAN) landed in Abuja."
    assert airports(extractor, text) == {}


def test_our_own_names_come_before_the_public_tables(extractor: Extractor) -> None:
    assert airports(extractor, "It touched down at Changi Airport at dusk.") == {"Changi Airport": "WSSS"}


def test_a_town_known_by_its_field_is_the_field_where_aircraft_are_spoken_of(extractor: Extractor) -> None:
    text = "A C-17 flew from Brize Norton to Cyprus, and a 747 with rifles stood for a day at Ezeiza."
    assert airports(extractor, text) == {"Brize Norton": "EGVN", "Ezeiza": "SAEZ"}


def test_a_town_known_by_its_field_is_a_town_elsewhere(extractor: Extractor) -> None:
    assert airports(extractor, "The rebels met the mayor of Hostomel and asked Tempelhof for rifles.") == {}
