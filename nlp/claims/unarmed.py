"""Acts without a weapon in their words: "X is arming Y", and the backing that tells of whom the next
sentences speak ("accused X of backing Y").
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from tailgraph.graph.model import Action, Kind, Slot, Status
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.cues import wordset
from tailgraph.nlp.claims.draft import Draft
from tailgraph.nlp.claims.modality import negated
from tailgraph.nlp.claims.slots import PARTIES, named
from tailgraph.nlp.claims.syntax import child, prep_objects, undergoers

ARMING, BACKING = "supply-arming", "supply-backing"


def armings(report: Annotated, taken: set[int]) -> Iterator[Act]:
    """Acts of arming or backing a party, on verbs that no act with weapons uses."""
    for token in report.doc:
        if token.pos_ == "NOUN" and token.lemma_ == "arming" and token.i not in taken:
            given = list(prep_objects(token, "of"))  # "X's arming of Y"
            if any(named(report, t, *PARTIES) for t in given):
                yield Act(token, "supply", ARMING, [], given)
            continue
        if token.pos_ != "VERB" or token.i in taken or token.dep_ == "amod" or negated(token):
            continue
        if token.lemma_ not in wordset("backing"):
            continue
        things = undergoers(token) or _shared(token)
        armed = token.lemma_ == "arm" and any(t.lemma_.lower() in wordset("armed people") for t in things)
        if armed or any(named(report, t, *PARTIES) or t.i in report.references for t in things):
            yield Act(token, "supply", ARMING if token.lemma_ == "arm" else BACKING, [], list(things))


def _shared(verb: Token) -> list[Token]:
    """ "Armed, trained and paid the fighters": the object that the last verb has for all."""
    joined = (c for c in verb.children if c.dep_ in ("conj", "advcl") and c.tag_[:2] == "VB")
    return [t for c in joined if child(c, "mark", "nsubj") is None for t in undergoers(c) or _shared(c)]


def generic(report: Annotated) -> list[Slot]:
    """The report's word for weapons of any kind, for an arming that names none."""
    return [Slot(entity=e.ref) for e in report.entities if e.kind == Kind.WEAPON and e.key == "arms"][:1]


def told_better(draft: Draft, drafts: list[Draft]) -> bool:
    """Whether an arming of people without a name ("is arming the rebels") adds nothing to other claims: since
    nobody alleges it of anybody, or since those of whom it is said gave weapons that are named."""
    if draft.rule != ARMING or draft.take("recipient"):
        return False
    givers = draft.refs("accused") | draft.refs("supplier")
    others = [d for d in drafts if d.rule != ARMING and d.action == Action.TRANSFER]
    given = any(givers & (d.refs("accused") | d.refs("supplier")) for d in others)
    return draft.status == Status.ASSERTED or not draft.take("accused") or given


def is_context(draft: Draft) -> bool:
    """Whether a draft only says whom what follows is about."""
    return draft.rule == BACKING
