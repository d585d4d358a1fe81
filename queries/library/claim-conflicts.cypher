// title: Claims that somebody denies, or that other reports or tracks contradict
// question: Which claims are denied, told the other way round by another report, or contradicted by tracks?
// param newest (bound = 200): Of each kind the newest this many.
// param as_of (date = none): What is said or known to have been so by this day; see docs/sources.md.
// param known_at (date = none): What this graph held at the end of this day (UTC); see docs/sources.md.
// column kind: denial, report against report, or report against track.
// column subject: What it is about.
// column first: The sentences of the claim.
// column first_says: Who says so, or the publisher.
// column second: What stands against it: sentences, or what the track shows.
// column second_says: Who says that: who denies it, the publisher, or the track.
// column event_from: Earliest day on which it is said to have happened.
// column event_to: Latest day.
// column ids: Ids of the claims and flights, for `tailgraph explain`.
CALL () {
  CALL () {
    MATCH (a:Allegation) WHERE a.published IS NOT NULL RETURN a ORDER BY a.published DESC, a.id
    UNION ALL
    MATCH (a:Allegation) WHERE a.published IS NULL RETURN a ORDER BY a.id
  }
  WITH a WHERE EXISTS { (a)-[:DENIED_BY]->() } AND ($as_of IS NULL OR coalesce(a.event_from, a.published, $as_of) <= $as_of)
    AND ($known_at IS NULL OR EXISTS { (a)<-[:HAS_CLAIM]-(k:Document) WHERE date(k.recorded_at) <= $known_at })
  WITH a LIMIT $newest + 1
  WITH collect(a) AS found
  UNWIND found[..$newest] AS a
  RETURN 'denial' AS kind,
    COLLECT { MATCH (a)-[:ACCUSES|CARRIED_BY]->(e)
              RETURN DISTINCT coalesce(head([(e)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]->(one) | one.name]), e.name) AS name ORDER BY name } AS subject,
    a.sentence AS first,
    CASE WHEN EXISTS { (a)-[:MADE_BY]->() }
         THEN COLLECT { MATCH (a)-[:MADE_BY]->(e)
                        RETURN DISTINCT coalesce(head([(e)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]->(one) | one.name]), e.name) AS name ORDER BY name }
         ELSE ['the report itself'] END AS first_says,
    'denied' AS second,
    COLLECT { MATCH (a)-[:DENIED_BY]->(e)
              RETURN DISTINCT coalesce(head([(e)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]->(one) | one.name]), e.name) AS name ORDER BY name } AS second_says,
    a.event_from AS event_from, a.event_to AS event_to, a.published AS published, [a.id] AS ids,
    size(found) > $newest AS is_cut
  UNION ALL
  // The same airframe, to the same place, in days that overlap: one tells that it flew, the other that it did not.
  MATCH (no:ReportedFlight)-[x:OF_AIRCRAFT]->(:Aircraft)-[held:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND held.known_from IS NULL) OR held.known_from <= $known_at < held.known_to]-{0,2}(aircraft)<-[y:OF_AIRCRAFT]-(yes:ReportedFlight)
    USING INDEX no:ReportedFlight(happened)
  WHERE no.happened = false AND yes.happened AND no.document <> yes.document
    // What was told ahead of the flight is a plan, which a later flight bears out.
    AND NOT coalesce(no.published < yes.event_from, false)
    AND NOT coalesce(x.ambiguous, false) AND NOT coalesce(y.ambiguous, false)
    AND no.event_from <= coalesce(yes.event_to, yes.event_from) AND yes.event_from <= coalesce(no.event_to, no.event_from)
    AND EXISTS { (no)-[:TO]->()<-[:TO]-(yes) }
    AND ($as_of IS NULL OR coalesce(no.event_from, no.published, $as_of) <= $as_of) AND ($as_of IS NULL OR coalesce(yes.event_from, yes.published, $as_of) <= $as_of)
    AND ($known_at IS NULL OR EXISTS { (no)<-[:HAS_CLAIM]-(k:Document) WHERE date(k.recorded_at) <= $known_at })
    AND ($known_at IS NULL OR EXISTS { (yes)<-[:HAS_CLAIM]-(k:Document) WHERE date(k.recorded_at) <= $known_at })
  WITH DISTINCT yes, no, aircraft ORDER BY yes.published IS NULL, yes.published DESC, yes.id, no.id LIMIT $newest + 1
  WITH collect([yes, no, aircraft]) AS found
  UNWIND found[..$newest] AS one
  WITH found, one[0] AS yes, one[1] AS no, one[2] AS aircraft
  RETURN 'report against report' AS kind, [aircraft.name] AS subject, yes.sentence AS first,
    [(yes)<-[:HAS_CLAIM]-(d) | coalesce(d.publisher, 'not known')] AS first_says, no.sentence AS second,
    [(no)<-[:HAS_CLAIM]-(d) | coalesce(d.publisher, 'not known')] AS second_says, yes.event_from AS event_from,
    yes.event_to AS event_to, yes.published AS published, [yes.id, no.id] AS ids,
    size(found) > $newest AS is_cut
  UNION ALL
  MATCH (r:ReportedFlight)-[test:TESTED_AGAINST {rank: 1, verdict: 'contradicted'}]->(f:Flight)
  WHERE ($as_of IS NULL OR coalesce(r.event_from, r.published, $as_of) <= $as_of) AND ($known_at IS NULL OR EXISTS { (r)<-[:HAS_CLAIM]-(k:Document) WHERE date(k.recorded_at) <= $known_at })
    AND ($as_of IS NULL OR date(f.first_seen) <= $as_of)
    AND ($known_at IS NULL OR NOT EXISTS { (f)-[:DERIVED_FROM]->()<-[:HAS_TRACK]-(k) WHERE date(k.recorded_at) > $known_at })
  WITH r, test, f ORDER BY r.published IS NULL, r.published DESC, r.id LIMIT $newest + 1
  WITH collect([r, test, f]) AS found
  UNWIND found[..$newest] AS one
  WITH found, one[0] AS r, one[1] AS test, one[2] AS f
  RETURN 'report against track' AS kind, COLLECT { MATCH (r)-[:OF_AIRCRAFT]->(e) RETURN e.name AS name ORDER BY name } AS subject,
    r.sentence AS first, [(r)<-[:HAS_CLAIM]-(d) | coalesce(d.publisher, 'not known')] AS first_says,
    test.reason AS second, ['the track'] AS second_says, r.event_from AS event_from, r.event_to AS event_to,
    r.published AS published, [r.id, f.id] AS ids, size(found) > $newest AS is_cut
}
RETURN kind, subject, first, first_says, second, second_says, event_from, event_to, ids, is_cut
ORDER BY kind, published IS NULL, published DESC, ids
