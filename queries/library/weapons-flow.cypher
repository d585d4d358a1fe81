// title: Who is said to supply whom with what
// question: From which supplier to which recipient are weapons said to have gone, and who says so?
// column supplier: Who is said to have supplied.
// column recipient: Who is said to have received.
// column weapons: What.
// column accusers: Who says so.
// column denied_by: Who denies it.
// column allegations: How many allegations.
// column origins: From how many independent origins: rewrites and retellings of one report count once.
// column first_event: Earliest day that is told.
// column last_event: Latest day that is told.
// column claims: Ids of the allegations.
MATCH (supplier:Entity)<-[:SUPPLIED_BY]-(a:Allegation)-[:RECEIVED_BY]->(recipient:Entity)
WITH supplier, recipient, collect(DISTINCT a) AS claims, count(DISTINCT a.origin) AS origins
RETURN supplier.name AS supplier, recipient.name AS recipient,
  COLLECT { UNWIND claims AS a MATCH (a)-[:CONCERNS]->(e) RETURN DISTINCT e.name AS name ORDER BY name } AS weapons,
  COLLECT { UNWIND claims AS a MATCH (a)-[:MADE_BY]->(e) RETURN DISTINCT e.name AS name ORDER BY name } AS accusers,
  COLLECT { UNWIND claims AS a MATCH (a)-[:DENIED_BY]->(e) RETURN DISTINCT e.name AS name ORDER BY name } AS denied_by,
  size(claims) AS allegations, origins,
  reduce(first = NULL, a IN claims | CASE WHEN first IS NULL OR a.event_from < first THEN a.event_from ELSE first END)
    AS first_event,
  reduce(last = NULL, a IN claims | CASE WHEN last IS NULL OR a.event_to > last THEN a.event_to ELSE last END)
    AS last_event,
  COLLECT { UNWIND claims AS a RETURN a.id AS id ORDER BY id } AS claims
ORDER BY origins DESC, allegations DESC, supplier, recipient
