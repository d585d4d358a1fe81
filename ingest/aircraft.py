"""Aircraft tables → the graph, row by row in bounded memory; one bad row or file never stops the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from tailgraph.errors import InputRefused
from tailgraph.flights.readers.batch import files
from tailgraph.graph import aircraft_tables
from tailgraph.graph.aircraft_table import AircraftTable
from tailgraph.graph.rows import Ref
from tailgraph.graph.store import Store
from tailgraph.graph.values import Problem
from tailgraph.ingest.registers import content, detect
from tailgraph.ingest.registers.detect import Reading
from tailgraph.ingest.summary import Summary
from tailgraph.wording import many

Advance = Callable[[str, int], None]
"""Told the name of a file, and how many bytes of it have been read since."""
_MOST_PROBLEMS = 100


def ingest(store: Store, paths: Iterable[Path], run: Ref, advance: Advance) -> Summary:
    """Put every table behind `paths` into the graph; what is there already is not read again."""
    summary = Summary()
    for path in files(paths):
        try:
            _ingest(store, path, run, summary, advance)
        except InputRefused as refusal:
            summary.refuse(str(path), refusal)
    return summary


def size(paths: Iterable[Path]) -> int:
    """Bytes of all files behind `paths`; those that cannot be looked at count nothing."""
    return sum(path.stat().st_size for path in files(paths) if path.is_file())


def _ingest(store: Store, path: Path, run: Ref, summary: Summary, advance: Advance) -> None:
    id_ = content.digest(path)
    if aircraft_tables.known(store, [id_]):
        summary.unchanged += 1
        advance(path.name, path.stat().st_size)
        return
    with detect.read(path) as reading:
        try:
            problems = _put(store, id_, reading, lambda bytes_: advance(path.name, bytes_))
        except InputRefused:  # damaged further on: nothing of it stays
            aircraft_tables.delete(store, id_)
            raise
    if reading.rows and not reading.taken:
        told = f"; first: {reading.first_refused[0]}" if reading.first_refused else ""
        aircraft_tables.delete(store, id_)
        raise InputRefused(f"None of {reading.rows} rows of {reading.format} can be used{told}.",
                           where=str(path), remedy="Compare the file with docs/aircraft.md.")
    table = AircraftTable(id_, path.name, reading.format, reading.taken, reading.refused)
    new = aircraft_tables.appear(store, table, run)
    summary.stored += new
    summary.unchanged += not new
    summary.found(rows=reading.taken if new else 0)
    summary.problem(problems)
    _tell(str(path), reading, summary)


def _put(store: Store, id_: str, reading: Reading, moved: Callable[[int], None]) -> Sequence[Problem]:
    problems: list[Problem] = []
    before = found = 0
    for _, more in aircraft_tables.put(store, id_, reading.entries()):
        found += len(more)
        problems += more[:_MOST_PROBLEMS - len(problems)]
        now = reading.read_so_far()
        moved(now - before)
        before = now
    if found > len(problems):
        more_ = f"{found - len(problems)} more were not stored as they were"
        problems.append(Problem(reading.where, "fields", more_))
    return problems


def _tell(name: str, reading: Reading, summary: Summary) -> None:
    if reading.refused:
        summary.note(name, f"{reading.refused} of {many(reading.rows, 'row')} left out: "
                           f"{'; '.join(reading.first_refused)}")
    if reading.nameless:
        summary.note(name, f"{many(reading.nameless, 'row')} without an aircraft: neither address nor "
                           "registration, or a tower or vehicle.")
    if reading.left:
        summary.note(name, f"Columns not taken: {', '.join(title[:40] for title in reading.left[:20])}.")
