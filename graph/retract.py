"""Taking one source out: the graph is afterwards as if it had never been ingested, and keeps what others
support."""

from __future__ import annotations

from dataclasses import dataclass

from tailgraph.errors import UsageError
from tailgraph.graph import reports
from tailgraph.graph.store import Store

_BY_PREFIX = """
MATCH (d:Document) WHERE d.id STARTS WITH $prefix
RETURN 'Document' AS kind, d.id AS id, d.title AS name, d.publisher AS detail LIMIT $limit
UNION ALL
MATCH (t:TrackFile) WHERE t.id STARTS WITH $prefix
RETURN 'TrackFile' AS kind, t.id AS id, t.name AS name, t.format AS detail LIMIT $limit
"""
_COUNTS = """
MATCH (d:Document {id: $id})
CALL (d) {
  MATCH (d)-[:HAS_PASSAGE|HAS_CLAIM]->(n) RETURN n
  UNION MATCH (d)-[:HAS_PASSAGE]->()<-[:IN_PASSAGE]-(n) RETURN n
}
UNWIND labels(n) AS label
RETURN label, count(DISTINCT n) AS count ORDER BY label
"""
MIN_PREFIX = 6


@dataclass(frozen=True, slots=True)
class Source:
    """A document or track file that is in the graph."""

    kind: str
    id: str
    name: str | None
    detail: str | None
