"""Pairs of aircraft that were at one place at about the same time, and how often that would be by chance."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from tailgraph.graph.analysis.stays import Stay

Pair = tuple[str, str]
MOST_MEETINGS = 2_000_000
"""So many are looked at: seconds of work, and some 650 MB of memory."""


@dataclass(slots=True)
class Meeting:
    """Two aircraft, in the order of their ids. `count` is how many stays of the one that was seen less often
    the other was near."""

    evidence: list[tuple[Stay, Stay]] = field(default_factory=list)
    near: tuple[set[Stay], set[Stay]] = field(default_factory=lambda: (set(), set()))


@dataclass(slots=True)
class Meetings:
    """`crowded`: places left out, since too many aircraft use them for a meeting to mean anything. `busy`:
    those left out, with how many meetings there may be, since all together would be too many to look at."""

    stays: dict[str, list[Stay]]
    window_s: float
    span_s: float
    pairs: dict[Pair, Meeting]
    crowded: dict[str, int]
    busy: dict[str, int] = field(default_factory=dict)
    _lengths: dict[str, dict[str, list[float]]] = field(default_factory=dict)

    def count(self, pair: Pair) -> int:
        side = self._rarer(pair)
        return len(self.pairs[pair].near[side])

    def expected(self, pair: Pair) -> float:
        """How many it would be if the other's stays lay anywhere in the time that is covered.

        For each stay of the rarer one, the chance that at least one of the other's stays at that place comes
        within the window: 1 - exp(-sum((2 window + both lengths) / span)).
        """
        side = self._rarer(pair)
        own, others = (self._lengths_of(pair[one]) for one in (side, 1 - side))
        total = 0.0
        for where in sorted(own.keys() & others.keys()):
            count, together = len(others[where]), sum(others[where])
            for seconds in own[where]:
                reach = count * (2 * self.window_s + seconds) + together
                total += -math.expm1(-reach / self.span_s)
        return total

    def _lengths_of(self, aircraft: str) -> dict[str, list[float]]:
        """How long each stay was, in seconds, by place; without those left out."""
        if aircraft not in self._lengths:
            by_place = self._lengths.setdefault(aircraft, {})
            for stay in self.stays[aircraft]:
                if stay.where not in self.crowded and stay.where not in self.busy:
                    by_place.setdefault(stay.where, []).append(stay.seconds)
        return self._lengths[aircraft]

    def _rarer(self, pair: Pair) -> int:
        return int(len(self.stays[pair[1]]) < len(self.stays[pair[0]]))


def meetings(found: Iterable[Stay], window: timedelta, hub: int, only: str | None = None,
             most: int = MOST_MEETINGS) -> Meetings:
    """Every two aircraft with stays at one place less than `window` apart; `only` those with this aircraft.

    Places that more than `hub` aircraft use are left out. So are, the busiest first, those with which there
    might be more than `most` meetings in all.
    """
    by_place = sorted(found)
    stays: dict[str, list[Stay]] = defaultdict(list)
    for stay in by_place:
        stays[stay.aircraft].append(stay)
    places, crowded = _places(by_place, hub, only)
    busy, left = dict[str, int](), most
    pairs: dict[Pair, Meeting] = defaultdict(Meeting)
    for count, where in sorted((_at_most(here, window, only), where) for where, here in places.items()):
        left -= count
        if left < 0:
            busy[where] = count
        elif only is None:
            _meet(places[where], window, pairs)
        else:
            _meet_one(places[where], window, only, pairs)
    return Meetings(stays, window.total_seconds(), _span(by_place, window), dict(pairs), crowded, busy)


def _places(by_place: list[Stay], hub: int, only: str | None) -> tuple[dict[str, list[Stay]], dict[str, int]]:
    """The stays at each place (where `only` was), in the order of time; and the crowded places."""
    places, crowded = dict[str, list[Stay]](), dict[str, int]()
    for where, group in groupby(by_place, key=lambda stay: stay.where):
        here = list(group)
        aircraft = {stay.aircraft for stay in here}
        if only is not None and only not in aircraft:
            continue
        if len(aircraft) > hub:
            crowded[where] = len(aircraft)
        else:
            places[where] = here
    return places, crowded


def _at_most(here: list[Stay], window: timedelta, only: str | None) -> int:
    """How many meetings there may be, without looking at each: those of an aircraft with itself count."""
    starts = [stay.start for stay in here]
    if only is not None:
        return sum(bisect_right(starts, stay.end + window) for stay in here if stay.aircraft == only)
    return sum(bisect_right(starts, stay.end + window) - index - 1 for index, stay in enumerate(here))


def _meet(here: list[Stay], window: timedelta, pairs: dict[Pair, Meeting]) -> None:
    """`here` is in the order of time: a stay can only meet those that have not ended long before it."""
    present: list[Stay] = []
    for stay in here:
        present = [other for other in present if other.end + window >= stay.start]
        for other in present:
            if other.aircraft != stay.aircraft:
                _met(other, stay, pairs)
        present.append(stay)


def _meet_one(here: list[Stay], window: timedelta, only: str, pairs: dict[Pair, Meeting]) -> None:
    starts = [stay.start for stay in here]
    for stay in here:
        if stay.aircraft == only:
            for other in here[:bisect_right(starts, stay.end + window)]:
                if other.aircraft != only and other.end + window >= stay.start:
                    _met(stay, other, pairs)


def _met(one: Stay, other: Stay, pairs: dict[Pair, Meeting]) -> None:
    first, second = sorted((one, other), key=lambda stay: stay.aircraft)
    meeting = pairs[first.aircraft, second.aircraft]
    meeting.near[0].add(first)
    meeting.near[1].add(second)
    meeting.evidence.append((first, second))


def _span(stays: list[Stay], window: timedelta) -> float:
    """Seconds from the first to the last stay; at least four windows, since less says nothing."""
    least = 4 * window
    if not stays:
        return least.total_seconds()
    first: datetime = min(stay.start for stay in stays)
    last: datetime = max(stay.end for stay in stays)
    return max(last - first, least).total_seconds()
