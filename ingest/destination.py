"""Where extractions go: into the graph, or onto disk while there is none to be reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tailgraph.errors import StoreUnavailable, TailgraphError
from tailgraph.graph import reports
from tailgraph.graph.model import Document, Extraction
from tailgraph.graph.reports import Written
from tailgraph.graph.rows import Ref
from tailgraph.graph.store import Refused, Store
from tailgraph.ingest.spool import Spool


@dataclass(frozen=True, slots=True)
class Taken:
    """What the graph has taken, and how many extractions wait on disk instead."""

    written: Written = field(default_factory=Written)
    waiting: int = 0


class Destination(Protocol):
    def unknown(self, documents: Sequence[Document], extractor: str) -> list[Document]:
        """Those that this extractor's reading of is not there yet, in their order."""

    def write(self, extractions: Sequence[Extraction]) -> Taken:
        """Take them; once it returns, they are safe."""


@dataclass(frozen=True, slots=True)
class Graph:
    """Into the store, as the contribution of a run."""

    store: Store
    run: Ref

    def unknown(self, documents: Sequence[Document], extractor: str) -> list[Document]:
        known = reports.known(self.store, [document.id for document in documents])
        return [document for document in documents if known.get(document.id) != extractor]

    def write(self, extractions: Sequence[Extraction]) -> Taken:
        return Taken(reports.write(self.store, extractions, self.run))


@dataclass(frozen=True, slots=True)
class Waiting:
    """Onto disk."""

    spool: Spool

    def unknown(self, documents: Sequence[Document], extractor: str) -> list[Document]:
        return [document for document in documents if not self.spool.holds(document.id, extractor)]

    def write(self, extractions: Sequence[Extraction]) -> Taken:
        for extraction in extractions:
            self.spool.keep(extraction)
        return Taken(waiting=len(extractions))


@dataclass(slots=True)
class GraphOrDisk:
    """Into the graph as long as it answers, onto disk from then on; `lost` is why."""

    graph: Graph
    waiting: Waiting
    lost: TailgraphError | None = None

    def unknown(self, documents: Sequence[Document], extractor: str) -> list[Document]:
        if self.lost is None:
            try:
                return self.graph.unknown(documents, extractor)
            except StoreUnavailable as error:
                self._lose(error)
        return self.waiting.unknown(documents, extractor)

    def write(self, extractions: Sequence[Extraction]) -> Taken:
        if self.lost is None:
            try:
                return self.graph.write(extractions)
            except StoreUnavailable as error:
                self._lose(error)
        return self.waiting.write(extractions)

    def _lose(self, error: StoreUnavailable) -> None:
        if isinstance(error, Refused):
            raise error  # Neo4j is there: keeping what it does not take would only hide that
        self.lost = error
