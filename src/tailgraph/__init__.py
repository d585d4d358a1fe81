"""Tailgraph: reports and flight tracks in one graph, every statement traceable to its source."""

__version__ = "0.1.0"
