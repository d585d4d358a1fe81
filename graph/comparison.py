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
from datetime import UTC, date, datetime, timedelta

from tailgraph.graph import elsewhere, whereabouts
from tailgraph.graph.model import Trilean, Verdict
from tailgraph.graph.whereabouts import NOWHERE, Where

MAX_RUNNERS_UP = 9


@dataclass(frozen=True, slots=True)
class Reported:
    """A reported flight, as ids of what its slots name."""

    id: str
    aircraft: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    operators: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    origin: Where = NOWHERE
    destination: Where = NOWHERE
    earliest: date | None = None
    latest: date | None = None
    published: date | None = None
    night: bool | None = None
    how_many: int = 1
    """How many tracked flights may stand behind it."""
    happened: bool = True
    callsigns: frozenset[str] = frozenset()

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last possible day; None where the report leaves them open. It cannot tell of later days
        than its own."""
        latest = self.latest or self.published
        return (self.earliest, latest) if self.earliest and latest and self.earliest <= latest else None


@dataclass(frozen=True, slots=True)
class End:
    """Where a tracked flight began or ended: an airport, or one that it vanished toward or appeared from."""

    airport: str
    known: bool
    method: str = "observed"
    candidates: tuple[str, ...] = ()
    """Other airports that are as likely, or nearly so."""


@dataclass(frozen=True, slots=True)
class Tracked:
    """A tracked flight, with what the graph says of its airframe on its days."""

    id: str
    first_seen: datetime
    last_seen: datetime
    aircraft: frozenset[str] = frozenset()
    is_disputed: bool = False
    """Whether its sources disagree on which airframe it is."""
    types: frozenset[str] = frozenset()
    operators: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    departure: End | None = None
    arrival: End | None = None
    night: Trilean = Trilean.INDETERMINATE
    night_at_ends: frozenset[Trilean] = frozenset()
    callsigns: frozenset[str] = frozenset()
    first_position: whereabouts.Position = (0.0, 0.0)
    last_position: whereabouts.Position = (0.0, 0.0)

    @property
    def sighting(self) -> elsewhere.Sighting:
        return elsewhere.Sighting(self.first_seen, self.first_position, self.last_seen, self.last_position)


@dataclass(frozen=True, slots=True)
class Part:
    verdict: Verdict
    reason: str = ""
    consistent: bool = False
    """Untestable, but what is seen points that way."""


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


UNSAID = Part(Verdict.UNTESTABLE)


# --- parts -------------------------------------------------------------------------------------------------


def aircraft_part(reported: Reported, tracked: Tracked) -> Part:
    """By airframe; else by a call sign that the report gives and the receivers heard."""
    if reported.aircraft:
        return _airframe(reported, tracked)
    if reported.callsigns & tracked.callsigns:
        return Part(Verdict.SUPPORTED,
                    f"call sign {min(reported.callsigns & tracked.callsigns)} was received")
    return UNSAID


def _airframe(reported: Reported, tracked: Tracked) -> Part:
    if not tracked.aircraft:
        return Part(Verdict.UNTESTABLE, "the track does not say which airframe it is")
    if common := reported.aircraft & tracked.aircraft:
        if tracked.is_disputed:
            return Part(Verdict.UNTESTABLE, f"sources disagree on whether it is {min(common)}")
        return Part(Verdict.SUPPORTED, f"airframe {min(common)}")
    seen = min(tracked.aircraft)
    if any(map(_is_address, tracked.aircraft)) != any(map(_is_address, reported.aircraft)):
        return Part(Verdict.UNTESTABLE, f"the registration of {seen} is not known")
    return Part(Verdict.CONTRADICTED, f"another airframe, {seen}")


def _is_address(aircraft: str) -> bool:
    """Whether an airframe is known by its 24-bit address only."""
    return len(aircraft) == 6 and all(digit in "0123456789abcdef" for digit in aircraft)


def type_part(reported: Reported, tracked: Tracked) -> Part:
    return _shared(reported.types, tracked.types, "type", "another type")


def operator_part(reported: Reported, tracked: Tracked) -> Part:
    """By operator, else by state. Units are parts of forces: another name alone does not contradict."""
    if common := reported.operators & tracked.operators:
        return Part(Verdict.SUPPORTED, f"flown by {min(common)}")
    state = _shared(reported.states, tracked.states, "registered or based in", "registered or based in")
    if state.verdict is Verdict.CONTRADICTED:
        return state
    if reported.operators:
        named = f"given as {min(tracked.operators)}" if tracked.operators else "not known"
        return Part(Verdict.UNTESTABLE, f"its operator is {named}", consistent=state.verdict is Verdict.SUPPORTED)
    return state


def _shared(told: frozenset[str], seen: frozenset[str], same: str, other: str) -> Part:
    if not told or not seen:
        return UNSAID
    if common := told & seen:
        return Part(Verdict.SUPPORTED, f"{same} {min(common)}")
    return Part(Verdict.CONTRADICTED, f"{other}, {min(seen)}")


def place_part(reported: Reported, tracked: Tracked) -> Part:
    """Both ends: each that the report names must be observed, or consistent beside an observed one."""
    ends = [_end(where, end, words) for where, end, words in (
        (reported.origin, tracked.departure, ("left", "appeared from the direction of")),
        (reported.destination, tracked.arrival, ("reached", "vanished toward"))) if where]
    if not ends:
        return Part(Verdict.UNTESTABLE, "the report names no places")
    reason = "; ".join(end.reason for end in ends)
    if any(end.verdict is Verdict.CONTRADICTED for end in ends):
        return Part(Verdict.CONTRADICTED, reason)
    seen = sum(end.verdict is Verdict.SUPPORTED for end in ends)
    consistent = all(end.verdict is Verdict.SUPPORTED or end.consistent for end in ends)
    if seen and consistent:
        return Part(Verdict.SUPPORTED, reason, consistent=seen < len(ends))
    return Part(Verdict.UNTESTABLE, reason, consistent=bool(seen) or any(end.consistent for end in ends))


def _end(where: Where, end: End | None, words: tuple[str, str]) -> Part:
    if end is None:
        return Part(Verdict.UNTESTABLE, f"where it {words[0]} was not received" if words[0] == "left"
                    else "where it landed was not received")
    name = whereabouts.airport_name(end.airport)
    if end.known:
        said = "" if end.method == "observed" else f" ({end.method})"
        return Part(whereabouts.judge(where, end.airport), f"{words[0]} {name}{said}")
    likely = any(whereabouts.judge(where, airport) is Verdict.SUPPORTED
                 for airport in (end.airport, *end.candidates))
    found = "consistent, not observed" if likely else "not observed"
    return Part(Verdict.UNTESTABLE, f"{words[1]} {name}: {found}", consistent=likely)


def time_part(reported: Reported, tracked: Tracked) -> Part:
    """Whether the flight touched one of the reported days, in UTC or by the sun at either end."""
    days = reported.days
    if days is None:
        return Part(Verdict.UNTESTABLE, "the report gives no date")
    touched = _days(tracked)
    when = f"{tracked.first_seen:%Y-%m-%d %H:%M}–{tracked.last_seen:%H:%M} UTC"
    within = touched[0] <= days[1] and touched[1] >= days[0]
    return Part(Verdict.SUPPORTED if within else Verdict.CONTRADICTED, when)


def _days(tracked: Tracked) -> tuple[date, date]:
    begin, end = tracked.first_seen.astimezone(UTC), tracked.last_seen.astimezone(UTC)
    local = (elsewhere.solar(begin, tracked.first_position), elsewhere.solar(end, tracked.last_position))
    return min(begin, local[0]).date(), max(end, local[1]).date()


def night_part(reported: Reported, tracked: Tracked) -> Part:
    if reported.night is None:
        return UNSAID
    seen = {tracked.night, *tracked.night_at_ends}
    told, other = (Trilean.YES, Trilean.NO) if reported.night else (Trilean.NO, Trilean.YES)
    if told in seen:
        return Part(Verdict.SUPPORTED, "by night" if reported.night else "by day")
    if seen == {other}:
        return Part(Verdict.CONTRADICTED, "by day" if reported.night else "by night")
    return Part(Verdict.UNTESTABLE, "whether it was night is not certain")


# --- as a whole --------------------------------------------------------------------------------------------


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
        aircraft_part, type_part, operator_part, place_part, time_part, night_part)))


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


