"""Whether a report or a claim is an origin of its own: what it repeats, what repeats it, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tailgraph.graph.model import Record
from tailgraph.graph.store import Row

MOST = 50


class Link(Record):
    """One step to or from another report or claim that tells the same."""

    id: str
    method: str
    reason: str
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    passage: str | None = None
    """Id of the sentence that cites, where one does."""


class Origin(Record):
    """`id` is the same for all that comes from one origin; `repeats` leads step by step to where it was first
    told: nothing for an origin of its own."""

    id: str | None = None
    repeats: tuple[Link, ...] = ()
    repeated_by: tuple[Link, ...] = ()
    """At most 50, the earliest first; what repeats those is not listed."""


def origin(id_: str | None, repeats: Sequence[Row], repeated_by: Sequence[Row]) -> Origin:
    return Origin(id=id_, repeats=tuple(Link(**row) for row in repeats),
                  repeated_by=tuple(Link(**row) for row in repeated_by))
