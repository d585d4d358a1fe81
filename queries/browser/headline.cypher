// What somebody accused of carrying weapons flew to North Korea by night? Who says so, who denies it,
// and does the track support it? Orange: what is said. Blue: what was seen.
MATCH accusation = (claim:Allegation)-[:ACCUSES]->(accused:Entity)
MATCH concern = (claim)-[:CONCERNS]->(:Weapon)
MATCH source = (claim)-[:MADE_BY]->(:Entity)
MATCH flown = (said:ReportedFlight {night: true})-[:OF_AIRCRAFT|OF_TYPE|FLOWN_BY]->(accused)
MATCH goal = (said)-[:TO]->(place:Entity)
WHERE place.id = 'KP' OR EXISTS { (place)-[:IN_COUNTRY]->(:Country {id: 'KP'}) }
OPTIONAL MATCH denial = (claim)-[:DENIED_BY]->(:Entity)
OPTIONAL MATCH test = (said)-[:TESTED_AGAINST]->(flight:Flight)
OPTIONAL MATCH airframe = (flight)-[:BY_AIRCRAFT]->(:Aircraft)
OPTIONAL MATCH end = (flight)-[:DEPARTED_FROM|ARRIVED_AT|VANISHED_TOWARD]->(:Airport)
RETURN accusation, concern, source, flown, goal, denial, test, airframe, end
LIMIT 200
