// title: Operators that are accused, and by whom
// question: Which airlines, air forces and flight units does somebody accuse, of what, and in how many
//   independent reports?
// column operator: The airline, air force or unit.
// column country: Its state.
// column accusers: Who accuses it.
// column denied_by: Who denies it.
// column weapons: What it is said to have to do with.
// column allegations: How many allegations.
// column origins: From how many independent origins: rewrites and retellings of one report count once.
// column grades: Reliability of the publisher and credibility of the claim, side by side, of each allegation: "B 3";
//   the credibility as the last person who graded it sees it, else as the extractor does.
// column is_ever_open: Whether a text leaves open that the operator is meant.
// column claims: Ids of the allegations.
MATCH (a:Allegation)-[accuses:ACCUSES|CARRIED_BY]->(:Operator)-[:SAME_AS]->{0,1}(o:Operator WHERE NOT (o)-[:SAME_AS]->())
WITH o, collect(DISTINCT a) AS claims, count(DISTINCT a.origin) AS origins,
  max(coalesce(accuses.ambiguous, false)) AS is_ever_open
RETURN o.name AS operator, COLLECT { MATCH (o)<-[:SAME_AS]-{0,1}()-[:OF_COUNTRY]->(c) RETURN DISTINCT c.name AS name ORDER BY name }[0] AS country,
  COLLECT { UNWIND claims AS a MATCH (a)-[:MADE_BY]->(e)
            RETURN DISTINCT coalesce(head([(e)-[:SAME_AS]->(one) | one.name]), e.name) AS name ORDER BY name } AS accusers,
  COLLECT { UNWIND claims AS a MATCH (a)-[:DENIED_BY]->(e)
            RETURN DISTINCT coalesce(head([(e)-[:SAME_AS]->(one) | one.name]), e.name) AS name ORDER BY name } AS denied_by,
  COLLECT { UNWIND claims AS a MATCH (a)-[:CONCERNS]->(e)
            RETURN DISTINCT coalesce(head([(e)-[:SAME_AS]->(one) | one.name]), e.name) AS name ORDER BY name } AS weapons,
  size(claims) AS allegations, origins,
  COLLECT { UNWIND claims AS a MATCH (a)<-[:HAS_CLAIM]-(d:Document)
    RETURN DISTINCT coalesce(COLLECT { MATCH (d)<-[:PUBLISHED]-(p:Publisher) MATCH (g:Grade {about: p.id})
        WHERE g.revoked_at IS NULL RETURN g.value ORDER BY g.at DESC LIMIT 1 }[0], 'F') + ' ' +
      coalesce(COLLECT { MATCH (g:Grade {about: a.reading}) WHERE g.revoked_at IS NULL
        RETURN g.value ORDER BY g.at DESC LIMIT 1 }[0], toString(a.credibility)) AS grade ORDER BY grade } AS grades,
  is_ever_open,
  COLLECT { UNWIND claims AS a RETURN a.id AS id ORDER BY id } AS claims
ORDER BY origins DESC, allegations DESC, operator
