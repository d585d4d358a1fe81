// title: Sources that disagree on an aircraft
// question: Where do sources give an aircraft two addresses, operators, types or states at one time, or its address to another registration?
// param aircraft (entity = none): Its registration or address, as find-entity gives it; none: every aircraft.
// param most (bound = 200): At most this many, the first by aircraft.
// param as_of (date = none): What is said or known to have been so by this day; see docs/sources.md.
// param known_at (date = none): What this graph held at the end of this day (UTC); see docs/sources.md.
// column aircraft: Its id.
// column kind: address, registration, serial number, operator, type or state.
// column first: What some say.
// column first_sources: Who says so, for which days, and how: five at most.
// column first_known: How the best of all who say so know it: observed (an address, by a track), stated or inferred.
// column second: What others say.
// column second_sources: Who says so, for which days, and how: five at most.
// column second_known: How the best of all who say so know it.
MATCH (a:Aircraft) WHERE ($aircraft IS NULL OR a.id = $aircraft) AND ($known_at IS NULL OR coalesce(date(a.recorded_at) <= $known_at, true))
// Most aircraft have one mark of each kind, told by many tracks: only the others are gone into.
// An address that more statements lead to than this aircraft has is another's, too.
WITH a, COLLECT { MATCH (a)-[:IDENTIFIED_BY|OF_TYPE|OPERATED_BY|REGISTERED_IN]->(x) WITH x, count(*) AS times
                  RETURN [x, times] } AS marks
WITH a, marks, [m IN marks WHERE m[0].scheme = 'icao24'] AS addresses
WHERE size(marks) > size(COLLECT { UNWIND marks AS m WITH m[0] AS x RETURN DISTINCT coalesce(x.scheme, labels(x)) })
   OR EXISTS { UNWIND addresses AS m WITH m[0] AS i, m[1] AS times WHERE COUNT { (i)<-[:IDENTIFIED_BY]-() } > times RETURN i }
   OR EXISTS { UNWIND addresses AS m WITH m[0] AS i MATCH (r:AircraftRecord {icao24: i.value}) WHERE r.registration <> a.id }
CALL (a) {
  MATCH (a)-[s:IDENTIFIED_BY|OF_TYPE|OPERATED_BY|REGISTERED_IN]->(x)
  MATCH (a)-[t:IDENTIFIED_BY|OF_TYPE|OPERATED_BY|REGISTERED_IN]->(y)
  WHERE type(t) = type(s) AND x.id < y.id AND coalesce(x.scheme, '') = coalesce(y.scheme, '')
    AND NOT EXISTS { (x)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]-{1,2}(y) }
    AND ($known_at IS NULL OR NOT EXISTS { MATCH (k:AircraftTable {id: s.table}) WHERE date(k.recorded_at) > $known_at } AND NOT EXISTS { MATCH (k:TrackFile {id: substring(s.source, 6)}) WHERE date(k.recorded_at) > $known_at })
    AND ($known_at IS NULL OR NOT EXISTS { MATCH (k:AircraftTable {id: t.table}) WHERE date(k.recorded_at) > $known_at } AND NOT EXISTS { MATCH (k:TrackFile {id: substring(t.source, 6)}) WHERE date(k.recorded_at) > $known_at })
  RETURN CASE type(s) WHEN 'OPERATED_BY' THEN 'operator' WHEN 'OF_TYPE' THEN 'type' WHEN 'REGISTERED_IN' THEN 'state'
                      ELSE x.scheme END AS kind,
    coalesce(x.value, x.name) AS first, coalesce(y.value, y.name) AS second, s.source AS source, s.method AS method,
    s.from AS from, s.to AS to, t.source AS other_source, t.method AS other_method, t.from AS other_from, t.to AS other_to
  UNION
  // The address is another's: of an aircraft in the graph, or of one that only a table lists.
  MATCH (a)-[s:IDENTIFIED_BY]->(i:Identifier {scheme: 'icao24'})<-[t:IDENTIFIED_BY]-(b:Aircraft)
  WHERE ($known_at IS NULL OR coalesce(date(b.recorded_at) <= $known_at, true)) AND b.id <> a.id AND b.id <> i.value AND b.id <> i.id AND a.id <> i.value AND a.id <> i.id
    AND NOT EXISTS { (a)-[same:SAME_AS|HELD_SAME_AS WHERE ($known_at IS NULL AND same.known_from IS NULL) OR same.known_from <= $known_at < same.known_to]-{1,2}(b) }
    AND ($known_at IS NULL OR NOT EXISTS { MATCH (k:AircraftTable {id: s.table}) WHERE date(k.recorded_at) > $known_at } AND NOT EXISTS { MATCH (k:TrackFile {id: substring(s.source, 6)}) WHERE date(k.recorded_at) > $known_at })
    AND ($known_at IS NULL OR NOT EXISTS { MATCH (k:AircraftTable {id: t.table}) WHERE date(k.recorded_at) > $known_at } AND NOT EXISTS { MATCH (k:TrackFile {id: substring(t.source, 6)}) WHERE date(k.recorded_at) > $known_at })
  RETURN 'registration' AS kind, a.id AS first, b.id AS second, s.source AS source, s.method AS method,
    s.from AS from, s.to AS to, t.source AS other_source, t.method AS other_method, t.from AS other_from, t.to AS other_to
  UNION
  MATCH (a)-[s:IDENTIFIED_BY]->(i:Identifier {scheme: 'icao24'})
  MATCH (r:AircraftRecord {icao24: i.value}) USING INDEX SEEK r:AircraftRecord(icao24)
  WHERE r.registration <> a.id AND a.id <> i.value AND a.id <> i.id
  MATCH (t:AircraftTable {id: left(r.id, 64)}) WHERE t.recorded_at IS NOT NULL
    AND ($known_at IS NULL OR date(t.recorded_at) <= $known_at) AND ($known_at IS NULL OR NOT EXISTS { MATCH (k:AircraftTable {id: s.table}) WHERE date(k.recorded_at) > $known_at } AND NOT EXISTS { MATCH (k:TrackFile {id: substring(s.source, 6)}) WHERE date(k.recorded_at) > $known_at })
  RETURN 'registration' AS kind, a.id AS first, r.registration AS second, s.source AS source, s.method AS method,
    s.from AS from, s.to AS to, coalesce(r.source, t.format) AS other_source, 'reported' AS other_method,
    r.from AS other_from, r.to AS other_to
}
WITH a, kind, first, second, source, method, from, to, other_source, other_method, other_from, other_to
WHERE ($as_of IS NULL OR ((from IS NULL OR from <= $as_of) AND (to IS NULL OR to >= $as_of)
    AND (other_from IS NULL OR other_from <= $as_of) AND (other_to IS NULL OR other_to >= $as_of)))
  AND (from IS NULL OR other_to IS NULL OR from <= other_to) AND (to IS NULL OR other_from IS NULL OR other_from <= to)
WITH a, CASE kind WHEN 'icao24' THEN 'address' WHEN 'msn' THEN 'serial number' ELSE kind END AS kind, first, second,
  source + ' (' + coalesce(toString(from), '') + '..' + coalesce(toString(to), '') + ', ' + method + ')' AS says,
  other_source + ' (' + coalesce(toString(other_from), '') + '..' + coalesce(toString(other_to), '') + ', ' + other_method + ')'
    AS denies,
  // A track is received with its address; what else its file says of the aircraft is looked up in a list.
  CASE WHEN method = 'inferred' THEN 2 WHEN source STARTS WITH 'track:' AND kind IN ['icao24', 'registration'] THEN 0 ELSE 1 END
    AS known,
  CASE WHEN other_method = 'inferred' THEN 2 WHEN other_source STARTS WITH 'track:' AND kind IN ['icao24', 'registration'] THEN 0
       ELSE 1 END AS other_known
ORDER BY says, denies
WITH a.id AS aircraft, kind, first, collect(DISTINCT replace(says, '(.., ', '('))[..5] AS first_sources,
  second, collect(DISTINCT replace(denies, '(.., ', '('))[..5] AS second_sources,
  ['observed', 'stated', 'inferred'][min(known)] AS first_known, ['observed', 'stated', 'inferred'][min(other_known)] AS second_known
ORDER BY aircraft, kind, first, second LIMIT $most + 1
WITH collect([aircraft, kind, first, first_sources, first_known, second, second_sources, second_known]) AS found
UNWIND found[..$most] AS one
RETURN one[0] AS aircraft, one[1] AS kind, one[2] AS first, one[3] AS first_sources,
  one[4] AS first_known, one[5] AS second, one[6] AS second_sources, one[7] AS second_known, size(found) > $most AS is_cut
ORDER BY aircraft, kind, first, second
