"""The families of rules that find claims: how the weapon hangs on the act, and how often that was right.

A rule's name is the class of the act and its family, "carry-verb-obj"; `lexicons/claim_rules.csv` holds the
families with their counts (`python bench/reliability.py … --families`) and what they mean in words.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Family:
    """Right and all claims that were counted, and the construction in words."""

    right: int
    total: int
    meaning: str


_UNCOUNTED = Family(0, 0, "")


def family(rule: str) -> str:
    """The family of a rule ("verb-obj", "noun-of", "near", "cargo" …)."""
    kind, _, rest = rule.partition("-")
    return "cargo" if kind == "cargo" else rest


def told_of(rule: str) -> Family:
    """What is known of the family of a rule; nothing of one that was never counted."""
    return families().get(family(rule), _UNCOUNTED)


@cache
def families() -> Mapping[str, Family]:
    source = files("tailgraph.nlp") / "lexicons" / "claim_rules.csv"
    with source.open(encoding="utf-8") as rows:
        return {
            row["family"]: Family(int(row["right"]), int(row["total"]), row["meaning"])
            for row in csv.DictReader(rows)
        }
