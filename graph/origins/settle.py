"""Origins worked out anew for what came, and for what had repeated something that went.

First all reports, then all claims that these may concern, each looked at once, however many reports came
together. Every step is a transaction that may be done again; the marks on the reports go last, so that what
is cut is taken up whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any, LiteralString, TypeVar

import neo4j

from tailgraph.graph.origins import claims, documents
from tailgraph.graph.store import Row, Store

T = TypeVar("T")
BATCH = 200

_UNSETTLED = """
MATCH (d:Document) WHERE d.unsettled IS NOT NULL
RETURN d.id AS id, d.words AS words, d.unsettled AS mark ORDER BY words, id
"""
_LOCK = "UNWIND $ids AS id MATCH (d:Document {id: id}) SET d.id = d.id"
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
# A mark of another moment was set meanwhile, and stands for more to do.
_SETTLED = """
UNWIND $rows AS row MATCH (d:Document {id: row.id}) WHERE d.unsettled = row.mark REMOVE d.unsettled
"""


def settle(store: Store) -> int:
    """Work out what every unsettled report and its claims repeat; returns how many reports that were.

    One process at a time should do this (`pending.alone`); others may bring and take reports meanwhile.
    """
    found = store.read(_UNSETTLED)
    new = [row["id"] for row in found]
    touched: set[str] = set()
    for texts in _texts(found):
        touched |= store.write(partial(_documents, part=texts))
    looked = {id_ for part in _parts(new) for id_ in store.write(partial(claims.concerned, new=part))}
    for part in _parts(sorted(looked)):
        store.write(partial(claims.repeat, documents=part))
    for part in _parts(sorted(touched | looked)):
        store.write(partial(_run, statement=_CLAIM_ORIGINS, ids=part))
    for rows in _parts(found):
        store.write(partial(_run, statement=_SETTLED, rows=rows))
    return len(new)


def _run(transaction: neo4j.Transaction, statement: LiteralString, **parameters: Any) -> None:
    transaction.run(statement, parameters).consume()


def _documents(transaction: neo4j.Transaction, part: dict[str, str]) -> set[str]:
    """The ids of the reports whose origin may be another one now."""
    transaction.run(_LOCK, ids=sorted(part)).consume()
    changed = documents.repeat(transaction, part.values()) | part.keys()
    return set(transaction.run(_DOCUMENT_ORIGINS, ids=sorted(changed)).single(strict=True)["ids"])


def _texts(found: Sequence[Row]) -> Iterator[dict[str, str]]:
    """Id → words, in parts of some size that no two share a text of."""
    part: dict[str, str] = {}
    for row in found:
        if len(part) >= BATCH and row["words"] not in part.values():
            yield part
            part = {}
        part[row["id"]] = row["words"]
    if part:
        yield part


def _parts(all_: Sequence[T]) -> Iterable[Sequence[T]]:
    return (all_[at:at + BATCH] for at in range(0, len(all_), BATCH))
