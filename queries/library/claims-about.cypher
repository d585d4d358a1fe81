// title: Every claim about an entity
// question: In which claims does this entity stand, in which role, and where is that written?
// param entity (entity): Its id, as find-entity gives it.
// param newest (bound = 200): The newest this many.
// param as_of (date = none): What is said or known to have been so by this day; see docs/sources.md.
// param known_at (date = none): What this graph held at the end of this day (UTC); see docs/sources.md.
// column claim: Id of the claim.
// column kind: Allegation or ReportedFlight.
// column role: How the claim points at the entity.
// column event_from: Earliest day on which it is said to have happened.
// column event_to: Latest day.
// column sentence: The sentences.
// column report: Title of the report.
// column publisher: Who published it.
// column published: When.
// column reliability: Of the publisher, as people grade it: A (reliable) to F (cannot be judged).
// column credibility: Of the claim, as the extractor sees it: 1 (confirmed) to 6 (cannot be judged).
// column graded: Of the claim, as the last person who graded it does, and who that is; empty where nobody has.
// column repeats: Id of the earlier claim that this one repeats; empty where it is told here first.
MATCH (:Entity {id: $entity})-[held:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND held.known_from IS NULL) OR held.known_from <= $known_at < held.known_to]-{0,2}(entity)
MATCH (entity)<-[role]-(claim:Claim)<-[:HAS_CLAIM]-(report:Document)
WHERE ($known_at IS NULL OR date(report.recorded_at) <= $known_at) AND ($as_of IS NULL OR coalesce(claim.event_from, claim.published, $as_of) <= $as_of)
WITH claim, report, collect(DISTINCT type(role)) AS roles
ORDER BY claim.published IS NULL, claim.published DESC, claim.id LIMIT $newest + 1
WITH collect([claim, report, roles]) AS found
UNWIND found[..$newest] AS one
WITH found, one[0] AS claim, one[1] AS report, one[2] AS roles
RETURN claim.id AS claim, head([label IN labels(claim) WHERE label <> 'Claim']) AS kind, roles AS role,
  claim.event_from AS event_from, claim.event_to AS event_to, claim.sentence AS sentence,
  report.title AS report, report.publisher AS publisher, report.published AS published,
  coalesce(COLLECT { MATCH (report)<-[:PUBLISHED]-(p:Publisher) MATCH (g:Grade {about: p.id}) WHERE ($known_at IS NULL OR date(g.at) <= $known_at) AND (g.revoked_at IS NULL OR date(g.revoked_at) > $known_at)
    RETURN g.value ORDER BY g.at DESC LIMIT 1 }[0], 'F') AS reliability,
  claim.credibility AS credibility,
  COLLECT { MATCH (g:Grade {about: claim.reading}) WHERE ($known_at IS NULL OR date(g.at) <= $known_at) AND (g.revoked_at IS NULL OR date(g.revoked_at) > $known_at)
    RETURN g.value + ', ' + g.by ORDER BY g.at DESC LIMIT 1 }[0] AS graded,
  head([(claim)-[:REPEATS]->(other)
    WHERE $known_at IS NULL OR EXISTS { (other)<-[:HAS_CLAIM]-(k:Document) WHERE date(k.recorded_at) <= $known_at } | other.id]) AS repeats,
  size(found) > $newest AS is_cut
ORDER BY event_from, published, claim
