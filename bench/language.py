"""How fast reports are read beside the bare spaCy model, in one process and one run.

    python bench/language.py [FOLDER]

FOLDER holds reports in any form that `tailgraph extract` reads (default: examples/reports). Both read the
same texts in turn; the figure is the ratio of words per CPU second, ours to the bare model's, as the median
of the rounds. 1 would mean that all that Tailgraph adds costs nothing.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tailgraph.errors import TailgraphError
from tailgraph.graph.model import Document
from tailgraph.ingest import article, sources
from tailgraph.nlp import models
from tailgraph.nlp.pipeline import Extractor

ROUNDS = 5
WORDS = 12_000


def documents(folder: str) -> list[Document]:
    """The readable reports of a folder, repeated until they hold enough words to time."""
    found: list[Document] = []
    for source in sources.expand([folder]):
        try:
            found.append(article.read(source))
        except TailgraphError as error:
            print(error, file=sys.stderr)
    words = sum(len(d.content.split()) for d in found)
    return found * max(1, WORDS // max(1, words))


def cpu_seconds(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def main() -> None:
    folder = sys.argv[1] if len(sys.argv) > 1 else str(Path(__file__).parents[1] / "examples" / "reports")
    read = documents(folder)
    words = sum(len(d.content.split()) for d in read)
    bare = models.load(None)
    extractor = Extractor.load()
    extractor.extract(read[0])
    ratios, rates = [], []
    for _ in range(ROUNDS):
        alone = cpu_seconds(lambda: [bare(d.content) for d in read])
        ours = cpu_seconds(lambda: [extractor.extract(d) for d in read])
        ratios.append(alone / ours)
        rates.append(words / ours)
    print(f"{words} words: {statistics.median(ratios):.2f} of the bare model's speed "
          f"({min(ratios):.2f}-{max(ratios):.2f}); {statistics.median(rates):.0f} words per CPU second")


if __name__ == "__main__":
    main()
