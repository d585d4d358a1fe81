"""Towns: found by the names that reports use, never by a name that is better known for something else."""

from __future__ import annotations

from itertools import pairwise
from zoneinfo import available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tailgraph.graph.reference import tables
from tailgraph.graph.reference.cities import cities, city, fold


@pytest.mark.parametrize(("name", "country", "canonical"), [
    ("Pyongyang", "KP", "Pyongyang"), ("Kyiv", "UA", "Kyiv"), ("Kiev", "UA", "Kyiv"),
    ("Tehran", "IR", "Tehran"), ("Teheran", "IR", "Tehran"), ("Singapore", "SG", "Singapore"),
    ("Al-Fashir", "SD", "El Fasher"), ("El Fasher", "SD", "El Fasher"), ("Sana'a", "YE", "Sanaa"),
    ("N’Djamena", "TD", "N'Djamena"), ("NDJAMENA", "TD", "N'Djamena"),
    ("Rostov on Don", "RU", "Rostov-on-Don"), ("Rangoon", "MM", "Yangon"), ("Cologne", "DE", "Köln"),
])
def test_a_town_is_found_by_its_usual_names(name: str, country: str, canonical: str) -> None:
    found = city(name)[0]
    assert (found.country, found.name) == (country, canonical)


def test_of_towns_of_one_name_the_largest_comes_first() -> None:
    assert [town.country for town in city("Tripoli")][:2] == ["LY", "LB"]
    assert all(left.population >= right.population
               for towns in (city("Victoria"), city("San José"), city("Birmingham"))
               for left, right in pairwise(towns))


def test_a_further_name_that_is_another_towns_own_is_not_taken() -> None:
    """GeoNames knows Chattogram as Islamabad."""
    assert {town.country for town in city("Islamabad")} == {"PK"}


@pytest.mark.parametrize("name", ["Reading", "Mobile", "Nice", "Split", "Most", "Bar", "Orange", "Victoria",
                                  "Lincoln", "Jackson", "Mary", "Armenia"])
def test_names_that_are_words_or_people_or_other_countries_are_doubtful(name: str) -> None:
    assert {town.doubtful for town in city(name)} == {True}


@pytest.mark.parametrize("name", ["Moscow", "Khartoum", "Benghazi", "Singapore", "Djibouti", "Luxembourg",
                                  "Goma", "Dubai", "Lima"])
def test_names_that_mean_the_town_are_not_doubtful(name: str) -> None:
    assert city(name)[0].doubtful is False


@pytest.mark.parametrize("name", ["", " ", "-", "Atlantis-on-Sea", "Georgians", "Russia", "and"])
def test_what_is_no_town_is_not_found(name: str) -> None:
    assert city(name) == ()


def test_every_town_has_a_country_a_place_and_a_time_zone() -> None:
    zones = available_timezones()
    wrong = [town for town in cities()
             if town.country not in tables.countries() or town.timezone not in zones
             or not (-90 <= town.latitude <= 90 and -180 <= town.longitude <= 180)]
    assert wrong == []


def test_further_names_lead_to_one_town_each() -> None:
    names = [fold(name) for town in cities() for name in town.further_names]
    assert len(set(names)) == len(names)
    assert [name for name in names if len(name) < 3] == []


def test_every_name_of_the_table_of_words_is_a_towns() -> None:
    assert [row["name"] for row in tables.rows("city_words") if not city(row["name"])] == []


@given(st.text(max_size=40))
@example("𝚨")
@example("ﬃ İ ß ǽ")
def test_folding_twice_is_folding_once(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(st.sampled_from(["El Fasher", "Rostov-on-Don", "N'Djamena", "Port Sudan", "Köln", "São Paulo"]))
def test_case_and_accents_do_not_matter(name: str) -> None:
    assert city(name.upper()) == city(name.lower()) == city(fold(name)) == city(name) != ()
