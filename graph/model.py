"""The vocabulary of the whole program: frozen records that extraction and the flight side yield,
the store writes, and the command line prints.

All offsets are half-open and count Unicode code points in `Document.content`. All instants are aware
and in UTC. Altitudes are in feet, distances in nautical miles, angles in degrees.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from tailgraph.graph import keys

Probability = Annotated[float, Field(ge=0, le=1)]


class Record(BaseModel):
    """A value: immutable, compared by content, refusing fields that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null")


class Kind(StrEnum):
    """What an entity is; also its label in the graph."""

    COUNTRY = "Country"
    AIRCRAFT_TYPE = "AircraftType"
    AIRCRAFT = "Aircraft"
    OPERATOR = "Operator"
    AIRPORT = "Airport"
    PLACE = "Place"
    WEAPON = "Weapon"
    ORGANIZATION = "Organization"
    PERSON = "Person"


class WeaponClass(StrEnum):
    BALLISTIC_MISSILE = "ballistic-missile"
    CRUISE_MISSILE = "cruise-missile"
    SURFACE_TO_AIR_MISSILE = "surface-to-air-missile"
    ANTI_TANK_MISSILE = "anti-tank-missile"
    MISSILE = "missile"
    ROCKET = "rocket"
    DRONE = "drone"
    ARTILLERY = "artillery"
    AMMUNITION = "ammunition"
    SMALL_ARMS = "small-arms"
    COMBAT_AIRCRAFT = "combat-aircraft"
    HELICOPTER = "helicopter"
    AIR_DEFENCE = "air-defence"
    ARMOURED_VEHICLE = "armoured-vehicle"
    BOMB = "bomb"
    EXPLOSIVE = "explosive"
    CHEMICAL = "chemical"
    NUCLEAR = "nuclear"
    WARSHIP = "warship"
    ARMS = "arms"


class Action(StrEnum):
    TRANSFER = "transfer"
    ACQUISITION = "acquisition"
    USE = "use"
    PRODUCTION = "production"
    POSSESSION = "possession"
    REQUEST = "request"


class Status(StrEnum):
    """How firmly the report states a claim: a source says it, somebody suspects it, the report asserts it."""

    ALLEGED = "alleged"
    SUSPECTED = "suspected"
    ASSERTED = "asserted"


class Method(StrEnum):
    """How a value of a flight came to be known."""

    OBSERVED = "observed"
    INTERPOLATED = "interpolated"
    EXTRAPOLATED = "extrapolated"
    INFERRED = "inferred"
    REPORTED = "reported"
    UNKNOWN = "unknown"


class Trilean(StrEnum):
    YES = "yes"
    NO = "no"
    INDETERMINATE = "indeterminate"


class Verdict(StrEnum):
    """What the flights say of a reported flight, as a whole or in one part."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNTESTABLE = "untestable"


# --- reports ---------------------------------------------------------------------------------------------


class Document(Record):
    """One report as it came out: the same words under another outlet's name are another document.

    `title` and `text` are normalised (NFC, no control characters, paragraphs split by a blank line).
    """

    title: str = ""
    text: str
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None

    @property
    def id(self) -> str:
        """Of what is stored, so that the document read back from the graph has it, too."""
        published = self.published.isoformat() if self.published else None
        publisher, url = (text and keys.unicode_text(text) for text in (self.publisher, self.url))
        return keys.digest("document", publisher, url, published, keys.unicode_text(self.title),
                           keys.unicode_text(self.text))

    @property
    def content(self) -> str:
        """The text that every offset counts in: the title, a blank line, the body."""
        return f"{self.title}\n\n{self.text}" if self.title else self.text


class Span(Record):
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Passage(Record):
    """One sentence (or the title, which is passage 0 where there is one)."""

    index: int = Field(ge=0)
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class EntityRef(Record):
    kind: Kind
    id: str


class Entity(Record):
    """Something named in a report.

    `id` is its key in the graph; `key` the public designator (ISO code, ICAO designator or location
    indicator, registration, weapon class), None where the world has none. `names` are the surface forms of
    this report, best first.
    """

    kind: Kind
    id: str
    key: str | None = None
    names: tuple[str, ...] = Field(min_length=1)

    @property
    def ref(self) -> EntityRef:
        return EntityRef(kind=self.kind, id=self.id)


class Mention(Record):
    """A stretch of text that names an entity, with what found it."""

    passage: int
    start: int
    end: int
    text: str
    entity: EntityRef
    method: str
    confidence: Probability


class DateInterval(Record):
    """Earliest and latest day, both inclusive; None is an open end."""

    earliest: date | None = None
    latest: date | None = None


class Slot(Record):
    """One filler of a claim's slot. `ambiguous`: the text leaves open which of several fillers is meant."""

    entity: EntityRef
    span: Span | None = None
    ambiguous: bool = False


class Claim(Record):
    """What allegations and reported flights share: where the claim stands, and what read it there."""

    index: int = Field(ge=0)
    evidence: tuple[int, ...] = Field(min_length=1, description="indices of passages")
    cue: Span
    rule: str
    confidence: Probability
    credibility: int = Field(default=6, ge=1, le=6, description="Admiralty scale; 6 = cannot be judged")


class Allegation(Claim):
    """Somebody says that somebody moved, got, used, made, held or asked for weapons. Never a fact."""

    action: Action
    status: Status
    accuser: tuple[Slot, ...] = ()
    accused: tuple[Slot, ...] = ()
    supplier: tuple[Slot, ...] = ()
    recipient: tuple[Slot, ...] = ()
    target: tuple[Slot, ...] = ()
    carrier: tuple[Slot, ...] = ()
    weapons: tuple[Slot, ...] = ()
    denied_by: tuple[Slot, ...] = ()
    event: DateInterval | None = None


class Endpoint(Record):
    """Where a reported flight began or ended, as far as the text says."""

    country: Slot | None = None
    place: Slot | None = None
    airport: Slot | None = None


class ReportedFlight(Claim):
    """A flight, or a group of flights told together, that a report speaks of."""

    aircraft: tuple[Slot, ...] = ()
    types: tuple[Slot, ...] = ()
    operator: tuple[Slot, ...] = ()
    state: tuple[Slot, ...] = ()
    origin: Endpoint | None = None
    destination: Endpoint | None = None
    event: DateInterval | None = None
    night: bool | None = None
    count: int | None = None
    happened: bool = True
    callsigns: tuple[str, ...] = ()


class Extraction(Record):
    """All that one extractor took out of one document."""

    document: Document
    extractor: str = Field(description="name, version, model and lexicon checksum of what made it")
    passages: tuple[Passage, ...]
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    allegations: tuple[Allegation, ...] = ()
    flights: tuple[ReportedFlight, ...] = ()


# --- tracks ----------------------------------------------------------------------------------------------


class AirportCandidate(Record):
    airport: str = Field(description="ICAO location indicator")
    distance_nm: float
    score: Probability


class FlightEnd(Record):
    """A departure or an arrival: which airport, how that is known, and when at the earliest and latest."""

    airport: str
    method: Method
    earliest: datetime
    latest: datetime
    distance_nm: float
    candidates: tuple[AirportCandidate, ...] = ()


class GapClass(StrEnum):
    COVERAGE = "coverage"
    UNEXPLAINED = "unexplained"
    INSUFFICIENT_DATA = "insufficient data"


class Bearing(Record):
    """Where a track that ends (or begins) in the air points to. Never a landing, never a take-off.

    `earliest` and `latest` bound the time at which the aircraft can have been at `airport`; `gap_class`
    judges the silence beyond the track's end by what was received of others there.
    """

    airport: str
    bearing_deg: float
    distance_nm: float
    earliest: datetime
    latest: datetime
    candidates: tuple[AirportCandidate, ...] = ()
    gap_class: GapClass = GapClass.INSUFFICIENT_DATA


class Fix(Record):
    """A position report. `altitude_ft` is None on the ground and where it was not sent."""

    time: datetime
    latitude: float
    longitude: float
    altitude_ft: float | None = None
    on_ground: bool = False


class CoverageGap(Record):
    index: int
    before: Fix
    after: Fix
    excess_s: float = Field(description="seconds beyond the time that the distance explains")
    gap_class: GapClass = GapClass.INSUFFICIENT_DATA


class Timed(Record):
    """A call sign or squawk and the first and last time that it was received."""

    value: str
    first: datetime
    last: datetime


class Overflight(Record):
    """A country under a flight. Observed: some report stood over its land; interpolated: only the great
    circle across a silence does.

    It was entered after the last report outside and by the first one inside, and left likewise; None where
    there is no such report.
    """

    country: str = Field(description="ISO 3166-1 alpha-2")
    method: Method
    entered_after: datetime | None = None
    entered_by: datetime | None = None
    left_after: datetime | None = None
    left_by: datetime | None = None


class Flight(Record):
    """One leg of one aircraft, as tracking data show it; None where they do not say."""

    icao24: str | None = Field(description="24-bit address, six lower-case hex digits; '~' first if not ICAO")
    registration: str | None = None
    registration_method: Method = Method.UNKNOWN
    type_designator: str | None = None
    operator: str | None = None
    callsigns: tuple[str, ...] = ()
    callsign_times: tuple[Timed, ...] = ()
    squawks: tuple[Timed, ...] = ()
    first_seen: datetime
    last_seen: datetime
    first_fix: Fix
    last_fix: Fix
    takeoff_time: datetime | None = None
    landing_time: datetime | None = None
    departure: FlightEnd | None = None
    arrival: FlightEnd | None = None
    appeared_from: Bearing | None = None
    vanished_toward: Bearing | None = None
    night: Trilean = Trilean.INDETERMINATE
    night_at_departure: Trilean = Trilean.INDETERMINATE
    night_at_arrival: Trilean = Trilean.INDETERMINATE
    sun_at_departure_deg: float | None = None
    sun_at_arrival_deg: float | None = None
    gaps: tuple[CoverageGap, ...] = ()
    overflew: tuple[Overflight, ...] = Field(default=(), description="countries in order, where asked for")
    positions: int = Field(ge=1, description="how many position reports the leg rests on")
    set_aside: int = Field(default=0, ge=0, description="reports within its time that cannot be true of it")
    sources: tuple[str, ...] = Field(default=(), description="sha256 of each track file behind it")

    @property
    def id(self) -> str:
        return keys.flight_id(self.icao24 or self.registration or ",".join(self.sources), self.first_seen)


class UnobservedVisit(Record):
    """A proposal: the aircraft may have been at `airport` between two flights, from `earliest` to `latest`.

    `before` and `after` are the ids of the flights; `score` is the lesser share that the airport has among
    the candidates of their open ends.
    """

    airport: str
    before: str
    after: str
    earliest: datetime
    latest: datetime
    score: Probability
