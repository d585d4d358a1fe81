"""Figures of the flight side: legs, airports and gap classes against known truth, and speeds as ratios.

Run: python bench/flights.py [--dev]. `--dev` takes the worlds on which the constants were set; without it,
the worlds held out: other airports, and other ranges of speed, climb, turnround, reception and silence.
"""

from __future__ import annotations

import argparse
import gzip
import multiprocessing
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import orjson

from tailgraph.flights.derive import derive
from tailgraph.flights.gaps import classify
from tailgraph.flights.positions import COLUMNS, Positions, build, concat
from tailgraph.flights.readers.content import Content
from tailgraph.flights.readers.detect import read_content
from tailgraph.flights.scenario import Hole, Silence
from tailgraph.flights.simulate import Simulation, simulate
from tailgraph.flights.worlds import World, scenario
from tailgraph.flights.writing import write_traces
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
    "full coverage": World(seed=211, aircraft=200, **HELD_OUT_RANGES),
    "40% of ends unseen below 10,000 ft": World(seed=213, aircraft=200, unseen_ends=0.4, **HELD_OUT_RANGES),
    "ends unseen, silences en route": World(seed=215, aircraft=200, unseen_ends=0.4, silences=0.4,
                                            silence_min=(10, 240), **HELD_OUT_RANGES),
}


EUROPE = frozenset({"DE", "FR", "ES", "IT", "GB", "PL", "AT", "CH", "GR", "NO", "SE", "PT", "NL", "RO"})
HOLES = (((46.5, 11.0, 60), (50.5, 9.0, 45), (43.0, 1.0, 80)),
         ((45.0, 5.0, 70), (52.0, 14.0, 40), (48.0, 17.0, 90)))


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
        for claim, pointer, airport, when, truth in (
                (flight.departure, flight.appeared_from, leg.origin, flight.takeoff_time, leg.takeoff),
                (flight.arrival, flight.vanished_toward, leg.destination, flight.landing_time, leg.landing)):
            _count(counts, claim, pointer and [c.airport for c in pointer.candidates], airport, when, truth)
    return {"claimed": counts["claimed"], "right among claimed": _share(counts["claimed"] - counts["wrong"],
                                                                         counts["claimed"]),
            "open": counts["open"], "true one among candidates": _share(counts["listed"], counts["open"]),
            "true one first": _share(counts["first"], counts["open"]),
            "time within 5 min": _share(counts["in time"], counts["timed"])}


def _count(counts: dict[str, int], claim: FlightEnd | None, candidates: list[str] | None, airport: str,
           when: datetime | None, truth: datetime) -> None:
    if claim is not None:
        counts["claimed"] += 1
        counts["wrong"] += claim.airport != airport
        if claim.airport != airport:
            print("   wrong:", claim.airport, claim.method.value, "for", airport, file=sys.stderr)
    else:
        counts["open"] += 1
        counts["listed"] += airport in (candidates or [])
        counts["first"] += (candidates or [""])[0] == airport
    if when is not None:
        counts["timed"] += 1
        counts["in time"] += abs((when - truth).total_seconds()) <= WITHIN_S


def _share(part: float, whole: float) -> float:
    return round(part / whole, 4) if whole else float("nan")


def gap_classes(seed: int) -> Counter[tuple[str, str]]:
    """(True reason, class given) of each gap, in a region with traffic, holes and switch-offs."""
    holes = tuple(Hole(latitude=lat, longitude=lon, radius_nm=radius)
                  for lat, lon, radius in HOLES[seed % len(HOLES)])
    world = World(seed=seed, aircraft=150, legs=(2, 4), countries=EUROPE, route_nm=(300, 1200), silences=0.3,
                  silence_min=(12, 40), holes=holes, start=datetime(2024, 3, 1, tzinfo=UTC))
    made = simulate(scenario(world))
    flights = classify(derive(made.positions), made.positions)
    silences: dict[str, list[Silence]] = {}
    for leg in made.truth:
        silences.setdefault(leg.icao24, []).extend(leg.silences)
    counts: Counter[tuple[str, str]] = Counter()
    for flight in flights:
        for gap in flight.gaps:
            reason = next((silence.reason for silence in silences[flight.icao24 or ""]
                           if abs((silence.start - gap.before.time).total_seconds()) < 60), "none")
            counts[reason, gap.gap_class.value] += 1
    return counts


def low_ends() -> Counter[str]:
    """Claims where every end of every leg is lost low over busy countries: right, wrong, none made."""
    counts: Counter[str] = Counter()
    for seed, countries in ((431, {"US"}), (432, {"GB", "DE", "FR"}), (433, {"CN", "KR", "JP", "RU"})):
        for feet in (300, 700, 1200, 1800, 2500):
            world = World(seed=seed, aircraft=40, legs=(2, 3), countries=frozenset(countries),
                          route_nm=(100, 900), unseen_ends=1.0, unseen_below_ft=(feet, feet + 200))
            made = simulate(scenario(world))
            shares = ends(made, derive(made.positions))
            right = round(shares["claimed"] * shares["right among claimed"]) if shares["claimed"] else 0
            counts.update({"right": right, "wrong": int(shares["claimed"]) - right,
                           "none": int(shares["open"])})
    return counts


def speeds(trace: Path | None) -> dict[str, float]:
    """Rows per core-second from columns, and the ratio of reading traces to flights to gunzip and orjson."""
    made = simulate(scenario(World(seed=300, aircraft=400)))
    derive(made.positions.take(slice(0, 1000)))  # the airfields are read once
    columnar = _fastest(lambda: derive(made.positions))
    files = _copies(trace) if trace else _simulated_traces(made)
    rows = sum(len(orjson.loads(gzip.decompress(file))["trace"]) for file in files)

    # In a process of its own, as an ingest reads: what the simulations left would slow the collector down.
    with multiprocessing.get_context("spawn").Pool(1) as own:
        ratio = own.apply(_of_bare_reading, (files,))
    return {"columnar rows per core-second": round(len(made.positions) / columnar), "trace rows": rows,
            "trace files to flights / gunzip+orjson": round(ratio, 2)}


def _of_bare_reading(files: list[bytes]) -> float:
    def to_flights() -> None:
        derive(concat([read_content(Content(file, "trace")).positions for file in files]))

    def plain() -> None:
        for file in files:
            orjson.loads(gzip.decompress(file))

    to_flights()  # the airfields are read once
    return statistics.median(a / b for a, b in [(_seconds(plain), _seconds(to_flights)) for _ in range(7)])


def _copies(trace: Path) -> list[bytes]:
    data = trace.read_bytes()
    head = orjson.loads(data)
    return [gzip.compress(orjson.dumps({**head, "icao": f"{0xA00001 + i:06x}"})) for i in range(80)]


def _simulated_traces(made: Simulation) -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        return [path.read_bytes() for path in write_traces(made.positions, Path(folder), zipped=True)]


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _fastest(work: Callable[[], object]) -> float:
    return min(_seconds(work) for _ in range(5))


def peak_mb(rows: int) -> float:
    """Peak memory of a process of its own that derives the flights of `rows` simulated rows."""
    code = f"import sys; sys.path.insert(0, 'bench'); import flights; print(flights._peak({rows}))"
    out = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return float(out.stdout)


def _peak(rows: int) -> float:
    made = simulate(scenario(World(seed=301, aircraft=60))).positions
    times = -(-rows // len(made))
    many = replace_codes(made, times)
    derive(many)
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def replace_codes(made: Positions, times: int) -> Positions:
    """The rows `times` over, each time under other addresses."""
    count = len(made.aircraft)
    aircraft = tuple(f"{n:06x}" for n in range(count * times))
    columns = {name: np.tile(getattr(made, name), times) for name in COLUMNS}
    code = np.tile(made.code, times) + np.repeat(np.arange(times, dtype=np.int32) * count, len(made))
    return build(aircraft, made.sources, frozenset(), len(code), code=code,
                 source=np.zeros(len(code), np.int32), **columns)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true")
    parser.add_argument("--trace", type=Path)
    chosen = parser.parse_args(arguments)
    say: Callable[..., None] = print
    for name, world in (DEV if chosen.dev else HELD_OUT).items():
        made = simulate(scenario(world))
        flights, true = derive(made.positions), true_legs(made)
        say(f"{name}: {len(true)} legs, {len(made.positions)} rows")
        say(f"  F1 {f1(found_legs(flights), true):.4f}; plain split at 10, 30, 60 min:",
            *(f"{f1(split_at(made, minutes), true):.4f}" for minutes in (10, 30, 60)))
        say("  ends:", ends(made, flights))
    for key, count in sorted(sum((gap_classes(seed) for seed in ((2, 3) if chosen.dev else (203, 204))),
                                 Counter()).items()):
        say(f"gap: truly {key[0]}, called {key[1]}: {count}")
    say("ends lost at 300 to 2,700 ft:", dict(low_ends()))
    say(speeds(chosen.trace))
    say(f"peak memory at 10 million rows: {peak_mb(10_000_000):.0f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
