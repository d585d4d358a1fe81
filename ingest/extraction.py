"""Documents → extractions, in this process or in several; the model is loaded only when one is wanted."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tailgraph.errors import InputRefused, TailgraphError
from tailgraph.graph.model import Document, Extraction

if TYPE_CHECKING:
    from tailgraph.nlp.pipeline import Extractor

Extracted = tuple[Document, Extraction | InputRefused]

_in_worker: Extractor | None = None
"""The extractor of a worker process: loaded once, when the process starts."""


class Pool:
    """Reads reports with `jobs` processes. Use it as a context manager."""

    def __init__(self, model: str | None = None, lexicons: Sequence[Path] = (), jobs: int = 1) -> None:
        self._model, self._lexicons, self._jobs = model, tuple(lexicons), jobs
        self._workers: ProcessPoolExecutor | None = None

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        if self._workers:
            self._workers.shutdown(cancel_futures=True)

    @cached_property
    def _extractor(self) -> Extractor:
        from tailgraph.nlp.pipeline import Extractor

        return Extractor.load(self._model, self._lexicons)

    @cached_property
    def version(self) -> str:
        """What the extractions will say that made them; told without loading the model."""
        from tailgraph.nlp.version import extractor_version

        return extractor_version(self._model, self._lexicons)

    def extract(self, documents: Iterable[Document]) -> Iterator[Extracted]:
        """Each document, in order, with its extraction, or with the reason why there is none."""
        pending = list(documents)
        if not pending:
            return iter(())
        if self._jobs < 2 or len(pending) < self._jobs:
            return (_extracted(self._extractor, document) for document in pending)
        return self._in_processes(pending)

    def _in_processes(self, documents: list[Document]) -> Iterator[Extracted]:
        try:
            yield from self._started().map(_in_process, documents, chunksize=4)
        except BrokenProcessPool as error:
            remedy = "Run it again with fewer --jobs: memory may have been short."
            raise TailgraphError("A process that read reports was ended from outside.",
                                 remedy=remedy) from error

    def _started(self) -> ProcessPoolExecutor:
        # Forking a process with the driver's threads in it is not safe.
        self._workers = self._workers or ProcessPoolExecutor(
            self._jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_load,
            initargs=(self._model, self._lexicons))
        return self._workers


def _load(model: str | None, lexicons: Sequence[Path]) -> None:
    global _in_worker
    from tailgraph.nlp.pipeline import Extractor

    _in_worker = Extractor.load(model, lexicons)


def _in_process(document: Document) -> Extracted:
    assert _in_worker, "the process was started without _load"
    return _extracted(_in_worker, document)


def _extracted(extractor: Extractor, document: Document) -> Extracted:
    try:
        return document, extractor.extract(document)
    except Exception as error:  # a fault of ours in one report of ten thousand must not cost the others
        return document, InputRefused(f"Reading it failed: {type(error).__name__}: {error}.",
                                      remedy="The other reports went on; please report this one.")
