"""Whose flights they are where no aircraft is named: "Russian flights", "Qatar sent three flights"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from tailgraph.graph.model import EntityRef, Kind, Slot
from tailgraph.graph.model import Span as Offsets
from tailgraph.nlp.cues import cues
from tailgraph.nlp.flights_told.scene import Scene
from tailgraph.nlp.flights_told.words import Cue, Frame

_FORCES = cues("flights told: forces of a state")
_SENDING = cues("flights told: sending flights")


def states_of(scene: Scene, cue: Cue, subject: Token | None) -> tuple[Slot, ...]:
    """The states whose flights the words tell of, in order."""
    words = _of_noun(cue, subject) if cue.nominal else _of_verb(cue, subject)
    found: dict[EntityRef, Slot] = {}
    for word in words:
        mention = scene.annotated.mention_at(word)
        if mention and mention.entity.kind is Kind.COUNTRY:
            span = Offsets(start=mention.start, end=mention.end)
            found[mention.entity] = Slot(entity=mention.entity, span=span)
    return tuple(found.values())


def _of_verb(cue: Cue, subject: Token | None) -> Iterator[Token]:
    """ "Iran flew arms to …", "Turkish forces flew …"."""
    if cue.word.frame is not Frame.FLY or subject is None:
        return
    yield subject
    if subject.lemma_.lower() in _FORCES:
        yield from (c for c in subject.children if c.dep_ in {"amod", "poss", "compound"})


def _of_noun(cue: Cue, subject: Token | None) -> Iterator[Token]:
    """ "Qatar sent three flights of arms to Misrata", "Russian military flights"."""
    if cue.token.dep_ == "dobj" and subject is not None and cue.token.head.lemma_.lower() in _SENDING:
        yield subject
    yield from (c for c in cue.token.children if c.i < cue.first and c.dep_ in {"amod", "poss", "nmod"})
