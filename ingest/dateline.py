"""The day on which a plain text or a PDF file says, in a line of its own at its head, that it came out.

Only what cannot be the day of an event is taken: a line that calls itself the day of publication, one that
names a periodical and a day, or a bare day that is the only such line of the text (a chronology has many).
Numbers alone (12.09.2023) leave open which is the month, and a headline may end with the day it tells of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from tailgraph.ingest import front_matter

_HEAD = 3
_DAY = (r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
        r"(?P<day>\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8} \d{4}|[A-Z][a-z]{2,8} \d{1,2}, \d{4})")
_BARE = re.compile(_DAY)
_CALLED = re.compile(rf"(?i:published|publication date|date of publication|issued)(?i: on)?:? {_DAY}")
_PERIODICAL = re.compile(r"(?:[^\W\d_][\w'’&.-]* ){0,5}"
                         r"(?:Bulletin|Newsletter|Gazette|Herald|Tribune|Times|Daily|Weekly|Monitor|News|Wire)"
                         rf"(?:,| [-–—|·]) {_DAY}")


def find(lines: Sequence[str]) -> tuple[date, str] | None:
    """The day and the line that states it, from a text's lines; None where there is none or there are two."""
    rows = [row for line in lines if (row := line.strip())]
    found = {day: row for row in rows[:_HEAD] if (day := _stated(row, rows))}
    return next(iter(found.items())) if len(found) == 1 else None


def _stated(row: str, rows: Sequence[str]) -> date | None:
    match = _CALLED.fullmatch(row) or _PERIODICAL.fullmatch(row)
    if not match and (match := _BARE.fullmatch(row)) and sum(map(bool, map(_BARE.fullmatch, rows))) > 1:
        return None
    return front_matter.day(match["day"]) if match else None
