"""Figures of the store: writing beside a bare driver, and the questions of the library on a large graph.

    python bench/store.py writing [REPORTS]     # rows per second: ours / a bare loop of the driver
    python bench/store.py queries [NODES [HOME]]  # milliseconds of each question, warm, on that many nodes:
                                                  # by the clock, and of processor time, server and client
    python bench/store.py again FOLDER          # `ingest reports` of an unchanged folder / the first time

Each starts a Neo4j of its own, in a temporary folder or in HOME, where a graph made before is taken as it
is. The bare loop sends the same rows in the same batches
with plain UNWIND … MERGE statements, one transaction a batch, and nothing else: no locks, no clean-up, no
look at what is there.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path

import made_graph
import psutil

from tailgraph.errors import TailgraphError
from tailgraph.graph import clock, corroborate, migrations, reports, schema, server, tracks
from tailgraph.graph.describe import add_shared
from tailgraph.graph.model import Extraction
from tailgraph.graph.report_rows import report_rows
from tailgraph.graph.rows import Rows
from tailgraph.graph.runs import run
from tailgraph.graph.server import process
from tailgraph.graph.server.home import Home
from tailgraph.graph.shape import NODES, SHARED, Life, edge
from tailgraph.graph.store import Store
from tailgraph.ingest.pipeline import BATCH_REPORTS
from tailgraph.queries import catalogue
from tailgraph.queries.catalogue import Query
from tailgraph.queries.run import ask_question
from tailgraph.settings import ManagedServer, default_cache

ROUNDS, WARM_UPS, TIMES = 3, 30, 7
LIMIT_MS = 100
PATIENCE_S = 10.0
_EMPTY = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS"
_COMMON = {"aircraft": "RA-70000", "mark": "RA-82030"}
_ARGUMENTS = {
    "aircraft-history": {"aircraft": "RA-82030"}, "claims-about": {"entity": "RA-82030"},
    "coverage-gaps": {"aircraft": "RA-70000"}, "find-entity": {"name": "RA-8"},
    "new-since": {"since": "2020-01-01"}, "who-says-what": {"subject": "A124"},
    "shared-airports": {"aircraft": "RA-70000", "other": "RA-70001"},
}


@contextmanager
def neo4j(heap: str = "1g", kept: Path | None = None) -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        home = kept or Path(folder) / "home"
        kind = ManagedServer(heap=heap, pagecache="1g", bolt_port=0, http_port=0,
                             cache=default_cache(os.environ))
        try:
            with Store(server.up(home, kind)) as store:
                yield store
        finally:
            server.down(home)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


# --- writing -----------------------------------------------------------------------------------------------


def batches(extractions: Iterable[Extraction], size: int = BATCH_REPORTS) -> Iterator[list[Extraction]]:
    left = iter(extractions)
    while part := list(islice(left, size)):
        yield part


def ours(store: Store, parts: Sequence[Sequence[Extraction]]) -> None:
    with run(store, "bench") as node:
        for part in parts:
            reports.write(store, part, node)


def rows_of(part: Sequence[Extraction]) -> Rows:
    together = Rows()
    for extraction in part:
        together.add(report_rows(extraction))
    add_shared(together)
    return together


def bare(store: Store, prepared: Iterable[Rows]) -> None:
    with store.driver.session(database=store.database) as session:
        for rows in prepared:
            with session.begin_transaction() as transaction:
                for label in (*SHARED, *(label for label in NODES if NODES[label].life is not Life.SHARED)):
                    if nodes := rows.nodes.get(label):
                        transaction.run(schema.merge_nodes(label), now=clock.now(), rows=[
                            {"id": id_, "properties": nodes[id_]} for id_ in nodes]).consume()
                for (type_, start, end), edges in rows.edges.items():
                    statement = schema.merge_edges(type_, start, end, keyed=bool(edge(type_, start, end).key))
                    transaction.run(statement, rows=[
                        {"start": at, "end": to, "key": key, "properties": properties}
                        for (at, to, key), properties in edges.items()]).consume()
                transaction.commit()


def count(prepared: Sequence[Rows]) -> int:
    return sum(sum(map(len, rows.nodes.values())) + sum(map(len, rows.edges.values())) for rows in prepared)


def writing(reports_count: int) -> None:
    parts = list(batches(made_graph.Maker().reports(reports_count)))
    prepared = [rows_of(part) for part in parts]
    total, ratios = count(prepared), []
    with neo4j() as store:
        for round_ in range(ROUNDS + 1):
            taken = []
            for work in (lambda: bare(store, prepared), lambda: ours(store, parts)):
                store.driver.execute_query("MATCH (n:Meta) WHERE n.id STARTS WITH 'pending' DELETE n")
                with store.driver.session(database=store.database) as session:
                    session.run(_EMPTY).consume()
                migrations.apply(store.driver, store.database)
                taken.append(seconds(work))
            print(f"  {total} rows: bare {total / taken[0]:.0f}/s, ours {total / taken[1]:.0f}/s"
                  f"{'' if round_ else '  (warming up, not counted)'}", flush=True)
            if round_:
                ratios.append(taken[0] / taken[1])
    print(f"contributions / bare driver loop, rows per second: {statistics.median(ratios):.2f} "
          f"({min(ratios):.2f}-{max(ratios):.2f})")


# --- questions ---------------------------------------------------------------------------------------------


def fill(store: Store, nodes: int) -> None:
    """Two thirds of them from reports (some 80 each), a third from flights (some four each)."""
    made = made_graph.Maker()
    bare(store, (rows_of(part) for part in batches(made.reports(nodes * 2 // 3 // 80), 200)))
    with run(store, "bench") as node:
        for file in made.track_files(nodes // 3 // 4):
            tracks.write(store, [file], node, made_graph.derive)
    corroborate.link(store)


def size(store: Store) -> int:
    return int(store.read("MATCH (n) RETURN count(n) AS n")[0]["n"])


def queries(nodes: int, kept: Path | None) -> None:
    with tempfile.TemporaryDirectory() as folder, neo4j("2g", home := kept or Path(folder) / "home") as store:
        running = process.find(Home(home))
        assert running is not None
        if size(store) < nodes * 0.8:
            print(f"filled in {seconds(lambda: fill(store, nodes)):.0f} s", flush=True)
        count = size(store)
        claim = store.read("MATCH (a:Allegation) RETURN a.id AS id ORDER BY id LIMIT 1")[0]["id"]
        given = {**_ARGUMENTS, "claim-sources": {"claim": claim}}
        questions = [(query, arguments_of(query, given)) for query in catalogue.library().values()]
        for query, arguments in questions:  # Java compiles what is asked some thirty times
            with suppress(TailgraphError):
                times_ms(store, query, arguments, WARM_UPS)
        slow = []
        for query, arguments in questions:
            before = processor_s(running)
            try:
                times, rows = times_ms(store, query, arguments, TIMES)
            except TailgraphError as error:
                slow.append(query.name)
                print(f"  {query.name:28} no answer: {error}", flush=True)
                continue
            median = statistics.median(times)
            slow += [query.name] if median > LIMIT_MS else []
            print(f"  {query.name:28} {median:8.1f} ms  (least {min(times):.1f}; "
                  f"processor {(processor_s(running) - before) * 1000 / TIMES:.0f})  {rows} rows", flush=True)
        print(f"{count} nodes; load {os.getloadavg()[0]:.1f}; "
              f"slower than {LIMIT_MS} ms: {', '.join(slow) or 'none'}")


def arguments_of(query: Query, given: dict[str, dict[str, str]]) -> dict[str, object]:
    needed = {parameter.name for parameter in query.parameters if parameter.default is None}
    common = {key: _COMMON[key] for key in needed & _COMMON.keys()}
    return query.arguments(common | given.get(query.name, {}))


def processor_s(running: psutil.Process) -> float:
    """Of the server, with its housekeeping, and of this process, so far."""
    spent = running.cpu_times()
    return float(spent.user + spent.system) + time.process_time()


def times_ms(store: Store, query: Query, arguments: dict[str, object], times: int) -> tuple[list[float], int]:
    """Of so many answers, with the number of rows."""
    taken, rows = [], 0
    for _ in range(times):
        start = time.perf_counter()
        rows = len(ask_question(store, query, arguments, timeout_s=PATIENCE_S).rows)
        taken.append((time.perf_counter() - start) * 1000)
    return taken, rows


# --- again -------------------------------------------------------------------------------------------------


def again(folder: str) -> None:
    with tempfile.TemporaryDirectory() as home:
        environ = {**os.environ, "TAILGRAPH_HOME": home}
        command = [sys.executable, "-m", "tailgraph"]
        subprocess.run([*command, "db", "up"], env=environ, check=True)
        try:
            ingest = [*command, "ingest", "reports", folder]
            once, twice = (seconds(lambda: subprocess.run(ingest, env=environ, check=True)) for _ in range(2))
        finally:
            subprocess.run([*command, "db", "down"], env=environ, check=True)
    print(f"first {once:.1f} s, unchanged {twice:.1f} s: {once / twice:.1f} times as fast")


def main(arguments: list[str]) -> None:
    what, *rest = arguments or ["writing"]
    match what:
        case "writing":
            writing(int(rest[0]) if rest else 400)
        case "queries":
            queries(int(rest[0]) if rest else 1_000_000, Path(rest[1]) if len(rest) > 1 else None)
        case "again":
            again(rest[0])
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
