"""One verdict of a person on whether two entities are the same.

A judgement names ids, not nodes: it stands while its entities come and go. It is never deleted; taking it
back sets the time of its revocation.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Self

from tailgraph.errors import UsageError
from tailgraph.graph import clock, keys
from tailgraph.graph.model import Kind, Record
from tailgraph.graph.reference import tables
from tailgraph.graph.rows import Ref
from tailgraph.graph.shape import Label
from tailgraph.graph.values import node_id


class Sameness(StrEnum):
    """SAME merges, DIFFERENT keeps apart whatever else is said, UNSURE only says that somebody looked."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


KINDS = (Kind.AIRCRAFT, Kind.OPERATOR, Kind.AIRPORT, Kind.PLACE, Kind.WEAPON, Kind.ORGANIZATION, Kind.PERSON)
"""What can be judged. A country and an aircraft type are their codes: two codes are never one."""
LABELS = tuple(Label(kind.value) for kind in KINDS)


class Judgement(Record):
    """`left` and `right` are ids of entities of one kind, the lesser one first."""

    kind: Kind
    left: str
    right: str
    verdict: Sameness
    by: str
    at: datetime
    reason: str | None = None
    revoked_at: datetime | None = None
    revoked_by: str | None = None

    @classmethod
    def of(cls, kind: Kind, one: str, other: str, verdict: Sameness, by: str, *, at: datetime | None = None,
           reason: str | None = None, revoked_at: datetime | None = None,
           revoked_by: str | None = None) -> Self:
        """A judgement on two entities in either order; raises UsageError where it makes no sense."""
        left, right = sorted(map(node_id, (one, other)))
        _check(kind, left, right, verdict)
        return cls(kind=kind, left=left, right=right, verdict=verdict, by=node_id(by.strip()) or "unknown",
                   at=(at or clock.now()).astimezone(UTC), reason=reason or None,
                   revoked_at=revoked_at and revoked_at.astimezone(UTC),
                   revoked_by=node_id(revoked_by) if revoked_by else None)

    @property
    def id(self) -> str:
        """The same for the same verdict by the same person at the same instant: it is never kept twice."""
        return keys.digest("judgement", self.kind, self.left, self.right, self.verdict, self.by,
                           self.at.isoformat())

    @property
    def pair(self) -> tuple[Kind, str, str]:
        return self.kind, self.left, self.right

    @property
    def refs(self) -> tuple[Ref, Ref]:
        label = Label(self.kind.value)
        return (label, self.left), (label, self.right)

    @property
    def stands(self) -> bool:
        return self.revoked_at is None


def _check(kind: Kind, left: str, right: str, verdict: Sameness) -> None:
    if kind not in KINDS:
        raise UsageError(f"{kind} is not judged: two codes are never one.",
                         remedy=f"Judge one of: {', '.join(KINDS)}.")
    if left == right:
        raise UsageError(f"{left!r} is one id, not two.", remedy="Give two entities.")
    if not left or not right:
        raise UsageError("An entity without an id cannot be judged.", remedy="Give two entities.")
    known = tables.airports() if kind is Kind.AIRPORT and verdict is Sameness.SAME else {}
    if left in known and right in known:
        raise UsageError(f"{left} and {right} are two airports of the reference tables.",
                         remedy="Two location indicators are never one airport.")
