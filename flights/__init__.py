"""The flight side: positions in, Flight records out. Knows numpy, never Neo4j."""
