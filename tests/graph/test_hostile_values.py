"""Hostile words in every text field and column: they are stored as words, and touch nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from tailgraph.graph import contributions, reports, retract, tracks
from tailgraph.graph.model import Entity, EntityRef, Extraction, Kind
from tailgraph.graph.report_rows import report_rows
from tailgraph.graph.runs import run
from tailgraph.graph.shape import NODES, Label, Type
from tailgraph.graph.store import Store
from tailgraph.graph.track_file import TrackFile
from tests.graph import made_up

_ENDINGS = ("", "//", "/*", ";", "`", "'", '"', "})", "\n", "\\u0060")
_OPENINGS = ("", "'", '"', "`", "``", "\\'", "\\u0027", "\\u0060", "})", "'})", "`})", "]->()", "*/", "\0",
             "$x")
_ACTS = ("MATCH (n) DETACH DELETE n", "CREATE (:Owned)", "SET n:Owned", "DROP CONSTRAINT tailgraph_run_id",
         "CALL dbms.shutdown()", "LOAD CSV FROM 'file:///etc/passwd' AS r CREATE (:Owned {r: r})",
         "RETURN 1 UNION MATCH (n) DELETE n", "REMOVE n.id")


def payloads() -> Iterator[str]:
    """Attempts to break out of a string, a label, a pattern or a comment."""
    for number in range(120):
        yield " ".join((_OPENINGS[number % len(_OPENINGS)], _ACTS[number % len(_ACTS)],
                        _ENDINGS[number % len(_ENDINGS)]))


PAYLOADS = tuple(payloads())


def hostile(number: int, words: str) -> Extraction:
    """A report with `words` in every field that takes text."""
    plain = made_up.extraction(number, ["Examplia", "Jane Doe"], words)
    kinds = tuple(Entity(kind=kind, id=words, names=(words,)) for kind in Kind)
    document = plain.document.model_copy(update={
        "publisher": words, "url": words, "language": words, "title": words + plain.document.title,
        "text": plain.document.text + words})
    mention = plain.mentions[0].model_copy(update={"text": words, "method": words})
    mentions = tuple(mention.model_copy(update={"start": n, "end": n + 1, "entity": entity.ref})
                     for n, entity in enumerate(kinds))
    claim = plain.allegations[0]
    slots = tuple(claim.accuser[0].model_copy(update={"entity": entity.ref}) for entity in kinds)
    claim = claim.model_copy(update={"rule": words, "accused": slots, "supplier": slots})
    flight = plain.flights[0].model_copy(update={"rule": words, "callsigns": (words, words)})
    return plain.model_copy(update={"document": document, "extractor": words, "mentions": mentions,
                                    "entities": kinds, "allegations": (claim,), "flights": (flight,)})


def hostile_file(words: str) -> TrackFile:
    file = made_up.FILES[0]
    track = replace(file.tracks[0], file=words, labels=((words, words, words),))
    return replace(file, id=words, name=words, format=words, tracks=(track,))


def survivors(store: Store) -> tuple[set[str], set[str], int]:
    labels = {row["label"] for row in store.read("MATCH (n) UNWIND labels(n) AS label RETURN label")}
    types = {row["type"] for row in store.read("MATCH ()-[r]->() RETURN DISTINCT type(r) AS type")}
    canaries = store.read("MATCH (c:Canary {id: 'canary', colour: 'yellow'}) RETURN count(c) AS count")
    return labels, types, canaries[0]["count"]


def test_words_stay_words(store: Store) -> None:
    canary = "CREATE (:Canary {id: 'canary', colour: 'yellow'})"
    store.write(lambda transaction: transaction.run(canary).consume())
    extractions = [hostile(number, words) for number, words in enumerate(PAYLOADS)]
    with run(store, PAYLOADS[0]) as node:
        for start in range(0, len(extractions), 20):
            assert reports.write(store, extractions[start:start + 20], node).refused == ()
        tracks.write(store, [hostile_file(words) for words in PAYLOADS], node, made_up.derive)
    labels, types, canaries = survivors(store)
    assert labels <= {*NODES, "Entity", "Claim", "Canary"}
    assert types <= set(Type)
    assert canaries == 1
    assert len(store.read("SHOW CONSTRAINTS YIELD name RETURN name")) == len(NODES)
    stored = {row["id"] for row in store.read("MATCH (p:Person) RETURN p.id AS id")}
    assert set(PAYLOADS) <= stored
    for extraction in extractions:
        retract.retract(store, retract.find(store, extraction.document.id), made_up.derive)
    for words in PAYLOADS:
        retract.retract(store, retract.Source("TrackFile", words, None, None), made_up.derive)
    assert survivors(store)[0] == {"Canary", "Run", "Meta"}


BAD = "x\ud800" * 5000


def test_a_bad_value_costs_only_itself(store: Store) -> None:
    good = made_up.extraction(1, ["Examplia", "Jane Doe"])
    bad = made_up.extraction(2, ["Examplia", "missiles"])
    document = bad.document.model_copy(update={"title": "a\udfffb", "publisher": BAD, "language": "\ud800"})
    flight = bad.flights[0].model_copy(update={"count": 2**63, "confidence": float("nan"),
                                               "callsigns": ("\ud800",)})
    nobody = bad.mentions[0].model_copy(update={"entity": EntityRef(kind=Kind.PERSON, id=""), "passage": 7})
    bad = bad.model_copy(update={"document": document, "flights": (flight,),
                                 "mentions": (nobody, *bad.mentions)})
    with run(store, "test") as node:
        written = reports.write(store, [good, bad], node)
    assert set(written.documents) == {good.document.id, document.id}
    mended = "characters that are no Unicode text were replaced"
    assert {(problem.field, problem.message.split(":")[0]) for problem in written.problems} == {
        *((field, mended) for field in ("title", "text", "publisher", "language", "callsigns")),
        *((field, "left out") for field in ("count", "confidence", "REFERS_TO", "IN_PASSAGE"))}
    claim = store.read("MATCH (f:ReportedFlight {document: $id}) RETURN f.count AS count, f.rule AS rule",
                       {"id": document.id})
    assert claim == [{"count": None, "rule": "made-up 1"}]
    assert {one.id for one, _ in contributions.texts(store, None)} == {good.document.id, document.id}


def test_what_neo4j_refuses_does_not_take_its_neighbours_along(store: Store,
                                                               monkeypatch: pytest.MonkeyPatch) -> None:
    """Should a value ever get past the checks: one report of the batch is named, the others are stored."""
    extractions = [made_up.report(number, 0) for number in range(4)]
    rows = report_rows(extractions[2])
    rows.nodes[Label.DOCUMENT][extractions[2].document.id]["url"] = {"a": "map"}
    monkeypatch.setattr(reports, "report_rows",
                        lambda one: rows if one is extractions[2] else report_rows(one))
    with run(store, "test") as node:
        written = reports.write(store, extractions, node)
    assert {problem.where for problem in written.refused} == {extractions[2].document.id}
    assert set(written.documents) == {extractions[n].document.id for n in (0, 1, 3)}
    assert store.read("MATCH (d:Document {id: $id}) RETURN d", {"id": extractions[2].document.id}) == []


def test_a_day_is_a_day(store: Store) -> None:
    with run(store, "test") as node:
        reports.write(store, [made_up.report(0, 0)], node)
    rows = store.read("MATCH (d:Document) RETURN d.published AS published")
    assert [row["published"].to_native() for row in rows] == [date(2024, 3, 28)]
