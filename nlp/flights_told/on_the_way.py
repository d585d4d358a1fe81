"""Flights that came down on their way: "en route from Pyongyang to Tehran, it landed at Mandalay", "spent two
hours in Damascus"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tailgraph.nlp.flights_told.locations import Location
from tailgraph.nlp.flights_told.modality import Outcome
from tailgraph.nlp.flights_told.telling import Telling
from tailgraph.nlp.flights_told.words import Frame

_UNDER_WAY = frozenset({"way", "route"})


def cut_short(told: Iterable[Telling]) -> list[Telling]:
    """The tellings of a sentence, where one that was "on its way from A to B" and landed at C flew from A to
    C; whether it ever went on is not said. Where it spent hours on a way that is told whole is no end."""
    found = list(told)
    for route in [t for t in found if _under_way(t)]:
        landing = next((t for t in found if _lands_elsewhere(t, route)), None)
        if landing is not None:
            found.remove(route)
            found[found.index(landing)] = replace(
                landing, origin=route.origin, vehicle=landing.vehicle or route.vehicle
            )
    routes = [t for t in found if t.origin is not None and t.destination is not None]
    return [t for t in found if not _halts(t) or (_for_hours(t) and not routes)]


def _halts(telling: Telling) -> bool:
    return telling.cue.word.lemma == "spend"


def _for_hours(telling: Telling) -> bool:
    """ "Spent two hours on the ground in Damascus": a stop told by nothing else, and no money spent."""
    spent = (c.lemma_.lower() for c in telling.cue.token.children if c.dep_ in {"dobj", "npadvmod"})
    return any(word in {"hour", "minute"} for word in spent)


def _under_way(telling: Telling) -> bool:
    ends = telling.origin is not None and telling.destination is not None
    return telling.cue.nominal and telling.cue.word.lemma in _UNDER_WAY and ends


def _lands_elsewhere(telling: Telling, route: Telling) -> bool:
    landed = telling.frame in {Frame.ARRIVE, Frame.CRASH} and telling.outcome is Outcome.DONE
    if not landed or telling.cue.nominal or telling.origin is not None or telling.destination is None:
        return False
    same = telling.vehicle is None or route.vehicle is None or telling.vehicle == route.vehicle
    return same and all(_apart(telling.destination, end) for end in (route.origin, route.destination) if end)


def _apart(one: Location, other: Location) -> bool:
    """Whether both are named, and share neither town nor airport."""
    names = [{s.entity for s in (here.place, here.airport) if s} for here in (one, other)]
    return one.exact and not names[0] & names[1] and (other.exact or one.country != other.country)
