"""Flights that a report tells of, as claims with their slots and evidence.

Words of movement (`words`) are read with the places, aircraft and dates beside them: sentence by sentence
(`scene`), each word with its clause (`clauses`), what it moves (`movers`), its ends and days (`bounds`),
how often (`frequency`) and whether it happened (`modality`) make a `telling`, or several (`unfolding`);
lines of logs make `routes`. The `cast` keeps what the report says of each aircraft, the `stage` which of
them was spoken of last. A `story` finds who flew (`fliers`) and makes of each telling one of the
`new_legs`, or joins it to one told before (`joining`); `fragments` complete them, and `retold` merges what
is told twice.
"""

from __future__ import annotations

from bisect import bisect_right

from tailgraph.graph.model import ReportedFlight, Span
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.flights_told.cast import Cast
from tailgraph.nlp.flights_told.legs import Leg
from tailgraph.nlp.flights_told.local_time import told_hours
from tailgraph.nlp.flights_told.places import Whereabouts
from tailgraph.nlp.flights_told.retold import without_repeats
from tailgraph.nlp.flights_told.scene import scenes
from tailgraph.nlp.flights_told.story import Story
from tailgraph.nlp.flights_told.telling import Telling


def find(annotated: Annotated) -> tuple[ReportedFlight, ...]:
    """The flights of a report, in the order of their first telling."""
    whereabouts, cast = Whereabouts(annotated), Cast(annotated)
    story = Story(cast, whereabouts)
    for scene in scenes(annotated, annotated.dates, whereabouts):
        story.read(scene)
    legs = without_repeats(story.legs)
    only = {mention.interval for mention in annotated.dates if mention.interval}
    only -= {leg.interval for leg in legs if leg.dated_here and not leg.happened}
    for leg in legs:
        undated = leg.interval is None and leg.happened and not leg.last.at_a_rate
        if undated and len(only) == 1 and annotated.document.published:
            # The report names one date at all: what it tells happened then. Without a day of publication
            # there may be others ("on 28 April") that could not be resolved.
            leg.interval = next(iter(only))
        leg.happened = leg.happened and not _to_come(leg, annotated)
    return tuple(_flight(annotated, index, leg, cast, whereabouts) for index, leg in enumerate(legs))


def _to_come(leg: Leg, annotated: Annotated) -> bool:
    """ "The jet goes on to Vladivostok tomorrow": on no day before the report came out."""
    published, days = annotated.document.published, leg.interval
    return bool(published and days and days.earliest and days.earliest > published)


def _flight(
    annotated: Annotated, index: int, leg: Leg, cast: Cast, whereabouts: Whereabouts
) -> ReportedFlight:
    told, craft = _fullest(leg), leg.craft
    cue = told.cue
    last = annotated.doc[cue.last]
    return ReportedFlight(
        index=index,
        evidence=_evidence(annotated, leg),
        cue=Span(start=cue.token.idx, end=max(cue.token.idx + len(cue.token), last.idx + len(last))),
        rule=f"{told.frame}:{cue.word.lemma}",
        confidence=_confidence(leg),
        aircraft=tuple(craft.aircraft.values()) if craft else (),
        types=tuple(craft.types.values()) if craft else (),
        operator=tuple(craft.operators.values()) if craft else (),
        state=cast.owners.states_of(craft) if craft else (),
        origin=whereabouts.served.completed(leg.origin),
        destination=whereabouts.served.completed(leg.destination),
        event=leg.interval,
        night=leg.night,
        hours=told_hours(annotated, leg.hours),
        count=leg.count,
        happened=leg.happened,
        callsigns=tuple(dict.fromkeys(s for t in leg.tellings for s in t.callsigns)),
    )


def _fullest(leg: Leg) -> Telling:
    """The telling that shows the flight: the first of the body, where there is one, not the headline."""
    return next((t for t in leg.tellings if not t.title), leg.tellings[0])


def _evidence(annotated: Annotated, leg: Leg) -> tuple[int, ...]:
    """The passages of all tellings, in order."""
    starts = [passage.start for passage in annotated.passages]
    places = {bisect_right(starts, t.cue.token.idx) - 1 for t in leg.tellings}
    return tuple(sorted(annotated.passages[max(place, 0)].index for place in places))


# How often a telling was a flight of the report: (right + 1) / (told + 2) over 152 tellings of 50 annotated
# reports that the rules were written on (an aircraft named and both ends 110 of 111, one end 32 of 33;
# neither named 7 of 8), times .86: reports never seen before are read less well (precision .84, not .98).
_NAMED_BOTH_ENDS, _NAMED_ONE_END, _UNNAMED = 0.84, 0.81, 0.69
_WITHOUT_A_VERB = 0.1


def _confidence(leg: Leg) -> float:
    """By what is known: whose or which aircraft, and both ends; less where no word of movement tells it."""
    named = leg.craft is not None and leg.craft.named
    score = (_NAMED_BOTH_ENDS if len(leg.ends) == 2 else _NAMED_ONE_END) if named else _UNNAMED
    if _fullest(leg).route and len(leg.ends) == 1:
        score -= _WITHOUT_A_VERB
    return round(score, 2)
