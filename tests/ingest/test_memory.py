"""Reading many reports takes no more memory than reading some: each brings words that no other has."""

from __future__ import annotations

import gc
import random
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import psutil
import pytest
from spacy.pipeline import Lemmatizer

from tailgraph.graph.model import Document, Extraction
from tailgraph.graph.reports import Written
from tailgraph.ingest import pipeline, sources
from tailgraph.ingest.destination import Taken
from tailgraph.ingest.extraction import Pool
from tailgraph.nlp import tokens
from tailgraph.nlp.pipeline import Extractor

REPORTS, WARM = 20_000, 2_000
EVERY = 100
SYLLABLES = ("ka", "mo", "ri", "ten", "val", "dor", "shi", "pek", "lu", "gra", "zor", "nim", "bel", "ost")


class Nowhere:
    """Takes everything, keeps nothing."""

    def unknown(self, documents: Sequence[Document], extractor: str) -> list[Document]:
        return list(documents)

    def write(self, extractions: Sequence[Extraction]) -> Taken:
        return Taken(Written(tuple(extraction.document.id for extraction in extractions)))


def report(number: int, rng: random.Random) -> str:
    def name() -> str:
        return "".join(rng.choice(SYLLABLES) for _ in range(4)).capitalize()

    return (f"{rng.choice(('Kyiv', 'Washington', 'London'))} accused {name()} {name()} of {name()} Air on "
            f"{1 + number % 28} March 2024 of flying Il-76 RA-{70_000 + number % 20_000} from "
            f"{rng.choice(('Vladivostok', 'Tehran', 'Pyongyang'))} to {rng.choice(('Moscow', 'Latakia'))} "
            f"with drones. Serial {number * 7919:09d} was seen at {number % 24:02d}:{number % 60:02d}Z. "
            f"Moscow denied it, {name()} of the {name()} said.\n")


def document(number: int, rng: random.Random) -> Document:
    return Document(title="A report", text=report(number, rng), published=date(2024, 3, 28))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rng = random.Random(12)
    for number in range(REPORTS):
        (tmp_path / f"{number:05d}.txt").write_text(report(number, rng))
    return tmp_path


def test_words_of_a_report_go_with_it() -> None:
    extractor = Extractor.load()
    rng = random.Random(1)
    documents = [document(number, rng) for number in range(20)]
    extractor.extract(documents[0])
    before = len(extractor._nlp.vocab.strings)
    first = [extractor.extract(document) for document in documents]
    assert len(extractor._nlp.vocab.strings) == before
    assert [extractor.extract(document) for document in reversed(documents)] == first[::-1]


def test_tables_of_words_are_laid_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tailgraph.nlp.pipeline.MOST_LEXEMES", 1_000)
    extractor = Extractor.load()
    vocab: Any = extractor._nlp.vocab
    (lemmatizer,) = (pipe for _, pipe in extractor._nlp.pipeline if isinstance(pipe, Lemmatizer))
    rng = random.Random(2)
    documents = [document(number, rng) for number in range(120)]
    first = extractor.extract(documents[0])
    places, getters = len(vocab.strings._map), dict(vocab.lex_attr_getters)
    for one in documents:
        extractor.extract(one)
        assert len(vocab) <= 1_200
        # Words whose memory was given back still take places here, some twenty a report.
        assert len(vocab.strings._map) <= places + 1_000
        assert len(lemmatizer.cache) <= 1_000
    assert vocab.lex_attr_getters == getters
    assert extractor.extract(documents[0]) == first


def test_new_words_leave_nothing_behind() -> None:
    extractor = Extractor.load()
    rng = random.Random(3)
    blocks = []
    for number in range(300):
        extractor.extract(document(number % 10, rng))
        if number % 100 == 99:
            tokens.forget(extractor._nlp)
            gc.collect()
            blocks.append(sys.getallocatedblocks())
    # Between the two lie 100 reports with 700 new words.
    assert blocks[2] - blocks[1] < 200


@pytest.mark.full
def test_twenty_thousand_reports_keep_their_memory(folder: Path) -> None:
    here = psutil.Process()
    used: list[int] = []

    def family() -> Iterator[int]:
        for process in (here, *here.children(recursive=True)):
            yield process.memory_info().rss

    read = 0

    def step(name: str) -> None:
        nonlocal read
        read += 1
        if read % EVERY == 0:
            used.append(sum(family()))

    with Pool() as pool:
        summary = pipeline.ingest(Nowhere(), sources.expand([str(folder)]), pool, step)
    assert summary.stored == REPORTS
    warm = median(used[WARM // EVERY:2 * WARM // EVERY])
    assert median(used[-WARM // EVERY:]) <= 1.05 * warm
