"""Datelines: where a report was filed, when, and for whom: "CARACAS, Jan 29 (Andes Wire) - ".

They open a paragraph and say nothing of what happened: their town is no destination, their day no event's,
their outlet nobody's accuser.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

_WORD = r"[A-Z][\w.'’]*(?:[-/][A-Z][\w.'’]*)*"
_NAME = rf"{_WORD}(?: (?:(?:de|of|and|el|al|es) )?{_WORD}){{0,3}}"
_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’]+(?:[ /-][A-ZÀ-Þ.'’]+){0,4}"
_DAY = r"(?:\d{1,2} )?[A-Z][a-z]{2,8}\.?(?: \d{1,2})?(?:,? \d{4})?"
_BRACKET = r"\([^()\n]{2,40}\)"
_DASH = r" ?(?:[–—]|--|- )[ \t]*"
_FORMS = (
    rf"{_CAPITALS}(?:, (?:{_NAME}|{_DAY})){{0,2}}(?: {_BRACKET})?",  # PORT SUDAN, Sudan (X) —
    rf"{_NAME}(?:, (?:{_NAME}|{_DAY})){{0,2}} {_BRACKET}",  # Geneva, 3 October (X) –
    rf"{_NAME}(?:, (?:{_NAME}|{_DAY})){{1,2}}(?= (?:[–—]|--))",  # Nairobi, Kenya –
    _BRACKET,  # (X) -
)
_DATELINE = re.compile(rf"^(?:{'|'.join(_FORMS)}){_DASH}", re.MULTILINE)


def spans(text: str) -> list[tuple[int, int]]:
    """Half-open character offsets of every dateline, its dash and the blanks behind it with it, in order."""
    return [match.span() for match in _DATELINE.finditer(text)]


class Datelines:
    """The datelines of one text, to ask whether something stands in one."""

    def __init__(self, text: str) -> None:
        self._spans = spans(text)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(self._spans)

    def __contains__(self, offset: int) -> bool:
        place = bisect_right(self._spans, offset, key=lambda span: span[0]) - 1
        return place >= 0 and offset < self._spans[place][1]
