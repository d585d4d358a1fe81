"""Who denies what: verbs and nouns of denying, another account of the cargo, and the claim they are about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from tailgraph.graph.model import EntityRef, Kind, Slot
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.affiliation import Affiliations
from tailgraph.nlp.claims.attribution import Attributor
from tailgraph.nlp.claims.cues import is_cue, word_class
from tailgraph.nlp.claims.discourse import Discourse
from tailgraph.nlp.claims.draft import Draft
from tailgraph.nlp.claims.syntax import agents, antecedent, child, is_passive, negated, subjects, undergoers

_CALLING = frozenset("call term brand label dub describe deride denounce dismiss say".split())
_PARTY_SLOTS = ("accused", "supplier", "recipient", "carrier")
_REACH = 2


@dataclass(frozen=True)
class Denial:
    """Somebody's denial: `explicit` where a word of denying stands there, else another account of the cargo."""

    sentence: int
    offset: int
    speakers: tuple[Slot, ...]
    explicit: bool


class Denials:
    def __init__(self, report: Annotated, ties: Affiliations, attributor: Attributor, discourse: Discourse) -> None:
        self._report, self._ties, self._attributor, self._discourse = report, ties, attributor, discourse

    def apply(self, drafts: list[Draft]) -> None:
        for denial in self._found():
            for draft in self._denied(denial, drafts):
                keep = [s for s in denial.speakers if s.entity not in draft.refs("accuser")]
                if keep:
                    draft.put("denied_by", keep)
                    draft.evidence.add(denial.sentence)

    # --- finding
    def _found(self) -> Iterator[Denial]:
        seen: set[tuple[int, tuple[EntityRef, ...]]] = set()
        for token in self._report.doc:
            for speakers, explicit in (*self._explicit(token), *self._other_account(token)):
                full = self._ties.expand(speakers)
                key = (token.sent.start, tuple(s.entity for s in full))
                if full and key not in seen:
                    seen.add(key)
                    yield Denial(self._discourse.sentence(token.idx), token.idx, tuple(full), explicit)

    def _explicit(self, token: Token) -> Iterator[tuple[list[Slot], bool]]:
        if word_class(token) == "verb" and is_cue(token, "deny") and not negated(token):
            yield self._speakers(token), True
        elif is_cue(token, "denial") or token.lower_ in _bare_denials():
            verb = self._verb_above(token)
            if verb is not None and not negated(verb):
                yield self._speakers(verb), True
        elif word_class(token) == "verb" and negated(token) and is_cue(
                token, "supply", "carry", "acquire", "use", "possess", "load", "request"):
            speakers = self._attributor.of(token)
            if "deny" not in speakers.kinds:
                yield speakers.sources, True
        elif token.lower_ in ("proof", "evidence") and any(c.lower_ == "no" for c in token.children):
            yield self._attributor.of(token).sources, False

    def _other_account(self, token: Token) -> Iterator[tuple[list[Slot], bool]]:
        """"The freighter had brought a generator", "speaks of field kitchens": a load that is no weapon."""
        if word_class(token) != "verb":
            return
        if token.lemma_ == "speak" and any(c.lower_ == "of" for c in token.children):
            yield self._speakers(token), False
        elif is_cue(token, "carry", "load", "supply", "motion") and not self._names_weapon(token):
            yield self._attributor.of(token).sources, False

    def _names_weapon(self, token: Token) -> bool:
        return any(True for word in token.subtree if (m := self._report.mention_at(word)) and m.entity.kind == Kind.WEAPON)

    def _verb_above(self, token: Token) -> Token | None:
        for above in token.ancestors:
            if word_class(above) == "verb" and (is_cue(above, "say", "deny", "allege") or above.lemma_ in _CALLING):
                return above
        return None

    def _speakers(self, verb: Token) -> list[Slot]:
        words = list(agents(verb)) if is_passive(verb) else subjects(verb)
        return [s for t in words for s in self._attributor.speaker(antecedent(t))]

    # --- what it is about
    def _denied(self, denial: Denial, drafts: list[Draft]) -> list[Draft]:
        paragraph = self._discourse.paragraph(denial.offset).index
        near = [d for d in drafts if d.sentence <= denial.sentence
                and paragraph - self._discourse.paragraph(d.cue.start).index <= _REACH]
        refs = {s.entity for s in denial.speakers}
        party = [d for d in near if refs & self._parties(d) and not refs & d.refs("accuser")]
        if party:
            return party[-1:]
        if denial.explicit:
            close = [d for d in near if paragraph - self._discourse.paragraph(d.cue.start).index <= 1
                     and not refs & d.refs("accuser")]
            return close[-1:]
        return []

    def _parties(self, draft: Draft) -> set[EntityRef]:
        slots = [s for name in _PARTY_SLOTS for s in draft.take(name)]
        return {s.entity for s in self._ties.expand(slots)}


def _bare_denials() -> frozenset[str]:
    return frozenset({"lies", "baseless", "untrue", "groundless", "unfounded", "nonsense"})
