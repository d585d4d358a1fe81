"""Who of those named in a speaker's phrase speaks: the person, the body, or the state that he serves."""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.graph.model import Kind, Slot
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.cues import wordset


def weigh(report: Annotated, token: Token, found: list[Slot]) -> list[Slot]:
    """A state in a speaker's phrase speaks only if it stands alone or the speaker is its official."""
    bodies = [s for s in found if s.entity.kind != Kind.PERSON or not _owns(report, s)]
    found = bodies or found
    others = [s for s in found if s.entity.kind != Kind.COUNTRY]
    mention = report.mention_at(token)
    if not others:
        return [s for s in found if mention is None or s.entity == mention.entity]
    if (
        mention is not None
        and mention.entity.kind == Kind.COUNTRY
        and any(_apposed(report, token, s) for s in others)
    ):
        return [s for s in found if s.entity == mention.entity or _apposed(report, token, s)]
    if mention is not None and mention.entity.kind in (Kind.ORGANIZATION, Kind.OPERATOR):
        # "Haftar's army denied": the army speaks, not the man it is called after.
        found = [s for s in found if s.entity.kind != Kind.PERSON or _apposed(report, token, s)]
        others = [s for s in found if s.entity.kind != Kind.COUNTRY]
        if {w.lower_ for w in token.subtree} & wordset("state body"):
            return found  # "Sudan's army", and not "the American broadcaster CNN"
    if mention is not None and mention.entity.kind == Kind.COUNTRY:
        return [s for s in found if s.entity == mention.entity]
    words = {w.lemma_.lower() for w in token.subtree}
    if words & wordset("official") and not words & {"retired", "former", "ex"}:
        return found
    return others


def _owns(report: Annotated, slot: Slot) -> bool:
    """ "A spokesman for Haftar's army", "an aide of Haftar": the man is only the owner."""
    if slot.span is None:
        return False
    span = report.doc.char_span(slot.span.start, slot.span.end, alignment_mode="expand")
    if span is None:
        return False
    root = span.root
    serving = root.dep_ == "pobj" and root.head.lower_ in ("of", "to", "for")
    return bool(root.dep_ == "poss") or (serving and root.head.head.lemma_ in wordset("retinue"))


def _apposed(report: Annotated, token: Token, slot: Slot) -> bool:
    return any(
        sub.dep_ == "appos" and slot.span is not None and slot.span.start <= sub.idx < slot.span.end
        for sub in token.subtree
    )
