"""The split of the `traffic` library beside ours, on the same simulated rows.

Run: python bench/peer.py FOLDER [--aircraft N]. FOLDER gets a Python environment of its own with `traffic` in
it (some 1 GB, fetched once), so that nothing of it touches this one. The worlds are parts of those held out
in bench/flights.py in which 40% of leg ends are unseen below 10,000 ft.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import flights as bench  # noqa: TID251 (the file beside this one)

from tailgraph.flights.derive import derive
from tailgraph.flights.simulate import Simulation, simulate
from tailgraph.flights.worlds import scenario
from tailgraph.flights.writing import write_csv

MINUTES = (10, 30, 60)
SPLIT = """
import json, sys
import pandas as pd
from traffic.core import Flight
rows = pd.read_csv(sys.argv[1], usecols=["time", "icao24", "latitude", "longitude", "altitude_ft"])
rows["timestamp"] = pd.to_datetime(rows.pop("time"), utc=True, format="ISO8601")
rows = rows.rename(columns={"altitude_ft": "altitude"})
legs = {}
for minutes in json.loads(sys.argv[2]):
    legs[minutes] = [[key, part.start.timestamp(), part.stop.timestamp()]
                     for key, one in rows.groupby("icao24")
                     for part in Flight(one.sort_values("timestamp")).split(f"{minutes} min")]
print(json.dumps(legs))
"""


def environment(folder: Path) -> Path:
    """The Python of an environment with `traffic`, made if it is not there."""
    python = folder / "env" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "traffic", "pandas<3"], check=True)
    return python


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--aircraft", type=int, default=60)
    chosen = parser.parse_args(arguments)
    chosen.folder.mkdir(parents=True, exist_ok=True)
    python = environment(chosen.folder)
    for name in ("40% of ends unseen below 10,000 ft", "ends unseen, silences en route"):
        made = simulate(scenario(replace(bench.HELD_OUT[name], aircraft=chosen.aircraft)))
        true = bench.true_legs(made)
        print(f"{name}: {len(true)} legs, {len(made.positions)} rows")
        print(f"  ours: F1 {bench.f1(bench.found_legs(derive(made.positions)), true):.4f}")
        for minutes, legs in split(python, made, chosen.folder / "positions.csv").items():
            print(f"  traffic, split at {minutes} minutes: F1 {bench.f1(legs, true):.4f}")


def split(python: Path, made: Simulation, rows: Path) -> dict[str, list[bench.Leg]]:
    """The legs that `traffic` makes of the rows, by the length of its gap in minutes."""
    with rows.open("w", encoding="utf-8") as out:
        write_csv(made.positions, out)
    done = subprocess.run([python, "-c", SPLIT, rows, json.dumps(MINUTES)], check=True, capture_output=True,
                          text=True)
    return {minutes: [(key, first, last) for key, first, last in legs]
            for minutes, legs in json.loads(done.stdout).items()}


if __name__ == "__main__":
    main(sys.argv[1:])
