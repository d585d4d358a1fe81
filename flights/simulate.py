"""Tracking data with known truth: a scenario flown, heard by its receivers, and written down.

The scenario's form is in `scenario`; this module flies it. Output is `Positions`, as a reader would give
them, and the true legs. The same scenario gives the same bytes on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tailgraph.errors import InputRefused
from tailgraph.flights import geo, reception
from tailgraph.flights.airports import airfields
from tailgraph.flights.positions import AIR, GROUND, NO_SQUAWK, Label, Positions, build, concat
from tailgraph.flights.profile import Field, Flown, Profile, fly
from tailgraph.flights.readers import fields
from tailgraph.flights.scenario import PlannedAircraft, PlannedLeg, Scenario, Silence, TrueLeg

_NM_PER_M = 1 / 1852
_SILENCE_S = 300.0
_LONG_AGO, _FAR_OFF = -1e18, 1e18
Times = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Simulation:
    positions: Positions
    truth: tuple[TrueLeg, ...]


def simulate(scenario: Scenario) -> Simulation:
    """Raises InputRefused on an unknown airport, a first leg without departure, or legs that overlap."""
    parts: list[Positions] = []
    truth: list[TrueLeg] = []
    for aircraft in scenario.aircraft:
        for heard, leg in _legs(scenario, aircraft):
            parts.append(heard)
            truth.append(leg)
    return Simulation(concat(parts).canonical(), tuple(truth))


def _legs(scenario: Scenario, aircraft: PlannedAircraft) -> Iterator[tuple[Positions, TrueLeg]]:
    landed: float | None = None
    for index, planned in enumerate(aircraft.legs):
        flown = fly(_field(planned.origin), _field(planned.destination), planned.via, Profile(
            planned.cruise_ft, planned.cruise_kt, planned.climb_fpm, planned.descent_fpm,
            planned.taxi_min * 60, planned.taxi_min * 60), scenario.interval_s)
        takeoff = _takeoff(aircraft, planned, landed)
        landed = takeoff + flown.airborne_s
        draw = np.random.default_rng([scenario.seed, int(aircraft.icao24.removeprefix("~"), 16), index])
        yield _receive(scenario, aircraft, planned, flown, takeoff, draw)


def _takeoff(aircraft: PlannedAircraft, planned: PlannedLeg, landed: float | None) -> float:
    if planned.departure is not None:
        takeoff = planned.departure.timestamp()
        if landed is not None and takeoff < landed:
            raise InputRefused(f"{aircraft.icao24} leaves {planned.origin} before it has landed.",
                               remedy="Give the leg a later departure.")
        return takeoff
    if landed is None:
        raise InputRefused(f"The first leg of {aircraft.icao24} has no departure.", remedy="Add one.")
    return landed + planned.turnround_min * 60


@lru_cache(maxsize=4096)
def _field(icao: str) -> Field:
    table = airfields()
    try:
        row = table.icao.index(icao)
    except ValueError:
        raise InputRefused(f"No airport {icao!r} is known.",
                           remedy="Use an ICAO location indicator.") from None
    return Field(float(table.latitude[row]), float(table.longitude[row]), float(table.elevation_ft[row]))


def _receive(scenario: Scenario, aircraft: PlannedAircraft, planned: PlannedLeg, flown: Flown, takeoff: float,
             draw: np.random.Generator) -> tuple[Positions, TrueLeg]:
    times = takeoff + flown.seconds + draw.uniform(0, scenario.interval_s * 0.3, len(flown.seconds))
    antennas = [reception.Antenna(r.latitude, r.longitude, r.range_nm, r.antenna_ft)
                for r in scenario.receivers]
    shadows = [reception.Shadow(h.latitude, h.longitude, h.radius_nm, h.below_ft,
                                h.start.timestamp() if h.start else _LONG_AGO,
                                h.end.timestamp() if h.end else _FAR_OFF) for h in scenario.holes]
    audible = reception.heard(flown, takeoff, antennas, shadows)
    windows = [(takeoff + w.from_min * 60, takeoff + w.to_min * 60) for w in planned.transponder_off]
    silent = reception.off(times, windows)
    rows = np.flatnonzero(audible & ~silent & _seen(planned, flown) & (
        draw.random(len(times)) < planned.received))
    positions = _reports(scenario, aircraft, planned, flown, times, takeoff, rows, draw)
    addresses = tuple(dict.fromkeys(_addresses(aircraft, planned)))
    leg = TrueLeg(icao24=addresses[0], addresses=addresses, registration=aircraft.registration,
                  origin=planned.origin, destination=planned.destination, takeoff=_instant(takeoff),
                  landing=_instant(takeoff + flown.airborne_s),
                  first_received=_instant(times[rows[0]]) if len(rows) else None,
                  last_received=_instant(times[rows[-1]]) if len(rows) else None,
                  silences=_silences(times, rows, silent))
    return positions, leg


def _seen(planned: PlannedLeg, flown: Flown) -> reception.Mask:
    """Which rows lie high enough above the nearer end's field to be received there at all."""
    outward = flown.seconds < flown.airborne_s / 2
    floors = (_field(planned.origin).elevation_ft + planned.unseen_below_ft[0],
              _field(planned.destination).elevation_ft + planned.unseen_below_ft[1])
    lost = np.where(outward, planned.unseen_below_ft[0] > 0, planned.unseen_below_ft[1] > 0)
    return np.asarray(~(lost & (flown.altitude_ft < np.where(outward, *floors))))


def _reports(scenario: Scenario, aircraft: PlannedAircraft, planned: PlannedLeg, flown: Flown, times: Times,
             takeoff: float, rows: NDArray[np.intp], draw: np.random.Generator) -> Positions:
    latitude, longitude = geo.destination(
        flown.latitude[rows], flown.longitude[rows], draw.uniform(0, 360, len(rows)),
        np.abs(draw.normal(0, scenario.noise_m, len(rows))) * _NM_PER_M)
    minutes = (times[rows] - takeoff) / 60
    for spoof in planned.spoofed:
        false = (minutes >= spoof.from_min) & (minutes < spoof.to_min)
        latitude[false], longitude[false] = spoof.latitude, spoof.longitude
    stale = np.flatnonzero(draw.random(len(rows)) < planned.stale_share)
    stale = stale[stale > 0]
    latitude[stale], longitude[stale] = latitude[stale - 1], longitude[stale - 1]
    ground = flown.on_ground[rows] | (draw.random(len(rows)) < planned.false_ground_share)
    addresses = tuple(dict.fromkeys(_addresses(aircraft, planned)))
    return build(
        addresses, ("simulated",),
        frozenset(Label(address, "simulated", aircraft.registration, aircraft.type, aircraft.operator)
                  for address in addresses),
        len(rows), code=_codes(aircraft, planned, minutes), time=np.round(times[rows], 2),
        latitude=np.round(latitude, 6), longitude=np.round(longitude, 6),
        ground=np.where(ground, GROUND, AIR),
        altitude_ft=np.where(ground, np.nan, np.round(flown.altitude_ft[rows] / 25) * 25),
        ground_speed_kt=np.round(flown.speed_kt[rows], 1), track_deg=np.round(flown.track_deg[rows], 1),
        vertical_rate_fpm=np.round(flown.rate_fpm[rows] / 64) * 64,
        callsign=_callsigns(aircraft, planned, minutes),
        squawk=np.full(len(rows), fields.squawk(planned.squawk) if planned.squawk else NO_SQUAWK))


def _addresses(aircraft: PlannedAircraft, planned: PlannedLeg) -> list[str]:
    """What is sent at first, and from each change on."""
    return [planned.icao24 or aircraft.icao24, *(change.icao24 for change in planned.readdressed)]


def _codes(aircraft: PlannedAircraft, planned: PlannedLeg, minutes: Times) -> NDArray[np.int32]:
    """For each row, which of the leg's addresses it is sent under."""
    addresses = _addresses(aircraft, planned)
    numbers = {address: number for number, address in enumerate(dict.fromkeys(addresses))}
    codes = np.full(len(minutes), numbers[addresses[0]], np.int32)
    for change in planned.readdressed:
        codes[minutes >= change.at_min] = numbers[change.icao24]
    return codes


def _callsigns(aircraft: PlannedAircraft, planned: PlannedLeg, minutes: Times) -> NDArray[np.bytes_]:
    named = np.full(len(minutes), fields.callsign(planned.callsign or aircraft.callsign), "S8")
    for change in planned.renamed:
        named[minutes >= change.at_min] = fields.callsign(change.callsign)
    return named


def _silences(times: Times, rows: NDArray[np.intp], silent: reception.Mask) -> tuple[Silence, ...]:
    """Stretches of five minutes or more without a report, the ends of the leg among them."""
    edges = np.concatenate([[-1], rows, [len(times)]])
    found = []
    for before, after in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        inside = slice(before + 1, after)
        start, end = times[max(before, 0)], times[min(after, len(times) - 1)]
        if end - start >= _SILENCE_S:
            reason = "transponder off" if silent[inside].mean() > 0.5 else "coverage"
            found.append(Silence(start=_instant(start), end=_instant(end), reason=reason))
    return tuple(found)


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(round(float(seconds), 2), UTC)
