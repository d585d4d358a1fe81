"""The state behind a body: "Algerian Air Force" and "embassy of Sudan" name a country, too.

Armed groups and parties that carry a country in their name ("Libyan National Army") do not act for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tailgraph.graph.model import Kind
from tailgraph.nlp.candidates import Candidate, View

_OF_THE_STATE = re.compile(
    r"\b(?:air force|aerospace forces?|ministry|department|armed forces|army|navy|military|embassy|mission|government|"
    r"parliament|treasury|intelligence|command|attorney|consulate|coast guard|border guard|general staff|secretariat|"
    r"authority|regulator|office|agency|police|customs|congress|senate|joint chiefs)\b", re.IGNORECASE)
_PARTISAN = re.compile(
    r"\b(?:national|arab|patriotic|people's|people’s|liberation|free|democratic|islamic|revolutionary|resistance|rapid|"
    r"popular|united|salvation|transitional|support)\b", re.IGNORECASE)


def behind(view: View, chosen: Sequence[Candidate], known: Sequence[Candidate]) -> Iterator[Candidate]:
    """Country candidates inside the names of state bodies among `chosen`."""
    bodies = [c for c in chosen if c.kind in (Kind.ORGANIZATION, Kind.OPERATOR)]
    countries = sorted((c for c in known if c.kind is Kind.COUNTRY), key=lambda c: c.start)
    place = 0
    for body in bodies:
        while place < len(countries) and countries[place].start < body.start:
            place += 1
        inside = place
        while inside < len(countries) and countries[inside].end <= body.end:
            if _acts_for(view, body, countries[inside]):
                yield countries[inside]
            inside += 1


def _acts_for(view: View, body: Candidate, country: Candidate) -> bool:
    rest = view.content[body.start:country.start] + " " + view.content[country.end:body.end]
    if country.length >= body.length:
        return False
    at_edge = country.start == body.start or country.end == body.end
    return at_edge and bool(_OF_THE_STATE.search(rest)) and not _PARTISAN.search(rest)
