"""Normalised characters and paragraphs."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailgraph.ingest import prose

ANY_TEXT = st.text(st.characters(codec=None)) | st.text(
    "ab -\n\r\t.\u00ad\u200b\u200d\u202e\u2028\u2029\x00\x1b\x85\ufeff\u0301\u0323e\ud800\U0001f468",
    max_size=60)


def whole(text: str) -> str:
    return "\n\n".join(prose.paragraphs(prose.characters(text)))


@given(ANY_TEXT)
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert whole(whole(text)) == whole(text)


@given(ANY_TEXT)
def test_no_odd_character_is_left(text: str) -> None:
    found = whole(text)
    assert unicodedata.is_normalized("NFC", found)
    assert {unicodedata.category(c) for c in found if c not in "\n \u200c\u200d"}.isdisjoint({"Cc", "Cf",
        "Cs", "Zs"})
    assert all(paragraph == paragraph.strip() != "" for paragraph in found.split("\n\n")) or found == ""


@given(st.text("abcXYZ019 .,-\n", max_size=300))
def test_no_word_is_lost(text: str) -> None:
    """Joining lines may only take out spaces, line ends, and hyphens at line ends."""
    def letters(s: str) -> str:
        return "".join(c for c in s if c.isalnum() or c in ".,")
    assert letters(whole(text)) == letters(text)


@pytest.mark.parametrize(("text", "expected"), [
    ("RA\u2011\u200b82030\u202e", "RA\u201182030"),
    ("a\u00a0b\u2003c\td", "a b c d"),
    ("co\u00adoperate", "cooperate"),
    ("نمی\u200cخواهم", "نمی\u200cخواهم"),
    ("I\u200dl-76", "Il-76"),
    ("e\u0301", "é"),
    ("a\x00b\x1b[31m", "ab[31m"),
    ("\ud800x", "\ufffdx"),
    ("x" + "\u0301" * 90, "x" + "\u0301" * 30),
])
def test_characters(text: str, expected: str) -> None:
    assert prose.characters(text) == expected


def test_hard_wrapped_lines_are_joined_and_deliberate_breaks_kept() -> None:
    text = ("The aircraft, an Ilyushin Il-76 that was seen at the base in\n"
            "May, left for Port Sudan with cargo that nobody described,\n"
            "said two people at the airport.\n"
            "The ministry did not answer.\n"
            "Marks seen:\n"
            "- RA-78765\n"
            "- RA-78831\n")
    assert prose.paragraphs(text) == [
        "The aircraft, an Ilyushin Il-76 that was seen at the base in May, left for Port Sudan with cargo "
        "that nobody described, said two people at the airport.",
        "The ministry did not answer.", "Marks seen:", "- RA-78765", "- RA-78831"]


def test_long_lines_are_paragraphs() -> None:
    long = "word " * 60
    assert prose.paragraphs(f"Headline\n{long}\n{long}") == ["Headline", long.strip(), long.strip()]


@pytest.mark.parametrize(("text", "typeset", "expected"), [
    ("an informa-\ntion desk", True, "an information desk"),
    ("an informa-\ntion desk", False, "an informa-tion desk"),
    ("information: an informa-\ntion desk", False, "information: an information desk"),
    ("a flight-\ntracking site, flight-tracking", True, "a flight-tracking site, flight-tracking"),
    ("no flight, no tracking, flight-\ntracking", True, "no flight, no tracking, flight-tracking"),
    ("the RA-\n82030 left", True, "the RA-82030 left"), ("the Anti-\nDrone unit", True,
                                                         "the Anti-Drone unit"),
    ("he said -\nand left", True, "he said - and left"), ("he said--\nand left", True, "he said-- and left"),
])
def test_words_broken_at_line_ends(text: str, typeset: bool, expected: str) -> None:
    assert prose.paragraphs(text, typeset=typeset) == [expected]


def test_a_million_combining_marks_take_linear_time() -> None:
    marks = [chr(code) for code in range(0x300, 0x370) if unicodedata.combining(chr(code))] * 10_000
    assert len(prose.characters("a" + "".join(marks))) <= 31
