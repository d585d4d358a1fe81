"""Judgements given, revoked and read.

Giving and revoking are rare and by hand: one lock makes one at a time do so. What else writes at the same
time is kept right by the locks of the entities (see `same_as`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from dataclasses import replace as replace_
from datetime import UTC, datetime

import neo4j

from tailgraph.errors import UsageError
from tailgraph.graph import clock, pending, writing
from tailgraph.graph.identity import same_as
from tailgraph.graph.identity.clusters import Cluster, clusters
from tailgraph.graph.identity.history import Held
from tailgraph.graph.identity.judgement import Judgement, Sameness
from tailgraph.graph.model import Kind
from tailgraph.graph.rows import Ref, Rows
from tailgraph.graph.shape import Label
from tailgraph.graph.store import Store
from tailgraph.graph.values import node_id

Pair = tuple[Kind, str, str]

_ENTER = "MERGE (m:Meta {id: 'identity'}) SET m.id = m.id"
_ALL = "MATCH (j:Judgement) RETURN j {.*} AS judgement ORDER BY j.at, j.id"
_KNOWN = "MATCH (j:Judgement) WHERE j.id IN $ids RETURN j {.*} AS judgement"
_ON_PAIRS = """
UNWIND $rows AS row
MATCH (j:Judgement {left: row.left}) WHERE j.right = row.right AND j.kind = row.kind
  AND (j.revoked_at IS NULL OR j.revoked_at = $at)
RETURN j {.*} AS judgement
"""
_REVOKE = """
UNWIND $ids AS id MATCH (j:Judgement {id: id}) WHERE j.revoked_at IS NULL
SET j.revoked_at = $at, j.revoked_by = $by
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the judgements that were handed in."""

    taken: tuple[Judgement, ...] = ()
    replaced: tuple[tuple[Judgement, Judgement], ...] = ()
    """What stood before, with what stands now."""
    known: tuple[Judgement, ...] = ()
    """There already, or saying what stands already."""
    refused: tuple[tuple[Judgement, Judgement], ...] = ()
    """With the judgement that stands on the same pair and says something else, or that is the same one and
    was revoked elsewhere only."""
    conflicts: tuple[Cluster, ...] = ()
    """Clusters touched that are not merged, since they hold a pair that is judged different."""


def read(store: Store) -> list[Judgement]:
    """Every judgement that was ever given here, oldest first."""
    return [same_as.from_node(row["judgement"]) for row in store.read(_ALL)]


def read_held(store: Store) -> list[Held]:
    """As `read`, each with the days on which it stood here."""
    return [same_as.held_from_node(row["judgement"]) for row in store.read(_ALL)]


def give(store: Store, judgements: Sequence[Judgement], *, replace: bool = False) -> Outcome:
    """Put judgements in, all or none.

    One that says SAME or DIFFERENT stands against any other verdict on its pair unless `replace` says
    otherwise; UNSURE gives way. Judgements that are revoked already are kept as history.
    """
    unique = {judgement.id: judgement for judgement in judgements}
    return store.write(lambda transaction: _give(transaction, unique, replace))


def undo(store: Store, pairs: Iterable[Pair], by: str, at: datetime | None = None) -> list[Judgement]:
    """Revoke what stands on these pairs; returns the judgements, as they were. Those without one are
    skipped."""
    wanted, now = sorted(set(pairs)), (at or clock.now()).astimezone(UTC)
    return store.write(lambda transaction: _undo(transaction, wanted, by, now))


def _give(transaction: neo4j.Transaction, judgements: dict[str, Judgement], replace: bool) -> Outcome:
    transaction.run(_ENTER).consume()
    known = {row["judgement"]["id"] for row in transaction.run(_KNOWN, ids=list(judgements))}
    stands = {judgement.pair: judgement for judgement in _on(
        transaction, {judgement.pair for judgement in judgements.values()})}
    sorted_ = _sorted(judgements, known, stands, replace)
    touched = {ref for judgement in sorted_.taken for ref in judgement.refs}
    members, _ = same_as.closure(transaction, touched)
    same_as.hold(transaction, members)
    _put(transaction, sorted_.taken)
    for old, new in sorted_.replaced:
        _revoke(transaction, [old], new.by, _ended(old, new))
    same_as.rewrite(transaction, members)
    if touched:
        pending.mark(transaction)
    about = {ref for judgement in judgements.values() for ref in judgement.refs}
    return replace_(sorted_, conflicts=_conflicts(transaction, about))


def _sorted(judgements: dict[str, Judgement], known: set[str], stands: dict[Pair, Judgement],
            replace: bool) -> Outcome:
    """Which of them are taken, say nothing new, or are refused; and which ones they replace."""
    taken, said = list[Judgement](), list[Judgement]()
    replaced, refused = list[tuple[Judgement, Judgement]](), list[tuple[Judgement, Judgement]]()
    now = dict(stands)
    for judgement in sorted(judgements.values(), key=lambda one: (one.at, one.id)):
        old = now.get(judgement.pair) if judgement.stands else None
        if (here := now.get(judgement.pair)) and here.id == judgement.id and not judgement.stands:
            refused.append((judgement, here))
        elif judgement.id in known or (old and old.verdict is judgement.verdict):
            said.append(judgement)
        elif old and not replace and old.verdict is not Sameness.UNSURE:
            refused.append((judgement, old))
        else:
            taken.append(judgement)
            if old:
                replaced.append((old, judgement))
            if judgement.stands:
                now[judgement.pair] = judgement
    return Outcome(tuple(taken), tuple(replaced), tuple(said), tuple(refused))


def _ended(old: Judgement, new: Judgement) -> datetime:
    """When the old one stopped to stand here: an import may bring an older verdict, which nobody here knew of
    until now."""
    return max(clock.now(), old.at, new.at)


def _undo(transaction: neo4j.Transaction, pairs: list[Pair], by: str, at: datetime) -> list[Judgement]:
    transaction.run(_ENTER).consume()
    # After a connection that broke at the commit, this is the second time: what was revoked then is found.
    found = _on(transaction, pairs, at)
    members, _ = same_as.closure(transaction, {ref for judgement in found for ref in judgement.refs})
    same_as.hold(transaction, members)
    _revoke(transaction, found, by, at)
    same_as.rewrite(transaction, members)
    if found:
        pending.mark(transaction)
    return found


def _on(transaction: neo4j.Transaction, pairs: Iterable[Pair], at: datetime | None = None) -> list[Judgement]:
    """What stands on these pairs, or was revoked at this instant."""
    rows = [{"kind": kind.value, "left": left, "right": right} for kind, left, right in sorted(pairs)]
    return [same_as.from_node(row["judgement"]) for row in transaction.run(_ON_PAIRS, rows=rows, at=at)]


def _revoke(transaction: neo4j.Transaction, judgements: Iterable[Judgement], by: str, at: datetime) -> None:
    transaction.run(_REVOKE, ids=[judgement.id for judgement in judgements], by=by, at=at).consume()


def _put(transaction: neo4j.Transaction, judgements: Iterable[Judgement]) -> None:
    rows = Rows()
    for judgement in judgements:
        values = judgement.model_dump()
        rows.node(Label.JUDGEMENT, judgement.id, **values | {
            "kind": judgement.kind.value, "verdict": judgement.verdict.value})
    writing.write_rows(transaction, rows)


def _conflicts(transaction: neo4j.Transaction, refs: set[Ref]) -> tuple[Cluster, ...]:
    _, ever = same_as.closure(transaction, refs)
    return tuple(cluster for cluster in clusters(one.judgement for one in ever)
                 if cluster.conflicts and not cluster.members.isdisjoint(refs))


def pair_of(kind: Kind, one: str, other: str) -> Pair:
    """Two entities as judgements name them."""
    left, right = sorted(map(node_id, (one, other)))
    if left == right:
        raise UsageError(f"{left!r} is one id, not two.", remedy="Give two entities.")
    return kind, left, right
