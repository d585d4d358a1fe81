"""The models for claims that no rule reads: what they are given, may say, and what is made of it."""

from __future__ import annotations

import csv
import itertools
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from tailgraph.graph.model import Action
from tailgraph.nlp import allegations
from tailgraph.nlp.claims.learned import model
from tailgraph.nlp.claims.learned.acts import FAMILY, NONE
from tests.nlp.claims import marked

# Marked as in the other files of cases; no rule reads them, whatever the models say.
TEXTS = (
    "Fifty crates of [Chinese|C:CN] [rockets|W:rocket] for the [Sudanese army|O:Sudanese army] are sitting "
    "on the quay, port workers say.",
    "[Hezbollah|O:Hezbollah] owes its [Kornets|W:anti-tank-missile] to [Damascus|C:SY].",
)


@pytest.mark.parametrize("table", [model.LEFT, model.ACTS, model.PARTS])
def test_a_table_names_each_feature_once_with_a_weight_for_each_outcome(table: str) -> None:
    with (files("tailgraph.nlp") / "lexicons" / table).open(encoding="utf-8") as source:
        head, *rows = csv.reader(source)
    assert head[0] == "feature"
    assert len({row[0] for row in rows}) == len(rows)
    assert all(len(row) == len(head) and all(abs(float(weight)) < 20 for weight in row[1:]) for row in rows)


def test_outcomes_are_acts_and_slots_but_never_who_says_so() -> None:
    assert set(model.chances(model.LEFT, ())) == {NONE}
    assert set(model.chances(model.ACTS, ())) == set(Action)
    assert set(model.chances(model.PARTS, ())) == {"accused", "supplier", "recipient", "target", "carrier"}


@given(st.sets(st.text(max_size=20), max_size=30))
def test_what_nobody_taught_weighs_nothing(features: set[str]) -> None:
    unknown = {f"untaught {feature}" for feature in features}
    assert set(model.chances(model.ACTS, unknown).values()) == {0.5}


@pytest.mark.parametrize("text", TEXTS)
def test_claims_of_the_models_say_so_and_name_their_parties_where_they_stand(
    text: str, parser: Language
) -> None:
    annotated = marked.annotate(text, parser)
    places = {(mention.start, mention.end) for mention in annotated.mentions}
    for claim in allegations.find(annotated):
        assert claim.rule.endswith(FAMILY)
        slots = (claim.accused, claim.supplier, claim.recipient, claim.target, claim.carrier, claim.weapons)
        spans = [slot.span for slot in itertools.chain(*slots) if slot.span is not None]
        assert {(span.start, span.end) for span in spans} <= places


@pytest.mark.parametrize("text", TEXTS)
def test_weapons_that_rules_leave_are_gathered_once_with_the_parties_around(
    text: str, parser: Language
) -> None:
    annotated = marked.annotate(text, parser)
    read, loose = allegations.examples(annotated)
    assert not read
    assert [group.sentence for group in loose] == [0]
    weapons = [m for m in annotated.mentions if m.entity.kind == "Weapon"]
    assert [m.start for group in loose for m in group.weapons] == [m.start for m in weapons]
    parties = {party.slot.entity for group in loose for party in group.parties}
    assert parties == {m.entity for m in annotated.mentions if m.entity.kind in ("Country", "Organization")}


def test_the_state_whose_body_it_is_has_no_part_of_its_own(parser: Language) -> None:
    text = (
        "Fifty crates of [Bulgarian|C:BG] [mortar rounds|W:ammunition] for [Sudan|C:SD]'s "
        "[Rapid Support Forces|O:RSF] were standing by the apron, one of the workers said."
    )
    for claim in allegations.find(marked.annotate(text, parser)):
        assert {slot.entity.id for slot in claim.recipient} == {"RSF"}


def test_weapons_of_which_a_rule_speaks_or_nobody_does_are_not_left(parser: Language) -> None:
    told = "[Iran|C:IR] sent [rockets|W:rocket] to [Syria|C:SY]."
    denied = "[Iran|C:IR] did not send [rockets|W:rocket] to [Syria|C:SY]."
    for text in (told, denied):
        assert allegations.examples(marked.annotate(text, parser))[1] == []
