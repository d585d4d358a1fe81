"""Judgements as JSON lines, as nomenklatura's resolver reads and writes them:

    [ID, ID, JUDGEMENT, SCORE, USER, CREATED, DELETED, REASON, DELETED BY]

An ID is the entity's kind, a colon and its id. The first six are nomenklatura's; later ones it reads or
passes over. Its own canonical ids (NK-…, Q…) stand for a cluster: they are read as what they hold together,
and never written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from tailgraph.errors import UsageError
from tailgraph.graph import clock
from tailgraph.graph.identity.judgement import KINDS, Judgement, Sameness
from tailgraph.graph.model import Kind
from tailgraph.graph.values import Problem

_WRITTEN = {Sameness.SAME: "positive", Sameness.DIFFERENT: "negative", Sameness.UNSURE: "unsure"}
_READ = {written: verdict for verdict, written in _WRITTEN.items()}
_CANONICAL = re.compile(r"NK-.+|Q\d+")
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,6})?)(Z|[+-]\d\d:\d\d)?")


@dataclass(frozen=True, slots=True)
class Edge:
    """A line, its ends as they are written there."""

    where: str
    ends: tuple[str, str]
    verdict: Sameness
    by: str
    at: datetime
    revoked_at: datetime | None = None
    reason: str | None = None
    revoked_by: str | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """What was read, and the lines from which nothing could be taken, each with why."""

    judgements: tuple[Judgement, ...]
    problems: tuple[Problem, ...] = ()
    suggestions: int = 0
    """Lines that only suggest a pair: nobody judged it."""


def write(judgements: Iterable[Judgement]) -> list[str]:
    """One line each, without line ends: what was taken back, then what stands, each the oldest first.

    Nomenklatura lets the last line on a pair stand, and one that came from elsewhere may be the older one.
    """
    ordered = sorted(judgements, key=lambda one: (one.stands, one.at, one.id))
    return [json.dumps([f"{one.kind}:{one.right}", f"{one.kind}:{one.left}", _WRITTEN[one.verdict], None,
                        one.by, _instant(one.at), one.revoked_at and _instant(one.revoked_at), one.reason,
                        one.revoked_by], ensure_ascii=False) for one in ordered]


def read(lines: Iterable[str], name: str) -> Lines:
    """`lines` of the file `name` as judgements; raises nothing for a line that makes no sense."""
    edges, problems, suggestions = list[Edge](), list[Problem](), 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            edge = _edge(line, f"{name}:{number}")
        except (ValueError, TypeError, IndexError, OverflowError) as error:
            problems.append(Problem(f"{name}:{number}", "line", f"left out: {error}"))
            continue
        suggestions += edge is None
        edges += [edge] if edge else []
    judgements, more = _resolved(edges)
    return Lines(tuple(judgements), (*problems, *more), suggestions)


def _instant(moment: datetime) -> str:
    """27 characters, within the 28 that nomenklatura keeps."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _edge(line: str, where: str) -> Edge | None:
    """None for a suggestion that nobody judged."""
    try:
        parts = json.loads(line)
    except RecursionError:
        raise ValueError("no line of judgements") from None
    if not isinstance(parts, list) or len(parts) < 3:
        raise ValueError("no list of two ids and a judgement")
    parts += [None] * (9 - len(parts))
    if not all(part is None or isinstance(part, str) for part in (*parts[:3], *parts[4:9])):
        raise ValueError("an id, name or time that is no text")
    if parts[2] == "no_judgement":
        return None
    if parts[2] not in _READ:
        raise ValueError(f"{parts[2]!r} is no judgement")
    return Edge(where, (parts[0] or "", parts[1] or ""), _READ[parts[2]], parts[4] or "unknown",
                _moment(parts[5]) or clock.now(), _moment(parts[6]), parts[7], parts[8])


def _moment(text: str | None) -> datetime | None:
    """A time; UTC where no zone is told, or where it was cut off, as nomenklatura does."""
    if not text:
        return None
    found = _INSTANT.match(text)
    if not found:
        raise ValueError(f"{text!r} is no time")
    zone = "+00:00" if found[2] in (None, "Z") else found[2]
    return datetime.fromisoformat(found[1] + zone).astimezone(UTC)


# --- canonical ids -----------------------------------------------------------------------------------------


def _resolved(edges: Sequence[Edge]) -> tuple[list[Judgement], list[Problem]]:
    """Judgements on entities: an end that is canonical is read as the first entity that it stands for."""
    stands_for = _held_together(edges)
    found, problems = list[Judgement](), list[Problem]()
    for edge in edges:
        ends = [stands_for.get(end, end) if _CANONICAL.fullmatch(end) else end for end in edge.ends]
        if ends[0] == ends[1] and edge.ends[0] != edge.ends[1]:
            continue  # the first entity and the canonical id that it was the first of
        try:
            found.append(_judgement(edge, *ends))
        except (UsageError, ValueError) as error:
            problems.append(Problem(edge.where, "line", f"left out: {getattr(error, 'message', error)}"))
    return found, problems


def _held_together(edges: Sequence[Edge]) -> dict[str, str]:
    """Canonical id → the first of the entities that standing positive lines tie to it, directly or through
    other canonical ids."""
    ties: dict[str, set[str]] = {}
    for edge in edges:
        if edge.verdict is Sameness.SAME and edge.revoked_at is None and any(map(
                _CANONICAL.fullmatch, edge.ends)):
            for one, other in (edge.ends, edge.ends[::-1]):
                ties.setdefault(one, set()).add(other)
    found: dict[str, str] = {}
    for start in filter(_CANONICAL.fullmatch, sorted(ties)):
        seen, new = {start}, [start]
        while new:
            end = new.pop()
            if _CANONICAL.fullmatch(end):  # beyond an entity lie other judgements
                fresh = ties.get(end, set()) - seen
                seen |= fresh
                new += sorted(fresh)
        entities = [end for end in seen if not _CANONICAL.fullmatch(end)]
        if entities:
            found[start] = min(entities)
    return found


def _judgement(edge: Edge, one: str, other: str) -> Judgement:
    kind, left = _entity(one)
    same_kind, right = _entity(other)
    if kind is not same_kind:
        raise ValueError(f"{kind} and {same_kind} are never one")
    return Judgement.of(kind, left, right, edge.verdict, edge.by, at=edge.at, reason=edge.reason,
                        revoked_at=edge.revoked_at, revoked_by=edge.revoked_by)


def _entity(written: str) -> tuple[Kind, str]:
    kind, colon, id_ = written.partition(":")
    if not colon or kind not in set(KINDS):
        raise ValueError(f"{written!r} is no entity of this graph: write KIND:ID, as Operator:Air Koryo")
    return Kind(kind), id_


