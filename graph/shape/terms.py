"""What the graph's shape is declared with: its labels and relationship types, and the forms of a node, an
edge and a property."""

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
    HELD_SAME_AS = "HELD_SAME_AS"
    ANNOTATED = "ANNOTATED"
    CONTRIBUTED = "CONTRIBUTED"
    REPEATS = "REPEATS"


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
    stamped: bool = False
    """True for what is set when a node is made, by the clock, and never again."""


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
    recorded: bool = False
    """True for what is kept about the work itself; left out of the digest."""


def text(name: str, what: str, *, indexed: bool = False, recorded: bool = False) -> Property:
    return Property(name, Value.TEXT, what, indexed, recorded)


def whole(name: str, what: str, *, indexed: bool = False) -> Property:
    return Property(name, Value.WHOLE, what, indexed)


def real(name: str, what: str) -> Property:
    return Property(name, Value.REAL, what)


def truth(name: str, what: str, *, indexed: bool = False) -> Property:
    return Property(name, Value.TRUTH, what, indexed)


def day(name: str, what: str, *, indexed: bool = False) -> Property:
    return Property(name, Value.DAY, what, indexed)


def instant(name: str, what: str, *, indexed: bool = False, recorded: bool = False) -> Property:
    return Property(name, Value.INSTANT, what, indexed, recorded)
