// title: Publishers and what they brought in
// question: How many reports, independent origins and claims come from each publisher?
// param known_at (date = none): What this graph held at the end of this day (UTC); see docs/sources.md.
// column publisher: Its name.
// column reliability: Admiralty scale, A (reliable) to F (cannot be judged).
// column graded: Who graded it so, and why; empty where nobody has.
// column reports: How many reports.
// column origins: How many origins they have: copies, rewrites and excerpts of one report count once.
// column repeated: How many of the reports repeat an earlier report, its own or another publisher's.
// column allegations: How many allegations they hold.
// column reported_flights: How many reported flights.
// column first_published: The oldest report.
// column last_published: The newest report.
MATCH (p:Publisher)
MATCH (p)-[:PUBLISHED]->(d:Document) WHERE ($known_at IS NULL OR date(d.recorded_at) <= $known_at)
WITH p, d, COUNT { (d)-[:HAS_CLAIM]->(:Allegation) } AS allegations, COUNT { (d)-[:HAS_CLAIM]->(:ReportedFlight) } AS flights
WITH p, d, allegations, flights, COLLECT { MATCH (g:Grade {about: p.id}) WHERE ($known_at IS NULL OR date(g.at) <= $known_at) AND (g.revoked_at IS NULL OR date(g.revoked_at) > $known_at)
    RETURN g ORDER BY g.at DESC LIMIT 1 }[0] AS grade
RETURN p.name AS publisher, coalesce(grade.value, 'F') AS reliability, grade.by + ': ' + grade.reason AS graded, count(d) AS reports, count(DISTINCT d.origin) AS origins,
  sum(CASE WHEN EXISTS { (d)-[:REPEATS]->() } THEN 1 ELSE 0 END) AS repeated,
  sum(allegations) AS allegations, sum(flights) AS reported_flights, min(d.published) AS first_published,
  max(d.published) AS last_published
ORDER BY reports DESC, publisher
