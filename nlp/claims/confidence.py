"""How far a claim can be trusted to be read rightly: a logistic regression over what is known of it.

What counts is the construction (its family of rules), the act, how firmly it is told and what slots it fills;
`lexicons/claim_confidence.csv` holds the weight of each. `bench/train_confidence.py` makes that table from
annotated reports, and docs/confidence.md says how well it does.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from tailgraph.graph.model import Allegation
from tailgraph.nlp.claims.rules import family

ALWAYS = "always"
SLOTS = ("accuser", "accused", "supplier", "recipient", "target", "carrier", "weapons", "denied_by")


def features(claim: Allegation) -> Iterator[str]:
    """The names of what holds of a claim, as the table has them."""
    yield ALWAYS
    yield f"family {family(claim.rule)}"
    yield f"action {claim.action}"
    yield f"status {claim.status}"
    yield from (f"with {slot}" for slot in SLOTS if getattr(claim, slot))
    if claim.event:
        yield "dated"
    if len(claim.evidence) > 1:
        yield "told again"


def confidence(claim: Allegation) -> float:
    """The chance, between 0 and 1, that half of the claim's facts or more are right."""
    weights = _weights()
    return round(share(sum(weights.get(feature, 0.0) for feature in features(claim))), 3)


def share(score: float) -> float:
    """The logistic function: a sum of weights as a chance."""
    return 1 / (1 + math.exp(-score))


@cache
def _weights() -> Mapping[str, float]:
    source = files("tailgraph.nlp") / "lexicons" / "claim_confidence.csv"
    with source.open(encoding="utf-8") as rows:
        return {row["feature"]: float(row["weight"]) for row in csv.DictReader(rows)}
