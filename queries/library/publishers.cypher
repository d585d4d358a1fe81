// title: Publishers and what they brought in
// question: How many reports, independent origins and claims come from each publisher?
// param most (bound = 200): At most this many, those with most reports.
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
MATCH (p:Publisher)-[:PUBLISHED]->(d:Document) WHERE ($known_at IS NULL OR date(d.recorded_at) <= $known_at)
WITH p, collect(d) AS documents, count(DISTINCT d.origin) AS origins, min(d.published) AS first, max(d.published) AS last
ORDER BY size(documents) DESC, p.name LIMIT $most + 1
WITH collect([p, documents, origins, first, last]) AS found
UNWIND found[..$most] AS one
WITH found, one[0] AS p, one[1] AS documents, one[2] AS origins, one[3] AS first, one[4] AS last
CALL (documents) {
  UNWIND documents AS d MATCH (d)-[:HAS_CLAIM]->(c)
  RETURN count(c) AS claims, sum(CASE WHEN c:Allegation THEN 1 ELSE 0 END) AS allegations
}
WITH found, p, documents, origins, first, last, claims, allegations,
  COLLECT { MATCH (g:Grade {about: p.id}) WHERE ($known_at IS NULL OR date(g.at) <= $known_at) AND (g.revoked_at IS NULL OR date(g.revoked_at) > $known_at)
    RETURN g ORDER BY g.at DESC LIMIT 1 }[0] AS grade
RETURN p.name AS publisher, coalesce(grade.value, 'F') AS reliability, grade.by + ': ' + grade.reason AS graded,
  size(documents) AS reports, origins, COUNT { UNWIND documents AS d WITH d WHERE EXISTS { (d)-[:REPEATS]->() } } AS repeated,
  allegations, claims - allegations AS reported_flights, first AS first_published, last AS last_published,
  size(found) > $most AS is_cut
ORDER BY reports DESC, publisher
