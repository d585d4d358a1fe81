"""A STIX 2.1 bundle, one object a line.

What tables, rules and tracks say becomes `relationship` objects. A claim becomes a `note` that says first
that it is a claim, with its authors, and a denial an `opinion` that disagrees with it: no relationship.
Aircraft, flights, aircraft types and weapons have no object in STIX: they get types of their own, declared by
an extension definition.

Ids are UUIDv5 of the things' own keys. `created` is the same constant everywhere, since Tailgraph does not
know when a thing first became known to the world; `modified` is when the last source came into the graph.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, TextIO

from tailgraph.graph import keys
from tailgraph.graph.evidence.sources import native
from tailgraph.graph.export.contents import Contents, GraphEdge, GraphNode
from tailgraph.graph.export.losses import Losses
from tailgraph.graph.export.telling import Names, telling
from tailgraph.graph.export.texts import is_url
from tailgraph.graph.identity.clusters import is_address
from tailgraph.graph.rows import Ref
from tailgraph.graph.shape import CLAIMS, ENTITIES, Label, Type

Object = dict[str, Any]

_NAMESPACE = uuid.UUID("6f3f6d8e-0d5b-4a57-9a1f-5c2c5b0a6a11")
CREATED = datetime(2024, 1, 1, tzinfo=UTC)
_ABSENT: tuple[Any, ...] = (None, "", [], ())
_NO_PLACE = "STIX has no place for it"
_PLACES = (Label.AIRPORT, Label.PLACE)
_IDENTITIES = {Label.PUBLISHER: "organization", Label.OPERATOR: "organization",
               Label.ORGANIZATION: "organization", Label.PERSON: "individual"}
_OWN = {Label.AIRCRAFT: "x-tailgraph-aircraft", Label.FLIGHT: "x-tailgraph-flight",
        Label.AIRCRAFT_TYPE: "x-tailgraph-thing", Label.WEAPON: "x-tailgraph-thing"}
_FACTS = frozenset({
    Type.OF_TYPE, Type.OPERATED_BY, Type.REGISTERED_IN, Type.OF_COUNTRY, Type.IN_COUNTRY, Type.BY_AIRCRAFT,
    Type.FLOWN_BY, Type.DEPARTED_FROM, Type.ARRIVED_AT, Type.VANISHED_TOWARD, Type.APPEARED_FROM,
    Type.OVERFLEW})
_DIRECTIONS = {Type.VANISHED_TOWARD: "Its track broke off toward there; it was not seen to land.",
               Type.APPEARED_FROM: "Its track began from that direction; it was not seen to take off."}
_FLIGHT = ("icao24", "registration", "type_designator", "operator", "callsigns", "night")
_CLAIM = ("event_from", "event_to", "published", "sentence", "action", "status", "night", "hours", "count",
          "happened", "document")
_LATEST = """
OPTIONAL MATCH (d:Document) WITH max(d.recorded_at) AS read
OPTIONAL MATCH (t:TrackFile) RETURN read, max(t.recorded_at) AS tracked
"""


@dataclass(slots=True)
class _Making:
    """`unplaced` are airports and places of which nothing is known that STIX asks of a location."""

    contents: Contents
    losses: Losses
    names: Names
    modified: datetime
    unplaced: set[Ref] = field(default_factory=set)

    def id_of(self, ref: Ref) -> str:
        return f"{self.type_of(ref)}--{_uuid(*ref)}"

    def type_of(self, ref: Ref) -> str:
        label, id_ = ref
        if label in CLAIMS:
            return "note"
        if label is Label.DOCUMENT:
            return "report"
        if label in _IDENTITIES:
            return "identity"
        if (label is Label.COUNTRY and _code(id_)) or (label in _PLACES and ref not in self.unplaced):
            return "location"
        return _OWN.get(label, "x-tailgraph-thing")

    def made(self, type_: str, id_: str, **values: Any) -> Object:
        common: Object = {"type": type_, "spec_version": "2.1", "id": id_, "created": stamp(CREATED),
                  "modified": stamp(self.modified)}
        if id_ != TOOL:
            common["created_by_ref"] = TOOL
        if type_.startswith("x-"):
            common["extensions"] = {EXTENSION: {"extension_type": "new-sdo"}}
        return {**common, **{name: value for name, value in values.items() if value not in _ABSENT}}


def _uuid(*parts: str) -> uuid.UUID:
    return uuid.uuid5(_NAMESPACE, keys.digest(*parts))


TOOL = f"identity--{_uuid('tailgraph')}"
EXTENSION = f"extension-definition--{_uuid('extension', '1')}"
_SCHEMA = ("x-tailgraph-aircraft: name, registration, marks. x-tailgraph-flight: name, first_seen, "
           "last_seen, icao24, registration, type_designator, operator, callsigns, night (yes, no or "
           "indeterminate). "
           "x-tailgraph-thing: name, kind (AircraftType, Weapon, Airport, Place or Country), key.")


def stamp(instant: datetime) -> str:
    """As STIX writes instants: in UTC, with milliseconds."""
    return f"{instant.astimezone(UTC).isoformat(timespec='milliseconds').removesuffix('+00:00')}Z"


def write(contents: Contents, out: TextIO, losses: Losses) -> None:
    making = _Making(contents, losses, Names(contents.store), _modified(contents))
    ahead = Contents(contents.store, contents.scope)
    making.unplaced = {node.ref for node, edges in ahead.with_edges(_PLACES) if not _is_placed(node, edges)}
    bundle = uuid.uuid5(_NAMESPACE, stamp(making.modified))
    out.write(f'{{"type": "bundle", "id": "bundle--{bundle}", "objects": [\n')
    out.write(",\n".join(map(_line, _preamble(making))))
    for node, edges in contents.with_edges():
        losses.nodes[node.label] += 1
        for edge in edges:
            losses.edges[edge.type] += 1
        for made in _objects(making, node, edges):
            out.write(f",\n{_line(made)}")
    out.write("\n]}\n")


def _line(made: Object) -> str:
    return json.dumps(made, ensure_ascii=True, sort_keys=True)


def _modified(contents: Contents) -> datetime:
    row = native(contents.store.read(_LATEST)[0])
    known = [when for when in (row["read"], row["tracked"]) if when]
    return max(known, default=CREATED)


def _preamble(making: _Making) -> Iterator[Object]:
    yield making.made("identity", TOOL, name="Tailgraph", identity_class="system")
    yield making.made("extension-definition", EXTENSION, name="Tailgraph: aircraft, flights and things",
                      description="Objects for aircraft and flights, of which STIX has none.",
                      schema=_SCHEMA, version="1.0.0", extension_types=["new-sdo"])


def _objects(making: _Making, node: GraphNode, edges: Sequence[GraphEdge]) -> Iterator[Object]:
    if node.label in CLAIMS:
        yield from _claim(making, node, edges)
        return
    if node.label is Label.DOCUMENT:
        yield _report(making, node, edges)
    elif node.label in ENTITIES or node.label in _IDENTITIES:
        yield _thing(making, node, edges)
    elif node.label is Label.FLIGHT:
        yield _flight(making, node)
    else:
        making.losses.lose(node.label, _NO_PLACE)
        for edge in edges:
            making.losses.lose(edge.type, _NO_PLACE)
        return
    for edge in edges:
        if edge.type in _FACTS:
            yield _relationship(making, edge)
        elif edge.type in (Type.PUBLISHED, Type.IDENTIFIED_BY):
            making.losses.change(edge.type, "carried as text")
        elif edge.type is not Type.HAS_CLAIM:
            making.losses.lose(edge.type, _NO_PLACE)


# --- things ------------------------------------------------------------------------------------------------


def _code(country: str) -> str | None:
    return country if re.fullmatch(r"[A-Z]{2}", country) else None


def _country(edges: Iterable[GraphEdge]) -> str | None:
    codes = (_code(edge.end[1]) for edge in edges if edge.type is Type.IN_COUNTRY)
    return next(filter(None, codes), None)


def _coordinates(node: GraphNode) -> dict[str, float]:
    found = {name: node.properties.get(name) for name in ("latitude", "longitude")}
    return {} if None in found.values() else {name: float(value) for name, value in found.items() if value
                                              is not None}


def _is_placed(node: GraphNode, edges: Sequence[GraphEdge]) -> bool:
    return bool(_coordinates(node) or _country(edges))


def _thing(making: _Making, node: GraphNode, edges: Sequence[GraphEdge]) -> Object:
    id_, type_ = making.id_of(node.ref), making.type_of(node.ref)
    name = str(node.properties.get("name") or node.id)
    refs = [{"source_name": "Tailgraph", "external_id": f"{node.label}:{node.id}"}]
    if type_ == "location":
        making.losses.lose_but(node, ("name", *_coordinates(node)), _NO_PLACE)
        country = _code(node.id) if node.label is Label.COUNTRY else _country(edges)
        return making.made(type_, id_, name=name, country=country, external_references=refs,
                           **_coordinates(node))
    making.losses.lose_but(node, ("name",), _NO_PLACE)
    if type_ == "identity":
        return making.made(type_, id_, name=name, identity_class=_IDENTITIES[node.label],
                           external_references=refs)
    if node.label is Label.AIRCRAFT:
        marks = [edge for edge in edges if edge.type is Type.IDENTIFIED_BY]
        for edge in marks:
            making.losses.lose_but(edge, (), _NO_PLACE)
        return making.made(type_, id_, name=name, external_references=refs,
                           registration=None if is_address(node.id) else node.id,
                           marks=sorted({edge.end[1] for edge in marks}))
    return making.made(type_, id_, name=name, kind=str(node.label), key=node.id, external_references=refs)


def _flight(making: _Making, node: GraphNode) -> Object:
    making.losses.lose_but(node, (*_FLIGHT, "first_seen", "last_seen"), _NO_PLACE)
    times = {name: stamp(node.properties[name]) for name in ("first_seen", "last_seen")
             if node.properties.get(name)}
    said = {name: node.properties.get(name) for name in _FLIGHT}
    return making.made("x-tailgraph-flight", making.id_of(node.ref), name=f"Tracked flight {node.id}",
                       **times, **said)


def _relationship(making: _Making, edge: GraphEdge) -> Object:
    """A fact, with its source or method in the description, and its days where it has any."""
    said = edge.properties
    making.losses.lose_but(edge, ("source", "method", "from", "to", "ambiguous"), _NO_PLACE)
    told = [_DIRECTIONS.get(edge.type, ""), f"Source: {said['source']}." if said.get("source") else "",
            f"Method: {said['method']}." if said.get("method") else "",
            "Its sources disagree." if said.get("ambiguous") else ""]
    start, stop = _instant(said.get("from"), time.min), _instant(said.get("to"), time.max)
    return making.made(
        "relationship", f"relationship--{_uuid(edge.type, *edge.start, *edge.end, edge.key)}",
        relationship_type=edge.type.lower().replace("_", "-"), source_ref=making.id_of(edge.start),
        target_ref=making.id_of(edge.end), description=" ".join(filter(None, told)),
        start_time=stamp(start) if start else None,
        stop_time=stamp(stop) if stop and (start is None or stop > start) else None)


def _instant(day: date | None, at: time) -> datetime | None:
    return datetime.combine(day, at, UTC) if day else None


# --- reports -----------------------------------------------------------------------------------------------


def _report(making: _Making, node: GraphNode, edges: Sequence[GraphEdge]) -> Object:
    """The report and the claims in it. One without a day of publication takes that of its recording."""
    said = node.properties
    url = str(said.get("url") or "")
    language = said.get("language") if _is_language(said.get("language")) else None
    carried = {"title", "published", "publisher", "text", *(["url"] if is_url(url) else []),
               *(["language"] if language else [])}
    making.losses.lose_but(node, carried, _NO_PLACE)
    published = _instant(said.get("published"), time.min)
    if published is None:
        making.losses.change("Document.published", "unknown: the time of recording stands in its place")
        published = said.get("recorded_at") or making.modified
    notes = [making.id_of(edge.end) for edge in edges if edge.type is Type.HAS_CLAIM]
    reference = {"source_name": said.get("publisher") or "unknown publisher", "external_id": node.id}
    if "url" in carried:
        reference["url"] = url
    return making.made("report", making.id_of(node.ref), name=str(said.get("title") or node.id)[:500],
                       description=said.get("text"), published=stamp(published), lang=language,
                       object_refs=notes or [TOOL], external_references=[reference])


def _is_language(code: Any) -> bool:
    return bool(re.fullmatch(r"[a-z]{2,3}", str(code)))


def _claim(making: _Making, node: GraphNode, edges: Sequence[GraphEdge]) -> Iterator[Object]:
    told = telling(node, edges, making.names)
    making.losses.lose_but(node, _CLAIM, _NO_PLACE)
    _claim_losses(making.losses, edges)
    note = making.id_of(node.ref)
    report = making.id_of((Label.DOCUMENT, str(node.properties.get("document"))))
    yield making.made("note", note, abstract=told.heading, content=told.sentence or told.heading,
                      authors=list(told.said_by), object_refs=[report, *map(making.id_of, told.about)])
    for denier in told.denied_by:
        yield making.made("opinion", f"opinion--{_uuid(*node.ref, denier)}", opinion="strongly-disagree",
                          authors=[denier], object_refs=[note],
                          explanation="Denied, as the report tells it.")


def _claim_losses(losses: Losses, edges: Iterable[GraphEdge]) -> None:
    for edge in edges:
        if edge.type is Type.EVIDENCED_BY or (
                edge.type is Type.TESTED_AGAINST and edge.properties.get("rank") != 1):
            losses.lose(edge.type, _NO_PLACE)
        elif edge.type is Type.TESTED_AGAINST:
            losses.change(edge.type, "carried as text")
            losses.lose_but(edge, ("verdict", "rank"), _NO_PLACE)
        elif edge.type is Type.REPEATS:
            losses.change(edge.type, "carried as text")
            losses.lose_but(edge, ("method",), _NO_PLACE)
        else:
            losses.change(edge.type, "a role in a claim, carried as text")
            losses.lose_but(edge, ("ambiguous", "learned"), _NO_PLACE)
