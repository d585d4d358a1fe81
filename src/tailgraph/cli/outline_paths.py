"""Paths as an outline: a fact and a claim never read alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from tailgraph.cli.outline import Item, Line, Piece, item, section
from tailgraph.graph.analysis.paths import Path, Paths
from tailgraph.graph.analysis.steps import Claimed, Flown, Judged, Node, Stated, Step, Together
from tailgraph.graph.analysis.views import Standing
from tailgraph.wording import many

_WEAKEST = {Standing.FACT: "facts only", Standing.JUDGEMENT: "in part by a person's judgement",
            Standing.CLAIM: "in part only claimed",
            Standing.MENTION: "in part only named together"}
_SAYS = {"OF_TYPE": "is of type", "OPERATED_BY": "is operated by", "REGISTERED_IN": "is registered in",
         "OF_COUNTRY": "belongs to", "IN_COUNTRY": "lies in"}
_ROLES = {"ACCUSES": "accused", "CONCERNS": "weapon", "SUPPLIED_BY": "supplier", "RECEIVED_BY": "recipient",
          "USED_AGAINST": "target", "CARRIED_BY": "carrier", "MADE_BY": "says it", "DENIED_BY": "denies it",
          "OF_AIRCRAFT": "aircraft", "OF_TYPE": "type", "FLOWN_BY": "operator", "OF_STATE": "state",
          "FROM": "origin", "TO": "destination"}
_FLEW = {"BY_AIRCRAFT": "airframe", "FLOWN_BY": "operator", "DEPARTED_FROM": "departed from it",
         "ARRIVED_AT": "arrived there", "VANISHED_TOWARD": "vanished toward it, not seen to land",
         "APPEARED_FROM": "appeared from its direction, not seen to take off"}


def paths_outline(found: Paths) -> Item:
    """All paths, or that there is none within the bounds."""
    title = f"{_name(found.start)} to {_name(found.end)}"
    shown = [_path(number, path) for number, path in enumerate(found.paths, 1)]
    if not shown:
        steps = many(found.max_length, "step")
        shown = [item(f"No path of at most {steps} within these bounds; that proves no lack of one.",
                      style="claim")]
    return item(title, *shown, *section("Bounds", [item(note) for note in found.notes]), style="head")


def _path(number: int, path: Path) -> Item:
    steps = many(len(path.steps), "step")
    style = "head" if path.standing is Standing.FACT else "claim"
    return item(f"Path {number}: {steps}, {_WEAKEST[path.standing]}", *map(_step, path.steps), style=style)


def _step(step: Step) -> Item:
    pair = f"{_name(step.start)} – {_name(step.end)}"
    claims = tuple(_claims(step))
    if step.standing is Standing.FACT:
        claims = section("besides, it is claimed, which makes no fact:", claims, style="claim")
    return Item(_headline(step, pair), (*_facts(step), *claims, *_mentions(step)))


def _headline(step: Step, pair: str) -> Line:
    if step.standing is Standing.FACT:
        word = "fact, but of a direction only: " if step.is_only_direction else "fact: "
        return Piece(word, "head"), Piece(pair)
    if step.standing is Standing.JUDGEMENT:
        return Piece("judged to be one: ", "head"), Piece(pair)
    if step.standing is Standing.CLAIM:
        return Piece("claim, not a fact: ", "claim"), Piece(pair)
    return Piece("only named together: ", "claim"), Piece(pair)


def _facts(step: Step) -> Iterator[Item]:
    yield from (item(_stated(step, one)) for one in step.stated)
    yield from _more(step.counts.get("statements", 0), len({_key(one) for one in step.stated}), "statements")
    yield from (item(_flown(step, one)) for one in step.flown)
    yield from _more(step.counts.get("flights", 0), len({one.flight for one in step.flown}), "flights")
    yield from (item(_judged(one)) for one in step.judged)


def _key(one: Stated) -> tuple[object, ...]:
    return one.type, one.mark or (one.is_forward, one.source, one.since, one.until, one.address)


def _claims(step: Step) -> Iterator[Item]:
    yield from (_claimed(step, one) for one in step.claimed)
    yield from _more(step.counts.get("claims", 0), len(step.claimed), "claims")
    listed = {one.claim for one in step.claimed}
    yield from (_claimed(step, one) for one in step.spoken if one.claim not in listed)
    yield from _more(step.counts.get("speech", 0), len(step.spoken), "claims that one makes or denies")


def _mentions(step: Step) -> Iterator[Item]:
    yield from (_together(one) for one in step.together)
    yield from _more(step.counts.get("mentions", 0), len(step.together), "sentences")


def _judged(one: Judged) -> str:
    when = _day(one.at.date()) if one.at else None
    return _joined(f"{one.left} and {one.right}: judged by {one.by or 'somebody'}", when, one.reason)


def _more(count: int, shown: int, what: str) -> Iterator[Item]:
    if count > shown:
        yield item(f"{what}: {count - shown:,} more", style="dim")


def _stated(step: Step, one: Stated) -> Line:
    about, other = (step.start, step.end) if one.is_forward else (step.end, step.start)
    says = f"{about.id} bore {one.mark}" if one.mark else f"{about.id} {_SAYS[one.type]} {_name(other)}"
    ground = _joined(_dates(one.since, one.until), one.method, f"source: {one.source}")
    return Piece(says), Piece(f" ({ground})", "dim")


def _flown(step: Step, one: Flown) -> Line:
    ends = "; ".join(f"{node.id}: {_FLEW[role]}{f' ({method})' if method else ''}" for node, role, method in (
        (step.start, one.start_role, one.start_method), (step.end, one.end_role, one.end_method)))
    aircraft = f" of {', '.join(one.airframes)}" if one.airframes else ""
    return (Piece(f"tracked flight{aircraft}, {_time(one.first_seen)} to {_time(one.last_seen)}: {ends}"),
            Piece(f" (flight {one.flight})", "dim"))


def _claimed(step: Step, one: Claimed) -> Item:
    said = f"said by {', '.join(one.said_by)}" if one.said_by else "told in the report"
    denied = f"; denied by {', '.join(one.denied_by)}" if one.denied_by else ""
    unreal = "; said not to have taken place" if one.happened is False else ""
    roles = "; ".join((_role(step.start, one.start_roles, one.is_start_open),
                       _role(step.end, one.end_roles, one.is_end_open)))
    what = _joined(one.kind if one.kind == "Allegation" else "reported flight", one.action, one.status,
                   _dates(one.event_from, one.event_to))
    return Item((Piece(said + denied + unreal, "claim"), Piece(f" that: “{one.sentence or ''}”")), (
        item(f"in it {roles}"), item(what),
        *((item(f"tracks: {one.track}"),) if one.track else ()),
        item(_joined(one.title, one.publisher, _day(one.published), f"claim {one.claim}"), style="dim")))


def _role(node: Node, roles: tuple[str, ...], is_open: bool) -> str:
    left_open = " (left open whether this is meant)" if is_open else ""
    return f"{node.id}: {' and '.join(_ROLES[role] for role in roles)}{left_open}"


def _together(one: Together) -> Item:
    return Item((Piece(f"“{one.sentence or ''}”"),), (
        item(_joined(one.title, one.publisher, _day(one.published), f"passage {one.passage}"), style="dim"),))


def _name(node: Node) -> str:
    known = node.name and node.name != node.id
    return f"{node.name} ({node.kind} {node.id})" if known else f"{node.id} ({node.kind})"


def _dates(since: date | None, until: date | None) -> str | None:
    if since is None and until is None:
        return None
    return str(since) if since == until else f"{since or '…'} to {until or '…'}"


def _day(day: date | None) -> str | None:
    return str(day) if day else None


def _time(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%MZ}"


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)
