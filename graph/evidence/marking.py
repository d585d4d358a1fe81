"""Sentences with the words marked that something was read from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from tailgraph.graph.model import Record


class Mark(Record):
    """A stretch of a document's content and what it was read as. Both ends may be unknown."""

    role: str
    number: int | None = None
    """Number of the filler that stands there; None for the words that show a claim."""
    start: int | None = None
    end: int | None = None


class Stretch(Record):
    """A piece of a sentence over which the same marks lie."""

    text: str
    marks: tuple[Mark, ...] = ()


def stretches(text: str, offset: int, marks: Iterable[Mark]) -> tuple[Stretch, ...]:
    """`text`, which begins at `offset` of the content, cut where a mark begins or ends.

    Put together again the pieces are `text`, whatever the marks: those outside of it and those without
    words are left out, those that reach beyond it are cut.
    """
    inside = [mark for mark in marks if _overlaps(mark, offset, offset + len(text))]
    cuts = sorted({0, len(text), *(
        min(max(edge - offset, 0), len(text)) for mark in inside for edge in (mark.start, mark.end)
        if edge is not None)})
    return tuple(_stretch(text, offset, start, end, inside) for start, end in pairwise(cuts))


def _stretch(text: str, offset: int, start: int, end: int, marks: Sequence[Mark]) -> Stretch:
    over = tuple(mark for mark in marks if _overlaps(mark, offset + start, offset + end))
    return Stretch(text=text[start:end], marks=over)


def _overlaps(mark: Mark, start: int, end: int) -> bool:
    if mark.start is None or mark.end is None or mark.start >= mark.end:
        return False
    return max(mark.start, start) < min(mark.end, end)
