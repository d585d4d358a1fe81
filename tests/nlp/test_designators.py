"""Airframes by their designators, and what only looks like one. All sentences are invented."""

from __future__ import annotations

import pytest

from tailgraph.nlp import designators


def keys_in(text: str) -> list[str]:
    return [found.key for found in designators.find(text)]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("The Il-76 RA-76842 left.", ["RA-76842"]),
        ("It wore RF-78835 until May.", ["RF-78835"]),
        ("An-12 UR-CBG and its sister UR-11819 sat there.", ["UR-CBG", "UR-11819"]),
        ("4L-GSV, EX-76011, UP-I7646 and EW-356TH flew.", ["4L-GSV", "EX-76011", "UP-I7646", "EW-356TH"]),
        ("The jet (9Q-CVT) and 5Y-HAJ were seized.", ["9Q-CVT", "5Y-HAJ"]),
        ("The jumbo YV3531 and HL7413 and JA8089 and N899DN.", ["YV3531", "HL7413", "JA8089", "N899DN"]),
        ("A Tu-204 of the airline, P-633, landed.", ["P-633"]),
        ("The aircraft B-5179 was seen.", ["B-5179"]),
        ("The A400M 18-0094 and the aircraft 16-0055.", ["18-0094", "16-0055"]),
        ("Its hex code is 15406E.", ["15406e"]),
        ("addresses 730A22 and 730A23", ["730a22", "730a23"]),
        ("Mode S address 0D8A4F.", ["0d8a4f"]),
        ("The plane registered RA 82035 took off.", ["RA-82035"]),
        ("RA‑82035 with a non-breaking hyphen", ["RA-82035"]),
    ],
)
def test_airframes_are_found_under_their_normal_form(text: str, keys: list[str]) -> None:
    assert keys_in(text) == keys


@pytest.mark.parametrize(
    "text",
    [
        "R-77 and R-27 air-to-air missiles",
        "the P-800 Oniks missile",
        "P-700 missiles hit the ship",
        "seat B-52 was empty",
        "the B-2 bomber",
        "S-300 and S-400 systems",
        "Resolution 1718 and Resolution 2231",
        "the A320 south of the town",
        "route N11 was shut",
        "at 15:40 and 1640Z",
        "call 555-0123 now",
        "flight RFF7051 and callsign TTF82",
        "in 2014-2015 the war went on",
        "KN-23 and Kh-101",
        "he paid 730000 dollars",
        "the score was 10-0012 after all",
        "UN-1234",
        "the F-16 and the G-7",
        "EP-12",
        "M-46 guns",
        "T-72B3",
    ],
)
def test_look_alikes_are_refused(text: str) -> None:
    assert keys_in(text) == []


def test_offsets_are_those_of_the_text() -> None:
    text = "The Il-76TD “EX-76015” (hex 6011C5), ex ST-EWX."
    assert [text[d.start : d.end] for d in designators.find(text)] == ["EX-76015", "6011C5", "ST-EWX"]


def test_a_mark_tells_its_country() -> None:
    text = "EP-FAA, 4K-AZ101, 9XR-WP, CCCP-76500 and VQ-BFU"
    assert [d.country for d in designators.find(text)] == ["IR", "AZ", "RW", "RU", "BM"]
