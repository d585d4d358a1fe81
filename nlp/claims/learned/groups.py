"""The weapons of a sentence and the parties around them, whether a standing claim speaks of them or none."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Token

from tailgraph.graph.model import EntityRef, Kind, Mention, Slot, Span
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.acts import weapons
from tailgraph.nlp.claims.draft import Draft
from tailgraph.nlp.claims.learned import features
from tailgraph.nlp.claims.slots import head_of, slot_of

PARTIES = (
    Kind.COUNTRY,
    Kind.ORGANIZATION,
    Kind.OPERATOR,
    Kind.PERSON,
    Kind.AIRCRAFT,
    Kind.AIRCRAFT_TYPE,
)
# How many sentences before and after the weapons a party is looked for in.
_REACH = 2


@dataclass(frozen=True)
class Party:
    """A party near weapons, where it stands nearest, by what token, and the features of all its mentions
    there."""

    slot: Slot
    head: Token
    features: frozenset[str]


@dataclass(frozen=True)
class Group:
    """Weapons of one sentence: their mentions, the tokens that head these, and what holds of them."""

    sentence: int
    weapons: tuple[Mention, ...]
    heads: tuple[Token, ...]
    features: frozenset[str]
    parties: tuple[Party, ...]


class Groups:
    def __init__(self, report: Annotated) -> None:
        self._report = report
        self._starts = [passage.start for passage in report.passages]

    @cached_property
    def _near(self) -> dict[int, list[tuple[Token, Slot]]]:
        """The parties of each sentence; only a report that leaves weapons has need of them."""
        found: dict[int, list[tuple[Token, Slot]]] = defaultdict(list)
        for mention in self._report.mentions:
            head = head_of(self._report, mention) if mention.entity.kind in PARTIES else None
            if head is not None:
                found[self._sentence(head.idx)].append((head, slot_of(mention)))
        for index, refs in self._report.references.items():
            token = self._report.doc[index]
            span = Span(start=token.idx, end=token.idx + len(token.text))
            meant = [(token, Slot(entity=ref, span=span)) for ref in refs if ref.kind in PARTIES]
            found[self._sentence(token.idx)] += meant
        return found

    def loose(self, standing: Sequence[Draft], governed: Iterable[Mention]) -> list[Group]:
        """The weapons that no standing claim speaks of, in order of their sentences, without those that a
        word of the lexicons governs (`governed`)."""
        spoken = {
            (ref, sentence)
            for draft in standing
            for ref in draft.refs("weapons")
            for sentence in draft.evidence
        }
        taken = {mention.start for mention in governed}
        found = self._by_sentence(lambda m, n: m.start not in taken and (m.entity, n) not in spoken)
        claimed = frozenset(ref for draft in standing for ref in draft.refs("weapons"))
        told = sorted({sentence for draft in standing for sentence in draft.evidence})
        groups = []
        for sentence, pairs in found:
            beside = {f"claim {_away(sentence, told)} away"}
            if any(mention.entity in claimed for mention, _ in pairs):
                beside.add("claimed elsewhere")
            groups.append(self._gathered(sentence, pairs, beside))
        return groups

    def spoken(self, draft: Draft) -> list[Group]:
        """The weapons that a claim speaks of, by sentence."""
        refs, none = draft.refs("weapons"), {f"claim {_away(0, ())} away"}
        found = self._by_sentence(lambda m, n: m.entity in refs and n in draft.evidence)
        return [self._gathered(sentence, pairs, none) for sentence, pairs in found]

    def _by_sentence(
        self, wanted: Callable[[Mention, int], bool]
    ) -> list[tuple[int, list[tuple[Mention, Token]]]]:
        """The wanted weapons with the tokens that head them, by sentence; `wanted` is told its index."""
        found: dict[int, list[tuple[Mention, Token]]] = defaultdict(list)
        for mention in weapons(self._report):
            sentence = self._sentence(mention.start)
            head = head_of(self._report, mention) if wanted(mention, sentence) else None
            if head is not None:
                found[sentence].append((mention, head))
        return sorted(found.items())

    def _gathered(
        self, sentence: int, pairs: Sequence[tuple[Mention, Token]], beside: Iterable[str]
    ) -> Group:
        mentions, heads = zip(*pairs, strict=True)
        near = {n: list(self._near.get(n, ())) for n in range(sentence - _REACH, sentence + _REACH + 1)}
        seen = features.of_weapons(heads, sorted({str(self._report.entity(m.entity).key) for m in mentions}))
        seen.update(beside)
        for kind in PARTIES:
            count = len({slot.entity for _, slot in near[sentence] if slot.entity.kind == kind})
            seen.add(f"{min(count, 3)} {kind}")
        return Group(sentence, mentions, heads, frozenset(seen), self._parties(sentence, heads, near))

    def _parties(
        self, sentence: int, heads: Sequence[Token], near: dict[int, list[tuple[Token, Slot]]]
    ) -> tuple[Party, ...]:
        seen: dict[EntityRef, set[str]] = {}
        nearest: dict[EntityRef, tuple[Slot, Token]] = {}
        for number in sorted(near, key=lambda n: abs(n - sentence)):
            for token, slot in near[number]:
                ref = slot.entity
                told = features.of_party(token, ref.kind, heads, self._where(token, number - sentence))
                seen.setdefault(ref, {"always", f"kind {ref.kind}"}).update(told)
                nearest.setdefault(ref, (slot, token))
        return tuple(Party(*where, frozenset(seen[ref])) for ref, where in nearest.items())

    def _where(self, token: Token, away: int) -> str:
        if token.idx < len(self._report.document.title):
            return "title"
        return {0: "same", -1: "previous", 1: "next"}.get(away, "before" if away < 0 else "after")

    def _sentence(self, offset: int) -> int:
        return max(bisect_right(self._starts, offset) - 1, 0)


def _away(sentence: int, told: Sequence[int]) -> str:
    """How many sentences away the nearest that tells a claim is (`told`, sorted): up to 3, or none."""
    place = bisect_right(told, sentence)
    near = [abs(sentence - other) for other in told[max(place - 1, 0) : place + 1]]
    return str(min(3, *near)) if near else "none"
