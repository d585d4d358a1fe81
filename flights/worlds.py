"""Invented traffic for measurements and tests: random routes between real airports.

A `World` fixes the ranges from which every leg is drawn; the figures of docs/benchmarks.md are taken on
other routes and ranges than those on which the constants of the flight side were set.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from tailgraph.flights.airports import airfields
from tailgraph.flights.geo import bearing_deg, destination, distance_nm, turn_deg
from tailgraph.flights.scenario import Hole, PlannedAircraft, PlannedLeg, Scenario, Window

Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class World:
    """Ranges to draw from; `countries` limits the airports (all where empty)."""

    seed: int = 0
    aircraft: int = 50
    legs: tuple[int, int] = (2, 6)
    countries: frozenset[str] = frozenset()
    route_nm: Range = (150, 3000)
    cruise_ft: Range = (24_000, 41_000)
    cruise_kt: Range = (380, 500)
    climb_fpm: Range = (1200, 2500)
    descent_fpm: Range = (1200, 2200)
    turnround_min: Range = (45, 400)
    received: Range = (0.5, 1.0)
    unseen_ends: float = 0.0
    unseen_below_ft: Range = (10_000, 10_000)
    dogleg_deg: float = 8.0
    straight_nm: Range = (5, 15)
    silences: float = 0.0
    silence_min: Range = (15, 180)
    interval_s: float = 10.0
    stale_share: float = 0.002
    false_ground_share: float = 0.0005
    holes: tuple[Hole, ...] = ()
    start: datetime = datetime(2024, 3, 1, tzinfo=UTC)


def scenario(world: World) -> Scenario:
    """The world's scenario: the same for the same settings."""
    draw = np.random.default_rng([world.seed, 77])
    fields = _fields(world)
    planned = tuple(_aircraft(world, number, fields, draw) for number in range(world.aircraft))
    return Scenario(note="invented", seed=world.seed, interval_s=world.interval_s, holes=world.holes,
                    aircraft=planned)


def _fields(world: World) -> NDArray[np.intp]:
    """Rows of the larger fields; another seed flies between another half of them."""
    table = airfields()
    large = [row for row in table.scheduled.tolist() if table.prior[row] >= 1.0
             and (not world.countries or table.country[row] in world.countries)
             and (hash_of(table.icao[row]) + world.seed) % 2 == 0]
    return np.array(large, np.intp)


def hash_of(icao: str) -> int:
    """A number for an indicator that is the same in every process."""
    return sum(ord(letter) * (i + 3) for i, letter in enumerate(icao))


def _aircraft(world: World, number: int, fields: NDArray[np.intp],
              draw: np.random.Generator) -> PlannedAircraft:
    here = int(draw.choice(fields))
    start = world.start + timedelta(minutes=float(draw.uniform(0, 1440)))
    legs = []
    for index in range(int(draw.integers(world.legs[0], world.legs[1] + 1))):
        there = _destination(world, here, fields, draw)
        legs.append(_leg(world, here, there, start if index == 0 else None, draw))
        here = there
    return PlannedAircraft(icao24=f"{0x700000 + world.seed * 4096 + number:06x}",
                           registration=f"ZZ-{number:04d}", type="B738", legs=tuple(legs))


def _destination(world: World, here: int, fields: NDArray[np.intp], draw: np.random.Generator) -> int:
    table = airfields()
    away = distance_nm(table.latitude[here], table.longitude[here], table.latitude[fields],
                       table.longitude[fields])
    low, high = world.route_nm
    near = fields[(away >= low) & (away <= high)]
    return int(draw.choice(near if len(near) else fields[fields != here]))


def _leg(world: World, here: int, there: int, start: datetime | None,
         draw: np.random.Generator) -> PlannedLeg:
    def pick(bounds: Range) -> float:
        return float(draw.uniform(*bounds))

    unseen = [pick(world.unseen_below_ft) if draw.random() < world.unseen_ends else 0.0 for _ in range(2)]
    silences = tuple(_silences(world, draw))
    table = airfields()
    return PlannedLeg.model_validate({
        "from": table.icao[here], "to": table.icao[there], "departure": start,
        "turnround_min": pick(world.turnround_min), "cruise_ft": round(pick(world.cruise_ft), -3),
        "cruise_kt": pick(world.cruise_kt), "climb_fpm": pick(world.climb_fpm),
        "descent_fpm": pick(world.descent_fpm), "received": pick(world.received),
        "unseen_below_ft": tuple(unseen), "via": _via(world, here, there, draw), "transponder_off": silences,
        "callsign": f"ZZZ{int(draw.integers(1, 9999))}", "stale_share": world.stale_share,
        "false_ground_share": world.false_ground_share})


def _silences(world: World, draw: np.random.Generator) -> Iterator[Window]:
    if draw.random() < world.silences:
        start = float(draw.uniform(20, 240))
        yield Window(from_min=start, to_min=start + float(draw.uniform(*world.silence_min)))


def _via(world: World, here: int, there: int, draw: np.random.Generator) -> tuple[tuple[float, float], ...]:
    """Straight out along a runway, off the straight way by up to `dogleg_deg`, in along a runway."""
    table = airfields()
    start, end = ((float(table.latitude[row]), float(table.longitude[row])) for row in (here, there))
    nm, course = float(distance_nm(*start, *end)), float(bearing_deg(*start, *end))
    bend = destination(*start, course + float(draw.uniform(-1, 1)) * world.dogleg_deg,
                       nm * float(draw.uniform(0.4, 0.6)))
    out = destination(*start, _runway(here, course), float(draw.uniform(*world.straight_nm)))
    back = destination(*end, _runway(there, course) + 180, float(draw.uniform(*world.straight_nm)))
    return tuple((float(lat), float(lon)) for lat, lon in (out, bend, back))


def _runway(row: int, course: float) -> float:
    """The direction of the field's one invented runway that suits the course better."""
    runway = hash_of(airfields().icao[row]) * 10 % 180
    return float(runway if turn_deg(runway, course) <= 90 else runway + 180)
