"""What people are shown: marked text, entities, claims with their sentences; nothing of a report runs in the
page."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tailgraph.graph.model import (
    Action,
    Allegation,
    DateInterval,
    Document,
    Endpoint,
    Entity,
    Extraction,
    Kind,
    Mention,
    Passage,
    ReportedFlight,
    Slot,
    Span,
    Status,
)
from tailgraph.nlp import explain

US = Entity(kind=Kind.COUNTRY, id="US", key="US", names=("U.S.",))
TYPE = Entity(kind=Kind.AIRCRAFT_TYPE, id="A124", key="A124", names=("An-124",))
UNIT = Entity(kind=Kind.OPERATOR, id="224th Flight Unit", names=("224th Flight Unit",))
TEXT = "The U.S. accused an An-124 of the 224th Flight Unit."


def extraction(title: str = "Night", text: str = TEXT) -> Extraction:
    document = Document(
        title=title, text=text, published=date(2024, 3, 28), publisher="Invented Wire", language="en"
    )
    start = len(title) + 2
    passages = (
        Passage(index=0, start=0, end=len(title)),
        Passage(index=1, start=start, end=start + len(text)),
    )
    mentions = (
        tuple(
            Mention(
                passage=1,
                start=start + text.index(e.names[0]),
                end=start + text.index(e.names[0]) + len(e.names[0]),
                text=e.names[0],
                entity=e.ref,
                method="lexicon",
                confidence=0.9,
            )
            for e in (US, TYPE, UNIT)
        )
        if text == TEXT
        else ()
    )
    claim: dict[str, Any] = {
        "index": 0,
        "evidence": (1,),
        "cue": Span(start=start, end=start + 3),
        "rule": "accuse",
        "confidence": 0.8,
    }
    return Extraction(
        document=document,
        extractor="test",
        passages=passages,
        entities=(US, TYPE, UNIT),
        mentions=mentions,
        allegations=(
            Allegation(
                **claim,
                action=Action.TRANSFER,
                status=Status.ALLEGED,
                accuser=(Slot(entity=US.ref),),
                accused=(Slot(entity=TYPE.ref, ambiguous=True), Slot(entity=UNIT.ref, ambiguous=True)),
                event=DateInterval(latest=date(2024, 3, 24)),
            ),
        ),
        flights=(
            ReportedFlight(
                **claim,
                types=(Slot(entity=TYPE.ref),),
                origin=Endpoint(country=Slot(entity=US.ref)),
                night=True,
                count=2,
                happened=False,
                callsigns=("RFF7051",),
            ),
        ),
    )


def test_a_filler_that_only_a_model_found_says_so() -> None:
    claim = extraction().allegations[0]
    read = claim.model_copy(update={"recipient": (Slot(entity=UNIT.ref, learned=True),)})
    shown = explain.terminal(extraction().model_copy(update={"allegations": (read,)}))
    assert "224th Flight Unit (by a model)" in shown
    assert "U.S. (by a model)" not in shown


def test_the_terminal_view() -> None:
    unit = "[224th Flight Unit|Operator 224th Flight Unit]"
    assert (
        explain.terminal(extraction(), marked=True).replace(unit, "{unit}")
        == """Night
2024-03-28 · Invented Wire · en

Night

The [U.S.|Country US] accused an [An-124|AircraftType A124] of the
{unit}.

Country      United States [US] (U.S.)
AircraftType An-124 [A124]
Operator     224th Flight Unit

Allegation 1: transfer, alleged
  said by         United States
  against         An-124 or 224th Flight Unit (the text leaves open which)
  when            until 2024-03-24
  rule            accuse, by “The” (confidence 0.80, credibility 6)
  “The U.S. accused an An-124 of the 224th Flight Unit.”

Reported flight 1 (did not take place, or not yet)
  type            An-124
  from            United States
  night           yes
  how many        2
  call sign       RFF7051
  rule            accuse, by “The” (confidence 0.80, credibility 6)
  “The U.S. accused an An-124 of the 224th Flight Unit.”
"""
    )


def test_a_report_without_claims_says_so() -> None:
    bare = extraction().model_copy(update={"allegations": (), "flights": (), "entities": (), "mentions": ()})
    assert explain.terminal(bare).endswith("\nNo allegations and no flights.\n")


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


OURS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "section",
    "h1",
    "h2",
    "p",
    "div",
    "mark",
    "blockquote",
    "table",
    "tr",
    "th",
    "td",
}


@given(
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            '"><img src=x onerror=alert(1)>',
            "</title><svg/onload=1>",
            "&lt;b&gt;",
            "'",
        ]
    ),
    st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=60),
)
def test_nothing_of_a_report_becomes_markup(hostile: str, text: str) -> None:
    page = explain.html([extraction(title=hostile, text=f"{hostile} {text}")])
    tags = Tags()
    tags.feed(page)
    assert tags.found <= OURS
    assert tags.attributes <= {"lang", "charset", "http-equiv", "content", "class", "style", "title"}
    assert hostile in tags.text


def test_the_page_forbids_scripts() -> None:
    assert "default-src 'none'" in explain.html([extraction()])


def test_no_line_is_longer_than_the_terminal_and_words_stay_whole() -> None:
    told = " ".join(["The U.S. accused an An-124 of the 224th Flight Unit", *["of many things"] * 20])
    shown = explain.terminal(extraction(text=told), marked=True, width=60)
    lines = shown.splitlines()
    assert max(map(len, lines)) <= 60 and all(line.count("[") == line.count("]") for line in lines)
    assert "".join(told.split()) in "".join(shown.split())


def test_a_rule_is_told_with_its_word_and_in_words() -> None:
    plain = extraction()
    claim = plain.allegations[0].model_copy(update={"rule": "carry-verb-obj"})
    told = plain.model_copy(update={"allegations": (claim,)})
    words = "carry-verb-obj, by “The”: the weapon is the object of the verb"
    assert words in " ".join(explain.terminal(told, marked=True).split())
    assert words in explain.html([told])


def test_the_page_too_says_that_a_flight_did_not_take_place() -> None:
    plain = extraction()
    flown = plain.flights[0].model_copy(update={"happened": True})
    assert "did not take place, or not yet" in explain.html([plain])
    assert "did not take place" not in explain.html([plain.model_copy(update={"flights": (flown,)})])


def test_every_family_of_rules_is_told_in_words() -> None:
    from tailgraph.nlp.claims import rules

    assert all(rules.families().values())
    assert rules.meaning("supply-no-such") == ""
