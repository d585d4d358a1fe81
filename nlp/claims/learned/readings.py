"""What the rules made of weapons and of the parties around them, as features: which claim speaks of them and
what part it gives to whom, who is said to say so, who denies something, and who speaks for whom.

The models learn from it where rules can be trusted, and what they are apt to miss.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from spacy.tokens import Token

from tailgraph.graph.model import EntityRef, Mention, Slot
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.affiliation import Affiliations
from tailgraph.nlp.claims.attribution import Attributor
from tailgraph.nlp.claims.denial_words import Denial
from tailgraph.nlp.claims.discourse import Discourse
from tailgraph.nlp.claims.draft import Draft
from tailgraph.nlp.claims.learned import features
from tailgraph.nlp.claims.rules import family

PARTS = ("accused", "supplier", "recipient", "target", "carrier", "accuser", "denied_by")
# How many sentences off a denial may be that is a party's mark, and a claim that is "elsewhere".
_REACH, _NEAR = 40, 3


class Readings:
    """What rules made of a report: its claims, the places of weapons of which they saw that nobody claims
    anything (`denied`) or that too little is told (`bare`), and the denials."""

    def __init__(
        self,
        report: Annotated,
        ties: Affiliations,
        attributor: Attributor,
        discourse: Discourse,
        drafts: Sequence[Draft],
        denied: Set[int],
        bare: Set[int],
        denials: Iterable[Denial],
    ) -> None:
        self.report, self.ties, self.attributor, self.discourse = report, ties, attributor, discourse
        self.drafts = drafts
        self._denied_weapons, self._bare = denied, bare
        self._denials = sorted(denials, key=lambda denial: denial.sentence)
        self._denied = [denial.sentence for denial in self._denials]
        self.claimed = frozenset(ref for draft in drafts for ref in draft.refs("weapons"))
        self._by_sentence: dict[int, list[Draft]] = defaultdict(list)
        for draft in drafts:
            for sentence in draft.evidence:
                self._by_sentence[sentence].append(draft)
        self._told = sorted(self._by_sentence)

    def of(
        self, claim: int | None, heads: Mapping[int, Sequence[Token]], weapons: set[EntityRef]
    ) -> Reading:
        """What rules made of `weapons`, which stand at `heads`: the claim at this place, or none."""
        draft = None if claim is None else self.drafts[claim]
        if draft is None:
            sentence = min(heads)
            return Reading(self, None, features.cue(heads[sentence][0]), sentence, tuple(heads), weapons)
        span = self.report.doc.char_span(draft.cue.start, draft.cue.end, alignment_mode="expand")
        if span is None:
            raise ValueError(f"the cue of {draft.rule} at {draft.cue} is outside the text")
        return Reading(self, draft, span[0], draft.sentence, tuple(heads), weapons)

    def leaves(self, weapon: Mention, sentence: int) -> bool:
        """Whether rules neither tell a claim of a weapon here nor saw that nobody makes one."""
        told = any(weapon.entity in draft.refs("weapons") for draft in self.at(sentence))
        return not told and weapon.start not in self._denied_weapons

    def is_bare(self, weapon: Mention) -> bool:
        return weapon.start in self._bare

    def at(self, sentence: int) -> list[Draft]:
        """The claims that are told in a sentence."""
        return self._by_sentence.get(sentence, [])

    def away(self, sentence: int) -> int:
        """How many sentences away the nearest is that tells a claim, up to `_NEAR`."""
        place = bisect_right(self._told, sentence)
        near = [abs(sentence - other) for other in self._told[max(place - 1, 0) : place + 1]]
        return min(_NEAR, *near) if near else _NEAR

    def denials(self, sentence: int) -> Sequence[Denial]:
        first = bisect_left(self._denied, sentence - _REACH)
        return self._denials[first : bisect_right(self._denied, sentence + _REACH)]


class Reading:
    """What rules made of weapons: the claim (`draft`, if any) that `cue` tells in `sentence`."""

    def __init__(
        self,
        readings: Readings,
        draft: Draft | None,
        cue: Token,
        sentence: int,
        sentences: Sequence[int],
        weapons: set[EntityRef],
    ) -> None:
        self._all, self._draft, self.cue, self.sentence = readings, draft, cue, sentence
        self._sentences, self._weapons = sentences, weapons
        self._attribution = readings.attributor.of(cue)
        self._quoted = {slot.entity for slot in readings.attributor.quoted(cue)}
        self._slots: dict[EntityRef, Slot] = {}

    def slot(self, ref: EntityRef) -> Slot:
        """Where a party of `of_parties` stands that is not near."""
        return self._slots.get(ref) or Slot(entity=ref)

    # --- the weapons
    def of_weapons(self, seen: set[str], weapons: Sequence[Mention]) -> set[str]:
        found = {*seen, *self._said()}
        draft = self._draft
        if draft is not None:
            found |= {f"told in {min(len(draft.evidence), 3)}", f"told {draft.action}"}
            found |= {f"told {draft.status}", f"told by {draft.rule}"}
            found |= {f"told {min(len(draft.refs(part)), 2)} {part}" for part in PARTS}
            found.add(f"told {draft.action} with {' '.join(part for part in PARTS if draft.refs(part))}")
            return found
        found.add(f"claim {self._all.away(self.sentence)} away")
        found.add("bare" if any(map(self._all.is_bare, weapons)) else "read by none")
        if self._weapons & self._all.claimed:
            found.add("claimed elsewhere")
        for other in self._all.at(self.sentence):
            found |= {"sentence claimed", f"beside {other.action}", f"beside by {family(other.rule)}"}
        return found

    def _said(self) -> Iterator[str]:
        said = self._attribution
        yield from (f"said {kind}" for kind in said.kinds)
        yield f"{min(len(said.sources), 2)} sources"
        yield f"denied {said.denied} unsaid {said.unsaid}"
        if self._quoted:
            yield "quoted"

    # --- the parties
    def of_parties(self, near: Mapping[EntityRef, Token]) -> dict[EntityRef, set[str]]:
        """The features of each party near (by the token that names it), and of those far off who deny
        something, or are said to speak, or speak for one who does."""
        found: dict[EntityRef, set[str]] = {ref: set() for ref in near}
        denying = self._speaking(found)
        self._tied(found, denying)
        paragraph = self._all.discourse.paragraph(self.cue.idx).index
        sources = {slot.entity for slot in self._attribution.sources}
        for ref, token in near.items():
            same = self._all.discourse.paragraph(token.idx).index == paragraph
            found[ref] |= {f"paragraph {same}", f"{ref.kind} paragraph {same}"}
            if ref not in sources:
                found[ref].add(f"none of {min(len(sources), 2)} sources")
            if self._draft is not None:
                found[ref].update(features.beside_cue(token, self.cue))
        for ref, seen in found.items():
            seen.update(self._parts(ref))
        return found

    def _speaking(self, found: dict[EntityRef, set[str]]) -> set[EntityRef]:
        """Adds what says who speaks; returns who denies something."""

        def add(slot: Slot, *seen: str) -> None:
            self._slots.setdefault(slot.entity, slot)
            found.setdefault(slot.entity, set()).update(seen)

        for slot in self._attribution.sources:
            add(slot, "source", f"source {slot.entity.kind}")
        for slot in self._attribution.deniers:
            add(slot, "denies it")
        for ref in self._quoted & set(found):
            found[ref].add("quoted source")
        denials = self._all.denials(self.sentence)
        for denial in denials:
            away = min((denial.sentence - sentence for sentence in self._sentences), key=abs)
            where = _where(away)
            for slot in denial.speakers:
                add(
                    slot,
                    f"denies {where}",
                    f"denies {slot.entity.kind} {where}",
                    f"denies {where} {denial.explicit} {denial.points}",
                    f"denies one of {min(len(denials), 3)} {where}",
                    f"denies about {bool(denial.about & self._weapons)}",
                )
        return {slot.entity for denial in denials for slot in denial.speakers}

    def _tied(self, found: dict[EntityRef, set[str]], denying: set[EntityRef]) -> None:
        """Who speaks for one that has a part, and for whom such a one speaks."""
        parts = {"source": {slot.entity for slot in self._attribution.sources}, "denier": denying}
        if self._draft is not None:
            parts |= {part: self._draft.refs(part) for part in PARTS}
        ties = {ref: {slot.entity for slot in self._all.ties.of(ref)} for ref in tuple(found)}
        for part, refs in parts.items():
            for ref in refs:
                for slot in self._all.ties.of(ref):
                    self._slots.setdefault(slot.entity, slot)
                    found.setdefault(slot.entity, set()).add(f"tied to {part}")
            for ref, served in ties.items():
                if not served.isdisjoint(refs):
                    found[ref].add(f"tie of {part}")

    def _parts(self, ref: EntityRef) -> Iterator[str]:
        """What part the claims of rules give to a party."""
        draft = self._draft
        if draft is None:
            yield "no rule"
            for other in self._all.at(self.sentence):
                yield from (f"beside in {part}" for part in PARTS if ref in other.refs(part))
            return
        has = [part for part in PARTS if ref in draft.refs(part)]
        for part in has:
            yield from (f"in {part}", f"in {part} {draft.action}", f"in {part} {ref.kind}")
            yield f"in {part} by {family(draft.rule)}"
        yield "in " + ("+".join(sorted(has)) or "none")
        for part in PARTS:
            count = min(len(draft.refs(part)), 2)
            yield f"{count} {part}"
            yield f"{'has' if part in has else 'not'} {part} of {count} {ref.kind}"


def _where(away: int) -> str:
    """How many sentences after the weapons a denial stands, roughly."""
    if away in (0, 1):
        return ("same", "next")[away]
    if 1 < away <= 4:
        return "soon"
    return "just before" if -2 <= away < 0 else "far"
