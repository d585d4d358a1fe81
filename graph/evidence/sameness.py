"""Which other entities an entity is judged to be, or not to be, and by whom."""

from __future__ import annotations

from datetime import date

from tailgraph.graph.asof import NOW, When
from tailgraph.graph.identity import decide
from tailgraph.graph.identity.clusters import clusters
from tailgraph.graph.identity.history import standing
from tailgraph.graph.identity.judgement import Judgement
from tailgraph.graph.model import Record
from tailgraph.graph.rows import Ref
from tailgraph.graph.store import Store

_MERGED = """
MATCH (:Entity {id: $id})-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL)
                             OR same.known_from <= $known_at < same.known_to]-{1,2}(other:Entity)
WHERE $label IN labels(other)
RETURN DISTINCT other.id AS id ORDER BY id
"""


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
    judgements = [one for one in _judged(store, when.known_at) if one.kind == ref[0].value]
    cluster = next((one for one in clusters(judgements) if ref in one.members), None)
    members = cluster.members if cluster else frozenset({ref})
    within = {one.id for one in (*cluster.judgements, *cluster.conflicts)} if cluster else set[str]()
    merged = store.read(_MERGED, {"id": ref[1], "label": ref[0].value, **when.parameters})
    return Sameness(
        merged_with=tuple(row["id"] for row in merged),
        one_with=tuple(sorted(id_ for _, id_ in members - {ref})),
        judgements=cluster.judgements if cluster else (), conflicts=cluster.conflicts if cluster else (),
        others=tuple(one for one in judgements if one.stands and members.intersection(one.refs)
                     and one.id not in within),
        revoked=tuple(one for one in judgements if not one.stands and ref in one.refs))


def _judged(store: Store, known_at: date | None) -> list[Judgement]:
    """The judgements that were here by then, as they stood then."""
    held = decide.read_held(store)
    if known_at is None:
        return [one.judgement for one in held]
    revoked = [one.judgement for one in held if one.since <= known_at and one.until <= known_at]
    return sorted([*standing(held, known_at), *revoked], key=lambda one: (one.at, one.id))
