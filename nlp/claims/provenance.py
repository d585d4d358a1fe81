"""Whence weapons are, told by itself: "the drones were of Iranian origin", "the shells were traced to X"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from tailgraph.graph.model import Action, Kind, Slot, Status
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.cues import is_cue, wordset
from tailgraph.nlp.claims.discourse import Discourse
from tailgraph.nlp.claims.draft import Draft
from tailgraph.nlp.claims.modality import asked, negated
from tailgraph.nlp.claims.slots import named
from tailgraph.nlp.claims.status import hedged
from tailgraph.nlp.claims.syntax import is_passive, prep_objects, undergoers

_KINDS_OF_ORIGIN = frozenset({"origin", "make", "manufacture", "design", "provenance"})
# How many sentences back the claim may stand.
_REACH = 2


class Provenance:
    def __init__(self, report: Annotated, discourse: Discourse) -> None:
        self._report, self._discourse = report, discourse

    def apply(self, drafts: list[Draft]) -> None:
        """Name the maker as supplier of the claim told last of these weapons, where it names none."""
        for token in self._report.doc:
            if token.pos_ not in ("VERB", "AUX") or negated(token) or hedged(token) or asked(token):
                continue
            sources = [s for t in _sources(token) for s in named(self._report, t, Kind.COUNTRY)]
            draft = self._claim(drafts, token) if sources else None
            if draft is not None and not draft.take("supplier"):
                draft.put("supplier", [s for s in sources if s.entity not in draft.refs("target")])
                draft.evidence.add(self._discourse.sentence(token.idx))

    def _claim(self, drafts: list[Draft], verb: Token) -> Draft | None:
        sentence = self._discourse.sentence(verb.idx)
        paragraph = self._discourse.paragraph(verb.idx).index
        weapons = {w for t in _weapon_words(verb) for w in self._weapons(t)}
        for draft in reversed(drafts):
            near = 0 <= sentence - max(draft.told) <= _REACH
            here = self._discourse.paragraph(draft.cue.start).index == paragraph
            told = near and here and draft.action != Action.PRODUCTION
            if told and weapons & {self._key(s) for s in draft.take("weapons")}:
                return draft if draft.status != Status.SUSPECTED or draft.sentence == sentence else None
        return None

    def _weapons(self, noun: Token) -> set[str]:
        """Classes of the weapons of a noun phrase."""
        return {self._key(s) for s in named(self._report, noun, Kind.WEAPON)}

    def _key(self, slot: Slot) -> str:
        return self._report.entity(slot.entity).key or ""


def _weapon_words(verb: Token) -> Iterator[Token]:
    yield from (c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass"))
    yield from undergoers(verb)


def _sources(verb: Token) -> Iterator[Token]:
    """The words that name whence something is: "of Iranian origin", "Iranian-made", "traced to Iran"."""
    if verb.lemma_ == "be":
        for noun in prep_objects(verb, "of"):
            if noun.lemma_ in _KINDS_OF_ORIGIN:
                yield noun
        for attribute in verb.children:
            if attribute.dep_ in ("acomp", "attr") and _makes(attribute):
                yield from attribute.subtree
    elif verb.lemma_ == "trace":
        yield from prep_objects(verb, "to")
    elif is_cue(verb, "produce") and is_passive(verb) and verb.dep_ != "acl":
        yield from prep_objects(verb, "in")


def _makes(attribute: Token) -> bool:
    """ "Iranian", "Iranian-made", "of Iranian make"."""
    return attribute.pos_ in ("ADJ", "PROPN") or attribute.lemma_ in wordset("origin")
