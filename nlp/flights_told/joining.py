"""Whether a telling adds to the leg before: tells it again, goes on with it, or gives its other end."""

from __future__ import annotations

from tailgraph.nlp.flights_told.chaining import definite, diverted, endpoint, follows
from tailgraph.nlp.flights_told.craft import Craft
from tailgraph.nlp.flights_told.legs import Leg, contains, ends_agree, merged_end, same_end
from tailgraph.nlp.flights_told.modality import UNDONE, Outcome
from tailgraph.nlp.flights_told.movers import Mover
from tailgraph.nlp.flights_told.telling import Telling
from tailgraph.nlp.flights_told.words import Frame


def in_passing(leg: Leg, telling: Telling) -> bool:
    """ "It landed in Goma. It had left Minsk and stopped in Benghazi": a stop of the flight told before; also
    where a flight came down that was bound elsewhere."""
    return (
        _fell_short(leg, telling)
        or _with_load_from(leg, telling)
        or (
            telling.frame is Frame.STOP
            and leg.last.before_that
            and leg.destination is not None
            and telling.cue.token.dep_ == "conj"
            and telling.cue.token.head == leg.last.cue.token
        )
    )


def _fell_short(leg: Leg, telling: Telling) -> bool:
    """ "It left Baku for Minsk. It turned out over the sea and came down near Kerman"."""
    here = telling.destination
    came_down = telling.frame is Frame.CRASH or telling.cue.word.lemma == "come down"
    return (
        came_down
        and here is not None
        and here.airport is None
        and leg.happened
        and leg.origin is not None
        and leg.destination is not None
        and telling.origin is None
        and leg.last.frame in {Frame.DEPART, Frame.FLY, Frame.CARRY}
        and telling.index - leg.last.index <= 3
        and all(d.interval in (None, leg.interval) for d in telling.dates)
    )


def _with_load_from(leg: Leg, telling: Telling) -> bool:
    """ "It came back to Goma from Bunia, carrying refugees from Gao": whence those aboard."""
    told = telling.index == leg.last.index and leg.origin is not None and leg.destination is not None
    return told and telling.destination is None and _with_its_load(telling)


def retells(leg: Leg, telling: Telling) -> bool:
    """Whether the telling adds only when or how to the leg before: "It set out on the 12th at 21:30"."""
    if _of_its_load(leg, telling):
        return True
    if (
        telling.placed
        or telling.same_route
        or telling.back
        or telling.home
        or telling.frame in {Frame.RETURN, Frame.ONWARD}
    ):
        return False
    if telling.outcome in UNDONE:
        refused = telling.outcome is Outcome.NOT_DONE and telling.frame in {Frame.DEPART, Frame.TURN}
        undoes = refused or (telling.cue.nominal and definite(telling))
        return undoes and telling.index - leg.last.index <= 2 and not _of_others(leg, telling)
    if telling.cue.nominal and telling.count and telling.index == leg.last.index:
        return True
    days = [d.interval for d in telling.dates if d.interval]
    if telling.frame is Frame.DEPART and leg.last.frame in {Frame.ARRIVE, Frame.STOP} and _again(telling):
        return False
    return telling.frame is not Frame.DEPART or (
        leg.destination is not None
        and leg.origin is not None
        and bool(days)
        and (leg.interval is None or all(contains(leg.interval, d) for d in days))
    )


def _of_others(leg: Leg, telling: Telling) -> bool:
    """ "One landed that night. The flights announced for Monday never came": not of the flight just told."""
    several = telling.cue.token.tag_ == "NNS" and telling.cue.nominal and leg.count == 1
    days = [d.interval for d in telling.dates if d.interval]
    told = leg.interval if leg.dated_here else None
    return several or (told is not None and any(not contains(told, d) for d in days))


def _again(telling: Telling) -> bool:
    """ "It left again the same night", "then it took off": not the departure of the flight just told."""
    words = {t.lower_ for t in telling.cue.token.children}
    return not telling.before_that and bool(words & {"again", "then", "afterwards", "later"})


def _of_its_load(leg: Leg, telling: Telling) -> bool:
    """ "It was carrying shells to Bangladesh", of a flight just told: where the load was bound."""
    return (
        telling.frame is Frame.CARRY
        and telling.cue.token.tag_ == "VBG"
        and telling.outcome is Outcome.DONE
        and leg.happened
        and leg.destination is not None
        and telling.origin is None
        and telling.index - leg.last.index <= 2
        and not any(d.interval for d in telling.dates)
    )


def retell(leg: Leg, telling: Telling) -> None:
    if telling.outcome in UNDONE:
        # A flight that took off and turned back was flown.
        leg.happened = leg.happened and telling.frame is Frame.TURN and leg.took_off
        leg.tellings.append(telling)
        return
    numbered = telling.cue.nominal and telling.count is not None
    undated = telling.cue.nominal and leg.interval is None
    if telling.frame is Frame.DEPART or telling.index == leg.last.index or numbered or undated:
        leg.tellings.append(telling)
        leg.date(telling.dates, telling.frame)
    if telling.count and telling.counted:
        leg.count = telling.count


def continues(leg: Leg, telling: Telling) -> bool:
    """Whether the telling gives the missing end of the leg before ("left Tehran … landed in
    Damascus").
    """
    arriving = telling.frame in {Frame.ARRIVE, Frame.STOP, Frame.RETURN}
    if (
        telling.outcome in UNDONE
        and leg.happened
        and telling.frame is Frame.ARRIVE
        and telling.destination
        and not leg.destination
    ):
        # "It left Niš … and was to land at Dhaka": where it was bound.
        return telling.index - leg.last.index <= 1
    turned = leg.last.frame is Frame.TURN and telling.index - leg.last.index <= 1
    if turned and arriving and telling.destination and not leg.destination and diverted(telling):
        # "Was ordered to turn round and came down at Dire Dawa instead".
        leg.happened = True
        return True
    if _route_of_crash(leg, telling):
        leg.destination = None
        return True
    if telling.index - leg.last.index > 2 or (telling.outcome is Outcome.DONE) is not leg.happened:
        return False
    if (
        arriving
        and telling.destination
        and telling.index == leg.last.index
        and leg.happened
        and diverted(telling)
    ):
        leg.destination = None
        return True
    if (
        telling.index == leg.last.index
        and bool(telling.origin) != bool(telling.destination)
        and _complements(leg, telling)
    ):
        return True
    if _heads_for(leg, telling):
        return not same_end(leg.origin, telling.destination.endpoint) if telling.destination else False
    if (
        telling.frame is Frame.ARRIVE
        and telling.origin
        and not telling.destination
        and leg.destination
        and not leg.origin
        and all(d.interval in (None, leg.interval) for d in telling.dates)
    ):
        return not same_end(leg.destination, telling.origin.endpoint)
    onward = arriving or (telling.frame is Frame.FLY and follows(telling, leg))
    if onward and not telling.origin and leg.origin and not leg.destination and telling.destination:
        return not same_end(leg.origin, telling.destination.endpoint)
    if telling.origin and not telling.destination and leg.destination:
        if telling.before_that:
            return ends_agree(leg.origin, telling.origin.endpoint)
        if leg.origin is None and telling.frame is Frame.DEPART and _earlier(telling, leg):
            return not same_end(leg.destination, telling.origin.endpoint)
    if telling.before_that and telling.destination and not telling.origin and leg.origin:
        return ends_agree(leg.destination, telling.destination.endpoint)
    return False


def _heads_for(leg: Leg, telling: Telling) -> bool:
    """ "It had left Bangkok on Thursday and was heading for Darwin": where the flight just told was bound."""
    return (
        telling.frame is Frame.DEPART
        and leg.last.frame is Frame.DEPART
        and telling.destination is not None
        and telling.origin is None
        and leg.origin is not None
        and leg.destination is None
        and telling.index - leg.last.index <= 1
        and not _again(telling)
        and all(d.interval in (None, leg.interval) for d in telling.dates)
    )


def _earlier(telling: Telling, leg: Leg) -> bool:
    """ "They landed at Minsk on Saturday. They took off from Urumqi on Friday": told backwards."""
    days = [d.interval.latest for d in telling.dates if d.interval and d.interval.latest]
    arrived = leg.interval.earliest if leg.interval and leg.dated_here else None
    return arrived is not None and bool(days) and 0 < (arrived - max(days)).days <= 2


def _route_of_crash(leg: Leg, telling: Telling) -> bool:
    """ "It crashed near Burgas while flying from Minsk to Aleppo", "… it had left Minsk": where a flight was
    bound that ended elsewhere; the place of the crash stands for it only where nothing else is told."""
    told = telling.before_that or telling.index == leg.last.index or telling.cue.nominal
    return (
        leg.last.frame is Frame.CRASH
        and leg.origin is None
        and told
        and telling.outcome is Outcome.DONE
        and telling.frame in {Frame.FLY, Frame.CARRY, Frame.DEPART, Frame.RETURN}
        and telling.placed
        and telling.index - leg.last.index <= 2
    )


def _complements(leg: Leg, telling: Telling) -> bool:
    """ "Touched down at Sanaa after a flight from Tehran": in one sentence, each says one end."""
    aside = telling.cue.token.dep_ == "acl" and telling.cue.token.head.pos_ in {"NOUN", "PROPN", "NUM"}
    told_with = telling.cue.nominal or telling.cue.word.pos == "adj"
    if not (told_with or aside or _looks_back(telling) or _with_its_load(telling)):
        return False
    if telling.origin and leg.destination and not leg.origin:
        return not same_end(leg.destination, telling.origin.endpoint)
    return bool(
        telling.destination
        and leg.origin
        and not leg.destination
        and not same_end(leg.origin, telling.destination.endpoint)
    )


def extend(leg: Leg, telling: Telling) -> None:
    leg.tellings.append(telling)
    leg.origin = merged_end(leg.origin, endpoint(telling.origin))
    leg.destination = merged_end(leg.destination, endpoint(telling.destination))
    leg.date(telling.dates, telling.frame)
    if leg.count is None or (telling.counted and telling.count):
        leg.count = count_of(telling, leg.craft)


def count_of(telling: Telling, craft: Craft | None) -> int | None:
    if telling.count is not None and (telling.count > 1 or not craft or (craft.count or 1) == 1):
        return telling.count
    if telling.counted and telling.count is None:
        return None
    if telling.movers:
        return telling.movers
    if telling.vehicle and telling.vehicle.count:
        return telling.vehicle.count
    if craft and (craft.count or craft.plural):
        return craft.count
    singular = telling.cue.nominal and telling.cue.token.tag_ == "NN"
    return (
        1
        if singular or telling.mover is Mover.PERSON or (craft and craft.aircraft)
        else craft.count
        if craft
        else None
    )


def _with_its_load(telling: Telling) -> bool:
    """ "It left Khartoum on Monday, carrying 60 people to Larnaca", "… to take them to Larnaca": the one
    flight, with what was aboard."""
    token = telling.cue.token
    if telling.frame not in {Frame.CARRY, Frame.FLY}:
        return False
    kinds = {c.dep_ for c in token.children}
    if token.tag_ == "VB":
        return token.dep_ in {"advcl", "xcomp"} and any(c.tag_ == "TO" for c in token.children)
    aside = token.tag_ == "VBG" and token.i > 0 and token.nbor(-1).text == ","
    return aside and not kinds & {"nsubj", "nsubjpass"}


def _looks_back(telling: Telling) -> bool:
    """ "Landed in Bangkok after taking off from Pyongyang", "…, having left Kerman at noon"."""
    token = telling.cue.token
    return telling.frame is Frame.DEPART and (
        (token.dep_ == "pcomp" and token.head.lower_ == "after")
        or any(c.lower_ == "having" for c in token.children)
    )
