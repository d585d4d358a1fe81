"""The form of a simulator scenario: who flies where and when, who listens, and what goes wrong.

A JSON object of these records; docs/flights.md shows one. Instants are ISO 8601 with a zone. Every random
draw depends on `seed`, the aircraft's address and the leg's index only, so that adding an aircraft leaves
the others as they were.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

from pydantic import AwareDatetime, Field, ValidationError

from tailgraph.errors import InputRefused
from tailgraph.graph.model import Record

Degrees = Annotated[float, Field(ge=-180, le=180)]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Share = Annotated[float, Field(ge=0, le=1)]
Minutes = Annotated[float, Field(ge=0, le=100_000)]
Address = Annotated[str, Field(pattern="^~?[0-9a-f]{6}$")]


class Receiver(Record):
    latitude: Latitude
    longitude: Degrees
    range_nm: float = Field(default=220, gt=0)
    antenna_ft: float = Field(default=100, ge=0)


class Hole(Record):
    """A disc where nothing is received below `below_ft`, whoever flies there."""

    latitude: Latitude
    longitude: Degrees
    radius_nm: float = Field(gt=0)
    below_ft: float = 60_000
    start: AwareDatetime | None = None
    end: AwareDatetime | None = None


class Window(Record):
    """Minutes since take-off. Both ends may lie beyond the flight."""

    from_min: float
    to_min: float


class Spoof(Window):
    """While it lasts, the position sent is this one."""

    latitude: Latitude
    longitude: Degrees


class Rename(Record):
    at_min: Minutes
    callsign: str


class Readdress(Record):
    at_min: Minutes
    icao24: Address


class PlannedLeg(Record):
    """`origin` and `destination` are ICAO location indicators.

    `icao24` is the address sent on this leg, if not the aircraft's own; from each of `readdressed` on another
    one is. The leg takes off at `departure`, or `turnround_min` after the landing before. `received` is the
    share of reports that get through where there is reception; of the reports lower than `unseen_below_ft`
    above the field of the origin, the destination, none does; `transponder_off` are windows of labelled
    silence; `stale_share` is the share of reports that repeat an old position; `false_ground_share` that of
    wrong ground bits.
    """

    origin: str = Field(alias="from")
    destination: str = Field(alias="to")
    departure: AwareDatetime | None = None
    turnround_min: Minutes = 60
    callsign: str | None = None
    squawk: str | None = None
    cruise_ft: float = Field(default=34_000, ge=500, le=60_000)
    cruise_kt: float = Field(default=440, ge=60, le=650)
    climb_fpm: float = Field(default=1800, ge=200, le=6000)
    descent_fpm: float = Field(default=1600, ge=200, le=6000)
    taxi_min: Minutes = 6
    via: tuple[tuple[Latitude, Degrees], ...] = ()
    received: Share = 1.0
    unseen_below_ft: tuple[float, float] = (0.0, 0.0)
    transponder_off: tuple[Window, ...] = ()
    spoofed: tuple[Spoof, ...] = ()
    renamed: tuple[Rename, ...] = ()
    icao24: Address | None = None
    readdressed: tuple[Readdress, ...] = ()
    stale_share: Share = 0.0
    false_ground_share: Share = 0.0


class PlannedAircraft(Record):
    icao24: Address
    registration: str = ""
    type: str = ""
    operator: str = ""
    callsign: str = ""
    legs: tuple[PlannedLeg, ...] = Field(min_length=1)


class Scenario(Record):
    """Without `receivers` everything is received."""

    note: str = ""
    seed: int = 0
    interval_s: float = Field(default=10, ge=0.5, le=600)
    noise_m: float = Field(default=20, ge=0)
    receivers: tuple[Receiver, ...] = ()
    holes: tuple[Hole, ...] = ()
    aircraft: tuple[PlannedAircraft, ...]


class Silence(Record):
    """A stretch of a leg without reports, and the true reason."""

    start: datetime
    end: datetime
    reason: str = Field(description='"coverage" or "transponder off"')


class TrueLeg(Record):
    """What really happened. `icao24` is the address sent at first, `addresses` are all in order."""

    icao24: str
    addresses: tuple[str, ...]
    registration: str
    origin: str
    destination: str
    takeoff: datetime
    landing: datetime
    first_received: datetime | None
    last_received: datetime | None
    silences: tuple[Silence, ...] = ()


def load(path: Path) -> Scenario:
    """The scenario in a JSON file. Raises InputRefused naming the first field that is wrong."""
    try:
        return Scenario.model_validate_json(path.read_bytes())
    except OSError as error:
        raise InputRefused(f"The scenario cannot be read: {error.strerror}.", where=str(path)) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InputRefused(f"The scenario is not of the form: {place}: {first['msg']}.", where=str(path),
                           remedy="docs/flights.md describes it.") from error
