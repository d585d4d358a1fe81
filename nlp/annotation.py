"""What the steps of the language side hand to each other: a parsed report and the entities found in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from tailgraph.graph.model import Document, Entity, EntityRef, Kind, Mention, Passage
from tailgraph.nlp import dates
from tailgraph.nlp.datelines import Datelines


@dataclass(frozen=True)
class Annotated:
    """A report after parsing, entity finding and coreference; what the claim finders read.

    `doc` is one spaCy Doc over `document.content`, so `token.idx` is an offset of the report.
    `references` maps the index of a token that heads a definite description or pronoun ("the cargo plane",
    "the unit", "it", "both aircraft") to what it refers to; named mentions are not repeated there.
    """

    document: Document
    doc: Doc
    passages: tuple[Passage, ...]
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    references: Mapping[int, tuple[EntityRef, ...]] = field(default_factory=dict)

    @cached_property
    def dates(self) -> tuple[dates.DateMention, ...]:
        """The dates that the report names, resolved against its day of publication; in order."""
        return dates.find(self.doc, self.document.published)

    @cached_property
    def datelines(self) -> Datelines:
        return Datelines(self.document.content)

    @cached_property
    def _by_ref(self) -> dict[EntityRef, Entity]:
        return {entity.ref: entity for entity in self.entities}

    @cached_property
    def _by_token(self) -> dict[int, Mention]:
        found: dict[int, Mention] = {}
        for mention in self.mentions:
            span = self.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            for token in span or ():
                found.setdefault(token.i, mention)
        return found

    def entity(self, ref: EntityRef) -> Entity:
        return self._by_ref[ref]

    def mention_at(self, token: Token) -> Mention | None:
        """The mention that this token is part of."""
        return self._by_token.get(token.i)

    def dated(self, token: Token) -> bool:
        """Whether this token is part of a date: "8" of "on 7 and 8 January aircraft flew" counts nothing."""
        place = bisect_right(self.dates, token.idx, key=lambda when: when.start) - 1
        return place >= 0 and token.idx < self.dates[place].end

    def mentions_in(self, span: Span | Token, *kinds: Kind) -> Iterator[Mention]:
        """Mentions that start inside `span`, in order; only of `kinds` where some are named."""
        start = span.idx if isinstance(span, Token) else span.start_char
        end = start + len(span.text)
        first = bisect_left(self.mentions, start, key=lambda mention: mention.start)
        for place in range(first, len(self.mentions)):
            mention = self.mentions[place]
            if mention.start >= end:
                break
            if not kinds or mention.entity.kind in kinds:
                yield mention

    def refers_to(self, token: Token) -> tuple[EntityRef, ...]:
        """What this token names or stands for: the entity of its mention, else of its reference, else ()."""
        mention = self.mention_at(token)
        return (mention.entity,) if mention else self.references.get(token.i, ())
