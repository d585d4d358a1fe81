// title: What is new here since a day
// question: Which reports and track files came into this graph since that day, and what is in them?
// param since (date): This day or later (UTC), by the clock of this machine.
// column recorded_at: When it was first stored here.
// column kind: report or track file.
// column what: Its title or file name.
// column published: When the report came out.
// column publisher: Who published it.
// column allegations: How many allegations it holds.
// column flights: How many reported flights, or aircraft tracked.
// column id: Its id.
CALL () {
  MATCH (d:Document) WHERE d.recorded_at >= datetime({date: $since})
  RETURN d.recorded_at AS recorded_at, 'report' AS kind, d.title AS what, d.published AS published,
    d.publisher AS publisher, COUNT { (d)-[:HAS_CLAIM]->(:Allegation) } AS allegations,
    COUNT { (d)-[:HAS_CLAIM]->(:ReportedFlight) } AS flights, d.id AS id
  UNION
  MATCH (t:TrackFile) WHERE t.recorded_at >= datetime({date: $since})
  RETURN t.recorded_at AS recorded_at, 'track file' AS kind, t.name AS what, NULL AS published, NULL AS publisher,
    NULL AS allegations, COUNT { (t)-[:HAS_TRACK]->() } AS flights, t.id AS id
}
RETURN recorded_at, kind, what, published, publisher, allegations, flights, id ORDER BY recorded_at DESC, id
