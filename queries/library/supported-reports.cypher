// title: Reported flights supported by tracks
// question: Which reported flights do the tracks support, and on what grounds?
// param newest (bound = 200): The newest this many.
// param as_of (date = none): What is said or known to have been so by this day; see docs/sources.md.
// param known_at (date = none): What this graph held at the end of this day (UTC); see docs/sources.md.
// column published: When the report came out.
// column publisher: Who published it.
// column reliability: Of the publisher, as people grade it: A (reliable) to F (cannot be judged).
// column credibility: Of the claim, as the extractor sees it: 1 (confirmed) to 6 (cannot be judged).
// column graded: Of the claim, as the last person who graded it does, and who that is; empty where nobody has.
// column report: Its title.
// column sentence: The sentences that tell of the flight.
// column told: The days that it tells of.
// column flight: Id of the tracked flight.
// column airframe: The airframe that was tracked; several, joined by "or", where sources differ on it.
// column reason: Why, part by part.
// column method: observed, or inferred where an end of the flight was not received.
// column claim: Id of the reported flight.
MATCH (r:ReportedFlight)-[test:TESTED_AGAINST]->(f:Flight) WHERE test.verdict = 'supported'
  AND ($as_of IS NULL OR coalesce(r.event_from, r.published, $as_of) <= $as_of) AND ($known_at IS NULL OR EXISTS { (r)<-[:HAS_CLAIM]-(k:Document) WHERE date(k.recorded_at) <= $known_at })
  AND ($as_of IS NULL OR date(f.first_seen) <= $as_of)
    AND ($known_at IS NULL OR NOT EXISTS { (f)-[:DERIVED_FROM]->()<-[:HAS_TRACK]-(k) WHERE date(k.recorded_at) > $known_at })
WITH r, test, f ORDER BY r.published IS NULL, r.published DESC, r.id, test.rank LIMIT $newest + 1
WITH collect([r, test, f]) AS found
UNWIND found[..$newest] AS one
WITH found, one[0] AS r, one[1] AS test, one[2] AS f
MATCH (r)<-[:HAS_CLAIM]-(d:Document)
RETURN d.published AS published, d.publisher AS publisher,
  coalesce(COLLECT { MATCH (d)<-[:PUBLISHED]-(p:Publisher) MATCH (g:Grade {about: p.id}) WHERE ($known_at IS NULL OR date(g.at) <= $known_at) AND (g.revoked_at IS NULL OR date(g.revoked_at) > $known_at)
    RETURN g.value ORDER BY g.at DESC LIMIT 1 }[0], 'F') AS reliability,
  r.credibility AS credibility,
  COLLECT { MATCH (g:Grade {about: r.reading}) WHERE ($known_at IS NULL OR date(g.at) <= $known_at) AND (g.revoked_at IS NULL OR date(g.revoked_at) > $known_at)
    RETURN g.value + ', ' + g.by ORDER BY g.at DESC LIMIT 1 }[0] AS graded,
  d.title AS report, r.sentence AS sentence,
  toString(r.event_from) + CASE WHEN r.event_to <> r.event_from THEN ' to ' + toString(r.event_to) ELSE '' END AS told, f.id AS flight, reduce(ids = NULL, id IN COLLECT { MATCH (f)-[:BY_AIRCRAFT]->(a)
    RETURN DISTINCT coalesce(head([(a)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]->(one) | one.id]), a.id) AS id ORDER BY id } |
    coalesce(ids + ' or ', '') + id) AS airframe,
  test.reason AS reason, test.method AS method, r.id AS claim,
  size(found) > $newest AS is_cut
ORDER BY published IS NULL, published DESC, claim, flight
