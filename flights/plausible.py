"""Reports that cannot be true of one aircraft: jumps no aircraft flies, and old positions sent again.

An impossible jump says that one side of it is wrong (a spoofed or garbled position) or that two aircraft
send the same address. Rows are therefore strung into chains in each of which every step can be flown. The
longest chain is the aircraft; another long chain that runs beside it in time is a second aircraft under the
same address and becomes a track of its own; whatever else lies between is set aside.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from tailgraph.flights.geo import EARTH_NM, distance_nm
from tailgraph.flights.positions import GROUND, Column, Positions, concat

MAX_SPEED_KT = 800.0
"""Beyond any transport's speed over ground with a strong jet stream behind it."""
TOLERANCE_NM = 2.0
"""Multilateration and coarse clocks are this far off without being wrong."""
_SECOND_ROWS, _SECOND_S = 20, 300.0
_MOST_CHAINS = 32


@dataclass(frozen=True, slots=True)
class Sifted:
    """`rows` stand by track and time; `track` numbers them, one aircraft's main track first.

    `set_aside` are the reports left out, in canonical order.
    """

    rows: Positions
    track: NDArray[np.int32]
    set_aside: Positions


def sift(rows: Positions) -> Sifted:
    """Rows in canonical order, without repeats, to tracks that can be flown."""
    repeated = _repeated(rows)
    left_out = rows.take(repeated)
    rows = rows.take(~repeated) if len(left_out) else rows
    jumps = np.flatnonzero(_impossible(rows))
    if not len(jumps):
        return Sifted(rows, rows.code, left_out)
    track = _unravelled(rows, jumps)
    left_out = concat([left_out, rows.take(track < 0)]).canonical()
    order = np.argsort(track, kind="stable")
    order = order[track[order] >= 0]
    return Sifted(rows.take(order), track[order], left_out)


def _unravelled(rows: Positions, jumps: Column) -> NDArray[np.int32]:
    """The track of each row, -1 for none: the aircraft's own code, or a number above all codes."""
    track = rows.code.astype(np.int32, copy=True)
    extra = len(rows.aircraft)
    for code in np.unique(rows.code[jumps]).tolist():
        first, last = np.searchsorted(rows.code, np.array([code, code + 1], rows.code.dtype)).tolist()
        inside = jumps[(jumps >= first) & (jumps < last - 1)] + 1
        starts = np.concatenate([[first], inside])
        numbers = _tracks(rows, starts, np.append(inside, last))
        for second in range(1, int(numbers.max()) + 1):
            track[first:last][numbers == second] = extra
            extra += 1
        track[first:last][numbers < 0] = -1
    return track


def _repeated(rows: Positions) -> Column:
    """A moving aircraft's report that gives the place of the report before it: an old position sent again."""
    same = np.zeros(len(rows), bool)
    if len(rows) < 2:
        return same
    same[1:] = ((np.diff(rows.latitude) == 0) & (np.diff(rows.longitude) == 0) & (np.diff(rows.code) == 0)
                & (rows.ground[1:] != GROUND) & (rows.ground_speed_kt[1:] > 60))
    return same


def _impossible(rows: Positions) -> Column:
    """Steps that no aircraft flies. A flat-Earth estimate finds the few candidates, the haversine judges."""
    reach = (np.diff(rows.time) * (MAX_SPEED_KT / 3600) + TOLERANCE_NM) / 60
    north = np.diff(rows.latitude)
    east = np.abs(np.diff(rows.longitude))
    east = np.minimum(east, 360 - east) * np.cos(np.radians(rows.latitude[1:]))
    suspect = (north * north + east * east > reach * reach) & (np.diff(rows.code) == 0)
    steps = np.flatnonzero(suspect)
    nm = distance_nm(rows.latitude[steps], rows.longitude[steps], rows.latitude[steps + 1],
                     rows.longitude[steps + 1])
    suspect[steps] = nm > reach[steps] * 60
    return np.asarray(suspect)


def _tracks(rows: Positions, starts: Column, ends: Column) -> NDArray[np.int32]:
    """For each row of one aircraft: 0 its main track, 1, 2 … further aircraft, -1 set aside."""
    chains = _string(rows, starts.tolist(), ends.tolist())
    first = int(starts[0])
    chain = np.repeat(np.array(chains, np.int32), ends - starts)
    counts = np.bincount(chain)
    main = int(counts.argmax())
    times = rows.time[first:first + len(chain)]
    number = np.full(len(counts), -1, np.int32)
    number[main] = 0
    mine = times[chain == main]
    for other in np.flatnonzero(counts >= _SECOND_ROWS).tolist():
        if other != main and _own_track(times[chain == other], mine):
            number[other] = number.max() + 1
    return np.asarray(number[chain], np.int32)


def _own_track(times: Column, main: Column) -> bool:
    """Whether a chain is a second aircraft: long, and not just an excursion inside one gap of `main`."""
    if times[-1] - times[0] < _SECOND_S:
        return False
    before, after = np.searchsorted(main, [times[0], times[-1]])
    bracketed = before == after and 0 < before < len(main)
    return not bracketed


def _string(rows: Positions, starts: list[int], ends: list[int]) -> list[int]:
    """The chain of each run of rows: the nearest latest chain that can be flown to it, or a new one."""
    tails: list[tuple[float, float, float]] = []
    chains: list[int] = []
    for start, end in zip(starts, ends, strict=True):
        head = _point(rows, start)
        best, nearest = len(tails), float("inf")
        for chain in range(max(0, len(tails) - _MOST_CHAINS), len(tails)):
            nm = _haversine(tails[chain], head)
            reach = (head[0] - tails[chain][0]) * MAX_SPEED_KT / 3600 + TOLERANCE_NM
            if nm <= reach and nm < nearest:
                best, nearest = chain, nm
        tail = _point(rows, end - 1)
        if best == len(tails):
            tails.append(tail)
        else:
            tails[best] = tail
        chains.append(best)
    return chains


def _point(rows: Positions, row: int) -> tuple[float, float, float]:
    return float(rows.time[row]), radians(rows.latitude[row]), radians(rows.longitude[row])


def _haversine(one: tuple[float, float, float], two: tuple[float, float, float]) -> float:
    h = (sin((two[1] - one[1]) / 2) ** 2
         + cos(one[1]) * cos(two[1]) * sin((two[2] - one[2]) / 2) ** 2)
    return 2 * EARTH_NM * asin(sqrt(min(1.0, h)))
