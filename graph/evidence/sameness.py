"""Which other entities an entity is judged to be, or not to be, and by whom."""

from __future__ import annotations

from tailgraph.graph.asof import NOW, When
from tailgraph.graph.identity import decide
from tailgraph.graph.identity.clusters import Cluster, clusters
from tailgraph.graph.identity.judgement import Judgement
from tailgraph.graph.model import Record
from tailgraph.graph.rows import Ref
from tailgraph.graph.store import Store

_MERGED = """
MATCH (:Entity {id: $id})-[:SAME_AS]-{1,2}(other:Entity) WHERE $label IN labels(other)
RETURN other.id AS id ORDER BY id
"""


_THERE = "MATCH (e:Entity) WHERE e.id IN $ids AND $label IN labels(e) RETURN e.id AS id ORDER BY id"


class Sameness(Record):
    """Empty where nobody has judged anything about the entity."""

    merged_with: tuple[str, ...] = ()
    """Ids of entities in the graph that are read as one with it; none where there is a conflict."""
    one_with: tuple[str, ...] = ()
    """Ids of all that it is judged to be, also those that are not in the graph."""
    judgements: tuple[Judgement, ...] = ()
    """The standing verdicts of same on the way between them."""
    conflicts: tuple[Judgement, ...] = ()
    """Standing verdicts of different among them: none of them is merged."""
    others: tuple[Judgement, ...] = ()
    """Other standing verdicts, different or unsure, on it or on what it is judged to be."""
    revoked: tuple[Judgement, ...] = ()
    """What was said of it and taken back."""


def sameness(store: Store, ref: Ref, when: When = NOW) -> Sameness:
    """All that is (was then) judged about this entity."""
    judgements = [_then(one, when) for one in decide.read(store)
                  if one.kind == ref[0].value and (when.known_until is None or one.at <= when.known_until)]
    cluster = next((one for one in clusters(judgements) if ref in one.members), None)
    members = cluster.members if cluster else frozenset({ref})
    within = {one.id for one in (*cluster.judgements, *cluster.conflicts)} if cluster else set[str]()
    return Sameness(
        merged_with=_merged(store, ref, cluster, when),
        one_with=tuple(sorted(id_ for _, id_ in members - {ref})),
        judgements=cluster.judgements if cluster else (), conflicts=cluster.conflicts if cluster else (),
        others=tuple(one for one in judgements if one.stands and members.intersection(one.refs)
                     and one.id not in within),
        revoked=tuple(one for one in judgements if not one.stands and ref in one.refs))


def _then(judgement: Judgement, when: When) -> Judgement:
    """As it stood then: one that was taken back later still stood."""
    if when.known_until and judgement.revoked_at and judgement.revoked_at > when.known_until:
        return judgement.model_copy(update={"revoked_at": None, "revoked_by": None})
    return judgement


def _merged(store: Store, ref: Ref, cluster: Cluster | None, when: When) -> tuple[str, ...]:
    """Ids of what is read as one with it: what the graph has now, or what stood then and is still there."""
    if when.known_until is None:
        return tuple(row["id"] for row in store.read(_MERGED, {"id": ref[1], "label": ref[0].value}))
    if cluster is None or not cluster.is_merged:
        return ()
    ids = sorted(id_ for _, id_ in cluster.members - {ref})
    return tuple(row["id"] for row in store.read(_THERE, {"ids": ids, "label": ref[0].value}))
