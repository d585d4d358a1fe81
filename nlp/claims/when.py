"""When an act is said to have happened: the date that hangs on its own words, not on those of who tells
it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, timedelta

from spacy.tokens import Span, Token

from tailgraph.graph.model import DateInterval
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.cues import is_cue, word_class

_YEAR = timedelta(days=365)


class Calendar:
    def __init__(self, report: Annotated) -> None:
        self._report = report
        self._dated = [(d.start, d.end, d.interval) for d in report.dates if d.interval is not None]
        self._starts = [start for start, _, _ in self._dated]

    def event(self, cue: Token, path: list[Token]) -> DateInterval | None:
        """The interval of the first date of the sentence that depends on the cue or on the weapon."""
        words = {cue.i, *(t.i for t in path)}
        return next((i for root, i in self._told_in(cue.sent) if _belongs(root, words)), None)

    def long_past(self, cue: Token) -> bool:
        """Whether the sentence of an act, else the one before it in its paragraph, tells of nothing but days
        more than a year before the report came out."""
        sentence, published = cue.sent, self._report.document.published
        above = {cue, sentence.root, *cue.ancestors}
        told = [i for root, i in self._told_in(sentence) if _verb_of(root) in above]
        if not told and sentence.start and "\n" not in cue.doc[sentence.start - 1].text:
            told = [i for _, i in self._told_in(cue.doc[sentence.start - 1].sent)]
        return bool(told) and published is not None and all(_ended(i, published - _YEAR) for i in told)

    def _told_in(self, sentence: Span) -> Iterator[tuple[Token, DateInterval]]:
        """The dates of a sentence, each with the word at its head."""
        first, last = (bisect_left(self._starts, o) for o in (sentence.start_char, sentence.end_char))
        for start, end, interval in self._dated[first:last]:
            span = self._report.doc.char_span(start, end, alignment_mode="expand")
            if span is not None:
                yield span.root, interval


def _verb_of(date: Token) -> Token:
    """The verb that a date hangs on."""
    return next((a for a in date.ancestors if a.pos_ in ("VERB", "AUX")), date.sent.root)


def goes_on(cue: Token) -> bool:
    """ "Sends weapons", "has been arming": what is said to be done still, and not to have been done once."""
    verbs = [cue, *(c for c in cue.children if c.dep_ in ("aux", "auxpass"))]
    lasting = any(v.lower_ == "been" for v in verbs) and cue.tag_ == "VBG"
    now = any(v.tag_ in ("VBZ", "VBP") for v in verbs) and cue.tag_ != "VBN"
    return cue.pos_ in ("VERB", "AUX") and (now or lasting)


def _ended(interval: DateInterval, day: date) -> bool:
    return interval.latest is not None and interval.latest < day


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
