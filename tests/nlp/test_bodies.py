"""Bodies that no list holds, and listed ones whose names mean other things, too."""

from __future__ import annotations

import pytest

from tailgraph.graph.model import Document, Kind
from tailgraph.nlp.pipeline import Extractor

_CONTEXT = "Rebels in Sudan were armed with rifles, officials said. {}"


def bodies(extractor: Extractor, sentence: str, kind: Kind = Kind.ORGANIZATION) -> set[str]:
    """All names of the bodies of a kind in a sentence of a report about Sudan."""
    found = extractor.extract(Document(text=_CONTEXT.format(sentence)))
    return {name for entity in found.entities if entity.kind is kind for name in entity.names}


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("A spokesman for the attorney-general's office said so.", "attorney-general's office"),
        ("State television showed the crates.", "State television"),
        ("An official at the Iranian embassy in London denied it.", "Iranian embassy in London"),
        ("It was sold to the ministry of defence in Harare.", "ministry of defence in Harare"),
        ("The transitional government at Baidoa got them.", "transitional government"),
        ("The crates were found by the Danish Demining Group on Friday.", "Danish Demining Group"),
        (
            "A report by the Transport and General Workers' Union said so.",
            "Transport and General Workers' Union",
        ),
        ("The Sons of Kordofan denied it.", "Sons of Kordofan"),
        ("A report by the House of Commons Defence Committee said so.", "House of Commons Defence Committee"),
        ("The United Nations sent them. The U.N.'s own panel wrote only that.", "U.N.'s own panel"),
        ("He wrote on X that the plane was empty.", "X"),
        ("The Hill reported it on Monday.", "The Hill"),
        ("Chad's information ministry denied it.", "information ministry"),
        ("The Kenyan foreign ministry denied it.", "foreign ministry"),
        ("The army of Chad denied it.", "army"),
        ("A UN envoy flew to Juba.", "UN"),
        ("Defence ministry spokesmen denied it.", "Defence ministry"),
        ("Chad's mission to the UN denied it.", "mission to the UN"),
        ("Rifles went to the Army of Bosnia and Herzegovina.", "Army of Bosnia and Herzegovina"),
        ("Cartridges from Dunarit went to the Niger Delta People's Volunteer Force.", "Dunarit"),
        ("Sold through Kazspecexport, the shells reached Juba.", "Kazspecexport"),
        ("Guns of the Naxalites came from Sudan.", "Naxalites"),
    ],
)
def test_is_a_body(extractor: Extractor, sentence: str, name: str) -> None:
    assert name.removeprefix("The ") in {n.removeprefix("The ") for n in bodies(extractor, sentence)}


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("The plane climbed over the hill at Sun rise.", "Sun"),
        ("Sun 9 Feb. The plane left.", "Sun"),
        ("Staff of Nyala airport saw it.", "Staff of Nyala airport"),
        ("It was transferred to the Russian Federation.", "Russian Federation"),
        ("The panel of judges met in the village.", "panel"),
        ("Serbia got FT-8C missiles.", "FT"),
    ],
)
def test_is_no_body(extractor: Extractor, sentence: str, name: str) -> None:
    assert name not in bodies(extractor, sentence)


def test_a_shared_abbreviation_needs_its_state(extractor: Extractor) -> None:
    """BIA is a Serbian service; where nothing Serbian is named, the letters are nobody's."""
    assert "BIA" in bodies(extractor, "In Serbia, the BIA searched the plane.")
    assert "BIA" not in bodies(extractor, "In Chad, the crate bore the letters BIA.")


def test_the_capital_in_an_embassys_name_is_a_place(extractor: Extractor) -> None:
    found = extractor.extract(Document(text=_CONTEXT.format("The Russian embassy in Tokyo denied it.")))
    assert "Tokyo" in {name for e in found.entities if e.kind is Kind.PLACE for name in e.names}


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Oslo listed Joint Stock Company IEMZ Vostok.", "Joint Stock Company IEMZ Vostok"),
        ("Open Joint Stock Company Rubin Motors makes drones.", "Open Joint Stock Company Rubin Motors"),
        ("The Limited Liability Company Alfa Trade sold rifles.", "Limited Liability Company Alfa Trade"),
    ],
)
def test_a_legal_form_may_open_a_name(extractor: Extractor, sentence: str, name: str) -> None:
    assert name in bodies(extractor, sentence, Kind.ORGANIZATION)


def test_an_airline_keeps_its_kind_with_company_behind_it(extractor: Extractor) -> None:
    sentence = "The flights of Fars Air Qeshm Company were stopped."
    assert "Fars Air Qeshm Company" in bodies(extractor, sentence, Kind.OPERATOR)


def test_a_maker_that_flies_its_own_aircraft_is_an_operator(extractor: Extractor) -> None:
    sentence = "An An-124 of the Antonov Design Bureau landed, hired by the broker Air Foyle."
    assert bodies(extractor, sentence, Kind.OPERATOR) == {"Antonov Design Bureau"}
    assert "Air Foyle" in bodies(extractor, sentence)


def test_a_heading_in_capitals_names_nobody(extractor: Extractor) -> None:
    text = "Nobody knew who sold the rifles to Chad.\n\nAND WHO DID ORDER THEM?\n\nA WHO team saw them."
    found = extractor.extract(Document(text=text)).entities
    spoken = {n for e in found if e.kind in (Kind.ORGANIZATION, Kind.PERSON) for n in e.names}
    assert not {n for n in spoken if "DID" in n or "ORDER" in n}
