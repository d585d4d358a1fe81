// title: Flights that were flown together
// question: Which aircraft flew in formation with another, or shadowed it, and for how long?
// param aircraft (entity = none): Only flights of this aircraft, as find-entity gives it.
// param from (date = none): On or after this day.
// param to (date = none): On or before this day.
// param newest (bound = 200): The newest this many.
// param as_of (date = none): What is said or known to have been so by this day; see docs/sources.md.
// param known_at (date = none): What this graph held at the end of this day (UTC); see docs/sources.md.
// column aircraft: The one airframe, if it is known; several, joined by "or", where sources differ on it.
// column flight: Id of its flight.
// column other: The other airframe, if it is known; several, joined by "or", where sources differ on it.
// column other_flight: Id of its flight.
// column since: From when they were within 3 nautical miles and 900 feet of each other, on like courses.
// column until: Until when.
// column minutes: For how many minutes in all.
// column closest_nm: The least distance.
// column median_nm: The median distance while together.
MATCH (one)-[r:FLEW_WITH]->(two)
UNWIND [[one, two], [two, one]] AS pair
WITH one, r, pair[0] AS f, pair[1] AS g
WHERE ($as_of IS NULL OR date(f.first_seen) <= $as_of AND date(g.first_seen) <= $as_of)
    AND ($known_at IS NULL OR NOT EXISTS { (f)-[:DERIVED_FROM]->()<-[:HAS_TRACK]-(k) WHERE date(k.recorded_at) > $known_at })
    AND ($known_at IS NULL OR NOT EXISTS { (g)-[:DERIVED_FROM]->()<-[:HAS_TRACK]-(k) WHERE date(k.recorded_at) > $known_at })
  AND ($from IS NULL OR r.to_time >= datetime({date: $from}))
  AND ($to IS NULL OR r.from_time < datetime({date: $to}) + duration('P1D'))
  AND CASE WHEN $aircraft IS NULL THEN f = one
           ELSE EXISTS { (:Aircraft {id: $aircraft})-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]-{0,2}()<-[:BY_AIRCRAFT]-(f) } END
WITH f, r, g ORDER BY r.from_time DESC, f.id, g.id LIMIT $newest + 1
WITH collect([f, r, g]) AS found
UNWIND found[..$newest] AS one
WITH found, one[0] AS f, one[1] AS r, one[2] AS g
RETURN reduce(ids = NULL, id IN COLLECT { MATCH (f)-[:BY_AIRCRAFT]->(a)
    RETURN DISTINCT coalesce(head([(a)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]->(one) | one.id]), a.id) AS id ORDER BY id } |
    coalesce(ids + ' or ', '') + id) AS aircraft,
  f.id AS flight,
  reduce(ids = NULL, id IN COLLECT { MATCH (g)-[:BY_AIRCRAFT]->(a)
    RETURN DISTINCT coalesce(head([(a)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]->(one) | one.id]), a.id) AS id ORDER BY id } |
    coalesce(ids + ' or ', '') + id) AS other,
  g.id AS other_flight, r.from_time AS since, r.to_time AS until, r.minutes AS minutes, r.closest_nm AS closest_nm,
  r.median_nm AS median_nm, size(found) > $newest AS is_cut
ORDER BY since DESC, flight, other_flight
