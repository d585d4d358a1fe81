"""The weights of the models: whether any act is told of loose weapons, which, and a party's part in it.

Each row of a table is a feature with a weight for each outcome; the chance of an outcome is the logistic
function of the sum. Features that no passage taught weigh nothing.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

LEFT, ACTS, PARTS = "learned_left.csv", "learned_acts.csv", "learned_parts.csv"


def chances(table: str, features: Iterable[str]) -> Mapping[str, float]:
    """The chance of each outcome, by name."""
    names, weights = _table(table)
    sums = [0.0] * len(names)
    for feature in features:
        for place, weight in enumerate(weights.get(feature, ())):
            sums[place] += weight
    return {name: 1 / (1 + math.exp(-total)) for name, total in zip(names, sums, strict=True)}


@cache
def _table(name: str) -> tuple[tuple[str, ...], Mapping[str, tuple[float, ...]]]:
    with (files("tailgraph.nlp") / "lexicons" / name).open(encoding="utf-8") as source:
        rows = csv.reader(source)
        _, *outcomes = next(rows)
        return tuple(outcomes), {feature: tuple(map(float, told)) for feature, *told in rows}
