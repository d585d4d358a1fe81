"""How good and how fast proposals of pairs are.

    python bench/identity.py

On the list of look-alike pairs that the rules were written by (tests/graph/identity/pairs.csv), and on names
that they were not: every operator and organisation of the reference tables with its aliases, each name by
itself. True pairs are those of one row; all others are wrong, unless the tables list one body twice. Then the
CPU time for 20,000 made-up names over that for 5,000: four would be linear.
"""

from __future__ import annotations

import csv
import random
import sys
import time
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.graph.identity.look_alikes import pairs, proposed  # noqa: E402

from tailgraph.graph.identity.candidates import Candidate, Named, propose  # noqa: E402
from tailgraph.graph.model import Kind  # noqa: E402

SYLLABLES = "ka mi ro va shch en ov ik ra khe zho ter lan du bo sky enko an ul is".split()
TABLES = ((Kind.OPERATOR, "graph/reference/operators.csv"),
          (Kind.ORGANIZATION, "nlp/lexicons/organizations.csv"))


def studied() -> None:
    for is_same, what in ((True, "true"), (False, "wrong")):
        found = [proposed(pair) for pair in pairs() if pair.is_same is is_same]
        likely = sum(one is not None and one.is_likely for one in found)
        print(f"look-alike list: {sum(map(bool, found))} of {len(found)} {what} pairs proposed, "
              f"{likely} as likely")


def tabled() -> None:
    for kind, path in TABLES:
        rows: dict[str, int] = {}
        names: list[Named] = []
        for number, row in enumerate(csv.DictReader((ROOT / path).open(encoding="utf-8", newline=""))):
            forms = dict.fromkeys([row["name"], *filter(None, row["aliases"].split("|"))])
            names += [Named(kind, name, (name,), frozenset(filter(None, [row["country"]])))
                      for name in forms if rows.setdefault(name, number) == number]
        _tell(kind, rows, list(propose(names).candidates))


def _tell(kind: Kind, rows: dict[str, int], found: list[Candidate]) -> None:
    inside = sum(a == b for a, b in combinations(rows.values(), 2))
    right = [one for one in found if rows[one.left] == rows[one.right]]
    wrong = [one for one in found if rows[one.left] != rows[one.right]]
    print(f"{kind}: {len(rows)} names; {len(right)} of {inside} true pairs proposed, "
          f"{sum(one.is_likely for one in right)} as likely; "
          f"{len(wrong)} others, {sum(one.is_likely for one in wrong)} as likely")
    if "--show" in sys.argv:
        for one in wrong:
            print("   ", one.score, one.left, "|", one.right, "|", "; ".join(one.reasons))


def made_up(count: int, seed: int) -> Iterator[Named]:
    rng = random.Random(seed)
    words = ["".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))).capitalize() for _ in range(count // 3)]
    for _ in range(count):
        kind = rng.choice((Kind.PERSON, Kind.OPERATOR, Kind.ORGANIZATION))
        last = [] if kind is Kind.PERSON else [rng.choice(("Air", "Cargo", "Ministry", "Flight Unit"))]
        name = " ".join([*rng.choices(words, k=2), *last])
        yield Named(kind, name, (name,), frozenset([rng.choice(("RU", "UA", "IR"))]))


def speed() -> None:
    times = []
    for count in (5_000, 20_000):
        names = list({(one.kind, one.id): one for one in made_up(count, count)}.values())
        start = time.process_time()
        propose(names)
        times.append(time.process_time() - start)
    print(f"CPU time for 20,000 names / for 5,000: {times[1] / times[0]:.1f} (here {times[1]:.1f} s)")


if __name__ == "__main__":
    studied()
    tabled()
    speed()
