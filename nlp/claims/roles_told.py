"""Parties told in a sentence of their own: "The buyer was X", "Y was the exporter", "the consignee is Z"."""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.graph.model import Action, Kind
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.discourse import Discourse
from tailgraph.nlp.claims.draft import Draft
from tailgraph.nlp.claims.parties import Parties
from tailgraph.nlp.claims.syntax import child

_SLOT_OF = {
    "recipient": "buyer recipient customer client consignee purchaser receiver end-user user importer",
    "supplier": "exporter supplier seller sender shipper consignor manufacturer maker vendor source donor",
    "carrier": "carrier operator haulier",
}
_ROLES = {noun: slot for slot, nouns in _SLOT_OF.items() for noun in nouns.split()}


class RolesTold:
    def __init__(self, report: Annotated, parties: Parties, discourse: Discourse) -> None:
        self._report, self._parties, self._discourse = report, parties, discourse

    def apply(self, drafts: list[Draft]) -> None:
        """Fill the slots of the transfer told last in the same paragraph."""
        for token in self._report.doc:
            if token.lemma_ != "be" or token.pos_ not in ("AUX", "VERB"):
                continue
            told = self._told(token)
            draft = self._last(drafts, token) if told else None
            if told and draft is not None:
                slot, party = told
                fillers = self._parties.of(party)
                draft.put(slot, fillers)
                if slot == "supplier":
                    draft.put("accused", [s for s in fillers if s.entity.kind != Kind.COUNTRY])
                draft.evidence.add(self._discourse.sentence(token.idx))

    def _told(self, verb: Token) -> tuple[str, Token] | None:
        subject, attribute = child(verb, "nsubj"), child(verb, "attr")
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

    def _last(self, drafts: list[Draft], token: Token) -> Draft | None:
        here = self._discourse.paragraph(token.idx)
        near = [d for d in drafts if d.action == Action.TRANSFER and here.start <= d.cue.start < token.idx]
        return near[-1] if near else None
