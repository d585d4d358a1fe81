"""How reliable a publisher and how credible a claim is, each as people grade it, apart and with history.

The Admiralty scale: reliability A to F of who publishes, credibility 1 to 6 of what is said. A grade names a
publisher or a claim's reading, not a node: it stands while reports come and go. It is never deleted; taking
it back sets the time of its revocation, and what stood before stands again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from tailgraph.errors import UsageError
from tailgraph.graph import clock, keys, schema
from tailgraph.graph.model import Record
from tailgraph.graph.shape import Label
from tailgraph.graph.store import Store
from tailgraph.graph.values import node_id

MIN_PREFIX = 6
UNJUDGED = "F"
"""Of a publisher that nobody has graded."""
RELIABILITY = {"A": "reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable",
               "E": "unreliable", "F": "cannot be judged"}
CREDIBILITY = {"1": "confirmed", "2": "probably true", "3": "possibly true", "4": "doubtful",
               "5": "improbable", "6": "cannot be judged"}

_ALL = "MATCH (g:Grade) RETURN g {.*} AS grade ORDER BY g.at, g.id"
_OF = """
MATCH (g:Grade {about: $about}) WHERE g.scale = $scale RETURN g {.*} AS grade ORDER BY g.at, g.id
"""
_CLAIM = "MATCH (c:Claim {id: $id}) RETURN c.reading AS reading"
_READINGS = """
UNWIND $ids AS id OPTIONAL MATCH (c:Claim {id: id}) RETURN id, c.reading AS reading
"""
_PUBLISHERS = """
MATCH (p:Publisher) RETURN p.id AS id, COUNT { (p)-[:PUBLISHED]->() } AS reports ORDER BY id
"""
_BY_PREFIX = "MATCH (g:Grade) WHERE g.id STARTS WITH $prefix RETURN g {.*} AS grade LIMIT 2"
_REVOKE = """
MATCH (g:Grade {id: $id}) WHERE g.revoked_at IS NULL SET g.revoked_at = $at, g.revoked_by = $by
"""


class Scale(StrEnum):
    PUBLISHER = "publisher"
    CLAIM = "claim"

    @property
    def words(self) -> dict[str, str]:
        """Every grade with its meaning."""
        return RELIABILITY if self is Scale.PUBLISHER else CREDIBILITY


class Grade(Record):
    """`subject` is the publisher's or the claim's id. `about` is what the grade holds for: the publisher, or
    the claim as it was read, so that a claim that is read otherwise later is not graded by it."""

    scale: Scale
    about: str
    subject: str
    value: str
    by: str
    at: datetime
    reason: str
    revoked_at: datetime | None = None
    revoked_by: str | None = None

    @property
    def id(self) -> str:
        return keys.digest("grade", self.scale, self.about, self.value, self.by, self.at.isoformat())

    def stood(self, at: datetime | None) -> bool:
        """Whether it was given and not taken back by then (None: now)."""
        if at is None:
            return self.revoked_at is None
        return self.at <= at and (self.revoked_at is None or self.revoked_at > at)


def graded(scale: Scale, about: str, subject: str, value: str, by: str, reason: str) -> Grade:
    """A grade given now; raises UsageError where the scale has none such or nothing says why or who."""
    value = value.strip().upper()
    if value not in scale.words:
        listed = ", ".join(f"{grade} ({word})" for grade, word in scale.words.items())
        raise UsageError(f"{value!r} is no grade of a {scale}.", remedy=f"Grades: {listed}.")
    if not reason.strip() or not by.strip():
        raise UsageError("A grade needs a reason and somebody who gives it.",
                         remedy="Give --reason and --by.")
    return Grade(scale=scale, about=node_id(about), subject=node_id(subject), value=value,
                 by=node_id(by.strip()), at=clock.now(), reason=node_id(reason.strip()))


def give(store: Store, grades: Sequence[Grade]) -> None:
    """Keep these grades, all or none. Each stands before what was given earlier."""
    rows = [{"id": grade.id, "properties": {**grade.model_dump(), "scale": str(grade.scale)}}
            for grade in grades]
    store.write(lambda transaction: transaction.run(schema.merge_nodes(Label.GRADE), rows=rows).consume())


def read(store: Store) -> list[Grade]:
    """Every grade that was ever given here, oldest first."""
    return [_grade(row["grade"]) for row in store.read(_ALL)]


def standing(grades: Sequence[Grade], at: datetime | None = None) -> dict[tuple[Scale, str], Grade]:
    """Of grades, oldest first, the one that stands (stood then) for each publisher and claim."""
    return {(grade.scale, grade.about): grade for grade in grades if grade.stood(at)}


def stands(store: Store, scale: Scale, about: str | None, at: datetime | None = None) -> Grade | None:
    """The grade that stands (stood then) for a publisher's id or a claim's reading."""
    if about is None:
        return None
    rows = store.read(_OF, {"about": about, "scale": scale})
    return standing([_grade(row["grade"]) for row in rows], at).get((scale, about))


def undo(store: Store, prefix: str, by: str) -> Grade:
    """Take back the grade of this id (or its beginning); raises UsageError where there is no one such."""
    rows = store.read(_BY_PREFIX, {"prefix": prefix.lower()}) if len(prefix) >= MIN_PREFIX else []
    if len(rows) != 1:
        raise UsageError(f"{'Several grades have' if rows else 'No grade has'} an id that begins with "
                         f"{prefix!r}.", remedy="`tailgraph grade list` shows the ids.")
    grade = _grade(rows[0]["grade"])
    if grade.revoked_at:
        raise UsageError(f"That grade was taken back on {grade.revoked_at:%Y-%m-%d} already.")
    values = {"id": grade.id, "at": clock.now(), "by": node_id(by)}
    store.write(lambda transaction: transaction.run(_REVOKE, values).consume())
    return grade


def publishers(store: Store) -> dict[str, int]:
    """Every publisher in the graph, with how many reports it has here."""
    return {row["id"]: row["reports"] for row in store.read(_PUBLISHERS)}


def publisher(store: Store, name: str) -> str:
    """The id of the publisher in the graph that is called so; raises UsageError where there is none."""
    known = publishers(store)
    wanted = keys.clean_name(name)
    alike = [id_ for id_ in known if id_.casefold() == wanted.casefold()]
    if wanted in known:
        return wanted
    if len(alike) == 1:
        return alike[0]
    from difflib import get_close_matches

    near = get_close_matches(wanted, known, n=2)
    raise UsageError(f"No publisher in the graph is called {name!r}.", remedy=(
        f"Did you mean {' or '.join(near)}?" if near else "`tailgraph query run publishers` lists them."))


def reading(store: Store, claim: str) -> str:
    """What a grade of this claim is about; raises UsageError where there is none of that id."""
    rows = store.read(_CLAIM, {"id": claim})
    if not rows:
        raise UsageError(f"There is no claim {claim!r} in the graph.",
                         remedy="The questions of the library give ids of claims.")
    return str(rows[0]["reading"])


def present(store: Store, grades: Sequence[Grade]) -> set[str]:
    """The ids of those grades of claims whose claim is in the graph and reads as it did when graded."""
    claims = sorted({grade.subject for grade in grades if grade.scale is Scale.CLAIM})
    now = {row["id"]: row["reading"] for row in store.read(_READINGS, {"ids": claims})}
    return {grade.id for grade in grades if now.get(grade.subject) == grade.about}


def _grade(node: dict[str, Any]) -> Grade:
    values: dict[str, Any] = {name: node.get(name) for name in Grade.model_fields}
    for name in ("at", "revoked_at"):
        values[name] = values[name] and values[name].to_native()
    return Grade(**values)
