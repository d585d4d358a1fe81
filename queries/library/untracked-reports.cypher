// title: Reported flights that no track bears on
// question: Which reported flights has no tracked flight been found for, and could one be found at all?
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
// column aircraft: Airframes, types and operators that it names.
// column why: What is missing.
// column claim: Id of the reported flight.
CALL () {
  MATCH (r:ReportedFlight) WHERE r.published IS NOT NULL RETURN r ORDER BY r.published DESC, r.id
  UNION ALL
  MATCH (r:ReportedFlight) WHERE r.published IS NULL RETURN r ORDER BY r.id
}
WITH r WHERE r.happened AND ($as_of IS NULL OR coalesce(r.event_from, r.published, $as_of) <= $as_of) AND ($known_at IS NULL OR EXISTS { (r)<-[:HAS_CLAIM]-(k:Document) WHERE date(k.recorded_at) <= $known_at })
  AND NOT EXISTS { (r)-[:TESTED_AGAINST]->(f) WHERE ($as_of IS NULL OR date(f.first_seen) <= $as_of)
    AND ($known_at IS NULL OR NOT EXISTS { (f)-[:DERIVED_FROM]->()<-[:HAS_TRACK]-(k) WHERE date(k.recorded_at) > $known_at }) }
WITH r LIMIT $newest + 1
WITH collect(r) AS found
UNWIND found[..$newest] AS r
MATCH (r)<-[:HAS_CLAIM]-(d:Document)
RETURN d.published AS published, d.publisher AS publisher,
  coalesce(COLLECT { MATCH (d)<-[:PUBLISHED]-(p:Publisher) MATCH (g:Grade {about: p.id}) WHERE ($known_at IS NULL OR date(g.at) <= $known_at) AND (g.revoked_at IS NULL OR date(g.revoked_at) > $known_at)
    RETURN g.value ORDER BY g.at DESC LIMIT 1 }[0], 'F') AS reliability,
  r.credibility AS credibility,
  COLLECT { MATCH (g:Grade {about: r.reading}) WHERE ($known_at IS NULL OR date(g.at) <= $known_at) AND (g.revoked_at IS NULL OR date(g.revoked_at) > $known_at)
    RETURN g.value + ', ' + g.by ORDER BY g.at DESC LIMIT 1 }[0] AS graded,
  d.title AS report, r.sentence AS sentence,
  toString(r.event_from) + CASE WHEN r.event_to <> r.event_from THEN ' to ' + toString(r.event_to) ELSE '' END AS told,
  COLLECT { MATCH (r)-[:OF_AIRCRAFT|OF_TYPE|FLOWN_BY]->(e)
            RETURN DISTINCT coalesce(head([(e)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]->(one) | one.name]), e.name) AS name ORDER BY name } AS aircraft,
  CASE WHEN r.event_from IS NULL THEN 'the report gives no date'
       WHEN NOT EXISTS { (r)-[:FROM|TO]->() } THEN 'the report names no places'
       WHEN NOT EXISTS { (r)-[:OF_AIRCRAFT|OF_TYPE|FLOWN_BY]->() } THEN 'the report does not say which aircraft'
       ELSE 'no tracked flight of such an aircraft there and then' END AS why, r.id AS claim,
  size(found) > $newest AS is_cut
ORDER BY published IS NULL, published DESC, claim
