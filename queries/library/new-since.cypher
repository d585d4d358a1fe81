// title: What is new here since a day
// question: Which reports and track files came into this graph since that day, and what is in them?
// param since (date): This day or later (UTC), by the clock of this machine.
// param newest (bound = 200): The newest this many.
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
  RETURN d AS one, d.recorded_at AS recorded_at ORDER BY recorded_at DESC, d.id LIMIT $newest + 1
  UNION ALL
  MATCH (t:TrackFile) WHERE t.recorded_at >= datetime({date: $since})
  RETURN t AS one, t.recorded_at AS recorded_at ORDER BY recorded_at DESC, t.id LIMIT $newest + 1
}
WITH one ORDER BY recorded_at DESC, one.id LIMIT $newest + 1
WITH collect(one) AS found
UNWIND found[..$newest] AS one
RETURN one.recorded_at AS recorded_at, CASE WHEN one:Document THEN 'report' ELSE 'track file' END AS kind,
  coalesce(one.title, one.name) AS what, one.published AS published, one.publisher AS publisher,
  CASE WHEN one:Document THEN COUNT { (one)-[:HAS_CLAIM]->(:Allegation) } END AS allegations,
  CASE WHEN one:Document THEN COUNT { (one)-[:HAS_CLAIM]->(:ReportedFlight) }
       ELSE COUNT { (one)-[:HAS_TRACK]->() } END AS flights,
  one.id AS id, size(found) > $newest AS is_cut
ORDER BY recorded_at DESC, id
