"""A reported flight beside a tracked one, part by part: aircraft, type, operator, places, days, night.

A part is untestable where either side is silent on it. Silence never supports and never contradicts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tailgraph.graph import elsewhere, hours, whereabouts
from tailgraph.graph.model import Hours, Trilean, Verdict
from tailgraph.graph.whereabouts import NOWHERE, Where


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
    hours: tuple[Hours, ...] = ()
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
    share: float | None = None
    """How well `airport` fits among its rivals, where a track only points to it."""


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


LAG = timedelta(minutes=30)
"""Between what is told and the first or last report of an aircraft that was received at an airport."""
SLOW_KT = 200.0
"""Slower than freighters fly from one field to another, with the climb and the approach."""
_LONGEST = timedelta(hours=12)

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
        return Part(Verdict.UNTESTABLE, f"its operator is {named}", consistent=state.verdict is
                    Verdict.SUPPORTED)
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
    share = "" if end.share is None else f", {end.share:.0%} of what fits"
    return Part(Verdict.UNTESTABLE, f"{words[1]} {name}{share}: {found}", consistent=likely)


def time_part(reported: Reported, tracked: Tracked) -> Part:
    """Whether the flight touched one of the reported days, in UTC or by the sun at either end; or did what is
    told at the time of day that is told. Times of day are told loosely: another one does not contradict."""
    days = reported.days
    if days is None:
        return Part(Verdict.UNTESTABLE, "the report gives no date")
    touched = _days(tracked)
    when = f"{tracked.first_seen:%Y-%m-%d %H:%M}–{tracked.last_seen:%H:%M} UTC"
    within = touched[0] <= days[1] and touched[1] >= days[0]
    if not reported.hours:
        return Part(Verdict.SUPPORTED if within else Verdict.CONTRADICTED, when)
    if at_hours_told(reported, tracked, days) and (within or any(told.on_day for told in reported.hours)):
        return Part(Verdict.SUPPORTED, f"{when}, at the time of day told")
    if within:
        return Part(Verdict.UNTESTABLE, f"{when}, not at the time of day told")
    return Part(Verdict.CONTRADICTED, when)


def at_hours_told(reported: Reported, tracked: Tracked, days: tuple[date, date]) -> bool:
    """Whether, on one of `days`, the flight did what is told at the time of day that is told."""
    (before, here), (after, there) = (_beyond(end, position) for end, position in (
        (tracked.departure, tracked.first_position), (tracked.arrival, tracked.last_position)))
    return hours.fit(reported.hours, days,
                     hours.When(tracked.first_seen - before - LAG, tracked.first_seen + LAG, here),
                     hours.When(tracked.last_seen - LAG, tracked.last_seen + after + LAG, there))


def _beyond(end: End | None, position: whereabouts.Position) -> tuple[timedelta, tuple[
        whereabouts.Position, ...]]:
    """How long before the first report, or after the last, the flight may have gone on; and to where."""
    if end is None:
        return _LONGEST, (position,)
    named = (end.airport,) if end.known else (end.airport, *end.candidates)
    fields = tuple(filter(None, map(whereabouts.position, named))) or (position,)
    far = max(whereabouts.distance_nm(position, field) for field in fields)
    return timedelta(0) if end.known else timedelta(hours=far / SLOW_KT), fields


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
