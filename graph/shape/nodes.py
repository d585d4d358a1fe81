"""Every kind of node with its properties."""

from __future__ import annotations

from tailgraph.graph.shape.terms import (
    Label,
    Life,
    Marker,
    Node,
    Property,
    Value,
    day,
    instant,
    real,
    text,
    truth,
    whole,
)

TRACK_PREFIX = "track:"
"""Before a track file's id, where that is the source of a statement."""
ID = text("id", "Its key, unique for its label.")
NAME = text("name", "What it is called.", indexed=True)
DOCUMENT = text("document", "Id of the document that it is part of.")
MADE_AT = Property("recorded_at", Value.INSTANT, "When it came to be here; absent: by another hand.",
                   recorded=True, stamped=True)
RECORDED_AT = instant("recorded_at", "When it was first stored here.", indexed=True, recorded=True)
START = whole("start", "First character, in the content.")
END = whole("end", "One past the last character.")
CONFIDENCE = real("confidence", "0 to 1: how sure the rule is.")
INDEX = whole("index", "Its place in order, from 0.")
ORIGIN = text("origin", "The same for all that comes from one origin: what to count. Worked out anew after "
               "every change (docs/sources.md).")
BAND_COUNT = 16
BANDS = tuple(whole(f"band_{number}", f"One of {BAND_COUNT} numbers, of which reports with like words share "
                     "one.", indexed=True) for number in range(BAND_COUNT))

CLAIM = (
    ID, DOCUMENT, INDEX,
    day("event_from", "Earliest day on which it is said to have happened.", indexed=True),
    day("event_to", "Latest day on which it is said to have happened."),
    day("published", "When the report came out.", indexed=True),
    text("sentence", "The sentences that it stands in."),
    text("cue", "The words that show it."),
    whole("cue_start", "First character of the cue."),
    whole("cue_end", "One past the cue's last character."),
    text("rule", "The pattern that read it."),
    CONFIDENCE,
    whole("credibility", "Admiralty scale, 1 (confirmed) to 6 (cannot be judged), by the extractor."),
    text("reading", "Checksum of its id, sentences, cue and action: what a person's grade of it is about."),
    ORIGIN,
    text("words", "Checksum of what it quotes or of its sentences, if they are long enough.", indexed=True),
)


def _entity(label: Label, what: str, *properties: Property) -> Node:
    return Node(label, Life.SHARED, what, (ID, NAME, *properties, MADE_AT), Marker.ENTITY)


_NODES = (
    Node(Label.PUBLISHER, Life.SHARED, "An outlet.", (
        ID, NAME, MADE_AT)),
    Node(Label.DOCUMENT, Life.OWNED, "One report as it came out.", (
        ID, text("title", "Its headline."), text("text", "Its body."),
        day("published", "When it came out.", indexed=True), text("publisher", "The outlet's name."),
        text("url", "Where it was found."), text("language", "ISO 639 code."),
        ORIGIN, text("words", "Checksum of its words, whoever printed them.", indexed=True), *BANDS,
        Property("cites", Value.TEXTS, "PASSAGE NAME of each outlet that it says it has something from."),
        Property("is_citing", Value.TRUTH, "Whether it cites any.", indexed=True),
        text("unsettled", "There while its origin is to be worked out.", indexed=True, recorded=True),
        text("extractor", "Name, version, model and lexicon sum of what read it."), RECORDED_AT)),
    Node(Label.PASSAGE, Life.OWNED, "One sentence, or the title.", (
        ID, DOCUMENT, INDEX, START, END, text("text", "The sentence."))),
    Node(Label.MENTION, Life.OWNED, "A stretch of text that names an entity.", (
        ID, DOCUMENT, whole("passage", "Index of its passage."), START, END,
        text("text", "The words."), text("label", "The kind of what is named."),
        text("method", "What found it."), CONFIDENCE, text("extractor", "What read the document."))),
    Node(Label.ALLEGATION, Life.OWNED, "Somebody says that somebody moved, got, used, made, held or asked "
         "for weapons. Never a fact.", (
             *CLAIM, text("action", "transfer, acquisition, use, production, possession or request."),
             text("status", "alleged, suspected or asserted.")), Marker.CLAIM),
    Node(Label.REPORTED_FLIGHT, Life.OWNED, "A flight, or several told together, that a report speaks of.", (
        *CLAIM, truth("night", "Whether the report says that it was night."),
        Property("hours", Value.TEXTS, "MOMENT FROM-TO ZONES of each time of day told, with a question mark "
                 "where its day is not certain."),
        whole("count", "How many flights or aircraft."),
        truth("happened", "False: planned, refused, denied.", indexed=True),
        Property("callsigns", Value.TEXTS, "Call signs and flight numbers.")), Marker.CLAIM),
    _entity(Label.COUNTRY, "A state, by its ISO 3166-1 alpha-2 code."),
    _entity(Label.AIRCRAFT_TYPE, "A type, by its ICAO designator."),
    _entity(Label.AIRCRAFT, "One airframe, by its registration, else its 24-bit address."),
    _entity(Label.OPERATOR, "An airline, air force or flight unit.", text("icao", "Three-letter code."),
            text("callsign", "Radio call sign.")),
    _entity(Label.AIRPORT, "An airport or air base, by its ICAO indicator.", text("iata", "IATA code."),
            text("city", "The city that it serves."), real("latitude", "Degrees north."),
            real("longitude", "Degrees east."), real("elevation_ft", "Feet above mean sea level.")),
    _entity(Label.PLACE, "A city, region or sea, within a country."),
    _entity(Label.WEAPON, "A weapon's class, and its model where one is named.",
            text("weapon_class", "Its class."), text("model", "Its model.")),
    _entity(Label.ORGANIZATION, "A body that is no operator."),
    _entity(Label.PERSON, "A named person."),
    Node(Label.IDENTIFIER, Life.SHARED, "A mark that an airframe bears for a time.", (
        ID, text("scheme", "icao24, non-icao, registration, msn or file."),
        text("value", "The mark itself.", indexed=True), MADE_AT)),
    Node(Label.TRACK_FILE, Life.OWNED, "One file of tracking data.", (
        text("id", "SHA-256 of its bytes."), text("name", "Its name when it was read.", recorded=True),
        text("format", "What it was read as."), whole("rows", "Position reports taken."),
        whole("refused", "Position reports refused."), RECORDED_AT)),
    Node(Label.TRACK, Life.OWNED, "What one file says of one aircraft.", (
        ID, text("file", "Id of the file.", indexed=True),
        text("aircraft", "24-bit address, or what stands for it (reg:…, file:…)."),
        instant("first_seen", "Time of the first position.", indexed=True),
        instant("last_seen", "Time of the last one."),
        whole("positions", "How many positions."),
        Property("labels", Value.TEXTS, "JSON of registration, type designator and operator, as given."),
        Property("points", Value.BYTES, "The positions: see flights/packing.py."))),
    Node(Label.FLIGHT, Life.OWNED, "One leg of one aircraft, derived from all its tracks.", (
        ID, text("icao24", "24-bit address.", indexed=True), text("registration", "If one is known."),
        text("registration_method", "How the registration is known."),
        text("type_designator", "ICAO type designator."), text("operator", "If a track or table says so."),
        Property("callsigns", Value.TEXTS, "Call signs received."),
        Property("callsign_times", Value.TEXTS, "VALUE FIRST LAST of each call sign."),
        Property("squawks", Value.TEXTS, "VALUE FIRST LAST of each squawk."),
        instant("first_seen", "First position.", indexed=True), instant("last_seen", "Last position."),
        real("first_latitude", "Degrees north."), real("first_longitude", "Degrees east."),
        real("first_altitude_ft", "Pressure altitude; absent on the ground."),
        truth("first_on_ground", "Whether it was first seen on the ground."),
        real("last_latitude", "Degrees north."), real("last_longitude", "Degrees east."),
        real("last_altitude_ft", "Pressure altitude; absent on the ground."),
        truth("last_on_ground", "Whether it was last seen on the ground."),
        instant("takeoff_time", "If it is known."), instant("landing_time", "If it is known."),
        text("night", "yes, no or indeterminate."), text("night_at_departure", "yes, no or indeterminate."),
        text("night_at_arrival", "yes, no or indeterminate."),
        real("sun_at_departure_deg", "Elevation of the sun."),
        real("sun_at_arrival_deg", "Elevation of the sun."),
        whole("positions", "How many positions it rests on."),
        whole("set_aside", "How many impossible positions were left out."),
        Property("sources", Value.TEXTS, "Ids of the track files behind it."),
        text("checksum", "Over all that was derived: the same flight is not written again."))),
    Node(Label.COVERAGE_GAP, Life.OWNED, "A stretch of a flight without positions.", (
        ID, text("flight", "Id of the flight."), INDEX,
        instant("before_time", "Last position before it."), real("before_latitude", "Degrees north."),
        real("before_longitude", "Degrees east."), real("before_altitude_ft", "Absent on the ground."),
        truth("before_on_ground", "Whether that was on the ground."),
        instant("after_time", "First position after it."), real("after_latitude", "Degrees north."),
        real("after_longitude", "Degrees east."), real("after_altitude_ft", "Absent on the ground."),
        truth("after_on_ground", "Whether that was on the ground."),
        real("excess_s", "Seconds beyond the time that the distance explains."),
        text("gap_class", "coverage, unexplained or insufficient data."))),
    Node(Label.AIRCRAFT_TABLE, Life.OWNED, "One file that lists aircraft.", (
        text("id", "SHA-256 of its bytes."), text("name", "Its name when it was read.", recorded=True),
        text("format", "What it was read as."), whole("entries", "Rows taken."),
        whole("refused", "Rows refused."), RECORDED_AT)),
    Node(Label.AIRCRAFT_RECORD, Life.OWNED, "What one row of an aircraft table says. Statements of an "
         "aircraft follow from it as soon as a report or track names that aircraft.", (
             text("id", "Id of the table, a stroke, and the row."),
             text("icao24", "24-bit address.", indexed=True),
             text("registration", "In the form that its state's rules give it.", indexed=True),
             text("type", "ICAO type designator."), text("model", "The type in the table's words."),
             text("msn", "Manufacturer's serial number."), text("operator", "As the table writes it."),
             text("owner", "As the table writes it; an owner is not the operator."),
             text("country", "State of registration, where the table names it."),
             truth("military", "Whether the table marks it so."), day("from", "First day, if known."),
             day("to", "Last day, if known."), text("source", "What the row itself names as its source."))),
    Node(Label.GRADE, Life.RECORD, "How a person grades a publisher or a claim; kept when those go.", (
        ID, text("scale", "publisher (A to F) or claim (1 to 6)."),
        text("about", "Id of the publisher, or the claim's reading.", indexed=True),
        text("subject", "Id of the publisher or claim."), text("value", "The grade."),
        text("by", "Who gave it."), instant("at", "When."), text("reason", "Why."),
        instant("revoked_at", "When it was taken back; absent: it was not."),
        text("revoked_by", "Who took it back."))),
    Node(Label.JUDGEMENT, Life.RECORD, "A person's verdict on whether two entities are the same.", (
        ID, text("kind", "Label of both."), text("left", "Id of one.", indexed=True),
        text("right", "Id of the other.", indexed=True), text("verdict", "same, different or unsure."),
        text("by", "Who gave it."), instant("at", "When."), MADE_AT, text("reason", "Why, in their words."),
        instant("revoked_at", "When it was taken back; absent: it stands."),
        text("revoked_by", "Who took it back, or gave another verdict instead."))),
    Node(Label.ANNOTATION, Life.RECORD, "What an analysis found of some entities: no fact, and dated.", (
        ID, text("analysis", "brokers, communities or co-travel.", indexed=True),
        text("views", "The views that it went over."),
        text("parameters", "JSON of how it was asked."), text("run", "Id of the run.", indexed=True),
        instant("at", "When."), whole("rank", "1 for the first of its run."),
        real("score", "What it was ranked by."), text("text", "What was found, in words."))),
    Node(Label.RUN, Life.RECORD, "One command that put something in.", (
        ID, text("command", "What was run."), text("version", "Of Tailgraph."),
        instant("started", "When it began."), instant("finished", "When it ended; absent: it was cut."),
        instant("retracted", "When what only it had put in was taken out; absent: it was not."))),
    Node(Label.META, Life.RECORD, "What the graph itself is at.", (
        ID, whole("schema_version", "The last migration that was applied."),
        text("statements", "Sum over the constraints and indexes that were applied."),
        text("reference", "Sum over the reference tables that entities were told from."),
        day("first_day", "Of a mark: the first day whose tracks have changed."),
        day("last_day", "Of a mark: the last day whose tracks have changed."),
        truth("tables", "Of a mark: whether an aircraft table came or went."))),
)

NODES: dict[Label, Node] = {node.label: node for node in _NODES}
ENTITIES = tuple(node.label for node in _NODES if node.marker is Marker.ENTITY)
CLAIMS = tuple(node.label for node in _NODES if node.marker is Marker.CLAIM)
# The order in which every writer locks shared nodes, label by label, so that two writers seldom deadlock.
# Identifiers come first: their lock is also the one under which an address's flights are derived.
SHARED = tuple(sorted((node.label for node in _NODES if node.life is Life.SHARED),
                      key=lambda label: (label is not Label.IDENTIFIER, label)))
