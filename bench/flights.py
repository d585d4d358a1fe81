"""Figures of the flight side: legs, airports and gap classes against known truth, and speeds as ratios.

Run: python bench/flights.py [--dev]. `--dev` takes the worlds on which the constants were set; without it,
the worlds held out: other airports, and other ranges of speed, climb, turnround, reception and silence.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from datetime import datetime

import numpy as np

from tailgraph.flights.derive import derive
from tailgraph.flights.simulate import Simulation, simulate
from tailgraph.flights.worlds import World, scenario
from tailgraph.graph.model import Flight, FlightEnd

WITHIN_S = 300.0
Leg = tuple[str, float, float]

DEV = {
    "full coverage": World(seed=2, aircraft=120),
    "40% of ends unseen below 10,000 ft": World(seed=2, aircraft=120, unseen_ends=0.4),
    "ends unseen, silences en route": World(seed=4, aircraft=120, unseen_ends=0.4, silences=0.4),
}
HELD_OUT_RANGES = {
    "route_nm": (120, 4500), "cruise_ft": (18_000, 43_000), "cruise_kt": (300, 530), "climb_fpm": (900, 3200),
    "descent_fpm": (1000, 2600), "turnround_min": (38, 900), "received": (0.3, 1.0), "dogleg_deg": 12.0,
    "straight_nm": (4, 20), "interval_s": 15.0,
}
HELD_OUT = {
    "full coverage": World(seed=101, aircraft=200, **HELD_OUT_RANGES),
    "40% of ends unseen below 10,000 ft": World(seed=103, aircraft=200, unseen_ends=0.4, **HELD_OUT_RANGES),
    "ends unseen, silences en route": World(seed=105, aircraft=200, unseen_ends=0.4, silences=0.4,
                                            silence_min=(10, 240), **HELD_OUT_RANGES),
}


def true_legs(made: Simulation) -> list[Leg]:
    return [(leg.icao24, leg.first_received.timestamp(), leg.last_received.timestamp())
            for leg in made.truth if leg.first_received and leg.last_received]


def found_legs(flights: Iterable[Flight]) -> list[Leg]:
    return [(flight.icao24 or "", flight.first_seen.timestamp(), flight.last_seen.timestamp())
            for flight in flights]


def split_at(made: Simulation, minutes: float) -> list[Leg]:
    """What a plain split at silences of that length makes of the same rows."""
    legs = []
    for key, rows in made.positions.groups():
        cuts = np.flatnonzero(np.diff(rows.time) > minutes * 60) + 1
        legs += [(key, float(part[0]), float(part[-1])) for part in np.split(rows.time, cuts)]
    return legs


def f1(found: list[Leg], true: list[Leg]) -> float:
    """Legs whose both ends lie within five minutes of a true leg's, each used once."""
    left = list(true)
    right = 0
    for leg in found:
        for other in left:
            if leg[0] == other[0] and max(abs(leg[1] - other[1]), abs(leg[2] - other[2])) <= WITHIN_S:
                left.remove(other)
                right += 1
                break
    return 2 * right / (len(found) + len(true))


def ends(made: Simulation, flights: list[Flight]) -> dict[str, float]:
    """Over the ends of legs found whole: claims, those that are right, candidates, times."""
    true = {(leg.icao24, round(leg.first_received.timestamp(), 1)): leg for leg in made.truth
            if leg.first_received}
    counts = dict.fromkeys(("claimed", "wrong", "open", "listed", "first", "timed", "in time"), 0)
    for flight in flights:
        leg = true.get((flight.icao24, round(flight.first_seen.timestamp(), 1)))
        if leg is None or leg.last_received is None or abs(
                (flight.last_seen - leg.last_received).total_seconds()) > WITHIN_S:
            continue
        for claim, pointer, airport, time, truth in (
                (flight.departure, flight.appeared_from, leg.origin, flight.takeoff_time, leg.takeoff),
                (flight.arrival, flight.vanished_toward, leg.destination, flight.landing_time, leg.landing)):
            _count(counts, claim, pointer and [c.airport for c in pointer.candidates], airport, time, truth)
    return {"claimed": counts["claimed"], "right among claimed": _share(counts["claimed"] - counts["wrong"],
                                                                         counts["claimed"]),
            "open": counts["open"], "true one among candidates": _share(counts["listed"], counts["open"]),
            "true one first": _share(counts["first"], counts["open"]),
            "time within 5 min": _share(counts["in time"], counts["timed"])}


def _count(counts: dict[str, int], claim: FlightEnd | None, candidates: list[str] | None, airport: str,
           time: datetime | None, truth: datetime) -> None:
    if claim is not None:
        counts["claimed"] += 1
        counts["wrong"] += claim.airport != airport
        if claim.airport != airport:
            print("   wrong:", claim.airport, claim.method.value, "for", airport, file=sys.stderr)
    else:
        counts["open"] += 1
        counts["listed"] += airport in (candidates or [])
        counts["first"] += (candidates or [""])[0] == airport
    if time is not None:
        counts["timed"] += 1
        counts["in time"] += abs((time - truth).total_seconds()) <= WITHIN_S


def _share(part: float, whole: float) -> float:
    return round(part / whole, 4) if whole else float("nan")


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true")
    chosen = parser.parse_args(arguments)
    say: Callable[..., None] = print
    for name, world in (DEV if chosen.dev else HELD_OUT).items():
        made = simulate(scenario(world))
        flights, true = derive(made.positions), true_legs(made)
        say(f"{name}: {len(true)} legs, {len(made.positions)} rows")
        say(f"  F1 {f1(found_legs(flights), true):.4f}; plain split at 10, 30, 60 min:",
            *(f"{f1(split_at(made, minutes), true):.4f}" for minutes in (10, 30, 60)))
        say("  ends:", ends(made, flights))


if __name__ == "__main__":
    main(sys.argv[1:])
