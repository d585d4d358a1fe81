// title: Tracked night flights into a country
// question: Which tracked flights landed in, or vanished toward, this country by night?
// param country (country = KP): The country flown to.
// param from (date = none): On or after this day.
// param to (date = none): On or before this day.
// param newest (bound = 200): The newest this many.
// param as_of (date = none): What is said or known to have been so by this day; see docs/sources.md.
// param known_at (date = none): What this graph held at the end of this day (UTC); see docs/sources.md.
// column flight: Id of the flight.
// column airframe: The airframe, if it is known; several, joined by "or", where sources differ on it.
// column type: ICAO type designator.
// column callsigns: Call signs received.
// column departure: Where it left, if that is known.
// column end: arrived or vanished toward.
// column airport: Where.
// column first_seen: First position.
// column last_seen: Last position.
// column night: yes, no or indeterminate over the leg.
// column sun_at_arrival_deg: Elevation of the sun at the end.
MATCH (:Country {id: $country})<-[:IN_COUNTRY]-(airport:Airport)<-[end:ARRIVED_AT|VANISHED_TOWARD]-(f:Flight)
WHERE 'yes' IN [f.night, f.night_at_departure, f.night_at_arrival]
  AND ($as_of IS NULL OR date(f.first_seen) <= $as_of)
    AND ($known_at IS NULL OR NOT EXISTS { (f)-[:DERIVED_FROM]->()<-[:HAS_TRACK]-(k) WHERE date(k.recorded_at) > $known_at })
  AND ($from IS NULL OR f.last_seen >= datetime({date: $from}))
  AND ($to IS NULL OR f.first_seen < datetime({date: $to}) + duration('P1D'))
WITH f, end, airport ORDER BY f.first_seen DESC, f.id LIMIT $newest + 1
WITH collect([f, end, airport]) AS found
UNWIND found[..$newest] AS one
WITH found, one[0] AS f, one[1] AS end, one[2] AS airport
RETURN f.id AS flight, reduce(ids = NULL, id IN COLLECT { MATCH (f)-[:BY_AIRCRAFT]->(a)
    RETURN DISTINCT coalesce(head([(a)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]->(one) | one.id]), a.id) AS id ORDER BY id } |
    coalesce(ids + ' or ', '') + id) AS airframe, f.type_designator AS type,
  f.callsigns AS callsigns, head([(f)-[:DEPARTED_FROM]->(a) | coalesce(a.city, a.id)]) AS departure,
  CASE type(end) WHEN 'ARRIVED_AT' THEN 'arrived' ELSE 'vanished toward' END AS end,
  coalesce(airport.city, airport.name) + ' (' + airport.id + ')' AS airport, f.first_seen AS first_seen,
  f.last_seen AS last_seen, f.night AS night, f.sun_at_arrival_deg AS sun_at_arrival_deg,
  size(found) > $newest AS is_cut
ORDER BY first_seen DESC, flight
