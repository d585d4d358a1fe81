"""What one tracked flight ties together: airframe, operator, and the airports at its ends."""

from __future__ import annotations

from tailgraph.graph.analysis.views.view import Standing, View

_AROUND = """
UNWIND $refs AS ref
MATCH (a:Entity {id: ref.id}) WHERE ref.kind IN labels(a)
CALL (a) {
  MATCH (a)<-[:BY_AIRCRAFT|FLOWN_BY|DEPARTED_FROM|ARRIVED_AT|VANISHED_TOWARD|APPEARED_FROM]-(f:Flight)
        -[:BY_AIRCRAFT|FLOWN_BY|DEPARTED_FROM|ARRIVED_AT|VANISHED_TOWARD|APPEARED_FROM]->(b:Entity)
  WHERE b <> a
  WITH b, count(DISTINCT f) AS count
  WHERE head([l IN labels(b) WHERE l <> 'Entity']) IN $kinds OR b.id IN $ends
  WITH b, count ORDER BY count DESC, b.id LIMIT $most
  RETURN b, count
}
RETURN ref.kind AS from_kind, ref.id AS from_id, head([l IN labels(b) WHERE l <> 'Entity']) AS kind,
  b.id AS id, b.name AS name, COUNT { (b)--() } - COUNT { (b)<-[:REFERS_TO]-() } AS degree, count
"""
_BETWEEN = """
MATCH (a:Entity {id: $start}) WHERE $start_kind IN labels(a)
MATCH (b:Entity {id: $end}) WHERE $end_kind IN labels(b)
MATCH (a)<-[r:BY_AIRCRAFT|FLOWN_BY|DEPARTED_FROM|ARRIVED_AT|VANISHED_TOWARD|APPEARED_FROM]-(f:Flight)
      -[s:BY_AIRCRAFT|FLOWN_BY|DEPARTED_FROM|ARRIVED_AT|VANISHED_TOWARD|APPEARED_FROM]->(b)
RETURN f.id AS flight, type(r) AS start_role, type(s) AS end_role, r.method AS start_method,
  s.method AS end_method, f.first_seen AS first_seen, f.last_seen AS last_seen, f.night AS night,
  [(f)-[:BY_AIRCRAFT]->(x) | x.id] AS airframes
ORDER BY type(r) IN ['VANISHED_TOWARD', 'APPEARED_FROM'] OR type(s) IN ['VANISHED_TOWARD', 'APPEARED_FROM'],
  first_seen DESC, flight, start_role, end_role LIMIT $most
"""
# Only what was seen: a direction in which a track broke off is no visit.
_WHOLE = """
MATCH (a:Aircraft)<-[:BY_AIRCRAFT]-(f:Flight)-[:FLOWN_BY|DEPARTED_FROM|ARRIVED_AT]->(b:Entity)
WITH a, b, count(DISTINCT f) AS count, head([l IN labels(b) WHERE l <> 'Entity']) AS end_kind
WHERE 'Aircraft' IN $kinds AND end_kind IN $kinds
RETURN 'Aircraft' AS start_kind, a.id AS start, end_kind, b.id AS end, count
"""
FLIGHTS = View(
    "flights", Standing.FACT,
    "One tracked flight has both: its airframe, its operator, an airport where it began or ended, or toward "
    "which its track broke off. Over the whole graph only airframes with their operators and the airports "
    "where they were seen.", _AROUND, _BETWEEN, _WHOLE)
