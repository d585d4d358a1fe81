// title: What aircraft tables say of a mark
// question: Which rows of the aircraft tables bear this registration or address, whether anybody else names it or not?
// param mark (text): A registration (RA-82030) or a 24-bit address (15406e).
// column registration: In the form that its state's rules give it.
// column address: 24-bit address.
// column type: ICAO designator, or the type in the table's words.
// column operator: As the table writes it.
// column owner: As the table writes it.
// column state: State of registration, where the table names it.
// column is_military: Whether the table marks it so.
// column from: First day, if the table gives one.
// column to: Last day, if the table gives one.
// column serial_number: Of the manufacturer.
// column source: What the row names as its source, else the table's format.
// column table: Name of the file.
// column row: Its line, or place in order.
// column id: Id of the record.
CALL () {
  MATCH (r:AircraftRecord {icao24: toLower($mark)}) RETURN r
  UNION
  MATCH (r:AircraftRecord {registration: toUpper($mark)}) RETURN r
}
MATCH (t:AircraftTable {id: left(r.id, 64)}) WHERE t.recorded_at IS NOT NULL
RETURN r.registration AS registration, r.icao24 AS address, coalesce(r.type, r.model) AS type, r.operator AS operator,
  r.owner AS owner, r.country AS state, r.military AS is_military, r.from AS from, r.to AS to, r.msn AS serial_number,
  coalesce(r.source, t.format) AS source, t.name AS table, toInteger(split(r.id, '/')[1]) AS row, r.id AS id
ORDER BY from, table, row
