"""Who says it in a headline that has no verb of saying: "U.S.: Iran sent drones", "Chad sold arms - UN"."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from spacy.tokens import Token

from tailgraph.graph.model import Kind, Mention, Slot
from tailgraph.graph.reference import tables
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.cues import wordset
from tailgraph.nlp.claims.discourse import Discourse, Paragraph
from tailgraph.nlp.claims.slots import PARTIES, slot_of

_ENDS = ".!?…;:,"
_CLOSING = " \"'”’)*_"
_LONGEST = 25
_BEFORE = re.compile(r"[^\n:]{2,50}?:\s")
_AFTER = re.compile(r"(?:\s[-–—]{1,2}|:)\s+(?=[^\n:–—]{2,50}$)")
_SMALL = frozenset(["the", "and", "a", "an", "of", "in"])


class Headlines:
    def __init__(self, report: Annotated, discourse: Discourse) -> None:
        self._report, self._discourse = report, discourse

    def source(self, cue: Token) -> tuple[list[Slot], bool]:
        """Who says what a headline tells, and whether anybody does: ([], True) for "Officials: …"."""
        paragraph = self._discourse.paragraph(cue.idx)
        if not _is_headline(paragraph):
            return [], False
        return self._before(paragraph, cue) or self._after(paragraph, cue) or ([], False)

    def _before(self, paragraph: Paragraph, cue: Token) -> tuple[list[Slot], bool] | None:
        opening = _BEFORE.match(paragraph.text)
        if opening is None or paragraph.start + opening.end() > cue.idx:
            return None
        start, end = paragraph.start, paragraph.start + opening.end() - 2
        # "Sudan: …" is what a headline is about, "Khartoum: …" or "U.S.: …" who speaks.
        return self._speaking(start, end, lambda m: m.entity.kind != Kind.COUNTRY or not _is_topic(m.text))

    def _after(self, paragraph: Paragraph, cue: Token) -> tuple[list[Slot], bool] | None:
        closing = list(_AFTER.finditer(paragraph.text.rstrip()))
        if not closing or paragraph.start + closing[-1].start() < cue.idx:
            return None
        start = paragraph.start + closing[-1].end()
        return self._speaking(start, paragraph.start + len(paragraph.text.rstrip()), lambda m: True)

    def _speaking(
        self, start: int, end: int, fits: Callable[[Mention], bool]
    ) -> tuple[list[Slot], bool] | None:
        """The parties that make up a stretch of text all but for small words; or nobody, where it names
        people or papers without a name."""
        named = self._discourse.between(start, end, *PARTIES)
        content = self._report.document.content
        rest = content[start:end]
        for mention in named:
            rest = rest.replace(content[mention.start : mention.end], " ", 1)
        words = [w.lower() for w in re.findall(r"[\w.]+", rest) if w.lower() not in _SMALL]
        if named and not words and all(fits(m) for m in named):
            return [slot_of(m) for m in named], True
        plain = [re.sub(r"s$", "", w) for w in words]
        if words and not named and all(w in wordset("sources") | wordset("papers") for w in plain):
            return [], True
        return None


def _is_headline(paragraph: Paragraph) -> bool:
    """A line that ends without a stop, and is no longer than a line may be."""
    text = paragraph.text.rstrip(_CLOSING + "\n")
    return bool(text) and text[-1] not in _ENDS and len(text.split()) <= _LONGEST and "\n" not in text


def _is_topic(name: str) -> bool:
    """Whether a state is called by its full name, as nobody calls it who lets it speak in a headline."""
    return name in _full_names()


@cache
def _full_names() -> frozenset[str]:
    found: set[str] = set()
    for row in tables.rows("countries"):
        for column in ("name", "names", "former"):
            found.update(filter(None, row[column].split("|")))
    return frozenset(found)
