"""Every claim and every derived edge of the examples rests on something, and `evidence` shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import neo4j
import pytest

from tailgraph.graph import schema
from tailgraph.graph.analysis import annotation
from tailgraph.graph.analysis.brokers import brokers
from tailgraph.graph.analysis.views import FACTS
from tailgraph.graph.evidence import (
    ClaimEvidence,
    EntityEvidence,
    FlightEvidence,
    evidence,
    lookup,
    relationship_evidence,
)
from tailgraph.graph.evidence.relationship import EdgeEvidence, Standing
from tailgraph.graph.identity import decide
from tailgraph.graph.identity.judgement import Judgement, Sameness
from tailgraph.graph.model import Document, Kind
from tailgraph.graph.runs import run
from tailgraph.graph.shape import CLAIMS, EDGES, ENTITIES, NODES, Label, Life, Type
from tailgraph.graph.store import Store
from tailgraph.ingest import aircraft, pipeline, sources, tracks
from tailgraph.ingest.destination import Graph
from tailgraph.ingest.extraction import Pool
from tailgraph.ingest.settle import settle
from tailgraph.queries import catalogue
from tailgraph.queries.run import ask_question
from tailgraph.settings import Connection

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SLOTS = {edge.type for edge in EDGES if set(edge.starts) <= set(CLAIMS) and set(edge.ends) <= set(ENTITIES)}
PARTS = {Type.PUBLISHED, Type.HAS_PASSAGE, Type.IN_PASSAGE, Type.REFERS_TO, Type.HAS_CLAIM, Type.EVIDENCED_BY,
         Type.HAS_TRACK, Type.RECEIVED_FROM, Type.DERIVED_FROM, Type.HAS_GAP}
"""What belongs to a source, or leads to it: evidence itself."""
Properties = dict[str, Any]
_TWO_PLACES = "MATCH (p:Place) RETURN p.id AS id ORDER BY id LIMIT 2"
_OF_TYPE = """
MATCH (a)-[r]->(b) WHERE type(r) = $type
RETURN labels(a) AS start_labels, a.id AS start, labels(b) AS end_labels, b.id AS end
"""


@pytest.fixture(scope="module")
def store(driver: neo4j.Driver, connection: Connection,
          tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The examples with what else makes relationships, once for all tests, which only read: a report that is
    printed again, two aircraft flying together with a silence, a table, a judgement, an analysis."""
    folder = tmp_path_factory.mktemp("more")
    with Store(connection) as opened, Pool() as pool:
        opened.write(lambda transaction: transaction.run("MATCH (n) DETACH DELETE n").consume())
        with run(opened, "ingest reports") as node:
            files = list(sources.expand([str(EXAMPLES / "reports"), str(_printed_again(folder))]))
            pipeline.ingest(Graph(opened, node), files, pool, lambda name: None)
        with run(opened, "ingest tracks") as node:
            found = sorted(path for path in (EXAMPLES / "tracks").rglob("*.*") if path.is_file())
            tracks.ingest(opened, [*found, *_together(folder)], node, lambda name, size: None)
        with run(opened, "ingest aircraft") as node:
            aircraft.ingest(opened, [EXAMPLES / "aircraft.csv"], node, lambda name, size: None)
        one, other = (row["id"] for row in opened.read(_TWO_PLACES))
        decide.give(opened, [Judgement.of(Kind.PLACE, one, other, Sameness.SAME, "tests")])
        settle(opened)
        with run(opened, "analyse") as node:
            annotation.write(opened, brokers(opened, FACTS, ENTITIES, most=3), node)
        yield opened




def _printed_again(folder: Path) -> Path:
    told = (EXAMPLES / "reports" / "03-night-flights.md").read_text(encoding="utf-8")
    again = folder / "again.md"
    again.write_text(told.replace("Harbour Lane", "Another").replace("2024-03-28", "2024-03-29"))
    return again


def _together(folder: Path) -> list[Path]:
    """Two aircraft side by side for 80 minutes, of which one is not received for 15."""
    start = datetime(2024, 3, 25, 10, tzinfo=UTC)
    for address, silent in (("738043", range(0)), ("738044", range(30, 45))):
        rows = "".join(
            f"{(start + timedelta(minutes=at)).isoformat()},{address},{43 + at * 0.08:.4f},132,20000\n"
            for at in range(80) if at not in silent)
        (folder / f"{address}.csv").write_text("time,icao24,latitude,longitude,altitude_ft\n" + rows)
    return sorted(folder.glob("*.csv"))


@pytest.fixture(scope="module")
def nodes(store: Store) -> dict[tuple[Label, str], Properties]:
    found = {}
    for label, statement in schema.every_node():
        for row in store.read(statement):
            found[label, row["properties"]["id"]] = row["properties"]
    return found


@pytest.fixture(scope="module")
def edges(store: Store) -> list[tuple[Type, tuple[Label, str], tuple[Label, str], Properties]]:
    return [(type_, _ref(row, "start"), _ref(row, "end"), row["properties"])
            for type_, statement in schema.every_edge() for row in store.read(statement)]


def _ref(row: Properties, end: str) -> tuple[Label, str]:
    label = schema.primary(row[f"{end}_labels"])
    assert label, row
    return label, row[end]


@pytest.fixture(scope="module")
def contents(nodes: dict[tuple[Label, str], Properties]) -> dict[str, str]:
    return {id_: Document(title=node.get("title") or "", text=node["text"]).content
            for (label, id_), node in nodes.items() if label is Label.DOCUMENT}


# --- the whole graph ---------------------------------------------------------------------------------------


def test_the_examples_hold_every_kind_of_claim_and_flight(nodes: Any, edges: Any) -> None:
    assert {*CLAIMS, Label.FLIGHT, Label.TRACK_FILE} <= {label for label, _ in nodes}
    assert {Type.TESTED_AGAINST, Type.VANISHED_TOWARD, Type.IDENTIFIED_BY, Type.DENIED_BY} <= {
        edge[0] for edge in edges}


def test_passages_mentions_and_cues_are_the_words_at_their_offsets(nodes: Any,
                                                                   contents: dict[str, str]) -> None:
    for (label, id_), node in nodes.items():
        if label in (Label.PASSAGE, Label.MENTION):
            assert node["text"] == contents[node["document"]][node["start"]:node["end"]] != "", id_
        if label in CLAIMS:
            assert node["cue"] == contents[node["document"]][node["cue_start"]:node["cue_end"]] != "", id_


def test_every_claim_has_sentences_and_says_what_read_it(nodes: Any, edges: Any) -> None:
    evidence_of: dict[tuple[Label, str], list[str]] = {}
    for type_, start, end, _ in edges:
        if type_ is Type.EVIDENCED_BY:
            evidence_of.setdefault(start, []).append(end[1])
    claims = [ref for ref in nodes if ref[0] in CLAIMS]
    assert set(claims) == set(evidence_of)
    for claim in claims:
        node, passages = nodes[claim], [nodes[Label.PASSAGE, id_] for id_ in evidence_of[claim]]
        assert {passage["document"] for passage in passages} == {node["document"]}
        ordered = sorted(passages, key=lambda passage: int(passage["index"]))
        assert sorted(node["sentence"]) == sorted(" ".join(passage["text"] for passage in ordered))
        assert node["rule"] and 0 <= node["confidence"] <= 1
        assert nodes[Label.DOCUMENT, node["document"]]["extractor"]


def test_every_derived_edge_has_its_ground(nodes: Any, edges: Any, contents: dict[str, str]) -> None:
    """No relationship is left over: each is part of a source, or says what it was derived from."""
    derived_from = {start for type_, start, _, _ in edges if type_ is Type.DERIVED_FROM}
    for type_, start, end, values in edges:
        where = f"{start} {type_} {end}"
        if type_ in PARTS:
            continue
        if start[0] in CLAIMS and type_ in SLOTS:
            _is_slot(values, contents[nodes[start]["document"]], where)
        elif type_ is Type.TESTED_AGAINST:
            assert values.get("reason") and values.get("verdict") and values.get("rank", 0) >= 1, where
        elif type_ is Type.SAME_AS:
            assert start[0] == end[0], where  # its judgements: see the test of what is shown
        elif type_ is Type.REPEATS:
            assert values.get("reason") and values.get("method"), where
        elif start[0] is Label.FLIGHT:
            assert start in derived_from, where
            assert type_ in (Type.VANISHED_TOWARD, Type.APPEARED_FROM) or values.get("method"), where
        else:
            assert start[0] in ENTITIES and values.get("source"), where


def _is_slot(values: Properties, content: str, where: str) -> None:
    if values.get("start") is not None:
        assert content[values["start"]:values["end"]], where
    assert values["ambiguous"] in (True, False), where


def test_every_flight_and_gap_rests_on_track_files(nodes: Any, edges: Any) -> None:
    tracks_of = {(start, end) for type_, start, end, _ in edges if type_ is Type.DERIVED_FROM}
    file_of = {end: start for type_, start, end, _ in edges if type_ is Type.HAS_TRACK}
    flights = {ref for ref in nodes if ref[0] is Label.FLIGHT}
    assert {flight for flight, _ in tracks_of} == flights
    for flight in flights:
        files = {file_of[track][1] for start, track in tracks_of if start == flight}
        assert files == set(nodes[flight]["sources"]), flight
    gaps = {end: start for type_, start, end, _ in edges if type_ is Type.HAS_GAP}
    assert set(gaps) == {ref for ref in nodes if ref[0] is Label.COVERAGE_GAP}
    assert set(gaps.values()) <= flights


def test_nothing_shared_is_there_without_support(nodes: Any, edges: Any) -> None:
    supported = {end for _, _, end, _ in edges} | {start for type_, start, _, _ in edges
                                                   if type_ is Type.PUBLISHED}
    assert {ref for ref in nodes if NODES[ref[0]].life is Life.SHARED} - supported == set()


# --- what is shown -----------------------------------------------------------------------------------------


def test_every_node_is_found_by_its_id_and_explained(store: Store, nodes: Any) -> None:
    for label, id_ in nodes:
        assert lookup.find(store, id_, [label]) == (label, id_)
        shown = evidence(store, (label, id_))
        assert (shown.kind, shown.id) == (label, id_)


def test_claims_are_shown_with_marked_sentences_extractor_and_run(store: Store, nodes: Any,
                                                                  contents: dict[str, str]) -> None:
    for ref in (ref for ref in nodes if ref[0] in CLAIMS):
        shown = evidence(store, ref)
        assert isinstance(shown, ClaimEvidence)
        content, claim = contents[shown.source.id], nodes[ref]
        told = [sentence for sentence in shown.sentences if sentence.is_evidence]
        assert told and {s.text for s in told} == {s.text for s in told if s.text in claim["sentence"]}
        for sentence in shown.sentences:
            assert content[sentence.start:sentence.end] == sentence.text
            assert "".join(stretch.text for stretch in sentence.stretches) == sentence.text
        marked = {mark.number for sentence in shown.sentences for stretch in sentence.stretches
                  for mark in stretch.marks}
        assert marked - {None} == {filler.number for filler in shown.fillers if filler.words}
        assert [command for run_ in shown.source.runs if (command := run_.command)] == ["ingest reports"]
        assert shown.source.extractor == nodes[Label.DOCUMENT, shown.source.id]["extractor"]


def test_flights_are_shown_with_files_ends_and_what_was_tested(store: Store, nodes: Any, edges: Any) -> None:
    for ref in (ref for ref in nodes if ref[0] is Label.FLIGHT):
        shown = evidence(store, ref)
        assert isinstance(shown, FlightEvidence)
        leaving = [(type_, end) for type_, start, end, _ in edges if start == ref]
        assert {file.id for file in shown.files} == set(nodes[ref]["sources"])
        assert sum(file.positions or 0 for file in shown.files) >= nodes[ref]["positions"]
        assert {(end.type, end.airport) for end in shown.ends} == {
            (type_, end[1]) for type_, end in leaving if end[0] is Label.AIRPORT}
        assert {airframe.id for airframe in shown.airframes} == {
            end[1] for type_, end in leaving if type_ is Type.BY_AIRCRAFT}
        assert {told.claim for told in shown.reported} == {
            start[1] for type_, start, end, _ in edges if type_ is Type.TESTED_AGAINST and end == ref}


def test_entities_keep_claims_apart_from_facts(store: Store, nodes: Any, edges: Any) -> None:
    for ref in (ref for ref in nodes if ref[0] in ENTITIES):
        shown = evidence(store, ref)
        assert isinstance(shown, EntityEvidence)
        one = {ref, *((ref[0], id_) for id_ in shown.sameness.merged_with)}
        assert {(said.role, said.id) for said in shown.claims} == {
            (type_, start[1]) for type_, start, end, _ in edges if end in one and start[0] in CLAIMS}
        assert {fact.source for fact in shown.facts} == {
            values["source"] for _, start, end, values in edges
            if one & {start, end} and start[0] in ENTITIES and "source" in values}
        assert not {fact.type for fact in shown.facts} & (SLOTS - {Type.OF_TYPE})
        assert shown.counts.mentions == sum(
            type_ is Type.REFERS_TO and end in one for type_, _, end, _ in edges)


def test_each_row_of_the_headline_leads_to_its_sentences_and_points(store: Store) -> None:
    query = catalogue.find(catalogue.HEADLINE)
    rows = ask_question(store, query, query.arguments({})).objects()
    assert rows
    for row in rows:
        claim = evidence(store, lookup.find(store, row["claim"]))
        assert isinstance(claim, ClaimEvidence)
        assert {s.text in row["sentence"] for s in claim.sentences if s.is_evidence} == {True}
        if row["tracked_flight"]:
            flight = evidence(store, lookup.find(store, row["tracked_flight"]))
            assert isinstance(flight, FlightEvidence)
            assert sum(file.positions or 0 for file in flight.files) > 0
        for told in row["reported_claims"]:
            shown = evidence(store, lookup.find(store, told))
            assert isinstance(shown, ClaimEvidence)
            best = [(test.flight, test.verdict) for test in shown.tests if test.rank == 1]
            assert best == ([(row["tracked_flight"], row["verdict"])] if row["verdict"] else [])


# --- relationships -----------------------------------------------------------------------------------------


def test_every_relationship_is_explained_with_its_ground(store: Store, edges: Any) -> None:
    """The whole graph, edge by edge: what `tailgraph explain ID TYPE ID` shows is never without evidence."""
    count = Counter((type_, start, end) for type_, start, end, _ in edges)
    for type_ in (Type.CONTRIBUTED, Type.ANNOTATED, Type.HELD_SAME_AS):  # no part of the digest
        count.update((type_, _ref(row, "start"), _ref(row, "end"))
                     for row in store.read(_OF_TYPE, {"type": type_}))
    assert {edge.type for edge in EDGES} - {type_ for type_, _, _ in count} == set()
    for type_, start, end in sorted(count):
        shown = [edge for edge in relationship_evidence(store, start, end, type_).edges
                 if (edge.start_kind, edge.start) == start]
        assert len(shown) == count[type_, start, end], f"{start} {type_} {end}"
        for edge in shown:
            _is_grounded(edge, start[0], type_)


def _is_grounded(edge: EdgeEvidence, start: Label, type_: Type) -> None:
    where = f"{edge.start} {type_} {edge.end}"
    assert edge.is_grounded, where
    assert (edge.standing is Standing.CLAIM) == (start in CLAIMS and type_ in SLOTS), where
    if edge.standing is Standing.CLAIM:
        assert all(told.sentences and told.source.extractor and told.rule for told in edge.told), where
    if type_ in (Type.SAME_AS, Type.HELD_SAME_AS):
        assert {one.verdict for one in edge.judgements} == {Sameness.SAME}, where
    if edge.values.get("table"):
        assert edge.row and edge.row.said and edge.row.runs, where
    if start is Label.FLIGHT or type_ is Type.TESTED_AGAINST:
        assert edge.files and all(file.runs for file in edge.files), where


def test_a_report_that_names_it_in_a_claim_alone_counts(store: Store, nodes: Any, edges: Any) -> None:
    document_of = {ref: nodes[ref]["document"] for ref in nodes if ref[0] in (*CLAIMS, Label.MENTION)}
    for ref in (ref for ref in nodes if ref[0] in ENTITIES):
        counts = evidence(store, ref).counts  # type: ignore[union-attr]
        one = {ref, *((ref[0], id_) for id_ in evidence(store, ref).sameness.merged_with)}  # type: ignore[union-attr]
        naming = {start for _, start, end, _ in edges if end in one and start in document_of}
        assert counts.reports == len({document_of[start] for start in naming})
        assert counts.said == len({start for start in naming if start[0] in CLAIMS}) <= sum(
            counts.claims.values())
