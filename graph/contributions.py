"""What each run contributed: which reports, track files and tables, and how it read the reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from tailgraph.errors import UsageError
from tailgraph.graph import clock, readings
from tailgraph.graph.evidence.sources import native, picked
from tailgraph.graph.model import Document, Record
from tailgraph.graph.readings import Delta, Reading
from tailgraph.graph.retract import MIN_PREFIX, Source
from tailgraph.graph.store import Row, Store

_RUNS = "MATCH (r:Run) WHERE r.id STARTS WITH $prefix RETURN r {.*} AS run LIMIT 2"
_OF_RUN = """
MATCH (:Run {id: $id})-[c:CONTRIBUTED]->(source)
RETURN head(labels(source)) AS kind, source.id AS id, coalesce(source.title, source.name) AS name,
       coalesce(source.publisher, source.format) AS detail, c {.*} AS contribution
ORDER BY kind, id
"""
_OTHERS = """
UNWIND $runs AS run
MATCH (:Run {id: run})-[:CONTRIBUTED]->(source)
WITH DISTINCT source
RETURN head(labels(source)) AS kind, source.id AS id, coalesce(source.title, source.name) AS name,
       coalesce(source.publisher, source.format) AS detail,
       COLLECT { MATCH (source)<-[:CONTRIBUTED]-(other:Run) WHERE NOT other.id IN $runs
                 RETURN other.id ORDER BY other.started } AS others
ORDER BY kind, id
"""
_PRESENT = """
UNWIND $ids AS id
MATCH (d:Document {id: id})
RETURN id, COLLECT { MATCH (d)<-[c:CONTRIBUTED]-(r:Run) WHERE c.extractor = d.extractor
                     RETURN c {.*} ORDER BY r.started DESC LIMIT 1 }[0] AS contribution
"""
_TEXTS = """
MATCH (d:Document) WHERE d.id > $after
WITH d ORDER BY d.id LIMIT $size
RETURN d {.title, .text, .published, .publisher, .url, .language} AS document, d.id AS id,
       d.extractor AS extractor
"""
_TEXT = """
UNWIND $ids AS id MATCH (d:Document {id: id})
RETURN d {.title, .text, .published, .publisher, .url, .language} AS document, d.id AS id,
       d.extractor AS extractor
"""
_RETRACTED = "UNWIND $ids AS id MATCH (r:Run {id: id}) SET r.retracted = $at"
PAGE = 500


class Ran(Record):
    """A command that put something in."""

    id: str
    command: str | None = None
    version: str | None = None
    started: datetime | None = None
    finished: datetime | None = None
    retracted: datetime | None = None


class Both(Record):
    """A report that two runs have put in: how the second one's reading differs from the first's."""

    id: str
    name: str | None = None
    extractors: tuple[str | None, str | None]
    delta: Delta


class Put(Record):
    """A source that only one of two runs has put in, and how many claims it read there."""

    kind: str
    id: str
    name: str | None = None
    claims: int = 0


class RunDiff(Record):
    """The second run against the first. What was taken out since is in neither."""

    first: Ran
    second: Ran
    only_first: tuple[Put, ...] = ()
    only_second: tuple[Put, ...] = ()
    both: tuple[Both, ...] = ()
    """Those alone that were read otherwise."""
    same: int = 0
    """How many sources both have put in without any difference."""


def find(store: Store, prefix: str) -> Ran | None:
    """The one run whose id is, or begins with, `prefix`; None where there is none; UsageError for several."""
    rows = store.read(_RUNS, {"prefix": prefix.lower()}) if len(prefix) >= MIN_PREFIX else []
    if len(rows) > 1:
        raise UsageError(f"Several runs have an id that begins with {prefix!r}.",
                         remedy="Give more characters of it.")
    return _ran(rows[0]["run"]) if rows else None


def run(store: Store, prefix: str) -> Ran:
    """As `find`; raises UsageError where there is none."""
    found = find(store, prefix)
    if found is None:
        raise UsageError(f"No run has an id that begins with {prefix!r}.",
                         remedy="`tailgraph query run runs` lists them.")
    return found


def _ran(row: Row) -> Ran:
    return Ran(**picked(Ran, native(row)))


def sources(store: Store, runs: Sequence[str]) -> tuple[list[Source], list[tuple[Source, list[str]]]]:
    """What only these runs have put in, and what another one has put in as well, with the ids of those."""
    alone, shared = [], []
    for row in store.read(_OTHERS, {"runs": list(runs)}):
        source = Source(row["kind"], row["id"], row["name"], row["detail"])
        if row["others"]:
            shared.append((source, row["others"]))
        else:
            alone.append(source)
    return alone, shared


def retracted(store: Store, runs: Iterable[str]) -> None:
    """Note on the runs that what only they had put in was taken out now."""
    values = {"ids": sorted(runs), "at": clock.now()}
    store.write(lambda transaction: transaction.run(_RETRACTED, values).consume())


def diff(store: Store, first: Ran, second: Ran) -> RunDiff:
    """What the second run put in otherwise than the first."""
    one, two = ({row["id"]: row for row in store.read(_OF_RUN, {"id": ran.id})} for ran in (first, second))
    both = []
    for id_ in sorted(one.keys() & two.keys()):
        old, new = (readings.restored(side[id_]["contribution"]) for side in (one, two))
        found = readings.delta(old, new)
        if found:
            extractors = (old.extractor if old else None, new.extractor if new else None)
            both.append(Both(id=id_, name=one[id_]["name"], extractors=extractors, delta=found))
    return RunDiff(
        first=first, second=second, both=tuple(both), same=len(one.keys() & two.keys()) - len(both),
        only_first=tuple(_put(one[id_]) for id_ in sorted(one.keys() - two.keys())),
        only_second=tuple(_put(two[id_]) for id_ in sorted(two.keys() - one.keys())))


def _put(row: Row) -> Put:
    return Put(kind=row["kind"], id=row["id"], name=row["name"],
               claims=len(row["contribution"].get("claims") or ()))


def present(store: Store, ids: Iterable[str]) -> dict[str, Reading | None]:
    """How each of these reports is read now; None where an older version has not kept that."""
    return {row["id"]: readings.restored(row["contribution"] or {})
            for row in store.read(_PRESENT, {"ids": sorted(ids)})}


def texts(store: Store, ids: Sequence[str] | None) -> Iterator[tuple[Document, str | None]]:
    """The stored reports (of these ids; None: all, page by page), each with the extractor that read it."""
    if ids is not None:
        yield from map(_document, store.read(_TEXT, {"ids": list(ids)}))
        return
    after = ""
    while rows := store.read(_TEXTS, {"after": after, "size": PAGE}):
        yield from map(_document, rows)
        after = rows[-1]["id"]


def _document(row: Row) -> tuple[Document, str | None]:
    values = native(row["document"])
    return Document(**{**values, "title": values["title"] or ""}), row["extractor"]
