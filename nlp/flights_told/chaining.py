"""How one telling follows another: ends that the order gives, diversions, stamps that head a line."""

from __future__ import annotations

from itertools import islice

from tailgraph.graph.model import Endpoint
from tailgraph.nlp.cues import cues
from tailgraph.nlp.flights_told.legs import Leg, same_end
from tailgraph.nlp.flights_told.locations import Location
from tailgraph.nlp.flights_told.scene import Scene
from tailgraph.nlp.flights_told.telling import Telling
from tailgraph.nlp.flights_told.words import Frame

# Days within which an aircraft is taken to leave from where it was last told to have landed.
_CHAIN_DAYS = 10


def diverted(telling: Telling) -> bool:
    """ "Took off for Latakia but was forced to land in Baku": where it came down is where the flight
    ended.
    """
    words = {t.lower_ for t in telling.sentence if t.i < telling.cue.first}
    after = any(
        t.lower_ == "instead" for t in telling.sentence[telling.cue.last + 1 - telling.sentence.start :]
    )
    verb = telling.cue.token
    to_do = verb.tag_ == "VB" or (verb.i > 0 and verb.nbor(-1).lower_ == "to")
    made = to_do and any(
        t.lemma_ in cues("flights told: making an aircraft land") for t in islice(verb.ancestors, 2)
    )
    return (
        telling.cue.word.lemma in {"divert", "force down"}
        or made
        or after
        or bool(words & {"forced", "diverted", "instead", "compelled"})
    )


def is_stamp(scene: Scene) -> bool:
    """A date by itself that heads a line or paragraph: "Monday, 02:14.", "2015."."""
    if (
        not scene.opens_paragraph
        or not any(d.interval for d in scene.dates)
        or scene.locations
        or scene.vehicles
        or scene.cues
    ):
        return False
    said = sum(d.end - d.start for d in scene.dates)
    return len(scene.sentence.text.strip().strip("-•*.,:;–— ")) <= said + 4


def definite(telling: Telling) -> bool:
    return any(
        c.lower_ in {"the", "this", "that", "those", "these", "its", "their", "both"}
        for c in telling.cue.token.children
    )


def chained(
    telling: Telling, before: Leg, origin: Endpoint | None, destination: Endpoint | None
) -> tuple[Endpoint | None, Endpoint | None]:
    """The ends that the order of telling gives: a flight starts where the last one ended; a return swaps
    its ends.
    """
    if telling.frame is Frame.RETURN or telling.back or telling.home:
        if destination is None and before.origin and not telling.unread_end:
            off_home = telling.home and telling.frame is Frame.DEPART
            destination = Endpoint(country=before.origin.country) if off_home else before.origin
        if origin is None and before.destination and not same_end(before.destination, destination):
            origin = before.destination
        return origin, destination
    if telling.same_route and origin is None and destination is None:
        return before.origin, before.destination
    if (
        origin is None
        and destination
        and telling.pointing
        and telling.frame in {Frame.FLY, Frame.ARRIVE, Frame.CARRY}
        and telling.index - before.last.index <= 2
        and before.destination
        and not telling.before_that
        and later(telling, before)
        and not same_end(before.destination, destination)
    ):
        return before.destination, destination
    landed = before.last.frame in {Frame.ARRIVE, Frame.STOP} and before.destination
    going = telling.frame in {Frame.FLY, Frame.CARRY} or (telling.frame is Frame.ARRIVE and landed)
    if origin is None and destination and going and follows(telling, before):
        return (None if same_end(before.destination, destination) else before.destination), destination
    moving_on = (
        telling.frame in {Frame.DEPART, Frame.ONWARD}
        or telling.cue.word.lemma in {"hop", "leg"}
        or (
            telling.frame is Frame.ARRIVE
            and before.last.frame is Frame.STOP
            and telling.index - before.last.index <= 1
        )
    )
    if (
        moving_on
        and origin is None
        and not telling.before_that
        and before.destination
        and not same_end(before.destination, destination)
    ):
        origin = before.destination
    return origin, destination


def follows(telling: Telling, before: Leg) -> bool:
    """ "Called at Ostrava and flew to Baku": verbs of one subject, one after the other."""
    token = telling.cue.token
    return (
        telling.index == before.last.index
        and token.dep_ == "conj"
        and not telling.before_that
        and before.last.cue.token in (token.head, token.head.head)
        and not any(c.dep_ in {"nsubj", "nsubjpass"} for c in token.children)
    )


def later(telling: Telling, before: Leg) -> bool:
    days = [d.interval.earliest for d in telling.dates if d.interval and d.interval.earliest]
    last = before.interval.latest if before.interval else None
    return bool(days and last and 0 < (min(days) - last).days <= _CHAIN_DAYS)


def endpoint(location: Location | None) -> Endpoint | None:
    return location.endpoint if location else None


def known(end: Endpoint | None) -> bool:
    return end is not None and bool(end.country or end.place or end.airport)


def same_exactly(a: Endpoint, b: Endpoint) -> bool:
    return same_end(a, b) and (
        bool((a.airport and b.airport) or (a.place and b.place))
        or not any((a.airport, a.place, b.airport, b.place))
    )
