"""Parties told in a sentence of their own: "The buyer was X", "Y was the exporter", "the consignee is Z", and
for whom the accused acted ("Rehak acted as an officer of X")."""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.graph.model import Action, Kind
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.cues import wordset
from tailgraph.nlp.claims.discourse import Discourse
from tailgraph.nlp.claims.draft import Draft
from tailgraph.nlp.claims.modality import negated
from tailgraph.nlp.claims.parties import Parties
from tailgraph.nlp.claims.status import hedged
from tailgraph.nlp.claims.syntax import child, prep_objects, subjects, undergoers

_SLOT_OF = {
    "recipient": "buyer recipient customer client consignee purchaser receiver end-user user importer",
    "supplier": "exporter supplier seller sender shipper consignor manufacturer maker vendor source donor",
    "carrier": "carrier operator haulier",
}
# How many paragraphs after his deed it may be told for whom somebody acted.
_REACH = 4
_ROLES = {noun: slot for slot, nouns in _SLOT_OF.items() for noun in nouns.split()}


def _masters(verb: Token) -> list[Token]:
    """X in "as an officer of X", "on X's behalf", "on the orders of X"."""
    found: list[Token] = []
    for noun in prep_objects(verb, "as", "on", "under", "at"):
        if noun.lemma_.lower() in wordset("agents of a state") | wordset("orders") | {"behalf"}:
            found += [
                *(c for c in noun.children if c.dep_ == "poss"),
                *prep_objects(noun, "of", "for", "from"),
            ]
    return found


class RolesTold:
    def __init__(self, report: Annotated, parties: Parties, discourse: Discourse) -> None:
        self._report, self._parties, self._discourse = report, parties, discourse

    def apply(self, drafts: list[Draft]) -> None:
        """Fill the slots of the transfer told last in the same paragraph."""
        for token in self._report.doc:
            self._acted_for(token, drafts)
            told = self._told(token) if token.lemma_ == "be" else self._named(token)
            draft = self._last(drafts, token) if told else None
            if told and draft is not None:
                slot, party = told
                fillers = self._parties.of(party)
                draft.put(slot, fillers)
                if slot == "supplier":
                    draft.put("accused", [s for s in fillers if s.entity.kind != Kind.COUNTRY])
                draft.evidence.add(self._discourse.sentence(token.idx))

    def _acted_for(self, verb: Token, drafts: list[Draft]) -> None:
        """ "Rehak acted as an officer of X", "on behalf of X": X is to blame for what Rehak is accused of."""
        if verb.lemma_ not in wordset("acting") or verb.pos_ != "VERB" or negated(verb) or hedged(verb):
            return
        people = {s.entity for t in subjects(verb) for s in self._parties.of(t)}
        here = self._discourse.paragraph(verb.idx).index
        for draft in reversed(drafts):
            there = self._discourse.paragraph(draft.cue.start).index
            if draft.cue.start < verb.idx and here - there <= _REACH and people & draft.refs("accused"):
                masters = [s for t in _masters(verb) for s in self._parties.of(t)]
                draft.put("accused", [s for s in masters if s.entity not in draft.refs("accuser")])
                return

    def _told(self, verb: Token) -> tuple[str, Token] | None:
        subject, attribute = child(verb, "nsubj"), child(verb, "attr")
        if (
            subject is not None
            and _ROLES.get(subject.lemma_.lower())
            and (seat := self._seat(verb, attribute))
        ):
            return _ROLES[subject.lemma_.lower()], seat
        if subject is None or attribute is None:
            return None
        for role, party in ((subject, attribute), (attribute, subject)):
            slot = _ROLES.get(role.lemma_.lower())
            if (
                slot
                and any(c.lower_ in ("the", "its", "their") for c in role.children)
                and self._parties.of(party)
            ):
                return slot, party
        return None

    def _named(self, role: Token) -> tuple[str, Token] | None:
        """ "The waybill named X as the consignee", "X is given as the buyer", "shows a buyer in X"."""
        slot, verb = _ROLES.get(role.lemma_.lower()), role.head
        if slot is None or slot == "carrier" or role.pos_ != "NOUN":
            return None
        if role.dep_ == "pobj" and verb.lower_ == "as" and verb.head.lemma_ in wordset("naming roles"):
            return next(((slot, t) for t in undergoers(verb.head) if self._parties.of(t)), None)
        named = role.dep_ == "dobj" and verb.lemma_ in wordset("naming roles")
        seat = self._seat(role, None) if named and not negated(verb) else None
        return (slot, seat) if seat is not None else None

    def _seat(self, word: Token, attribute: Token | None) -> Token | None:
        """The state in "was in X", "was a firm in X", "a buyer in X"."""
        words = [word, attribute] if attribute is not None else [word]
        seats = (o for w in words for o in prep_objects(w, "in", "from"))
        return next((o for o in seats if self._parties.names(o, Kind.COUNTRY)), None)

    def _last(self, drafts: list[Draft], token: Token) -> Draft | None:
        here = self._discourse.paragraph(token.idx)
        near = [d for d in drafts if d.action == Action.TRANSFER and here.start <= d.cue.start < token.idx]
        return near[-1] if near else None
