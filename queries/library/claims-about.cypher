// title: Every claim about an entity
// question: In which claims does this entity stand, in which role, and where is that written?
// param entity (entity): Its id, as find-entity gives it.
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
MATCH (:Entity {id: $entity})-[:SAME_AS]-{0,2}(entity)
MATCH (entity)<-[role]-(claim:Claim)<-[:HAS_CLAIM]-(report:Document)
WITH claim, report, collect(DISTINCT type(role)) AS roles
RETURN claim.id AS claim, head([label IN labels(claim) WHERE label <> 'Claim']) AS kind, roles AS role,
  claim.event_from AS event_from, claim.event_to AS event_to, claim.sentence AS sentence,
  report.title AS report, report.publisher AS publisher, report.published AS published,
  coalesce(COLLECT { MATCH (report)<-[:PUBLISHED]-(p:Publisher) MATCH (g:Grade {about: p.id}) WHERE g.revoked_at IS NULL
    RETURN g.value ORDER BY g.at DESC LIMIT 1 }[0], 'F') AS reliability,
  claim.credibility AS credibility,
  COLLECT { MATCH (g:Grade {about: claim.reading}) WHERE g.revoked_at IS NULL
    RETURN g.value + ', ' + g.by ORDER BY g.at DESC LIMIT 1 }[0] AS graded,
  head([(claim)-[:REPEATS]->(other) | other.id]) AS repeats
ORDER BY event_from, published, claim
