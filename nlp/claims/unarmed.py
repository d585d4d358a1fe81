"""Acts without a weapon in their words: "X is arming Y", and the backing that tells of whom the next
sentences speak ("accused X of backing Y").
"""

from __future__ import annotations

from collections.abc import Iterator

from tailgraph.graph.model import Kind, Slot
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.cues import wordset
from tailgraph.nlp.claims.draft import Draft
from tailgraph.nlp.claims.modality import negated
from tailgraph.nlp.claims.slots import PARTIES, named
from tailgraph.nlp.claims.syntax import undergoers

ARMING, BACKING = "supply-arming", "supply-backing"


def armings(report: Annotated, taken: set[int]) -> Iterator[Act]:
    """Acts of arming or backing a party, on verbs that no act with weapons uses."""
    for token in report.doc:
        if token.pos_ != "VERB" or token.i in taken or token.dep_ == "amod" or negated(token):
            continue
        if token.lemma_ not in wordset("backing"):
            continue
        things = undergoers(token)
        if any(named(report, t, *PARTIES) or t.i in report.references for t in things):
            yield Act(token, "supply", ARMING if token.lemma_ == "arm" else BACKING, [], list(things))


def generic(report: Annotated) -> list[Slot]:
    """The report's word for weapons of any kind, for an arming that names none."""
    return [Slot(entity=e.ref) for e in report.entities if e.kind == Kind.WEAPON and e.key == "arms"][:1]


def is_context(draft: Draft) -> bool:
    """Whether a draft only says whom what follows is about."""
    return draft.rule == BACKING
