"""A reported flight against tracked ones: which parts agree, which do not, and what may be said as a whole.

Pure functions of records, so that the rules can be tested without a graph. The rules, in short:

- A part is untestable where either side is silent on it. Silence never supports and never contradicts.
- As a whole a tracked flight supports a report only if what identifies it agrees (the airframe or its call
  sign; else the type together with the operator or its state), and places, and days, and the night if one is
  told; and if no other tracked flight may be it as well (also one whose end was not received), unless the
  report speaks of several; and if another that nobody received is unlikely: fewer than 0.03 are
  expected, by how long the aircraft may have flown it unheard on those days (`unseen`) and by how many
  flights like it were heard in the weeks around.
- An end that was not received (the track vanished toward the place) is consistent, not observed. With the
  other end observed and the days right, support is then inferred.
- A report is contradicted only if it names the airframe: when that airframe flew the reported route on the
  reported days, but not by night (or day) as told; or when it was tracked elsewhere and its tracks leave no
  time at all for the reported flight. Where they leave less than half of it, that is said, and stays open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tailgraph.graph import agreement, elsewhere, hours, unseen, whereabouts
from tailgraph.graph.agreement import Part, Reported, Tracked
from tailgraph.graph.model import Verdict

MAX_RUNNERS_UP = 9
LIKELY = 0.03
"""Unheard flights like the one told, expected for each that is told of, from which a fit may be by chance:
the highest of eight limits at which none of 10,498 left-out flights was supported (bench/unheard.py)."""

_IDENTITY = (agreement.aircraft_part, agreement.type_part, agreement.operator_part)
"""What tells an aircraft from another, wherever and whenever it flew."""
_FLIGHT = (agreement.place_part, agreement.time_part, agreement.night_part)


@dataclass(frozen=True, slots=True)
class Tested:
    """One reported flight against one tracked flight."""

    flight: str
    verdict: Verdict
    aircraft: Verdict
    type: Verdict
    operator: Verdict
    place: Verdict
    time: Verdict
    night: Verdict
    method: str
    """observed, or inferred where an end of the flight was not received."""
    reason: str
    rank: int


@dataclass(frozen=True, slots=True)
class _Pair:
    tracked: Tracked
    aircraft: Part
    type: Part
    operator: Part
    place: Part
    time: Part
    night: Part

    @property
    def is_identified(self) -> bool:
        if self.aircraft.verdict is Verdict.CONTRADICTED:
            return False
        by_kind = self.type.verdict is self.operator.verdict is Verdict.SUPPORTED
        return self.aircraft.verdict is Verdict.SUPPORTED or by_kind

    @property
    def fits(self) -> bool:
        return (self.is_identified and self.place.verdict is self.time.verdict is Verdict.SUPPORTED
                and self.night.verdict is not Verdict.CONTRADICTED)

    @property
    def may_be_it(self) -> bool:
        """Whether it may be the flight that is told of, though less of it may have been received."""
        return self.is_like_it and self.time.verdict is Verdict.SUPPORTED

    @property
    def is_like_it(self) -> bool:
        """Whether it may be of the aircraft and on the route that are told of, whenever it was."""
        parts = (self.aircraft, self.type, self.operator, self.place, self.night)
        known = Verdict.SUPPORTED in (self.aircraft.verdict, self.type.verdict)
        return (known and Verdict.CONTRADICTED not in {part.verdict for part in parts}
                and (self.place.verdict is Verdict.SUPPORTED or self.place.consistent))

    @property
    def goodness(self) -> tuple[int, ...]:
        """Higher is better; equal is equally good. The order of parts is their weight."""
        value = {Verdict.SUPPORTED: 2, Verdict.UNTESTABLE: 1, Verdict.CONTRADICTED: 0}
        leans = (2 * value[part.verdict] + (part.consistent and part.verdict is Verdict.UNTESTABLE)
                 for part in self._weighed)
        return int(self.fits), *leans, -int(self.place.consistent)

    @property
    def _weighed(self) -> tuple[Part, ...]:
        return self.aircraft, self.time, self.place, self.operator, self.type, self.night

    @property
    def reason(self) -> str:
        return "; ".join(part.reason for part in self._weighed if part.reason)


def test(reported: Reported, candidates: Sequence[Tracked]) -> list[Tested]:
    """The reported flight against every tracked flight that may be it, best first, ranks from 1.

    `candidates` should hold every flight of the named airframes around the reported days. The result does
    not depend on their order. A flight that did not happen is not tested.
    """
    if not reported.happened:
        return []
    pairs = sorted(filter(None, (_pair(reported, tracked) for tracked in candidates)), key=_order)
    absent = _elsewhere(reported, [pair for pair in pairs if pair.aircraft.verdict is Verdict.SUPPORTED])
    kept = [pair for pair in pairs if _is_worth_keeping(reported, pair, absent)][:1 + MAX_RUNNERS_UP]
    rivals = [pair for pair in pairs if _rivals(reported, pair)]
    may_be_one = 0 < len(rivals) <= reported.how_many
    unheard = _unheard(reported, pairs, len(rivals)) if may_be_one else 0.0
    doubt = _doubt(reported, len(rivals), unheard)
    return [_tested(reported, pair, rank, bool(rivals), doubt, absent) for rank, pair in enumerate(kept, 1)]


def _rivals(reported: Reported, pair: _Pair) -> bool:
    return pair.fits or (pair.may_be_it and _is_same(reported, pair))


def _is_same(reported: Reported, pair: _Pair) -> bool:
    """Whether it may be the aircraft told of, on the route told of: the named airframe alone where one is."""
    return pair.is_like_it and (not reported.aircraft or pair.aircraft.verdict is Verdict.SUPPORTED)


def _pair(reported: Reported, tracked: Tracked) -> _Pair | None:
    """None where the tracked flight is of another aircraft than the one told of: such a pair is not kept,
    rivals none, and shows neither where the one told of was nor where it moved unseen."""
    parts: list[Part] = []
    for judge in _IDENTITY:
        parts.append(judge(reported, tracked))
        if _is_another(parts):
            return None
    parts += (judge(reported, tracked) for judge in _FLIGHT)
    return _Pair(tracked, *parts)


def _is_another(identity: Sequence[Part]) -> bool:
    """By the parts judged so far, that of the airframe first: what says so outweighs type and operator."""
    return identity[-1].verdict is Verdict.CONTRADICTED and identity[0].verdict is not Verdict.SUPPORTED


def _order(pair: _Pair) -> tuple[tuple[int, ...], str]:
    return tuple(-value for value in pair.goodness), pair.tracked.id


def _is_worth_keeping(reported: Reported, pair: _Pair, absent: _Elsewhere | None) -> bool:
    """Whether a reader should see this pair: a flight on those days that may be the reported one, or one of
    the named airframe that shows it elsewhere."""
    if reported.days is None or not (reported.origin or reported.destination):
        return pair.aircraft.verdict is Verdict.SUPPORTED and pair.time.verdict is not Verdict.CONTRADICTED
    if pair.time.verdict is Verdict.CONTRADICTED:
        return False
    if pair.aircraft.verdict is Verdict.SUPPORTED:
        return pair.place.verdict is not Verdict.CONTRADICTED or absent is not None
    is_other = Verdict.CONTRADICTED in (pair.aircraft.verdict, pair.type.verdict, pair.operator.verdict)
    return not is_other and (pair.place.verdict is Verdict.SUPPORTED or pair.place.consistent)


def _is_of_it(reported: Reported, pair: _Pair) -> bool:
    """Whether a tracked flight, of whatever route and day, is of an aircraft that may be the one told of."""
    if reported.aircraft or reported.callsigns:
        return pair.aircraft.verdict is Verdict.SUPPORTED
    return (pair.type.verdict is Verdict.SUPPORTED
            and pair.operator.verdict is not Verdict.CONTRADICTED)


def _tested(reported: Reported, pair: _Pair, rank: int, has_rivals: bool, doubt: str | None,
            absent: _Elsewhere | None) -> Tested:
    verdict, why = _whole(reported, pair, has_rivals, doubt, absent)
    inferred = verdict is Verdict.SUPPORTED and pair.place.consistent
    return Tested(
        flight=pair.tracked.id, verdict=verdict, aircraft=pair.aircraft.verdict, type=pair.type.verdict,
        operator=pair.operator.verdict, place=pair.place.verdict, time=pair.time.verdict,
        night=pair.night.verdict, method="inferred" if inferred else "observed",
        reason="; ".join(filter(None, [why, pair.reason])), rank=rank)


def _doubt(reported: Reported, rivals: int, unheard: float) -> str | None:
    """Why a flight that fits may be another than the one meant; None where nothing says so."""
    if rivals > reported.how_many:
        return f"{rivals} tracked flights may be it"
    if unheard > reported.how_many - rivals + LIKELY * reported.how_many:
        return (f"it may be another that nobody received: {unheard:.2f} like it are expected, by how many "
                "were received and for how long it was not")
    return None


def _unheard(reported: Reported, pairs: Sequence[_Pair], rivals: int) -> float:
    """How many flights like the one told are expected that nobody received: by Laplace's rule, from those
    that were heard on its days (`rivals`) and around them; more where those keep to the time of day told."""
    around = window(reported)
    if around is None:
        return 0.0
    open_hours = unseen.open_hours(reported, [pair.tracked for pair in pairs if _is_of_it(reported, pair)])
    all_hours = (around[1] - around[0]) / timedelta(hours=1)
    others = [pair.tracked for pair in pairs
              if pair.time.verdict is not Verdict.SUPPORTED and _is_same(reported, pair)]
    rate = (rivals + len(others) + 1) / all_hours
    if reported.hours:
        days = around[0].date(), around[1].date()
        alike = sum(agreement.at_hours_told(reported, other, days) for other in others)
        rate = max(rate, alike / (all_hours * hours.share(reported.hours)))
    return open_hours * rate


def _whole(reported: Reported, pair: _Pair, has_rivals: bool, doubt: str | None,
           absent: _Elsewhere | None) -> tuple[Verdict, str]:
    """The verdict on one pair, and why, beyond its parts."""
    if pair.fits:
        if doubt:
            return Verdict.UNTESTABLE, doubt
        return Verdict.SUPPORTED, ("one end was not received: inferred" if pair.place.consistent else "")
    if (pair.aircraft.verdict is Verdict.SUPPORTED and pair.time.verdict is Verdict.SUPPORTED
            and not has_rivals):
        if pair.place.verdict is Verdict.SUPPORTED and pair.night.verdict is Verdict.CONTRADICTED:
            return Verdict.CONTRADICTED, "it flew that route on those days, but not at that time of day"
        if pair.place.verdict is Verdict.CONTRADICTED and absent:
            return Verdict.UNTESTABLE if absent.left else Verdict.CONTRADICTED, absent.reason
    return Verdict.UNTESTABLE, _missing(reported, pair)


def _missing(reported: Reported, pair: _Pair) -> str:
    """What keeps an untestable pair from being more."""
    by_kind = reported.types and (reported.operators or reported.states)
    if not (reported.aircraft or reported.callsigns or by_kind):
        return "the report does not say enough to tell the aircraft from others"
    return "" if pair.is_identified else "whether it is the same aircraft is open"


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """What the named airframe's other flights leave of the reported time."""

    left: float
    """The share at which the reported flight could have begun, 0 to 1."""
    aircraft: str

    @property
    def reason(self) -> str:
        share = f"{self.left:.0%}" if self.left else "none"
        return (f"{self.aircraft} was tracked elsewhere; {share} of the reported time is left "
                "for such a flight")


def _elsewhere(reported: Reported, same: Sequence[_Pair]) -> _Elsewhere | None:
    """Where the named airframe was instead, if that leaves it less than half of the reported time."""
    days = reported.days
    if days is None or len(reported.aircraft) != 1 or any(pair.fits for pair in same):
        return None
    window = elsewhere.Window(*days, reported.night)
    left = elsewhere.open_share([pair.tracked.sighting for pair in same], window,
                                whereabouts.positions_of(reported.origin),
                                whereabouts.positions_of(reported.destination))
    if left is None or left > elsewhere.HALF:
        return None
    return _Elsewhere(left, min(reported.aircraft))


def window(reported: Reported) -> tuple[datetime, datetime] | None:
    """The instants between which tracked flights bear on the report: its days, and a week around them."""
    if reported.days is None:
        return None
    begin, end = (datetime.combine(day, datetime.min.time(), UTC) for day in reported.days)
    return begin - timedelta(days=7), end + timedelta(days=8)


