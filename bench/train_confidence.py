"""Train the confidence of allegations on annotated reports: the table lexicons/claim_confidence.csv.

    python bench/train_confidence.py SHARE ANNOTATED_DIR [ANNOTATED_DIR ...] > claim_confidence.csv

Logistic regression with a ridge, by Newton's method; nothing is drawn at random. The reports are those that
the rules were improved on, which flatters: the table is shifted so that the mean confidence is SHARE, the
share of claims that was right in reports that nobody had read. Standard error tells what it is worth by
cross-validation, each report judged by what the others teach: the chance that of a right and a wrong claim
the right one has the higher confidence, and the Brier score, both beside those of the mean alone.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from reliability import claims_of

from tailgraph.nlp.claims.confidence import ALWAYS, features

RIDGE = 2.0
_ROUNDS = 40
Values = npt.NDArray[np.float64]


def fit(held: Values, right: Values) -> Values:
    """Weights of the columns of `held`; the first, which always holds, is not drawn towards zero."""
    weights = np.zeros(held.shape[1])
    ridge = RIDGE * np.eye(len(weights))
    ridge[0, 0] = 1e-6
    for _ in range(_ROUNDS):
        told = chances(held, weights)
        curvature = (held.T * (told * (1 - told))) @ held + ridge
        weights -= np.linalg.solve(curvature, held.T @ (told - right) + ridge @ weights)
    return weights


def chances(held: Values, weights: Values) -> Values:
    told: Values = 1 / (1 + np.exp(-(held @ weights)))
    return told


def shifted(held: Values, weights: Values, share: float) -> Values:
    """The weights with a constant such that the mean chance is `share`."""
    low, high = -10.0, 10.0
    while high - low > 1e-6:
        middle = (low + high) / 2
        moved = weights + np.eye(1, len(weights))[0] * middle
        low, high = (middle, high) if chances(held, moved).mean() < share else (low, middle)
    return weights + np.eye(1, len(weights))[0] * low


def cross_validated(held: Values, right: Values, reports: Sequence[str]) -> Values:
    """The chance of each claim by what all other reports teach."""
    told = np.zeros(len(right))
    for report in sorted(set(reports)):
        out = np.array([name == report for name in reports])
        told[out] = chances(held[out], fit(held[~out], right[~out]))
    return told


def ordered(told: Values, right: Values) -> float:
    """The chance that a right claim is told above a wrong one; 0.5 is none."""
    apart = told[right == 1][:, None] - told[right == 0][None, :]
    return float(((apart > 0) + 0.5 * (apart == 0)).mean())


def main(arguments: Sequence[str]) -> None:
    if len(arguments) < 2:
        raise SystemExit(__doc__)
    share, folders = float(arguments[0]), [Path(a) for a in arguments[1:]]
    found: list[tuple[str, Any, bool]] = list(claims_of(folders))
    names = sorted({name for _, claim, _ in found for name in features(claim)} - {ALWAYS})
    columns = (ALWAYS, *names)
    held = np.array([[name in set(features(claim)) for name in columns] for _, claim, _ in found], float)
    right = np.array([good for _, _, good in found], float)
    told = cross_validated(held, right, [report for report, _, _ in found])
    print(
        f"{len(found)} claims of {len({r for r, _, _ in found})} reports, {right.mean():.2f} right; by "
        f"cross-validation a right one stands above a wrong one in {ordered(told, right):.2f}, Brier score "
        f"{((told - right) ** 2).mean():.3f} (mean alone: 0.50 and {right.var():.3f})",
        file=sys.stderr,
    )
    weights = shifted(held, fit(held, right), share)
    print("feature,weight")
    for name, weight in zip(columns, weights, strict=True):
        print(f"{name},{weight:.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
