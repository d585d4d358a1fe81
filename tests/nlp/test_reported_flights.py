"""Flights that sentences tell of: constructions, not wordings. The sentences are invented
(told_flights.txt).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tailgraph.graph.model import Document, ReportedFlight
from tailgraph.nlp import reported_flights
from tailgraph.nlp.pipeline import Extractor
from tests.nlp import told


def cases() -> list[tuple[str, tuple[str, ...]]]:
    found: list[tuple[str, tuple[str, ...]]] = []
    for line in (Path(__file__).parent / "told_flights.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("  = "):
            text, flights = found[-1]
            found[-1] = (text, (*flights, line[4:]))
        elif line and not line.startswith("#"):
            found.append((line.replace("\\n", "\n"), ()))
    return found


@pytest.mark.parametrize(("text", "expected"), cases())
def test_sentence(text: str, expected: tuple[str, ...]) -> None:
    assert tuple(told.flights(text)) == expected


REPORTS = [
    (
        "a headline told again in the body is one flight",
        "Iranian jumbo lands in Damascus",
        "EP-QZA, a Boeing 747-200F of Iran's Kavir Air, touched down at Damascus International "
        "Airport from Tehran on Tuesday night.",
        ["EP-QZA B742 Kavir Air (IR) Tehran>Damascus/Damascus International Airport 2024-03-26 night x1"],
    ),
    (
        "a headline without aircraft or route is told again in the body",
        "Watchers say freighter took shells to Goma",
        "A second plane followed, they say. According to the watchers, the An-12 UR-ZQA flew from Burgas to "
        "Goma on the night of March 20 and carried shells.",
        ["UR-ZQA AN12 Burgas>Goma 2024-03-20 night x1"],
    ),
    (
        "what is said of an aircraft later belongs to its flight",
        "",
        "On 4 March a cargo plane flew from Burgas to Goma. The aircraft was an Il-76 of Zephyr "
        "Cargo, EX-76Z1.",
        ["EX-76Z1 IL76 Zephyr Cargo Burgas>Goma 2024-03-04 x1"],
    ),
    (
        "another of its kind takes the same route",
        "",
        "RA-78830, an Il-76 of the 224th Flight Unit, flew from Chkalovsky to Hmeimim on 4 March. "
        "Another took the same route two days later.",
        [
            "RA-78830 IL76 224th Flight Unit (RU) Chkalovsky>Hmeimim 2024-03-04 x1",
            "IL76 224th Flight Unit (RU) Chkalovsky>Hmeimim 2024-03-06 x1",
        ],
    ),
    (
        "a retraction undoes the flight before",
        "",
        "We wrote on Monday that an An-12, UR-ZQA, had landed in Goma on 20 March. It had not.",
        ["UR-ZQA AN12 ?>Goma 2024-03-20 x1 not"],
    ),
    (
        "the airline named before flies the aircraft of the airline",
        "",
        "Kavir Air has a new route. On 5 March an A330 of the Iranian airline flew from Tehran to Minsk.",
        ["A332 Kavir Air (IR) Tehran>Minsk 2024-03-05 x1"],
    ),
    (
        "its operator",
        "",
        "UR-ZQB left Plovdiv for Kigali on 5 July 1999. Its operator, Polissya Freight, went bankrupt.",
        ["UR-ZQB Polissya Freight Plovdiv>Kigali 1999-07-05 x1"],
    ),
    (
        "a type told of another aircraft does not spread to this one",
        "",
        "An Il-76 landed in Minsk on 3 March. The King Air N900ZQ flew from Miami to Havana on 4 March.",
        ["IL76 ?>Minsk 2024-03-03 x1", "N900ZQ BE20 Miami>Havana 2024-03-04 x1"],
    ),
    (
        "a return leg swaps its ends",
        "",
        "4K-AZ99Z flew from Baku to Nevatim on 6 March. It returned the next day.",
        ["4K-AZ99Z Baku>Nevatim 2024-03-06 x1", "4K-AZ99Z Nevatim>Baku 2024-03-07 x1"],
    ),
    (
        "a line's stamp is its day",
        "",
        "Monday, 02:14. A Candid of Steppe Cargo lands at Kabul out of Urumqi.\n\nTuesday, 13:40. "
        "Same airframe, now bound for Karachi.",
        [
            "IL76 Steppe Cargo Urumqi>Kabul 2024-03-25 night x1",
            "IL76 Steppe Cargo Kabul>Karachi 2024-03-26 day x1",
        ],
    ),
    (
        "a year that heads a paragraph is that of its days",
        "",
        "2015. On 1 March an A300 of Kavir Air flew from Tehran to Sanaa.",
        ["A306 Kavir Air Tehran>Sanaa 2015-03-01 x1"],
    ),
    (
        "a group and one of its flights stay apart",
        "",
        "Il-76s of Bluegum Air landed 30 times at Amdjarass in December. On 14 December EX-76Z2 "
        "came from Sharjah.",
        [
            "IL76 Bluegum Air ?>Amdjarass 2023-12-01..2023-12-31 x30",
            "EX-76Z2 IL76 Bluegum Air Sharjah>Amdjarass 2023-12-14 x1",
        ],
    ),
    (
        "an end that is said but not known is not guessed",
        "",
        "4K-AZ99Z flew from Baku to Nevatim on 6 March. It flew back to Zaqtrov the next day.",
        ["4K-AZ99Z Baku>Nevatim 2024-03-06 x1", "4K-AZ99Z Nevatim>? 2024-03-07 x1"],
    ),
    (
        "a plane that the report never ties to flying",
        "",
        "Lomami Air ordered eight An-32s. The ministry was pleased. It came from Goma with its complaints.",
        [],
    ),
]


@pytest.mark.parametrize(
    ("title", "text", "expected"), [case[1:] for case in REPORTS], ids=[case[0] for case in REPORTS]
)
def test_report(title: str, text: str, expected: list[str]) -> None:
    assert told.flights(text, title) == expected


def _claims(text: str) -> tuple[str, tuple[ReportedFlight, ...]]:
    annotated = told.annotate(text)
    return annotated.document.content, reported_flights.find(annotated)


def test_every_slot_is_a_stretch_of_the_text_and_the_cue_is_a_word_of_movement() -> None:
    content, (flight,) = _claims(
        "UR-ZQA, an An-12 of Polissya Freight, took off from Plovdiv for Kigali on 5 July 1999 as "
        "flight PF 77."
    )
    slots = [
        *flight.aircraft,
        *flight.types,
        *flight.operator,
        *(s for e in (flight.origin, flight.destination) if e for s in (e.place,) if s),
    ]
    assert [content[s.span.start : s.span.end] for s in slots if s.span] == [
        "UR-ZQA",
        "An-12",
        "Polissya Freight",
        "Plovdiv",
        "Kigali",
    ]
    assert content[flight.cue.start : flight.cue.end] == "took off"
    assert (flight.rule, flight.evidence, flight.callsigns) == ("depart:take off", (0,), ("PF 77",))


def test_back_before_the_verb_tells_of_no_second_flight() -> None:
    assert told.flights("and back flew from Tehran to Minsk") == ["Tehran>Minsk"]


def test_a_flight_told_in_two_sentences_has_both_as_evidence() -> None:
    _, (flight,) = _claims("RA-82030 left Vladivostok on 4 March. It landed at Sunan after dark.")
    assert flight.evidence == (0, 1)


PIECES = st.sampled_from(
    [
        "RA-82030",
        "an Il-76",
        "the jet",
        "It",
        "Another",
        "Two C-130s",
        "of Kavir Air",
        "flew",
        "left",
        "landed",
        "returned",
        "took off",
        "and back",
        "from Tehran",
        "to Damascus",
        "in Minsk",
        "Goma–Kigali",
        "between Baku and Minsk",
        "there",
        "on 3 March",
        "last week",
        "at night",
        "twice",
        "flights",
        "was cancelled",
        "will",
        "not",
        "which",
        ",",
        ".",
        "\n\n",
        ":",
        "–",
        "(",
        ")",
        "the first two of these",
        "its return flight",
        "by",
        "bound for",
    ]
)


@settings(max_examples=120, deadline=None)
@given(st.lists(PIECES, max_size=18).map(" ".join))
def test_any_jumble_yields_flights_with_true_spans_and_ordered_days(text: str) -> None:
    content, flights = _claims(text)
    for index, flight in enumerate(flights):
        assert flight.index == index
        assert 0 <= flight.cue.start < flight.cue.end <= len(content)
        assert flight.count is None or flight.count > 0
        assert any((flight.origin, flight.destination))
        if flight.event and flight.event.earliest and flight.event.latest:
            assert flight.event.earliest <= flight.event.latest


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=80))
def test_never_raises(text: str) -> None:
    assert isinstance(reported_flights.find(told.annotate(text + " flew from Tehran to Minsk")), tuple)


def test_a_sentence_of_a_thousand_ends_is_read() -> None:
    chain = ", then on to ".join(["Tehran", "Damascus"] * 500)
    assert told.flights(f"The jet flew from Minsk to {chain} on 3 March.")[0].startswith("Minsk>Tehran")


def test_without_a_day_of_publication_a_flight_does_not_take_the_only_full_date() -> None:
    text = (
        "The airline was founded on 2 May 2019.\n\n"
        "An Il-76 flew from Khartoum to Asmara on the night of 28 April."
    )
    report = Document(title="Night flights", text=text, publisher="Invented Wire")
    extractor = Extractor.load()
    undated = extractor.extract(report)
    dated = extractor.extract(report.model_copy(update={"published": date(2024, 5, 2)}))
    assert [flight.event for flight in undated.flights] == [None]
    assert [str(flight.event.earliest) for flight in dated.flights if flight.event] == ["2024-04-28"]


def test_a_base_abroad_does_not_lie_in_its_owners_state() -> None:
    _, (flight,) = _claims("Flights from Russia's Hmeimim air base in Syria reached Benghazi in March.")
    assert flight.origin is not None and flight.origin.country is not None
    assert flight.origin.country.entity.id == "SY"


def test_whom_somebody_accuses_of_flying_does_not_fly_the_aircraft_told_before() -> None:
    text = (
        "The Il-76 RA-78830 landed at Damascus on 3 March. "
        "Ukraine later accused Moscow of flying rockets to Aleppo."
    )
    assert [f for f in told.flights(text) if "RA-78830" in f] == ["RA-78830 IL76 ?>Damascus 2024-03-03 x1"]
