"""Which of two reports is the earlier one, and what repeats what: written so that only the difference is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import neo4j

from tailgraph.graph import schema
from tailgraph.graph.shape import Label, Type
from tailgraph.graph.store import Raced

_EXISTING = {
    Label.DOCUMENT: "UNWIND $ids AS id MATCH (:Document {id: id})-[r:REPEATS]->(b) "
                    "RETURN id, b.id AS other, r {.*} AS properties",
    Label.ALLEGATION: "UNWIND $ids AS id MATCH (:Allegation {id: id})-[r:REPEATS]->(b) "
                      "RETURN id, b.id AS other, r {.*} AS properties",
    Label.REPORTED_FLIGHT: "UNWIND $ids AS id MATCH (:ReportedFlight {id: id})-[r:REPEATS]->(b) "
                           "RETURN id, b.id AS other, r {.*} AS properties",
}
_DELETE = {
    Label.DOCUMENT: "UNWIND $ids AS id MATCH (:Document {id: id})-[r:REPEATS]->() DELETE r",
    Label.ALLEGATION: "UNWIND $ids AS id MATCH (:Allegation {id: id})-[r:REPEATS]->() DELETE r",
    Label.REPORTED_FLIGHT: "UNWIND $ids AS id MATCH (:ReportedFlight {id: id})-[r:REPEATS]->() DELETE r",
}


@dataclass(frozen=True, slots=True, order=True)
class Order:
    """By day, unknown ones last; of one day, who cites nobody comes first; then by id.

    Whatever repeats another follows it in this order, so that no chain of repeats comes back on itself. In
    Cypher it is `published IS NULL, published, coalesce(is_citing, false), id`.
    """

    published: date
    is_citing: bool
    id: str

    @classmethod
    def of(cls, row: Mapping[str, Any] | neo4j.Record) -> Order:
        """From the columns `published`, `is_citing` and `id`."""
        published = row["published"]
        return cls(published.to_native() if published else date.max, bool(row["is_citing"]), row["id"])

    def is_later_day(self, other: Order) -> bool:
        return date.max > self.published > other.published


@dataclass(frozen=True, slots=True)
class Repeat:
    """What something repeats, and why we say so. Everything repeats one thing at most: no chain can bring
    together two reports of which neither repeats the other, nor both a third."""

    other: str
    method: str
    reason: str
    here: float | None = None
    there: float | None = None
    passage: str | None = None

    @property
    def properties(self) -> dict[str, Any]:
        """As they are stored: what is not known is absent."""
        values = {"method": self.method, "reason": self.reason, "here": self.here, "there": self.there,
                  "passage": self.passage}
        return {name: value for name, value in values.items() if value is not None}


def put(transaction: neo4j.Transaction, label: Label, wanted: Mapping[str, Repeat | None]) -> set[str]:
    """Make each of `wanted` repeat just that; returns the ids of those that had repeated something else.

    Raises Raced where something has gone meanwhile.
    """
    there = {row["id"]: (row["other"], row["properties"])
             for row in transaction.run(_EXISTING[label], ids=sorted(wanted))}
    new = {id_: (repeat.other, repeat.properties) for id_, repeat in wanted.items() if repeat}
    changed = {id_ for id_ in wanted if there.get(id_) != new.get(id_)}
    transaction.run(_DELETE[label], ids=sorted(changed & there.keys())).consume()
    rows = [{"start": id_, "end": new[id_][0], "properties": new[id_][1]}
            for id_ in sorted(changed & new.keys())]
    _merge(transaction, label, rows)
    return changed


def _merge(transaction: neo4j.Transaction, label: Label, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    # (:Document)-[:REPEATS]->(:Document), (:Claim)-[:REPEATS]->(:Claim)
    statement = schema.merge_edges(Type.REPEATS, label, label, keyed=False)
    written = transaction.run(statement, rows=rows).single(strict=True)["written"]
    if written != len(rows):
        raise Raced("what is repeated was retracted just now")
