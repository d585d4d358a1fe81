"""Paths between entities: the shortest ones, none missed within the bounds, and no claim read as a fact."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest

from tailgraph.errors import UsageError
from tailgraph.graph.analysis import paths
from tailgraph.graph.analysis.neighbourhood import Bounds
from tailgraph.graph.analysis.paths import Path, Paths
from tailgraph.graph.analysis.views import FACTS, VIEWS, Standing
from tailgraph.graph.evidence import lookup
from tailgraph.graph.rows import Ref
from tailgraph.graph.shape import ENTITIES, Label
from tailgraph.graph.store import Store

ALL = tuple(VIEWS)
USUAL = ("statements", "flights", "identity", "claims", "speech")
AN124, UNIT = (Label.AIRCRAFT, "RA-82030"), (Label.OPERATOR, "224th Flight Unit")
PYONGYANG, VLADIVOSTOK = (Label.AIRPORT, "ZKPY"), (Label.AIRPORT, "UHWW")


def ids(path: Path) -> list[str]:
    return [path.steps[0].start.id, *(step.end.id for step in path.steps)]


def found(store: Store, start: Ref, end: Ref, bounds: Bounds | None = None, **options: int) -> Paths:
    return paths.find(store, start, end, bounds or Bounds(USUAL), **options)


def entities(store: Store) -> list[Ref]:
    rows = store.read("MATCH (e:Entity) RETURN labels(e) AS labels, e.id AS id")
    return sorted((Label(name), row["id"]) for row in rows for name in row["labels"] if name != "Entity")


def network(store: Store, bounds: Bounds) -> nx.Graph:
    """All edges of the views, whatever their kinds, read entity by entity."""
    refs = entities(store)
    whole = nx.Graph()
    whole.add_nodes_from(refs)
    for name in bounds.views:
        rows = store.read(VIEWS[name].around, {
            "refs": [{"kind": kind.value, "id": id_} for kind, id_ in refs], "ends": [], "most": 10_000,
            "kinds": [label.value for label in ENTITIES], **VIEWS[name].parameters})
        whole.add_edges_from(((Label(row["from_kind"]), row["from_id"]), (Label(row["kind"]), row["id"]))
                             for row in rows)
    return whole


@pytest.mark.parametrize("bounds", [Bounds(FACTS), Bounds(USUAL), Bounds(ALL, through=ENTITIES)])
def test_no_shortest_path_is_missed(store: Store, bounds: Bounds) -> None:
    whole = network(store, bounds)
    pairs = list(combinations(entities(store), 2))[::8]
    assert len(pairs) > 15
    for start, end in pairs:
        inner = whole.subgraph([ref for ref in whole if ref in (start, end) or ref[0] in bounds.through])
        length = nx.shortest_path_length(inner, start, end) if nx.has_path(inner, start, end) else None
        answer = paths.find(store, start, end, bounds, most=1)
        expected = [length] if length is not None and length <= 4 else []
        assert [len(path.steps) for path in answer.paths] == expected, (start, end)


@pytest.mark.parametrize("views", [FACTS, USUAL, ALL])
def test_a_step_of_fact_has_a_source_that_is_no_claim(store: Store, views: tuple[str, ...]) -> None:
    seen = set()
    korea = (Label.COUNTRY, "KP")
    for start, end in ((AN124, PYONGYANG), (AN124, UNIT), (UNIT, korea), (AN124, korea)):
        for path in paths.find(store, start, end, Bounds(views), most=5).paths:
            for step in path.steps:
                seen.add(step.standing)
                assert (step.standing is Standing.FACT) == bool(step.stated or step.flown)
                assert (step.standing is Standing.MENTION) <= (not step.claimed and not step.spoken)
            assert path.standing is max((step.standing for step in path.steps), key=list(Standing).index)
    assert seen <= ({Standing.FACT} if views == FACTS else set(Standing))
    assert Standing.FACT in seen


def test_a_claim_names_who_says_it_and_who_denies_it(store: Store) -> None:
    [path] = found(store, UNIT, (Label.COUNTRY, "KP"), most=1, evidence=20).paths
    [step] = path.steps
    assert step.standing is path.standing is Standing.CLAIM
    said = {(one.said_by, one.denied_by) for one in step.claimed if one.kind == "Allegation"}
    assert said == {(("United States",), ("Russia",)), (("Ukraine",), ()), (("United States",), ())}
    assert {one.is_start_open for one in step.claimed if one.denied_by} == {True}
    assert {one.happened for one in step.claimed if one.kind == "ReportedFlight"} == {True, False}


def test_alternatives_that_the_text_leaves_open_are_no_tie(store: Store) -> None:
    answer = found(store, (Label.AIRCRAFT_TYPE, "A124"), UNIT, Bounds(("claims",)), max_length=1)
    assert [one.kind for path in answer.paths for one in path.steps[0].claimed] == ["ReportedFlight"]


def test_facts_only(store: Store) -> None:
    answer = found(store, AN124, (Label.COUNTRY, "KP"), Bounds(FACTS), most=1)
    assert [ids(path) for path in answer.paths] == [["RA-82030", "ZKPY", "KP"]]
    assert answer.paths[0].standing is Standing.FACT
    first = answer.paths[0].steps[0]
    assert first.is_only_direction
    assert [one.end_role for one in first.flown] == ["APPEARED_FROM", "VANISHED_TOWARD"]
    assert first.counts == {"flights": 2}


def test_what_many_share_is_led_through_only_on_request(store: Store) -> None:
    ends = (Label.AIRCRAFT, "RA-82030"), (Label.AIRCRAFT, "RA-76999")
    by_default = found(store, *ends, most=10)
    assert not {"RU", "ballistic-missile"} & {id_ for path in by_default.paths for id_ in ids(path)}
    asked = found(store, *ends, Bounds(FACTS, through=ENTITIES))
    assert ["RA-82030", "RU", "RA-76999"] in [ids(path) for path in asked.paths]


def test_a_hub_is_not_led_through_and_named(store: Store) -> None:
    bounds = Bounds(FACTS, hub=2)
    answer = found(store, AN124, (Label.AIRCRAFT, "RA-85990"), bounds)
    assert answer.paths == ()
    assert any("UHWW" in note or "ZKPY" in note for note in answer.notes)


def test_named_together_is_no_more_than_that(store: Store) -> None:
    ends = (Label.AIRCRAFT, "RA-11111"), (Label.AIRCRAFT, "RA-22222")
    assert found(store, *ends).paths == ()
    [path] = found(store, *ends, Bounds(ALL)).paths
    assert path.standing is Standing.MENTION
    assert path.steps[0].together[0].sentence == "RA-11111 and RA-22222 were there."


def test_of_equal_paths_the_one_of_facts_comes_first(store: Store) -> None:
    answer = found(store, AN124, (Label.AIRCRAFT, "RA-85990"), most=5)
    lengths = [(len(path.steps), list(Standing).index(path.standing)) for path in answer.paths]
    assert lengths == sorted(lengths)
    assert {ids(path)[1] for path in answer.paths if len(path.steps) == 2} >= {"ZKPY", "UHWW"}


def test_asking_twice_gives_the_same(store: Store) -> None:
    assert found(store, UNIT, VLADIVOSTOK, most=9) == found(store, UNIT, VLADIVOSTOK, most=9)


def test_ends_are_told_by_id_name_or_kind(store: Store) -> None:
    assert lookup.find(store, "North Korea") == (Label.COUNTRY, "KP")
    assert lookup.find(store, "operator:224th Flight Unit") == UNIT
    assert lookup.find(store, "224th", ENTITIES) == UNIT
    for text, said in (("nobody", "Nothing in the graph"), ("RA-", "may be"), ("", "Nothing in the graph")):
        with pytest.raises(UsageError, match=said):
            lookup.find(store, text, ENTITIES)
    with pytest.raises(UsageError, match="Both ends"):
        found(store, UNIT, UNIT)
