// title: Find an entity by name
// question: Under which id is an aircraft, unit, country, airport, weapon or person known here?
// param name (text): The beginning of its name or id, with capitals as written.
// column kind: What it is.
// column id: Its id, as other questions take it.
// column name: What it is called.
// column claims: How many claims name it.
// column mentions: How many mentions refer to it.
CALL () {
  MATCH (e:Entity) WHERE e.id STARTS WITH $name RETURN e
  UNION MATCH (e:Country) WHERE e.name STARTS WITH $name RETURN e
  UNION MATCH (e:AircraftType) WHERE e.name STARTS WITH $name RETURN e
  UNION MATCH (e:Aircraft) WHERE e.name STARTS WITH $name RETURN e
  UNION MATCH (e:Operator) WHERE e.name STARTS WITH $name RETURN e
  UNION MATCH (e:Airport) WHERE e.name STARTS WITH $name RETURN e
  UNION MATCH (e:Place) WHERE e.name STARTS WITH $name RETURN e
  UNION MATCH (e:Weapon) WHERE e.name STARTS WITH $name RETURN e
  UNION MATCH (e:Organization) WHERE e.name STARTS WITH $name RETURN e
  UNION MATCH (e:Person) WHERE e.name STARTS WITH $name RETURN e
}
WITH DISTINCT e ORDER BY e.id LIMIT 200
RETURN head([label IN labels(e) WHERE label <> 'Entity']) AS kind, e.id AS id, e.name AS name,
  COUNT { (e)<--(:Claim) } AS claims, COUNT { (e)<-[:REFERS_TO]-(:Mention) } AS mentions
ORDER BY mentions DESC, kind, id
