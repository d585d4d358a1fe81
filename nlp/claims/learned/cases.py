"""What the models judge: the weapons of a claim, or those of a sentence that rules leave, and the parties
around."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Token

from tailgraph.graph.model import EntityRef, Kind, Mention, Slot, Span
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.body_classes import class_of
from tailgraph.nlp.claims.acts import weapons
from tailgraph.nlp.claims.affiliation import Affiliations
from tailgraph.nlp.claims.cues import wordset
from tailgraph.nlp.claims.discourse import Discourse
from tailgraph.nlp.claims.draft import Draft
from tailgraph.nlp.claims.learned import features
from tailgraph.nlp.claims.learned.readings import Reading, Readings
from tailgraph.nlp.claims.slots import head_of, slot_of

PARTIES = (
    Kind.COUNTRY,
    Kind.ORGANIZATION,
    Kind.OPERATOR,
    Kind.PERSON,
    Kind.AIRCRAFT,
    Kind.AIRCRAFT_TYPE,
)
# How many sentences before and after the weapons a party is looked for in, and in how many sentences of a
# claim.
_REACH, _SENTENCES = 2, 8
_MANY = 4
# Kinds of bodies that their names tell where no lexicon lists them.
_NAMED = ("fighting bodies", "armies", "offices of states alone")
Held = list[tuple[Mention, Token]]


@dataclass(frozen=True)
class Party:
    """A party near weapons, where it stands nearest, and the features of all its mentions there."""

    slot: Slot
    features: frozenset[str]


@dataclass(frozen=True)
class Case:
    """Weapons that the claim of rules at place `claim` tells of, or those of a sentence that rules leave; by
    what word it may be told, what holds of them, and the parties around."""

    claim: int | None
    sentence: int
    weapons: tuple[Mention, ...]
    cue: Token
    features: frozenset[str]
    parties: tuple[Party, ...]


class Cases:
    def __init__(self, report: Annotated, ties: Affiliations, discourse: Discourse) -> None:
        self._report, self._ties, self._discourse = report, ties, discourse
        self._counts = Counter(mention.entity for mention in report.mentions)
        title = len(report.document.title)
        self._titled = {mention.entity for mention in report.mentions if mention.start < title}
        self._bodies: dict[EntityRef, str] = {}

    def gather(self, readings: Readings) -> list[Case]:
        """The cases of a report: those of its claims, then those that rules leave; `readings` says what rules
        made of each."""
        told = [
            self._case(place, self._told(draft), readings) for place, draft in enumerate(readings.drafts)
        ]
        loose = [
            self._case(None, {n: [pair for pair in held if readings.leaves(pair[0], n)]}, readings)
            for n, held in sorted(self._held.items())
        ]
        return [case for case in (*told, *loose) if case is not None]

    def _told(self, draft: Draft) -> dict[int, Held]:
        """The weapons of a claim by the sentences that tell it."""
        refs = draft.refs("weapons")
        near = sorted(draft.evidence, key=lambda n: abs(n - draft.sentence))[:_SENTENCES]
        return {n: [pair for pair in self._held.get(n, ()) if pair[0].entity in refs] for n in sorted(near)}

    @cached_property
    def _held(self) -> Mapping[int, Held]:
        """The weapons with the tokens that head them, by sentence."""
        found: dict[int, Held] = defaultdict(list)
        for mention in weapons(self._report):
            head = head_of(self._report, mention)
            if head is not None:
                found[self._discourse.sentence(mention.start)].append((mention, head))
        return found

    @cached_property
    def _around(self) -> Mapping[int, list[tuple[Token, Slot]]]:
        """The parties of each sentence, named or meant."""
        found: dict[int, list[tuple[Token, Slot]]] = defaultdict(list)
        for mention in self._report.mentions:
            head = head_of(self._report, mention) if mention.entity.kind in PARTIES else None
            if head is not None:
                found[self._discourse.sentence(mention.start)].append((head, slot_of(mention)))
        for index, refs in self._report.references.items():
            token = self._report.doc[index]
            span = Span(start=token.idx, end=token.idx + len(token.text))
            meant = [(token, Slot(entity=ref, span=span)) for ref in refs if ref.kind in PARTIES]
            found[self._discourse.sentence(token.idx)] += meant
        return found

    def _case(self, claim: int | None, by_sentence: Mapping[int, Held], readings: Readings) -> Case | None:
        pairs = [pair for held in by_sentence.values() for pair in held]
        if claim is None and not pairs:
            return None
        heads = {n: [head for _, head in held] for n, held in by_sentence.items()}
        reading = readings.of(claim, heads, {mention.entity for mention, _ in pairs})
        heads[reading.sentence] = heads[reading.sentence] or [reading.cue]
        kinds = sorted({str(self._report.entity(mention.entity).key) for mention, _ in pairs})
        seen = {feature for words in heads.values() if words for feature in features.of_weapons(words, kinds)}
        for kind in PARTIES:
            near = self._around.get(reading.sentence, ())
            seen.add(f"{min(len({slot.entity for _, slot in near if slot.entity.kind == kind}), 3)} {kind}")
        mentions = tuple(mention for mention, _ in pairs)
        return Case(
            claim,
            reading.sentence,
            mentions,
            reading.cue,
            frozenset(reading.of_weapons(seen, mentions)),
            tuple(self._parties(heads, reading)),
        )

    def _parties(self, heads: Mapping[int, Sequence[Token]], reading: Reading) -> Iterator[Party]:
        found: dict[EntityRef, tuple[Slot, Token]] = {}
        own: dict[EntityRef, set[str]] = {}
        for away in sorted(range(-_REACH, _REACH + 1), key=abs):
            for sentence, words in heads.items():
                for token, slot in self._around.get(sentence + away, ()) if words else ():
                    ref = slot.entity
                    found.setdefault(ref, (slot, token))
                    where = self._where(token, away)
                    seen = features.of_party(token, ref.kind, self._body(ref), words, where)
                    own.setdefault(ref, {"always", f"kind {ref.kind}", *self._standing(ref)}).update(seen)
        told = reading.of_parties({ref: token for ref, (_, token) in found.items()})
        for ref, (slot, _) in found.items():
            yield Party(slot, frozenset(own[ref] | told.pop(ref)))
        for ref, seen in told.items():
            yield Party(reading.slot(ref), frozenset({"always", f"kind {ref.kind}", "from afar", *seen}))

    def _where(self, token: Token, away: int) -> str:
        if token.idx < len(self._report.document.title):
            return "title"
        return {0: "same", -1: "previous", 1: "next"}.get(away, "before" if away < 0 else "after")

    def _standing(self, ref: EntityRef) -> Iterable[str]:
        """How much the report speaks of a party, and what kind of body it is."""
        yield f"{ref.kind} told {min(self._counts[ref], _MANY)}"
        yield f"{ref.kind} in title {ref in self._titled}"
        yield f"body {self._body(ref)}"

    def _body(self, ref: EntityRef) -> str:
        if ref not in self._bodies:
            self._bodies[ref] = f"{ref.kind} {self._listed(ref) or 'other'}"
        return self._bodies[ref]

    def _listed(self, ref: EntityRef) -> str | None:
        if ref.kind == Kind.PERSON:
            return "official" if self._ties.is_official(ref) else None
        if ref.kind != Kind.ORGANIZATION:
            return None
        entity = self._report.entity(ref)
        words = {word for name in entity.names for word in name.lower().split()}
        return class_of(entity) or next((name for name in _NAMED if words & wordset(name)), None)
