// title: Who says what about an entity
// question: Who accuses this aircraft, type, unit, state or person of what, and who denies it?
// param subject (entity): Its id, as find-entity gives it: RA-82030, A124, RU, 224th Flight Unit.
// param most (bound = 200): At most this many, those of most origins.
// param as_of (date = none): What is said or known to have been so by this day; see docs/sources.md.
// param known_at (date = none): What this graph held at the end of this day (UTC); see docs/sources.md.
// column says: Who makes the allegation; "the report itself" where it names nobody.
// column action: transfer, acquisition, use, production, possession or request.
// column role: What the subject is in it: accused, supplier, recipient, target or carrier.
// column is_open: Whether the text leaves open that this subject is meant.
// column status: alleged, suspected or asserted.
// column weapons: What it is about.
// column denied_by: Who denies it.
// column origins: From how many independent origins it comes: rewrites and retellings of one report count once.
// column reports: In how many reports it stands.
// column grades: Reliability of the publisher and credibility of the claim, side by side, of each allegation: "B 3";
//   the credibility as the last person who graded it sees it, else as the extractor does.
// column sentence: One of its sentences.
// column claims: Ids of the allegations.
MATCH (:Entity {id: $subject})-[held:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND held.known_from IS NULL) OR held.known_from <= $known_at < held.known_to]-{0,2}(subject)
MATCH (subject)<-[role:ACCUSES|SUPPLIED_BY|RECEIVED_BY|USED_AGAINST|CARRIED_BY]-(a:Allegation)
MATCH (a)<-[:HAS_CLAIM]-(d:Document) WHERE ($known_at IS NULL OR date(d.recorded_at) <= $known_at) AND ($as_of IS NULL OR coalesce(a.event_from, a.published, $as_of) <= $as_of)
WITH a, d, type(role) AS role, coalesce(role.ambiguous, false) AS is_open,
  COLLECT { MATCH (a)-[:MADE_BY]->(e)
            RETURN DISTINCT coalesce(head([(e)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]->(one) | one.name]), e.name) AS name ORDER BY name } AS accusers,
  COLLECT { MATCH (a)-[:CONCERNS]->(e)
            RETURN DISTINCT coalesce(head([(e)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]->(one) | one.name]), e.name) AS name ORDER BY name } AS weapons,
  COLLECT { MATCH (a)-[:DENIED_BY]->(e)
            RETURN DISTINCT coalesce(head([(e)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]->(one) | one.name]), e.name) AS name ORDER BY name } AS denied_by
ORDER BY a.id
WITH accusers, role, is_open, a.action AS action, a.status AS status, weapons, denied_by,
  count(DISTINCT a.origin) AS origins, count(DISTINCT d) AS reports, min(a.sentence) AS sentence,
  collect(DISTINCT a) AS claims
WITH *, CASE WHEN accusers = [] THEN ['the report itself'] ELSE accusers END AS says
ORDER BY origins DESC, says, action, role, weapons, sentence LIMIT $most + 1
WITH collect({says: says, role: role, is_open: is_open, action: action, status: status, weapons: weapons,
  denied_by: denied_by, origins: origins, reports: reports, sentence: sentence, claims: claims}) AS found
UNWIND found[..$most] AS one
WITH found, one.says AS says, one.role AS role, one.is_open AS is_open, one.action AS action, one.status AS status,
  one.weapons AS weapons, one.denied_by AS denied_by, one.origins AS origins, one.reports AS reports,
  one.sentence AS sentence, one.claims AS claims
RETURN says, action,
  CASE role WHEN 'ACCUSES' THEN 'accused' WHEN 'SUPPLIED_BY' THEN 'supplier' WHEN 'RECEIVED_BY' THEN 'recipient'
            WHEN 'USED_AGAINST' THEN 'target' ELSE 'carrier' END AS role, is_open, status, weapons,
  denied_by, origins, reports,
  COLLECT { UNWIND claims AS a MATCH (a)<-[:HAS_CLAIM]-(d:Document)
    RETURN DISTINCT coalesce(COLLECT { MATCH (d)<-[:PUBLISHED]-(p:Publisher) MATCH (g:Grade {about: p.id})
        WHERE ($known_at IS NULL OR date(g.at) <= $known_at) AND (g.revoked_at IS NULL OR date(g.revoked_at) > $known_at)
    RETURN g.value ORDER BY g.at DESC LIMIT 1 }[0], 'F') + ' ' +
      coalesce(COLLECT { MATCH (g:Grade {about: a.reading}) WHERE ($known_at IS NULL OR date(g.at) <= $known_at) AND (g.revoked_at IS NULL OR date(g.revoked_at) > $known_at)
        RETURN g.value ORDER BY g.at DESC LIMIT 1 }[0], toString(a.credibility)) AS grade ORDER BY grade } AS grades,
  sentence, [a IN claims | a.id] AS claims, size(found) > $most AS is_cut
ORDER BY origins DESC, says, action, role, weapons, sentence
