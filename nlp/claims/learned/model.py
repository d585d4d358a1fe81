"""The weights of the models: whether a claim is told of weapons, which act, how firmly, and a party's part.

Each row of a table is a feature with a weight for each outcome; the chance of an outcome is the logistic
function of the sum. Features that no text taught weigh nothing.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

CLAIMED, ACTS, STATUSES, PARTS = TABLES = (
    "learned_claimed.csv",
    "learned_acts.csv",
    "learned_statuses.csv",
    "learned_parts.csv",
)


@dataclass(frozen=True)
class Table:
    outcomes: Sequence[str]
    weights: Mapping[str, Sequence[float]]

    def chances(self, features: Iterable[str]) -> dict[str, float]:
        """The chance of each outcome, by name."""
        sums = [0.0] * len(self.outcomes)
        for feature in features:
            for place, weight in enumerate(self.weights.get(feature, ())):
                sums[place] += weight
        return {
            name: 1 / (1 + math.exp(-total)) for name, total in zip(self.outcomes, sums, strict=True)
        }


Models = Mapping[str, Table]


@cache
def shipped() -> Models:
    """The tables that come with Tailgraph, by name."""
    return {name: _table(name) for name in TABLES}


def _table(name: str) -> Table:
    with (files("tailgraph.nlp") / "lexicons" / name).open(encoding="utf-8") as source:
        rows = csv.reader(source)
        _, *outcomes = next(rows)
        return Table(outcomes, {feature: tuple(map(float, told)) for feature, *told in rows})
