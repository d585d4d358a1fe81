"""Entities told anew when the reference tables have changed since the graph was written.

What an entity is called and what follows from it comes from its id and the tables, so a graph that was
written with older tables must end where a new one with the present tables would.
"""

from __future__ import annotations

import hashlib
from functools import cache, partial
from importlib import resources

import neo4j

from tailgraph.graph import pending, schema, writing
from tailgraph.graph.describe import add_shared
from tailgraph.graph.rows import Ref, Rows
from tailgraph.graph.shape import SHARED, Label
from tailgraph.graph.store import Store

CHUNK = 500
_SAID = "MATCH (m:Meta {id: 'schema'}) RETURN m.reference AS reference"
_SAY = "MERGE (m:Meta {id: 'schema'}) SET m.reference = $reference"


def refresh(store: Store) -> None:
    """Bring every shared node and the statements of tables and rules in line with the present tables."""
    rows = store.read(_SAID)
    if rows and rows[0]["reference"] == _checksum():
        return
    for label in SHARED:
        ids = sorted(row["id"] for row in store.read(schema.ids(label)))
        for start in range(0, len(ids), CHUNK):
            store.write(partial(_rewrite, label=label, every=ids[start:start + CHUNK]))
    store.write(_say)


def _say(transaction: neo4j.Transaction) -> None:
    """What aircraft tables say is named by our tables, too: it follows anew."""
    transaction.run(_SAY, reference=_checksum()).consume()
    pending.mark(transaction, tables=True)


def _rewrite(transaction: neo4j.Transaction, label: Label, every: list[str]) -> None:
    # What nothing rests on is none of ours, for we leave no such node behind: somebody else wrote it.
    ids = [row["id"] for row in transaction.run(schema.supported(label), ids=every)]
    refs: set[Ref] = {(label, id_) for id_ in ids}
    rows = Rows()
    add_shared(rows, refs)
    old = writing.shared(transaction.run(schema.pointed_at(label), ids=ids))
    writing.lock(transaction, refs | old | rows.shared_ends())
    transaction.run(schema.delete_statements(label), ids=ids).consume()
    writing.write_rows(transaction, rows)
    writing.clean(transaction, refs | old)


@cache
def _checksum() -> str:
    """Over all tables, and over the module that reads them."""
    found = hashlib.sha256()
    folder = resources.files("tailgraph.graph") / "reference"
    files = [*folder.iterdir(), resources.files("tailgraph.graph") / "describe.py"]
    for file in sorted(files, key=lambda file: file.name):
        if file.name.endswith((".csv", ".py")):
            found.update(file.name.encode() + b"\0" + file.read_bytes())
    return found.hexdigest()
