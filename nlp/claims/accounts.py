"""Where somebody's account goes on in sentences of their own, without a word of saying.

"The service said that X had sold rockets. It had also handed over mortars.": what such a sentence tells is
still said by the service, and no fact of the report's.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from tailgraph.graph.model import EntityRef, Status
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.attribution import Attributor
from tailgraph.nlp.claims.cues import is_cue, wordset
from tailgraph.nlp.claims.discourse import Discourse
from tailgraph.nlp.claims.draft import Draft
from tailgraph.nlp.claims.syntax import doers

_DOERS = ("accused", "supplier", "carrier")
# How many sentences an account may go on.
_REACH = 2


class Accounts:
    def __init__(self, report: Annotated, discourse: Discourse, attributor: Attributor) -> None:
        self._report, self._discourse, self._attributor = report, discourse, attributor

    def apply(self, drafts: list[Draft]) -> None:
        last: Draft | None = None
        for draft in drafts:
            self._spoken(draft)
            self._by_paper(draft)
            if last is not None and draft.status == Status.ASSERTED and self._same_load(last, draft):
                draft.status = last.status
            elif last is not None and draft.status == Status.ASSERTED and self._goes_on(last, draft):
                draft.status = last.status
                draft.put("accuser", [s for s in last.take("accuser") if s.entity not in _named(draft)])
            last = None if draft.status == Status.ASSERTED else draft

    def _same_load(self, last: Draft, draft: Draft) -> bool:
        """ "X sent rifles, a court found. The goods were flown on to Z": what becomes of a load that is only
        alleged is no fact, though it may be the report that tells it."""
        here, there = (self._discourse.paragraph(d.cue.start).index for d in (draft, last))
        near = here == there and 0 < draft.sentence - last.sentence <= 1
        return near and draft.rule.endswith("-anaphor") and bool(draft.refs("weapons") & last.refs("weapons"))

    def _goes_on(self, last: Draft, draft: Draft) -> bool:
        if draft.take("accuser") or not 0 < draft.sentence - last.sentence <= _REACH:
            return False
        here, there = (self._discourse.paragraph(d.cue.start).index for d in (draft, last))
        if here != there or last.refs("accuser") & _named(last):
            return False
        cue = self._cue(draft)
        if cue is None:
            return False
        pronoun = any(t.lower_ in ("he", "she", "it", "they") for t in doers(cue))
        same = bool(_doing(draft) & _doing(last))
        return (pronoun or same) and (pronoun or _before_told(cue) or _adds(cue))

    def _spoken(self, draft: Draft) -> None:
        """ "'They flew at night,' X said. Y had also delivered mortars.": an act told from the point of view
        of who spoke just before."""
        if draft.status != Status.ASSERTED or draft.take("accuser"):
            return
        cue = self._cue(draft)
        verb = self._said_before(cue) if cue is not None and _before_told(cue) else None
        sources = self._attributor.named_sources(verb) if verb is not None else []
        if sources and not {s.entity for s in sources} & _named(draft):
            draft.status = Status.ALLEGED
            draft.put("accuser", sources)

    def _by_paper(self, draft: Draft) -> None:
        """ "According to the report, X is to blame. X handed over rifles.": still the report's word."""
        cue = self._cue(draft) if draft.status == Status.ASSERTED and not draft.take("accuser") else None
        if cue is None:
            return
        for sentence in self._before(cue):
            if next((t for t in sentence if not t.is_space), sentence[0]).lower_ == "according":
                told = self._attributor.of(sentence.root)
                draft.status = Status.ALLEGED
                draft.put("accuser", [s for s in told.sources if s.entity not in _named(draft)])
                return

    def _before(self, cue: Token) -> Iterator[Span]:
        """The few sentences before, in the same paragraph, the nearest first."""
        start = self._discourse.paragraph(cue.idx).start
        sentence = cue.sent
        for _ in range(_REACH):
            if sentence.start == 0 or sentence.start_char <= start:
                return
            sentence = cue.doc[sentence.start - 1].sent
            yield sentence

    def _said_before(self, cue: Token) -> Token | None:
        """The verb of saying that governs one of the sentences before, the nearest, in the same paragraph."""
        start = self._discourse.paragraph(cue.idx).start
        for sentence in self._before(cue):
            root = sentence.root
            spoken = root.pos_ == "VERB" and is_cue(root, "say") and root.tag_ in ("VBD", "VBZ", "VBP")
            if spoken and root.idx >= start:
                return root
        return None

    def _cue(self, draft: Draft) -> Token | None:
        span = self._report.doc.char_span(draft.cue.start, draft.cue.end, alignment_mode="expand")
        return span.root if span is not None else None


def _doing(draft: Draft) -> set[EntityRef]:
    return {ref for slot in _DOERS for ref in draft.refs(slot)}


def _named(draft: Draft) -> set[EntityRef]:
    return _doing(draft) | draft.refs("recipient")


def _before_told(cue: Token) -> bool:
    """ "Had handed over": an act told from the point of view of who spoke."""
    return cue.tag_ == "VBN" and any(
        c.dep_ == "aux" and c.lower_ in ("had", "'d", "’d") for c in cue.children
    )


def _adds(cue: Token) -> bool:
    """ "Also handed over", "in addition sold", "has since delivered"."""
    return any(t.lower_ in wordset("adding") for t in cue.sent)
