"""The language side: a Document in, an Extraction out. Knows spaCy, never Neo4j."""
