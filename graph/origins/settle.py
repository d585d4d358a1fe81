"""Origins worked out anew for what came, and for what had repeated something that went."""

from __future__ import annotations

import neo4j

from tailgraph.graph.origins import claims, documents
from tailgraph.graph.store import Store

BATCH = 200

_UNSETTLED = """
MATCH (d:Document) WHERE d.unsettled
WITH d ORDER BY d.id LIMIT $size
WITH collect(DISTINCT d.words) AS texts
UNWIND texts AS words
MATCH (d:Document {words: words}) WHERE d.unsettled
SET d.id = d.id
RETURN d.id AS id, words ORDER BY id
"""
_DOCUMENT_ORIGINS = """
UNWIND $ids AS id
MATCH (:Document {id: id})<-[:REPEATS*0..]-(d:Document)
WITH DISTINCT d
MATCH (d)-[:REPEATS*0..]->(root:Document) WHERE NOT (root)-[:REPEATS]->()
SET d.origin = root.words
RETURN collect(d.id) AS ids
"""
_CLAIM_ORIGINS = """
UNWIND $ids AS id
MATCH (:Document {id: id})-[:HAS_CLAIM]->(:Claim)<-[:REPEATS*0..]-(c:Claim)
WITH DISTINCT c
MATCH (c)-[:REPEATS*0..]->(root:Claim) WHERE NOT (root)-[:REPEATS]->()
MATCH (root)<-[:HAS_CLAIM]-(d:Document)
SET c.origin = d.origin
"""
_SETTLED = "UNWIND $ids AS id MATCH (d:Document {id: id}) REMOVE d.unsettled"


def settle(store: Store) -> int:
    """Work out what every unsettled report and its claims repeat; returns how many reports that were.

    Each batch is one transaction: what is cut is taken up where it was.
    """
    total = 0
    while done := store.write(_batch):
        total += done
    return total


def _batch(transaction: neo4j.Transaction) -> int:
    found = {row["id"]: row["words"] for row in transaction.run(_UNSETTLED, size=BATCH)}
    if not found:
        return 0
    changed = documents.repeat(transaction, found.values()) | found.keys()
    looked = claims.repeat(transaction, found)
    touched = transaction.run(_DOCUMENT_ORIGINS, ids=sorted(changed)).single(strict=True)["ids"]
    transaction.run(_CLAIM_ORIGINS, ids=sorted({*touched, *looked})).consume()
    transaction.run(_SETTLED, ids=sorted(found)).consume()
    return len(found)
