"""(:Entity)-[:SAME_AS]->(:Entity): from each member of a cluster to its canonical one, whenever an entity
comes or goes and whenever a judgement is given or revoked.

What is written depends on the standing judgements and on which entities are there, and on nothing else. Two
writers may change either at once, so whoever settles a cluster first holds the lock of every member. One
that is not there is made and deleted again: its key stays locked until the commit, so that nobody can make
it meanwhile without seeing what was decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import neo4j

from tailgraph.graph import schema
from tailgraph.graph.identity.clusters import clusters, merged
from tailgraph.graph.identity.judgement import LABELS, Judgement
from tailgraph.graph.rows import Ref
from tailgraph.graph.shape import SHARED, Label, Type
from tailgraph.graph.store import Raced

_STANDING = """
UNWIND $rows AS row
CALL (row) {
  MATCH (j:Judgement {left: row.id}) WHERE j.kind = row.kind AND j.revoked_at IS NULL RETURN j
  UNION
  MATCH (j:Judgement {right: row.id}) WHERE j.kind = row.kind AND j.revoked_at IS NULL RETURN j
}
RETURN DISTINCT j {.*} AS judgement
"""


def settle(transaction: neo4j.Transaction, refs: Iterable[Ref]) -> None:
    """Bring the clusters of these entities, which have just come or gone, in line. Raises Raced."""
    judged = [ref for ref in refs if ref[0] in LABELS]
    found = _standing(transaction, judged) if judged else []
    if found:
        rewrite(transaction, {ref for judgement in found for ref in judgement.refs})


def rewrite(transaction: neo4j.Transaction, refs: Iterable[Ref]) -> None:
    """Write the SAME_AS of these entities and of all that are judged to be one with them. Raises Raced."""
    members, standing = closure(transaction, refs)
    held: set[Ref] = set()
    there: set[Ref] = set()
    while members - held:
        there |= hold(transaction, members - held)
        held |= members
        members, standing = closure(transaction, held)
    wanted = {start: end for cluster in clusters(standing) for start, end in merged(cluster, there).items()}
    for label in LABELS:
        _write(transaction, label, sorted(id_ for kind, id_ in there if kind is label),
               {start[1]: end[1] for start, end in wanted.items() if start[0] is label})


def closure(transaction: neo4j.Transaction, refs: Iterable[Ref]) -> tuple[set[Ref], list[Judgement]]:
    """These entities with all that a chain of standing SAME leads to, and every standing judgement on any
    of them."""
    members, new = set[Ref](), set(refs)
    found: dict[str, Judgement] = {}
    while new:
        members |= new
        judgements = _standing(transaction, sorted(new))
        found.update((judgement.id, judgement) for judgement in judgements)
        new = {ref for cluster in clusters(judgements) for ref in cluster.members} - members
    return members, list(found.values())


def hold(transaction: neo4j.Transaction, refs: Iterable[Ref]) -> set[Ref]:
    """Lock the keys of these entities until the commit; returns those that are there. Raises Raced."""
    there: set[Ref] = set()
    for label in SHARED:
        ids = sorted(id_ for kind, id_ in refs if kind is label)
        if not ids:
            continue
        rows = list(transaction.run(schema.hold(label), ids=ids))
        if len(rows) != len(ids):
            raise Raced("an entity was deleted just now")
        there |= {(label, row["id"]) for row in rows if row["there"]}
        if made := [row["id"] for row in rows if not row["there"]]:
            transaction.run(schema.delete_nodes(label), ids=made).consume()
    return there


def _standing(transaction: neo4j.Transaction, refs: Sequence[Ref]) -> list[Judgement]:
    """The judgements on these entities that are not revoked."""
    rows = [{"kind": label.value, "id": id_} for label, id_ in refs]
    return [from_node(row["judgement"]) for row in transaction.run(_STANDING, rows=rows)]


def from_node(properties: dict[str, Any]) -> Judgement:
    """A judgement from the properties of its node."""
    values = {name: value.to_native() if hasattr(value, "to_native") else value
              for name, value in properties.items() if name in Judgement.model_fields}
    return Judgement(**values)


def _write(transaction: neo4j.Transaction, label: Label, members: list[str], wanted: dict[str, str]) -> None:
    if not members:
        return
    has = {(row["start"], row["end"]) for row in transaction.run(schema.edges_from(Type.SAME_AS, label),
                                                                 ids=members)}
    stale, fresh = has - wanted.items(), wanted.items() - has
    if stale:
        transaction.run(schema.delete_edges(Type.SAME_AS, label, label),
                        rows=[{"start": start, "end": end} for start, end in sorted(stale)]).consume()
    if fresh:
        transaction.run(schema.merge_edges(Type.SAME_AS, label, label, keyed=False),
                        rows=[{"start": start, "end": end, "properties": {}}
                              for start, end in sorted(fresh)]).consume()
