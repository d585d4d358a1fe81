"""One aircraft's track cut into legs: by ground contact, and by silence long enough for a landing.

A silence is no landing. It parts two legs only when its *excess time* (its length less the time that the
distance between its ends takes) leaves room for a descent, a turnround and a climb. How much room that is
depends on what was seen: an aircraft lost low and descending and found low and climbing needs less than one
lost and found in cruise. A changed call sign only lowers the bar. The constants were set on simulated
flights (bench/flights.py) whose routes and settings differ from those of the published figures.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tailgraph.flights.geo import distance_nm
from tailgraph.flights.positions import GROUND, GROUND_UNKNOWN, Column, Positions

SHORT_GAP_S = 300.0
PARKED_GAP_S = 600.0
_TAXI_KT, _ROLL_KT, _NO_ROLL_KT = 40.0, 60.0, 220.0
_HOP_NM = 8.0
_HIGHEST_FIELD_FT = 14_500.0
_STEEPEST_FPM = 10_000.0
_TOUCH_AND_GO_S = 90.0
_LOW_FT, _TREND_FPM = 12_000.0, 300.0


@dataclass(frozen=True, slots=True)
class Legs:
    """Legs as row intervals (both ends inside); `on_ground` is the state of each row after correction.

    A single ground report between two legs belongs to both. `hops` are the rows after which the aircraft was
    next received on the ground elsewhere.
    """

    first: NDArray[np.intp]
    last: NDArray[np.intp]
    on_ground: Column
    hops: NDArray[np.intp]


def split(rows: Positions, track: NDArray[np.int32]) -> Legs:
    """The legs of rows that stand by `track` and time. Stretches that never leave the ground are no legs."""
    if not len(rows):
        return Legs(np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0, bool), np.empty(0, np.intp))
    steps = _Steps(np.diff(rows.time), np.diff(track) != 0)
    ground = _correct(rows, _on_ground(rows), steps)
    hops = _hops(rows, ground, steps)
    cuts = steps.border | _landed_unseen(rows, track, ground, hops, steps)
    shared = _cut_ground_contacts(ground, hops, cuts, steps)
    last = np.append(np.flatnonzero(cuts), len(rows) - 1)
    first = np.insert(last[:-1] + 1, 0, 0)
    first = np.where(np.isin(first - 1, shared), first - 1, first)
    airborne = np.insert(np.cumsum(~ground), 0, 0)
    hopped = np.insert(np.cumsum(hops), 0, 0)
    flown = (airborne[last + 1] > airborne[first]) | (hopped[last] > hopped[first])
    return Legs(first[flown], last[flown], ground, np.flatnonzero(hops))


@dataclass(frozen=True, slots=True)
class _Steps:
    """From each row to the next: seconds, and whether another track begins."""

    seconds: Column
    border: Column


def _on_ground(rows: Positions) -> Column:
    """The state that each row claims; without a claim, taxi speed means ground."""
    fast = rows.ground_speed_kt > _NO_ROLL_KT
    ground = (rows.ground == GROUND) & ~fast
    unknown = rows.ground == GROUND_UNKNOWN
    if unknown.any():
        ground |= unknown & (rows.ground_speed_kt < _TAXI_KT)
    return np.asarray(ground)


def _runs(ground: Column, breaks: Column) -> tuple[Column, Column]:
    """First and last row of each stretch on the ground."""
    change = np.diff(ground) | breaks
    first = np.insert(np.flatnonzero(change) + 1, 0, 0)
    last = np.append(first[1:] - 1, len(ground) - 1)
    grounded = ground[first]
    return first[grounded], last[grounded]


def _correct(rows: Positions, ground: Column, steps: _Steps) -> Column:
    """Ground states without false bits and touch-and-goes: short and fast, or far below what is around."""
    first, last = _runs(ground, steps.border)
    if not len(first):
        return ground
    slowest = np.array([np.nanmin(speeds) if len(speeds := _known(rows.ground_speed_kt[a:b + 1])) else np.nan
                        for a, b in zip(first, last, strict=True)])
    rolled = (slowest < _ROLL_KT) | np.isnan(slowest)
    before, after = _neighbour(first - 1, first, steps), _neighbour(last, last + 1, steps)
    brief = (rows.time[last] - rows.time[first] < _TOUCH_AND_GO_S) & (before < SHORT_GAP_S) & (
        after < SHORT_GAP_S)
    high = _too_high(rows, first - 1, before) | _too_high(rows, last + 1, after)
    for a, b in zip(first[high | (brief & ~rolled)], last[high | (brief & ~rolled)], strict=True):
        ground[a:b + 1] = False
    return ground


def _known(values: Column) -> Column:
    return values[~np.isnan(values)]


def _neighbour(step: Column, row: Column, steps: _Steps) -> Column:
    """Seconds over the step beside a stretch, infinite where the track begins or ends there."""
    seconds = np.full(len(step), np.inf)
    inside = (step >= 0) & (step < len(steps.seconds))
    kept = step[inside]
    seconds[inside] = np.where(steps.border[kept], np.inf, steps.seconds[kept])
    return seconds


def _too_high(rows: Positions, row: Column, seconds: Column) -> Column:
    """Whether the altitude beside a stretch on the ground lies beyond any climb or descent to it."""
    near = np.isfinite(seconds)
    height = np.zeros(len(row))
    height[near] = np.nan_to_num(rows.altitude_ft[row[near]], nan=0.0) - _HIGHEST_FIELD_FT
    return np.asarray(near & (height > 0) & (height > _STEEPEST_FPM / 60 * np.where(near, seconds, 0)))


def _hops(rows: Positions, ground: Column, steps: _Steps) -> Column:
    """Steps from the ground at one place to the ground at another: a flight of which nothing was received."""
    silent = np.flatnonzero(ground[1:] & ground[:-1] & ~steps.border & (steps.seconds > SHORT_GAP_S))
    hops = np.zeros(len(steps.seconds), bool)
    hops[silent] = _distance(rows, silent) > _HOP_NM
    return hops


def _distance(rows: Positions, steps: Column) -> Column:
    return distance_nm(rows.latitude[steps], rows.longitude[steps], rows.latitude[steps + 1],
                       rows.longitude[steps + 1])


def excess_s(rows: Positions, steps: Column, cruise_kt: Column) -> Column:
    """Seconds of each step beyond what its distance takes; `cruise_kt` is the aircraft's own best speed."""
    nm = _distance(rows, steps)
    ends = np.fmax(rows.ground_speed_kt[steps], rows.ground_speed_kt[steps + 1]).astype(float)
    ends = np.where(np.isnan(ends), cruise_kt, ends)
    speed = np.clip(np.where(nm > 150, np.maximum(ends, cruise_kt), ends), 120, 600)
    return np.asarray(rows.time[steps + 1] - rows.time[steps] - nm / speed * 3600)


def cruise_speed_kt(rows: Positions, track: NDArray[np.int32]) -> Column:
    """For each row, 85% of the fastest ground speed of its track, between 150 and 480 kt."""
    starts = np.flatnonzero(np.insert(np.diff(track) != 0, 0, True))
    fastest = np.fmax.reduceat(np.where(rows.ground_speed_kt < 700, rows.ground_speed_kt, np.nan), starts)
    speed = np.clip(0.85 * np.nan_to_num(fastest, nan=470.0), 150, 480)
    return np.repeat(speed, np.diff(np.append(starts, len(rows))))


def _landed_unseen(rows: Positions, track: NDArray[np.int32], ground: Column, hops: Column,
                   steps: _Steps) -> Column:
    """Steps in which the aircraft had time to land and leave again, or stood parked."""
    cuts = np.zeros(len(steps.seconds), bool)
    silent = np.flatnonzero((steps.seconds > SHORT_GAP_S) & ~steps.border)
    if not len(silent):
        return cuts
    speed = cruise_speed_kt(rows, track)[silent]
    excess = excess_s(rows, silent, speed)
    parked = ground[silent] & ground[silent + 1] & ~hops[silent]
    cuts[silent] = np.where(parked, steps.seconds[silent] > PARKED_GAP_S,
                            excess > _room_for_landing_s(rows, silent, ground))
    return cuts


def _room_for_landing_s(rows: Positions, steps: Column, ground: Column) -> Column:
    """Excess time from which a landing is assumed, by what was seen before and after the silence."""
    seconds = rows.time[steps + 1] - rows.time[steps]
    down = (rows.altitude_ft[steps] < _LOW_FT) & (_trend_fpm(rows, steps, -1) < -_TREND_FPM)
    up = (rows.altitude_ft[steps + 1] < _LOW_FT) & (_trend_fpm(rows, steps + 1, 1) > _TREND_FPM)
    room = np.select([down & up, down | up], [900.0, 1200 + 0.05 * seconds], 1500 + 0.08 * seconds)
    touching = ground[steps] | ground[steps + 1]
    room = np.where(touching, 2400 + 0.08 * seconds, room)
    return np.asarray(np.where(_renamed(rows, steps), 0.7 * room, room))


def _trend_fpm(rows: Positions, row: Column, side: int) -> Column:
    """Climb (positive) or descent at a row: as sent, else from the row on the far side of the silence."""
    other = np.clip(row + side, 0, len(rows) - 1)
    minutes = (rows.time[row] - rows.time[other]) / 60
    with np.errstate(divide="ignore", invalid="ignore"):
        seen = (rows.altitude_ft[row] - rows.altitude_ft[other]) / minutes
    seen = np.where((np.abs(minutes) < 3) & (rows.code[row] == rows.code[other]), seen, np.nan)
    return np.nan_to_num(np.where(np.isnan(rows.vertical_rate_fpm[row]), seen, rows.vertical_rate_fpm[row]),
                         nan=0.0)


def _renamed(rows: Positions, steps: Column) -> Column:
    """Whether the call signs last received before and first received after a silence differ."""
    named = np.flatnonzero(rows.callsign != b"")
    if not len(named):
        return np.zeros(len(steps), bool)
    place = np.searchsorted(named, steps, side="right")
    before, after = named[np.maximum(place - 1, 0)], named[np.minimum(place, len(named) - 1)]
    known = (place > 0) & (place < len(named))
    known &= (rows.code[before] == rows.code[steps]) & (rows.code[after] == rows.code[steps])
    return np.asarray(known & (rows.callsign[before] != rows.callsign[after]))


def _cut_ground_contacts(ground: Column, hops: Column, cuts: Column, steps: _Steps) -> list[int]:
    """Cuts each ground contact between two flights at its longest silence; returns contacts of one report."""
    first, last = _runs(ground, steps.border | hops)
    shared: list[int] = []
    for a, b in zip(first.tolist(), last.tolist(), strict=True):
        joined = a > 0 and not cuts[a - 1] and b < len(cuts) and not cuts[b]
        if not joined or cuts[a:b].any():
            continue
        if a == b:
            cuts[b] = True
            shared.append(b)
        else:
            cuts[a + int(steps.seconds[a:b].argmax())] = True
    return shared

