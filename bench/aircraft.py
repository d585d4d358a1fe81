"""How fast an aircraft table goes into the graph, beside a bare loop, as ratios in one run.

    python bench/aircraft.py [ROWS]

Starts a server of its own in a temporary folder and loads an invented table of ROWS rows (50,000 by default)
in turn: by a bare loop of csv and driver (the same nodes, by the same batches, nothing checked); by
`tailgraph ingest aircraft`; and, for a tenth of the rows, as an aircraft for every row, with its identifiers
and statements (what Tailgraph does not do). Prints rows per second as ratios.
"""

from __future__ import annotations

import csv
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from tailgraph.graph import aircraft_tables, airframes, server, writing
from tailgraph.graph.aircraft_tables import Said
from tailgraph.graph.describe import add_shared
from tailgraph.graph.runs import run
from tailgraph.graph.store import Store
from tailgraph.ingest import aircraft
from tailgraph.ingest.registers import detect
from tailgraph.settings import ManagedServer, Settings, default_cache

HEADER = ("icao24", "registration", "type", "operator", "state", "source")
TYPES = ("A124", "IL76", "B738", "A320", "C172", "GLF5")
BARE = "UNWIND $rows AS row MERGE (n:AircraftRecord {id: row.id}) SET n += row.properties"


def write_table(path: Path, count: int) -> None:
    rng = random.Random(1)
    addresses = rng.sample(range(0x140000, 0x15FFFF) if count < 100_000 else range(0x100000, 0xF00000), count)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number, address in enumerate(addresses):
            writer.writerow([f"{address:06X}", f"RA{number:05d}", rng.choice(TYPES),
                             f"Line {rng.randrange(500)}", "RU", "an invented table"])


def bare(store: Store, path: Path) -> None:
    """csv and driver alone."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = csv.DictReader(file)
        while batch := [{"id": f"{rows.line_num}-{row['icao24']}", "properties": row}
                        for row in islice(rows, aircraft_tables.BATCH)]:
            with store.driver.session(database=store.database) as session:
                session.run(BARE, rows=batch).consume()


def ours(store: Store, path: Path) -> None:
    with run(store, "bench") as node:
        summary = aircraft.ingest(store, [path], node, lambda name, count: None)
    assert summary.stored == 1 and not summary.refused


def named(store: Store, path: Path) -> None:
    """An aircraft for every row."""
    with detect.read(path) as reading:
        entries = reading.entries()
        while batch := list(islice(entries, 500)):
            rows = airframes.statement_rows("", ())
            for entry in batch:
                rows.add(airframes.statement_rows(entry.registration or "", [Said("t" * 64, "bench", entry)]))
            add_shared(rows)
            store.write(lambda transaction, rows=rows: writing.write_rows(transaction, rows))  # type: ignore[misc]


def rate(store: Store, work: Callable[[Store, Path], None], path: Path, count: int) -> float:
    """Rows per second into an emptied graph."""
    with store.driver.session(database=store.database) as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()
    start = time.perf_counter()
    work(store, path)
    return count / (time.perf_counter() - start)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with tempfile.TemporaryDirectory() as folder:
        whole, tenth = Path(folder) / "whole.csv", Path(folder) / "tenth.csv"
        write_table(whole, count)
        write_table(tenth, count // 10)
        home = Path(folder) / "home"
        settings = ManagedServer(bolt_port=0, http_port=0, cache=default_cache(os.environ))
        server.up(home, settings)
        try:
            with Store(server.connect(Settings(home=home, server=settings))) as store:
                rate(store, bare, tenth, 1)  # the server's own start
                pairs = [(rate(store, bare, whole, count), rate(store, ours, whole, count)) for _ in range(3)]
                loop, own = sorted(pairs, key=lambda pair: pair[1] / pair[0])[1]
                each = rate(store, named, tenth, count // 10)
        finally:
            server.down(home)
    print(f"rows per second, tailgraph ingest aircraft / bare csv and driver: {own / loop:.2f} "
          f"(median of {len(pairs)} pairs; {', '.join(f'{b / a:.2f}' for a, b in pairs)})")
    print(f"the same / an aircraft with its statements for every row: {own / each:.1f}")
    print(f"absolute, on this machine now: {own:,.0f} rows per second")


if __name__ == "__main__":
    main()
