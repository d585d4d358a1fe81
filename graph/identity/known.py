"""What the graph holds of the entities among which candidates are looked for."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from typing import Any

from tailgraph.graph.identity.candidates import Mark, Named
from tailgraph.graph.identity.clusters import is_local
from tailgraph.graph.identity.judgement import KINDS
from tailgraph.graph.model import Kind, Method
from tailgraph.graph.store import Store

MOST_NAMES = 12
"""Of the forms in which reports write a name, at most this many are compared, the most frequent first."""

_RUSSIAN = re.compile(r"R[AF]-(\d{5})")
"""Civil and military marks of one number are as a rule one airframe at different times."""

_ENTITIES = """
MATCH (e:Entity)
WITH e, head([label IN labels(e) WHERE label IN $kinds]) AS kind WHERE kind IS NOT NULL
RETURN kind, e.id AS id, e.name AS name, e.icao AS icao,
  [(e)-[:OF_COUNTRY|IN_COUNTRY]->(c) | c.id] AS countries
"""
_FORMS = """
MATCH (m:Mention)-[:REFERS_TO]->(e:Entity)
WITH e, m.text AS form, count(*) AS count, collect(DISTINCT m.document) AS documents
WITH e, form, documents ORDER BY count DESC, form
RETURN head([label IN labels(e) WHERE label <> 'Entity']) AS kind, e.id AS id,
  collect(form)[..$most] AS forms,
  reduce(all = [], some IN collect(documents) | all + some) AS documents
"""
# Names that hold within one report, with the countries that their sentences name.
_AROUND = """
UNWIND $ids AS id
MATCH (e:Entity {id: id})<-[:REFERS_TO]-(:Mention)-[:IN_PASSAGE]->(p:Passage)
MATCH (p)<-[:IN_PASSAGE]-(:Mention)-[:REFERS_TO]->(c:Country)
RETURN id, c.id AS country, count(DISTINCT p) AS count
"""
_MARKS = """
MATCH (i:Identifier)<-[:IDENTIFIED_BY]-(a:Aircraft)
WITH i, count(DISTINCT a) AS bearers WHERE bearers > 1
MATCH (i)<-[r:IDENTIFIED_BY]-(a:Aircraft)
RETURN a.id AS id, i.scheme AS scheme, i.value AS value, r.from AS since, r.to AS until, r.method AS method
"""


def known(store: Store, kind: Kind | None = None) -> list[Named]:
    """Every entity that can be judged, or those of one kind."""
    entities = store.read(_ENTITIES, {"kinds": [kind.value] if kind else [one.value for one in KINDS]})
    forms = {(row["kind"], row["id"]): row for row in store.read(_FORMS, {"most": MOST_NAMES})}
    around = _around(store, [row["id"] for row in entities if is_local(row["id"])])
    marks = _marks(store)
    return [_named(row, forms.get((row["kind"], row["id"]), {}), around.get(row["id"], frozenset()),
                   marks.get(row["id"], ()) if row["kind"] == Kind.AIRCRAFT else ()) for row in entities]


def _named(row: dict[str, Any], said: dict[str, Any], around: frozenset[str],
           marks: tuple[Mark, ...]) -> Named:
    written = [form for form in said.get("forms", ()) if form != form.lower() or any(map(str.isdigit, form))]
    icao = (Mark("icao", row["icao"]),) if row["icao"] else ()
    country = row["id"].partition("/")[0] if row["kind"] == Kind.PLACE else ""
    countries = {*row["countries"], *([country] if country not in ("", "--") else [])}
    if row["kind"] == Kind.AIRCRAFT and (number := _RUSSIAN.fullmatch(row["id"])):
        marks = (*marks, Mark("Russian number", number[1], is_inferred=True))
    return Named(Kind(row["kind"]), row["id"], tuple(dict.fromkeys([row["name"] or row["id"], *written])),
                 frozenset(countries) or around, frozenset(said.get("documents", ())), (*icao, *marks))


def _around(store: Store, ids: list[str]) -> dict[str, frozenset[str]]:
    """The country that most sentences about each speak of; several where they speak of several as often."""
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for row in store.read(_AROUND, {"ids": ids}) if ids else ():
        counts[row["id"]][row["country"]] = row["count"]
    return {id_: frozenset(country for country, count in found.items() if count == max(found.values()))
            for id_, found in counts.items()}


def _marks(store: Store) -> dict[str, tuple[Mark, ...]]:
    """The designators that more than one aircraft bears, by aircraft."""
    found: dict[str, list[Mark]] = defaultdict(list)
    for row in store.read(_MARKS):
        found[row["id"]].append(Mark(row["scheme"], row["value"], _day(row["since"]), _day(row["until"]),
                                     row["method"] == Method.INFERRED))
    return {id_: tuple(sorted(marks, key=str)) for id_, marks in found.items()}


def _day(value: Any) -> date | None:
    found: date | None = value.to_native() if value is not None else None
    return found
