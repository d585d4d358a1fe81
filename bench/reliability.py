"""How often an allegation is right that the extractor gives a confidence: a reliability curve.

    python bench/reliability.py ANNOTATED_DIR [ANNOTATED_DIR ...] [--families]

Each directory holds annotated reports (`NNN-slug.json`, as `tailgraph evaluate` reads them). Prints the
table of docs/confidence.md: for each bin of confidence the number of claims, their mean confidence, the
share that is right (half of the facts or more agree with a claim of the annotation), and the interval in
which the true share lies with 95% (Wilson). `--families` prints what lexicons/claim_rules.csv holds instead:
right and all claims of each family of rules, with its meaning as it stands there.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

BINS = (0.0, 0.7, 0.75, 0.8, 0.85, 0.9, 1.01)
Judged = tuple[str, float, bool]


def judged(folders: Sequence[Path]) -> Iterator[Judged]:
    """Rule, confidence and rightness of every allegation that is extracted from the reports."""
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
            yield claim.rule, claim.confidence, good


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
        inside = [(c, good) for _, c, good in claims if low <= c < high]
        if inside:
            right = sum(good for _, good in inside)
            mean = sum(c for c, _ in inside) / len(inside)
            under, over = wilson(right, len(inside))
            yield (
                f"| {low:.2f} to {min(high, 1.0):.2f} | {len(inside)} | {mean:.2f} "
                f"| {right / len(inside):.2f} | {under:.2f} to {over:.2f} |"
            )


def families(claims: Sequence[Judged]) -> Iterator[str]:
    """Rows of claim_rules.csv: families seen now or before, with what is said of them there."""
    from tailgraph.nlp.claims import rules

    counts = {name: [0, 0] for name in rules.families()}
    for rule, _, good in claims:
        count = counts.setdefault(rules.family(rule), [0, 0])
        count[0] += good
        count[1] += 1
    yield "family,right,total,meaning"
    for name, (right, total) in sorted(counts.items()):
        yield f"{name},{right},{total},{rules.told_of(f'act-{name}').meaning}"


def main(arguments: Sequence[str]) -> None:
    folders = [Path(a) for a in arguments if not a.startswith("--")]
    if not folders:
        raise SystemExit(__doc__)
    claims = list(judged(folders))
    for line in families(claims) if "--families" in arguments else curve(claims):
        print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
