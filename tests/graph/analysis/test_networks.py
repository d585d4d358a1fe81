"""Brokers, groups, aircraft that travel together; and what is kept of it leaves the graph what it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import combinations
from random import Random

import neo4j
import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailgraph.errors import UsageError
from tailgraph.graph import digest, retract, schema
from tailgraph.graph.analysis import annotation, brokers, communities, cotravel, network, paths
from tailgraph.graph.analysis.meetings import meetings
from tailgraph.graph.analysis.neighbourhood import Bounds
from tailgraph.graph.analysis.stays import End, Stay, ends, legs, stays
from tailgraph.graph.analysis.views import Standing
from tailgraph.graph.identity.decide import give
from tailgraph.graph.identity.judgement import Judgement, Sameness
from tailgraph.graph.model import Extraction, Flight, Kind
from tailgraph.graph.runs import run
from tailgraph.graph.shape import ENTITIES, Label
from tailgraph.graph.store import Store
from tailgraph.settings import Connection
from tests.graph import made_up
from tests.graph.scene import accuse, at, fly, report, write

KINDS = tuple(kind for kind in ENTITIES if kind not in (Label.COUNTRY, Label.AIRCRAFT_TYPE, Label.WEAPON))


def _pair(day: int, hour: int = 8) -> list[Flight]:
    """Two aircraft fly the same leg half an hour apart."""
    return [fly("15406e", "RA-82030", f"{day} {hour:02}:00", f"{day} {hour + 2:02}:00", departed="UHWW",
                arrived="UHHH"),
            fly("152cc7", "RA-76999", f"{day} {hour:02}:30", f"{day} {hour + 2:02}:30", departed="UHWW",
                arrived="UHHH")]


# A third one is at one of these airports once, and vanishes toward the other one.
FLIGHTS = [*_pair(5), *_pair(12), *_pair(19),
           fly("154fe6", "RA-85990", "25 08:00", "25 10:00", departed="UHWW", vanished="UHHH"),
           fly("154fe6", "RA-85990", "12 08:00", "12 09:00", departed="UIII", vanished="UHHH")]
REPORTS: list[Extraction] = [report("One", accuse(["224th Flight Unit"], by=["US"])),
                             report("Two", accuse(["RA-82030"], by=["UA"]))]


@pytest.fixture(scope="module")
def store(driver: neo4j.Driver, connection: Connection) -> Iterator[Store]:
    with Store(connection) as opened:
        driver.execute_query("MATCH (n) DETACH DELETE n", database_=connection.database)
        write(opened, *FLIGHTS, *REPORTS)
        yield opened


# --- networks ----------------------------------------------------------------------------------------------


def edges(found: network.Network) -> dict[frozenset[str], int]:
    return {frozenset((found.refs[one][1], found.refs[other][1])): weight
            for one, other, weight in found.graph.edges(data="weight")}


def test_a_view_is_what_it_says(store: Store) -> None:
    flights = edges(network.read(store, ("flights",), KINDS))
    assert flights == {frozenset(pair): count for pair, count in {
        ("RA-82030", "UHWW"): 3, ("RA-82030", "UHHH"): 3, ("RA-76999", "UHWW"): 3, ("RA-76999", "UHHH"): 3,
        ("RA-85990", "UHWW"): 1, ("RA-85990", "UIII"): 1}.items()}
    claims = edges(network.read(store, ("claims",), ENTITIES))
    assert not any("US" in pair for pair in claims)
    assert claims[frozenset(("224th Flight Unit", "ballistic-missile"))] == 1
    assert all({"US", "UA"} & pair for pair in edges(network.read(store, ("speech",), ENTITIES)))


def test_too_many_edges_are_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="more than 2 edges in flights"):
        network.read(store, ("flights",), KINDS, 2)


def test_the_broker_is_the_one_between(store: Store) -> None:
    found = brokers.brokers(store, ("flights",), KINDS)
    first = found.findings[0]
    assert (first.members[0].id, first.values["neighbours"]) == ("UHWW", 3)
    whole = network.read(store, ("flights",), KINDS)
    expected = nx.betweenness_centrality(whole.graph)
    assert {f.members[0].id: f.score for f in found.findings} == {
        whole.refs[n][1]: score for n, score in expected.items() if score > 0}
    assert "over all shortest ways" in found.notes[0]


def test_an_estimate_says_so_and_is_repeatable(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brokers, "EXACT", 2)
    found = brokers.brokers(store, ("flights",), KINDS, samples=3)
    assert found == brokers.brokers(store, ("flights",), KINDS, samples=3)
    assert "estimated from 3 of" in found.notes[0] and found.parameters["samples"] == 3


def test_groups(store: Store) -> None:
    found = communities.communities(store, ("flights",), KINDS, least=2)
    assert found == communities.communities(store, ("flights",), KINDS, least=2)
    groups = [{member.id for member in finding.members} for finding in found.findings]
    assert {"RA-82030", "RA-76999", "UHHH"} <= groups[0]
    assert {"RA-85990", "UIII"} <= next(group for group in groups if "UIII" in group)
    assert communities.communities(store, ("mentions",), KINDS).findings == ()


# --- aircraft that travel together -------------------------------------------------------------------------


def test_who_travels_together(store: Store) -> None:
    found = cotravel.co_travel(store, window_h=12)
    [pair] = found.findings
    assert [member.id for member in pair.members] == ["RA-76999", "RA-82030"]
    counted = [pair.values[name] for name in ("meetings", "same_legs", "airports")]
    assert counted == [6, 3, "UHHH, UHWW"]
    assert pair.values["chance"] < 0.01 < pair.values["by_chance"] < 3
    assert FLIGHTS[0].id in pair.values["evidence"] and FLIGHTS[1].id in pair.values["evidence"]
    assert "3 aircraft with seen ends over 20 days; 1 of 3 pairs" in found.notes[0]


def test_only_with_one_aircraft_and_without_crowded_airports(store: Store) -> None:
    assert cotravel.co_travel(store, only=(Label.AIRCRAFT, "RA-85990")).findings == ()
    left = cotravel.co_travel(store, hub=2).findings
    assert [pair.values["airports"] for pair in left] == ["UHHH"]
    assert "UHWW (3)" in cotravel.co_travel(store, hub=2).notes[-1]


def test_vanishing_toward_an_airport_is_no_stay_there(store: Store) -> None:
    seen = ends(store, {})
    assert {end.airport for end in seen if end.aircraft == "RA-85990"} == {"UHWW", "UIII"}
    assert {leg.aircraft for leg in legs(seen)} == {"RA-82030", "RA-76999"}


def test_an_arrival_and_the_next_departure_are_one_stay(store: Store) -> None:
    back = fly("15406e", "RA-82030", "5 20:00", "5 22:00", departed="UHHH", arrived="UHWW")
    found = [stay for stay in stays(sorted([*ends(store, {}), *_as_ends(back)]))
             if stay.aircraft == "RA-82030" and stay.start < at("6 00:00")]
    assert sorted((stay.where, stay.start, stay.end) for stay in found) == [
        ("UHHH", at("5 10:00"), at("5 20:00")), ("UHWW", at("5 08:00"), at("5 08:00")),
        ("UHWW", at("5 22:00"), at("12 08:00"))]


def _as_ends(flight: Flight) -> list[End]:
    return [End(flight.registration or "", end.earliest, end.latest, flight.id, is_arrival, end.airport)
            for end, is_arrival in ((flight.departure, False), (flight.arrival, True)) if end]


_STAYS = st.lists(st.builds(
    lambda where, hour, length, aircraft, n: Stay(where, at("1 00:00") + timedelta(hours=hour),
                                                  at("1 00:00") + timedelta(hours=hour + length), aircraft,
                                                  str(n)),
    st.sampled_from("PQ"), st.integers(0, 400), st.integers(0, 60), st.sampled_from("abc"),
    st.integers(0, 10**6)), max_size=25, unique_by=lambda stay: stay.flight)


@given(_STAYS, st.integers(1, 48))
def test_meetings_are_those_that_comparing_all_with_all_finds(found: list[Stay], hours: int) -> None:
    window = timedelta(hours=hours)
    expected: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for one, other in combinations(sorted(found, key=lambda stay: stay.aircraft), 2):
        near = one.start <= other.end + window and other.start <= one.end + window
        if one.aircraft != other.aircraft and one.where == other.where and near:
            expected.setdefault((one.aircraft, other.aircraft), set()).add((one.flight, other.flight))
    answer = meetings(found, window, 10)
    shown = {pair: {(a.flight, b.flight) for a, b in met.evidence} for pair, met in answer.pairs.items()}
    assert shown == expected
    for only in "abc":
        answer = meetings(found, window, 10, only)
        shown = {pair: {(a.flight, b.flight) for a, b in met.evidence}
                 for pair, met in answer.pairs.items()}
        assert shown == {pair: met for pair, met in expected.items() if only in pair}


def test_too_many_meetings_leave_the_busiest_places_out() -> None:
    def there(where: str, count: int) -> list[Stay]:
        return [Stay(where, at("1 00:00"), at("1 00:00"), f"{n}", f"{where}{n}") for n in range(count)]

    found = [*there("quiet", 3), *there("busy", 9), *there("busier", 20)]
    answer = meetings(found, timedelta(hours=1), 100, most=3 + 36)
    assert answer.busy == {"busier": 190}
    assert sum(len(met.evidence) for met in answer.pairs.values()) == 3 + 36
    assert answer.expected(("0", "1")) == meetings(found[:12], timedelta(hours=1), 100).expected(("0", "1"))
    assert meetings(found, timedelta(hours=1), 100, "0", most=2 + 8 + 19 + 3).busy == {}


def test_only_flights_of_some_days(store: Store) -> None:
    early = cotravel.co_travel(store, window_h=12, until=at("5 00:00").date())
    assert early.parameters["until"] == "2024-03-05"
    assert ends(store, {}, since=at("6 00:00").date(), until=at("5 00:00").date()) == []
    assert 0 < len(ends(store, {}, until=at("5 00:00").date())) < len(ends(store, {}))
    assert ends(store, {}, since=at("1 00:00").date(), until=at("31 00:00").date()) == ends(store, {})


def test_by_chance_as_often_as_expected() -> None:
    """Stays laid at random: the number of meetings that is expected is the mean of what happens."""
    random, start = Random(0), datetime(2024, 1, 1).astimezone()
    happened, expected = 0, 0.0
    for _ in range(300):
        found = [Stay("P", start, start, "a", "first"), Stay("P", start + timedelta(days=300),
                                                             start + timedelta(days=300), "b", "last")]
        found += [Stay("P", moment, moment + timedelta(hours=6), aircraft, str(n))
                  for aircraft, count in (("a", 5), ("b", 9)) for n in range(count)
                  for moment in (start + timedelta(days=random.uniform(0, 300)),)]
        answer = meetings(found, timedelta(hours=24), 10)
        happened += answer.count(("a", "b")) if answer.pairs else 0
        expected += answer.expected(("a", "b"))
    assert happened == pytest.approx(expected, rel=0.15)


# --- annotations and judgements (these change the graph, and put it back) ----------------------------------


def test_what_is_kept_is_no_part_of_the_graph_and_goes_again(store: Store) -> None:
    before = digest.digest(store.driver, store.database)
    found = cotravel.co_travel(store)
    with run(store, "test") as node:
        assert annotation.write(store, found, node) == 1
        assert annotation.write(store, brokers.brokers(store, ("flights",), KINDS), node) > 1
    assert digest.digest(store.driver, store.database) == before
    rows = store.read("MATCH (e:Aircraft)-[:ANNOTATED]->(a:Annotation {analysis: 'co-travel'}) "
                      "RETURN e.id AS id, a.text AS text, a.views AS views, a.at AS at ORDER BY id")
    assert [row["id"] for row in rows] == ["RA-76999", "RA-82030"]
    assert rows[0]["text"].startswith("RA-76999 and RA-82030 met 6 times at UHHH, UHWW; ")
    assert {(one.analysis, one.run) for one in annotation.listed(store)} == {
        ("co-travel", node[1]), ("brokers", node[1])}
    assert annotation.remove(store, analysis="brokers") > 1
    assert annotation.remove(store, run="nobody") == 0
    assert annotation.remove(store, run=node[1]) == 1
    assert store.read("MATCH (a:Annotation) RETURN count(a) AS count") == [{"count": 0}]
    assert digest.digest(store.driver, store.database) == before


def test_an_annotation_keeps_nothing_in_the_graph(store: Store) -> None:
    before = digest.digest(store.driver, store.database)
    more = report("Three", accuse(["Example Air"]))
    write(store, more)
    views = ("claims", "speech")
    with run(store, "test") as node:
        annotation.write(store, communities.communities(store, views, ENTITIES, least=2), node)
    assert store.read("MATCH (:Operator {id: 'Example Air'})-[:ANNOTATED]->() RETURN 1 AS one")
    retract.retract(store, retract.find(store, more.document.id), made_up.derive)
    assert digest.digest(store.driver, store.database) == before
    annotation.remove(store)


def test_a_finding_on_what_is_gone_is_left_out_whole(store: Store) -> None:
    more = report("Three", accuse(["Example Air"]))
    write(store, more)
    found = communities.communities(store, ("claims", "speech"), ENTITIES, least=2)
    about = [one for one in found.findings if any(member.id == "Example Air" for member in one.members)]
    retract.retract(store, retract.find(store, more.document.id), made_up.derive)
    assert about
    with run(store, "test") as node:
        assert annotation.write(store, found, node) == len(found.findings) - len(about)
    lone = "MATCH (a:Annotation) WHERE NOT EXISTS { ()-[:ANNOTATED]->(a) } RETURN a.id"
    assert store.read(lone) == []
    annotation.remove(store)


def test_an_annotation_is_there_with_its_members_or_not_at_all(store: Store,
                                                               monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object, **__: object) -> str:
        raise KeyboardInterrupt

    found = cotravel.co_travel(store)
    with run(store, "test") as node, monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(schema, "merge_edges", killed)
        annotation.write(store, found, node)
    assert annotation.listed(store) == []


def test_what_is_judged_to_be_one_is_one(store: Store) -> None:
    write(store, report("Four", accuse(["Two Four Unit"], by=["US"])))
    units = ("224th Flight Unit", "Two Four Unit")
    before = edges(network.read(store, ("claims",), ENTITIES))
    assert before[frozenset(("Two Four Unit", "ballistic-missile"))] == 1
    give(store, [Judgement.of(Kind.OPERATOR, *units, Sameness.SAME, "me", reason="seen")])
    found = edges(network.read(store, ("claims",), ENTITIES))
    assert not any("Two Four Unit" in pair for pair in found)
    assert found[frozenset(("224th Flight Unit", "ballistic-missile"))] == 2
    [answer] = paths.find(store, (Label.OPERATOR, units[0]), (Label.OPERATOR, units[1]),
                          Bounds(("statements", "flights", "identity")), most=1).paths
    assert (answer.standing, answer.steps[0].judged[0].by) == (Standing.JUDGEMENT, "me")
