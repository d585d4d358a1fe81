"""The shape of the graph, declared once: labels, relationship types, keys and properties.

Constraints, indexes, writing statements (`schema`), the digest and the diagram of docs/model.md are all
made from this declaration. A new kind of node or edge is one entry here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    PUBLISHER = "Publisher"
    DOCUMENT = "Document"
    PASSAGE = "Passage"
    MENTION = "Mention"
    ALLEGATION = "Allegation"
    REPORTED_FLIGHT = "ReportedFlight"
    COUNTRY = "Country"
    AIRCRAFT_TYPE = "AircraftType"
    AIRCRAFT = "Aircraft"
    OPERATOR = "Operator"
    AIRPORT = "Airport"
    PLACE = "Place"
    WEAPON = "Weapon"
    ORGANIZATION = "Organization"
    PERSON = "Person"
    IDENTIFIER = "Identifier"
    TRACK_FILE = "TrackFile"
    TRACK = "Track"
    FLIGHT = "Flight"
    COVERAGE_GAP = "CoverageGap"
    AIRCRAFT_TABLE = "AircraftTable"
    AIRCRAFT_RECORD = "AircraftRecord"
    GRADE = "Grade"
    JUDGEMENT = "Judgement"
    ANNOTATION = "Annotation"
    RUN = "Run"
    META = "Meta"


class Marker(StrEnum):
    """Second labels: what an entity or a claim is asked for whatever its kind."""

    ENTITY = "Entity"
    CLAIM = "Claim"


class Type(StrEnum):
    PUBLISHED = "PUBLISHED"
    HAS_PASSAGE = "HAS_PASSAGE"
    IN_PASSAGE = "IN_PASSAGE"
    REFERS_TO = "REFERS_TO"
    HAS_CLAIM = "HAS_CLAIM"
    EVIDENCED_BY = "EVIDENCED_BY"
    MADE_BY = "MADE_BY"
    ACCUSES = "ACCUSES"
    CONCERNS = "CONCERNS"
    SUPPLIED_BY = "SUPPLIED_BY"
    RECEIVED_BY = "RECEIVED_BY"
    USED_AGAINST = "USED_AGAINST"
    CARRIED_BY = "CARRIED_BY"
    DENIED_BY = "DENIED_BY"
    OF_AIRCRAFT = "OF_AIRCRAFT"
    OF_TYPE = "OF_TYPE"
    FLOWN_BY = "FLOWN_BY"
    OF_STATE = "OF_STATE"
    FROM = "FROM"
    TO = "TO"
    HAS_TRACK = "HAS_TRACK"
    RECEIVED_FROM = "RECEIVED_FROM"
    DERIVED_FROM = "DERIVED_FROM"
    BY_AIRCRAFT = "BY_AIRCRAFT"
    DEPARTED_FROM = "DEPARTED_FROM"
    ARRIVED_AT = "ARRIVED_AT"
    VANISHED_TOWARD = "VANISHED_TOWARD"
    APPEARED_FROM = "APPEARED_FROM"
    HAS_GAP = "HAS_GAP"
    OVERFLEW = "OVERFLEW"
    FLEW_WITH = "FLEW_WITH"
    TESTED_AGAINST = "TESTED_AGAINST"
    IDENTIFIED_BY = "IDENTIFIED_BY"
    OPERATED_BY = "OPERATED_BY"
    REGISTERED_IN = "REGISTERED_IN"
    OF_COUNTRY = "OF_COUNTRY"
    IN_COUNTRY = "IN_COUNTRY"
    SAME_AS = "SAME_AS"
    ANNOTATED = "ANNOTATED"
    CONTRIBUTED = "CONTRIBUTED"
    REPEATS = "REPEATS"

TRACK_PREFIX = "track:"
"""Before a track file's id, where that is the source of a statement."""


class Value(StrEnum):
    """What a property holds. Instants are in UTC."""

    TEXT = "text"
    WHOLE = "whole number"
    REAL = "number"
    TRUTH = "yes or no"
    DAY = "date"
    INSTANT = "instant"
    BYTES = "bytes"
    TEXTS = "list of texts"


class Life(StrEnum):
    """What decides whether a node is there."""

    OWNED = "owned"
    """Made by one document or track file, and gone with it."""
    SHARED = "shared"
    """Named by many; there as long as an owned node, or another shared one that is there, points at it."""
    RECORD = "record"
    """Kept about the work itself; no part of the digest."""


@dataclass(frozen=True, slots=True)
class Property:
    name: str
    value: Value
    what: str
    indexed: bool = False
    recorded: bool = False
    """True for what says when or from where this copy came; left out of the digest."""


@dataclass(frozen=True, slots=True)
class Node:
    label: Label
    life: Life
    what: str
    properties: tuple[Property, ...]
    marker: Marker | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        return (self.label, self.marker) if self.marker else (self.label,)


@dataclass(frozen=True, slots=True)
class Edge:
    """A relationship type between labels. Two nodes have one such edge for each value of `key`, if any."""

    type: Type
    starts: tuple[Label, ...]
    ends: tuple[Label, ...]
    properties: tuple[Property, ...] = ()
    key: str | None = None


def _text(name: str, what: str, *, indexed: bool = False, recorded: bool = False) -> Property:
    return Property(name, Value.TEXT, what, indexed, recorded)


def _whole(name: str, what: str, *, indexed: bool = False) -> Property:
    return Property(name, Value.WHOLE, what, indexed)


def _real(name: str, what: str) -> Property:
    return Property(name, Value.REAL, what)


def _truth(name: str, what: str, *, indexed: bool = False) -> Property:
    return Property(name, Value.TRUTH, what, indexed)


def _day(name: str, what: str, *, indexed: bool = False) -> Property:
    return Property(name, Value.DAY, what, indexed)


def _instant(name: str, what: str, *, indexed: bool = False, recorded: bool = False) -> Property:
    return Property(name, Value.INSTANT, what, indexed, recorded)


ID = _text("id", "Its key, unique for its label.")
NAME = _text("name", "What it is called.", indexed=True)
DOCUMENT = _text("document", "Id of the document that it is part of.")
RECORDED_AT = _instant("recorded_at", "When it was first stored here.", indexed=True, recorded=True)
START = _whole("start", "First character, in the content.")
END = _whole("end", "One past the last character.")
CONFIDENCE = _real("confidence", "0 to 1: how sure the rule is.")
INDEX = _whole("index", "Its place in order, from 0.")
ORIGIN = _text("origin", "The same for all that comes from one origin: what to count. Worked out anew after "
               "every change (docs/sources.md).")
BAND_COUNT = 16
BANDS = tuple(_whole(f"band_{number}", f"One of {BAND_COUNT} numbers, of which reports with like words share "
                     "one.", indexed=True) for number in range(BAND_COUNT))

CLAIM = (
    ID, DOCUMENT, INDEX,
    _day("event_from", "Earliest day on which it is said to have happened.", indexed=True),
    _day("event_to", "Latest day on which it is said to have happened."),
    _day("published", "When the report came out.", indexed=True),
    _text("sentence", "The sentences that it stands in."),
    _text("cue", "The words that show it."),
    _whole("cue_start", "First character of the cue."),
    _whole("cue_end", "One past the cue's last character."),
    _text("rule", "The pattern that read it."),
    CONFIDENCE,
    _whole("credibility", "Admiralty scale, 1 (confirmed) to 6 (cannot be judged), by the extractor."),
    _text("reading", "Checksum of its id, sentences, cue and action: what a person's grade of it is about."),
    ORIGIN,
    _text("words", "Checksum of what it quotes or of its sentences, if they are long enough.", indexed=True),
)


def _entity(label: Label, what: str, *properties: Property) -> Node:
    return Node(label, Life.SHARED, what, (ID, NAME, *properties), Marker.ENTITY)


_NODES = (
    Node(Label.PUBLISHER, Life.SHARED, "An outlet.", (
        ID, NAME)),
    Node(Label.DOCUMENT, Life.OWNED, "One report as it came out.", (
        ID, _text("title", "Its headline."), _text("text", "Its body."),
        _day("published", "When it came out.", indexed=True), _text("publisher", "The outlet's name."),
        _text("url", "Where it was found."), _text("language", "ISO 639 code."),
        ORIGIN, _text("words", "Checksum of its words, whoever printed them.", indexed=True), *BANDS,
        Property("cites", Value.TEXTS, "PASSAGE NAME of each outlet that it says it has something from."),
        Property("is_citing", Value.TRUTH, "Whether it cites any.", indexed=True),
        _text("unsettled", "There while its origin is to be worked out.", indexed=True, recorded=True),
        _text("extractor", "Name, version, model and lexicon sum of what read it."), RECORDED_AT)),
    Node(Label.PASSAGE, Life.OWNED, "One sentence, or the title.", (
        ID, DOCUMENT, INDEX, START, END, _text("text", "The sentence."))),
    Node(Label.MENTION, Life.OWNED, "A stretch of text that names an entity.", (
        ID, DOCUMENT, _whole("passage", "Index of its passage."), START, END,
        _text("text", "The words."), _text("label", "The kind of what is named."),
        _text("method", "What found it."), CONFIDENCE, _text("extractor", "What read the document."))),
    Node(Label.ALLEGATION, Life.OWNED, "Somebody says that somebody moved, got, used, made, held or asked "
         "for weapons. Never a fact.", (
             *CLAIM, _text("action", "transfer, acquisition, use, production, possession or request."),
             _text("status", "alleged, suspected or asserted.")), Marker.CLAIM),
    Node(Label.REPORTED_FLIGHT, Life.OWNED, "A flight, or several told together, that a report speaks of.", (
        *CLAIM, _truth("night", "Whether the report says that it was night."),
        _whole("count", "How many flights or aircraft."),
        _truth("happened", "False: planned, refused, denied.", indexed=True),
        Property("callsigns", Value.TEXTS, "Call signs and flight numbers.")), Marker.CLAIM),
    _entity(Label.COUNTRY, "A state, by its ISO 3166-1 alpha-2 code."),
    _entity(Label.AIRCRAFT_TYPE, "A type, by its ICAO designator."),
    _entity(Label.AIRCRAFT, "One airframe, by its registration, else its 24-bit address."),
    _entity(Label.OPERATOR, "An airline, air force or flight unit.", _text("icao", "Three-letter code."),
            _text("callsign", "Radio call sign.")),
    _entity(Label.AIRPORT, "An airport or air base, by its ICAO indicator.", _text("iata", "IATA code."),
            _text("city", "The city that it serves."), _real("latitude", "Degrees north."),
            _real("longitude", "Degrees east."), _real("elevation_ft", "Feet above mean sea level.")),
    _entity(Label.PLACE, "A city, region or sea, within a country."),
    _entity(Label.WEAPON, "A weapon's class, and its model where one is named.",
            _text("weapon_class", "Its class."), _text("model", "Its model.")),
    _entity(Label.ORGANIZATION, "A body that is no operator."),
    _entity(Label.PERSON, "A named person."),
    Node(Label.IDENTIFIER, Life.SHARED, "A mark that an airframe bears for a time.", (
        ID, _text("scheme", "icao24, non-icao, registration, msn or file."),
        _text("value", "The mark itself.", indexed=True))),
    Node(Label.TRACK_FILE, Life.OWNED, "One file of tracking data.", (
        _text("id", "SHA-256 of its bytes."), _text("name", "Its name when it was read.", recorded=True),
        _text("format", "What it was read as."), _whole("rows", "Position reports taken."),
        _whole("refused", "Position reports refused."), RECORDED_AT)),
    Node(Label.TRACK, Life.OWNED, "What one file says of one aircraft.", (
        ID, _text("file", "Id of the file.", indexed=True),
        _text("aircraft", "24-bit address, or what stands for it (reg:…, file:…)."),
        _instant("first_seen", "Time of the first position.", indexed=True),
        _instant("last_seen", "Time of the last one."),
        _whole("positions", "How many positions."),
        Property("labels", Value.TEXTS, "JSON of registration, type designator and operator, as given."),
        Property("points", Value.BYTES, "The positions: see flights/packing.py."))),
    Node(Label.FLIGHT, Life.OWNED, "One leg of one aircraft, derived from all its tracks.", (
        ID, _text("icao24", "24-bit address.", indexed=True), _text("registration", "If one is known."),
        _text("registration_method", "How the registration is known."),
        _text("type_designator", "ICAO type designator."), _text("operator", "If a track or table says so."),
        Property("callsigns", Value.TEXTS, "Call signs received."),
        Property("callsign_times", Value.TEXTS, "VALUE FIRST LAST of each call sign."),
        Property("squawks", Value.TEXTS, "VALUE FIRST LAST of each squawk."),
        _instant("first_seen", "First position.", indexed=True), _instant("last_seen", "Last position."),
        _real("first_latitude", "Degrees north."), _real("first_longitude", "Degrees east."),
        _real("first_altitude_ft", "Pressure altitude; absent on the ground."),
        _truth("first_on_ground", "Whether it was first seen on the ground."),
        _real("last_latitude", "Degrees north."), _real("last_longitude", "Degrees east."),
        _real("last_altitude_ft", "Pressure altitude; absent on the ground."),
        _truth("last_on_ground", "Whether it was last seen on the ground."),
        _instant("takeoff_time", "If it is known."), _instant("landing_time", "If it is known."),
        _text("night", "yes, no or indeterminate."), _text("night_at_departure", "yes, no or indeterminate."),
        _text("night_at_arrival", "yes, no or indeterminate."),
        _real("sun_at_departure_deg", "Elevation of the sun."),
        _real("sun_at_arrival_deg", "Elevation of the sun."),
        _whole("positions", "How many positions it rests on."),
        _whole("set_aside", "How many impossible positions were left out."),
        Property("sources", Value.TEXTS, "Ids of the track files behind it."),
        _text("checksum", "Over all that was derived: the same flight is not written again."))),
    Node(Label.COVERAGE_GAP, Life.OWNED, "A stretch of a flight without positions.", (
        ID, _text("flight", "Id of the flight."), INDEX,
        _instant("before_time", "Last position before it."), _real("before_latitude", "Degrees north."),
        _real("before_longitude", "Degrees east."), _real("before_altitude_ft", "Absent on the ground."),
        _truth("before_on_ground", "Whether that was on the ground."),
        _instant("after_time", "First position after it."), _real("after_latitude", "Degrees north."),
        _real("after_longitude", "Degrees east."), _real("after_altitude_ft", "Absent on the ground."),
        _truth("after_on_ground", "Whether that was on the ground."),
        _real("excess_s", "Seconds beyond the time that the distance explains."),
        _text("gap_class", "coverage, unexplained or insufficient data."))),
    Node(Label.AIRCRAFT_TABLE, Life.OWNED, "One file that lists aircraft.", (
        _text("id", "SHA-256 of its bytes."), _text("name", "Its name when it was read.", recorded=True),
        _text("format", "What it was read as."), _whole("entries", "Rows taken."),
        _whole("refused", "Rows refused."), RECORDED_AT)),
    Node(Label.AIRCRAFT_RECORD, Life.OWNED, "What one row of an aircraft table says. Statements of an "
         "aircraft follow from it as soon as a report or track names that aircraft.", (
             _text("id", "Id of the table, a stroke, and the row."),
             _text("icao24", "24-bit address.", indexed=True),
             _text("registration", "In the form that its state's rules give it.", indexed=True),
             _text("type", "ICAO type designator."), _text("model", "The type in the table's words."),
             _text("msn", "Manufacturer's serial number."), _text("operator", "As the table writes it."),
             _text("owner", "As the table writes it; an owner is not the operator."),
             _text("country", "State of registration, where the table names it."),
             _truth("military", "Whether the table marks it so."), _day("from", "First day, if known."),
             _day("to", "Last day, if known."), _text("source", "What the row itself names as its source."))),
    Node(Label.GRADE, Life.RECORD, "How a person grades a publisher or a claim; kept when those go.", (
        ID, _text("scale", "publisher (A to F) or claim (1 to 6)."),
        _text("about", "Id of the publisher, or the claim's reading.", indexed=True),
        _text("subject", "Id of the publisher or claim."), _text("value", "The grade."),
        _text("by", "Who gave it."), _instant("at", "When."), _text("reason", "Why."),
        _instant("revoked_at", "When it was taken back; absent: it was not."),
        _text("revoked_by", "Who took it back."))),
    Node(Label.JUDGEMENT, Life.RECORD, "A person's verdict on whether two entities are the same.", (
        ID, _text("kind", "Label of both."), _text("left", "Id of one.", indexed=True),
        _text("right", "Id of the other.", indexed=True), _text("verdict", "same, different or unsure."),
        _text("by", "Who gave it."), _instant("at", "When."), _text("reason", "Why, in their words."),
        _instant("revoked_at", "When it was taken back; absent: it stands."),
        _text("revoked_by", "Who took it back, or gave another verdict instead."))),
    Node(Label.ANNOTATION, Life.RECORD, "What an analysis found of some entities: no fact, and dated.", (
        ID, _text("analysis", "brokers, communities or co-travel.", indexed=True),
        _text("views", "The views that it went over."),
        _text("parameters", "JSON of how it was asked."), _text("run", "Id of the run.", indexed=True),
        _instant("at", "When."), _whole("rank", "1 for the first of its run."),
        _real("score", "What it was ranked by."), _text("text", "What was found, in words."))),
    Node(Label.RUN, Life.RECORD, "One command that put something in.", (
        ID, _text("command", "What was run."), _text("version", "Of Tailgraph."),
        _instant("started", "When it began."), _instant("finished", "When it ended; absent: it was cut."),
        _instant("retracted", "When what only it had put in was taken out; absent: it was not."))),
    Node(Label.META, Life.RECORD, "What the graph itself is at.", (
        ID, _whole("schema_version", "The last migration that was applied."),
        _text("statements", "Sum over the constraints and indexes that were applied."),
        _text("reference", "Sum over the reference tables that entities were told from."),
        _day("first_day", "Of a mark: the first day whose tracks have changed."),
        _day("last_day", "Of a mark: the last day whose tracks have changed."),
        _truth("tables", "Of a mark: whether an aircraft table came or went."))),
)

NODES: dict[Label, Node] = {node.label: node for node in _NODES}
ENTITIES = tuple(node.label for node in _NODES if node.marker is Marker.ENTITY)
CLAIMS = tuple(node.label for node in _NODES if node.marker is Marker.CLAIM)
# The order in which every writer locks shared nodes, label by label, so that two writers seldom deadlock.
# Identifiers come first: their lock is also the one under which an address's flights are derived.
SHARED = tuple(sorted((node.label for node in _NODES if node.life is Life.SHARED),
                      key=lambda label: (label is not Label.IDENTIFIER, label)))

_SLOT = (_truth("ambiguous", "The text leaves open which of several is meant."), START, END)
_WHERE = (Label.AIRPORT, Label.PLACE, Label.COUNTRY)
_SOURCE = _text("source", "The table, rule or track that says so.")
_DATED = (_text("key", "Source and dates: two statements of one source stay apart."), _SOURCE,
          _text("method", "observed, reported or inferred."), _day("from", "First day, if known."),
          _day("to", "Last day, if known."),
          _text("address", "The address whose tracks say so; absent where a table or rule does."),
          _text("table", "Id of the aircraft table of the user's that says so."))
_REFERENCE = (_SOURCE,)
_BOUNDS = (_instant("earliest", "Not before.", indexed=True), _instant("latest", "Not after."),
           _real("distance_nm", "From the nearest position to the airport."),
           Property("candidates", Value.TEXTS, "AIRPORT DISTANCE SCORE of each one that was weighed."))
_BEARING = (_real("bearing_deg", "From the last (or first) position to the airport."),
            _text("gap_class", "coverage, unexplained or insufficient data: the silence beyond the track."),
            *_BOUNDS)
_REPEATS = (_text("method", "same words, rewritten, excerpt; of a claim: same sentence, cited, same source."),
            _real("here", "Share of its four-word runs that stand in the other."),
            _real("there", "Share of the other's runs that stand here."),
            _text("passage", "Id of the sentence that cites."), _text("reason", "Why, in words."))
_END = (_text("method", "observed, interpolated, extrapolated or inferred."), *_BOUNDS)


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
         (_text("method", "How the airframe is known."), _truth("ambiguous", "Its sources disagree."))),
    Edge(Type.FLOWN_BY, (Label.FLIGHT,), (Label.OPERATOR,), (_text("method", "How the operator is known."),)),
    Edge(Type.DEPARTED_FROM, (Label.FLIGHT,), (Label.AIRPORT,), _END),
    Edge(Type.ARRIVED_AT, (Label.FLIGHT,), (Label.AIRPORT,), _END),
    Edge(Type.VANISHED_TOWARD, (Label.FLIGHT,), (Label.AIRPORT,), _BEARING),
    Edge(Type.APPEARED_FROM, (Label.FLIGHT,), (Label.AIRPORT,), _BEARING),
    Edge(Type.HAS_GAP, (Label.FLIGHT,), (Label.COVERAGE_GAP,)),
    Edge(Type.OVERFLEW, (Label.FLIGHT,), (Label.COUNTRY,), (
        _text("key", "Its place in order, as text: a country may be flown over twice."),
        _whole("index", "Its place in order, from 0."),
        _text("method", "observed, or interpolated across a silence."),
        *(_instant(name, what) for name, what in (
            ("entered_after", "Last seen outside."), ("entered_by", "First seen inside."),
            ("left_after", "Last seen inside."), ("left_by", "First seen outside again.")))), "key"),
    # From the flight whose id comes first. Evidence: the tracks that both are derived from.
    Edge(Type.FLEW_WITH, (Label.FLIGHT,), (Label.FLIGHT,), (
        _instant("from_time", "From when they were together, to two minutes."),
        _instant("to_time", "Until when."), _whole("minutes", "For how many minutes in all."),
        _real("closest_nm", "Least distance."), _real("median_nm", "Median distance while together."),
        _text("method", "observed: reports of both stood around each instant."))),
    Edge(Type.TESTED_AGAINST, (Label.REPORTED_FLIGHT,), (Label.FLIGHT,), (
        _text("verdict", "supported, contradicted or untestable."),
        *(_text(part, "The verdict on this part.") for part in (
            "aircraft", "type", "operator", "place", "time", "night")),
        _text("method", "observed, or inferred where an end of the flight was not received."),
        _text("reason", "Why, in words."), _whole("rank", "1 for the best match."))),
    Edge(Type.IDENTIFIED_BY, (Label.AIRCRAFT,), (Label.IDENTIFIER,), _DATED, "key"),
    Edge(Type.OF_TYPE, (Label.AIRCRAFT,), (Label.AIRCRAFT_TYPE,), _DATED, "key"),
    Edge(Type.OPERATED_BY, (Label.AIRCRAFT,), (Label.OPERATOR,), _DATED, "key"),
    Edge(Type.REGISTERED_IN, (Label.AIRCRAFT,), (Label.COUNTRY,), _DATED, "key"),
    Edge(Type.OF_COUNTRY, (Label.OPERATOR,), (Label.COUNTRY,), _REFERENCE),
    Edge(Type.IN_COUNTRY, (Label.AIRPORT, Label.PLACE), (Label.COUNTRY,), _REFERENCE),
    *(Edge(Type.SAME_AS, (label,), (label,)) for label in (
        Label.AIRCRAFT, Label.OPERATOR, Label.AIRPORT, Label.PLACE, Label.WEAPON, Label.ORGANIZATION,
        Label.PERSON)),
    Edge(Type.REPEATS, (Label.DOCUMENT,), (Label.DOCUMENT,), _REPEATS),
    Edge(Type.REPEATS, CLAIMS, CLAIMS, _REPEATS),
    Edge(Type.ANNOTATED, ENTITIES, (Label.ANNOTATION,)),
    Edge(Type.CONTRIBUTED, (Label.RUN,), (Label.DOCUMENT, Label.TRACK_FILE, Label.AIRCRAFT_TABLE), (
        _text("extractor", "Of a report: what read it."),
        Property("claims", Value.TEXTS, "JSON of each claim that was read, by offsets and ids."),
        Property("mentions", Value.TEXTS, "START-END KIND ID of each mention that was read."))),
)


def edge(type_: Type, start: Label, end: Label) -> Edge:
    """The declared edge of this type between these labels; KeyError if the graph has none."""
    for declared in EDGES:
        if declared.type is type_ and start in declared.starts and end in declared.ends:
            return declared
    raise KeyError(f"({start})-[:{type_}]->({end})")
