"""Designators, times and names with apostrophes stay whole; sentences end with their paragraph."""

from __future__ import annotations

import pytest

from tailgraph.nlp.pipeline import Extractor


@pytest.mark.parametrize(
    "whole",
    [
        "Il-62M",
        "RA-82035",
        "15:40Z",
        "0130Z",
        "U.S.",
        "152-mm",
        "82mm",
        "N'Djamena",
        "M'Poko",
        "Il-96-300",
        "747-200F",
        "4X-JYT",
        "16-0055",
        "KN-23",
        "1.40am",
        "al-Shati",
        "D'Souza",
        "224th",
    ],
)
def test_tokens_stay_whole(extractor: Extractor, whole: str) -> None:
    doc = extractor.parse(f"They saw ({whole}), then “{whole}” and {whole}'s crew.")
    assert [t.text for t in doc].count(whole) == 3


def test_sentences_end_with_paragraphs_and_the_title(extractor: Extractor) -> None:
    doc = extractor.parse("Night flights\n\nA plane left\n\nfor Dakar")
    assert [s.text.strip() for s in doc.sents] == ["Night flights", "A plane left", "for Dakar"]


def test_a_report_in_pieces_is_one_doc(extractor: Extractor) -> None:
    content = "A plane landed in Dakar on Monday night.\n\n" * 3000
    doc = extractor.parse(content)
    assert doc.text == content
    assert all(content[t.idx : t.idx + len(t.text)] == t.text for t in doc)


def test_a_fly_in_is_one_word(extractor: Extractor) -> None:
    doc = extractor.parse("The club's fly-in at Nyala was put off.")
    assert "fly-in" in [token.text for token in doc]


@pytest.mark.parametrize(
    "dateline",
    ["CARACAS, Jan 29 (Andes Wire) - ", "PORT SUDAN — ", "NEW DELHI, 3 March – ", "ABUJA (Lagos Daily) -- "],
)
def test_a_sentence_never_ends_within_a_dateline(extractor: Extractor, dateline: str) -> None:
    doc = extractor.parse(f"{dateline}A cargo plane landed at the port on Monday. It left at dawn.")
    # Whether the dateline is a sentence of its own is left to the parser.
    starts = [sentence.start_char for sentence in doc.sents]
    assert [start for start in starts if 0 < start < len(dateline)] == []
    assert starts[-1] == doc.text.index("It left")


@pytest.mark.parametrize("body", [
    "Pakistan donated JF-17 jets to Chad, an official said.",
    "Fighters of the Kivu Front marched past with rifles.",
    "Two Il-76s that took off from Hama carried rockets.",
])  # fmt: skip
def test_a_sentence_never_ends_behind_a_plain_word(extractor: Extractor, body: str) -> None:
    doc = extractor.parse(f"Report on arms and the embargo\n\n{body}")
    assert [s.text.strip() for s in doc.sents][-1] == body
