// title: Find an entity by name
// question: Under which id is an aircraft, unit, country, airport, weapon or person known here?
// param name (text): The beginning of its name or id; also tried in capitals, in small letters, with capital initials.
// param most (bound = 200): At most this many, the first by id.
// column kind: What it is.
// column id: Its id, as other questions take it.
// column name: What it is called.
// column same_as: Ids of what is judged to be the same.
// column claims: How many claims name it.
// column mentions: How many mentions refer to it.
WITH split(toLower($name), ' ') AS words
WITH $name AS written, toUpper($name) AS upper, toLower($name) AS lower,
  reduce(title = '', word IN words | title + CASE title WHEN '' THEN '' ELSE ' ' END
    + toUpper(left(word, 1)) + substring(word, 1)) AS title
UNWIND [written, upper, lower, title] AS start
WITH DISTINCT start
CALL (start) {
  MATCH (e:Entity) WHERE e.id STARTS WITH start RETURN e
  UNION MATCH (e:Country) WHERE e.name STARTS WITH start RETURN e
  UNION MATCH (e:AircraftType) WHERE e.name STARTS WITH start RETURN e
  UNION MATCH (e:Aircraft) WHERE e.name STARTS WITH start RETURN e
  UNION MATCH (e:Operator) WHERE e.name STARTS WITH start RETURN e
  UNION MATCH (e:Airport) WHERE e.name STARTS WITH start RETURN e
  UNION MATCH (e:Place) WHERE e.name STARTS WITH start RETURN e
  UNION MATCH (e:Weapon) WHERE e.name STARTS WITH start RETURN e
  UNION MATCH (e:Organization) WHERE e.name STARTS WITH start RETURN e
  UNION MATCH (e:Person) WHERE e.name STARTS WITH start RETURN e
}
WITH DISTINCT e ORDER BY e.id LIMIT $most + 1
WITH collect(e) AS found
UNWIND found[..$most] AS e
RETURN head([label IN labels(e) WHERE label <> 'Entity']) AS kind, e.id AS id, e.name AS name,
  COLLECT { MATCH (e)-[:SAME_AS]-{1,2}(other) RETURN other.id AS id ORDER BY id } AS same_as,
  COUNT { MATCH (e)<--(c:Claim) RETURN DISTINCT c } AS claims, COUNT { (e)<-[:REFERS_TO]-(:Mention) } AS mentions,
  size(found) > $most AS is_cut
ORDER BY mentions DESC, kind, id
