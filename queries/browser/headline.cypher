// What somebody accused of carrying weapons flew to North Korea by night? Who says so, who denies it,
// and does the track support it? Orange: what is said. Teal: what was seen.
MATCH accusation = (claim:Allegation)-[:ACCUSES|CARRIED_BY]->(accused:Entity)
WHERE NOT accused:Country
OPTIONAL MATCH told = (:Country {id: 'KP'})<-[:IN_COUNTRY*0..1]-()<-[:TO]-
  (said:ReportedFlight {night: true, happened: true})-[:OF_AIRCRAFT|OF_TYPE|FLOWN_BY]->(accused)
OPTIONAL MATCH seen = (:Country {id: 'KP'})<-[:IN_COUNTRY]-(:Airport)<-[:ARRIVED_AT|VANISHED_TOWARD]-
  (own:Flight)-[:BY_AIRCRAFT|FLOWN_BY]->(accused)
WHERE 'yes' IN [own.night, own.night_at_departure, own.night_at_arrival]
WITH * WHERE told IS NOT NULL OR seen IS NOT NULL
OPTIONAL MATCH source = (claim)-[:MADE_BY|CONCERNS|DENIED_BY]->(:Entity)
OPTIONAL MATCH test = (said)-[:TESTED_AGAINST {rank: 1}]->(flight:Flight)
OPTIONAL MATCH track = (flight)-[:BY_AIRCRAFT|DEPARTED_FROM|ARRIVED_AT|VANISHED_TOWARD]->(:Entity)
RETURN accusation, told, seen, source, test, track
LIMIT 300
