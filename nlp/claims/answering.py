"""Whose ministry speaks in the sentence behind a charge: that of the state that answers it, or is charged."""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.graph.model import EntityRef, Kind, Mention
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.cues import is_cue, wordset
from tailgraph.nlp.claims.slots import head_of


def answers(verb: Token) -> bool:
    """ "Iran has said that …", "Iran reacted with scorn"."""
    return is_cue(verb, "say", "deny", "allege") or verb.lemma_ in wordset("reacting")


def contradicts(report: Annotated, speaker: Mention) -> bool:
    """Whether the sentence of who speaks denies something."""
    root = head_of(report, speaker)
    return root is not None and any(
        is_cue(t, "deny", "denial", "denying") or t.lower_ in ("no", "not", "never", "nothing")
        for t in root.sent
    )


def charged_states(report: Annotated, verb: Token) -> set[EntityRef]:
    """ "Sudan accused Chad. The ministry denied it": the state whose ministry it is that denies."""
    things = [c for c in verb.children if c.dep_ == "dobj"] if is_cue(verb, "allege") else []
    named = (report.mention_at(t) for t in things)
    return {m.entity for m in named if m is not None and m.entity.kind == Kind.COUNTRY}
