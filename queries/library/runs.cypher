// title: What each command has put in
// question: Which commands have put what into this graph, when, and what of it was taken out?
// param newest (bound = 200): The newest this many.
// column run: Its id, for `tailgraph retract`, `diff` and `explain`.
// column command: What was run.
// column version: Of Tailgraph.
// column started: When.
// column finished: When it ended; empty where it was cut.
// column reports: How many reports of it are here.
// column track_files: How many track files.
// column aircraft_tables: How many aircraft tables.
// column retracted: When what only it had put in was taken out; empty where it was not.
MATCH (r:Run)
WITH r ORDER BY r.started DESC, r.id LIMIT $newest + 1
WITH collect(r) AS found
UNWIND found[..$newest] AS r
RETURN r.id AS run, r.command AS command, r.version AS version, r.started AS started, r.finished AS finished,
  COUNT { (r)-[:CONTRIBUTED]->(:Document) } AS reports, COUNT { (r)-[:CONTRIBUTED]->(:TrackFile) } AS track_files,
  COUNT { (r)-[:CONTRIBUTED]->(:AircraftTable) } AS aircraft_tables, r.retracted AS retracted,
  size(found) > $newest AS is_cut
ORDER BY started DESC, run
