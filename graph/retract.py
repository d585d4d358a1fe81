"""Taking one source out: the graph is afterwards as if it had never been ingested, and keeps what others
support."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tailgraph.errors import UsageError
from tailgraph.graph import aircraft_tables, reports, tracks
from tailgraph.graph.shape import Label
from tailgraph.graph.store import Store
from tailgraph.graph.track_file import Derive

_BY_PREFIX = """
MATCH (d:Document) WHERE d.id STARTS WITH $prefix
RETURN 'Document' AS kind, d.id AS id, d.title AS name, d.publisher AS detail LIMIT $limit
UNION ALL
MATCH (t:TrackFile) WHERE t.id STARTS WITH $prefix
RETURN 'TrackFile' AS kind, t.id AS id, t.name AS name, t.format AS detail LIMIT $limit
UNION ALL
MATCH (t:AircraftTable) WHERE t.id STARTS WITH $prefix
RETURN 'AircraftTable' AS kind, t.id AS id, t.name AS name, t.format AS detail LIMIT $limit
"""
_DOCUMENT_COUNTS = """
MATCH (d:Document {id: $id})
CALL (d) {
  RETURN d AS n
  UNION MATCH (d)-[:HAS_PASSAGE|HAS_CLAIM]->(n) RETURN n
  UNION MATCH (d)-[:HAS_PASSAGE]->()<-[:IN_PASSAGE]-(n) RETURN n
}
UNWIND labels(n) AS label
WITH label, count(DISTINCT n) AS count WHERE label <> 'Claim'
RETURN label, count ORDER BY label
"""
_FILE_COUNTS = """
MATCH (f:TrackFile {id: $id})
CALL (f) {
  RETURN f AS n
  UNION MATCH (f)-[:HAS_TRACK]->(n) RETURN n
  UNION MATCH (f)-[:HAS_TRACK]->()<-[:DERIVED_FROM]-(n) RETURN n
}
UNWIND labels(n) AS label
RETURN label, count(DISTINCT n) AS count ORDER BY label
"""
_TABLE_COUNTS = """
MATCH (r:AircraftRecord) WHERE r.id STARTS WITH $id + '/' WITH count(r) AS records
UNWIND [['AircraftRecord', records], ['AircraftTable', 1]] AS row
RETURN row[0] AS label, row[1] AS count
"""
# The first part finds positions that a run has put in ahead of their file, and was cut before the file.
_BY_ID = """
MATCH (t:Track) WHERE t.file IN $ids
RETURN DISTINCT 'TrackFile' AS kind, t.file AS id, null AS name, null AS detail
UNION ALL
MATCH (d:Document) WHERE d.id IN $ids
RETURN 'Document' AS kind, d.id AS id, d.title AS name, d.publisher AS detail
UNION ALL
MATCH (t:TrackFile) WHERE t.id IN $ids
RETURN 'TrackFile' AS kind, t.id AS id, t.name AS name, t.format AS detail
UNION ALL
MATCH (t:AircraftTable) WHERE t.id IN $ids
RETURN 'AircraftTable' AS kind, t.id AS id, t.name AS name, t.format AS detail
"""
MIN_PREFIX = 6


@dataclass(frozen=True, slots=True)
class Source:
    """A document, track file or aircraft table that is in the graph."""

    kind: str
    id: str
    name: str | None
    detail: str | None


def find(store: Store, prefix: str) -> Source:
    """The one source whose id is, or begins with, `prefix`; raises UsageError otherwise."""
    if len(prefix) < MIN_PREFIX:
        raise UsageError(f"{prefix!r} is no file and too short for an id.",
                         remedy=f"Give at least {MIN_PREFIX} characters of it.")
    found = [Source(**row) for row in store.read(_BY_PREFIX, {"prefix": prefix.lower(), "limit": 2})]
    if not found:
        raise UsageError(f"{prefix!r} is neither a file nor the id of anything in the graph.",
                         remedy="List what is: `tailgraph cypher 'MATCH (d:Document) RETURN d.id, d.title'`.")
    if len(found) > 1:
        raise UsageError(f"Several ids begin with {prefix!r}.", remedy="Give more characters of it.")
    return found[0]


def present(store: Store, ids: Sequence[str]) -> list[Source]:
    """Those of `ids` that are in the graph, in their order."""
    found = {row["id"]: Source(**row) for row in store.read(_BY_ID, {"ids": list(ids)})}
    return [found[id_] for id_ in dict.fromkeys(ids) if id_ in found]


def counts(store: Store, source: Source) -> dict[str, int]:
    """How many nodes of each label are the source's own, and would go with it."""
    query = {Label.DOCUMENT: _DOCUMENT_COUNTS, Label.AIRCRAFT_TABLE: _TABLE_COUNTS}.get(
        Label(source.kind), _FILE_COUNTS)
    return {row["label"]: row["count"] for row in store.read(query, {"id": source.id})}


def retract(store: Store, source: Source, derive: Derive) -> None:
    """Take the source out. One that is gone already is left so."""
    if source.kind == Label.DOCUMENT:
        store.write(lambda transaction: reports.delete(transaction, source.id))
    elif source.kind == Label.AIRCRAFT_TABLE:
        aircraft_tables.delete(store, source.id)
    else:
        store.write(lambda transaction: tracks.delete(transaction, source.id, derive))
