"""What one claim names: two things that it says something of, or one of them and who says or denies it."""

from __future__ import annotations

from tailgraph.graph.analysis.views.view import Standing, View

# Two that the text leaves open between ("the plane or the unit") are not tied to one another by that.
_AROUND = """
UNWIND $refs AS ref
MATCH (a:Entity {id: ref.id}) WHERE ref.kind IN labels(a)
CALL (a) {
  MATCH (a)<-[r]-(c:Claim)-[s]->(b:Entity)
  WHERE b <> a AND (type(r) IN $speakers OR type(s) IN $speakers) = $is_speech
    AND NOT (type(r) = type(s) AND coalesce(r.ambiguous, false) AND coalesce(s.ambiguous, false))
  WITH b, count(DISTINCT c) AS count
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
MATCH (a)<-[r]-(c:Claim)-[s]->(b)
WHERE (type(r) IN $speakers OR type(s) IN $speakers) = $is_speech
  AND NOT (type(r) = type(s) AND coalesce(r.ambiguous, false) AND coalesce(s.ambiguous, false))
WITH c, collect(DISTINCT [type(r), coalesce(r.ambiguous, false)]) AS start_roles,
  collect(DISTINCT [type(s), coalesce(s.ambiguous, false)]) AS end_roles
ORDER BY c.published IS NULL, c.published DESC, c.id LIMIT $most
MATCH (c)<-[:HAS_CLAIM]-(d:Document)
RETURN c.id AS claim, head([l IN labels(c) WHERE l <> 'Claim']) AS kind,
  [x IN start_roles | x[0]] AS start_roles,
  [x IN end_roles | x[0]] AS end_roles,
  any(x IN start_roles WHERE x[1]) AS is_start_open, any(x IN end_roles WHERE x[1]) AS is_end_open,
  c.action AS action, c.status AS status, c.happened AS happened, c.event_from AS event_from,
  c.event_to AS event_to, c.credibility AS credibility, c.sentence AS sentence,
  d.title AS title, d.publisher AS publisher, d.published AS published,
  COLLECT { MATCH (c)-[:MADE_BY]->(x)
            RETURN DISTINCT coalesce(x.name, x.id) AS name ORDER BY name } AS said_by,
  COLLECT { MATCH (c)-[:DENIED_BY]->(x)
            RETURN DISTINCT coalesce(x.name, x.id) AS name ORDER BY name } AS denied_by,
  COLLECT { MATCH (c)-[t:TESTED_AGAINST {rank: 1}]->(f) RETURN t.verdict + ': ' + f.id }[0] AS track
ORDER BY published IS NULL, published DESC, claim
"""
_WHOLE = """
MATCH (a:Entity)<-[r]-(c:Claim)-[s]->(b:Entity)
WHERE elementId(a) < elementId(b)
  AND (type(r) IN $speakers OR type(s) IN $speakers) = $is_speech
  AND NOT (type(r) = type(s) AND coalesce(r.ambiguous, false) AND coalesce(s.ambiguous, false))
WITH a, b, count(DISTINCT c) AS count,
  head([l IN labels(a) WHERE l <> 'Entity']) AS start_kind,
  head([l IN labels(b) WHERE l <> 'Entity']) AS end_kind
WHERE start_kind IN $kinds AND end_kind IN $kinds
RETURN start_kind, a.id AS start, end_kind, b.id AS end, count
"""
_SPEAKERS = ("MADE_BY", "DENIED_BY")
CLAIMS = View(
    "claims", Standing.CLAIM,
    "One claim names both as part of what it says; who says it and who denies it are no part of that.",
    _AROUND, _BETWEEN, _WHOLE, {"speakers": _SPEAKERS, "is_speech": False})
SPEECH = View(
    "speech", Standing.CLAIM, "In one claim, one of them says or denies something that names the other.",
    _AROUND, _BETWEEN, _WHOLE, {"speakers": _SPEAKERS, "is_speech": True})
