"""Which aircraft the talk is of: type, registration and operator that a report names together.

"A 747-200F of Iran's Qeshm Fars Air, reg EP-FAA" is one craft with three names; "the jet" and "it" later on
mean the craft spoken of last. Nothing spreads from a type to other airframes of that type.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from tailgraph.graph.model import EntityRef, Kind, Mention, Slot, Span
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.cues import wordset

CRAFT_KINDS = (Kind.AIRCRAFT, Kind.AIRCRAFT_TYPE, Kind.OPERATOR)
_SINGULAR = frozenset({"it"})
_MAX_GAP = 9
_CATAPHORA = 3


@dataclass
class Craft:
    """Aircraft that a report speaks of as one, or as one group."""

    plural: bool = False
    slots: dict[EntityRef, Slot] = field(default_factory=dict)

    def add(self, mention: Mention) -> None:
        self.slots.setdefault(mention.entity, slot_of(mention))
        named = sum(ref.kind == Kind.AIRCRAFT for ref in self.slots)
        self.plural = (
            self.plural
            or named > 1
            or (mention.entity.kind == Kind.AIRCRAFT_TYPE and mention.text.endswith("s"))
        )

    def has(self, kind: Kind) -> bool:
        return any(ref.kind == kind for ref in self.slots)


def slot_of(mention: Mention) -> Slot:
    return Slot(entity=mention.entity, span=Span(start=mention.start, end=mention.end))


class Crafts:
    """All craft of a report, and what a word refers to among them."""

    def __init__(self, report: Annotated) -> None:
        self._report = report
        self.all: list[Craft] = []
        self._by_mention: dict[int, Craft] = {}
        self._order: list[Mention] = []
        armed = {name for e in report.entities if e.kind == Kind.WEAPON for name in e.names}
        weapons = {
            range(m.start, m.end) for m in report.mentions if m.entity.kind == Kind.WEAPON or m.text in armed
        }
        for mention in report.mentions:
            if mention.entity.kind in CRAFT_KINDS and not any(mention.start in w for w in weapons):
                self._place(mention)

    # --- grouping
    def _place(self, mention: Mention) -> None:
        craft = self._adjoining(mention) or self._known(mention) or self._described(mention)
        if craft is None:
            craft = Craft()
            self.all.append(craft)
        craft.add(mention)
        self._by_mention[mention.start] = craft
        self._order.append(mention)

    def _adjoining(self, mention: Mention) -> Craft | None:
        """The craft named just before in the same sentence, with no verb of another act between."""
        if not self._order or self._order[-1].passage != mention.passage:
            return None
        last = self._order[-1]
        between = self._between(last, mention)
        if len(between) > _MAX_GAP or any(_parts(t) for t in between):
            return None
        craft = self._by_mention[last.start]
        if mention.entity in craft.slots:
            return craft
        kind = mention.entity.kind
        if craft.has(kind) and last.entity.kind != kind and not _lists(between):
            return None
        return craft

    def _between(self, first: Mention, second: Mention) -> list[Token]:
        span = self._report.doc.char_span(first.end, second.start, alignment_mode="contract")
        return list(span) if span is not None else []

    def _known(self, mention: Mention) -> Craft | None:
        """An airframe named before; an operator alone, or "the 747", means its craft named last."""
        token = self._root(mention)
        if mention.entity.kind == Kind.AIRCRAFT_TYPE and not (token is not None and _definite(token)):
            return None
        return next(
            (
                self._by_mention[m.start]
                for m in reversed(self._order)
                if mention.entity in self._by_mention[m.start].slots
            ),
            None,
        )

    def _described(self, mention: Mention) -> Craft | None:
        """ "The aircraft was a 707", "the jet was operated by X", "its operator, X", "only one, RF-1, …"."""
        token = self._root(mention)
        if token is None:
            return None
        for above in (token, *token.ancestors):
            if above.dep_ == "appos" and above.head.lower_ in wordset("picking"):
                return self._near(mention)
            if above.lower_ in ("all", "both", "each") and mention.entity.kind == Kind.OPERATOR:
                return self._near(mention)
            subject = next((c for c in above.children if c.dep_ in ("nsubj", "nsubjpass")), None)
            if above.pos_ in ("VERB", "AUX"):
                if (
                    subject is not None
                    and above.lemma_ in wordset("owning")
                    and token not in subject.subtree
                    and _anaphoric(subject)
                ):
                    return self.meant(subject)
                break
        if mention.entity.kind == Kind.OPERATOR and any(
            t.lower_ == "its" for t in (*token.subtree, *token.head.children)
        ):
            return self._near(mention) or self.before(mention.start)
        if mention.entity.kind == Kind.AIRCRAFT:
            craft = self._near(mention)
            return (
                craft
                if craft and craft.has(Kind.AIRCRAFT_TYPE) and craft.plural and not craft.has(Kind.AIRCRAFT)
                else None
            )
        return None

    def _near(self, mention: Mention) -> Craft | None:
        return self.before(mention.start, self._paragraph(mention.start))

    def _root(self, mention: Mention) -> Token | None:
        span: TokenSpan | None = self._report.doc.char_span(
            mention.start, mention.end, alignment_mode="expand"
        )
        return span.root if span is not None else None

    def _paragraph(self, offset: int) -> set[int]:
        content = self._report.document.content
        start = content.rfind("\n\n", 0, offset) + 1
        end = content.find("\n\n", offset)
        return {
            p.index for p in self._report.passages if start <= p.start < (end if end >= 0 else len(content))
        }

    # --- looking up
    def near(self, craft: Craft, offset: int, besides: int) -> bool:
        """Whether another name of this craft stands in the paragraph of `offset` or the one before."""
        content = self._report.document.content
        start = content.rfind("\n\n", 0, max(content.rfind("\n\n", 0, offset), 0)) + 1
        return any(
            start <= m.start < offset
            and m.start != besides
            and self._by_mention[m.start] is craft
            and m.entity.kind != Kind.OPERATOR
            for m in self._order
        )

    def at(self, mention: Mention) -> Craft | None:
        return self._by_mention.get(mention.start)

    def before(
        self, offset: int, sentences: Iterable[int] | None = None, plural: bool | None = None
    ) -> Craft | None:
        """The craft named last before `offset`, within `sentences` and of this number where they are given."""
        allowed = set(sentences) if sentences is not None else None
        for mention in reversed(self._order):
            craft = self._by_mention[mention.start]
            if mention.start < offset and (allowed is None or mention.passage in allowed):
                if plural is None or craft.plural == plural:
                    return craft
        return None

    def _after(self, token: Token) -> Craft | None:
        """The craft that the next sentences name, for a plane that is mentioned before it is named."""
        for mention in self._order:
            if mention.start > token.idx:
                sentence = next((p.index for p in reversed(self._report.passages) if p.start <= token.idx), 0)
                return self._by_mention[mention.start] if mention.passage - sentence <= _CATAPHORA else None
        return None

    def meant(self, token: Token) -> Craft | None:
        """What a noun like "jet" or a pronoun means: the craft named last, or next if none was yet."""
        lowered = token.lower_
        if token.lemma_.lower() not in wordset("craft") and lowered not in wordset("plurals") | _SINGULAR:
            return None
        plural = (
            lowered in wordset("plurals")
            or token.tag_ == "NNS"
            or any(c.lower_ in ("these", "those", "both", "two", "three") for c in token.children)
        )
        if lowered not in wordset("plurals") | _SINGULAR and not _definite(token):
            return None if self._order and self._order[0].start < token.idx else self._after(token)
        inside = self._paragraph(token.idx)
        return (
            self.before(token.idx, inside, plural) or self.before(token.idx, None, plural)
            if plural
            else self.before(token.idx, inside) or self.before(token.idx)
        )


def _definite(token: Token) -> bool:
    return any(
        c.lower_
        in ("the", "this", "that", "these", "those", "both", "same", "said", "its", "their", "two", "three")
        for c in token.children
    )


def _anaphoric(subject: Token) -> bool:
    if any(
        c.lower_ in ("only", "first", "last", "other", "second", "third", "next")
        or c.dep_ in ("acl", "relcl")
        for c in subject.children
    ):
        return False
    return subject.lower_ in wordset("plurals") | _SINGULAR or (
        subject.lemma_.lower() in wordset("craft") and _definite(subject)
    )


def _parts(token: Token) -> bool:
    if token.pos_ in ("VERB", "AUX"):
        return token.lemma_.lower() not in wordset("owning")
    return token.text in (";", ":") or (token.text in (".", "!", "?") and token.is_sent_end)


def _lists(between: list[Token]) -> bool:
    return all(
        t.lower_ in ("and", ",", "or", "the") or t.pos_ in ("ADJ", "PROPN", "NOUN", "PART", "PUNCT")
        for t in between
    )
