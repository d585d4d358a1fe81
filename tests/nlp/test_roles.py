"""The name of a capital as the state or the city, by its part in the sentence. All sentences are invented."""

from __future__ import annotations

import pytest

from tailgraph.graph.model import Document, Kind
from tailgraph.nlp.pipeline import Extractor

STATE = [
    "Moscow denied the report.",
    "The arms were sold by Pyongyang.",
    "Washington accused Tehran of lying.",
    "Beijing said that it knew of nothing.",
    "Officials criticised Ankara's support for the militia.",
    "The weapons were ordered from Moscow by the junta.",
    "It was a present from Abu Dhabi to the rebels.",
    "Seoul: the North has sent shells.",
    "The flights came in March, London says, with arms.",
    "Baku and Ankara both deny it.",
    "The transfer of missiles to Moscow breaks the embargo.",
]
CITY = [
    "The plane landed in Moscow.",
    "It flew from Tehran to Caracas.",
    "KHARTOUM, May 3 - Officials met.",
    "The crew slept in a hotel in Beirut.",
    "A convoy reached Kabul.",
    "The jet left Tripoli at dawn.",
    "The flight is bound for Conakry.",
    "A Moscow-based firm owns it.",
    "Two planes shuttled between Baku and Minsk.",
    "The road to Bangui was cut.",
]


def kinds(extractor: Extractor, text: str) -> set[Kind]:
    annotated = extractor.annotate(Document(text=text))
    return {m.entity.kind for m in annotated.mentions if m.entity.kind in (Kind.COUNTRY, Kind.PLACE)}


@pytest.mark.parametrize("text", STATE)
def test_the_state(extractor: Extractor, text: str) -> None:
    assert kinds(extractor, text) == {Kind.COUNTRY}


@pytest.mark.parametrize("text", CITY)
def test_the_city(extractor: Extractor, text: str) -> None:
    assert kinds(extractor, text) == {Kind.PLACE}
