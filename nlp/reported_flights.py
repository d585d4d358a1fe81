"""Flights that a report tells of, as claims with their slots and evidence.

Words of movement are read with the places, aircraft and dates beside them (`flights_told.telling`), then put
together as a story: legs that follow one another, returns, one flight told twice (`flights_told.story`).
"""

from __future__ import annotations

from tailgraph.graph.model import ReportedFlight, Span
from tailgraph.nlp import dates
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.flights_told.story import Leg, Story
from tailgraph.nlp.flights_told.telling import scenes, tellings
from tailgraph.nlp.flights_told.vehicles import Fleet


def find(annotated: Annotated) -> tuple[ReportedFlight, ...]:
    """The flights of a report, in the order of their first telling."""
    when = dates.find(annotated.doc, annotated.document.published)
    found = list(scenes(annotated, when))
    fleet = Fleet(annotated)
    for scene in found:
        fleet.learn(scene.vehicles)
    story = Story(fleet)
    for scene in found:
        for telling in tellings(scene):
            story.add(telling)
        story.see(scene.index, scene.vehicles)
    return tuple(_flight(annotated, index, leg) for index, leg in enumerate(story.legs))


def _flight(annotated: Annotated, index: int, leg: Leg) -> ReportedFlight:
    cue = leg.tellings[0].cue
    token = cue.token
    last = annotated.doc[cue.last]
    starts = {t.sentence.start_char for t in leg.tellings}
    evidence = tuple(sorted({_passage(annotated, start) for start in starts}))
    vehicle = leg.vehicle
    return ReportedFlight(
        index=index, evidence=evidence, cue=Span(start=token.idx, end=max(token.idx + len(token), last.idx + len(last))),
        rule=f"{cue.word.frame}:{cue.word.lemma}", confidence=0.7,
        aircraft=vehicle.aircraft if vehicle else (), types=vehicle.types if vehicle else (),
        operator=vehicle.operators if vehicle else (), state=vehicle.states if vehicle else (),
        origin=leg.origin, destination=leg.destination, event=leg.interval, night=leg.night, count=leg.count,
        happened=leg.happened, callsigns=tuple(dict.fromkeys(s for t in leg.tellings for s in t.callsigns)))


def _passage(annotated: Annotated, start: int) -> int:
    return next((p.index for p in reversed(annotated.passages) if p.start <= start), 0)
