"""Whom a state or body has put on a list: what the report goes on to tell of them is that body's claim.

"The Treasury sanctioned three carriers. … X flew drones to Y": nobody is named in the second sentence, and it
is still no fact of the report's.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from tailgraph.graph.model import EntityRef, Kind, Slot, Status
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.attribution import Attributor
from tailgraph.nlp.claims.cues import is_cue, word_class, wordset
from tailgraph.nlp.claims.draft import Draft
from tailgraph.nlp.claims.slots import everything
from tailgraph.nlp.claims.syntax import agents, is_passive, prep_objects, subjects, undergoers

_LISTED = (Kind.OPERATOR, Kind.ORGANIZATION, Kind.PERSON, Kind.AIRCRAFT)
# Who holds or seizes somebody does not tell all that a report tells.
_HOLDING = frozenset({"detain", "arrest", "seize", "hold", "capture", "intercept", "stop", "block"})
_AUTHORITIES = frozenset({Kind.COUNTRY, Kind.ORGANIZATION})


class Designations:
    def __init__(self, report: Annotated, attributor: Attributor) -> None:
        self._report, self._attributor = report, attributor
        self._by: dict[EntityRef, list[Slot]] = {}
        self._by_verb: dict[int, list[Slot]] = {}
        for token in report.doc:
            if word_class(token) == "verb" and is_cue(token, "designate"):
                self._note(token)
        opening = report.doc.char_span(0, self._end_of_lead(), alignment_mode="contract") or ()
        # "Carried by the ship X, which Y has sanctioned": an aside, and not what the report is about.
        acts = (t for t in opening if t.dep_ not in ("relcl", "acl") and t.lemma_ not in _HOLDING)
        leading = next((t for t in acts if t.i in self._by_verb), None)
        self._lead = self._by_verb[leading.i] if leading is not None else []
        # Who indicts somebody speaks of him, and not of all that the report goes on to tell.
        self._of_one = leading is not None and leading.lemma_ in wordset("prosecuting")

    def apply(self, draft: Draft) -> None:
        """Name the body that listed who is accused, where the report names nobody."""
        if draft.status != Status.ASSERTED or draft.take("accuser"):
            return
        for ref in sorted(draft.refs("accused") | draft.refs("carrier") | draft.refs("supplier"), key=str):
            if ref in self._by:
                draft.put("accuser", self._by[ref])
                draft.status = Status.ALLEGED
                return
        if self._lead:
            draft.put("accuser", [] if self._of_one else self._lead)
            draft.status = Status.ALLEGED

    def _end_of_lead(self) -> int:
        """Where the title and the first two paragraphs end."""
        content, end = self._report.document.content, len(self._report.document.title)
        for _ in range(2):
            cut = content.find("\n\n", end + 2)
            end = cut if cut >= 0 else len(content)
        return end

    def _note(self, verb: Token) -> None:
        done_to = undergoers(verb)
        if not is_passive(verb) and not done_to:
            return  # "Airline blocked": a headline's passive, which names nobody who did it
        if done_to and all(t.lemma_.lower() in wordset("not listed") for t in done_to):
            return  # "court blocks extradition"
        speakers = agents(verb) if is_passive(verb) else subjects(verb)
        found = [
            s for t in speakers for s in self._attributor.speakers.of(t) if s.entity.kind in _AUTHORITIES
        ]
        if found:
            authorities = self._by_verb[verb.i] = self._attributor.expanded(found)
            for word in _named(verb):
                for slot in everything(self._report, word, *_LISTED):
                    self._by.setdefault(slot.entity, authorities)


def _named(verb: Token) -> Iterator[Token]:
    yield from undergoers(verb)
    for word in (verb, *(c for c in verb.children if c.dep_ == "dobj")):
        yield from prep_objects(word, "on", "against")
