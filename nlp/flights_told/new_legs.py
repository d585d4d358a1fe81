"""A flight told for the first time: its two ends, and its day where its own telling has none."""

from __future__ import annotations

from dataclasses import replace

from tailgraph.graph.model import Endpoint
from tailgraph.nlp.flights_told.chaining import chained, definite, endpoint, known, same_exactly
from tailgraph.nlp.flights_told.craft import Craft
from tailgraph.nlp.flights_told.joining import count_of
from tailgraph.nlp.flights_told.legs import Leg, same_end
from tailgraph.nlp.flights_told.locations import Relation
from tailgraph.nlp.flights_told.modality import UNDONE, Outcome
from tailgraph.nlp.flights_told.owners import Owners
from tailgraph.nlp.flights_told.running_dates import RunningDates
from tailgraph.nlp.flights_told.subjects import blamed
from tailgraph.nlp.flights_told.telling import Telling
from tailgraph.nlp.flights_told.words import Frame

# How many tokens back the place of an arrival without one may stand.
_SENTENCE_BEFORE = 50
# How many legs back the way out of a return is looked for; it keeps a long report linear.
_REACH = 50
_GOING_ON = frozenset({Frame.RETURN, Frame.ONWARD, Frame.DEPART})

Ends = tuple[Endpoint | None, Endpoint | None]


class NewLegs:
    """Asked telling by telling; `legs` is what was told before."""

    def __init__(self, owners: Owners, legs: list[Leg], dates: RunningDates) -> None:
        self._owners = owners
        self._legs = legs
        self._dates = dates

    def leg(self, telling: Telling, craft: Craft | None, before: Leg | None) -> Leg | None:
        """The flight that a telling begins, None where it tells of none; `before` is the craft's last leg."""
        if self._legs and (telling.same_route or (before is None and _made_the_trip(telling))):
            telling = replace(telling, same_route=True)
            before = self._outward(telling, craft)
        another = self._one_more(telling)
        origin, destination = self._ends(telling, craft, before, another)
        if not known(origin) and not known(destination):
            return None
        if not another and not self._tells_where(telling):
            return None
        if origin and destination and same_exactly(origin, destination) and not telling.both_ways:
            return None
        leg = Leg(craft, origin, destination, [telling], happened=telling.outcome is Outcome.DONE)
        leg.date(telling.dates, telling.frame)
        leg.count = count_of(telling, craft)
        leg.another = another
        if leg.interval is None:
            self._inherit_day(leg, telling, before)
        return leg

    def _tells_where(self, telling: Telling) -> bool:
        """Whether its ends are told or follow from what it says."""
        if telling.frame is Frame.ONWARD and telling.cue.token.tag_ == "VBG" and not telling.placed:
            return False
        return (
            telling.placed
            or telling.same_route
            or telling.back
            or telling.home
            or telling.frame in _GOING_ON
            or _landed_here(telling)
        )

    # --- ends

    def _ends(self, telling: Telling, craft: Craft | None, before: Leg | None, another: bool) -> Ends:
        origin, destination = endpoint(telling.origin), endpoint(telling.destination)
        if another:
            leaving = telling.frame is Frame.DEPART
            origin = origin or (self._legs[-1].origin if leaving else None)
            destination = self._legs[-1].destination
        elif before and (before.happened or telling.outcome in UNDONE):
            origin, destination = chained(telling, before, origin, destination)
        if destination is None and telling.home and craft and not telling.unread_end:
            homes = self._owners.states_of(craft)
            destination = Endpoint(country=homes[0]) if len(homes) == 1 else None
        if destination is None and _came_here(telling, origin):
            destination = endpoint(telling.here)
        if not known(origin) and not known(destination) and _landed_here(telling):
            destination = endpoint(telling.here)
        return origin, destination

    def _outward(self, telling: Telling, craft: Craft | None) -> Leg:
        """What "three more such trips" are like: the last flight, of a way out and a way back the first."""
        if telling.outward:
            outward = next((leg for leg in self._legs[-_REACH:] if leg.craft is craft), None)
            if outward:
                return outward
        last, out = self._legs[-1], self._legs[-2] if len(self._legs) > 1 else None
        back = last.last.frame is Frame.RETURN and out is not None and same_end(out.destination, last.origin)
        return out if back and out is not None else last

    def _one_more(self, telling: Telling) -> bool:
        """ "Two landed at Ovda, two more came on Tuesday", "the second landed on Friday": where those before
        did.
        """
        another = telling.alike or (telling.vehicle is not None and telling.vehicle.alike)
        leg = self._legs[-1] if self._legs else None
        return (
            leg is not None
            and another
            and telling.frame in {Frame.ARRIVE, Frame.STOP, Frame.DEPART}
            and not telling.placed
            and leg.destination is not None
            and telling.index - leg.last.index <= 3
        )

    # --- days

    def _inherit_day(self, leg: Leg, telling: Telling, before: Leg | None) -> None:
        """The day of the leg before of the same craft, or of the sentence before, where the telling just
        goes on.
        """
        going_on = telling.back or telling.home or telling.frame in _GOING_ON
        stamp = self._dates.stamp(telling.paragraph)
        if stamp and not (before and before.last.paragraph == telling.paragraph):
            leg.date(stamp)
            leg.dated_here = False
        elif (
            before
            and before.interval
            and not (telling.before_that or telling.at_a_rate)
            and telling.index - before.last.index <= (3 if going_on and telling.pointing else 1)
        ):
            leg.interval = before.interval
        elif (
            not telling.title
            and not telling.at_a_rate
            and not blamed(telling.cue.token)
            and not _perfect(telling)
        ):
            leg.date(self._dates.nearest(telling) or self._dates.day_of(telling))
            leg.dated_here = False


def _made_the_trip(telling: Telling) -> bool:
    """ "RA-82042 made the trip once": that of the aircraft told of before."""
    token = telling.cue.token
    making = token.dep_ == "dobj" and token.head.lemma_ in {"make", "do", "fly"}
    return telling.cue.nominal and making and definite(telling) and not telling.placed


def _perfect(telling: Telling) -> bool:
    """ "It has flown rockets to Damascus": on no day told before."""
    auxiliaries = {c.lower_ for c in telling.cue.token.children if c.dep_ == "aux"}
    return telling.outcome is Outcome.DONE and bool(auxiliaries & {"has", "have", "'ve", "’ve"})


def _came_here(telling: Telling, origin: Endpoint | None) -> bool:
    """ "Arrived from X", "brought shells from X": to where the report speaks of."""
    brought = telling.frame is Frame.ARRIVE or telling.cue.word.lemma == "bring"
    return (
        brought
        and origin is not None
        and telling.here is not None
        and not (telling.before_that and _elsewhere(telling))
        and not same_end(origin, telling.here.endpoint)
    )


def _landed_here(telling: Telling) -> bool:
    """ "Crates were delivered to Murted air base. Three planes landed during the day": at the place told
    in the sentence before."""
    here, vehicle = telling.here, telling.vehicle
    return (
        here is not None
        and here.relation is Relation.TO
        and vehicle is not None
        and vehicle.craft
        and not (vehicle.definite or telling.title or telling.unread_end)
        and telling.frame is Frame.ARRIVE
        and telling.cue.word.air
        and telling.outcome is Outcome.DONE
        and here.first >= telling.sentence.start - _SENTENCE_BEFORE
        and not _elsewhere(telling)
    )


def _elsewhere(telling: Telling) -> bool:
    """Whether the place named last stands in a paragraph before: "had come from X" may mean another."""
    here = telling.here
    return here is not None and "\n" in telling.sentence.doc.text[here.end : telling.cue.token.idx]
