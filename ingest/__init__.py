"""The outside world: files to documents and positions, and both into the graph."""
