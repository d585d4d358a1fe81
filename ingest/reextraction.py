"""Stored reports read again by the present extractor, each old contribution replaced, and what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tailgraph.errors import InputRefused
from tailgraph.graph import contributions, readings, reports
from tailgraph.graph.contributions import Both
from tailgraph.graph.model import Document, Extraction, Record
from tailgraph.graph.rows import Ref
from tailgraph.graph.store import Store
from tailgraph.ingest.extraction import Pool

BATCH = 20
Stored = tuple[Document, str | None]
"""A report in the graph, and the extractor that read it."""


class Reextracted(Record):
    """How many reports were read again, how many the present extractor had read already, what differs, and
    which could not be read or stored (id and reason)."""

    read: int = 0
    unchanged: int = 0
    differing: tuple[Both, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()

    def __add__(self, other: Reextracted) -> Reextracted:
        return Reextracted(read=self.read + other.read, unchanged=self.unchanged + other.unchanged,
                           differing=self.differing + other.differing, refused=self.refused + other.refused)


def reextract(store: Store, ids: Sequence[str] | None, pool: Pool, run: Ref | None,
              step: Callable[[str], None]) -> Reextracted:
    """Read the reports of `ids` (None: all) again. Without a `run` nothing is written."""
    total = Reextracted()
    for batch in _batches(contributions.texts(store, ids)):
        wanted = [document for document, extractor in batch if extractor != pool.version]
        total += Reextracted(unchanged=len(batch) - len(wanted))
        total += _batch(store, wanted, pool, run, step)
    return total


def _batches(found: Iterator[Stored]) -> Iterator[list[Stored]]:
    batch: list[Stored] = []
    for one in found:
        batch.append(one)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _batch(store: Store, documents: Sequence[Document], pool: Pool, run: Ref | None,
           step: Callable[[str], None]) -> Reextracted:
    refused: list[tuple[str, str]] = []
    found: list[Extraction] = []
    for document, result in pool.extract(documents):
        step(document.title)
        if isinstance(result, InputRefused):
            refused.append((document.id, result.message))
        else:
            found.append(result)
    old = contributions.present(store, [one.document.id for one in found])
    if run and found:
        written = reports.write(store, found, run)
        refused += [(problem.where, problem.message) for problem in written.refused]
    gone = {id_ for id_, _ in refused}
    kept = [one for one in found if one.document.id not in gone]
    both = [_both(one, old.get(one.document.id)) for one in kept]
    return Reextracted(read=len(kept), refused=tuple(refused),
                       differing=tuple(one for one in both if one.delta))


def _both(one: Extraction, old: readings.Reading | None) -> Both:
    return Both(id=one.document.id, name=one.document.title,
                extractors=(old.extractor if old else None, one.extractor),
                delta=readings.delta(old, readings.reading(one)))
