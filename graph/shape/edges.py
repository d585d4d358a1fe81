"""Every kind of relationship with its properties."""

from __future__ import annotations

from functools import cache

from tailgraph.graph.shape.nodes import CLAIMS, END, ENTITIES, START
from tailgraph.graph.shape.terms import (
    Edge,
    Label,
    Property,
    Type,
    Value,
    day,
    instant,
    real,
    text,
    truth,
    whole,
)

_SLOT = (truth("ambiguous", "The text leaves open which of several is meant."),
         truth("learned", "True where a model, and no rule, takes it for this; else absent."), START, END)
_WHERE = (Label.AIRPORT, Label.PLACE, Label.COUNTRY)
_SOURCE = text("source", "The table, rule or track that says so.")
_DATED = (text("key", "Source and dates: two statements of one source stay apart."), _SOURCE,
          text("method", "observed, reported or inferred."), day("from", "First day, if known."),
          day("to", "Last day, if known."),
          text("address", "The address whose tracks say so; absent where a table or rule does."),
          text("table", "Id of the aircraft table of the user's that says so."))
_REFERENCE = (_SOURCE,)
_BOUNDS = (instant("earliest", "Not before.", indexed=True), instant("latest", "Not after."),
           real("distance_nm", "From the nearest position to the airport."),
           Property("candidates", Value.TEXTS, "AIRPORT DISTANCE SCORE of each one that was weighed."))
_BEARING = (real("bearing_deg", "From the last (or first) position to the airport."),
            text("gap_class", "coverage, unexplained or insufficient data: the silence beyond the track."),
            *_BOUNDS)
_REPEATS = (text("method", "same words, rewritten, excerpt; of a claim: same sentence, cited, same source."),
            real("here", "Share of its four-word runs that stand in the other."),
            real("there", "Share of the other's runs that stand here."),
            text("passage", "Id of the sentence that cites."), text("reason", "Why, in words."))
_JUDGED = (Label.AIRCRAFT, Label.OPERATOR, Label.AIRPORT, Label.PLACE, Label.WEAPON, Label.ORGANIZATION,
           Label.PERSON)
_HELD = (text("key", "Both days: two stretches of time stay apart."),
         day("known_from", "The first day at whose end (UTC) it was judged so."),
         day("known_to", "The first day at whose end it was no longer; 9999-12-31 where it still is."))
_END = (text("method", "observed, interpolated, extrapolated or inferred."), *_BOUNDS)


def _slots(*types: Type) -> tuple[Edge, ...]:
    return tuple(Edge(type_, (Label.ALLEGATION,), ENTITIES, _SLOT) for type_ in types)


EDGES: tuple[Edge, ...] = (
    Edge(Type.PUBLISHED, (Label.PUBLISHER,), (Label.DOCUMENT,)),
    Edge(Type.HAS_PASSAGE, (Label.DOCUMENT,), (Label.PASSAGE,)),
    Edge(Type.IN_PASSAGE, (Label.MENTION,), (Label.PASSAGE,)),
    Edge(Type.REFERS_TO, (Label.MENTION,), ENTITIES),
    Edge(Type.HAS_CLAIM, (Label.DOCUMENT,), CLAIMS),
    Edge(Type.EVIDENCED_BY, CLAIMS, (Label.PASSAGE,)),
    *_slots(Type.MADE_BY, Type.ACCUSES, Type.CONCERNS, Type.SUPPLIED_BY, Type.RECEIVED_BY, Type.USED_AGAINST,
            Type.CARRIED_BY, Type.DENIED_BY),
    Edge(Type.OF_AIRCRAFT, (Label.REPORTED_FLIGHT,), (Label.AIRCRAFT,), _SLOT),
    Edge(Type.OF_TYPE, (Label.REPORTED_FLIGHT,), (Label.AIRCRAFT_TYPE,), _SLOT),
    Edge(Type.FLOWN_BY, (Label.REPORTED_FLIGHT,), ENTITIES, _SLOT),
    Edge(Type.OF_STATE, (Label.REPORTED_FLIGHT,), (Label.COUNTRY,), _SLOT),
    Edge(Type.FROM, (Label.REPORTED_FLIGHT,), _WHERE, _SLOT),
    Edge(Type.TO, (Label.REPORTED_FLIGHT,), _WHERE, _SLOT),
    Edge(Type.HAS_TRACK, (Label.TRACK_FILE,), (Label.TRACK,)),
    Edge(Type.RECEIVED_FROM, (Label.TRACK,), (Label.IDENTIFIER,)),
    Edge(Type.DERIVED_FROM, (Label.FLIGHT,), (Label.TRACK,)),
    Edge(Type.BY_AIRCRAFT, (Label.FLIGHT,), (Label.AIRCRAFT,),
         (text("method", "How the airframe is known."), truth("ambiguous", "Its sources disagree."))),
    Edge(Type.FLOWN_BY, (Label.FLIGHT,), (Label.OPERATOR,), (text("method", "How the operator is known."),)),
    Edge(Type.DEPARTED_FROM, (Label.FLIGHT,), (Label.AIRPORT,), _END),
    Edge(Type.ARRIVED_AT, (Label.FLIGHT,), (Label.AIRPORT,), _END),
    Edge(Type.VANISHED_TOWARD, (Label.FLIGHT,), (Label.AIRPORT,), _BEARING),
    Edge(Type.APPEARED_FROM, (Label.FLIGHT,), (Label.AIRPORT,), _BEARING),
    Edge(Type.HAS_GAP, (Label.FLIGHT,), (Label.COVERAGE_GAP,)),
    Edge(Type.OVERFLEW, (Label.FLIGHT,), (Label.COUNTRY,), (
        text("key", "Its place in order, as text: a country may be flown over twice."),
        whole("index", "Its place in order, from 0."),
        text("method", "observed, or interpolated across a silence."),
        *(instant(name, what) for name, what in (
            ("entered_after", "Last seen outside."), ("entered_by", "First seen inside."),
            ("left_after", "Last seen inside."), ("left_by", "First seen outside again.")))), "key"),
    # From the flight whose id comes first. Evidence: the tracks that both are derived from.
    Edge(Type.FLEW_WITH, (Label.FLIGHT,), (Label.FLIGHT,), (
        instant("from_time", "From when they were together, to two minutes."),
        instant("to_time", "Until when."), whole("minutes", "For how many minutes in all."),
        real("closest_nm", "Least distance."), real("median_nm", "Median distance while together."),
        text("method", "observed: reports of both stood around each instant."))),
    Edge(Type.TESTED_AGAINST, (Label.REPORTED_FLIGHT,), (Label.FLIGHT,), (
        text("verdict", "supported, contradicted or untestable."),
        *(text(part, "The verdict on this part.") for part in (
            "aircraft", "type", "operator", "place", "time", "night")),
        text("method", "observed, or inferred where an end of the flight was not received."),
        text("reason", "Why, in words."), whole("rank", "1 for the best match."))),
    Edge(Type.IDENTIFIED_BY, (Label.AIRCRAFT,), (Label.IDENTIFIER,), _DATED, "key"),
    Edge(Type.OF_TYPE, (Label.AIRCRAFT,), (Label.AIRCRAFT_TYPE,), _DATED, "key"),
    Edge(Type.OPERATED_BY, (Label.AIRCRAFT,), (Label.OPERATOR,), _DATED, "key"),
    Edge(Type.REGISTERED_IN, (Label.AIRCRAFT,), (Label.COUNTRY,), _DATED, "key"),
    Edge(Type.OF_COUNTRY, (Label.OPERATOR,), (Label.COUNTRY,), _REFERENCE),
    Edge(Type.IN_COUNTRY, (Label.AIRPORT, Label.PLACE), (Label.COUNTRY,), _REFERENCE),
    *(Edge(Type.SAME_AS, (label,), (label,)) for label in _JUDGED),
    *(Edge(Type.HELD_SAME_AS, (label,), (label,), _HELD, "key", recorded=True) for label in _JUDGED),
    Edge(Type.REPEATS, (Label.DOCUMENT,), (Label.DOCUMENT,), _REPEATS),
    Edge(Type.REPEATS, CLAIMS, CLAIMS, _REPEATS),
    Edge(Type.ANNOTATED, ENTITIES, (Label.ANNOTATION,)),
    Edge(Type.CONTRIBUTED, (Label.RUN,), (Label.DOCUMENT, Label.TRACK_FILE, Label.AIRCRAFT_TABLE), (
        text("extractor", "Of a report: what read it."),
        Property("claims", Value.TEXTS, "JSON of each claim that was read, by offsets and ids."),
        Property("mentions", Value.TEXTS, "START-END KIND ID of each mention that was read."))),
)


@cache
def edge(type_: Type, start: Label, end: Label) -> Edge:
    """The declared edge of this type between these labels; KeyError if the graph has none."""
    for declared in EDGES:
        if declared.type is type_ and start in declared.starts and end in declared.ends:
            return declared
    raise KeyError(f"({start})-[:{type_}]->({end})")
