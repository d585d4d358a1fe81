"""The models that add to the claims of rules: what they are given, may say, and what is made of it."""

from __future__ import annotations

import csv
import itertools
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from tailgraph.graph.model import Action, Allegation, Status
from tailgraph.nlp import allegations
from tailgraph.nlp.claims.learned import model
from tailgraph.nlp.claims.learned.reader import CLAIM, FAMILY, Cuts
from tailgraph.nlp.claims.learned.readings import PARTS
from tests.nlp.claims import marked

# Marked as in the other files of cases; no rule reads the first two, whatever the models say.
UNREAD = (
    "Fifty crates of [Chinese|C:CN] [rockets|W:rocket] for the [Sudanese army|O:Sudanese army] are sitting "
    "on the quay, port workers say.",
    "[Hezbollah|O:Hezbollah] owes its [Kornets|W:anti-tank-missile] to [Damascus|C:SY].",
)
READ = "[Iran|C:IR] sent [rockets|W:rocket] to [Syria|C:SY], [Washington|C:US] said. [Tehran|C:IR] denied it."
DENIED = "[Iran|C:IR] did not send [rockets|W:rocket] to [Syria|C:SY]."
WHATEVER = Cuts(claim=0, part=0, voice=0, more=0)
OUTCOMES = {
    model.CLAIMED: {CLAIM},
    model.ACTS: set(Action),
    model.STATUSES: set(Status),
    model.PARTS: set(PARTS),
}


def slots(claim: Allegation) -> dict[str, set[str]]:
    return {part: {str(slot.entity) for slot in getattr(claim, part)} for part in (*PARTS, "weapons")}


@pytest.mark.parametrize("table", model.TABLES)
def test_a_table_names_each_feature_once_with_a_weight_for_each_outcome(table: str) -> None:
    with (files("tailgraph.nlp") / "lexicons" / table).open(encoding="utf-8") as source:
        head, *rows = csv.reader(source)
    assert head[0] == "feature" and set(head[1:]) == OUTCOMES[table]
    assert len({row[0] for row in rows}) == len(rows)
    assert all(len(row) == len(head) and all(abs(float(weight)) < 20 for weight in row[1:]) for row in rows)


@given(st.sets(st.text(max_size=20), max_size=30))
def test_what_nobody_taught_weighs_nothing(features: set[str]) -> None:
    unknown = {f"untaught {feature}" for feature in features}
    assert set(model.shipped()[model.ACTS].chances(unknown).values()) == {0.5}


@pytest.mark.parametrize("text", UNREAD)
def test_claims_of_the_models_say_so_and_name_their_parties_where_they_stand(
    text: str, parser: Language
) -> None:
    annotated = marked.annotate(text, parser)
    assert allegations.find(annotated, cuts=marked.RULES_ALONE) == ()
    places = {(mention.start, mention.end) for mention in annotated.mentions}
    found = allegations.find(annotated, cuts=WHATEVER)
    assert found
    for claim in found:
        assert claim.rule.endswith(FAMILY)
        fillers = itertools.chain(*(getattr(claim, part) for part in (*PARTS, "weapons")))
        assert {(s.span.start, s.span.end) for s in fillers if s.span is not None} <= places


def test_a_claim_of_rules_keeps_what_it_has_whatever_the_models_add(parser: Language) -> None:
    annotated = marked.annotate(READ, parser)
    (alone,) = allegations.find(annotated, cuts=marked.RULES_ALONE)
    for cuts in (Cuts(), WHATEVER):
        (added,) = allegations.find(annotated, cuts=cuts)
        assert (added.rule, added.action, added.status) == (alone.rule, alone.action, alone.status)
        assert all(slots(alone)[part] <= slots(added)[part] for part in slots(alone))
        assert slots(added)["carrier"] == slots(alone)["carrier"]
        assert slots(added)["denied_by"] == slots(alone)["denied_by"]


def test_nobody_gives_to_himself_or_denies_what_he_says(parser: Language) -> None:
    for text in (READ, *UNREAD):
        for claim in allegations.find(marked.annotate(text, parser), cuts=WHATEVER):
            told = slots(claim)
            assert not told["supplier"] & told["recipient"]
            assert not told["accuser"] & told["denied_by"]
            assert not told["target"] & (told["accused"] | told["supplier"] | told["recipient"])


def test_cases_are_the_claims_of_rules_and_the_weapons_that_these_leave(parser: Language) -> None:
    annotated = marked.annotate(f"{READ} {UNREAD[1]}", parser)
    read, cases = allegations.examples(annotated)
    assert [case.claim for case in cases] == [*range(len(read)), None]
    assert [[m.text for m in case.weapons] for case in cases] == [["rockets"], ["Kornets"]]
    told = {party.slot.entity.id: party.features for party in cases[0].parties}
    assert {"in accused", "in supplier"} <= told["IR"] | told["SY"]
    assert "source" in told["US"] and "source" not in told["SY"]


@pytest.mark.parametrize(
    "text",
    [
        DENIED,
        "No [rockets|W:rocket] were sent to [Syria|C:SY] by [Iran|C:IR].",
        "Nobody has said that [Iran|C:IR] gave [rockets|W:rocket] to [Syria|C:SY].",
    ],
)
def test_what_nobody_claims_is_left_alone_whatever_the_models_say(text: str, parser: Language) -> None:
    annotated = marked.annotate(text, parser)
    assert allegations.examples(annotated) == ([], [])
    assert allegations.find(annotated, cuts=WHATEVER) == ()
