"""When an act is said to have happened: the date that hangs on its own words, not on those of who tells
it.
"""

from __future__ import annotations

from bisect import bisect_left

from spacy.tokens import Token

from tailgraph.graph.model import DateInterval
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.cues import is_cue, word_class


class Calendar:
    def __init__(self, report: Annotated) -> None:
        self._report = report
        self._dated = [(d.start, d.end, d.interval) for d in report.dates if d.interval is not None]
        self._starts = [start for start, _, _ in self._dated]

    def event(self, cue: Token, path: list[Token]) -> DateInterval | None:
        """The interval of the first date of the sentence that depends on the cue or on the weapon."""
        sentence = cue.sent
        words = {cue.i, *(t.i for t in path)}
        first, last = (bisect_left(self._starts, o) for o in (sentence.start_char, sentence.end_char))
        for start, end, interval in self._dated[first:last]:
            span = self._report.doc.char_span(start, end, alignment_mode="expand")
            if span is not None and _belongs(span.root, words):
                return interval
        return None


def _belongs(date: Token, words: set[int]) -> bool:
    for above in (date, *date.ancestors):
        if above.i in words:
            return True
        if word_class(above) == "verb" and is_cue(above, "say", "allege", "deny", "suspect", "designate"):
            return False
    return False


def apart(first: DateInterval | None, second: DateInterval | None) -> bool:
    """Whether two intervals are both told and share no day."""
    if first is None or second is None:
        return False
    return _before(first, second) or _before(second, first)


def _before(first: DateInterval, second: DateInterval) -> bool:
    return first.latest is not None and second.earliest is not None and first.latest < second.earliest
