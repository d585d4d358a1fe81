"""Reports that were stored before origins were worked out: given what they are compared by."""

from __future__ import annotations

import uuid
from typing import Any

import neo4j

from tailgraph.graph.model import Document
from tailgraph.graph.origins.comparable import comparable, comparable_claim

BATCH = 200

_DOCUMENTS = """
MATCH (d:Document) WHERE d.text IS NOT NULL
  AND (d.words IS NULL OR EXISTS { (d)-[:HAS_CLAIM]->(c) WHERE c.reading IS NULL })
WITH d LIMIT $size
RETURN d.id AS id, d.title AS title, d.text AS text,
       [(d)-[:HAS_PASSAGE]->(p) | [p.index, p.text]] AS passages,
       [(d)-[:HAS_CLAIM]->(c) | [c.id, c.sentence, c.cue_start, c.cue_end, c.action,
          [(c)-[:EVIDENCED_BY]->(p) WHERE p.start <= c.cue_start < p.end | p.text][0]]] AS claims
"""
_GIVE = """
UNWIND $rows AS row
MATCH (d:Document {id: row.id}) SET d += row.properties
WITH d, row UNWIND row.claims AS claim
MATCH (d)-[:HAS_CLAIM]->(c {id: claim.id}) SET c += claim.properties
"""
_UNGRADED = "MATCH (p:Publisher) WHERE p.reliability IS NOT NULL REMOVE p.reliability"
# Taken up by whatever settles next, as after an ingest.
_MARK = "MERGE (m:Meta {id: 'pending ' + $id})"


def describe(session: neo4j.Session) -> None:
    """Give every such report and its claims the properties that a new one is written with, and take the grade
    from publishers that nobody has graded."""
    session.run(_UNGRADED).consume()
    while session.execute_write(_batch):
        pass


def _batch(transaction: neo4j.ManagedTransaction) -> bool:
    rows = [_row(record) for record in transaction.run(_DOCUMENTS, size=BATCH)]
    if not rows:
        return False
    transaction.run(_GIVE, rows=rows).consume()
    transaction.run(_MARK, id=uuid.uuid4().hex).consume()
    return True


def _row(record: neo4j.Record) -> dict[str, Any]:
    title, text = record["title"] or "", record["text"]
    properties = comparable(Document(title=title, text=text), dict(record["passages"]))
    claims = [{"id": id_, "properties": {
        "origin": properties["words"], **comparable_claim(id_, sentence or "", start, end, action, said)}}
        for id_, sentence, start, end, action, said in record["claims"]]
    return {"id": record["id"], "properties": properties, "claims": claims}
