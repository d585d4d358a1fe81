"""Whether an airport is where a report says."""

from __future__ import annotations

import pytest

from tailgraph.graph.model import Verdict
from tailgraph.graph.whereabouts import Where, airport_name, distance_nm, judge, position, positions_of

S, C, U = Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.UNTESTABLE


def where(airports: str = "", places: str = "", countries: str = "") -> Where:
    return Where(*(frozenset(filter(None, names.split())) for names in (airports, places, countries)))


@pytest.mark.parametrize(("told", "airport", "verdict"), [
    (where("ZKPY"), "ZKPY", S), (where("ZKPY"), "ZKWS", C), (where("UUEE", "RU/Moscow", "RU"), "UUDD", C),
    (where(places="RU/Moscow"), "UUDD", S), (where(places="RU/Moscow"), "ULLI", C),
    (where(places="KP/Pyongyang", countries="KP"), "ZKPY", S), (where(places="RU/Siberia"), "UIII", U),
    (where(places="RU/Siberia"), "RKSI", C), (where(countries="KP"), "ZKWS", S), (where(countries="KP"),
        "UHWW", C),
    (where("Saratov-9"), "UHWW", U), (where("Saratov-9", countries="RU"), "UHWW", U),
    (where("Saratov-9", countries="RU"), "ZKPY", C), (where(countries="KP"), "Saratov-9", U),
    (where(places="--/Somewhere"), "ZKPY", U), (where("ZKPY ZKWS"), "ZKWS", S)])
def test_judge(told: Where, airport: str, verdict: Verdict) -> None:
    assert judge(told, airport) is verdict


def test_the_most_exact_name_says_where_a_flight_can_have_begun() -> None:
    assert positions_of(where("ZKPY", countries="RU")) == (position("ZKPY"),)
    assert positions_of(where("Saratov-9", countries="RU")) == ()
    assert set(positions_of(where(countries="KP"))) == set(map(position, (
        "ZKHM", "ZKPY", "ZKSD", "ZKSE", "ZKWS")))


def test_distances_are_great_circles() -> None:
    assert distance_nm((0.0, 0.0), (0.0, 180.0)) == pytest.approx(10_807.3, abs=1)
    assert distance_nm((60.0, 179.9), (60.0, -179.9)) == pytest.approx(6.0, abs=0.1)


def test_names() -> None:
    assert airport_name("ZKPY") == "Pyongyang (ZKPY)"
    assert airport_name("Saratov-9") == "Saratov-9"
