"""Two entities that a person judged to be one: each member of a cluster with the one that stands for it."""

from __future__ import annotations

from tailgraph.graph.analysis.views.view import Standing, View

_AROUND = """
UNWIND $refs AS ref
MATCH (a:Entity {id: ref.id}) WHERE ref.kind IN labels(a)
MATCH (a)-[:SAME_AS]-(b:Entity)
WHERE head([l IN labels(b) WHERE l <> 'Entity']) IN $kinds OR b.id IN $ends
WITH ref, b ORDER BY b.id LIMIT $most
RETURN ref.kind AS from_kind, ref.id AS from_id, head([l IN labels(b) WHERE l <> 'Entity']) AS kind,
  b.id AS id, b.name AS name, COUNT { (b)--() } - COUNT { (b)<-[:REFERS_TO]-() } AS degree, 1 AS count
"""
# The two may be tied by judgements on others of their cluster; those that name either are shown.
_BETWEEN = """
MATCH (a:Entity {id: $start})-[:SAME_AS]-(b:Entity {id: $end})
WHERE $start_kind IN labels(a) AND $end_kind IN labels(b)
CALL () {
  MATCH (j:Judgement) WHERE j.left IN [$start, $end] RETURN j
  UNION
  MATCH (j:Judgement) WHERE j.right IN [$start, $end] RETURN j
}
WITH DISTINCT j WHERE j.kind = $start_kind AND j.verdict = 'same' AND j.revoked_at IS NULL
RETURN j.id AS judgement, j.left AS left, j.right AS right, j.by AS by, j.at AS at, j.reason AS reason
ORDER BY at, judgement LIMIT $most
"""
_WHOLE = """
MATCH (a:Entity)-[:SAME_AS]->(b:Entity)
WITH a, b, head([l IN labels(a) WHERE l <> 'Entity']) AS start_kind,
  head([l IN labels(b) WHERE l <> 'Entity']) AS end_kind
WHERE start_kind IN $kinds
RETURN start_kind, a.id AS start, end_kind, b.id AS end, 1 AS count
"""
IDENTITY = View(
    "identity", Standing.JUDGEMENT, "A person who works with this graph judged that both are one.",
    _AROUND, _BETWEEN, _WHOLE)
