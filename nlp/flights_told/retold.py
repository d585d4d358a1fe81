"""One flight told twice in a report, in headline and body, or as a summary and leg by leg."""

from __future__ import annotations

from tailgraph.graph.model import Endpoint
from tailgraph.nlp.flights_told.legs import Leg, dates_agree, ends_agree, merged_end, same_end, union
from tailgraph.nlp.flights_told.locations import Relation

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
    return not leg.dated_here and not leg.last.counted and leg.last.pointing


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
    kept.origin, kept.destination = (
        merged_end(kept.origin, more.origin),
        merged_end(kept.destination, more.destination),
    )
    if (
        kept.craft is None
        or (kept.craft.thin and more.craft and not more.craft.thin)
        or (kept.last.title and more.craft)
    ):
        kept.craft = more.craft or kept.craft
    kept.tellings += more.tellings
    kept.interval = union(kept.interval, more.interval)
    kept.dated_here = kept.dated_here or more.dated_here
    kept.night = kept.night if kept.night is not None else more.night
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
