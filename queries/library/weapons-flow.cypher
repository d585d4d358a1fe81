// title: Who is said to supply whom with what
// question: From which supplier to which recipient are weapons said to have gone, and who says so?
// param most (bound = 50): At most this many, those told from most origins.
// param as_of (date = none): What is said or known to have been so by this day; see docs/sources.md.
// param known_at (date = none): What this graph held at the end of this day (UTC); see docs/sources.md.
// column supplier: Who is said to have supplied.
// column recipient: Who is said to have received.
// column weapons: What.
// column accusers: Who says so.
// column denied_by: Who denies it.
// column allegations: How many allegations.
// column origins: From how many independent origins: rewrites and retellings of one report count once.
// column grades: Reliability of the publisher and credibility of the claim, side by side, of each allegation: "B 3";
//   the credibility as the last person who graded it sees it, else as the extractor does.
// column first_event: Earliest day that is told.
// column last_event: Latest day that is told.
// column claims: Ids of the allegations.
WITH COLLECT { MATCH (g:Grade) WHERE g.scale = 'claim' RETURN DISTINCT g.about } AS graded
// The few claims that a person graded are looked up, not each claim for whether it is one.
MATCH (a:Allegation)-[:SUPPLIED_BY]->()-[held:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND held.known_from IS NULL) OR held.known_from <= $known_at < held.known_to]->{0,1}(supplier:Entity WHERE NOT EXISTS { (supplier)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]->() })
MATCH (a)-[:RECEIVED_BY]->()-[held_too:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND held_too.known_from IS NULL) OR held_too.known_from <= $known_at < held_too.known_to]->{0,1}(recipient:Entity WHERE NOT EXISTS { (recipient)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]->() })
WHERE ($as_of IS NULL OR coalesce(a.event_from, a.published, $as_of) <= $as_of)
  AND ($known_at IS NULL OR EXISTS { (a)<-[:HAS_CLAIM]-(k:Document) WHERE date(k.recorded_at) <= $known_at })
WITH graded, supplier, recipient, collect(DISTINCT a) AS claims, count(DISTINCT a.origin) AS origins
ORDER BY origins DESC, size(claims) DESC, supplier.name, recipient.name LIMIT $most + 1
WITH graded, collect([supplier, recipient, claims, origins]) AS found
UNWIND found[..$most] AS one
WITH graded, found, one[0] AS supplier, one[1] AS recipient, one[2] AS claims, one[3] AS origins
WITH *, COLLECT { UNWIND claims AS a MATCH (a)-[slot:MADE_BY|DENIED_BY|CONCERNS]->(e) WITH DISTINCT type(slot) AS role, e
                  WITH DISTINCT role, coalesce(head([(e)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]->(one) | one.name]), e.name) AS name ORDER BY name
                  RETURN [role, name] } AS others
RETURN supplier.name AS supplier, recipient.name AS recipient,
  [other IN others WHERE other[0] = 'CONCERNS' | other[1]] AS weapons,
  [other IN others WHERE other[0] = 'MADE_BY' | other[1]] AS accusers,
  [other IN others WHERE other[0] = 'DENIED_BY' | other[1]] AS denied_by,
  size(claims) AS allegations, origins,
  COLLECT { UNWIND claims AS a MATCH (a)<-[:HAS_CLAIM]-(d:Document)
    WITH DISTINCT d.publisher AS publisher, CASE WHEN a.reading IN graded THEN a.reading END AS reading,
      toString(a.credibility) AS credibility
    RETURN DISTINCT coalesce(COLLECT { MATCH (p:Publisher {name: publisher}) MATCH (g:Grade {about: p.id})
        WHERE ($known_at IS NULL OR date(g.at) <= $known_at) AND (g.revoked_at IS NULL OR date(g.revoked_at) > $known_at)
        RETURN g.value ORDER BY g.at DESC LIMIT 1 }[0], 'F') + ' ' +
      coalesce(COLLECT { MATCH (g:Grade {about: reading})
        WHERE ($known_at IS NULL OR date(g.at) <= $known_at) AND (g.revoked_at IS NULL OR date(g.revoked_at) > $known_at)
        RETURN g.value ORDER BY g.at DESC LIMIT 1 }[0], credibility) AS grade ORDER BY grade } AS grades,
  reduce(first = NULL, a IN claims | CASE WHEN first IS NULL OR a.event_from < first THEN a.event_from ELSE first END)
    AS first_event,
  reduce(last = NULL, a IN claims | CASE WHEN last IS NULL OR a.event_to > last THEN a.event_to ELSE last END)
    AS last_event,
  COLLECT { UNWIND claims AS a RETURN a.id AS id ORDER BY id } AS claims, size(found) > $most AS is_cut
ORDER BY origins DESC, allegations DESC, supplier, recipient
