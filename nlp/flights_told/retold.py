"""One flight told twice in a report, in headline and body, or as a summary and leg by leg."""

from __future__ import annotations

from tailgraph.graph.model import Endpoint
from tailgraph.nlp.flights_told.legs import Leg, dates_agree, ends_agree, merged_end, same_end, union
from tailgraph.nlp.flights_told.locations import Relation
from tailgraph.nlp.flights_told.words import Frame

# How many legs apart two tellings of one flight may stand; it keeps a long report linear.
_WINDOW = 100


def without_repeats(legs: list[Leg]) -> list[Leg]:
    """The legs with repeated tellings merged into the fullest one; order of first telling is kept."""
    kept: list[Leg] = []
    for leg in legs:
        same = next((other for other in kept[-_WINDOW:] if _same(other, leg)), None)
        if same:
            _merge(same, leg)
        else:
            kept.append(leg)
    return [
        leg
        for place, leg in enumerate(kept)
        if not _summary(leg, kept[max(0, place - _WINDOW) : place + _WINDOW])
    ]


def _same(a: Leg, b: Leg) -> bool:
    if _crash_of(a, b) or _crash_of(b, a):
        return True
    if _left_before(a, b):
        return True
    if a.happened is not b.happened or not (
        _fits(a.origin, b.origin) and _fits(a.destination, b.destination)
    ):
        return False
    if not (same_end(a.origin, b.origin) or same_end(a.destination, b.destination)):
        return False
    if not dates_agree(a, b) or (
        a.count and b.count and a.count != b.count and not (_passing(a) or _passing(b))
    ):
        return False
    if _shuttles(a) is not _shuttles(b) or ((a.another or b.another) and a.interval != b.interval):
        return False
    if _elsewhere_undated(a, b):
        return False
    if a.craft is b.craft and a.craft is not None:
        return bool(a.interval and b.interval) or not (a.dated_here and b.dated_here)
    return _crafts_agree(a, b) and (_thin(a) or _thin(b) or _same_airframes(a, b))


def _crash_of(crash: Leg, leg: Leg) -> bool:
    """ "Cargo plane crashes near Goma", and elsewhere where it had come from and where it was bound: where it
    fell is where the flight ended only if nothing else is told of it."""
    return (
        crash.crashed
        and crash.origin is None
        and (leg.origin is not None or leg.crashed)
        and leg.happened
        and _crafts_agree(crash, leg)
        and _one_each(crash, leg)
        and (crash.craft is leg.craft or _thin(crash) or _thin(leg) or leg.crashed)
        and dates_agree(crash, leg)
    )


def _one_each(a: Leg, b: Leg) -> bool:
    """ "An Argonaut crashed … Two Sudanese freighters flew": several are not the one that fell."""
    plural = [leg.craft.plural for leg in (a, b) if leg.craft is not None]
    return len(set(plural)) < 2


def _left_before(a: Leg, b: Leg) -> bool:
    """ "Two Russian planes landed in Caracas on Saturday. An Il-62 and an An-124 left for Caracas on Friday":
    when the flight told before had set out, and with what."""
    first, last = a.interval, b.interval
    return (
        a.happened
        and b.happened
        and a.last.frame is Frame.ARRIVE
        and b.last.frame is Frame.DEPART
        and b.last.index - a.last.index <= 2
        and not a.another
        and a.origin is None
        and same_end(a.destination, b.destination)
        and (
            a.craft is b.craft
            or (_crafts_agree(a, b) and not (a.craft and (a.craft.types or a.craft.aircraft)))
        )
        and a.count == b.count
        and first is not None
        and last is not None
        and first.earliest is not None
        and last.latest is not None
        and 0 < (first.earliest - last.latest).days <= 2
    )


def _elsewhere_undated(a: Leg, b: Leg) -> bool:
    """Whether one tells no day and no craft but names a town where the other, of certain days, names a
    country alone: any flight into that country would fit."""
    for dated, undated in ((a, b), (b, a)):
        vague = undated.interval is None and not (undated.craft and undated.craft.named)
        if dated.interval is None or not vague or undated.last.title:
            continue
        if any(
            _narrower(undated_end, end)
            for undated_end, end in ((undated.origin, dated.origin), (undated.destination, dated.destination))
        ):
            return True
    return False


def _narrower(a: Endpoint | None, b: Endpoint | None) -> bool:
    return a is not None and b is not None and bool(a.place or a.airport) and not (b.place or b.airport)


def _passing(leg: Leg) -> bool:
    """Told in passing: no date of its own, and no number but that of the one aircraft."""
    return not leg.dated_here and not leg.last.counted and leg.last.pointing and (leg.count or 1) == 1


def _fits(a: Endpoint | None, b: Endpoint | None) -> bool:
    return a is None or b is None or same_end(a, b)


def _same_airframes(a: Leg, b: Leg) -> bool:
    return bool(
        a.craft
        and b.craft
        and a.craft.aircraft
        and a.craft.aircraft.keys() == b.craft.aircraft.keys()
        and a.interval
        and b.interval
    )


def _crafts_agree(a: Leg, b: Leg) -> bool:
    return a.craft is None or b.craft is None or a.craft.agrees(b.craft)


def _thin(leg: Leg) -> bool:
    return leg.craft is None or leg.craft.thin or leg.last.title


def _merge(kept: Leg, more: Leg) -> None:
    if _crash_of(kept, more):
        kept.destination = more.destination or kept.destination
    elif _crash_of(more, kept):
        more.destination = kept.destination or more.destination
    kept.origin, kept.destination = (
        merged_end(kept.origin, more.origin),
        merged_end(kept.destination, more.destination),
    )
    if (
        kept.craft is None
        or (kept.craft.thin and more.craft and not more.craft.thin)
        or (kept.last.title and more.craft)
    ):
        if more.craft and kept.craft and not (more.craft.operators or more.craft.states):
            more.craft.operators.update(kept.craft.operators)
            more.craft.states.update(kept.craft.states)
        kept.craft = more.craft or kept.craft
    kept.tellings += more.tellings
    kept.interval = union(kept.interval, more.interval)
    kept.dated_here = kept.dated_here or more.dated_here
    kept.night = kept.night if kept.night is not None else more.night
    kept.hours += more.hours
    kept.count = more.count if kept.count is None or (_passing(kept) and more.count) else kept.count


def _summary(leg: Leg, legs: list[Leg]) -> bool:
    """Whether the leg only sums up others: "shuttled between A and B last week", then told leg by leg."""
    others = [
        o
        for o in legs
        if o is not leg and _along(o, leg) and _crafts_agree(o, leg) and o.happened is leg.happened
    ]
    if not others:
        return False
    if _shuttles(leg) and any(o.craft is leg.craft for o in others):
        for other in others:
            _lend(leg, other)
        return True
    return _thin(leg) and leg.count is None and not leg.dated_here


def _shuttles(leg: Leg) -> bool:
    return any(
        t.cue.word.lemma in {"shuttle", "ply"}
        or (t.origin is not None and t.origin.relation is Relation.BETWEEN and t.cue.token.tag_ == "NNS")
        for t in leg.tellings
    )


def _along(a: Leg, b: Leg) -> bool:
    """The same route in either direction, as far as both are known."""
    straight = ends_agree(a.origin, b.origin) and ends_agree(a.destination, b.destination)
    turned = ends_agree(a.origin, b.destination) and ends_agree(a.destination, b.origin)
    return straight or turned


def _lend(summary: Leg, leg: Leg) -> None:
    """Give a leg the names of its ends that only the summary has."""
    for end in summary.ends:
        if same_end(leg.origin, end):
            leg.origin = merged_end(leg.origin, end)
        elif same_end(leg.destination, end):
            leg.destination = merged_end(leg.destination, end)
