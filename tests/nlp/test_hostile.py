"""Odd and hostile reports: no crash, no hang, offsets true. 10,000 generated ones with the marker `full`."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tailgraph.graph.model import Document
from tailgraph.nlp.pipeline import Extractor

WORDS = [
    "Moscow",
    "Il-76",
    "RA-82030",
    "(",
    ")",
    "'",
    '"',
    "“",
    "’s",
    "the",
    "U.S.",
    "KN-23",
    "missiles",
    "\n\n",
    "\n",
    " ",
    "  ",
    "hex",
    "15406E",
    "a.k.a.",
    "formerly",
    ",",
    ".",
    "–",
    "224th",
    "Flight",
    "Unit",
    "Mr",
    "of",
    "and",
    "Al",
    "-",
    "Chad",
    "said",
    "flew",
    "to",
    "Air",
    "Cargo",
    "\u202e",
    "\u0000",
    "\ufeff",
    "ß",
    "İ",
    "ǅ",
    "🛩",
    "한국",
    "e\u0301",
    "\ud800",
    "747",
    "3",
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=60).map("".join),
    st.text(max_size=300),
)


def check(extractor: Extractor, title: str, text: str) -> None:
    extraction = extractor.extract(Document(title=title, text=text))
    content = extraction.document.content
    refs = {entity.ref for entity in extraction.entities}
    for mention in extraction.mentions:
        assert content[mention.start : mention.end] == mention.text
        assert mention.entity in refs
    assert len(refs) == len(extraction.entities)
    for before, after in zip(extraction.passages, extraction.passages[1:], strict=False):
        assert before.start < before.end <= after.start
    for claim in (*extraction.allegations, *extraction.flights):
        assert 0 <= claim.cue.start <= claim.cue.end <= len(content)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=TEXTS, text=TEXTS)
def test_any_text(extractor: Extractor, title: str, text: str) -> None:
    check(extractor, title, text)


@pytest.mark.full
@settings(max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=TEXTS, text=TEXTS)
def test_ten_thousand_texts(extractor: Extractor, title: str, text: str) -> None:
    check(extractor, title, text)


@pytest.mark.parametrize(
    "unit",
    [
        "''",
        '"',
        "(",
        "Il-",
        "RA-82030,",
        "A.",
        "hex ",
        "Air ",
        "of the ",
        "\n\n",
        "-",
        "Moscow, ",
        "é",
        "15406E and ",
    ],
)
def test_a_long_run_of_one_thing(extractor: Extractor, unit: str) -> None:
    check(extractor, "Runs", unit * (8_000 // len(unit)))


def test_an_empty_report(extractor: Extractor) -> None:
    extraction = extractor.extract(Document(text=""))
    assert (extraction.passages, extraction.entities, extraction.mentions) == ((), (), ())


def test_a_token_of_an_unread_language_has_edges(extractor: Extractor) -> None:
    """Without them, asking for its children ended the process."""
    text = "formerly and ) 15406E \u0130 \u2013 15406E Air \x00 ' , Al - and c'm RA-82030 \""
    check(extractor, "x", text)
    annotated = extractor.annotate(Document(title="x", text=text))
    assert annotated.document.language != "en"
    assert [(t.left_edge.i, t.right_edge.i) for t in annotated.doc] == [(t.i, t.i) for t in annotated.doc]


@pytest.mark.full
def test_a_report_of_a_million_characters(extractor: Extractor) -> None:
    paragraph = (
        "An Il-76 of the Algerian Air Force, 7T-WIU, left Tamanrasset for Bamako on Monday with "
        "rifles for Mali's army, "
        "a diplomat told Reuters. Algiers denied it.\n\n"
    )
    text = paragraph * (1_000_000 // len(paragraph) + 1)
    extraction = extractor.extract(Document(title="Long", text=text))
    content = extraction.document.content
    assert all(content[m.start : m.end] == m.text for m in extraction.mentions)
    assert {e.id for e in extraction.entities} == {
        "IL76",
        "Algerian Air Force",
        "7T-WIU",
        "DZ/Tamanrasset",
        "ML/Bamako",
        "small-arms/rifle",
        "ML",
        "DZ",
        "Mali's army",
        "Reuters",
    }
