// title: Accused aircraft, types and units that flew in by night
// question: Which aircraft, types or units that somebody accused of carrying weapons flew to North Korea by
//   night, who says so, who denies it, and does the track support it?
// param country (country = KP): The country flown to.
// param from (date = none): Flights on or after this day.
// param to (date = none): Flights on or before this day.
// param newest (bound = 100): At most this many rows: of the newest flights, each with its newest allegation first.
// param as_of (date = none): What is said or known to have been so by this day; see docs/sources.md.
// param known_at (date = none): What this graph held at the end of this day (UTC); see docs/sources.md.
// column subject: What is accused: an airframe, a type, or an operator.
// column kind: Aircraft, AircraftType or Operator.
// column accused_as: "named", or "open" where the text leaves open which of several it accuses.
// column accusers: Who accuses; "the report itself" where it names nobody.
// column denied_by: Who denies it.
// column status: alleged, suspected or asserted.
// column weapons: What it is said to have carried.
// column sentence: The sentences of the allegation.
// column report: Title of the report.
// column publisher: Who published it.
// column published: When.
// column reliability: Of the publisher, as people grade it: A (reliable) to F (cannot be judged).
// column credibility: Of the claim, as the extractor sees it: 1 (confirmed) to 6 (cannot be judged).
// column graded: Of the claim, as the last person who graded it does, and who that is; empty where nobody has.
// column reported_flight: Days of a night flight that a report tells of this subject; empty where only a track does.
// column tracked_flight: Id of the tracked flight; empty where none bears on the report.
// column airframe: The airframe that was tracked; several, joined by "or", where sources differ on it.
// column is_airframe_accused: Whether somebody accused this very airframe; not where a text leaves open that it is meant; empty where
//   only one of several is.
// column route: Where the track began and where it ended or pointed.
// column night: Whether the track shows night.
// column verdict: What the track says of the reported flight: supported, contradicted or untestable.
// column basis: observed, or inferred where an end of the flight was not received.
// column reason: Why.
// column claim: Id of the allegation, for `tailgraph explain`; the tracked flight's id serves there too.
// column reported_claims: Ids of what reports tell of the flight; none where only a track shows it.
CALL () {
  // Flights that a report or its track says were by night, with the tracked flight that fits best.
  MATCH (:Country {id: $country})<-[:IN_COUNTRY*0..1]-()<-[:TO]-(said:ReportedFlight)
  WHERE said.happened AND coalesce(said.night, true)
    AND ($as_of IS NULL OR coalesce(said.event_from, said.published, $as_of) <= $as_of)
    AND ($to IS NULL OR said.event_from <= $to)
    AND ($from IS NULL OR coalesce(said.event_to, said.published) >= $from)
  // Sorted by day alone at first, one that is not told last: only within a day are ids read and compared.
  WITH DISTINCT said, coalesce(said.event_from, date('0001-01-01')) AS day ORDER BY day DESC
  WITH said, day ORDER BY day DESC, said.id
  WITH said WHERE ($known_at IS NULL OR EXISTS { (said)<-[:HAS_CLAIM]-(k:Document) WHERE date(k.recorded_at) <= $known_at })
    AND (said.night OR EXISTS {
      (said)-[:TESTED_AGAINST {rank: 1, verdict: 'supported'}]->(seen:Flight)
      WHERE 'yes' IN [seen.night, seen.night_at_departure, seen.night_at_arrival]
        AND ($as_of IS NULL OR date(seen.first_seen) <= $as_of)
    AND ($known_at IS NULL OR NOT EXISTS { (seen)-[:DERIVED_FROM]->()<-[:HAS_TRACK]-(k) WHERE date(k.recorded_at) > $known_at }) })
  MATCH (said)-[:OF_AIRCRAFT|OF_TYPE|FLOWN_BY]->(named:Entity)
  WITH DISTINCT said, coalesce(head([(named)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]->(one) | one]), named) AS subject
  // "The Il-76 RA-76999" accuses an airframe and tells its type; it does not accuse the type.
  WHERE NOT subject:Country AND EXISTS {
    MATCH (subject)<-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]-{0,1}()<-[accuses:ACCUSES|CARRIED_BY]-(claim:Allegation)
    WHERE ($as_of IS NULL OR coalesce(claim.event_from, claim.published, $as_of) <= $as_of)
      AND ($known_at IS NULL OR EXISTS { (claim)<-[:HAS_CLAIM]-(k:Document) WHERE date(k.recorded_at) <= $known_at })
      AND NOT (subject:AircraftType AND NOT coalesce(accuses.ambiguous, false)
               AND EXISTS { (claim)-[:ACCUSES|CARRIED_BY]->(:Aircraft) }) }
  WITH said, subject LIMIT $newest + 1
  WITH collect([said, subject]) AS found
  UNWIND found[..$newest] AS one
  WITH one[0] AS said, one[1] AS subject, size(found) > $newest AS is_more
  OPTIONAL MATCH (said)-[test:TESTED_AGAINST {rank: 1}]->(flight:Flight)
  WHERE ($as_of IS NULL OR date(flight.first_seen) <= $as_of)
    AND ($known_at IS NULL OR NOT EXISTS { (flight)-[:DERIVED_FROM]->()<-[:HAS_TRACK]-(k) WHERE date(k.recorded_at) > $known_at })
  WITH subject, flight, said, test, is_more ORDER BY said.id
  RETURN subject, flight, is_more, said.event_from AS day, [said.event_from, said.event_to] AS days, test.verdict AS verdict,
    test.method AS basis, coalesce(test.reason, 'no track bears on it') AS reason,
    collect(DISTINCT said.id) AS reported_claims
  UNION ALL
  // Tracked night flights of an accused airframe, type or unit that no report tells of.
  MATCH (:Country {id: $country})<-[:IN_COUNTRY]-(:Airport)<-[:ARRIVED_AT|VANISHED_TOWARD]-(flight:Flight)
  WHERE (flight.night = 'yes' OR flight.night_at_departure = 'yes' OR flight.night_at_arrival = 'yes')
    AND ($to IS NULL OR date(flight.first_seen) <= $to) AND ($from IS NULL OR date(flight.last_seen) >= $from)
    AND ($as_of IS NULL OR date(flight.first_seen) <= $as_of)
    AND ($known_at IS NULL OR NOT EXISTS { (flight)-[:DERIVED_FROM]->()<-[:HAS_TRACK]-(k) WHERE date(k.recorded_at) > $known_at })
  WITH DISTINCT flight, flight.first_seen AS since ORDER BY since DESC
  WITH flight, since ORDER BY since DESC, flight.id
  CALL (flight) {
    MATCH (flight)-[:BY_AIRCRAFT|FLOWN_BY]->(named:Entity) RETURN named
    UNION
    MATCH (flight)-[:BY_AIRCRAFT]->()-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]-{0,2}(:Aircraft)-[of:OF_TYPE|OPERATED_BY]->(named:Entity)
    WHERE (of.from IS NULL OR of.from <= date(flight.first_seen))
      AND (of.to IS NULL OR of.to >= date(flight.first_seen)) AND ($known_at IS NULL OR NOT EXISTS { MATCH (k:AircraftTable {id: of.table}) WHERE date(k.recorded_at) > $known_at } AND NOT EXISTS { MATCH (k:TrackFile {id: substring(of.source, 6)}) WHERE date(k.recorded_at) > $known_at })
    RETURN named
    UNION
    MATCH (named:AircraftType {id: flight.type_designator}) RETURN named
  }
  WITH DISTINCT flight, coalesce(head([(named)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]->(one) | one]), named) AS subject
  WHERE NOT EXISTS {
    MATCH (flight)<-[test:TESTED_AGAINST {rank: 1}]-(said:ReportedFlight)
          -[:OF_AIRCRAFT|OF_TYPE|FLOWN_BY]->()-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]->{0,1}(subject)
    WHERE (said.night OR (said.night IS NULL AND test.verdict = 'supported'))
      AND ($as_of IS NULL OR coalesce(said.event_from, said.published, $as_of) <= $as_of) AND ($known_at IS NULL OR EXISTS { (said)<-[:HAS_CLAIM]-(k:Document) WHERE date(k.recorded_at) <= $known_at }) }
    AND NOT subject:Country AND EXISTS {
    MATCH (subject)<-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]-{0,1}()<-[accuses:ACCUSES|CARRIED_BY]-(claim:Allegation)
    WHERE ($as_of IS NULL OR coalesce(claim.event_from, claim.published, $as_of) <= $as_of)
      AND ($known_at IS NULL OR EXISTS { (claim)<-[:HAS_CLAIM]-(k:Document) WHERE date(k.recorded_at) <= $known_at })
      AND NOT (subject:AircraftType AND NOT coalesce(accuses.ambiguous, false)
               AND EXISTS { (claim)-[:ACCUSES|CARRIED_BY]->(:Aircraft) }) }
  WITH flight, subject LIMIT $newest + 1
  WITH collect([flight, subject]) AS found
  UNWIND found[..$newest] AS one
  WITH one[0] AS flight, one[1] AS subject, size(found) > $newest AS is_more
  RETURN subject, flight, is_more, date(flight.first_seen) AS day, NULL AS days, NULL AS verdict, NULL AS basis,
    CASE WHEN subject:Aircraft THEN 'tracked by night; no report of it'
         WHEN subject:AircraftType THEN 'tracked flight of that type; no report of it'
         ELSE 'tracked flight of that unit; no report of it' END AS reason, [] AS reported_claims
}
WITH * ORDER BY day IS NULL, day DESC, flight.id, subject.id
WITH max(is_more) AS is_more, collect({subject: subject, flight: flight, day: day, days: days, verdict: verdict,
  basis: basis, reason: reason, reported_claims: reported_claims}) AS pairs
// Each has one allegation at least: what is left of the bound is how many more one of them may have.
WITH is_more OR size(pairs) > $newest AS is_more, pairs[..$newest] AS pairs
WITH is_more, pairs, $newest + 2 - size(pairs) AS most
UNWIND pairs AS pair
WITH is_more, most, pair.subject AS subject, collect(pair) AS pairs
// A subject stands for all that is judged to be the same.
WITH is_more, most, pairs, subject, COLLECT {
  MATCH (subject)<-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]-{0,1}()<-[accuses:ACCUSES|CARRIED_BY]-(claim:Allegation)
  WHERE ($as_of IS NULL OR coalesce(claim.event_from, claim.published, $as_of) <= $as_of)
    AND ($known_at IS NULL OR EXISTS { (claim)<-[:HAS_CLAIM]-(k:Document) WHERE date(k.recorded_at) <= $known_at })
  WITH claim, coalesce(claim.published, date('0001-01-01')) AS day, max(coalesce(accuses.ambiguous, false)) AS is_open
  ORDER BY day DESC
  WITH claim, day, is_open ORDER BY day DESC, claim.id
  WITH claim, is_open
  WHERE is_open OR NOT subject:AircraftType OR NOT EXISTS { (claim)-[:ACCUSES|CARRIED_BY]->(:Aircraft) }
  RETURN {claim: claim, is_open: is_open} LIMIT $newest + 1 } AS accusations
WITH is_more, pairs, subject, accusations[..most] AS accusations
UNWIND range(0, size(accusations) - 1) AS rank
UNWIND pairs AS pair
WITH is_more, subject, pair, rank, accusations[rank] AS accusation
ORDER BY rank, pair.day IS NULL, pair.day DESC, pair.flight.id, subject.id LIMIT $newest + 1
WITH is_more, collect([subject, pair, accusation]) AS found
WITH is_more OR size(found) > $newest AS is_cut, found
UNWIND found[..$newest] AS one
WITH is_cut, one[0] AS subject, one[1] AS pair, one[2].claim AS claim, one[2].is_open AS is_open
MATCH (claim)<-[:HAS_CLAIM]-(report:Document)
WITH is_cut, subject, claim, is_open, report, pair.flight AS flight, pair.days AS days, pair.verdict AS verdict,
  pair.basis AS basis, pair.reason AS reason, pair.reported_claims AS reported_claims
WITH *, COLLECT {
    MATCH (flight)-[:BY_AIRCRAFT]->(a:Aircraft)
    RETURN DISTINCT coalesce(head([(a)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]->(one) | one.id]), a.id) AS id ORDER BY id } AS airframes,
  COLLECT {
    MATCH (flight)-[:BY_AIRCRAFT]->(a:Aircraft)
    WITH coalesce(head([(a)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]->(one) | one]), a) AS airframe
    RETURN DISTINCT EXISTS { (airframe)<-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]-{0,1}()<-[x:ACCUSES|CARRIED_BY]-(c:Allegation)
                    WHERE NOT coalesce(x.ambiguous, false) AND ($as_of IS NULL OR coalesce(c.event_from, c.published, $as_of) <= $as_of) AND ($known_at IS NULL OR EXISTS { (c)<-[:HAS_CLAIM]-(k:Document) WHERE date(k.recorded_at) <= $known_at }) } AS is_accused } AS are_accused
RETURN subject.name AS subject, head([label IN labels(subject) WHERE label <> 'Entity']) AS kind,
  CASE WHEN is_open THEN 'open' ELSE 'named' END AS accused_as,
  CASE WHEN EXISTS { (claim)-[:MADE_BY]->() }
       THEN COLLECT { MATCH (claim)-[:MADE_BY]->(e)
            RETURN DISTINCT coalesce(head([(e)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]->(one) | one.name]), e.name) AS name ORDER BY name }
       ELSE ['the report itself'] END AS accusers,
  COLLECT { MATCH (claim)-[:DENIED_BY]->(e)
            RETURN DISTINCT coalesce(head([(e)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]->(one) | one.name]), e.name) AS name ORDER BY name } AS denied_by,
  claim.status AS status,
  COLLECT { MATCH (claim)-[:CONCERNS]->(e)
            RETURN DISTINCT coalesce(head([(e)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]->(one) | one.name]), e.name) AS name ORDER BY name } AS weapons,
  claim.sentence AS sentence, report.title AS report, report.publisher AS publisher,
  report.published AS published,
  coalesce(COLLECT { MATCH (report)<-[:PUBLISHED]-(p:Publisher) MATCH (g:Grade {about: p.id}) WHERE ($known_at IS NULL OR date(g.at) <= $known_at) AND (g.revoked_at IS NULL OR date(g.revoked_at) > $known_at)
    RETURN g.value ORDER BY g.at DESC LIMIT 1 }[0], 'F') AS reliability,
  claim.credibility AS credibility,
  COLLECT { MATCH (g:Grade {about: claim.reading}) WHERE ($known_at IS NULL OR date(g.at) <= $known_at) AND (g.revoked_at IS NULL OR date(g.revoked_at) > $known_at)
    RETURN g.value + ', ' + g.by ORDER BY g.at DESC LIMIT 1 }[0] AS graded,
  toString(days[0]) + CASE WHEN days[1] <> days[0] THEN ' to ' + toString(days[1]) ELSE '' END AS reported_flight,
  flight.id AS tracked_flight,
  reduce(ids = NULL, id IN airframes | coalesce(ids + ' or ', '') + id) AS airframe,
  CASE WHEN size(are_accused) = 1 THEN are_accused[0] END AS is_airframe_accused,
  head([(flight)-[:DEPARTED_FROM]->(a) | coalesce(a.city, a.id)]
       + [(flight)-[:APPEARED_FROM]->(a) | 'appeared from the direction of ' + coalesce(a.city, a.id)])
  + head([(flight)-[:ARRIVED_AT]->(a) | ' to ' + coalesce(a.city, a.id)]
       + [(flight)-[:VANISHED_TOWARD]->(a) | ', vanished toward ' + coalesce(a.city, a.id)]) AS route,
  flight.night AS night, verdict, basis, reason, claim.id AS claim, reported_claims, is_cut
ORDER BY CASE verdict WHEN 'supported' THEN 0 WHEN 'contradicted' THEN 1 WHEN 'untestable' THEN 2 ELSE 3 END,
  days IS NULL, kind, subject, tracked_flight, published, sentence, report, claim
