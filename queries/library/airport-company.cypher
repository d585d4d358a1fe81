// title: Other aircraft at the airports of one, within hours
// question: Which other aircraft were at the same airports within hours of this one?
// param aircraft (entity): The aircraft, as find-entity gives it.
// param hours (number = 12): At most this many hours before or after.
// param from (date = none): Flights on or after this day.
// param to (date = none): Flights on or before this day.
// param newest (bound = 200): The newest this many.
// param as_of (date = none): What is said or known to have been so by this day; see docs/sources.md.
// param known_at (date = none): What this graph held at the end of this day (UTC); see docs/sources.md.
// column airport: Where.
// column aircraft_end: arrived at, departed from, or vanished toward (not seen to land).
// column aircraft_time: When at the earliest, for the aircraft asked for.
// column aircraft_flight: Id of its flight.
// column other: The other airframe, if it is known; several, joined by "or", where sources differ on it.
// column other_end: The same for the other one.
// column other_time: When at the earliest.
// column other_flight: Id of its flight.
// column hours_apart: Between the two.
MATCH (:Aircraft {id: $aircraft})-[held:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND held.known_from IS NULL) OR held.known_from <= $known_at < held.known_to]-{0,2}(own)<-[:BY_AIRCRAFT]-(f:Flight)
WHERE ($as_of IS NULL OR date(f.first_seen) <= $as_of)
    AND ($known_at IS NULL OR NOT EXISTS { (f)-[:DERIVED_FROM]->()<-[:HAS_TRACK]-(k) WHERE date(k.recorded_at) > $known_at })
  AND ($from IS NULL OR f.last_seen >= datetime({date: $from}))
  AND ($to IS NULL OR f.first_seen < datetime({date: $to}) + duration('P1D'))
WITH collect(DISTINCT own) AS airframes, collect(DISTINCT f) AS flights
UNWIND flights AS f
MATCH (f)-[e:DEPARTED_FROM|ARRIVED_AT|VANISHED_TOWARD|APPEARED_FROM]->(airport:Airport)
WITH airframes, f, e, airport, e.earliest - duration({seconds: toInteger($hours * 3600)}) AS since,
  e.earliest + duration({seconds: toInteger($hours * 3600)}) AS until
CALL (airport, since, until) {
  MATCH (there:Airport)<-[o:DEPARTED_FROM]-(g:Flight) USING INDEX o:DEPARTED_FROM(earliest)
  WHERE o.earliest >= since AND o.earliest <= until AND there = airport RETURN o, g
  UNION ALL
  MATCH (there:Airport)<-[o:ARRIVED_AT]-(g:Flight) USING INDEX o:ARRIVED_AT(earliest)
  WHERE o.earliest >= since AND o.earliest <= until AND there = airport RETURN o, g
  UNION ALL
  MATCH (there:Airport)<-[o:VANISHED_TOWARD]-(g:Flight) USING INDEX o:VANISHED_TOWARD(earliest)
  WHERE o.earliest >= since AND o.earliest <= until AND there = airport RETURN o, g
  UNION ALL
  MATCH (there:Airport)<-[o:APPEARED_FROM]-(g:Flight) USING INDEX o:APPEARED_FROM(earliest)
  WHERE o.earliest >= since AND o.earliest <= until AND there = airport RETURN o, g
}
WITH airframes, f, e, airport, o, g
WHERE NOT EXISTS { (g)-[:BY_AIRCRAFT]->(a) WHERE a IN airframes }
  AND ($as_of IS NULL OR date(g.first_seen) <= $as_of)
    AND ($known_at IS NULL OR NOT EXISTS { (g)-[:DERIVED_FROM]->()<-[:HAS_TRACK]-(k) WHERE date(k.recorded_at) > $known_at })
WITH airport, f, e, g, o, duration.inSeconds(e.earliest, o.earliest).seconds / 3600.0 AS hours
ORDER BY e.earliest DESC, abs(hours), f.id, g.id LIMIT $newest + 1
WITH collect([airport, f, e, g, o, hours]) AS found
UNWIND found[..$newest] AS one
WITH found, one[0] AS airport, one[1] AS f, one[2] AS e, one[3] AS g, one[4] AS o, one[5] AS hours
RETURN coalesce(airport.city, airport.name) + ' (' + airport.id + ')' AS airport,
  toLower(replace(type(e), '_', ' ')) AS aircraft_end, e.earliest AS aircraft_time, f.id AS aircraft_flight,
  reduce(ids = NULL, id IN COLLECT { MATCH (g)-[:BY_AIRCRAFT]->(a)
    RETURN DISTINCT coalesce(head([(a)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]->(one) | one.id]), a.id) AS id ORDER BY id } |
    coalesce(ids + ' or ', '') + id) AS other,
  toLower(replace(type(o), '_', ' ')) AS other_end, o.earliest AS other_time, g.id AS other_flight,
  round(abs(hours), 1) AS hours_apart, size(found) > $newest AS is_cut
ORDER BY aircraft_time DESC, hours_apart, aircraft_flight, other_flight
