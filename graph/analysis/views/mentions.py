"""Two names in one sentence. The weakest of all: nothing is said of how they belong together."""

from __future__ import annotations

from tailgraph.graph.analysis.views.view import Standing, View

_AROUND = """
UNWIND $refs AS ref
MATCH (a:Entity {id: ref.id}) WHERE ref.kind IN labels(a)
CALL (a) {
  MATCH (a)<-[:REFERS_TO]-(:Mention)-[:IN_PASSAGE]->(p:Passage)<-[:IN_PASSAGE]-(:Mention)
        -[:REFERS_TO]->(b:Entity)
  WHERE b <> a
  WITH b, count(DISTINCT p) AS count
  WHERE head([l IN labels(b) WHERE l <> 'Entity']) IN $kinds OR b.id IN $ends
  WITH b, count ORDER BY count DESC, b.id LIMIT $most
  RETURN b, count
}
RETURN ref.kind AS from_kind, ref.id AS from_id, head([l IN labels(b) WHERE l <> 'Entity']) AS kind,
  b.id AS id, b.name AS name, COUNT { (b)--() } AS degree, count
"""
_BETWEEN = """
MATCH (a:Entity {id: $start}) WHERE $start_kind IN labels(a)
MATCH (b:Entity {id: $end}) WHERE $end_kind IN labels(b)
MATCH (a)<-[:REFERS_TO]-(:Mention)-[:IN_PASSAGE]->(p:Passage)<-[:IN_PASSAGE]-(:Mention)-[:REFERS_TO]->(b)
MATCH (p)<-[:HAS_PASSAGE]-(d:Document)
RETURN DISTINCT p.id AS passage, p.text AS sentence, d.title AS title, d.publisher AS publisher,
  d.published AS published
ORDER BY published IS NULL, published DESC, passage LIMIT $most
"""
_WHOLE = """
MATCH (a:Entity)<-[:REFERS_TO]-(:Mention)-[:IN_PASSAGE]->(p:Passage)<-[:IN_PASSAGE]-(:Mention)
      -[:REFERS_TO]->(b:Entity)
WHERE elementId(a) < elementId(b)
WITH a, b, count(DISTINCT p) AS count,
  head([l IN labels(a) WHERE l <> 'Entity']) AS start_kind,
  head([l IN labels(b) WHERE l <> 'Entity']) AS end_kind
WHERE start_kind IN $kinds AND end_kind IN $kinds
RETURN start_kind, a.id AS start, end_kind, b.id AS end, count
"""
MENTIONS = View("mentions", Standing.MENTION,
                "Both are named in one sentence; nothing is said of how they belong together.",
                _AROUND, _BETWEEN, _WHOLE)
