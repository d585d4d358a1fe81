// title: All that is known of one aircraft
// question: What flights, claims, marks, operators and owners does this aircraft have, in order of time?
// param aircraft (entity): Its registration or address, as find-entity gives it.
// param newest (bound = 200): Of flights, and of claims, the newest this many each.
// param as_of (date = none): What is said or known to have been so by this day; see docs/sources.md.
// param known_at (date = none): What this graph held at the end of this day (UTC); see docs/sources.md.
// column from: When it began, or is said to have.
// column to: When it ended, or is said to have.
// column kind: flight, reported flight, allegation, identifier, type, operator or state.
// column what: What happened or held.
// column source: Which report, table or track says so.
// column id: Id of the node.
MATCH (:Aircraft {id: $aircraft})-[held:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND held.known_from IS NULL) OR held.known_from <= $known_at < held.known_to]-{0,2}(a)
WITH collect(DISTINCT a) AS airframes
CALL (airframes) {
  UNWIND airframes AS a
  MATCH (a)<-[:BY_AIRCRAFT]-(f:Flight) WHERE ($as_of IS NULL OR date(f.first_seen) <= $as_of)
    AND ($known_at IS NULL OR NOT EXISTS { (f)-[:DERIVED_FROM]->()<-[:HAS_TRACK]-(k) WHERE date(k.recorded_at) > $known_at })
  WITH DISTINCT f ORDER BY f.first_seen DESC, f.id LIMIT $newest + 1
  WITH collect(f) AS found
  UNWIND found[..$newest] AS f
  RETURN toString(f.first_seen) AS from, toString(f.last_seen) AS to, 'flight' AS kind,
    head([(f)-[:DEPARTED_FROM]->(p) | 'from ' + coalesce(p.city, p.id)]
         + [(f)-[:APPEARED_FROM]->(p) | 'appeared from the direction of ' + coalesce(p.city, p.id)] + ['first seen in the air'])
    + head([(f)-[:ARRIVED_AT]->(p) | ' to ' + coalesce(p.city, p.id)]
           + [(f)-[:VANISHED_TOWARD]->(p) | ', vanished toward ' + coalesce(p.city, p.id)] + [', lost in the air']) AS what,
    'tracks' AS source, f.id AS id, size(found) > $newest AS is_cut
  UNION
  UNWIND airframes AS a
  MATCH (a)<--(c:Claim)<-[:HAS_CLAIM]-(d:Document) WHERE ($known_at IS NULL OR date(d.recorded_at) <= $known_at) AND ($as_of IS NULL OR coalesce(c.event_from, c.published, $as_of) <= $as_of)
  WITH DISTINCT c, d, coalesce(c.event_from, c.published) AS day
  ORDER BY day IS NULL, day DESC, c.id LIMIT $newest + 1
  WITH collect([c, d]) AS found
  UNWIND found[..$newest] AS one
  WITH found, one[0] AS c, one[1] AS d
  RETURN toString(coalesce(c.event_from, c.published)) AS from, toString(coalesce(c.event_to, c.published)) AS to,
    CASE WHEN c:Allegation THEN 'allegation' ELSE 'reported flight' END AS kind, c.sentence AS what,
    coalesce(d.publisher + ': ', '') + d.title AS source, c.id AS id, size(found) > $newest AS is_cut
  UNION
  UNWIND airframes AS a
  MATCH (a)-[s:IDENTIFIED_BY|OF_TYPE|OPERATED_BY|REGISTERED_IN]->(e)
  WHERE ($known_at IS NULL OR coalesce(date(a.recorded_at) <= $known_at, true)) AND ($as_of IS NULL OR ((s.from IS NULL OR s.from <= $as_of) AND (s.to IS NULL OR s.to >= $as_of)))
    AND ($known_at IS NULL OR NOT EXISTS { MATCH (k:AircraftTable {id: s.table}) WHERE date(k.recorded_at) > $known_at } AND NOT EXISTS { MATCH (k:TrackFile {id: substring(s.source, 6)}) WHERE date(k.recorded_at) > $known_at })
  RETURN toString(s.from) AS from, toString(s.to) AS to,
    CASE type(s) WHEN 'IDENTIFIED_BY' THEN 'identifier' WHEN 'OF_TYPE' THEN 'type'
                 WHEN 'OPERATED_BY' THEN 'operator' ELSE 'state' END AS kind,
    coalesce(e.scheme + ' ' + e.value, e.name, e.id) + ' (' + s.method + ')' AS what, s.source AS source, e.id AS id, false AS is_cut
}
RETURN from, to, kind, what, source, id, is_cut ORDER BY from IS NULL, from, kind, what, id
