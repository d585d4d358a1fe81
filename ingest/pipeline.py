"""Reports → documents → extractions → the graph, in batches; one bad report never stops the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tailgraph.errors import InputRefused
from tailgraph.graph import reports
from tailgraph.graph.model import Document, Extraction
from tailgraph.graph.rows import Ref
from tailgraph.graph.store import Store
from tailgraph.ingest import article, extraction
from tailgraph.ingest.sources import Source
from tailgraph.ingest.summary import Step, Summary

BATCH_REPORTS = 20
BATCH_CHARACTERS = 100_000
LOOK_AHEAD = 200
"""Reports that are looked up in the graph at once."""
LOOK_AHEAD_CHARACTERS = 5_000_000


@dataclass(slots=True)
class _Batch:
    """Extractions that wait to be written together."""

    extractions: list[Extraction] = field(default_factory=list)
    characters: int = 0

    def add(self, one: Extraction) -> bool:
        """Whether it is full now."""
        self.extractions.append(one)
        self.characters += len(one.document.content)
        return len(self.extractions) >= BATCH_REPORTS or self.characters >= BATCH_CHARACTERS


def ingest(store: Store, sources: Iterable[Source], pool: extraction.Pool, run: Ref, step: Step) -> Summary:
    """Put every report of `sources` into the graph; what this extractor has read before is not read again."""
    summary = Summary()
    names: dict[str, str] = {}
    for ahead in _look_ahead(_documents(sources, summary, names, step)):
        unknown = _unknown(store, ahead, pool.version)
        for document in ahead:
            if document not in unknown:
                summary.unchanged += 1
                step(names[document.id])
        _store(store, _told(pool.extract(unknown), names, step), names, run, summary)
    return summary


def _documents(sources: Iterable[Source], summary: Summary, names: dict[str, str],
               step: Step) -> Iterator[Document]:
    """Each document once; `names` keeps which input it came from, for what is said of it later."""
    for source, result in article.documents(iter(sources)):
        if isinstance(result, InputRefused):
            summary.refuse(source.name, result)
            step(source.name)
            continue
        for note in result.notes:
            summary.note(source.name, note)
        id_ = result.document.id
        if id_ in names:
            summary.unchanged += 1
            summary.note(source.name, f"The same report as {names[id_]}.")
            step(source.name)
            continue
        names[id_] = source.name
        yield result.document


def _look_ahead(documents: Iterable[Document]) -> Iterator[list[Document]]:
    ahead: list[Document] = []
    characters = 0
    for document in documents:
        ahead.append(document)
        characters += len(document.text)
        if len(ahead) >= LOOK_AHEAD or characters >= LOOK_AHEAD_CHARACTERS:
            yield ahead
            ahead, characters = [], 0
    if ahead:
        yield ahead


def _unknown(store: Store, documents: Sequence[Document], version: str) -> list[Document]:
    known = reports.known(store, [document.id for document in documents])
    return [document for document in documents if known.get(document.id) != version]


def _told(extracted: Iterable[extraction.Extracted], names: dict[str, str],
          step: Step) -> Iterator[extraction.Extracted]:
    for document, result in extracted:
        step(names[document.id])
        yield document, result


def _store(store: Store, extracted: Iterable[extraction.Extracted], names: dict[str, str], run: Ref,
           summary: Summary) -> None:
    batch = _Batch()
    for document, result in extracted:
        if isinstance(result, InputRefused):
            summary.refuse(names[document.id], result)
        elif batch.add(result):
            _flush(store, batch, names, run, summary)
            batch = _Batch()
    _flush(store, batch, names, run, summary)


def _flush(store: Store, batch: _Batch, names: dict[str, str], run: Ref, summary: Summary) -> None:
    if not batch.extractions:
        return
    written = reports.write(store, batch.extractions, run)
    for refusal in written.refused:
        summary.refuse(names[refusal.where], InputRefused(refusal.message))
    summary.problem(written.problems)
    summary.stored += len(written.documents)
    summary.unchanged += len(batch.extractions) - len(written.documents) - len(written.refused)
    for one in batch.extractions:
        if one.document.id in written.documents:
            summary.found(sentences=len(one.passages), mentions=len(one.mentions),
                          entities=len(one.entities), allegations=len(one.allegations),
                          reported_flights=len(one.flights))
