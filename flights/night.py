"""Night over a leg and at its ends: yes, no or indeterminate, never a guess.

Darkness is the sun's elevation below a limit (sunset -0.833° by default, civil -6° or nautical -12°). A leg
is dark if some report certainly stood in the dark; it is not if every report, every silence and both ends
lay in daylight; in between it is indeterminate.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tailgraph.flights.geo import Floats, distance_nm
from tailgraph.flights.positions import Positions
from tailgraph.flights.sun import elevation_deg
from tailgraph.graph.model import Trilean

_EVERY_S = 300.0
_SUN_DEG_PER_S = 15 / 3600
_PLACE_DEG_PER_NM = 1 / 60

Rows = NDArray[np.intp]
Mask = NDArray[np.bool_]


def of_legs(rows: Positions, first: Rows, last: Rows, limit_deg: float) -> tuple[Mask, Mask]:
    """For each leg (rows `first` to `last`): certainly dark at some report; possibly dark at some time.

    Reports some five minutes apart stand for all. Between two of them the sun cannot have sunk further than
    its own motion and the way flown allow.
    """
    if not len(first):
        return np.empty(0, bool), np.empty(0, bool)
    slot = np.floor(rows.time / _EVERY_S)
    change = slot[1:] != slot[:-1]
    wanted = np.zeros(len(rows), bool)
    wanted[1:] |= change
    wanted[:-1] |= change
    wanted[first] = wanted[last] = True
    sample = np.flatnonzero(wanted)
    sun = elevation_deg(rows.time[sample], rows.latitude[sample], rows.longitude[sample])
    lowest = np.append(_between(rows, sample, sun), np.inf)
    a, b = np.searchsorted(sample, first), np.searchsorted(sample, last)
    return _lowest(sun, a, b + 1) < limit_deg, _lowest(lowest, a, b) < limit_deg


def _between(rows: Positions, sample: Rows, sun: Floats) -> Floats:
    """The lowest that the sun can have stood from each sampled report to the next."""
    seconds = np.diff(rows.time[sample])
    nm = np.zeros(len(seconds))
    silent = np.flatnonzero(seconds > _EVERY_S)
    a, b = sample[silent], sample[silent + 1]
    nm[silent] = distance_nm(rows.latitude[a], rows.longitude[a], rows.latitude[b], rows.longitude[b])
    slack = np.where(seconds > _EVERY_S, seconds * _SUN_DEG_PER_S + nm * _PLACE_DEG_PER_NM, 0) / 2
    return np.asarray(np.minimum(sun[:-1], sun[1:]) - slack)


def _lowest(values: Floats, start: Rows, stop: Rows) -> Floats:
    """The least value of each half-open interval; infinite where it is empty."""
    padded = np.append(values, np.inf)
    bounds = np.stack([start, stop], axis=1).ravel()
    least = np.minimum.reduceat(padded, bounds)[::2]
    return np.where(stop > start, least, np.inf)


def at_ends(early: Floats, late: Floats, latitude: Floats, longitude: Floats,
            limit_deg: float) -> tuple[list[Trilean], list[float]]:
    """Darkness over each whole interval at a place, and the sun's elevation in the interval's middle."""
    steps = max(2, 1 + int(np.ceil((late - early).max(initial=0) / _EVERY_S)))
    times = early + (late - early) * np.linspace(0, 1, min(steps, 300))[:, None]
    sun = elevation_deg(times, latitude, longitude)
    dark = (sun < limit_deg).sum(axis=0)
    middle = elevation_deg((early + late) / 2, latitude, longitude)
    verdicts = [Trilean.YES if count == len(times) else Trilean.NO if count == 0 else Trilean.INDETERMINATE
                for count in dark.tolist()]
    return verdicts, [round(value, 2) for value in middle.tolist()]
