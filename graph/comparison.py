"""A reported flight against tracked ones: which parts agree, which do not, and what may be said as a whole.

Pure functions of records, so that the rules can be tested without a graph. The rules, in short:

- A part is untestable where either side is silent on it. Silence never supports and never contradicts.
- As a whole a tracked flight supports a report only if what identifies it agrees (the airframe or its call
  sign; else the type together with the operator or its state), and places, and days, and the night if one is
  told; and if no other tracked flight fits as well, unless the report speaks of several.
- An end that was not received (the track vanished toward the place) is consistent, not observed. With the
  other end observed and the days right, support is then inferred.
- A report is contradicted only if it names the airframe: when that airframe flew the reported route on the
  reported days, but not by night (or day) as told; or when it was tracked elsewhere and could not have made
  the reported flight for at least half of the reported time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tailgraph.graph import agreement, elsewhere, whereabouts
from tailgraph.graph.agreement import Part, Reported, Tracked
from tailgraph.graph.model import Verdict

MAX_RUNNERS_UP = 9


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
    pairs = sorted((_pair(reported, tracked) for tracked in candidates), key=_order)
    absent = elsewhere_reason(reported, [pair for pair in pairs if pair.aircraft.verdict is
                                         Verdict.SUPPORTED])
    kept = [pair for pair in pairs if _is_worth_keeping(reported, pair, absent)][:1 + MAX_RUNNERS_UP]
    fits = [pair for pair in pairs if pair.fits]
    rivals = fits if len(fits) <= reported.how_many else [p for p in fits if p.goodness == fits[0].goodness]
    return [_tested(reported, pair, rank, rivals, absent) for rank, pair in enumerate(kept, 1)]


def _pair(reported: Reported, tracked: Tracked) -> _Pair:
    return _Pair(tracked, *(part(reported, tracked) for part in (
        agreement.aircraft_part, agreement.type_part, agreement.operator_part, agreement.place_part,
        agreement.time_part, agreement.night_part)))


def _order(pair: _Pair) -> tuple[tuple[int, ...], str]:
    return tuple(-value for value in pair.goodness), pair.tracked.id


def _is_worth_keeping(reported: Reported, pair: _Pair, absent: str | None) -> bool:
    """Whether a reader should see this pair: a flight on those days that may be the reported one, or one of
    the named airframe that shows it elsewhere."""
    if reported.days is None or not (reported.origin or reported.destination):
        return pair.aircraft.verdict is Verdict.SUPPORTED and pair.time.verdict is not Verdict.CONTRADICTED
    if pair.time.verdict is not Verdict.SUPPORTED:
        return False
    if pair.aircraft.verdict is Verdict.SUPPORTED:
        return pair.place.verdict is not Verdict.CONTRADICTED or absent is not None
    is_other = Verdict.CONTRADICTED in (pair.aircraft.verdict, pair.type.verdict, pair.operator.verdict)
    return not is_other and (pair.place.verdict is Verdict.SUPPORTED or pair.place.consistent)


def _tested(reported: Reported, pair: _Pair, rank: int, rivals: Sequence[_Pair], absent: str |
            None) -> Tested:
    verdict, why = _whole(reported, pair, rivals, absent)
    inferred = verdict is Verdict.SUPPORTED and pair.place.consistent
    return Tested(
        flight=pair.tracked.id, verdict=verdict, aircraft=pair.aircraft.verdict, type=pair.type.verdict,
        operator=pair.operator.verdict, place=pair.place.verdict, time=pair.time.verdict,
        night=pair.night.verdict, method="inferred" if inferred else "observed",
        reason="; ".join(filter(None, [why, pair.reason])), rank=rank)


def _whole(reported: Reported, pair: _Pair, rivals: Sequence[_Pair], absent: str | None) -> tuple[Verdict,
    str]:
    """The verdict on one pair, and why, beyond its parts."""
    if pair in rivals:
        if len(rivals) > reported.how_many:
            return Verdict.UNTESTABLE, f"{len(rivals)} tracked flights fit equally well"
        return Verdict.SUPPORTED, ("one end was not received: inferred" if pair.place.consistent else "")
    if pair.fits:
        return Verdict.UNTESTABLE, "another tracked flight fits better"
    if pair.aircraft.verdict is Verdict.SUPPORTED and pair.time.verdict is Verdict.SUPPORTED and not rivals:
        if pair.place.verdict is Verdict.SUPPORTED and pair.night.verdict is Verdict.CONTRADICTED:
            return Verdict.CONTRADICTED, "it flew that route on those days, but not at that time of day"
        if pair.place.verdict is Verdict.CONTRADICTED and absent:
            return Verdict.CONTRADICTED, absent
    return Verdict.UNTESTABLE, _missing(reported, pair)


def _missing(reported: Reported, pair: _Pair) -> str:
    """What keeps an untestable pair from being more."""
    by_kind = reported.types and (reported.operators or reported.states)
    if not (reported.aircraft or reported.callsigns or by_kind):
        return "the report does not say enough to tell the aircraft from others"
    return "" if pair.is_identified else "whether it is the same aircraft is open"


def elsewhere_reason(reported: Reported, same: Sequence[_Pair]) -> str | None:
    """Where the named airframe was instead, if its tracks leave it less than half of the reported time."""
    days = reported.days
    if days is None or len(reported.aircraft) != 1 or any(pair.fits for pair in same):
        return None
    window = elsewhere.Window(*days, reported.night)
    left = elsewhere.open_share([pair.tracked.sighting for pair in same], window,
                                whereabouts.positions_of(reported.origin),
                                whereabouts.positions_of(reported.destination))
    if left is None or left > elsewhere.HALF:
        return None
    share = "no time" if left == 0 else f"{left:.0%}"
    return (f"{min(reported.aircraft)} was tracked elsewhere; {share} of the reported time is left "
            "for such a flight")


def window(reported: Reported) -> tuple[datetime, datetime] | None:
    """The instants between which tracked flights bear on the report: its days, and a day around them."""
    if reported.days is None:
        return None
    begin, end = (datetime.combine(day, datetime.min.time(), UTC) for day in reported.days)
    return begin - timedelta(days=2), end + timedelta(days=3)


