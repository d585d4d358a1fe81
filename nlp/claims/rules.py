"""The families of rules that find claims: how the weapon hangs on the act.

A rule is named by the class of the act and its family, "carry-verb-obj"; `lexicons/claim_rules.csv` says what
each family means in words.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def family(rule: str) -> str:
    """The family of a rule ("verb-obj", "noun-of", "near", "cargo" …)."""
    kind, _, rest = rule.partition("-")
    return "cargo" if kind == "cargo" else rest


def meaning(rule: str) -> str:
    """The construction of a rule in words; empty for a family that the table does not hold."""
    return families().get(family(rule), "")


@cache
def families() -> Mapping[str, str]:
    source = files("tailgraph.nlp") / "lexicons" / "claim_rules.csv"
    with source.open(encoding="utf-8") as rows:
        return {row["family"]: row["meaning"] for row in csv.DictReader(rows)}
