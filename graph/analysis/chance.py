"""How often something would happen by chance alone."""

from __future__ import annotations

import math


def at_least(count: int, expected: float) -> float:
    """The probability of `count` or more of something of which `expected` are expected (Poisson).

    Small probabilities are summed from `count` upward, so that they keep their digits.
    """
    if count <= 0:
        return 1.0
    if expected <= 0:
        return 0.0
    if expected > count:
        return max(0.0, 1.0 - math.fsum(_exactly(number, expected) for number in range(count)))
    total, term, number = 0.0, _exactly(count, expected), count
    while term > total * 1e-17:
        total += term
        number += 1
        term *= expected / number
    return min(1.0, total)


def _exactly(count: int, expected: float) -> float:
    return math.exp(count * math.log(expected) - expected - math.lgamma(count + 1))
