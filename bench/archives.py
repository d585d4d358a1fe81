"""What it costs to put a tar of traces into the graph: CPU time per member by process, and peak memory.

Run: python bench/archives.py HOME [--members N] [--jobs N]. HOME is an empty folder, for a managed server of
its own. The members are a simulated day of traces, gzipped.
"""

from __future__ import annotations

import argparse
import io
import resource
import sys
import tarfile
import tempfile
import time
from pathlib import Path

import psutil

from tailgraph.flights.simulate import simulate
from tailgraph.flights.worlds import World, scenario
from tailgraph.flights.writing import write_traces
from tailgraph.graph import server as managed
from tailgraph.graph.runs import run
from tailgraph.graph.server.home import Home
from tailgraph.graph.store import Store
from tailgraph.ingest import tracks
from tailgraph.ingest.workers import Workers, cores
from tailgraph.settings import ManagedServer, Settings


def archive(members: int, folder: Path) -> Path:
    """A tar of so many simulated traces, of one aircraft and day each."""
    path, made = folder / "day.tar", 0
    with tarfile.open(path, "w") as out:
        seed = 700
        while made < members:
            world = World(seed=seed, aircraft=min(200, members - made), legs=(1, 4), silences=0.2,
                          unseen_ends=0.4)
            for file in write_traces(simulate(scenario(world)).positions, folder / str(seed), zipped=True):
                if made < members:
                    data = file.read_bytes()
                    info = tarfile.TarInfo(f"./traces/{file.name[-7:-5]}/{file.parent.name}-{file.name}")
                    info.size = len(data)
                    out.addfile(info, io.BytesIO(data))
                    made += 1
            seed += 1
    return path


def cpu_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--members", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=cores())
    chosen = parser.parse_args(arguments)
    settings = Settings(home=chosen.home, server=ManagedServer(bolt_port=0, http_port=0))
    managed.up(settings.home, settings.server)
    state = Home(settings.home).state()
    server = psutil.Process(state.pid if state else None)
    try:
        with tempfile.TemporaryDirectory() as folder, Store(managed.connect(settings)) as store:
            path = archive(chosen.members, Path(folder))
            before, own, begun = cpu_s(server), time.process_time(), time.monotonic()
            with Workers(chosen.jobs) as workers, run(store, "bench") as node:
                stored = tracks.ingest(store, [path], node, lambda name, size: None, None, workers).stored
            wall, own = time.monotonic() - begun, time.process_time() - own
            theirs = cpu_s(server) - before
    finally:
        managed.down(settings.home)
    readers = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"{stored} members, {path.name}, {chosen.jobs} jobs, {stored / wall:.0f} a second")
    print(f"CPU ms a member: streaming and writing {1000 * own / stored:.1f}, reading and deriving "
          f"{1000 * (readers.ru_utime + readers.ru_stime) / stored:.1f}, Neo4j {1000 * theirs / stored:.1f}")
    print(f"peak MB: {peak} here, {readers.ru_maxrss >> 10} in a reader")


if __name__ == "__main__":
    main(sys.argv[1:])
