"""The least distance between two groups of places: a country may have twenty thousand airports."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from tailgraph.graph.whereabouts import Position, distance_nm

_ROWS = 256
"""Places of one group that are held against all of the other at once: what bounds the memory."""
_NEAR = 1e-12
"""Cosines this close to the largest are too near to it for floating point to say which is the largest."""

Vectors = npt.NDArray[np.float64]


@lru_cache(maxsize=10_000)
def least_nm(starts: tuple[Position, ...], goals: tuple[Position, ...]) -> float:
    """In nautical miles, as `distance_nm` has it for the nearest pair. Neither group may be empty.

    The nearest pair is that with the greatest cosine of the angle between them, which is one product of
    matrices for all pairs; of those too close to tell apart so, the exact distance decides.
    """
    if not set(starts).isdisjoint(goals):
        return 0.0
    if len(starts) > len(goals):
        starts, goals = goals, starts
    ends = vectors(goals).T
    best, nearest = -2.0, list[tuple[int, int]]()
    for first in range(0, len(starts), _ROWS):
        cosines = vectors(starts[first:first + _ROWS]) @ ends
        if (top := float(cosines.max())) < best - _NEAR:
            continue
        rows, columns = np.nonzero(cosines >= max(top, best) - _NEAR)
        nearest = [pair for pair in nearest if best >= top - _NEAR]
        nearest += [(first + int(row), int(column)) for row, column in zip(rows, columns, strict=True)]
        best = max(best, top)
    return min(distance_nm(starts[start], goals[goal]) for start, goal in nearest)


def vectors(places: Sequence[Position]) -> Vectors:
    """Unit vectors from the middle of the earth, one a row."""
    latitudes, longitudes = np.radians(np.array(places, dtype=np.float64)).T
    around = np.cos(latitudes)
    return np.column_stack((around * np.cos(longitudes), around * np.sin(longitudes), np.sin(latitudes)))
