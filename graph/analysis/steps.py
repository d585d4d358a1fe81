"""What one step of a path rests on, view by view."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from tailgraph.graph.analysis.views import VIEWS, Standing
from tailgraph.graph.evidence.sources import rows
from tailgraph.graph.model import Record
from tailgraph.graph.rows import Ref
from tailgraph.graph.store import Store

DIRECTIONS = frozenset({"VANISHED_TOWARD", "APPEARED_FROM"})


class Stated(Record):
    """A table, rule or track says it. `mark`: an identifier that both airframes bore."""

    type: str
    is_forward: bool
    """True where the statement is about the step's start."""
    mark: str | None = None
    source: str
    method: str | None = None
    since: date | None = None
    until: date | None = None
    address: str | None = None


class Flown(Record):
    """A tracked flight; roles are its relationships to the two, with the method by which each is known."""

    flight: str
    airframes: tuple[str, ...] = ()
    start_role: str
    end_role: str
    start_method: str | None = None
    end_method: str | None = None
    first_seen: datetime
    last_seen: datetime
    night: str | None = None


class Claimed(Record):
    """Somebody says it. `is_start_open`: the text leaves open whether the start is meant."""

    claim: str
    kind: str
    start_roles: tuple[str, ...]
    end_roles: tuple[str, ...]
    is_start_open: bool = False
    is_end_open: bool = False
    said_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    action: str | None = None
    status: str | None = None
    happened: bool | None = None
    event_from: date | None = None
    event_to: date | None = None
    credibility: int | None = None
    sentence: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    track: str | None = None
    """Verdict and id of the tracked flight that fits best."""


class Together(Record):
    """A sentence that names both."""

    passage: str
    sentence: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: date | None = None


class Judged(Record):
    """A person judged that two are one. They need not be the step's own: a cluster is held together by all
    judgements in it."""

    judgement: str
    left: str
    right: str
    by: str | None = None
    at: datetime | None = None
    reason: str | None = None


class Node(Record):
    kind: str
    id: str
    name: str | None = None


class Step(Record):
    """From one entity to the next. `counts`: how much stands behind it in each view; of that the first few
    are listed. A step with any fact behind it is one of fact; claims about the same two are listed beside."""

    start: Node
    end: Node
    standing: Standing
    counts: dict[str, int]
    stated: tuple[Stated, ...] = ()
    flown: tuple[Flown, ...] = ()
    judged: tuple[Judged, ...] = ()
    claimed: tuple[Claimed, ...] = ()
    spoken: tuple[Claimed, ...] = ()
    """Claims in which one of the two is who says or denies it."""
    together: tuple[Together, ...] = ()

    @property
    def is_only_direction(self) -> bool:
        """Whether all that the facts say is toward, or from, where a track broke off."""
        return bool(self.flown) and not self.stated and all(
            {one.start_role, one.end_role} & DIRECTIONS for one in self.flown)


def backing(store: Store, start: Ref, end: Ref, counts: Mapping[str, int], most: int) -> dict[str, Any]:
    """The fields of a Step that list what it rests on."""
    found = {name: rows(store, VIEWS[name].between, start_kind=start[0].value, start=start[1],
                        end_kind=end[0].value, end=end[1], most=most, **VIEWS[name].parameters)
             for name in sorted(counts)}
    return {"stated": tuple(Stated(**row) for row in found.get("statements", ())),
            "flown": tuple(Flown(**row) for row in found.get("flights", ())),
            "judged": tuple(Judged(**row) for row in found.get("identity", ())),
            "claimed": tuple(Claimed(**row) for row in found.get("claims", ())),
            "spoken": tuple(Claimed(**row) for row in found.get("speech", ())),
            "together": tuple(Together(**row) for row in found.get("mentions", ()))}
