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
// column repeats: Id of the earlier claim that this one repeats; empty where it is told here first.
MATCH (entity:Entity {id: $entity})<-[role]-(claim:Claim)<-[:HAS_CLAIM]-(report:Document)
WITH claim, report, collect(DISTINCT type(role)) AS roles
RETURN claim.id AS claim, head([label IN labels(claim) WHERE label <> 'Claim']) AS kind, roles AS role,
  claim.event_from AS event_from, claim.event_to AS event_to, claim.sentence AS sentence,
  report.title AS report, report.publisher AS publisher, report.published AS published,
  head([(claim)-[:REPEATS]->(other) | other.id]) AS repeats
ORDER BY event_from, published, claim
