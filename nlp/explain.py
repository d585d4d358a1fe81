"""What was found in a report and why, for people: in the terminal, and as one HTML page without scripts."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from tailgraph.graph.model import (
    Allegation,
    Claim,
    DateInterval,
    Endpoint,
    Entity,
    EntityRef,
    Extraction,
    Kind,
    Mention,
    ReportedFlight,
    Slot,
)
from tailgraph.graph.reference import tables
from tailgraph.nlp.claims.rules import meaning

_PARTIES = (
    ("accuser", "said by"),
    ("accused", "against"),
    ("weapons", "weapons"),
    ("supplier", "supplied by"),
    ("recipient", "received by"),
    ("target", "for use against"),
    ("carrier", "carried by"),
    ("denied_by", "denied by"),
)
_COLOURS = {
    Kind.COUNTRY: "#dbe9f6",
    Kind.AIRCRAFT_TYPE: "#e3dff2",
    Kind.AIRCRAFT: "#cfc3ec",
    Kind.OPERATOR: "#fbe3c6",
    Kind.AIRPORT: "#d5ecd9",
    Kind.PLACE: "#e8f3df",
    Kind.WEAPON: "#f8d3d0",
    Kind.ORGANIZATION: "#fdf3c4",
    Kind.PERSON: "#f3dfeb",
}
_BRACKETS = re.compile(r"\[[^][\n]*\|[^][\n]*\]")
# Stands for the spaces of a bracket while lines are broken; no character of any script.
_HELD = "\ue000"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """body{font:16px/1.6 system-ui,sans-serif;max-width:60rem;
margin:2rem auto;padding:0 1rem;color:#222}
.text{white-space:pre-wrap;overflow-wrap:anywhere}mark{border-radius:.2em;padding:0 .15em}
table{border-collapse:collapse;margin:.5rem 0}
td,th{border:1px solid #ccc;padding:.2rem .5rem;text-align:left;vertical-align:top}
blockquote{margin:.3rem 0;padding-left:.8rem;border-left:3px solid #bbb;color:#444}
.rule{color:#666;font-size:85%}"""


# --- terminal ----------------------------------------------------------------------------------------------


def terminal(extraction: Extraction, *, marked: bool = False, width: int = 100) -> str:
    """Entities, allegations and reported flights as plain text; with the marked text in front where asked."""
    document = extraction.document
    head = [
        document.title or "(no title)",
        " · ".join(
            filter(None, (str(document.published or "undated"), document.publisher, document.language))
        ),
    ]
    body = [_wrapped(marked_text(extraction), width), ""] if marked else []
    lines = [*head, "", *body, *_entity_lines(extraction, width)]
    for claim in extraction.allegations:
        lines += [
            "",
            f"Allegation {claim.index + 1}: {claim.action}, {claim.status}",
            *_claim_lines(extraction, claim, marked, width),
        ]
    for flight in extraction.flights:
        lines += [
            "",
            f"Reported flight {flight.index + 1}{_not_flown(flight)}",
            *_claim_lines(extraction, flight, marked, width),
        ]
    if not extraction.allegations and not extraction.flights:
        lines += ["", "No allegations and no flights."]
    return "\n".join(lines) + "\n"


def marked_text(extraction: Extraction) -> str:
    """The content with each mention in brackets: "[Moscow|Country RU]"."""
    entities = _entities(extraction)
    parts, place = [], 0
    for mention in _apart(extraction.mentions):
        entity = entities[mention.entity]
        parts += [
            extraction.document.content[place : mention.start],
            f"[{mention.text}|{entity.kind} {entity.key or entity.names[0]}]",
        ]
        place = mention.end
    return "".join([*parts, extraction.document.content[place:]])


def _entity_lines(extraction: Extraction, width: int) -> Iterator[str]:
    for kind in Kind:
        named = [entity for entity in extraction.entities if entity.kind == kind]
        if named:
            text = "; ".join(_label(entity) for entity in named)
            yield textwrap.fill(text, width, initial_indent=f"{kind:13}", subsequent_indent=" " * 13)


def _label(entity: Entity) -> str:
    called = _called(entity.ref, {entity.ref: entity})
    others = ", ".join([name for name in entity.names if name != called][:3])
    key = f" [{entity.key}]" if entity.key and entity.key != called else ""
    return f"{called}{key}" + (f" ({others})" if others else "")


def _called(ref: EntityRef, entities: dict[EntityRef, Entity]) -> str:
    """A state by its own name, though the report may only say "Kremlin" or "Thai"; all else as the report
    has it."""
    if ref.kind is Kind.COUNTRY and ref.id in tables.countries():
        return tables.countries()[ref.id]
    return entities[ref].names[0] if ref in entities else ref.id


def _claim_lines(
    extraction: Extraction, claim: Allegation | ReportedFlight, explain: bool, width: int
) -> Iterator[str]:
    for name, value in _facts(extraction, claim):
        yield _field(name, value, width)
    if explain:
        yield _field("rule", f"{_rule(extraction, claim)} ({_grades(claim)})", width)
    for sentence in _sentences(extraction, claim):
        yield textwrap.fill(f"“{sentence}”", width, initial_indent="  ", subsequent_indent="   ")


def _field(name: str, value: str, width: int) -> str:
    return textwrap.fill(value, width, initial_indent=f"  {name:15} ", subsequent_indent=" " * 18)


def _wrapped(text: str, width: int) -> str:
    """Lines no longer than `width` where words and brackets allow it; line breaks of the text stay."""
    kept = _BRACKETS.sub(lambda mark: mark[0].replace(" ", _HELD), text)
    filled = (
        textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
        for line in kept.split("\n")
    )
    return "\n".join(filled).replace(_HELD, " ")


# --- HTML --------------------------------------------------------------------------------------------------


def html(extractions: Sequence[Extraction]) -> str:
    """One self-contained page; everything that comes from a report is escaped, and nothing may run."""
    body = "\n".join(_section(extraction) for extraction in extractions)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>What Tailgraph read</title><style>{_STYLE}</style></head>\n<body>{body}</body></html>\n"
    )


def _section(extraction: Extraction) -> str:
    document = extraction.document
    meta = " · ".join(
        filter(None, (str(document.published or "undated"), document.publisher, extraction.extractor))
    )
    found: tuple[Allegation | ReportedFlight, ...] = (*extraction.allegations, *extraction.flights)
    claims = "".join(_claim_html(extraction, claim) for claim in found)
    return (
        f"<section><h1>{escape(document.title or '(no title)')}</h1><p class=rule>{escape(meta)}</p>"
        f"<p>{_legend()}</p><div class=text>{_marked_html(extraction)}</div>{claims}</section>"
    )


def _legend() -> str:
    return " ".join(f'<mark style="background:{colour}">{kind}</mark>' for kind, colour in _COLOURS.items())


def _marked_html(extraction: Extraction) -> str:
    entities, content = _entities(extraction), extraction.document.content
    parts, place = [], 0
    for mention in _apart(extraction.mentions):
        entity = entities[mention.entity]
        note = f"{entity.kind}: {entity.key or entity.names[0]} ({mention.method}, {mention.confidence:.2f})"
        parts += [
            escape(content[place : mention.start]),
            f'<mark style="background:{_COLOURS[entity.kind]}" '
            f'title="{escape(note)}">{escape(mention.text)}</mark>',
        ]
        place = mention.end
    return "".join([*parts, escape(content[place:])])


def _claim_html(extraction: Extraction, claim: Allegation | ReportedFlight) -> str:
    kind = (
        f"Allegation {claim.index + 1}: {claim.action}, {claim.status}"
        if isinstance(claim, Allegation)
        else f"Reported flight {claim.index + 1}{_not_flown(claim)}"
    )
    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>"
        for name, value in _facts(extraction, claim)
    )
    quotes = "".join(
        f"<blockquote>{escape(sentence)}</blockquote>" for sentence in _sentences(extraction, claim)
    )
    rule = f"rule {_rule(extraction, claim)}; {_grades(claim)}"
    return f"<h2>{escape(kind)}</h2>{quotes}<table>{rows}</table><p class=rule>{escape(rule)}</p>"


# --- both --------------------------------------------------------------------------------------------------


def _not_flown(flight: ReportedFlight) -> str:
    return "" if flight.happened else " (did not take place, or not yet)"


def _rule(extraction: Extraction, claim: Claim) -> str:
    """The rule, the word of the report that it took hold of, and its construction in words."""
    cue = " ".join(extraction.document.content[claim.cue.start : claim.cue.end].split())
    words = meaning(claim.rule) if isinstance(claim, Allegation) else ""
    return f"{claim.rule}, by “{cue}”" + (f": {words}" if words else "")


def _grades(claim: Claim) -> str:
    return f"confidence {claim.confidence:.2f}, credibility {claim.credibility}"


def _facts(extraction: Extraction, claim: Allegation | ReportedFlight) -> Iterator[tuple[str, str]]:
    entities = _entities(extraction)
    if isinstance(claim, Allegation):
        for slot, label in _PARTIES:
            if fillers := getattr(claim, slot):
                yield label, _fillers(fillers, entities)
    else:
        yield from _flight_facts(claim, entities)
    if claim.event:
        yield "when", interval(claim.event)


def _flight_facts(flight: ReportedFlight, entities: dict[EntityRef, Entity]) -> Iterator[tuple[str, str]]:
    for label, fillers in (
        ("aircraft", flight.aircraft),
        ("type", flight.types),
        ("operator", flight.operator),
        ("state", flight.state),
    ):
        if fillers:
            yield label, _fillers(fillers, entities)
    for label, end in (("from", flight.origin), ("to", flight.destination)):
        if end:
            yield label, _end(end, entities)
    if flight.night is not None:
        yield "night", "yes" if flight.night else "no"
    if flight.hours:
        yield "time of day", ", ".join(map(str, flight.hours))
    if flight.count is not None:
        yield "how many", str(flight.count)
    if flight.callsigns:
        yield "call sign", ", ".join(flight.callsigns)


def _fillers(slots: Iterable[Slot], entities: dict[EntityRef, Entity]) -> str:
    fillers = list(slots)
    names = [_called(slot.entity, entities) + (" (by a model)" if slot.learned else "") for slot in fillers]
    if any(slot.ambiguous for slot in fillers):
        return " or ".join(names) + " (the text leaves open which)"
    return ", ".join(names)


def _end(end: Endpoint, entities: dict[EntityRef, Entity]) -> str:
    return _fillers([slot for slot in (end.airport, end.place, end.country) if slot], entities)


def interval(event: DateInterval) -> str:
    """ "2024-03-18 to 2024-03-24", one day, or an open end in words."""
    if event.earliest and event.latest:
        return (
            str(event.earliest) if event.earliest == event.latest else f"{event.earliest} to {event.latest}"
        )
    return f"since {event.earliest}" if event.earliest else f"until {event.latest}"


def _sentences(extraction: Extraction, claim: Claim) -> list[str]:
    content = extraction.document.content
    return [
        " ".join(content[p.start : p.end].split()) for p in extraction.passages if p.index in claim.evidence
    ]


def _entities(extraction: Extraction) -> dict[EntityRef, Entity]:
    return {entity.ref: entity for entity in extraction.entities}


def _apart(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Mentions in text order without those inside another (a city inside its airport's name)."""
    end = 0
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if mention.start >= end:
            yield mention
            end = mention.end
