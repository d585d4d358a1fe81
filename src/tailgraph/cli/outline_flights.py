"""A tracked flight as an outline: what it is derived from, and how each of its values is known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from tailgraph.cli.outline import Item, Piece, item, section
from tailgraph.cli.outline_reports import days, moment, parts, recorded_items, short
from tailgraph.graph.evidence.flight import Airframe, End, File, FlightEvidence, Over, Silence, ToldOf
from tailgraph.graph.evidence.sources import Statement
from tailgraph.graph.flight_rows import stored_candidate
from tailgraph.graph.shape import TRACK_PREFIX
from tailgraph.wording import many

if TYPE_CHECKING:
    from tailgraph.ingest.points import Point

_WORDS = {"DEPARTED_FROM": "departed from", "ARRIVED_AT": "arrived at",
          "VANISHED_TOWARD": "vanished toward", "APPEARED_FROM": "appeared from the direction of"}
_DIRECTIONS = {"VANISHED_TOWARD": "it was not seen to land there",
               "APPEARED_FROM": "it was not seen to take off there"}


def flight_outline(flight: FlightEvidence) -> Item:
    return item(
        f"Flight {flight.id}",
        *section("Aircraft", tuple(_aircraft(flight))),
        *section("Ends", (*map(_end, flight.ends), *_seen(flight.values))),
        *section("Night", tuple(_night(flight.values))),
        *section("Silences", tuple(map(_silence, flight.gaps))),
        *section("Countries under it", tuple(map(_over, flight.overflew))),
        *section("Positions", (
            item(f"made of {many(flight.values.get('positions') or 0, 'position')}; set aside as impossible: "
                 f"{flight.values.get('set_aside') or 0}"),
            *map(file_item, flight.files))),
        *section("Reported flights tested against it (claims)", tuple(map(_told, flight.reported)),
                 style="claim"),
        style="head")


def _aircraft(flight: FlightEvidence) -> Iterable[Item]:
    if not flight.airframes:
        yield item("no source says which airframe it is")
    for airframe in flight.airframes:
        yield _airframe(airframe)
    for operator in flight.operators:
        yield item(f"operator {operator.id}: {operator.method}")
    values = flight.values
    for name, value in (("24-bit address", values.get("icao24")), ("type", values.get("type_designator")),
                        ("operator as given", values.get("operator")),
                        ("call signs", "; ".join(values.get("callsign_times") or ())),
                        ("squawks", "; ".join(values.get("squawks") or ()))):
        if value:
            yield item(f"{name}: {value}")


def _airframe(airframe: Airframe) -> Item:
    disputed = "; its sources disagree" if airframe.is_disputed else ""
    judged = f"; judged to be one with {', '.join(airframe.same_as)}" if airframe.same_as else ""
    known = f", known by method: {airframe.method}{disputed}{judged}"
    return item((Piece(airframe.id, "head"), Piece(known)), *map(statement_item, airframe.statements))


def statement_item(statement: Statement) -> Item:
    """ "OPERATED_BY Operator 224th Flight Unit (reported; 2022-05-02 or later): source …" """
    name = f" ({statement.name})" if statement.name and statement.name != statement.id else ""
    how = "; ".join(filter(None, (statement.method, days(statement.since, statement.until))))
    this = statement.of or "this"
    lead = f"{statement.kind} {statement.id}{name} " if statement.is_incoming else ""
    lead = lead or (f"{statement.of} " if statement.of else "")
    end = this if statement.is_incoming else f"{statement.kind} {statement.id}{name}"
    source = statement.source
    if source.startswith(TRACK_PREFIX):
        source = f"track file {short(source.removeprefix(TRACK_PREFIX))}"
    if statement.table:
        source = f"{source}, row {statement.row} of aircraft table {short(statement.table)}"
    return item(f"{lead}{statement.type} {end}{f' ({how})' if how else ''}; source: {source}")


def _end(end: End) -> Item:
    weighed = tuple(item(_candidate(text)) for text in end.candidates)
    method = _DIRECTIONS.get(end.type) or f"method: {end.method}"
    bearing = f", bearing {end.bearing_deg:.0f}°" if end.bearing_deg is not None else ""
    silence = f"; the silence beyond: {end.gap_class}" if end.gap_class else ""
    distance = f", {end.distance_nm:.1f} nm from the nearest position" if end.distance_nm is not None else ""
    return item(
        (Piece(f"{_WORDS[end.type]} {end.city or end.name} ({end.airport})", "head"),
         Piece(f"; {method}; between {moment(end.earliest)} and {moment(end.latest)}"
               f"{distance}{bearing}{silence}")),
        *((item("airports weighed", *weighed),) if weighed else ()))


def _candidate(text: str) -> str:
    candidate = stored_candidate(text)
    return f"{candidate.airport}: {candidate.distance_nm:.1f} nm, score {candidate.score:.3f}"


def _seen(values: dict[str, Any]) -> Iterable[Item]:
    for end in ("first", "last"):
        yield item(f"{end} position: {moment(values.get(f'{end}_seen'))}, {_place(values, end)}")


def _place(values: dict[str, Any], prefix: str) -> str:
    altitude = values.get(f"{prefix}_altitude_ft")
    height = "on the ground" if values.get(f"{prefix}_on_ground") else (
        f"{altitude:.0f} ft" if altitude is not None else "altitude not sent")
    return f"{values.get(f'{prefix}_latitude'):.4f}, {values.get(f'{prefix}_longitude'):.4f}, {height}"


def _night(values: dict[str, Any]) -> Iterable[Item]:
    yield item(f"over the flight: {values.get('night')}")
    for end in ("departure", "arrival"):
        sun = values.get(f"sun_at_{end}_deg")
        height = f" (sun at {sun:.1f}°)" if sun is not None else ""
        yield item(f"at {end}: {values.get(f'night_at_{end}')}{height}")


def _silence(gap: Silence) -> Item:
    minutes = round((gap.after_time - gap.before_time).total_seconds() / 60)
    excess = f", {gap.excess_s / 60:.0f} more than the distance explains" if gap.excess_s is not None else ""
    return item(f"{moment(gap.before_time)} to {moment(gap.after_time)}: {many(minutes, 'minute')}{excess}; "
                f"{gap.gap_class}")


def _over(over: Over) -> Item:
    return item(f"{over.name or over.country}: {over.method}; entered by {moment(over.entered_by)}, "
                f"last seen inside {moment(over.left_after)}")


def file_item(file: File) -> Item:
    """A track file with what it holds of the aircraft, its checksum and the runs that put it in."""
    return item(
        (Piece(file.name or "(no name)", "head"),
         Piece(f", {file.format}: {many(file.positions or 0, 'position')} of this aircraft, "
               f"{moment(file.first_seen)} to {moment(file.last_seen)}")),
        item(f"sha256: {file.id}"), *recorded_items(file.recorded_at, file.runs))


def _told(told: ToldOf) -> Item:
    publisher = f"{told.publisher}: " if told.publisher else ""
    return item(
        (Piece(told.verdict, "head"), Piece(f", {told.method}: ReportedFlight {short(told.claim)} "
         f"({publisher}{told.title or 'no title'})")),
        item(f"it says: {told.sentence}"), item(f"why: {told.reason}"), item(parts(told.parts)))


def points_items(points: list[Point]) -> tuple[Item, ...]:
    """Every position received, a line each; none where the flight's files hold none."""
    return section(f"Positions received ({len(points)})", tuple(map(_point, points)))


def _point(point: Point) -> Item:
    height = "on the ground" if point.on_ground else (
        f"{point.altitude_ft:.0f} ft" if point.altitude_ft is not None else "altitude not sent")
    marks = " ".join(filter(None, (point.callsign, point.squawk)))
    return item(f"{moment(point.time)}: {point.latitude:.4f}, {point.longitude:.4f}, {height}"
                f"{f', {marks}' if marks else ''}; file {short(point.file)}")
