"""From tellings to flights: each is a leg of its own or adds to one told before (`joining`)."""

from __future__ import annotations

from tailgraph.nlp.flights_told.beside import in_general, is_load, only_met
from tailgraph.nlp.flights_told.cast import Cast
from tailgraph.nlp.flights_told.chaining import definite
from tailgraph.nlp.flights_told.craft import Craft
from tailgraph.nlp.flights_told.fliers import Fliers
from tailgraph.nlp.flights_told.fragments import (
    ITEM,
    bounded_by_sentence,
    complete_by_fragment,
    found_there,
    verbless,
)
from tailgraph.nlp.flights_told.held import as_held
from tailgraph.nlp.flights_told.joining import continues, extend, in_passing, retell, retells
from tailgraph.nlp.flights_told.legs import Leg
from tailgraph.nlp.flights_told.modality import UNDONE, Outcome, undone_before
from tailgraph.nlp.flights_told.movers import Mover
from tailgraph.nlp.flights_told.new_legs import NewLegs
from tailgraph.nlp.flights_told.on_the_way import cut_short
from tailgraph.nlp.flights_told.places import Whereabouts
from tailgraph.nlp.flights_told.plausible import plausible
from tailgraph.nlp.flights_told.route_lines import RouteLines
from tailgraph.nlp.flights_told.running_dates import RunningDates
from tailgraph.nlp.flights_told.scene import Scene
from tailgraph.nlp.flights_told.stage import MEMORY
from tailgraph.nlp.flights_told.telling import Telling
from tailgraph.nlp.flights_told.unfolding import tellings
from tailgraph.nlp.flights_told.words import Frame


class Story:
    """The legs of a report in the order of telling."""

    def __init__(self, cast: Cast, whereabouts: Whereabouts) -> None:
        self.legs: list[Leg] = []
        self._cast = cast
        self._whereabouts = whereabouts
        self._met: dict[int, Craft] = {}
        self._dates = RunningDates()
        self._fliers = Fliers(cast, self.legs, self._met)
        self._lines = RouteLines(cast, self.legs, self._met, self._dates)
        self._new = NewLegs(cast.owners, self.legs, self._dates)

    def read(self, scene: Scene) -> None:
        """Take in one sentence."""
        if self._dates.read(scene):
            return
        for vehicle in scene.vehicles:
            aside = only_met(scene, vehicle) or in_general(scene, vehicle)
            self._met[vehicle.first] = self._cast.enter(vehicle, scene.index, is_load(scene, vehicle), aside)
        told = [self._tell(as_held(scene, telling)) for telling in cut_short(tellings(scene))]
        if not any(told):
            for leg in self._lines.legs(scene):
                self.legs.append(leg)
                told.append(True)
        self._rejoin(scene)
        self._head_list(scene)
        if not any(told):
            self._complete(scene)
        bounded_by_sentence(self.legs, scene)

    def _complete(self, scene: Scene) -> None:
        """A sentence that tells of no flight by a word of movement or a route may undo or complete one."""
        last = self.legs[-1] if self.legs else None
        if last and scene.index - last.last.index <= 2 and undone_before(scene.sentence):
            turned = any(t.lemma_ == "turn" for t in scene.sentence)
            last.happened = last.happened and turned and last.took_off
        elif found_there(self.legs, scene):
            return
        elif leg := verbless(scene, self._met):
            self.legs.append(leg)
        elif not scene.title:
            complete_by_fragment(self.legs, scene)

    def _rejoin(self, scene: Scene) -> None:
        """ "Only one, RF-86825, kept its transponder on": without a flight of its own it names one of
        the group.
        """
        for vehicle in scene.vehicles:
            one = self._met[vehicle.first]
            if vehicle.picked and one.group and not any(leg.craft is one for leg in self.legs[-5:]):
                one.group.aircraft.update(one.aircraft)

    # --- one telling

    def _tell(self, telling: Telling) -> bool:
        craft = self._fliers.who(telling)
        if telling.outcome is Outcome.TALK or (telling.frame is Frame.STOP and telling.outcome in UNDONE):
            return False
        if self._lends_craft(telling, craft):
            return True
        spoken_of = craft is not None and self._fliers.spoken_of(telling, craft)
        if not plausible(telling, craft, spoken_of, bool(self._cast.stage)):
            return False
        before = None if telling.repeats else self._before(telling, craft)
        if before and in_passing(before, telling):
            return True
        if before and retells(before, telling):
            retell(before, telling)
            return True
        if before and continues(before, telling):
            extend(before, telling)
            return True
        leg = self._new.leg(telling, craft, before)
        if leg:
            self.legs.append(leg)
            self._whereabouts.arrive(telling.destination)
            if craft:
                craft.flown = True
            if craft and not (telling.vehicle and telling.vehicle.craft):
                self._cast.stage.enter(craft, telling.index, telling.cue.first)
        return leg is not None

    def _lends_craft(self, telling: Telling, craft: Craft | None) -> bool:
        """ "… were brought from A to B on nine flights of a DC-8"; "most of those flights were made by
        Il-76s".
        """
        leg = self.legs[-1] if self.legs else None
        if leg is None or telling.placed or telling.vehicle is None or craft is None or not craft.named:
            return False
        if not telling.cue.nominal:
            flown = (
                telling.frame is Frame.FLY
                and telling.mover is Mover.CARGO
                and telling.index - leg.last.index <= 2
            )
            return flown and leg.craft is None and self._lend(leg, telling, craft)
        same_sentence = leg.last.index == telling.index and leg.last.cue.first < telling.cue.first
        pointing = definite(telling) and telling.index - leg.last.index <= 2
        if not (same_sentence or pointing) or (leg.craft and not leg.craft.thin):
            return False
        return self._lend(leg, telling, craft)

    def _lend(self, leg: Leg, telling: Telling, craft: Craft) -> bool:
        leg.craft = craft
        leg.tellings.append(telling)
        leg.count = telling.count or leg.count
        leg.date(telling.dates, telling.frame)
        return True

    def _head_list(self, scene: Scene) -> None:
        text = scene.sentence.text.strip()
        if text.endswith(":"):
            named = [v for v in scene.vehicles if v.operators]
            self._cast.owners.head_list(named[-1].operators[0] if named else None)
        elif not ITEM.match(text) and scene.opens_paragraph:
            self._cast.owners.head_list(None)

    # --- which leg

    def _before(self, telling: Telling, craft: Craft | None) -> Leg | None:
        """The last leg of the same craft, or of several of which it is one."""
        for leg in reversed(self.legs):
            if telling.index - leg.last.index > MEMORY:
                return None
            if not leg.happened and telling.outcome is Outcome.DONE and not telling.placed:
                # "It could not land at A and asked to put down at B. It touched down at 22:30."
                continue
            if leg.craft is craft or (
                leg.craft
                and craft
                and craft.thin is leg.craft.thin is False
                and craft.aircraft
                and craft.aircraft.keys() <= leg.craft.aircraft.keys()
            ):
                return leg
        return None
