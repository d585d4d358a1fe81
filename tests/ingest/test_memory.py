"""Reading many reports takes no more memory than reading some: each brings words that no other has."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from statistics import median

import psutil
import pytest

from tailgraph.graph.model import Document, Extraction
from tailgraph.graph.reports import Written
from tailgraph.ingest import pipeline, sources
from tailgraph.ingest.destination import Taken
from tailgraph.ingest.extraction import Pool
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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rng = random.Random(12)
    for number in range(REPORTS):
        (tmp_path / f"{number:05d}.txt").write_text(report(number, rng))
    return tmp_path


def test_words_of_a_report_go_with_it() -> None:
    extractor = Extractor.load()
    rng = random.Random(1)
    documents = [Document(title="A report", text=report(number, rng), published=date(2024, 3, 28))
                 for number in range(20)]
    extractor.extract(documents[0])
    before = len(extractor._nlp.vocab.strings)
    first = [extractor.extract(document) for document in documents]
    assert len(extractor._nlp.vocab.strings) == before
    assert [extractor.extract(document) for document in reversed(documents)] == first[::-1]


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
