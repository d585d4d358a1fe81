"""A scene as SVG: one still picture that stands on its own, and the sheet that the page makes movable.

Every word that comes from outside is escaped; nothing in the picture refers to anything outside of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from math import atan2, degrees

from tailgraph.flights.chart.frame import WIDTH
from tailgraph.flights.chart.labels import SIZES
from tailgraph.flights.chart.scene import Drawn, Part, Scene, Spot
from tailgraph.flights.chart.strokes import Kind, Stroke
from tailgraph.flights.geo import Floats

HEAD, FOOT = 58.0, 96.0
COLOURS = {Kind.DAY: "#d97a00", Kind.NIGHT: "#1f2f6b", Kind.SILENCE: "#6d6d6d"}
POINTER = "#b3261e"
_SEA, _LAND, _BORDER, _GRID, _INK, _FAINT = "#dfe9f0", "#faf8f2", "#b9b3a4", "#c8d4dc", "#1c1c1c", "#5c6870"
_FONT = "DejaVu Sans, Liberation Sans, Arial, Helvetica, sans-serif"
_LABEL_INK = {"airport": _INK, "clock": "#3a3a3a", "country": "#8d8672", "grid": _FAINT}
_CROSS = 3.0
# What XML 1.0 does not allow, and what makes a line read in another order than it is written.
_UNSAFE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|"
                     "[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SCALES_NM = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_NM_KM = 1.852


def safe(text: str) -> str:
    """`text` as it may stand in SVG and HTML, in text and in quoted attributes."""
    return escape(_UNSAFE.sub("", text), quote=True)


def picture(scene: Scene) -> str:
    """The whole picture: title, map, legend."""
    height = HEAD + scene.frame.height + FOOT
    return "\n".join((
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(WIDTH)} {_n(height)}" '
        f'width="{_n(WIDTH)}" height="{_n(height)}" font-family="{_FONT}" role="img">',
        f"<title>{safe(scene.title)}</title>",
        f'<rect width="{_n(WIDTH)}" height="{_n(height)}" fill="#ffffff"/>',
        _text(scene.title, 12, 25, 18, weight="bold", style="title"),
        _text(scene.subtitle, 12, 46, 13, fill=_FAINT, style="subtitle"),
        sheet(scene),
        f'<g transform="translate(0 {_n(HEAD + scene.frame.height)})">', *_legend(scene), "</g>",
        "</svg>", ""))


def sheet(scene: Scene) -> str:
    """The map itself, as an SVG element below the title."""
    height = _n(scene.frame.height)
    return "\n".join((
        f'<svg class="sheet" x="0" y="{_n(HEAD)}" width="{_n(WIDTH)}" height="{height}" '
        f'viewBox="0 0 {_n(WIDTH)} {height}" overflow="hidden">',
        f'<rect width="{_n(WIDTH)}" height="{height}" fill="{_SEA}"/>',
        *_countries(scene), *_grid(scene),
        *(line for flight in scene.flights for line in _flight(flight)),
        *map(_spot, reversed(scene.spots)), *_labels(scene),  # what was seen lies on top
        f'<rect width="{_n(WIDTH)}" height="{height}" fill="none" stroke="{_FAINT}"/>', "</svg>"))


# --- ground ------------------------------------------------------------------------------------------------


def _grid(scene: Scene) -> Iterator[str]:
    for line in scene.grid:
        yield (f'<path d="{_path(line.points)}" fill="none" stroke="{_GRID}" stroke-width="0.8" '
               f'stroke-opacity="0.7" vector-effect="non-scaling-stroke"><title>{line.name}</title></path>')


def _countries(scene: Scene) -> Iterator[str]:
    for country in scene.countries:
        rings = "".join(_path(ring) + "Z" for ring in country.rings)
        yield (f'<path d="{rings}" fill="{_LAND}" fill-rule="evenodd" stroke="{_BORDER}" stroke-width="0.8" '
               'vector-effect="non-scaling-stroke"/>')


# --- flights -----------------------------------------------------------------------------------------------


def _flight(flight: Drawn) -> Iterator[str]:
    yield f'<g class="flight" data-flight="{safe(flight.leg.id)}">'
    # Received lines over the broken ones, and direction pointers on top.
    for stroke in sorted(flight.strokes, key=lambda stroke: stroke.kind is not Kind.SILENCE):
        yield _stroke(stroke, flight.leg.title)
    for pointer in flight.pointers:
        yield (f'<path d="{_path(pointer.points)}" fill="none" stroke="{POINTER}" stroke-width="1.8" '
               f'stroke-dasharray="2 5" stroke-linecap="round" vector-effect="non-scaling-stroke">'
               f"<title>{safe(pointer.note)}</title></path>")
        yield _arrow(pointer.points)
    for x, y in flight.set_aside.tolist():
        yield _at(x, y, f"<g>{_cross(0, 0)}<title>A report that cannot be true of this flight; left out."
                        "</title></g>")
    for clock in flight.clocks:
        yield _at(clock.x, clock.y, f'<circle r="2.2" fill="#ffffff" stroke="{_INK}" stroke-width="0.9"/>')
    yield "</g>"


def _stroke(stroke: Stroke, title: str) -> str:
    dashes = ' stroke-dasharray="5 5"' if stroke.kind is Kind.SILENCE else ""
    width = 1.5 if stroke.kind is Kind.SILENCE else 2.8
    return (f'<path d="{_path(stroke.points)}" fill="none" stroke="{COLOURS[stroke.kind]}" '
            f'stroke-width="{width}"{dashes} stroke-linejoin="round" stroke-linecap="round" '
            f'vector-effect="non-scaling-stroke"><title>{safe(_told(stroke, title))}</title></path>')


def _told(stroke: Stroke, title: str) -> str:
    when = f"{_moment(stroke.start)} to {_moment(stroke.end)} UTC"
    if stroke.kind is Kind.SILENCE:
        note = f", {stroke.note}" if stroke.note else ""
        return f"{title}: nothing received, {when}{note}"
    return f"{title}: received by {stroke.kind}, {when}"


def _moment(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M}"


def _arrow(points: Floats) -> str:
    """The head of a pointer, halfway: it names a direction, not a place that was reached."""
    (x1, y1), (x2, y2) = points[len(points) // 2 - 1].tolist(), points[len(points) // 2].tolist()
    turn = degrees(atan2(y2 - y1, x2 - x1))
    return _at(x2, y2, f'<path d="M5 0L-5 -4.5L-5 4.5Z" fill="{POINTER}" transform="rotate({_n(turn)})"/>')


def _spot(spot: Spot) -> str:
    note = safe("; ".join(spot.notes))
    match spot.part:
        case Part.SEEN:
            drawn = f'<circle r="4.5" fill="{_INK}" stroke="#ffffff" stroke-width="1.5">'
        case Part.POINTED_TO:
            drawn = (f'<circle r="5.5" fill="#ffffff" fill-opacity="0.75" stroke="{POINTER}" '
                     'stroke-width="1.6" stroke-dasharray="2.5 2">')
        case Part.RIVAL:
            drawn = f'<circle r="3" fill="#ffffff" stroke="{POINTER}" stroke-opacity="0.6">'
    return _at(spot.x, spot.y, f"{drawn}<title>{note}</title></circle>")


def _labels(scene: Scene) -> Iterator[str]:
    for label in scene.labels:
        size = SIZES[label.style]
        weight = ' font-weight="bold"' if label.style == "airport" else ""
        spacing = ' letter-spacing="1"' if label.style == "country" else ""
        halo = ' stroke="#ffffff" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
        yield _at(label.x, label.y,
                  f'<text class="{label.style}" font-size="{_n(size)}" text-anchor="{label.anchor}" '
                  f'fill="{_LABEL_INK[label.style]}"{weight}{spacing}{halo}>{safe(label.text)}</text>')


# --- legend ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Key:
    """What a sign of the map looks like, in a box of `width` by 16 units, and what it means."""

    width: float
    sign: str
    words: str


def keys() -> tuple[tuple[Key, ...], ...]:
    """The legend, in two rows."""
    dot = '<circle cx="7" cy="8" '
    return ((
        Key(30, _line(COLOURS[Kind.DAY]), "received by day"),
        Key(30, _line(COLOURS[Kind.NIGHT]), "received by night"),
        Key(30, _line(COLOURS[Kind.SILENCE], dashes="5 5"), "not received: shortest way"),
        Key(30, _line(POINTER, 1.8, dashes="2 5"), "points toward; not seen there")), (
        Key(14, f'{dot}r="4.5" fill="{_INK}"/>', "airport left or reached"),
        Key(14, f'{dot}r="5.5" fill="none" stroke="{POINTER}" stroke-width="1.6" stroke-dasharray="2.5 2"/>',
            "airport only pointed to"),
        Key(14, f'{dot}r="3" fill="none" stroke="{POINTER}" stroke-opacity="0.6"/>', "fits as well"),
        Key(14, _cross(7, 8), "left out as impossible")))


NOTE = ("Times in UTC; night: sun below its limit where the aircraft was. Equidistant around the middle. "
        "Land: Natural Earth, public domain.")


def _legend(scene: Scene) -> Iterator[str]:
    yield '<g class="legend">'
    for row, y in zip(keys(), (20.0, 44.0), strict=True):
        x = 12.0
        for key in row:
            yield f'<g transform="translate({_n(x)} {_n(y - 12)})">{key.sign}</g>'
            yield _text(key.words, x + key.width + 6, y, 12)
            x += key.width + 26 + len(key.words) * 6.7
    yield _text(NOTE, 12, 72, 11, fill=_FAINT)
    yield "</g>"
    yield from _scale(scene, 40)


def _line(colour: str, width: float = 2.8, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<path d="M0 8h30" stroke="{colour}" stroke-width="{width}"{dashed}/>'


def _cross(x: float, y: float) -> str:
    return (f'<path d="M{_n(x - _CROSS)} {_n(y - _CROSS)}L{_n(x + _CROSS)} {_n(y + _CROSS)}M{_n(x - _CROSS)} '
            f'{_n(y + _CROSS)}L{_n(x + _CROSS)} {_n(y - _CROSS)}" stroke="{POINTER}" stroke-opacity="0.55"/>')


def _scale(scene: Scene, y: float) -> Iterator[str]:
    """True along lines through the middle of the map."""
    nm = max((step for step in _SCALES_NM if step * scene.frame.units_per_nm <= 190), default=_SCALES_NM[0])
    length = nm * scene.frame.units_per_nm
    start = WIDTH - 14 - length
    yield (f'<path class="scale" d="M{_n(start)} {_n(y - 4)}v6h{_n(length)}v-6" fill="none" stroke="{_INK}" '
           'stroke-width="1.2"/>')
    yield _text(f"{nm} nm = {nm * _NM_KM:.0f} km", start - 8, y + 2, 12, anchor="end", style="scale")


# --- spelling ----------------------------------------------------------------------------------------------


def _at(x: float, y: float, content: str) -> str:
    """Something that keeps its size when the map is enlarged."""
    return f'<g class="fixed" transform="translate({_n(x)} {_n(y)})">{content}</g>'


def _text(text: str, x: float, y: float, size: float, *, fill: str = _INK, weight: str = "normal",
          anchor: str = "start", style: str = "") -> str:
    named = f' class="{style}"' if style else ""
    return (f'<text{named} x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" fill="{fill}" '
            f'font-weight="{weight}" text-anchor="{anchor}">{safe(text)}</text>')


def _path(points: Floats | Iterable[tuple[float, float]]) -> str:
    pairs = [f"{_n(float(x))} {_n(float(y))}" for x, y in points]
    return "M" + "L".join(pairs)


def _n(value: float) -> str:
    """A number of the sheet to a tenth of a unit."""
    return f"{value:.1f}".removesuffix(".0")
