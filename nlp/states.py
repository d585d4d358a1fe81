"""The state behind a body: "Algerian Air Force" and "embassy of Sudan" name a country, too.

Armed groups and parties that carry a country in their name ("Libyan National Army") do not act for it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from tailgraph.graph.model import Kind
from tailgraph.nlp.candidates import Candidate, View
from tailgraph.nlp.lexicon import Lexicon

_OF_THE_STATE = re.compile(
    r"\b(?:air force|aerospace forces?|ministry|department|armed forces|army|navy|military|embassy|mission"
    r"|government|"
    r"parliament|treasury|intelligence|command|attorney|consulate|coast guard|border guard|general staff"
    r"|secretariat|"
    r"authority|regulator|office|agency|police|customs|congress|senate|joint chiefs)\b",
    re.IGNORECASE,
)
_PARTISAN = re.compile(
    r"\b(?:national|arab|patriotic|people's|people’s|liberation|free|democratic|islamic|revolutionary"
    r"|resistance|rapid|"
    r"popular|united|salvation|transitional|support)\b",
    re.IGNORECASE,
)


def behind(
    view: View, chosen: Sequence[Candidate], known: Sequence[Candidate], lexicon: Lexicon
) -> Iterator[Candidate]:
    """Country candidates inside the names of state bodies among `chosen`."""
    countries = {(c.start, c.end): c for c in known if c.kind is Kind.COUNTRY}
    for body in chosen:
        if body.kind not in (Kind.ORGANIZATION, Kind.OPERATOR) or not _OF_THE_STATE.search(view.text(body)):
            continue
        for start, end in _edges(view, body):
            country = countries.get((start, end)) or _named(view, lexicon, start, end)
            if country and _acts_for(view, body, country):
                yield country
                break


def _edges(view: View, body: Candidate) -> Iterator[tuple[int, int]]:
    """Stretches of up to four words at the beginning and at the end of a name, the longest first."""
    first, last = bisect_left(view.run_starts, body.start), bisect_left(view.run_starts, body.end)
    inside = view.runs[first:last]
    for length in range(min(4, len(inside) - 1), 0, -1):
        dotted = inside[length - 1].end < body.end and view.content[inside[length - 1].end] == "."
        yield inside[0].start, inside[length - 1].end + dotted
        yield inside[-length].start, inside[-1].end


def _named(view: View, lexicon: Lexicon, start: int, end: int) -> Candidate | None:
    sense = next((s for s in lexicon.senses(view.content[start:end]) if s.kind is Kind.COUNTRY), None)
    if sense is None or not view.content[start].isupper():
        return None
    return Candidate(
        start,
        end,
        Kind.COUNTRY,
        sense.id,
        sense.key,
        sense.name,
        "lexicon",
        0.85,
        role=sense.role,
        country=sense.country,
    )


def _acts_for(view: View, body: Candidate, country: Candidate) -> bool:
    rest = view.content[body.start : country.start] + " " + view.content[country.end : body.end]
    return bool(_OF_THE_STATE.search(rest)) and not _PARTISAN.search(rest)
