"""Words on the sheet where they cover neither one another nor, if it can be helped, the tracks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import shapely

from tailgraph.flights.chart.frame import WIDTH
from tailgraph.flights.geo import Floats

SIZES = {"airport": 13.0, "clock": 10.0, "country": 12.0, "grid": 10.0}
_WIDE = 0.66
"""A letter's mean width beside its height, in the sans-serif faces in use, with something to spare."""
_AWAY = 7.0


@dataclass(frozen=True, slots=True)
class Label:
    """Text from the point (x, y) at its baseline; `anchor` is SVG's text-anchor."""

    text: str
    style: str
    x: float
    y: float
    anchor: str


@dataclass(slots=True)
class Placer:
    """Finds room for one label after the other; those asked for first come first."""

    height: float
    lines: Sequence[Floats]
    placed: list[Label] = field(default_factory=list)
    _taken: list[shapely.Polygon] = field(default_factory=list)
    _tracks: shapely.MultiLineString | None = None

    def beside(self, text: str, x: float, y: float, style: str, *, must: bool = False,
               away: float = _AWAY) -> None:
        """A label beside a point; left out where there is no room, unless it must be there."""
        options = list(self._around(text, x, y, style, away))
        free = [(label, box) for label, box in options if self._is_free(box)]
        if free or must:
            self._put(*min(free or options, key=lambda option: self._covered(option[1])))

    def at_edge(self, text: str, x: float, y: float, style: str) -> None:
        """A label at the sheet's left or lower edge, for a line that leaves it there."""
        label = Label(text, style, max(x, 0.0) + 4, min(y, self.height) - 4, "start")
        box = _box(label, SIZES[style])
        if self._is_free(box):
            self._put(label, box)

    def centred(self, text: str, x: float, y: float, style: str) -> None:
        size = SIZES[style]
        for shift in (0, -24, 24, -48, 48):
            label = Label(text, style, x, y + shift, "middle")
            box = _box(label, size)
            if self._is_free(box) and not self._covered(box):
                self._put(label, box)
                return

    def _around(self, text: str, x: float, y: float, style: str,
                away: float) -> Iterator[tuple[Label, shapely.Polygon]]:
        size = SIZES[style]
        drop = size * 0.35
        for anchor, across, down in (
                ("start", away, drop), ("end", -away, drop), ("start", away, -away),
                ("end", -away, -away), ("start", away, size + 2), ("end", -away, size + 2),
                ("middle", 0, -away - 2), ("middle", 0, size + away)):
            label = Label(text, style, x + across, y + down, anchor)
            yield label, _box(label, size)

    def _is_free(self, box: shapely.Polygon) -> bool:
        west, north, east, south = box.bounds
        return (west >= 2 and north >= 2 and east <= WIDTH - 2 and south <= self.height - 2
                and not any(box.intersects(other) for other in self._taken))

    def _covered(self, box: shapely.Polygon) -> float:
        """Length of track under the box; and how much of it would stand outside of the sheet."""
        if self._tracks is None:
            self._tracks = shapely.MultiLineString([line for line in self.lines if len(line) > 1])
            shapely.prepare(self._tracks)
        inside = shapely.box(0, 0, WIDTH, self.height).intersection(box).area
        return float(self._tracks.intersection(box).length) + 100 * float(box.area - inside)

    def _put(self, label: Label, box: shapely.Polygon) -> None:
        self.placed.append(label)
        self._taken.append(box)


def _box(label: Label, size: float) -> shapely.Polygon:
    width = len(label.text) * size * _WIDE
    west = label.x - {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
    return shapely.box(west, label.y - size, west + width, label.y + size * 0.3)
