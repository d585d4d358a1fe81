"""Reports on disk → claims in the graph, with the real model."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest

from tailgraph.graph.digest import digest
from tailgraph.graph.model import Document, Extraction
from tailgraph.graph.runs import run
from tailgraph.graph.store import Store
from tailgraph.ingest import article, extraction, pipeline, sources
from tailgraph.ingest.destination import Graph
from tailgraph.ingest.extraction import Pool
from tailgraph.ingest.summary import Summary
from tailgraph.settings import Connection

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples" / "reports"


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool() as opened:
        yield opened


@pytest.fixture
def store(graph: neo4j.Driver, connection: Connection) -> Iterator[Store]:
    with Store(connection) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three invented reports, one of them twice, and two things that are no reports."""
    (tmp_path / "a.txt").write_text("Kyiv accused Moscow of buying shells from Pyongyang.")
    (tmp_path / "b.md").write_text("---\ndate: 2024-03-28\npublisher: Example Wire\n---\n# Jet in Tehran\n\n"
                                   "An Il-76 of the 224th Flight Unit landed in Tehran on Tuesday.\n")
    (tmp_path / "c.txt").write_text("The U.S. accused the 224th Flight Unit of flying missiles to Russia.")
    (tmp_path / "copy.txt").write_text("The U.S. accused the 224th Flight Unit of flying missiles to Russia.")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    return tmp_path


def put(store: Store, pool: Pool, *paths: Path) -> Summary:
    with run(store, "test") as node:
        found = list(sources.expand([str(path) for path in paths]))
        return pipeline.ingest(Graph(store, node), found, pool, lambda name: None)


def test_what_is_known_is_passed_over_without_the_model(store: Store, pool: Pool, folder: Path) -> None:
    put(store, pool, folder)
    with Pool() as other:
        other.__dict__["_extractor"] = None  # nothing can be read with it
        assert put(store, other, folder).unchanged == 4
        (folder / "new.txt").write_text("Kyiv accused Minsk of selling drones to Tehran.")
        assert len(put(store, other, folder).refused) > len(put(store, pool, folder).refused)


def now(store: Store) -> str:
    return digest(store.driver, store.database)


def names(remarks: list[object]) -> set[str]:
    return {Path(str(remark).split(":")[0]).name for remark in remarks}


def test_good_reports_go_in_and_the_others_are_named(store: Store, pool: Pool, folder: Path) -> None:
    summary = put(store, pool, folder)
    assert (summary.stored, summary.unchanged) == (3, 1)
    assert names([*summary.refused]) == {"empty.txt", "picture.png"}
    assert f"The same report as {folder / 'c.txt'}." in {remark.text for remark in summary.notes}
    titles = {row["text"][:10] for row in store.read("MATCH (d:Document) RETURN d.text AS text")}
    assert titles == {"Kyiv accus", "An Il-76 o", "The U.S. a"}
    assert store.read("MATCH (p:Publisher)-[:PUBLISHED]->(d) RETURN p.id AS id, d.title AS title") == [
        {"id": "Example Wire", "title": "Jet in Tehran"}]


@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the examples are not here")
def test_an_accusation_is_a_claim_and_no_edge(store: Store, pool: Pool) -> None:
    put(store, pool, *EXAMPLES.glob("01-*"))
    assert "US" in {row["id"] for row in store.read("MATCH (:Allegation)-[:MADE_BY]->(e) RETURN e.id AS id")}
    between = store.read("MATCH (:Entity)-[r]->(:Entity) RETURN DISTINCT type(r) AS type")
    assert {row["type"] for row in between} <= {"OF_COUNTRY", "IN_COUNTRY", "OF_TYPE", "OPERATED_BY",
                                                "REGISTERED_IN"}
    unsourced = "MATCH (:Entity)-[r]->(:Entity) WHERE r.source IS NULL RETURN type(r) AS type"
    assert store.read(unsourced) == []


def test_again_reads_nothing_and_changes_nothing(store: Store, pool: Pool, folder: Path,
                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, pool, folder)
    before = now(store)

    def refuse(documents: list[Document]) -> Iterator[extraction.Extracted]:
        assert documents == []
        return iter(())

    monkeypatch.setattr(pool, "extract", refuse)
    summary = put(store, pool, folder)
    assert (summary.stored, summary.unchanged) == (0, 4)
    assert now(store) == before


def test_one_report_that_fails_does_not_cost_the_others(store: Store, pool: Pool, folder: Path,
                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    extractor = pool._extractor
    honest = extractor.extract

    def fails(document: Document) -> Extraction:
        if "Kyiv" in document.text:
            raise ZeroDivisionError("invented")
        return honest(document)

    monkeypatch.setattr(extractor, "extract", fails)
    summary = put(store, pool, folder)
    assert summary.stored == 2
    assert names([*summary.refused]) == {"a.txt", "empty.txt", "picture.png"}


def test_another_extractor_replaces_what_the_first_has_read(store: Store, pool: Pool, folder: Path,
                                                            monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, pool, folder)
    reference = now(store)
    for made in (pool, pool._extractor):
        monkeypatch.setattr(made, "version", "older")
    assert put(store, pool, folder).stored == 3
    assert now(store) != reference
    monkeypatch.undo()
    assert put(store, pool, folder).stored == 3
    assert now(store) == reference


@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the examples are not here")
def test_any_order_and_any_number_of_batches_give_one_graph(store: Store, pool: Pool,
                                                            monkeypatch: pytest.MonkeyPatch) -> None:
    paths = sorted(EXAMPLES.iterdir())
    put(store, pool, *paths)
    reference = now(store)
    store.write(lambda transaction: transaction.run("MATCH (n) WHERE NOT n:Meta DETACH DELETE n").consume())
    monkeypatch.setattr(pipeline, "BATCH_REPORTS", 3)
    monkeypatch.setattr(pipeline, "LOOK_AHEAD", 5)
    put(store, pool, *random.Random(1).sample(paths, len(paths)))
    assert now(store) == reference


@pytest.mark.full
def test_two_processes_read_the_same(pool: Pool, folder: Path) -> None:
    documents = [article.read(source) for source in sources.expand([str(EXAMPLES)])]
    with Pool(jobs=2) as both:
        assert list(both.extract(documents)) == list(pool.extract(documents))
