"""Questions: the library of Cypher queries and the read-only gate in front of the graph."""
