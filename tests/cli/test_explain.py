"""`tailgraph explain` as typed: trees, JSON and Markdown, and no report's words that do more than be read."""

from __future__ import annotations

import json
from collections.abc import Iterator

import neo4j
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tailgraph.cli import outline
from tailgraph.cli.outline import Item, Piece, item
from tailgraph.graph import corroborate
from tailgraph.graph.model import CoverageGap, Extraction, GapClass, Mention, Slot, Span
from tailgraph.graph.store import Store
from tailgraph.settings import Connection, Settings
from tests.cli.test_query import typed
from tests.graph import test_corroborate as scene
from tests.graph.scene import accuse, at, report, slot, told, write

Output = pytest.CaptureFixture[str]

HOSTILE = "\x1b[31mRed\x1b[0m [link](javascript:x) <b>bold</b> | cell \u202e**\n\n# Head\n- 1. item"


def _accusation() -> Extraction:
    """An accusation that leaves open which of two it accuses, and a flight that was refused."""
    words = "The U.S. accused the An-124 of the 224th Flight Unit."
    claim = accuse(["A124", "224th Flight Unit"], denied_by=["RU"], is_open=True)
    made = report("Title", claim, told(aircraft=["RA-82030"], happened=False), text=words)
    place = made.document.content.index
    accused = tuple(
        Slot(entity=filler.entity, ambiguous=True, span=Span(start=place(name), end=place(name) + len(name)))
        for filler, name in zip(claim.accused, ("An-124", "224th Flight Unit"), strict=True))
    cue = Span(start=place("accused"), end=place("accused") + 7)
    claim = claim.model_copy(update={"accused": accused, "cue": cue})
    unit = Mention(passage=1, start=place("224th"), end=place("224th") + 17, text="224th Flight Unit",
                   entity=slot("224th Flight Unit").entity, method="lexicon", confidence=0.9)
    return made.model_copy(update={"allegations": (claim,), "mentions": (unit,)})


ACCUSATION = _accusation()
CLAIM = f"{ACCUSATION.document.id}#a0"
WICKED = report(HOSTILE.replace("\n", " "), accuse(["IL76"], by=[]), text=HOSTILE, publisher="P\x1b[2J")


@pytest.fixture
def managed(server: Settings, graph: neo4j.Driver, connection: Connection,
            monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The scene and two reports more in the running managed server, linked."""
    monkeypatch.setenv("TAILGRAPH_HOME", str(server.home))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    with Store(connection) as store:
        write(store, ACCUSATION, WICKED, scene.CARGO, scene.RUMOUR, scene.OUTBOUND, scene.ELSEWHERE)
        corroborate.link(store)
        yield store


def explained(capsys: Output, *arguments: str) -> str:
    code, out, err = typed(capsys, "explain", *arguments)
    assert (code, err) == (0, "")
    return out


def flat(text: str) -> str:
    """The tree without its lines, so that a test does not depend on where it folds."""
    return " ".join(text.translate(dict.fromkeys(map(ord, "│├└─"))).split())


def test_a_claim(managed: Store, capsys: Output) -> None:
    shown = flat(explained(capsys, CLAIM))
    assert shown.startswith(f"Allegation {CLAIM}: a claim, not a fact What is said")
    for part in ("action: transfer; status: alleged", "United States (Country US)",
                 "accused: the text leaves open which of these is meant "
                 "(1) Antonov An-124 (AircraftType A124) (2) 224th Flight Unit (Operator)",
                 "denies it: ", "Russia (Country RU)",
                 "The U.S. ⟦accused⟧ the ⟦1: An-124⟧ of the ⟦2: 224th Flight Unit⟧.", "extractor: made up 1",
                 "rule: made up", "credibility as the extractor sees it: 6, cannot be judged",
                 "publisher: Example Wire (reliability F, cannot be judged)", "published: 2024-03-28",
                 "put in by run"):
        assert part in shown


def test_json_holds_the_same(managed: Store, capsys: Output) -> None:
    shown = json.loads(explained(capsys, CLAIM, "--json"))
    assert (shown["kind"], shown["id"], shown["is_claim"]) == ("Allegation", CLAIM, True)
    accused = [filler for filler in shown["fillers"] if filler["role"] == "ACCUSES"]
    assert [(f["id"], f["words"], f["is_open"]) for f in accused] == [
        ("A124", "An-124", True), ("224th Flight Unit", "224th Flight Unit", True)]
    content = ACCUSATION.document.content
    assert {content[f["start"]:f["end"]] == f["words"] for f in accused} == {True}
    (sentence,) = shown["sentences"]
    assert [(s["text"], [m["role"] for m in s["marks"]]) for s in sentence["stretches"] if s["marks"]] == [
        ("accused", ["cue"]), ("An-124", ["ACCUSES"]), ("224th Flight Unit", ["ACCUSES"])]
    assert [run["command"] for run in shown["source"]["runs"]] == ["test"]


def test_a_reported_flight_with_its_verdict_part_by_part(managed: Store, capsys: Output) -> None:
    shown = flat(explained(capsys, f"{scene.RUMOUR.document.id}#f0"))
    assert "a claim, not a fact" in shown
    assert f"contradicted: flight {scene.ELSEWHERE.id} (RA-76999), observed why: " in shown
    assert "part by part: aircraft supported" in shown
    (test,) = json.loads(explained(capsys, f"{scene.RUMOUR.document.id}#f0", "--json"))["tests"]
    assert (test["rank"], test["verdict"], test["parts"]["place"]) == (1, "contradicted", "contradicted")


def test_what_did_not_take_place_is_never_shown_as_if_it_had(managed: Store, capsys: Output) -> None:
    refused = f"{ACCUSATION.document.id}#f0"
    shown = flat(explained(capsys, refused))
    assert "the report says that it did not take place" in shown
    assert "not tested: it is not said to have taken place" in shown
    for entity in ("RA-82030", ACCUSATION.document.id):
        short = f"ReportedFlight {refused[:12]}#f0: told in the report; said not to have taken place"
        assert short in flat(explained(capsys, entity))


def test_a_flight(managed: Store, capsys: Output) -> None:
    shown = flat(explained(capsys, scene.OUTBOUND.id))
    for part in ("RA-82030, known by method: reported", "source: Russian address rule",
                 "departed from Vladivostok (UHWW); method: observed",
                 "vanished toward Pyongyang (ZKPY); it was not seen to land there",
                 "ZKPY: 150.0 nm, score 0.900", "over the flight: yes", "made of 9 positions",
                 f"supported, inferred: ReportedFlight {scene.CARGO.document.id[:12]}#f0"):
        assert part in shown
    assert "arrived at" not in shown


def test_a_silence_is_neither_a_landing_nor_a_switched_off_transponder(managed: Store,
                                                                       capsys: Output) -> None:
    before, after = (fix.model_copy(update={"time": at(f"20 16:{minute}")}) for fix, minute in (
        (scene.OUTBOUND.first_fix, 50), (scene.OUTBOUND.last_fix, 59)))
    gap = CoverageGap(index=0, before=before, after=after, excess_s=240, gap_class=GapClass.UNEXPLAINED)
    silent = scene.OUTBOUND.model_copy(update={"icao24": "15406f", "gaps": (gap,)})
    write(managed, silent)
    assert ("Silences 2024-03-20 16:50:00 UTC to 2024-03-20 16:59:00 UTC: 9 minutes, "
            "4 more than the distance explains; unexplained") in flat(explained(capsys, silent.id))


def test_an_entity_has_facts_and_claims_apart(managed: Store, capsys: Output) -> None:
    shown = flat(explained(capsys, "224th Flight Unit"))
    facts, claims = shown.split("Claims (said by somebody, not facts)")
    assert "OF_COUNTRY Country RU (Russia); source: " in facts
    assert "Tracked flights (1)" in facts and "through RA-82030" in facts
    assert "accused" not in facts and "missile" not in facts
    assert (f"Allegation {CLAIM[:12]}#a0: alleged; says United States; denied by Russia; "
            "the text leaves open whether this is meant") in claims
    assert "of the ⟦224th Flight Unit⟧." in claims.split("Mentions (1, by document: 1)")[1]


def test_a_document_and_other_nodes(managed: Store, capsys: Output) -> None:
    shown = flat(explained(capsys, ACCUSATION.document.id[:10]))
    assert "(1) 224th Flight Unit: Operator 224th Flight Unit, found by lexicon, confidence 0.9" in shown
    assert "says United States; denied by Russia" in shown
    assert "to Document by PUBLISHED (3)" in explained(capsys, "Example Wire")
    assert "from Aircraft by IDENTIFIED_BY" in explained(capsys, "icao24:15406e", "--kind", "identifier")


def test_a_relationship_from_a_claim_is_a_claim(managed: Store, capsys: Output) -> None:
    shown = flat(explained(capsys, CLAIM, "ACCUSES", "224th Flight Unit"))
    assert shown.startswith(f"1 relationship Allegation {CLAIM[:12]}#a0 ACCUSES Operator 224th Flight Unit: "
                            "a claim, not a fact: somebody says so What it says ambiguous: True")
    assert "The U.S. ⟦accused⟧ the An-124 of the ⟦2: 224th Flight Unit⟧." in shown
    for part in ("read by: made up 1; rule: made up", "publisher: Example Wire", "put in by run"):
        assert part in shown


def test_relationships_of_an_aircraft_and_a_flight(managed: Store, capsys: Output) -> None:
    shown = flat(explained(capsys, "RA-82030", "REGISTERED_IN", "Russia"))
    assert "Aircraft RA-82030 REGISTERED_IN Country RU: a fact as far as its source goes" in shown
    assert "Source " in shown
    toward = flat(explained(capsys, scene.OUTBOUND.id, "Airport:ZKPY"))
    assert "VANISHED_TOWARD Airport ZKPY: a fact, but of a direction only" in toward
    assert "1 relationship " in flat(explained(capsys, "Airport:ZKPY", scene.OUTBOUND.id))


def test_a_comparison_shows_both_sides_in_each_style(managed: Store, capsys: Output) -> None:
    ends = (f"{scene.RUMOUR.document.id}#f0", "tested_against", scene.ELSEWHERE.id)
    shown = json.loads(explained(capsys, *ends, "--json"))
    (edge,) = shown["edges"]
    assert (shown["kind"], edge["type"], edge["values"]["verdict"]) == (
        "Relationship", "TESTED_AGAINST", "contradicted")
    assert edge["told"][0]["source"]["id"] == scene.RUMOUR.document.id and edge["told"][0]["sentences"]
    markdown = explained(capsys, *ends, "--markdown")
    assert markdown.startswith("# 1 relationship\n") and "a comparison of a claim with a track" in markdown


def test_a_judgement_is_shown_as_one(managed: Store, capsys: Output) -> None:
    write(managed, report("Another name", accuse(["224 FU"])))
    judge = ("identity", "same", "224 FU", "224th Flight Unit", "--why", "one unit")
    assert typed(capsys, *judge)[2] == ""
    shown = flat(explained(capsys, "224 FU", "SAME_AS", "224th Flight Unit"))
    assert "a person's judgement, which can be taken back" in shown and "one unit" in shown
    other = flat(explained(capsys, "224th Flight Unit", "OF_COUNTRY", "RU"))
    assert "Ends that people judged to be one with others" in other and "one unit" in other


def test_markdown(managed: Store, capsys: Output) -> None:
    shown = explained(capsys, CLAIM, "--markdown")
    escaped = CLAIM.replace("#", "\\#")
    assert shown.startswith(f"# Allegation {escaped}: a claim, not a fact\n\n## What is said\n")
    assert "- accused: the text leaves open which of these is meant\n  - (1) **Antonov An-124** (" in shown
    assert "The U.S. **⟦accused⟧** the **⟦1: An-124⟧** of the **⟦2: 224th Flight Unit⟧**." in shown


@pytest.mark.parametrize("style", [(), ("--json",), ("--markdown",)])
@pytest.mark.parametrize("named", [f"{WICKED.document.id}#a0", WICKED.document.id, "IL76"])
def test_a_hostile_report_is_only_read(managed: Store, capsys: Output, named: str,
                                       style: tuple[str, ...]) -> None:
    shown = explained(capsys, named, *style)
    assert not set(shown) & {"\x1b", "\u202e", "\x07"}
    assert "bold" in shown
    if style == ("--markdown",):
        html = MarkdownIt().render(shown)
        assert "<b>" not in html and "<a " not in html and html.count("<h1>") == 1


@pytest.mark.parametrize(("arguments", "said"), [
    (["nosuch"], "Nothing in the graph has the id or name 'nosuch'"),
    (["KP", "--kind", "Airport"], " as Airport"),
    (["KP", "--json", "--markdown"], "exclude one another"),
    (["KP", "--points"], "Only a flight has positions; 'KP' is Country."),
    (["KP", "RA-76999"], "Nothing leads from Country KP to Aircraft RA-76999, or back."),
    (["KP", "OF_COUNTRY", "RU"], " by OF_COUNTRY, or back."),
    (["KP", "NO_SUCH", "RU"], "'NO_SUCH' is no type of relationship"),
    (["North", "Korea", "to", "RU"], "'Korea to' is no type of relationship"),
    (["KP", "RU", "--kind", "Country"], "--kind is for one node"),
    (["RA-"], "'RA-' may be: Aircraft RA-76999; Aircraft RA-82030.")])
def test_what_makes_no_sense(managed: Store, capsys: Output, arguments: list[str], said: str) -> None:
    code, out, err = typed(capsys, "explain", *arguments)
    assert (code, out) == (2, "")
    assert said in err


# --- outlines ----------------------------------------------------------------------------------------------

_TEXT = st.text(st.characters(codec="utf-8"), max_size=30)
_PIECES = st.builds(Piece, _TEXT, st.sampled_from(["", "head", "mark", "dim"]))
_LINES = st.lists(_PIECES, max_size=4).map(tuple)
_ITEMS = st.recursive(st.builds(Item, _LINES), lambda items: st.builds(
    Item, _LINES, st.lists(items, max_size=3).map(tuple)), max_leaves=6)


@given(_ITEMS)
def test_no_outline_can_drive_a_terminal(root: Item) -> None:
    for shown in (outline.tree(root), outline.markdown(root)):
        assert {char for char in shown if ord(char) < 32 or 127 <= ord(char) < 160} <= {"\n"}


@given(_TEXT)
def test_markdown_shows_a_text_as_it_is(text: str) -> None:
    shown = outline.markdown(item("Title", item("Part", item((Piece("x "), Piece(text), Piece(" y"))))))
    tokens = MarkdownIt().parse(shown)
    assert [token.type for token in tokens if token.type.endswith("_open")] == [
        "heading_open", "heading_open", "bullet_list_open", "list_item_open", "paragraph_open"]
    inline = tokens[-4]
    assert {child.type for child in inline.children or ()} <= {"text", "text_special"}
    assert " ".join("".join(child.content for child in inline.children or ()).split()) == " ".join(
        f"x {Piece(text).plain} y".split())
