"""Aircraft that were stopped on their way: "the plane held at Bangkok was bound for Tehran"."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from tailgraph.nlp.flights_told.locations import Relation
from tailgraph.nlp.flights_told.modality import Outcome
from tailgraph.nlp.flights_told.scene import Scene
from tailgraph.nlp.flights_told.telling import Telling

_HOLDING = frozenset("hold seize impound detain ground stop confiscate".split())


def as_held(scene: Scene, telling: Telling) -> Telling:
    """The telling as that of a flight which got no farther than where the aircraft is held."""
    token = telling.cue.token
    subject = next((c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    holding = _holding(subject) if telling.cue.word.lemma == "bound" and subject is not None else None
    if holding is None or telling.vehicle is None or telling.outcome is not Outcome.DONE:
        return telling
    inside = range(holding.left_edge.i, holding.right_edge.i + 1)
    origin = next(
        (h for h in scene.locations if h.first in inside and h.relation is Relation.AT), telling.origin
    )
    # "Since 12 December": since when it is held.
    end = holding.right_edge.idx + len(holding.right_edge)
    text = scene.annotated.document.content
    dates = tuple(
        d
        for d in telling.dates
        if not holding.left_edge.idx <= d.start < end
        and not text[d.start : d.end].lower().startswith("since")
    )
    return replace(telling, outcome=Outcome.NOT_DONE, origin=origin, dates=dates)


def _holding(subject: Token) -> Token | None:
    return next(
        (c for c in subject.children if c.dep_ in {"acl", "relcl"} and c.lemma_.lower() in _HOLDING), None
    )
