"""Aircraft that travel together: at the same airports, or on the same legs, at about the same time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from tailgraph.graph.analysis.chance import at_least
from tailgraph.graph.analysis.finding import Analysis, Finding
from tailgraph.graph.analysis.meetings import Meetings, Pair, meetings
from tailgraph.graph.analysis.network import canonical, nodes
from tailgraph.graph.analysis.stays import Stay, ends, legs, stays
from tailgraph.graph.rows import Ref
from tailgraph.graph.shape import Label
from tailgraph.graph.store import Store
from tailgraph.wording import many

_MEANING = ("Two aircraft were at one airport less than the window apart, by the departures and arrivals "
            "that their tracks show, observed or extrapolated; a track that broke off toward an airport "
            "counts for nothing.")
EVIDENCE = 3


def co_travel(store: Store, *, window_h: float = 24.0, least: int = 2, hub: int = 200, most: int = 20,
              only: Ref | None = None, since: date | None = None, until: date | None = None) -> Analysis:
    """At most `most` pairs that met at least `least` times, those first that chance explains least; only
    flights that began from `since` to `until` count.

    `chance` is the probability of as many meetings if the one's stays lay at random in the time that is
    covered (Poisson). Timetables and shared home bases make more, so it ranks and proves nothing.
    """
    found = ends(store, canonical(store), since, until)
    window = timedelta(hours=window_h)
    name = only[1] if only else None
    at_airports = meetings(stays(found), window, hub, name)
    on_legs = meetings(legs(found), window, hub, name)
    met = [(at_least(at_airports.count(pair), expected), -at_airports.count(pair), pair, expected)
           for pair in at_airports.pairs if at_airports.count(pair) >= least
           for expected in (at_airports.expected(pair),)]
    possible = _possible(len(at_airports.stays), only is not None)
    ranked = sorted(met)[:most]
    named = nodes(store, [(Label.AIRCRAFT, id_) for *_, pair, _ in ranked for id_ in pair])
    findings = []
    for rank, (chance, _, pair, expected) in enumerate(ranked, 1):
        values = _values(at_airports, on_legs, pair, expected, chance, possible)
        findings.append(Finding(
            rank=rank, score=chance, values=values, members=tuple(named[Label.AIRCRAFT, id_] for id_ in pair),
            text=f"{pair[0]} and {pair[1]} met {many(values['meetings'], 'time')} at {values['airports']}; "
                 f"{values['by_chance']} expected by chance"))
    return Analysis(analysis="co-travel", views={"meetings": _MEANING}, findings=tuple(findings),
                    parameters={"window_h": window_h, "least": least, "hub": hub, "only": name,
                                "since": since and str(since), "until": until and str(until)},
                    notes=_notes(at_airports, possible, least, len(met)))


def _possible(aircraft: int, is_one: bool) -> int:
    return max(0, aircraft - 1) if is_one else aircraft * (aircraft - 1) // 2


def _values(at: Meetings, on: Meetings, pair: Pair, expected: float, chance: float,
            possible: int) -> dict[str, Any]:
    meeting = at.pairs[pair]
    return {
        "aircraft": pair[0], "other": pair[1], "meetings": at.count(pair), "by_chance": round(expected, 3),
        "chance": float(f"{chance:.2g}"), "such_pairs_by_chance": float(f"{chance * possible:.2g}"),
        "same_legs": on.count(pair) if pair in on.pairs else 0,
        "airports": ", ".join(sorted({one.where for one, _ in meeting.evidence})),
        "evidence": "; ".join(_shown(*both) for both in meeting.evidence[:EVIDENCE]) + (
            f"; and {len(meeting.evidence) - EVIDENCE} more" if len(meeting.evidence) > EVIDENCE else "")}


def _shown(one: Stay, other: Stay) -> str:
    return (f"{one.where}: {_when(one.start)} to {_when(one.end)} (flight {one.flight}) and "
            f"{_when(other.start)} to {_when(other.end)} (flight {other.flight})")


def _when(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%MZ}"


def _notes(at: Meetings, possible: int, least: int, count: int) -> tuple[str, ...]:
    days = at.span_s / 86_400
    notes = [f"{len(at.stays):,} aircraft with seen ends over {many(round(days), 'day')}; {count:,} of "
             f"{possible:,} pairs met at least {many(least, 'time')}.",
             "By chance: if one's stays lay at random in that time. Timetables and shared bases make more "
             "meetings than that: a small chance is a reason to look, and no proof."]
    if at.crowded:
        notes.append(f"Left out, for being used by too many aircraft: {_busiest(at.crowded)} (--hub).")
    if at.busy:
        notes.append(f"Left out, for having too many meetings to look at: {_busiest(at.busy)}. A smaller "
                     "--window, --since and --until, a lower --hub or one --aircraft leaves fewer.")
    return tuple(notes)


def _busiest(places: dict[str, int]) -> str:
    """ "UUEE (1,204), UUDD (998) and 3 more" """
    first = sorted(places.items(), key=lambda item: (-item[1], item[0]))[:5]
    more = f" and {len(places) - 5} more" if len(places) > 5 else ""
    return ", ".join(f"{where} ({count:,})" for where, count in first) + more
