// title: Airports that two aircraft used within days of each other
// question: Where and when were these two aircraft at the same airport?
// param aircraft (entity): One aircraft, as find-entity gives it.
// param other (entity): The other one.
// param days (number = 2): At most this many days apart.
// param most (bound = 200): At most this many, the nearest in time.
// param as_of (date = none): What is said or known to have been so by this day; see docs/sources.md.
// param known_at (date = none): What this graph held at the end of this day (UTC); see docs/sources.md.
// column airport: Where.
// column aircraft_end: arrived, departed, or vanished toward (not seen to land).
// column aircraft_time: When, for the first aircraft.
// column aircraft_flight: Id of its flight.
// column other_end: The same for the other one.
// column other_time: When.
// column other_flight: Id of its flight.
// column hours_apart: Between the two.
MATCH (:Aircraft {id: $aircraft})-[held:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND held.known_from IS NULL) OR held.known_from <= $known_at < held.known_to]-{0,2}()<-[:BY_AIRCRAFT]-(f:Flight)
      -[e:DEPARTED_FROM|ARRIVED_AT|VANISHED_TOWARD|APPEARED_FROM]->(airport:Airport)
MATCH (:Aircraft {id: $other})-[held_too:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND held_too.known_from IS NULL) OR held_too.known_from <= $known_at < held_too.known_to]-{0,2}()<-[:BY_AIRCRAFT]-(g:Flight)
      -[o:DEPARTED_FROM|ARRIVED_AT|VANISHED_TOWARD|APPEARED_FROM]->(airport)
WHERE ($as_of IS NULL OR date(f.first_seen) <= $as_of)
    AND ($known_at IS NULL OR NOT EXISTS { (f)-[:DERIVED_FROM]->()<-[:HAS_TRACK]-(k) WHERE date(k.recorded_at) > $known_at })
  AND ($as_of IS NULL OR date(g.first_seen) <= $as_of)
    AND ($known_at IS NULL OR NOT EXISTS { (g)-[:DERIVED_FROM]->()<-[:HAS_TRACK]-(k) WHERE date(k.recorded_at) > $known_at })
WITH airport, f, e, g, o, duration.inSeconds(e.earliest, o.earliest).seconds / 3600.0 AS hours
WHERE abs(hours) <= 24 * $days
WITH airport, f, e, g, o, abs(hours) AS hours ORDER BY hours, e.earliest, f.id, g.id LIMIT $most + 1
WITH collect([airport, f, e, g, o, hours]) AS found
UNWIND found[..$most] AS one
WITH found, one[0] AS airport, one[1] AS f, one[2] AS e, one[3] AS g, one[4] AS o, one[5] AS hours
RETURN coalesce(airport.city, airport.name) + ' (' + airport.id + ')' AS airport,
  toLower(replace(type(e), '_', ' ')) AS aircraft_end, e.earliest AS aircraft_time, f.id AS aircraft_flight,
  toLower(replace(type(o), '_', ' ')) AS other_end, o.earliest AS other_time, g.id AS other_flight,
  round(hours, 1) AS hours_apart, size(found) > $most AS is_cut
ORDER BY hours_apart, aircraft_time, aircraft_flight, other_flight
