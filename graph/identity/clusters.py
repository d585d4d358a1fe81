"""What judgements come to, taken together: a pure function of those that stand.

- SAME is transitive: a cluster is a connected component of SAME.
- A DIFFERENT between two members of a cluster is a conflict. Nothing says which of the judgements is wrong,
  so that nothing of the cluster is merged until a person takes one of them back.
- UNSURE merges nothing and keeps nothing apart.
- One member stands for the cluster: the canonical one. Which, depends on the members alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tailgraph.graph import keys
from tailgraph.graph.identity.judgement import Judgement, Sameness
from tailgraph.graph.reference import tables
from tailgraph.graph.rows import Ref
from tailgraph.graph.shape import Label
from tailgraph.graph.whereabouts import positions_of_place

_LOCAL = re.compile(r" \(in [0-9a-f]{12}\)$")


@dataclass(frozen=True, slots=True)
class Cluster:
    """Entities that are judged to be one, whether or not they are in the graph."""

    members: frozenset[Ref]
    judgements: tuple[Judgement, ...]
    """Those that hold it together, oldest first."""
    conflicts: tuple[Judgement, ...] = ()
    """Those that say that two of its members are different."""

    @property
    def is_merged(self) -> bool:
        return not self.conflicts


def clusters(judgements: Iterable[Judgement]) -> list[Cluster]:
    """The clusters of two members or more, in the order of their members."""
    standing = sorted({judgement.id: judgement for judgement in judgements if judgement.stands}.values(),
                      key=lambda judgement: (judgement.at, judgement.id))
    same = [judgement for judgement in standing if judgement.verdict is Sameness.SAME]
    root = _components(same)
    members: dict[Ref, set[Ref]] = {}
    within: dict[Ref, list[Judgement]] = {}
    for ref, top in root.items():
        members.setdefault(top, set()).add(ref)
    for judgement in standing:
        one, other = (root.get(ref) for ref in judgement.refs)
        if one is not None and one == other:
            within.setdefault(one, []).append(judgement)
    return sorted((_cluster(members[top], within[top]) for top in members),
                  key=lambda cluster: min(cluster.members))


def chains(judgements: Iterable[Judgement]) -> list[frozenset[Ref]]:
    """The entities that were ever linked by a chain of SAME, whether or not those stand."""
    members: dict[Ref, set[Ref]] = {}
    for ref, top in _components(one for one in judgements if one.verdict is Sameness.SAME).items():
        members.setdefault(top, set()).add(ref)
    return [frozenset(found) for found in members.values()]


def _cluster(members: set[Ref], within: list[Judgement]) -> Cluster:
    same, different = (tuple(judgement for judgement in within if judgement.verdict is verdict)
                       for verdict in (Sameness.SAME, Sameness.DIFFERENT))
    return Cluster(frozenset(members), same, different)


def _components(same: Iterable[Judgement]) -> dict[Ref, Ref]:
    """Each entity with the one that stands for its component."""
    parent: dict[Ref, Ref] = {}

    def find(ref: Ref) -> Ref:
        while parent.setdefault(ref, ref) != ref:
            parent[ref] = ref = parent[parent[ref]]
        return ref

    for judgement in same:
        one, other = sorted(map(find, judgement.refs))
        parent[other] = one
    return {ref: find(ref) for ref in list(parent)}


def merged(cluster: Cluster, there: Collection[Ref]) -> dict[Ref, Ref]:
    """Member → canonical member, for those members that are `there`, but for the canonical one itself."""
    present = sorted(cluster.members.intersection(there), key=_rank)
    return dict.fromkeys(present[1:], present[0]) if present and cluster.is_merged else {}


def is_local(id_: str) -> bool:
    """Whether this id holds within one report only: "foreign ministry (in 3f2a…)"."""
    return _LOCAL.search(id_) is not None


def is_address(aircraft: str) -> bool:
    """Whether an aircraft's id is its 24-bit address, for want of a registration."""
    return keys.address_of(aircraft) is not None or aircraft.startswith("~")


def _rank(ref: Ref) -> tuple[bool, bool, int, str]:
    """Lower is better: no report's own name, known to the reference tables, the fullest name, the first."""
    label, id_ = ref
    if label is Label.AIRCRAFT:
        return is_address(id_), False, 0, id_
    return is_local(id_), not _is_known(label, id_), -len(id_), id_


def _is_known(label: Label, id_: str) -> bool:
    match label:
        case Label.OPERATOR:
            return id_ in tables.operators()
        case Label.AIRPORT:
            return id_ in tables.airports()
        case Label.PLACE:
            return bool(positions_of_place(id_))
        case _:
            return False
