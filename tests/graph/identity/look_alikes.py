"""pairs.csv: look-alike pairs, with whether each is one entity. What is told of them is invented."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tailgraph.graph.identity.candidates import Candidate, Mark, Named, propose
from tailgraph.graph.model import Kind

FILE = Path(__file__).with_name("pairs.csv")


@dataclass(frozen=True, slots=True)
class Pair:
    left: Named
    right: Named
    is_same: bool
    why: str

    @property
    def key(self) -> tuple[Kind, frozenset[str]]:
        return self.left.kind, frozenset((self.left.id, self.right.id))

    def __str__(self) -> str:
        return f"{self.left.kind} {self.left.id} | {self.right.id} ({self.why})"


def pairs() -> list[Pair]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return [Pair(_named(row, "left"), _named(row, "right"), row["truth"] == "same", row["why"])
                for row in csv.DictReader(file)]


def _named(row: dict[str, str], side: str) -> Named:
    countries, documents, marks = set[str](), set[str](), list[Mark]()
    for item in filter(None, row[f"{side}_known"].split(";")):
        what, _, value = item.partition("=")
        if what == "country":
            countries.add(value)
        elif what == "document":
            documents.add(value)
        elif what == "inferred":
            marks[-1] = marks[-1]._replace(is_inferred=True)
        else:
            marks.append(_mark(what, value))
    kind, id_ = Kind(row["kind"]), row[side]
    if kind is Kind.PLACE and not id_.startswith("--"):
        countries.add(id_[:2])
    return Named(kind, id_, (id_,), frozenset(countries), frozenset(documents), tuple(marks))


def _mark(scheme: str, text: str) -> Mark:
    value, _, days = text.partition(" ")
    since, _, until = days.partition("..")
    return Mark(scheme, value, date.fromisoformat(since) if since else None,
                date.fromisoformat(until) if until else None)


def proposed(pair: Pair) -> Candidate | None:
    """What is proposed where only these two are there."""
    return next(iter(propose([pair.left, pair.right]).candidates), None)
