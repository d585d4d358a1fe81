"""One checksum that says whether two graphs are the same, however and in whatever order they came to be."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import neo4j

from tailgraph.graph import schema
from tailgraph.graph.shape import NODES

_RECORDED = {label: {prop.name for prop in node.properties if prop.recorded} for label, node in NODES.items()}
_OURS = {str(name) for name in (*NODES, *{node.marker for node in NODES.values() if node.marker})}


def digest(driver: neo4j.Driver, database: str) -> str:
    """SHA-256 (hex) over all nodes and relationships by their own keys and values, in canonical order.

    Left out: runs, recording times and names of files, Neo4j's internal ids, and what is not of our shape.
    """
    with driver.session(database=database, default_access_mode=neo4j.READ_ACCESS) as session:
        return session.execute_read(_digest)


def lines(transaction: neo4j.ManagedTransaction) -> Iterator[str]:
    """Every node and relationship as one canonical line of JSON, in no particular order."""
    for label, statement in schema.every_node():
        for row in transaction.run(statement):
            kept = {k: v for k, v in row["properties"].items() if k not in _RECORDED[label]}
            yield _line(sorted(_OURS.intersection(row["labels"])), kept)
    for type_, statement in schema.every_edge():
        for row in transaction.run(statement):
            start, end = schema.primary(row["start_labels"]), schema.primary(row["end_labels"])
            if start and end:
                yield _line(str(type_), start, row["start"], end, row["end"], row["properties"])


def _digest(transaction: neo4j.ManagedTransaction) -> str:
    hashes = sorted(hashlib.sha256(line.encode("utf-8", "surrogatepass")).digest()
                    for line in lines(transaction))
    return hashlib.sha256(b"".join(hashes)).hexdigest()


def _line(*parts: Any) -> str:
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_plain)


def _plain(value: Any) -> Any:
    """Values that JSON has no form for: bytes, days and instants."""
    if isinstance(value, bytes | bytearray):
        return hashlib.sha256(value).hexdigest()
    return value.iso_format()

