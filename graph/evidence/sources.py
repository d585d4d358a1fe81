"""Where a report came from: its outlet, what read it, and the runs that put it here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from tailgraph.errors import UsageError
from tailgraph.graph.evidence.marking import Stretch
from tailgraph.graph.grades import UNJUDGED, Grade
from tailgraph.graph.model import Document, Record
from tailgraph.graph.shape import Label
from tailgraph.graph.store import Row, Store


class Contribution(Record):
    """One run that put a document or track file in. `finished` is None for one that was cut."""

    id: str
    command: str | None = None
    version: str | None = None
    started: datetime | None = None
    finished: datetime | None = None


class Source(Record):
    """One report: as it came out, and as it was read here."""

    id: str
    title: str | None = None
    publisher: str | None = None
    reliability: str = UNJUDGED
    """Of the publisher, Admiralty scale, as people grade it."""
    reliability_grade: Grade | None = None
    """Who graded it so, when and why; None where nobody has."""
    published: date | None = None
    url: str | None = None
    language: str | None = None
    extractor: str | None = None
    recorded_at: datetime | None = None
    runs: tuple[Contribution, ...] = ()


class Sentence(Record):
    """A passage, cut where what was read from it begins and ends."""

    id: str
    index: int
    start: int
    end: int
    text: str
    is_evidence: bool = True
    """False for a sentence that only names something which the claim speaks of."""
    stretches: tuple[Stretch, ...] = ()


class Statement(Record):
    """What a table, a rule or a track says of an entity: a fact as far as its source goes."""

    type: str
    kind: str
    id: str
    name: str | None = None
    source: str
    method: str | None = None
    since: date | None = None
    until: date | None = None
    address: str | None = None
    table: str | None = None
    """Id of the aircraft table that says so."""
    row: int | None = None
    """Its line there, or place in order."""
    is_incoming: bool = False
    """True where the statement is about the other entity, and leads here."""
    of: str | None = None
    """The entity of which it is said, where it is another one that is judged to be the same."""


def native(value: Any) -> Any:
    """What the driver gives, with Neo4j's dates and instants as Python's."""
    if isinstance(value, Mapping):
        return {name: native(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [native(inner) for inner in value]
    return value.to_native() if hasattr(value, "to_native") else value


def rows(store: Store, query: str, **parameters: Any) -> list[Row]:
    return [native(row) for row in store.read(query, parameters)]


def only(found: list[Row], label: Label | str, id_: str) -> Row:
    """The one row; raises UsageError where the node is not there."""
    if not found:
        raise UsageError(f"There is no {label} {id_!r} in the graph (any more).",
                         remedy="`tailgraph query run find-entity --param name=…` finds ids by names.")
    return found[0]


def picked(kind: type[Record], values: Mapping[str, Any]) -> dict[str, Any]:
    """Those of `values` that the record has a field for."""
    return {name: value for name, value in values.items() if name in kind.model_fields}


def source(document: Mapping[str, Any], grade: Grade | None, runs: list[Row]) -> Source:
    """A report from its node's properties, the grade of who published it, and its runs' properties."""
    return Source(**picked(Source, document), reliability=grade.value if grade else UNJUDGED,
                  reliability_grade=grade, runs=contributions(runs))


def contributions(runs: list[Row]) -> tuple[Contribution, ...]:
    return tuple(Contribution(**picked(Contribution, run)) for run in runs)


def content(document: Mapping[str, Any]) -> str:
    """The text in which offsets count, from the properties of a Document node."""
    return Document(title=document.get("title") or "", text=document.get("text") or "").content
