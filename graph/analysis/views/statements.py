"""What tables, rules and tracks say of an entity: type, operator, state, and the marks that it bears."""

from __future__ import annotations

from tailgraph.graph.analysis.views.view import Standing, View

# The second part: two airframes that bore one mark, such as a 24-bit address, at one time or another.
_AROUND = """
UNWIND $refs AS ref
MATCH (a:Entity {id: ref.id}) WHERE ref.kind IN labels(a)
CALL (a) {
  CALL (a) {
    MATCH (a)-[s:OF_TYPE|OPERATED_BY|REGISTERED_IN|OF_COUNTRY|IN_COUNTRY]-(b:Entity)
    WHERE s.source IS NOT NULL
    RETURN b, s AS one
    UNION ALL
    MATCH (a)-[:IDENTIFIED_BY]->(:Identifier)<-[s:IDENTIFIED_BY]-(b:Aircraft) WHERE b <> a
    RETURN b, s AS one
  }
  WITH b, count(DISTINCT one) AS count
  WHERE head([l IN labels(b) WHERE l <> 'Entity']) IN $kinds OR b.id IN $ends
  WITH b, count ORDER BY b.id LIMIT $most
  RETURN b, count
}
RETURN ref.kind AS from_kind, ref.id AS from_id, head([l IN labels(b) WHERE l <> 'Entity']) AS kind,
  b.id AS id, b.name AS name, COUNT { (b)--() } - COUNT { (b)<-[:REFERS_TO]-() } AS degree, count
"""
_BETWEEN = """
MATCH (a:Entity {id: $start}) WHERE $start_kind IN labels(a)
MATCH (b:Entity {id: $end}) WHERE $end_kind IN labels(b)
CALL (a, b) {
  MATCH (a)-[s:OF_TYPE|OPERATED_BY|REGISTERED_IN|OF_COUNTRY|IN_COUNTRY]-(b) WHERE s.source IS NOT NULL
  RETURN s, startNode(s) = a AS is_forward, null AS mark
  UNION ALL
  MATCH (a)-[s:IDENTIFIED_BY]->(i:Identifier)<-[:IDENTIFIED_BY]-(b)
  RETURN s, true AS is_forward, i.id AS mark
  UNION ALL
  MATCH (a)-[:IDENTIFIED_BY]->(i:Identifier)<-[s:IDENTIFIED_BY]-(b)
  RETURN s, false AS is_forward, i.id AS mark
}
RETURN DISTINCT type(s) AS type, is_forward, mark, s.source AS source, s.method AS method, s.from AS since,
  s.to AS until, s.address AS address
ORDER BY type, mark, is_forward DESC, since, source LIMIT $most
"""
_WHOLE = """
MATCH (a:Entity)-[s:OF_TYPE|OPERATED_BY|REGISTERED_IN|OF_COUNTRY|IN_COUNTRY]->(b:Entity)
WHERE s.source IS NOT NULL
WITH a, b, count(*) AS count,
  head([l IN labels(a) WHERE l <> 'Entity']) AS start_kind,
  head([l IN labels(b) WHERE l <> 'Entity']) AS end_kind
WHERE start_kind IN $kinds AND end_kind IN $kinds
RETURN start_kind, a.id AS start, end_kind, b.id AS end, count
UNION ALL
MATCH (a:Aircraft)-[:IDENTIFIED_BY]->(i:Identifier)<-[:IDENTIFIED_BY]-(b:Aircraft) WHERE a.id < b.id
  AND 'Aircraft' IN $kinds
RETURN 'Aircraft' AS start_kind, a.id AS start, 'Aircraft' AS end_kind, b.id AS end,
  count(DISTINCT i) AS count
"""
STATEMENTS = View(
    "statements", Standing.FACT,
    "A table, a rule or a track says that one is of that type, operated by, registered in or lies in the "
    "other; or both airframes bore one mark.", _AROUND, _BETWEEN, _WHOLE)
