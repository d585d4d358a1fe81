"""What the limit on expected unheard flights costs: true and left-out flights supported, by that limit.

Run: python bench/unheard.py [WORLDS]. The worlds are those on which the rule was developed: mixed settings of
fields, operators, fleets, densities and shares of vagueness, none of them among those of bench/matching.py.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from unittest.mock import patch

import matching
import numpy as np
from weeks import Week

from tailgraph.graph import comparison
from tailgraph.graph.model import Verdict

LIMITS = (0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.2)
REGIONS = [
    (("RU", "KP", "CN", "IR", "SY"), ("RU", "RU", "IR", "CN")),
    (("SD", "AE", "TD", "LY"), ("AE", "SD", "TD")),
    (("PL", "RO", "IL", "GR", "IN"), ("PL", "IN", "IL")),
    (("ML", "BF", "NE", "CF", "LY", "MA"), ("ML", "MA", "LY", "CF")),
    (("US", "DE", "PL", "UA", "JO"), ("US", "DE", "UA")),
]
FLEETS = (("A124", "IL76", "AN12", "C130"), ("IL76", "AN26", "B744", "A332"), ("B742", "IL96", "A343"),
          ("C17", "C130", "A400", "B748", "IL76"))


def worlds(count: int) -> Iterator[Week]:
    for number in range(count):
        draw = np.random.default_rng([22, number])
        countries, states = REGIONS[number % len(REGIONS)]
        aircraft = int(draw.integers(15, 95))
        yield Week(
            922_000 + number, countries, tuple((f"Operator {n}", state) for n, state in enumerate(states)),
            types=FLEETS[int(draw.integers(len(FLEETS)))], aircraft=aircraft,
            flights=int(aircraft * draw.uniform(8, 16)), untracked=draw.uniform(.25, .55),
            unseen_ends=draw.uniform(.1, .4), names_airframe=draw.uniform(.12, .35),
            names_city=draw.uniform(.35, .7), names_night=draw.uniform(.3, .7),
            widest_days=int(draw.integers(2, 7)), routes=int(draw.integers(35, 125)),
            names_day=draw.uniform(0, 0.85))


def main(arguments: list[str]) -> None:
    supported: Counter[tuple[float, bool]] = Counter()
    for week in worlds(int(arguments[0]) if arguments else 70):
        for told, _, instead, bearing_on in matching.asked(week):
            for limit in LIMITS:
                with patch.object(comparison, "LIKELY", limit):
                    tested = comparison.test(told, bearing_on)
                if not any(one.verdict is Verdict.SUPPORTED for one in tested):
                    continue
                supported[limit, bool(instead)] += 1
    print("limit, true ones supported, of those left out")
    for limit in LIMITS:
        print(limit, supported[limit, False], supported[limit, True])


if __name__ == "__main__":
    main(sys.argv[1:])
