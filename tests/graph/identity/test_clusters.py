"""Judgements taken together: an algebra that no order of giving them can change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from tailgraph.graph.identity.clusters import clusters, merged
from tailgraph.graph.identity.judgement import Judgement, Sameness
from tailgraph.graph.model import Kind
from tailgraph.graph.rows import Ref
from tailgraph.graph.shape import Label

NAMES = "abcdefg"
START = datetime(2024, 3, 1, tzinfo=UTC)
VERDICTS = st.dictionaries(st.sampled_from(list(combinations(NAMES, 2))), st.sampled_from(list(Sameness)))


def judgements(verdicts: dict[tuple[str, str], Sameness]) -> list[Judgement]:
    return [Judgement.of(Kind.OPERATOR, *pair, verdict, "me", at=START + timedelta(seconds=number))
            for number, (pair, verdict) in enumerate(verdicts.items())]


def refs(*names: str) -> set[Ref]:
    return {(Label.OPERATOR, name) for name in names}


@given(VERDICTS, st.randoms())
def test_clusters_are_the_components_of_same(verdicts: dict[tuple[str, str], Sameness],
                                             random: object) -> None:
    given_ = judgements(verdicts)
    found = clusters(given_)
    random.shuffle(given_)  # type: ignore[attr-defined]
    assert clusters(given_) == found
    graph = nx.Graph([pair for pair, verdict in verdicts.items() if verdict is Sameness.SAME])
    assert [one.members for one in found] == sorted(
        (frozenset(refs(*component)) for component in nx.connected_components(graph)), key=min)
    for one in found:
        inside = {name for _, name in one.members}
        assert {(c.left, c.right) for c in one.conflicts} == {
            pair for pair, verdict in verdicts.items()
            if verdict is Sameness.DIFFERENT and inside.issuperset(pair)}


@given(VERDICTS, st.sets(st.sampled_from(NAMES)))
def test_what_is_there_points_at_one_that_is_there_and_conflicts_merge_nothing(
        verdicts: dict[tuple[str, str], Sameness], there: set[str]) -> None:
    for one in clusters(judgements(verdicts)):
        edges = merged(one, refs(*there))
        present = one.members & refs(*there)
        if one.conflicts or len(present) < 2:
            assert edges == {}
        else:
            assert len(set(edges.values())) == 1
            assert set(edges) | set(edges.values()) == present
            assert not set(edges) & set(edges.values())


def canonical(label: Label, *ids: str) -> str:
    kind = Kind(label.value)
    chain = [Judgement.of(kind, one, other, Sameness.SAME, "me") for one, other in pairwise(ids)]
    return next(iter(merged(clusters(chain)[0], {(label, id_) for id_ in ids}).values()))[1]


def test_what_stands_for_a_cluster() -> None:
    unit = "224th Flight Unit"
    assert canonical(Label.OPERATOR, "224 FU of the Russian Federation", unit) == unit
    assert canonical(Label.AIRCRAFT, "15406e", "RF-82030", "RA-82030") == "RA-82030"
    assert canonical(Label.PLACE, "--/Wladiwostok am Pazifik", "RU/Vladivostok") == "RU/Vladivostok"
    local = "Ministry of Foreign Affairs of it (in 0123456789ab)"
    assert canonical(Label.ORGANIZATION, local, "Foreign Ministry") == "Foreign Ministry"
    assert canonical(Label.PERSON, "S. Shoigu", "Sergei Shoigu") == "Sergei Shoigu"
