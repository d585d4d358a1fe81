// title: Flights whose track ended in the air toward a country
// question: Which flights were lost on the way to this country, and when could they have been there?
// param country (country = KP): The country that the track points to.
// param from (date = none): On or after this day.
// param to (date = none): On or before this day.
// param newest (bound = 200): The newest this many.
// param as_of (date = none): What is said or known to have been so by this day; see docs/sources.md.
// param known_at (date = none): What this graph held at the end of this day (UTC); see docs/sources.md.
// column flight: Id of the flight.
// column airframe: The airframe, if it is known; several, joined by "or", where sources differ on it.
// column departure: Where it left, if that is known.
// column toward: The airport that it pointed to; it was not seen to land there.
// column distance_nm: From the last position to that airport.
// column last_seen: The last position.
// column earliest: When it can have been there at the earliest.
// column latest: And at the latest.
// column night: yes, no or indeterminate over the leg.
// column reported_by: Reports that tell of the flight, by the verdict on them.
MATCH (:Country {id: $country})<-[:IN_COUNTRY]-(airport:Airport)<-[toward:VANISHED_TOWARD]-(f:Flight)
WHERE ($as_of IS NULL OR date(f.first_seen) <= $as_of)
    AND ($known_at IS NULL OR NOT EXISTS { (f)-[:DERIVED_FROM]->()<-[:HAS_TRACK]-(k) WHERE date(k.recorded_at) > $known_at })
  AND ($from IS NULL OR f.last_seen >= datetime({date: $from}))
  AND ($to IS NULL OR f.first_seen < datetime({date: $to}) + duration('P1D'))
WITH f, toward, airport ORDER BY f.last_seen DESC, f.id LIMIT $newest + 1
WITH collect([f, toward, airport]) AS found
UNWIND found[..$newest] AS one
WITH found, one[0] AS f, one[1] AS toward, one[2] AS airport
RETURN f.id AS flight, reduce(ids = NULL, id IN COLLECT { MATCH (f)-[:BY_AIRCRAFT]->(a)
    RETURN DISTINCT coalesce(head([(a)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]->(one) | one.id]), a.id) AS id ORDER BY id } |
    coalesce(ids + ' or ', '') + id) AS airframe,
  head([(f)-[:DEPARTED_FROM]->(a) | coalesce(a.city, a.id)]) AS departure,
  coalesce(airport.city, airport.name) + ' (' + airport.id + ')' AS toward, toward.distance_nm AS distance_nm,
  f.last_seen AS last_seen, toward.earliest AS earliest, toward.latest AS latest, f.night AS night,
  COLLECT { MATCH (f)<-[test:TESTED_AGAINST]-(r:ReportedFlight)<-[:HAS_CLAIM]-(d:Document)
            WHERE ($known_at IS NULL OR date(d.recorded_at) <= $known_at) AND ($as_of IS NULL OR coalesce(r.event_from, r.published, $as_of) <= $as_of)
            RETURN DISTINCT test.verdict + ': ' + d.title AS told ORDER BY told } AS reported_by,
  size(found) > $newest AS is_cut
ORDER BY last_seen DESC, flight
