"""From tellings to flights: legs that follow one another, returns, and one flight told twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from tailgraph.graph.model import DateInterval, Endpoint, EntityRef, Slot
from tailgraph.nlp.dates import DateMention
from tailgraph.nlp.flights_told.telling import Telling
from tailgraph.nlp.flights_told.vehicles import Fleet, Vehicle
from tailgraph.nlp.flights_told.words import Frame

# How many sentences back "the plane" may point.
_MEMORY = 4
_HEADING = {Frame.DEPART, Frame.FLY, Frame.CARRY, Frame.ONWARD, Frame.RETURN}


@dataclass
class Leg:
    """A flight being put together from what is told of it."""

    vehicle: Vehicle | None
    origin: Endpoint | None
    destination: Endpoint | None
    tellings: list[Telling] = field(default_factory=list)
    interval: DateInterval | None = None
    night: bool | None = None
    count: int | None = None
    happened: bool = True
    dated_here: bool = False

    @property
    def last(self) -> Telling:
        return self.tellings[-1]

    @property
    def grounded(self) -> bool:
        """Whether at least one end is known."""
        return any(end and (end.country or end.place or end.airport) for end in (self.origin, self.destination))


class Story:
    """The legs of a report in the order of telling, and what "it" and "the plane" stand for."""

    def __init__(self, fleet: Fleet) -> None:
        self._fleet = fleet
        self._seen: list[tuple[int, Vehicle]] = []
        self.legs: list[Leg] = []

    def see(self, index: int, vehicles: Iterable[Vehicle]) -> None:
        """Remember what a sentence names, for later sentences to point at."""
        for vehicle in vehicles:
            if vehicle.named and vehicle.craft:
                self._seen.append((index, self._fleet.complete(self._identified(vehicle, index))))

    def add(self, telling: Telling) -> None:
        vehicle = self._who(telling)
        if not self._plausible(telling, vehicle):
            return
        leg = self._leg(telling, vehicle)
        if leg is not None:
            self.legs.append(leg)

    # --- what moved

    def _identified(self, vehicle: Vehicle, index: int) -> Vehicle:
        """ "The DC-8", told of before as 9J-KAF, is 9J-KAF."""
        if vehicle.aircraft or not vehicle.definite or vehicle.plural:
            return vehicle
        types = {s.entity for s in vehicle.types}
        for _, before in reversed(self._seen):
            same_type = not types or types & {s.entity for s in before.types}
            if same_type and _agree(vehicle.operators, before.operators):
                return replace(before, first=vehicle.first, end=vehicle.end, definite=True, count=vehicle.count or before.count,
                               plural=vehicle.plural)
        return vehicle

    def _who(self, telling: Telling) -> Vehicle | None:
        vehicle = telling.vehicle
        if vehicle and vehicle.named:
            full = self._fleet.complete(self._identified(vehicle, telling.index))
            return full
        focus = self._focus(telling)
        if vehicle and vehicle.alike and focus:
            return replace(focus, aircraft=(), count=vehicle.count or 1, plural=False)
        if vehicle and vehicle.definite and focus and not (vehicle.states and not _agree(vehicle.states, focus.states)):
            return replace(focus, count=vehicle.count if vehicle.plural or vehicle.count else focus.count)
        if vehicle is None and telling.pointing:
            return focus
        return vehicle

    def _focus(self, telling: Telling) -> Vehicle | None:
        told = next((leg for leg in reversed(self.legs) if leg.vehicle and leg.vehicle.named), None)
        seen = next(((i, v) for i, v in reversed(self._seen) if i <= telling.index and v.first < telling.cue.first), None)
        if told and seen and told.vehicle:
            return told.vehicle if told.last.index >= seen[0] else seen[1]
        if told and telling.index - told.last.index <= _MEMORY:
            return told.vehicle
        if seen and telling.index - seen[0] <= _MEMORY:
            return seen[1]
        return None

    def _plausible(self, telling: Telling, vehicle: Vehicle | None) -> bool:
        """A general word ("left", "arrived") tells of a flight only where something that flies is its mover."""
        if telling.mover == "none":
            return False
        if telling.cue.word.air:
            return True
        if telling.mover in {"person", "other"} and not (telling.vehicle and telling.vehicle.craft):
            return False
        return vehicle is not None and (vehicle.named or vehicle.craft)

    # --- which leg

    def _leg(self, telling: Telling, vehicle: Vehicle | None) -> Leg | None:
        before = self._before(telling, vehicle)
        if before and self._continues(before, telling, vehicle):
            self._extend(before, telling)
            return None
        origin, destination = _endpoint(telling.origin), _endpoint(telling.destination)
        if before and telling.happened == before.happened:
            origin, destination = _chained(telling, before, origin, destination)
        leg = Leg(vehicle, origin, destination, [telling], happened=telling.happened)
        _date(leg, telling)
        leg.count = _count(telling, vehicle)
        if before and leg.interval is None and telling.index - before.last.index <= 1:
            leg.interval = before.interval
        if not leg.grounded:
            return None
        if not telling.origin and not telling.destination and telling.frame not in {Frame.RETURN, Frame.ONWARD} and not telling.back \
                and not telling.home and telling.frame is not Frame.DEPART:
            return None
        return leg

    def _before(self, telling: Telling, vehicle: Vehicle | None) -> Leg | None:
        """The last leg of the same vehicle."""
        for leg in reversed(self.legs):
            if telling.index - leg.last.index > _MEMORY:
                return None
            if _same_vehicle(leg.vehicle, vehicle):
                return leg
        return None

    def _continues(self, leg: Leg, telling: Telling, vehicle: Vehicle | None) -> bool:
        """Whether the telling gives the missing end of the leg before ("left Tehran … landed in Damascus")."""
        if telling.index - leg.last.index > 2 or telling.happened != leg.happened:
            return False
        if telling.frame in {Frame.ARRIVE, Frame.STOP, Frame.RETURN} and not telling.origin and leg.origin and not leg.destination:
            return telling.destination is not None and not _same_place(leg.origin, telling.destination.endpoint)
        if telling.before_that and telling.origin and not telling.destination and leg.destination:
            return leg.origin is None or _compatible(leg.origin, telling.origin.endpoint)
        if telling.before_that and telling.destination and not telling.origin and leg.origin:
            return leg.destination is None or _compatible(leg.destination, telling.destination.endpoint)
        return False

    def _extend(self, leg: Leg, telling: Telling) -> None:
        leg.tellings.append(telling)
        leg.origin = _merged(leg.origin, _endpoint(telling.origin))
        leg.destination = _merged(leg.destination, _endpoint(telling.destination))
        _date(leg, telling)
        leg.count = leg.count or _count(telling, leg.vehicle)


def _count(telling: Telling, vehicle: Vehicle | None) -> int | None:
    if telling.count is not None or telling.repeated:
        return telling.count
    return (vehicle.count if vehicle else None) or (1 if telling.mover == "person" else None)


def _chained(telling: Telling, before: Leg, origin: Endpoint | None, destination: Endpoint | None) -> tuple[Endpoint | None, Endpoint | None]:
    """The ends that the order of telling gives: a flight starts where the last one ended; a return swaps its ends."""
    returning = telling.frame is Frame.RETURN or telling.back or telling.home
    if returning:
        if destination is None and before.origin:
            off_home = telling.home and telling.frame is Frame.DEPART
            destination = Endpoint(country=before.origin.country) if off_home else before.origin
        if origin is None and before.destination and not _same_place(before.destination, destination):
            origin = before.destination
        return origin, destination
    if telling.frame in {Frame.DEPART, Frame.ONWARD} and origin is None and not telling.before_that and before.destination:
        origin = None if _same_place(before.destination, destination) else before.destination
    return origin, destination


def _endpoint(location: object) -> Endpoint | None:
    return location.endpoint if location is not None else None  # type: ignore[attr-defined,no-any-return]


def _date(leg: Leg, telling: Telling) -> None:
    for when in telling.dates:
        if when.interval:
            leg.interval = _union(leg.interval, when) if leg.dated_here else when.interval
            leg.dated_here = True
        if when.night is not None:
            leg.night = leg.night or when.night


def _union(interval: DateInterval | None, when: DateMention) -> DateInterval | None:
    if not interval or not when.interval:
        return when.interval or interval
    starts = [d for d in (interval.earliest, when.interval.earliest) if d]
    ends = [d for d in (interval.latest, when.interval.latest) if d]
    return DateInterval(earliest=min(starts) if starts else None, latest=max(ends) if ends else None)


def _refs(slots: tuple[Slot, ...]) -> set[EntityRef]:
    return {slot.entity for slot in slots}


def _agree(a: tuple[Slot, ...], b: tuple[Slot, ...]) -> bool:
    return not a or not b or bool(_refs(a) & _refs(b))


def _same_vehicle(a: Vehicle | None, b: Vehicle | None) -> bool:
    if a is None or b is None:
        return a is b
    if a.aircraft or b.aircraft:
        return bool(_refs(a.aircraft) & _refs(b.aircraft))
    return _agree(a.types, b.types) and _agree(a.operators, b.operators) and _agree(a.states, b.states) \
        and bool(_refs(a.types) & _refs(b.types) or _refs(a.operators) & _refs(b.operators) or _refs(a.states) & _refs(b.states))


def _compatible(a: Endpoint | None, b: Endpoint | None) -> bool:
    if a is None or b is None:
        return True
    for x, y in ((a.country, b.country), (a.airport, b.airport), (a.place, b.place)):
        if x and y and x.entity.id != y.entity.id:
            return False
    return True


def _same_place(a: Endpoint | None, b: Endpoint | None) -> bool:
    return a is not None and b is not None and _compatible(a, b)


def _merged(a: Endpoint | None, b: Endpoint | None) -> Endpoint | None:
    if a is None or b is None:
        return a or b
    return Endpoint(country=a.country or b.country, place=a.place or b.place, airport=a.airport or b.airport)
