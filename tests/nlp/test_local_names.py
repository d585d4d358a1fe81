"""A name that says too little never makes two reports speak of one thing."""

from __future__ import annotations

from datetime import date

from tailgraph.graph.model import Document, Extraction, Kind
from tailgraph.nlp.local_names import localised
from tailgraph.nlp.pipeline import Extractor

KENYA = Document(
    title="Nairobi denies arms flights",
    published=date(2021, 3, 4),
    text=(
        "The foreign ministry denied on Wednesday that a cargo plane had carried rifles to Juba. "
        "An official named Otieno said that the Kenya Defence Forces had sent food."
    ),
)
MALI = Document(
    title="Bamako denies arms flights",
    published=date(2022, 5, 6),
    text=(
        "The foreign ministry denied on Thursday that a cargo plane had carried rifles to Gao. "
        "The State Department in Washington had said so."
    ),
)


def bodies(extraction: Extraction) -> set[str]:
    return {e.id for e in extraction.entities if e.kind is Kind.ORGANIZATION}


def test_two_foreign_ministries_stay_two(extractor: Extractor) -> None:
    first, second = extractor.extract(KENYA), extractor.extract(MALI)
    ministries = [{i for i in bodies(x) if "ministry" in i} for x in (first, second)]
    assert all(len(found) == 1 for found in ministries)
    assert ministries[0].isdisjoint(ministries[1])


def test_a_listed_body_is_one_everywhere(extractor: Extractor) -> None:
    assert "State Department" in bodies(extractor.extract(MALI))


def test_every_slot_and_mention_follows_the_new_id(extractor: Extractor) -> None:
    for document in (KENYA, MALI):
        extraction = extractor.extract(document)
        known = {e.ref for e in extraction.entities}
        assert {m.entity for m in extraction.mentions} <= known
        slots = [s for c in extraction.allegations for s in (*c.accuser, *c.accused, *c.weapons)]
        used = {slot.entity for slot in slots}
        assert {ref for ref in used if ref.kind is not Kind.COUNTRY} <= known


def test_a_name_is_told_apart_once_only(extractor: Extractor) -> None:
    extraction = extractor.extract(KENYA)
    assert all(i.count("(in ") <= 1 for i in bodies(extraction))
    assert localised(extraction) == extraction
