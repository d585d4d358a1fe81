"""Legs of lines without a word of movement: "12 June: OPSN–UAAA", "RA-86495, Chkalovsky to Bamako"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tailgraph.nlp.flights_told.cast import Cast
from tailgraph.nlp.flights_told.chaining import same_exactly
from tailgraph.nlp.flights_told.craft import Craft
from tailgraph.nlp.flights_told.legs import Leg
from tailgraph.nlp.flights_told.modality import Outcome
from tailgraph.nlp.flights_told.routes import route_telling, routes
from tailgraph.nlp.flights_told.running_dates import RunningDates
from tailgraph.nlp.flights_told.scene import Scene
from tailgraph.nlp.numerals import number

_PICKED = re.compile(
    r"\bthe (?P<which>first|last)(?: (?P<n>two|three|four|five))?(?: of (?:these|them|those))?\b",
    re.IGNORECASE,
)


class RouteLines:
    """Asked sentence by sentence; `met` is the craft of each mention by its first token, `legs` what was
    told before."""

    def __init__(self, cast: Cast, legs: list[Leg], met: Mapping[int, Craft], dates: RunningDates) -> None:
        self._stage = cast.stage
        self._legs = legs
        self._met = met
        self._dates = dates

    def legs(self, scene: Scene) -> Iterator[Leg]:
        """The legs that a sentence lists."""
        named = any(v.craft for v in scene.vehicles)
        for left, right in routes(scene, named or self._listing()):
            if same_exactly(left.endpoint, right.endpoint):
                continue
            telling = route_telling(scene, left, right)
            craft = self._craft(scene, left.first)
            done = telling.outcome is Outcome.DONE
            leg = Leg(craft, left.endpoint, right.endpoint, [telling], happened=done)
            dated = any(d.interval for d in telling.dates)
            leg.date(telling.dates if dated else (*self._dates.of_line(scene), *telling.dates))
            leg.count = telling.count or ((craft.count or len(craft.aircraft) or None) if craft else None)
            yield leg

    def _listing(self) -> bool:
        """Whether a route was told line by line before, so that a bare "A–B" is one, too."""
        return bool(self._legs) and self._legs[-1].last.route

    def _craft(self, scene: Scene, first: int) -> Craft | None:
        """Some of the leg before, the one named before the route, else the first of the line or on stage."""
        before = [v for v in scene.vehicles if v.first < first and (v.craft or v.operators)]
        beside = [v for v in scene.vehicles if v.craft]
        named = before[-1:] or beside[:1]
        return self._picked_of_last(scene, first) or (
            self._met[named[0].first] if named else self._stage.last(scene.index, first)
        )

    def _picked_of_last(self, scene: Scene, first: int) -> Craft | None:
        """ "The first two of these": some airframes of the leg before."""
        match = _PICKED.search(scene.annotated.doc[scene.sentence.start : first].text)
        craft = self._legs[-1].craft if self._legs else None
        if not match or craft is None or not craft.aircraft:
            return None
        count = number(match["n"] or "one") or 1
        slots = list(craft.aircraft.values())
        chosen = slots[:count] if match["which"].lower() == "first" else slots[-count:]
        some = craft.like()
        some.aircraft = {s.entity: s for s in chosen}
        some.count, some.plural = len(chosen), len(chosen) > 1
        return some
