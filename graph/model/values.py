"""What the records of reports and of flights share: their base, and the closed lists of values."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

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


class GapClass(StrEnum):
    COVERAGE = "coverage"
    UNEXPLAINED = "unexplained"
    INSUFFICIENT_DATA = "insufficient data"
