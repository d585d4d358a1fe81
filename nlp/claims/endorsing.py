"""Who stands by what another has claimed: "Y repeated the charge", "a panel called the accusations credible",
"the account is shared by Z", "X confirmed the delivery"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from tailgraph.graph.model import Slot, Status
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.affiliation import Affiliations
from tailgraph.nlp.claims.attribution import Attributor
from tailgraph.nlp.claims.cues import is_cue, wordset
from tailgraph.nlp.claims.discourse import Discourse
from tailgraph.nlp.claims.draft import Draft
from tailgraph.nlp.claims.modality import echoed, negated
from tailgraph.nlp.claims.syntax import doers, undergoers

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
# How many sentences after the last telling of a claim somebody may stand by it.
_REACH = 1
# And where it is called "the accusations" and no other claim stands between.
_NAMED_REACH = 4


class Endorsing:
    def __init__(
        self, report: Annotated, discourse: Discourse, ties: Affiliations, attributor: Attributor
    ) -> None:
        self._report, self._discourse, self._ties, self._attributor = report, discourse, ties, attributor

    def apply(self, drafts: list[Draft]) -> None:
        for token in self._report.doc:
            if token.pos_ != "VERB" and token.lemma_ not in ("do", "have"):
                continue
            if token.lemma_ in ("confirm", "admit", "acknowledge") and _of_load(token):
                self._confirm(token, drafts)
            elif (verb := echoed(token)) is not None and is_cue(verb, "allege"):
                self._join(token, verb, drafts)
            elif not negated(token) and (_repeats(token) or _calls_true(token)):
                self._endorse(token, drafts)

    def _confirm(self, verb: Token, drafts: list[Draft]) -> None:
        """ "X confirmed the delivery": what the report told in its own voice is what X says."""
        sentence = self._discourse.sentence(verb.idx)
        draft = next((d for d in reversed(drafts) if 0 <= sentence - max(d.evidence) <= _REACH), None)
        sources = self._ties.expand(self._attributor.sources_of(verb))
        if draft is not None and sources and not draft.take("accuser"):
            draft.put("accuser", sources)
            draft.status = Status.ALLEGED if draft.status == Status.ASSERTED else draft.status
            draft.evidence.add(sentence)

    def _join(self, token: Token, verb: Token, drafts: list[Draft]) -> None:
        """ "X accused Z of it, as did Y": Y accuses as X does."""
        sentence = self._discourse.sentence(verb.idx)
        draft = next((d for d in reversed(drafts) if d.sentence == sentence and d.cue.start > verb.idx), None)
        if draft is not None and draft.take("accuser"):
            sources = self._ties.expand(self._attributor.sources_of(token))
            draft.put("accuser", [s for s in sources if s.entity not in draft.refs("accused")])

    def _endorse(self, verb: Token, drafts: list[Draft]) -> None:
        """Who repeats "the charge" that was told last, or calls it true, is one more accuser."""
        if not any(_is_the_claim(t) for t in undergoers(verb)):
            return
        sentence = self._discourse.sentence(verb.idx)
        told = [d for d in drafts if min(d.evidence) <= sentence]
        draft = told[-1] if told else None
        reach = _NAMED_REACH if any(_is_charge(t) for t in undergoers(verb)) else _REACH
        if draft is None or sentence - max(i for i in draft.evidence if i <= sentence) > reach:
            return
        if draft.take("accuser"):
            draft.put("accuser", list(self._backers(verb, draft)))
            draft.evidence.add(sentence)

    def _backers(self, verb: Token, draft: Draft) -> Iterator[Slot]:
        """Who stands by a claim, whom it accuses and who denies it left out."""
        speakers = self._attributor.speakers
        barred = draft.refs("accused") | draft.refs("supplier") | draft.refs("denied_by")
        for slot in self._ties.expand(s for t in doers(verb) for s in speakers.of(t)):
            if slot.entity not in barred:
                yield slot


def _repeats(verb: Token) -> bool:
    """ "Repeated the charge", "has backed that account", "the claim is shared by X"."""
    return verb.lemma_ in wordset("repeating")


def _calls_true(verb: Token) -> bool:
    """ "Called the accusations credible", "found the charge well-founded"."""
    if verb.lemma_ not in wordset("calling") | {"find", "consider", "deem", "judge"}:
        return False
    words = [d for t in (verb, *undergoers(verb)) for c in t.children for d in (c, *c.children)]
    doubted = ("not", "hardly", "scarcely", "less")
    return any(
        t.lower_ in wordset("credible") and not any(c.lower_ in doubted for c in t.children) for t in words
    )


def _is_the_claim(thing: Token) -> bool:
    return thing.lemma_.lower() in wordset("the claim") and any(c.lower_ in _DEFINITE for c in thing.children)


def _is_charge(thing: Token) -> bool:
    """ "The accusations", "that claim": what cannot be taken for any report or story."""
    return thing.lemma_.lower() in ("accusation", "allegation", "charge", "claim")


def _of_load(verb: Token) -> bool:
    things = [c for c in verb.children if c.dep_ == "dobj"]
    return any(
        t.lower_ in ("it", "this", "that") or is_cue(t, "supply", "carry", "cargo", "acquire") for t in things
    )
