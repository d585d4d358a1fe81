// title: Silences of one aircraft
// question: Where and when was this aircraft not received, and is that explained by coverage?
// param aircraft (entity): Its registration or address, as find-entity gives it.
// param newest (bound = 200): The newest this many.
// param as_of (date = none): What is said or known to have been so by this day; see docs/sources.md.
// param known_at (date = none): What this graph held at the end of this day (UTC); see docs/sources.md.
// column flight: Id of the flight.
// column before: Last position before the silence.
// column after: First position after it.
// column minutes: How long it lasted.
// column excess_minutes: How much longer than the distance explains.
// column from_position: Latitude and longitude before.
// column to_position: Latitude and longitude after.
// column class: coverage, unexplained or insufficient data; never "switched off".
MATCH (:Aircraft {id: $aircraft})-[held:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND held.known_from IS NULL) OR held.known_from <= $known_at < held.known_to]-{0,2}()<-[:BY_AIRCRAFT]-(f:Flight)-[:HAS_GAP]->(g:CoverageGap)
WHERE ($as_of IS NULL OR date(f.first_seen) <= $as_of)
    AND ($known_at IS NULL OR NOT EXISTS { (f)-[:DERIVED_FROM]->()<-[:HAS_TRACK]-(k) WHERE date(k.recorded_at) > $known_at })
WITH f, g ORDER BY g.before_time DESC, g.id LIMIT $newest + 1
WITH collect([f, g]) AS found
UNWIND found[..$newest] AS one
WITH found, one[0] AS f, one[1] AS g
RETURN f.id AS flight, g.before_time AS before, g.after_time AS after,
  duration.inSeconds(g.before_time, g.after_time).seconds / 60 AS minutes,
  toInteger(round(g.excess_s / 60)) AS excess_minutes, [g.before_latitude, g.before_longitude] AS from_position,
  [g.after_latitude, g.after_longitude] AS to_position, g.gap_class AS class,
  size(found) > $newest AS is_cut
ORDER BY before, flight
