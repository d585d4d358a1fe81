"""A location as names that stand together give it, how it stands to a movement, and what joins two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from tailgraph.graph.model import Endpoint, Kind, Slot

LOCATIONS = (Kind.AIRPORT, Kind.PLACE, Kind.COUNTRY)


class Relation(StrEnum):
    """How a location stands to the movement beside it."""

    FROM = "from"
    BETWEEN = "between"
    TO = "to"
    FOR = "for"
    AT = "at"
    VIA = "via"
    OBJECT = "object"
    NONE = "none"


DASH = re.compile(r"\s*(?:–|—|->|→|➔|>|-|/|\||\t)\s*")
ALSO = re.compile(
    r"\)?,?\s*(?:and|or|then|&)\s+(?:(?:also|on\s+to|finally|lastly|eventually)\s+)?(?:the\s+)?|\)?,\s*",
    re.IGNORECASE,
)
TO = re.compile(r"\)?,?\s+to\s+(?:the\s+)?", re.IGNORECASE)
# Times of departure and arrival in a log line: "Mehrabad 0110Z – Damascus 0325Z".
_TIMES = re.compile(r"\(?\b[0-2]?\d[:.]?[0-5]\d(?:Z|z|L|UTC)?\b\)?")
_INDICATOR = re.compile(r"[A-Z]{4}")


@dataclass(frozen=True)
class Location:
    """Names of one location that stand together, and their relation to what is before them."""

    start: int
    end: int
    first: int
    country: Slot | None
    place: Slot | None
    airport: Slot | None
    relation: Relation

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint(country=self.country, place=self.place, airport=self.airport)

    @property
    def exact(self) -> bool:
        return bool(self.place or self.airport)


def joined(found: tuple[Location, ...], text: str) -> Iterator[tuple[Location, Location]]:
    """Locations that a dash or "to" joins: "OPSN–UAAA", "Hmeimim to Benina"."""
    for left, right in pairwise(found):
        gap = _TIMES.sub(" ", text[left.end : right.start])
        if DASH.fullmatch(gap) or TO.fullmatch(gap) or (gap.isspace() and _codes(text, left, right)):
            yield left, right


def _codes(text: str, *found: Location) -> bool:
    """ "OPSN UAAA": indicators side by side, as logs write them."""
    return all(here.airport and _INDICATOR.fullmatch(text[here.start : here.end]) for here in found)
