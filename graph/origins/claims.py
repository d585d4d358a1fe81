"""Claims that repeat another report's claim: the same quotation or sentence, or the same matter from a report
that is cited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import neo4j

from tailgraph.graph.origins import cited, order, told
from tailgraph.graph.origins.order import Order, Repeat
from tailgraph.graph.origins.told import Told
from tailgraph.graph.shape import CLAIMS, Label

CITED_DAYS = 30
"""A report that cites another is taken to mean one that came out so many days before it at most."""
SAME_SOURCE_DAYS = 14
"""Two reports that cite one outlet for the same claim, whose own report is not here, so near in time."""

_CLAIMS = """
UNWIND $ids AS id
MATCH (d:Document {id: id})-[:HAS_CLAIM]->(c:Claim)
RETURN c.id AS id, d.id AS document, head([l IN labels(c) WHERE l <> 'Claim']) AS label, c.action AS action,
       c.index AS index, c.words AS words, c.happened AS happened, c.event_from AS event_from,
       c.event_to AS event_to, COLLECT { MATCH (c)-[slot]->(e:Entity) RETURN [type(slot), e.id] } AS slots
ORDER BY index, id
"""
_LEADS = """
UNWIND $words AS words
CALL (words) {
  MATCH (c:Allegation {words: words}) RETURN c UNION ALL MATCH (c:ReportedFlight {words: words}) RETURN c
}
MATCH (c)<-[:HAS_CLAIM]-(d:Document)
WITH words, c, d ORDER BY d.published IS NULL, d.published, coalesce(d.is_citing, false), d.id, c.index
WITH words, collect(c.id) AS claims, collect(DISTINCT d.id) AS documents, head(collect(d)) AS d
RETURN words, claims[0] AS claim, documents, d.publisher AS publisher, d.id AS id
"""
_CITING = """
MATCH (d:Document) WHERE d.is_citing AND d.published IS NOT NULL
RETURN d.id AS id, d.published AS published, d.is_citing AS is_citing, d.publisher AS publisher,
       d.cites AS cites
"""
_REPORTS = """
MATCH (d:Document) WHERE d.id IN $ids AND d.published IS NOT NULL
RETURN d.id AS id, d.published AS published, d.is_citing AS is_citing, d.publisher AS publisher,
       d.cites AS cites
"""
_OUTLETS = "MATCH (p:Publisher) RETURN p.id AS id"
_PUBLISHED = """
UNWIND $rows AS row
MATCH (d:Document) WHERE d.published >= row.since AND d.published <= row.until
MATCH (d)<-[:PUBLISHED]-(p:Publisher) WHERE p.id IN row.publishers
RETURN row.id AS citing, d.id AS id, d.published AS published, d.is_citing AS is_citing,
       d.publisher AS publisher, d.cites AS cites
"""


@dataclass(frozen=True, slots=True)
class _Report:
    """A dated report: who published it, and whom it cites in which passage (its own outlet left out)."""

    order: Order
    outlet: str
    publisher: str
    cites: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Lead:
    """The earliest claim with certain words, and every report that has them."""

    claim: str
    document: str
    publisher: str | None
    documents: tuple[str, ...]


def concerned(transaction: neo4j.Transaction, new: Iterable[str]) -> set[str]:
    """These reports, and those of which a claim may repeat one of theirs."""
    new = set(new)
    leads = _leads(transaction, _claims(transaction, new))
    beside = {id_ for lead in leads.values() if lead.document in new for id_ in lead.documents}
    return new | beside | _citing_these(transaction, new, _citing(transaction))


def repeat(transaction: neo4j.Transaction, documents: Iterable[str]) -> None:
    """Say of every claim of these reports what it repeats."""
    looked, citing = set(documents), _citing(transaction)
    claims = _claims(transaction, looked)
    leads = _leads(transaction, claims)
    sources = _sources(transaction, {id_: citing[id_] for id_ in looked & citing.keys()}, citing)
    told_by = _told_by(transaction, {report.order.id for found in sources.values() for report, _ in found})
    wanted: dict[Label, dict[str, Repeat | None]] = {label: {} for label in CLAIMS}
    for claim, words in claims:
        wanted[Label(claim.label)][claim.id] = _verbatim(claim, leads.get(words or "")) or _cited(
            claim, sources.get(claim.document, ()), citing, told_by)
    for label, repeats in wanted.items():
        order.put(transaction, label, repeats)


def _verbatim(claim: Told, lead: _Lead | None) -> Repeat | None:
    if lead is None or lead.document == claim.document:
        return None
    return Repeat(lead.claim, "same sentence", f"the same words stand in an earlier report of "
                  f"{lead.publisher or 'a publisher that is not known'}")


def _cited(claim: Told, sources: Iterable[tuple[_Report, str]], citing: Mapping[str, _Report],
           told_by: Mapping[str, list[Told]]) -> Repeat | None:
    """The claim of the first of `sources` (reports and the outlet that is cited) that tells the same."""
    for report, name in sources:
        for other in told_by.get(report.order.id, ()):
            if told.same(claim, other):
                return _because(claim, other, report, name, citing[claim.document])
    return None


def _because(claim: Told, other: Told, report: _Report, name: str, own: _Report) -> Repeat:
    passage = f"{claim.document}#p{own.cites[name]}"
    if report.outlet == name:
        return Repeat(other.id, "cited", f"cites {report.publisher}, whose report of "
                      f"{report.order.published} tells the same", passage=passage)
    return Repeat(other.id, "same source", f"cites {name.title()}, as {report.publisher or 'another report'} "
                  f"did on {report.order.published} for the same", passage=passage)


# --- citations ---------------------------------------------------------------------------------------------


def _citing(transaction: neo4j.Transaction) -> dict[str, _Report]:
    """Every dated report that cites somebody."""
    return {row["id"]: _report(row) for row in transaction.run(_CITING)}


def _citing_these(transaction: neo4j.Transaction, new: set[str], citing: Mapping[str, _Report]) -> set[str]:
    """Reports that cite the outlet of one of `new`, or cite whom it cites, near in time."""
    days: dict[str, list[date]] = defaultdict(list)
    for report in (_report(row) for row in transaction.run(_REPORTS, ids=sorted(new))):
        for name in (report.outlet, *report.cites):
            days[name].append(report.order.published)
    near = timedelta(days=CITED_DAYS)
    return {id_ for id_, report in citing.items() for name in report.cites
            if any(abs(report.order.published - day) <= near for day in days.get(name, ()))}


def _sources(transaction: neo4j.Transaction, asked: Mapping[str, _Report],
             citing: Mapping[str, _Report]) -> dict[str, list[tuple[_Report, str]]]:
    """For each report of `asked` the earlier ones that it may have its claims from, with the outlet cited.

    Reports of the outlet itself come first, the latest first; then others that cite it, the earliest first.
    """
    by_name: dict[str, list[_Report]] = defaultdict(list)
    for report in citing.values():
        for name in filter(cited.is_known, report.cites):
            by_name[name].append(report)
    found: dict[str, list[tuple[_Report, str]]] = {}
    direct = _published(transaction, asked)
    for id_, own in asked.items():
        reports = [one for one in direct.get(id_, ()) if one.order < own.order and one.outlet in own.cites]
        reports.sort(key=lambda report: report.order, reverse=True)
        since = own.order.published - timedelta(days=SAME_SOURCE_DAYS)
        beside = sorted(((report, name) for name in own.cites for report in by_name.get(name, ())
                         if report.order < own.order and report.order.published >= since),
                        key=lambda one: (one[0].order, one[1]))
        found[id_] = [*((report, report.outlet) for report in reports), *beside]
    return found


def _published(transaction: neo4j.Transaction, asked: Mapping[str, _Report]) -> dict[str, list[_Report]]:
    """The reports of the outlets that each of `asked` cites, of the days before it."""
    ids: dict[str, list[str]] = defaultdict(list)
    for row in transaction.run(_OUTLETS):
        ids[cited.outlet(row["id"])].append(row["id"])
    rows = [{"id": id_, "publishers": publishers, "until": own.order.published,
             "since": own.order.published - timedelta(days=CITED_DAYS)}
            for id_, own in sorted(asked.items())
            if (publishers := sorted(one for name in own.cites for one in ids.get(name, ())))]
    found: dict[str, list[_Report]] = defaultdict(list)
    for row in transaction.run(_PUBLISHED, rows=rows) if rows else ():
        found[row["citing"]].append(_report(row))
    return found


def _report(row: Mapping[str, Any] | neo4j.Record) -> _Report:
    own = cited.outlet(row["publisher"] or "")
    names: dict[str, int] = {}
    for index, name in map(cited.passage_and_name, row["cites"] or ()):
        if name != own:
            names.setdefault(name, index)
    return _Report(Order.of(row), own, row["publisher"] or "", names)


# --- claims ------------------------------------------------------------------------------------------------


def _claims(transaction: neo4j.Transaction, documents: Iterable[str]) -> list[tuple[Told, str | None]]:
    """The claims of these reports, each with the checksum of its words."""
    return [(_told(row), row["words"]) for row in transaction.run(_CLAIMS, ids=sorted(documents))]


def _told_by(transaction: neo4j.Transaction, documents: set[str]) -> dict[str, list[Told]]:
    found: dict[str, list[Told]] = defaultdict(list)
    for claim, _ in _claims(transaction, documents):
        found[claim.document].append(claim)
    return found


def _told(row: neo4j.Record) -> Told:
    slots: dict[str, set[str]] = defaultdict(set)
    for type_, id_ in row["slots"]:
        slots[type_].add(id_)
    first, last = (day and day.to_native() for day in (row["event_from"], row["event_to"]))
    return Told(row["id"], row["document"], row["label"], row["action"], row["happened"] is not False, first,
                last, {type_: frozenset(ids) for type_, ids in slots.items()})


def _leads(transaction: neo4j.Transaction, claims: Iterable[tuple[Told, str | None]]) -> dict[str, _Lead]:
    words = sorted({words for _, words in claims if words})
    return {row["words"]: _Lead(row["claim"], row["id"], row["publisher"], tuple(row["documents"]))
            for row in transaction.run(_LEADS, words=words)} if words else {}
