"""FollowTheMoney entities, one JSON object a line, as Aleph, OpenAleph and `ftm` read them.

That model has no claims: its links and properties are read as facts. So a claim becomes a `Note` about the
entities that it names, which says that it is one and who says it, with the report as proof; and never a link
or a property. A flight of which both ends are known (how, its summary says) becomes a `Trip`, any other an
`Event`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TextIO

from tailgraph.graph import keys
from tailgraph.graph.export.contents import Contents, GraphEdge, GraphNode
from tailgraph.graph.export.losses import Losses
from tailgraph.graph.export.telling import Names, telling
from tailgraph.graph.export.texts import is_url, plain
from tailgraph.graph.identity.clusters import is_address
from tailgraph.graph.rows import Ref
from tailgraph.graph.shape import CLAIMS, Label, Type

Entity = dict[str, Any]

_NO_PLACE = "FollowTheMoney has no place for it"
_AS_TEXT = "carried as text"
_AS_NAME = "its name is carried as text by what points at it"
_SCHEMAS = {Label.OPERATOR: "Organization", Label.ORGANIZATION: "Organization", Label.PERSON: "Person",
            Label.COUNTRY: "Territory", Label.PLACE: "Address", Label.AIRPORT: "Address",
            Label.AIRCRAFT: "Airplane"}
_LANGUAGES = {"en": "eng", "ru": "rus", "ko": "kor", "fr": "fra", "es": "spa", "de": "deu", "uk": "ukr",
              "ar": "ara", "zh": "zho", "fa": "fas", "pt": "por", "it": "ita", "tr": "tur", "ja": "jpn"}
_ENDS = {Type.DEPARTED_FROM: "departed from", Type.ARRIVED_AT: "arrived at",
         Type.VANISHED_TOWARD: "vanished toward (not seen to land)",
         Type.APPEARED_FROM: "appeared from the direction of (not seen to take off)"}
_DATED = ("from", "to", "source", "method")
_CLAIM = ("event_from", "event_to", "published", "sentence", "action", "status", "night", "hours", "count",
          "happened", "document")


def write(contents: Contents, out: TextIO, losses: Losses) -> None:
    names = Names(contents.store)
    for node, edges in contents.with_edges():
        losses.nodes[node.label] += 1
        for edge in edges:
            losses.edges[edge.type] += 1
        for entity in _entities(node, edges, names, losses):
            out.write(json.dumps(entity, ensure_ascii=True, sort_keys=True) + "\n")


def entity_id(ref: Ref) -> str:
    """The same for the same thing in every export."""
    return f"tailgraph-{keys.digest('ftm', *ref)[:40]}"


def _entities(node: GraphNode, edges: Sequence[GraphEdge], names: Names, losses: Losses) -> Iterator[Entity]:
    if node.label in CLAIMS:
        yield _note(node, edges, names, losses)
    elif node.label is Label.DOCUMENT:
        yield _article(node, edges, losses)
    elif node.label is Label.FLIGHT:
        yield from _flight(node, edges, names, losses)
    elif node.label is Label.AIRCRAFT:
        yield from _airplane(node, edges, names, losses)
    elif node.label is Label.MENTION:
        yield from _mention(node, edges, losses)
    elif node.label in _SCHEMAS:
        yield _thing(node, edges, losses)
    else:
        why = _AS_NAME if node.label in (Label.WEAPON, Label.AIRCRAFT_TYPE, Label.PUBLISHER) else _NO_PLACE
        losses.lose(node.label, why)
        _lose_edges(edges, losses)


def _made(ref_or_key: Ref, schema: str, **properties: Any) -> Entity:
    kept = {name: list(dict.fromkeys(str(value) for value in values if value not in (None, "")))
            for name, values in properties.items()}
    return {"id": entity_id(ref_or_key), "schema": schema,
            "properties": {name: values for name, values in kept.items() if values}}


def _lose_edges(edges: Iterable[GraphEdge], losses: Losses, carried: Iterable[Type] = ()) -> None:
    kept = set(carried)
    for edge in edges:
        if edge.type not in kept:
            losses.lose(edge.type, _NO_PLACE)


# --- things ------------------------------------------------------------------------------------------------


def _thing(node: GraphNode, edges: Sequence[GraphEdge], losses: Losses) -> Entity:
    """A country, an airport or place, an operator, organisation or person."""
    name = str(node.properties.get("name") or node.id)
    country = _countries(edges, losses)
    _lose_edges(edges, losses, (Type.OF_COUNTRY, Type.IN_COUNTRY))
    schema = _SCHEMAS[node.label]
    if schema == "Address":
        losses.lose_but(node, ("name", "city", "latitude", "longitude"), _NO_PLACE)
        full = f"{name} ({node.id})" if node.label is Label.AIRPORT and name != node.id else name
        where = {key: [plain(node.properties[key])] for key in ("latitude", "longitude")
                 if node.properties.get(key) is not None}
        return _made(node.ref, schema, name=[full], full=[full], city=[node.properties.get("city")],
                     country=country, **where)
    if schema == "Territory":
        return _made(node.ref, schema, name=[name], country=[_code(node.id)])
    losses.lose_but(node, ("name", "icao"), _NO_PLACE)
    more = {"abbreviation": [node.properties.get("icao")]} if schema == "Organization" else {}
    return _made(node.ref, schema, name=[name], country=country, **more)


def _countries(edges: Iterable[GraphEdge], losses: Losses) -> list[str]:
    found = []
    for edge in edges:
        if edge.type in (Type.OF_COUNTRY, Type.IN_COUNTRY, Type.REGISTERED_IN):
            losses.lose_but(edge, (), _NO_PLACE)
            if code := _code(edge.end[1]):
                found.append(code)
    return found


def _code(country: str) -> str | None:
    return country.lower() if re.fullmatch(r"[A-Z]{2}", country) else None


def _airplane(node: GraphNode, edges: Sequence[GraphEdge], names: Names, losses: Losses) -> Iterator[Entity]:
    """The airframe; its operators as links with their days, its marks and types with theirs as text."""
    of_type = [edge for edge in edges if edge.type is Type.OF_TYPE]
    called = names.of(edge.end for edge in of_type)
    notes = []
    for edge in edges:
        if edge.type in (Type.IDENTIFIED_BY, Type.OF_TYPE):
            losses.change(edge.type, _AS_TEXT)
            losses.lose_but(edge, _DATED, _NO_PLACE)
            notes.append(f"{edge.type.replace('_', ' ').lower()} {edge.end[1]}: {_ground(edge)}")
    yield _made(node.ref, "Airplane", name=[node.properties.get("name") or node.id],
                registrationNumber=[] if is_address(node.id) else [node.id],
                country=_countries(edges, losses), notes=notes,
                type=[called[edge.end] for edge in of_type], icaoCode=[edge.end[1] for edge in of_type])
    for edge in edges:
        if edge.type is Type.OPERATED_BY:
            losses.lose_but(edge, _DATED, _NO_PLACE)
            yield _link(edge, "operated by", _ground(edge), edge.properties.get("from"),
                        edge.properties.get("to"))
    _lose_edges(edges, losses, (Type.IDENTIFIED_BY, Type.OF_TYPE, Type.REGISTERED_IN, Type.OPERATED_BY))


def _ground(edge: GraphEdge) -> str:
    said = edge.properties
    days = f"{said.get('from') or '…'} to {said.get('to') or '…'}, "
    return (f"{days if said.get('from') or said.get('to') else ''}"
            f"source: {said.get('source')}, {said.get('method')}")


def _link(edge: GraphEdge, role: str, summary: str, start: Any = None, end: Any = None) -> Entity:
    link = _made(edge.start, "UnknownLink", subject=[entity_id(edge.start)], object=[entity_id(edge.end)],
                 role=[role], summary=[summary], startDate=[start], endDate=[end])
    link["id"] = f"tailgraph-{keys.digest('ftm', edge.type, *edge.start, *edge.end, edge.key)[:40]}"
    return link


# --- flights -----------------------------------------------------------------------------------------------


def _flight(node: GraphNode, edges: Sequence[GraphEdge], names: Names, losses: Losses) -> Iterator[Entity]:
    """A Trip only where both ends are known: a direction is no destination."""
    losses.lose_but(node, ("first_seen", "last_seen", "callsigns", "night"), _NO_PLACE)
    ends = [edge for edge in edges if edge.type in _ENDS]
    called = names.of(edge.end for edge in ends)
    told = [f"{_ENDS[edge.type]} {called[edge.end]}{_method(edge)}" for edge in ends]
    for edge in ends:
        losses.lose_but(edge, ("method",), _NO_PLACE)
    start, end = (next((edge.end for edge in ends if edge.type is type_), None)
                  for type_ in (Type.DEPARTED_FROM, Type.ARRIVED_AT))
    aircraft = [edge for edge in edges if edge.type is Type.BY_AIRCRAFT]
    schema, more = "Event", {}
    if start and end:
        schema = "Trip"
        more = {"startLocation": [entity_id(start)], "endLocation": [entity_id(end)],
                "vehicle": [entity_id(edge.end) for edge in aircraft if not edge.properties.get("ambiguous")]}
    operators = [entity_id(edge.end) for edge in edges if edge.type is Type.FLOWN_BY]
    told += [f"night: {node.properties.get('night')}"]
    if calls := node.properties.get("callsigns"):
        told.append(f"call signs: {', '.join(calls)}")
    yield _made(node.ref, schema, name=[f"Tracked flight {node.id}"], recordId=[node.id], involved=operators,
                startDate=_when(node, "first_seen"), endDate=_when(node, "last_seen"),
                summary=["; ".join(told)], **more)
    for edge in aircraft:
        open_ = "; its sources disagree" if edge.properties.get("ambiguous") else ""
        yield _link(edge, "aircraft of the tracked flight",
                    f"method: {edge.properties.get('method')}{open_}")
    _lose_edges(edges, losses, (*_ENDS, Type.BY_AIRCRAFT, Type.FLOWN_BY))


def _method(edge: GraphEdge) -> str:
    method = edge.properties.get("method")
    return f" ({method})" if method else ""


def _when(node: GraphNode, name: str) -> list[str]:
    return [plain(node.properties[name])] if node.properties.get(name) else []


# --- reports -----------------------------------------------------------------------------------------------


def _article(node: GraphNode, edges: Sequence[GraphEdge], losses: Losses) -> Entity:
    said = node.properties
    carried = {"title", "text", "published", "publisher", "extractor", "recorded_at"}
    url = str(said.get("url") or "")
    if is_url(url):
        carried.add("url")
    language = _LANGUAGES.get(str(said.get("language")))
    if language:
        carried.add("language")
    losses.lose_but(node, carried, _NO_PLACE)
    _lose_edges(edges, losses, (Type.HAS_CLAIM,))
    return _made(node.ref, "Article", title=[said.get("title")], name=[said.get("title")],
                 bodyText=[said.get("text")], publishedAt=[said.get("published")],
                 publisher=[said.get("publisher")], processingAgent=[said.get("extractor")],
                 processedAt=_when(node, "recorded_at"),
                 sourceUrl=[url] if "url" in carried else [], language=[language])


def _note(node: GraphNode, edges: Sequence[GraphEdge], names: Names, losses: Losses) -> Entity:
    told = telling(node, edges, names)
    losses.lose_but(node, _CLAIM, _NO_PLACE)
    kept = [ref for ref in told.about if ref[0] in _SCHEMAS]
    for edge in edges:
        if edge.type is Type.REPEATS:
            losses.change(edge.type, _AS_TEXT)
            losses.lose_but(edge, ("method",), _NO_PLACE)
        elif edge.type not in (Type.EVIDENCED_BY, Type.TESTED_AGAINST):
            losses.change(edge.type, "a role in a claim, carried as text")
            losses.lose_but(edge, ("ambiguous", "learned"), _NO_PLACE)
        elif edge.type is Type.TESTED_AGAINST and edge.properties.get("rank") == 1:
            losses.change(edge.type, _AS_TEXT)
            losses.lose_but(edge, ("verdict", "rank"), _NO_PLACE)
        else:
            losses.lose(edge.type, _NO_PLACE)
    document = Label.DOCUMENT, str(node.properties.get("document"))
    return _made(node.ref, "Note", name=["A claim, not a fact"], summary=[told.heading],
                 description=[told.sentence], entity=map(entity_id, kept), proof=[entity_id(document)],
                 keywords=["claim"])


def _mention(node: GraphNode, edges: Sequence[GraphEdge], losses: Losses) -> Iterator[Entity]:
    losses.lose_but(node, ("document", "text", "label"), _NO_PLACE)
    words = node.properties.get("text")
    if not words:
        losses.lose(node.label, "it has no words")
        return
    bodies = (Label.OPERATOR, Label.ORGANIZATION, Label.PERSON)
    resolved = [edge for edge in edges if edge.type is Type.REFERS_TO and edge.end[0] in bodies]
    document = Label.DOCUMENT, str(node.properties.get("document"))
    _lose_edges([edge for edge in edges if edge not in resolved], losses)
    yield _made(node.ref, "Mention", document=[entity_id(document)], name=[words],
                resolved=[entity_id(edge.end) for edge in resolved],
                detectedSchema=[_SCHEMAS.get(Label(node.properties["label"]))]
                if node.properties.get("label") in _SCHEMAS else [])
