"""A report, and what was taken out of it."""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum

from pydantic import Field

from tailgraph.graph import keys
from tailgraph.graph.model.values import Action, Kind, Probability, Record, Status


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


class Moment(StrEnum):
    """What of a flight a time of day tells: its beginning, its end, or any moment of it."""

    DEPARTURE = "departure"
    ARRIVAL = "arrival"
    FLIGHT = "flight"


LOCAL, ENDS = "local", "ends"
"""As zones: that of the place where what is told was; that of either end of the flight."""


class Hours(Record):
    """A time of day that a report tells, as a stretch of the clock as wide as the words leave it open.

    It reaches past midnight where `end` is not after `begin`. `zones` are those that it may be told in:
    LOCAL, ENDS or IANA names. `on_day`: it is of a day told of the flight; else of the day before or after,
    too.
    """

    of: Moment = Moment.FLIGHT
    begin: time
    end: time
    zones: tuple[str, ...] = (LOCAL,)
    on_day: bool = True

    def __str__(self) -> str:
        """ "departure 01:30-03:30 local|UTC", "?" where the day is not certain: as the graph holds it."""
        near = "" if self.on_day else "?"
        return f"{self.of} {self.begin:%H:%M}-{self.end:%H:%M}{near} {'|'.join(self.zones)}"

    @classmethod
    def read(cls, written: str) -> Hours:
        """From what `str` makes of it. Raises ValueError for anything else."""
        moment, stretch, zones = written.split(" ", 2)
        begin, _, end = stretch.removesuffix("?").partition("-")
        return cls(of=Moment(moment), begin=time.fromisoformat(begin), end=time.fromisoformat(end),
                   zones=tuple(zones.split("|")), on_day=not stretch.endswith("?"))


class Slot(Record):
    """One filler of a claim's slot. `ambiguous`: the text leaves open which of several fillers is meant;
    `learned`: a model, and no rule, takes it for the filler."""

    entity: EntityRef
    span: Span | None = None
    ambiguous: bool = False
    learned: bool = False


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
    hours: tuple[Hours, ...] = ()
    """Of those of one moment any may be meant; every moment that is told must fit."""
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
