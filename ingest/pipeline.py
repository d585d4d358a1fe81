"""Reports → documents → extractions → where they go, in batches; one bad report never stops the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tailgraph.errors import InputRefused
from tailgraph.graph.model import Document, Extraction
from tailgraph.ingest import article, extraction
from tailgraph.ingest.destination import Destination
from tailgraph.ingest.sources import Source
from tailgraph.ingest.spool import Spool
from tailgraph.ingest.summary import Step, Summary

BATCH_REPORTS = 20
BATCH_CHARACTERS = 100_000
LOOK_AHEAD = 200
"""Reports that are looked up at once."""
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


def ingest(to: Destination, sources: Iterable[Source], pool: extraction.Pool, step: Step) -> Summary:
    """Read every report of `sources`; what this extractor has read before is not read again."""
    summary = Summary()
    names: dict[str, str] = {}
    for ahead in _look_ahead(_documents(sources, summary, names, step)):
        unknown = to.unknown(ahead, pool.version)
        for document in ahead:
            if document not in unknown:
                summary.unchanged += 1
                step(names[document.id])
        _write(to, _told(pool.extract(unknown), names, step), names, summary)
    return summary


def put_waiting(to: Destination, spool: Spool, step: Step) -> Summary:
    """Take in what waits on disk; each file goes once its extraction is safe."""
    summary = Summary()
    batch, paths = _Batch(), list[Path]()
    for path, kept in spool.extractions():
        step(path.name)
        if isinstance(kept, InputRefused):
            summary.refuse(str(path), kept)
            continue
        paths.append(path)
        if batch.add(kept):
            _put(to, batch, paths, summary)
            batch, paths = _Batch(), []
    _put(to, batch, paths, summary)
    return summary


def _put(to: Destination, batch: _Batch, paths: Sequence[Path], summary: Summary) -> None:
    refused = len(summary.refused)
    names = {one.document.id: str(path) for one, path in zip(batch.extractions, paths, strict=True)}
    _flush(to, batch, names, summary)
    left = {remark.name for remark in summary.refused[refused:]}
    for path in paths:
        if str(path) not in left:
            path.unlink(missing_ok=True)


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


def _told(extracted: Iterable[extraction.Extracted], names: dict[str, str],
          step: Step) -> Iterator[extraction.Extracted]:
    for document, result in extracted:
        step(names[document.id])
        yield document, result


def _write(to: Destination, extracted: Iterable[extraction.Extracted], names: dict[str, str],
           summary: Summary) -> None:
    batch = _Batch()
    for document, result in extracted:
        if isinstance(result, InputRefused):
            summary.refuse(names[document.id], result)
        elif batch.add(result):
            _flush(to, batch, names, summary)
            batch = _Batch()
    _flush(to, batch, names, summary)


def _flush(to: Destination, batch: _Batch, names: dict[str, str], summary: Summary) -> None:
    if not batch.extractions:
        return
    taken = to.write(batch.extractions)
    written = taken.written
    summary.waiting += taken.waiting
    for refusal in written.refused:
        summary.refuse(names[refusal.where], InputRefused(refusal.message))
    summary.problem(written.problems)
    summary.stored += len(written.documents)
    summary.unchanged += (len(batch.extractions) - taken.waiting - len(written.documents)
                          - len(written.refused))
    for one in batch.extractions:
        if one.document.id in written.documents:
            summary.found(sentences=len(one.passages), mentions=len(one.mentions),
                          entities=len(one.entities), allegations=len(one.allegations),
                          reported_flights=len(one.flights))
