"""Stretches of text that may name something, and how they are chosen among where they overlap."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from tailgraph.graph.model import Kind
from tailgraph.nlp.lexicon import Segment, segments

_MARK = re.compile(r"[A-Z0-9]{1,3}-?[A-Z0-9]{2,5}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A named stretch (half-open character offsets). `rank` decides between overlapping ones."""

    start: int
    end: int
    kind: Kind
    id: str
    key: str | None
    name: str
    method: str
    confidence: float
    rank: int = 0
    role: str = ""
    country: str | None = None
    variants: tuple[str, ...] = ()
    """Further surface forms inside the stretch: "KN-23" in "KN-23 ballistic missiles"."""

    @property
    def length(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Candidate) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass
class View:
    """A parsed report with the look-ups that every finder needs."""

    content: str
    doc: Doc
    title_end: int = 0
    publisher: str | None = None
    located: frozenset[int] = frozenset()
    """Tokens of the names of countries and places."""
    states: frozenset[int] = frozenset()
    """Tokens of the names of states, those that are adjectives left out."""
    fields: frozenset[int] = frozenset()
    """Tokens of the names of airports that the lexicon knows."""
    demonyms: frozenset[int] = frozenset()
    """Tokens of adjectives and names of peoples."""

    @cached_property
    def runs(self) -> list[Segment]:
        return segments(self.content)

    @cached_property
    def small_words(self) -> frozenset[str]:
        """The words that the report uses in small letters."""
        return frozenset(token.text for token in self.doc if token.is_lower)

    @cached_property
    def marks(self) -> frozenset[str]:
        """Every stretch that may be a registration."""
        return frozenset(_MARK.findall(self.content))

    @cached_property
    def run_starts(self) -> list[int]:
        return [run.start for run in self.runs]

    @cached_property
    def _starts(self) -> list[int]:
        return [token.idx for token in self.doc]

    def token_at(self, offset: int) -> Token:
        """The token that holds the character, or the last one before it."""
        return self.doc[max(bisect_right(self._starts, offset) - 1, 0)]

    def span(self, start: int, end: int) -> Span:
        """The tokens that the characters touch."""
        first = self.token_at(start).i
        return self.doc[first : max(bisect_left(self._starts, end), first + 1)]

    def text(self, candidate: Candidate) -> str:
        return self.content[candidate.start : candidate.end]

    def in_title(self, offset: int) -> bool:
        return offset < self.title_end


def choose(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The best candidates that do not overlap: by rank, then length, then confidence; in text order."""
    chosen: list[Candidate] = []
    starts: list[int] = []
    for candidate in sorted(
        candidates, key=lambda c: (-c.rank, -c.length, -c.confidence, c.start, c.kind, c.id)
    ):
        place = bisect_right(starts, candidate.start)
        before = chosen[place - 1] if place else None
        after = chosen[place] if place < len(chosen) else None
        if (before is None or before.end <= candidate.start) and (
            after is None or after.start >= candidate.end
        ):
            chosen.insert(place, candidate)
            starts.insert(place, candidate.start)
    return chosen


def relabel(candidate: Candidate, **changes: object) -> Candidate:
    return replace(candidate, **changes)  # type: ignore[arg-type]
