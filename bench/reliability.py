"""How often an allegation is right that the extractor gives a confidence: a reliability curve.

    python bench/reliability.py ANNOTATED_DIR [ANNOTATED_DIR ...]

Each directory holds annotated reports (`NNN-slug.json`, as `tailgraph evaluate` reads them). Prints the
table of docs/confidence.md: for each bin of confidence the number of claims, their mean confidence, the
share that is right (half of the facts or more agree with a claim of the annotation), and the interval in
which the true share lies with 95% (Wilson).
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
Judged = tuple[float, bool]


def claims_of(folders: Sequence[Path]) -> Iterator[tuple[str, Any, bool]]:
    """Report, allegation and rightness of every allegation that is extracted from the reports."""
    from tailgraph.graph.model import Document
    from tailgraph.nlp import evaluate
    from tailgraph.nlp.pipeline import Extractor
    from tailgraph.nlp.report_form import report_form

    extractor = Extractor.load()
    for file in sorted(f for folder in folders for f in folder.glob("[0-9]*.json")):
        gold: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        fields = {k: gold.get(k) for k in ("title", "text", "published", "publisher")}
        extraction = extractor.extract(Document.model_validate(fields))
        right = evaluate.right_claims(gold, report_form(extraction))
        for claim, good in zip(extraction.allegations, right, strict=True):
            yield file.stem, claim, good


def wilson(right: int, total: int) -> tuple[float, float]:
    """The 95% interval of a share (Wilson, 1927)."""
    z, share = 1.96, right / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return middle - half, middle + half


def curve(claims: Sequence[Judged]) -> Iterator[str]:
    """The lines of the table, bins without claims left out."""
    yield "| confidence | claims | mean confidence | right | 95% interval |"
    yield "|---|---|---|---|---|"
    for low, high in pairwise(BINS):
        inside = [(c, good) for c, good in claims if low <= c < high]
        if inside:
            right = sum(good for _, good in inside)
            mean = sum(c for c, _ in inside) / len(inside)
            under, over = wilson(right, len(inside))
            yield (
                f"| {low:.2f} to {min(high, 1.0):.2f} | {len(inside)} | {mean:.2f} "
                f"| {right / len(inside):.2f} | {under:.2f} to {over:.2f} |"
            )


def main(arguments: Sequence[str]) -> None:
    if not arguments:
        raise SystemExit(__doc__)
    found = claims_of([Path(folder) for folder in arguments])
    for line in curve([(claim.confidence, good) for _, claim, good in found]):
        print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
