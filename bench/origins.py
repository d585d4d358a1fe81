"""Origins in a graph of many invented reports: how long they take beside writing the reports, and whether
what was made from one report is found to be one origin.

    python -m bench.origins [REPORTS]      # in a server of its own, 20,000 by default
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from tailgraph.graph import reports, server
from tailgraph.graph.model import (
    Action,
    Allegation,
    Document,
    EntityRef,
    Extraction,
    Kind,
    Passage,
    Slot,
    Span,
    Status,
)
from tailgraph.graph.origins.settle import settle
from tailgraph.graph.runs import run
from tailgraph.graph.store import Store
from tailgraph.settings import ManagedServer, Settings, default_cache

BATCH = 20
WORDS = tuple(f"{a}{b}{c}" for a in ("ka", "lo", "mi", "ne", "pu", "ra", "so", "ti")
              for b in ("ban", "der", "fil", "gor", "hun", "jat", "kel", "lum", "nos", "pir")
              for c in ("", "a", "en", "ing", "is", "o", "s", "um"))
OUTLETS = tuple(f"Outlet {number}" for number in range(200))


def text(rng: random.Random) -> str:
    """A report of 100 to 400 words: a plane of its own, and one of 50 sentences that many print."""
    words = rng.choices(WORDS, k=rng.randint(100, 400))
    common = " ".join(random.Random(rng.randrange(50)).choices(WORDS, k=15))
    return f"The RA-{rng.randrange(10_000, 99_999)} went. {' '.join(words)}. {common.capitalize()}."


def rewritten(rng: random.Random, original: str) -> str:
    """The same with a word in fifty replaced."""
    return " ".join(rng.choice(WORDS) if word in WORDS and rng.random() < 0.02 else word
                    for word in original.split(" "))


def made(count: int, seed: int = 1) -> Iterator[tuple[int, Extraction]]:
    """Reports, each with the number of the one that it was made from (its own number for an original)."""
    rng = random.Random(seed)
    texts: list[tuple[int, str, date]] = []
    for number in range(count):
        day = date(2023, 1, 1) + timedelta(days=rng.randrange(365))
        if texts and rng.random() < 0.4:
            root, body, first = rng.choice(texts)
            day = first + timedelta(days=rng.randrange(1, 5))
            body = rewritten(rng, body) if rng.random() < 0.7 else body
        else:
            root, body = number, text(rng)
            texts.append((root, body, day))
        if rng.random() < 0.2:
            body += f" {rng.choice(OUTLETS)} first reported it."
        yield root, _extraction(number, body, day, rng)


def _extraction(number: int, body: str, day: date, rng: random.Random) -> Extraction:
    document = Document(title=f"Report {number}", text=body, published=day, publisher=rng.choice(OUTLETS))
    claim = Allegation(index=0, evidence=(1,), cue=Span(start=0, end=6), rule="bench", confidence=0.5,
                       action=Action.TRANSFER, status=Status.ALLEGED,
                       accused=(Slot(entity=EntityRef(kind=Kind.AIRCRAFT, id=body[4:12])),))
    ends = (0, len(document.title), len(document.title) + 2, len(document.content))
    return Extraction(document=document, extractor="bench", entities=(), mentions=(), allegations=(claim,),
                      passages=(Passage(index=0, start=ends[0], end=ends[1]),
                                Passage(index=1, start=ends[2], end=ends[3])))


def fill(store: Store, extractions: list[Extraction]) -> float:
    """Seconds that it takes to write them."""
    begin = time.monotonic()
    with run(store, "bench") as node:
        for at in range(0, len(extractions), BATCH):
            reports.write(store, extractions[at:at + BATCH], node)
    return time.monotonic() - begin


def timed(store: Store) -> float:
    begin = time.monotonic()
    settle(store)
    return time.monotonic() - begin


def pairs(store: Store, roots: dict[str, int]) -> tuple[int, int, int]:
    """Reports made from another one; of these, how many have its origin; and originals that do not stand
    alone with what was made from them."""
    origin = {row["id"]: row["origin"] for row in store.read(
        "MATCH (d:Document) RETURN d.id AS id, d.origin AS origin")}
    by_root = {root: id_ for id_, root in reversed(roots.items())}
    derived = [(id_, by_root[root]) for id_, root in roots.items() if by_root[root] != id_]
    right = sum(origin[id_] == origin[original] for id_, original in derived)
    owners: dict[str, set[int]] = {}
    for id_, root in roots.items():
        owners.setdefault(origin[id_], set()).add(root)
    return len(derived), right, sum(len(several) > 1 for several in owners.values())


def main(arguments: list[str]) -> None:
    count = int(arguments[0]) if arguments else 20_000
    together = list(made(count + 1))
    *most, last = [extraction for _, extraction in together]
    with tempfile.TemporaryDirectory() as folder:
        managed = ManagedServer(bolt_port=0, http_port=0, cache=default_cache(os.environ))
        settings = Settings(home=Path(folder) / "home", server=managed)
        server.up(settings.home, settings.server)
        try:
            with Store(server.connect(settings)) as store:
                written, first = fill(store, most), timed(store)
                one, then = fill(store, [last]), timed(store)
                derived, right, wrong = pairs(store, {e.document.id: root for root, e in together})
        finally:
            server.down(settings.home)
    print(f"{count} reports: written in {written:.1f} s, origins in {first:.1f} s, "
          f"{first / written:.0%} more")
    print(f"one report more: written in {one:.2f} s, origins in {then:.2f} s")
    print(f"{right} of {derived} copies and rewrites have the origin of their original "
          f"({right / derived:.2%}); {wrong} origins hold reports of several")


if __name__ == "__main__":
    main(sys.argv[1:])
