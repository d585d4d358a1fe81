"""(:Entity)-[:SAME_AS]->(:Entity): from each member of a cluster to its canonical one, whenever an entity
comes or goes and whenever a judgement is given or revoked; and HELD_SAME_AS with the days on which it was so.

What is written depends on the judgements and on which entities are there (and since when), and on nothing
else. Two writers may change either at once, so whoever settles a cluster first holds the lock of every
member, also of those that it once had. One that is not there is made and deleted again: its key stays
locked until the commit, so that nobody can make it meanwhile without seeing what was decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import neo4j

from tailgraph.graph import schema
from tailgraph.graph.identity.clusters import chains, clusters, merged
from tailgraph.graph.identity.history import EVER, FOREVER, Epoch, Held, epochs
from tailgraph.graph.identity.judgement import LABELS, Judgement
from tailgraph.graph.rows import Ref
from tailgraph.graph.shape import SHARED, Label, Type
from tailgraph.graph.store import Raced

# How many there are is known without a look: where nobody has judged anything, nothing is looked up.
_EVER = """
MATCH (any:Judgement) WITH count(any) AS given WHERE given > 0
UNWIND $rows AS row
CALL (row) {
  MATCH (j:Judgement {left: row.id}) WHERE j.kind = row.kind RETURN j
  UNION
  MATCH (j:Judgement {right: row.id}) WHERE j.kind = row.kind RETURN j
}
RETURN DISTINCT j {.*} AS judgement
"""
Edges = dict[tuple[str, str, str], dict[str, Any]]
"""Start id, end id and key ("": none) → properties."""


def settle(transaction: neo4j.Transaction, refs: Iterable[Ref]) -> None:
    """Bring the clusters of these entities, which have just come or gone, in line. Raises Raced."""
    judged = [ref for ref in refs if ref[0] in LABELS]
    found = _ever(transaction, judged) if judged else []
    if found:
        rewrite(transaction, {ref for one in found for ref in one.judgement.refs})


def rewrite(transaction: neo4j.Transaction, refs: Iterable[Ref]) -> None:
    """Write the SAME_AS and HELD_SAME_AS of these entities and of all that are or were judged to be one with
    them. Raises Raced."""
    members, ever = closure(transaction, refs)
    held: set[Ref] = set()
    there: dict[Ref, date] = {}
    while members - held:
        there |= hold(transaction, members - held)
        held |= members
        members, ever = closure(transaction, held)
    now = {pair for cluster in clusters(one.judgement for one in ever)
           for pair in merged(cluster, there).items()}
    for label in LABELS:
        ids = sorted(id_ for kind, id_ in there if kind is label)
        _write(transaction, Type.SAME_AS, label, ids,
               {(start[1], end[1], ""): {} for start, end in now if start[0] is label})
        _write(transaction, Type.HELD_SAME_AS, label, ids, _history(ever, there, label))


def closure(transaction: neo4j.Transaction, refs: Iterable[Ref]) -> tuple[set[Ref], list[Held]]:
    """These entities with all that a chain of SAME, standing or not, leads to; and every judgement that was
    ever given on any of them."""
    members, new = set[Ref](), set(refs)
    found: dict[str, Held] = {}
    while new:
        members |= new
        judged = _ever(transaction, sorted(new))
        found.update((one.judgement.id, one) for one in judged)
        new = {ref for chain in chains(one.judgement for one in judged) for ref in chain} - members
    return members, list(found.values())


def hold(transaction: neo4j.Transaction, refs: Iterable[Ref]) -> dict[Ref, date]:
    """Lock the keys of these entities until the commit; returns those that are there, with the day on which
    each came to be. Raises Raced."""
    there: dict[Ref, date] = {}
    for label in SHARED:
        ids = sorted(id_ for kind, id_ in refs if kind is label)
        if not ids:
            continue
        rows = list(transaction.run(schema.hold(label), ids=ids))
        if len(rows) != len(ids):
            raise Raced("an entity was deleted just now")
        there |= {(label, row["id"]): day_of(row["made"]) or EVER for row in rows if row["there"]}
        if made := [row["id"] for row in rows if not row["there"]]:
            transaction.run(schema.delete_nodes(label), ids=made).consume()
    return there


def from_node(properties: dict[str, Any]) -> Judgement:
    """A judgement from the properties of its node."""
    values = {name: value.to_native() if hasattr(value, "to_native") else value
              for name, value in properties.items() if name in Judgement.model_fields}
    return Judgement(**values)


def held_from_node(properties: dict[str, Any]) -> Held:
    """As `from_node`, with the days on which it stood here: one that was imported, since it was."""
    judgement = from_node(properties)
    return Held(judgement, day_of(properties.get("recorded_at")) or judgement.at.astimezone(UTC).date(),
                day_of(judgement.revoked_at) or FOREVER)


def day_of(instant: Any) -> date | None:
    """The day (UTC) of an instant of the driver's or of Python's."""
    native: datetime | None = instant.to_native() if hasattr(instant, "to_native") else instant
    return native.astimezone(UTC).date() if native else None


def _ever(transaction: neo4j.Transaction, refs: Sequence[Ref]) -> list[Held]:
    """Every judgement on these entities, also those that are revoked."""
    rows = [{"kind": label.value, "id": id_} for label, id_ in refs]
    return [held_from_node(row["judgement"]) for row in transaction.run(_EVER, rows=rows)]


def _history(ever: Sequence[Held], there: Mapping[Ref, date], label: Label) -> Edges:
    return {_key(epoch): {"key": _key(epoch)[2], "known_from": epoch.since, "known_to": epoch.until}
            for epoch in epochs(ever, there) if epoch.member[0] is label}


def _key(epoch: Epoch) -> tuple[str, str, str]:
    return epoch.member[1], epoch.canonical[1], f"{epoch.since}..{epoch.until}"


def _write(transaction: neo4j.Transaction, type_: Type, label: Label, members: list[str],
           wanted: Edges) -> None:
    if not members:
        return
    has = {(row["start"], row["end"], row["key"])
           for row in transaction.run(schema.edges_from(type_, label), ids=members)}
    stale, fresh = has - wanted.keys(), wanted.keys() - has
    if stale:
        transaction.run(schema.delete_edges(type_, label, label),
                        rows=[dict(zip(("start", "end", "key"), edge, strict=True))
                              for edge in sorted(stale)]).consume()
    if fresh:
        transaction.run(schema.merge_edges(type_, label, label, keyed=type_ is Type.HELD_SAME_AS),
                        rows=[{"start": edge[0], "end": edge[1], "key": edge[2], "properties": wanted[edge]}
                              for edge in sorted(fresh)]).consume()
