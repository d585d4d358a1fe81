"""The annotated reports by group, and the floors under their scores.

Some groups may be studied when rules are written; of the sealed ones only scores are looked at. The gap
between the two is what the rules owe to sentences that their author has seen.

    python -m tests.nlp.corpora            # print the scores of every group beside their floors
    python -m tests.nlp.corpora --studied  # only of those that may be studied
    python -m tests.nlp.corpora --raise    # and raise the floors to them; a floor never sinks
    python -m tests.nlp.corpora --own      # print the paths of those in this repository that may be studied
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tailgraph.nlp import evaluate
from tailgraph.nlp.pipeline import Extractor
from tailgraph.nlp.report_form import report_form
from tests.nlp import gold

HERE = Path(__file__).parent
OWN = HERE / "annotated"
SHARED = HERE.parents[2] / "shared" / "dev-set"
FLOORS = HERE / "floors.json"
# A third of the shared reports, drawn by a hash of their numbers before anybody had read one.
SEALED = {
    "202",
    "203",
    "206",
    "210",
    "212",
    "220",
    "223",
    "225",
    "231",
    "232",
    "234",
    "236",
    "237",
    "247",
    "253",
    "258",
    "263",
    "265",
    "267",
}
MEASURES = ("entities", "allegations found", "allegations facts", "flights found", "flights facts")
# A floor stands this far below the score that it was taken from: a later model or library may move a report.
SLACK = 0.01

Group = dict[str, list[Path]]


def groups() -> Group:
    """The reports of each group; a group whose reports are not here is left out."""
    shared = sorted(SHARED.glob("[0-9]*.json"))
    own = sorted(OWN.glob("[0-9]*.json"))
    found = {
        "studied": [p for p in shared if p.name[:3] not in SEALED],
        "sealed": [p for p in shared if p.name[:3] in SEALED],
        "other hand, studied": [p for p in own if p.name < "313"],
        "other hand, sealed": [p for p in own if "313" <= p.name < "400"],
        "real events, studied": [p for p in own if "400" <= p.name < "500" and _is_odd(p)],
        "real events, sealed": [p for p in own if "400" <= p.name < "500" and not _is_odd(p)],
        "three further hands, studied": [p for p in own if "500" <= p.name < "800" and _is_odd(p)],
        "three further hands, sealed": [p for p in own if "500" <= p.name < "800" and not _is_odd(p)],
        "three new hands, studied": [p for p in own if "800" <= p.name < "900" and _is_odd(p)],
        "three new hands, sealed": [p for p in own if "800" <= p.name < "900" and not _is_odd(p)],
        "latest hands, studied": [p for p in own if "900" <= p.name < "937" and _is_odd(p)],
        "latest hands, sealed": [p for p in own if "900" <= p.name < "937" and not _is_odd(p)],
        "two more hands, studied": [p for p in own if "937" <= p.name < "967" and _is_odd(p)],
        "two more hands, sealed": [p for p in own if "937" <= p.name < "967" and not _is_odd(p)],
        "two last hands, sealed": [p for p in own if p.name >= "967"],
    }
    return {name: paths for name, paths in found.items() if paths}


def _is_odd(path: Path) -> bool:
    return bool(int(path.name[:3]) % 2)


def checksum(paths: list[Path]) -> str:
    """SHA-256 over the names and bytes of a group's reports."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


@cache
def extractor() -> Extractor:
    return Extractor.load()


def scores(paths: list[Path]) -> dict[str, float]:
    """F1 of each measure over a group."""
    tallies = evaluate.score(_pairs(paths)).tallies
    return {measure: round(tallies[measure].f1, 3) for measure in MEASURES}


def floors() -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    return stored


def _pairs(paths: list[Path]) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    for path in paths:
        report = gold.read(path)
        yield path.stem, report, report_form(extractor().extract(gold.document(report)))


def main() -> None:
    if "--own" in sys.argv:
        studied = (path for name, paths in groups().items() if "studied" in name for path in paths)
        print(*(path for path in studied if OWN in path.parents))
        return
    stored = floors()
    for name, paths in groups().items():
        if "--studied" in sys.argv and "studied" not in name:
            continue
        before = stored.get(name, {}).get("f1", {})
        now = scores(paths)
        print(f"{name} ({len(paths)} reports)")
        for measure, value in now.items():
            print(f"  {measure:18} {value:.3f}  (floor {before.get(measure, 0):.3f})")
        risen = {m: max(before.get(m, 0), round(value - SLACK, 3)) for m, value in now.items()}
        stored[name] = {"sha256": checksum(paths), "f1": risen}
    if "--raise" in sys.argv:
        FLOORS.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
