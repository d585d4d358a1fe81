"""The report that the product started from, sentence by sentence: claims stay claims, and open ones open."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tailgraph.graph.model import Action, Extraction, Kind, Slot, Status
from tailgraph.nlp.pipeline import Extractor

from . import gold

REPORT = Path(__file__).resolve().parents[3] / "shared" / "dev-set" / "201-night-flights.json"
pytestmark = pytest.mark.skipif(not REPORT.exists(), reason="the annotated reports are not beside us")


@pytest.fixture(scope="module")
def extraction() -> Extraction:
    return Extractor.load().extract(gold.document(gold.read(REPORT)))


def fillers(extraction: Extraction, slots: tuple[Slot, ...]) -> set[tuple[Kind, str | None]]:
    entities = {e.ref: e for e in extraction.entities}
    return {(s.entity.kind, entities[s.entity].key) for s in slots}


def test_one_alleged_transfer_and_one_suspected_acquisition(extraction: Extraction) -> None:
    assert sorted((a.action, a.status) for a in extraction.allegations) == [
        (Action.ACQUISITION, Status.SUSPECTED),
        (Action.TRANSFER, Status.ALLEGED),
    ]


def test_the_transfer_is_the_united_states_claim_against_type_or_unit(extraction: Extraction) -> None:
    [transfer] = [a for a in extraction.allegations if a.action is Action.TRANSFER]
    assert fillers(extraction, transfer.accuser) == {(Kind.COUNTRY, "US")}
    assert fillers(extraction, transfer.accused) == {(Kind.AIRCRAFT_TYPE, "A124"), (Kind.OPERATOR, None)}
    assert {s.entity.id for s in transfer.accused} == {"A124", "224th Flight Unit"}
    assert all(s.ambiguous for s in transfer.accused), "the text leaves open whether aircraft or unit"
    assert fillers(extraction, transfer.supplier) == {(Kind.COUNTRY, "KP")}
    assert fillers(extraction, transfer.target) == {(Kind.COUNTRY, "UA")}
    assert {s.entity.id for s in transfer.weapons} == {"ballistic-missile"}
    assert transfer.denied_by == ()


def test_the_acquisition_is_russias_from_north_korea(extraction: Extraction) -> None:
    [acquisition] = [a for a in extraction.allegations if a.action is Action.ACQUISITION]
    assert fillers(extraction, acquisition.accused) == {(Kind.COUNTRY, "RU")}
    assert fillers(extraction, acquisition.supplier) == {(Kind.COUNTRY, "KP")}
    assert acquisition.accuser == ()


def test_flights_to_pyongyang_last_week_by_night(extraction: Extraction) -> None:
    told = [f for f in extraction.flights if f.night]
    assert told
    for flight in told:
        assert flight.event is not None and flight.happened
        assert (flight.event.earliest, flight.event.latest) == (date(2024, 3, 18), date(2024, 3, 24))
        assert flight.destination is not None and flight.destination.country is not None
        assert flight.destination.country.entity.id == "KP"


def test_nothing_is_said_against_the_second_aircraft(extraction: Extraction) -> None:
    against = {s.entity.id for a in extraction.allegations for s in (*a.accused, *a.carrier)}
    assert against == {"A124", "224th Flight Unit", "RU"}
    assert not any(e.kind is Kind.AIRCRAFT for e in extraction.entities)


def test_every_offset_is_true(extraction: Extraction) -> None:
    content = extraction.document.content
    for mention in extraction.mentions:
        assert content[mention.start : mention.end] == mention.text
