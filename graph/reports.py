"""Reports in and out of the graph: each one's contribution is there whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import neo4j

from tailgraph.graph import clock, pending, schema, writing
from tailgraph.graph.describe import add_shared
from tailgraph.graph.model import Extraction
from tailgraph.graph.readings import reading, stored
from tailgraph.graph.report_rows import report_rows
from tailgraph.graph.rows import Ref, Rows
from tailgraph.graph.shape import CLAIMS, SHARED, Label, Type
from tailgraph.graph.store import Raced, Refused, Store
from tailgraph.graph.values import Problem

_KNOWN = """
MATCH (d:Document) WHERE d.id IN $ids RETURN d.id AS id, d.extractor AS extractor
"""
_TAKE = """
UNWIND $ids AS id MERGE (d:Document {id: id}) SET d.id = d.id
RETURN d.id AS id, d.extractor AS extractor, d.recorded_at AS recorded_at,
       EXISTS { (:Run {id: $run})-[:CONTRIBUTED]->(d) } AS ours
"""
_LOCK = "UNWIND $ids AS id MATCH (d:Document {id: id}) SET d.id = d.id"
_POINTED_AT = """
UNWIND $ids AS id MATCH (d:Document {id: id})
CALL (d) {
  MATCH (d)<-[:PUBLISHED]-(p) RETURN p AS shared
  UNION MATCH (d)-[:HAS_CLAIM]->()-->(e:Entity) RETURN e AS shared
  UNION MATCH (d)-[:HAS_PASSAGE]->()<-[:IN_PASSAGE]-()-[:REFERS_TO]->(e) RETURN e AS shared
}
RETURN DISTINCT labels(shared) AS labels, shared.id AS id
"""
# Claims elsewhere that repeat one of these are to be looked at again.
_UNSETTLE = """
UNWIND $ids AS id
MATCH (:Document {id: id})-[:HAS_CLAIM]->()<-[:REPEATS]-()<-[:HAS_CLAIM]-(d:Document)
SET d.unsettled = randomUUID()
"""
_DELETE_MENTIONS = """
UNWIND $ids AS id MATCH (:Document {id: id})-[:HAS_PASSAGE]->()<-[:IN_PASSAGE]-(m) DETACH DELETE m
"""
_DELETE_PARTS = """
UNWIND $ids AS id MATCH (:Document {id: id})-[:HAS_PASSAGE|HAS_CLAIM]->(n) DETACH DELETE n
"""
_PARTS = frozenset((Label.PASSAGE, Label.MENTION, *CLAIMS))
"""Only who holds a document's lock writes these; once those of an older reading are gone, none is there."""
_DELETE = "UNWIND $ids AS id MATCH (d:Document {id: id}) DETACH DELETE d"


@dataclass(frozen=True, slots=True)
class Written:
    """What one call has put in: the documents that are new or replaced, and what had to be left out.

    `refused` are documents that Neo4j would not take, each with its reason; nothing of them is there.
    """

    documents: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    refused: tuple[Problem, ...] = ()

    def __add__(self, other: Written) -> Written:
        return Written(self.documents + other.documents, self.problems + other.problems,
                       self.refused + other.refused)


def known(store: Store, ids: Iterable[str]) -> dict[str, str]:
    """Those documents of `ids` that are in the graph, with the extractor that read them."""
    return {row["id"]: row["extractor"] for row in store.read(_KNOWN, {"ids": sorted(set(ids))})}


def write(store: Store, extractions: Sequence[Extraction], run: Ref) -> Written:
    """Put the contributions of some small reports into the graph, in one transaction.

    What the same extractor has read already is left as it is; what another one has read is replaced. Where
    Neo4j refuses the whole, each half is tried by itself.
    """
    prepared = {extraction.document.id: extraction for extraction in extractions}
    rows = {id_: report_rows(extraction) for id_, extraction in prepared.items()}
    return _write(store, prepared, rows, run)


def _write(store: Store, extractions: dict[str, Extraction], rows: dict[str, Rows], run: Ref) -> Written:
    try:
        written = store.write(lambda transaction: _contribute(transaction, extractions, rows, run))
    except Refused as error:
        if len(extractions) > 1:
            return _halves(store, extractions, rows, run)
        return Written(refused=tuple(Problem(id_, "document", error.message) for id_ in extractions))
    problems = [problem for id_ in written for problem in rows[id_].problems]
    return Written(tuple(written), tuple(problems))


def _halves(store: Store, extractions: dict[str, Extraction], rows: dict[str, Rows], run: Ref) -> Written:
    ids = sorted(extractions)
    parts = (ids[:len(ids) // 2], ids[len(ids) // 2:])
    first, second = (_write(store, {id_: extractions[id_] for id_ in part}, rows, run) for part in parts)
    return first + second


def _contribute(transaction: neo4j.Transaction, extractions: dict[str, Extraction], rows: dict[str, Rows],
                run: Ref) -> list[str]:
    """Ids of the documents that this transaction has put in or replaced."""
    state = _take(transaction, sorted(extractions), run)
    wanted = [id_ for id_ in state if state[id_]["extractor"] != extractions[id_].extractor]
    # After a connection that broke at the commit, this is the second time, and the first has done it all.
    done = [id_ for id_ in state if state[id_]["ours"] and id_ not in wanted]
    if not wanted:
        return done
    replaced = [id_ for id_ in wanted if state[id_]["extractor"] is not None]
    read = {id_: stored(reading(extractions[id_])) for id_ in wanted}
    together = _together(wanted, rows, state, run, read)
    old = _clear(transaction, replaced, together)
    writing.write_rows(transaction, together, fresh=_PARTS)
    writing.clean(transaction, old)
    pending.mark(transaction)
    return sorted(wanted + done)


def _clear(transaction: neo4j.Transaction, replaced: list[str], together: Rows) -> set[Ref]:
    """Take the parts of what is read anew away; returns the shared nodes that it may have been the last to
    name. Writing locks those that it names: where nothing is replaced, no other lock is needed."""
    if not replaced:
        return set()
    old = pointed_at(transaction, replaced)
    new = {(label, id_) for label in SHARED for id_ in together.nodes.get(label, ())}
    writing.lock(transaction, old | new)
    transaction.run(_UNSETTLE, ids=replaced).consume()
    _delete_parts(transaction, replaced)
    return old - new


def _take(transaction: neo4j.Transaction, ids: list[str], run: Ref) -> dict[str, dict[str, Any]]:
    """Hold the lock of every document, making those that are not there yet, and say what state each is in."""
    state = {row["id"]: row.data() for row in transaction.run(_TAKE, ids=ids, run=run[1])}
    if len(state) < len(ids):
        raise Raced("a document was retracted just now")
    return dict(sorted(state.items()))


def _together(ids: list[str], rows: dict[str, Rows], state: dict[str, dict[str, Any]], run: Ref,
              read: dict[str, dict[str, Any]]) -> Rows:
    together = Rows()
    now = clock.now()
    for id_ in ids:
        together.add(rows[id_])
        together.nodes[Label.DOCUMENT][id_]["recorded_at"] = state[id_]["recorded_at"] or now
        together.edge(Type.CONTRIBUTED, run, (Label.DOCUMENT, id_), **read[id_])
    add_shared(together)
    return together


def pointed_at(transaction: neo4j.Transaction, ids: list[str]) -> set[Ref]:
    """The shared nodes that these documents' contributions touch."""
    return writing.shared(transaction.run(_POINTED_AT, ids=ids)) if ids else set()


def _delete_parts(transaction: neo4j.Transaction, ids: list[str]) -> None:
    if ids:
        transaction.run(_DELETE_MENTIONS, ids=ids).consume()
        transaction.run(_DELETE_PARTS, ids=ids).consume()


def delete(transaction: neo4j.Transaction, id_: str) -> None:
    """Take a document and all that is its own out of the graph, and what only it had supported."""
    transaction.run(_LOCK, ids=[id_]).consume()
    old = pointed_at(transaction, [id_])
    writing.lock(transaction, old)
    transaction.run(schema.unsettle_like(), id=id_).consume()
    _delete_parts(transaction, [id_])
    transaction.run(_DELETE, ids=[id_]).consume()
    writing.clean(transaction, old)
    pending.mark(transaction)
