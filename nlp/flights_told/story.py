"""From tellings to flights: who flew each, whether it is a leg of its own (`joining`), and where it began."""

from __future__ import annotations

import re

from tailgraph.graph.model import Endpoint
from tailgraph.nlp.dates import DateMention
from tailgraph.nlp.flights_told.bounds import told_on
from tailgraph.nlp.flights_told.cast import Cast
from tailgraph.nlp.flights_told.chaining import (
    chained,
    definite,
    endpoint,
    is_stamp,
    known,
    same_exactly,
)
from tailgraph.nlp.flights_told.craft import Craft
from tailgraph.nlp.flights_told.fragments import ITEM, complete_by_fragment, found_there, verbless
from tailgraph.nlp.flights_told.held import as_held
from tailgraph.nlp.flights_told.joining import continues, count_of, extend, in_passing, retell, retells
from tailgraph.nlp.flights_told.legs import Leg, same_end
from tailgraph.nlp.flights_told.locations import Relation
from tailgraph.nlp.flights_told.modality import UNDONE, Outcome, undone_before
from tailgraph.nlp.flights_told.movers import Mover
from tailgraph.nlp.flights_told.places import Whereabouts
from tailgraph.nlp.flights_told.plausible import plausible
from tailgraph.nlp.flights_told.routes import route_telling, routes
from tailgraph.nlp.flights_told.scene import Scene
from tailgraph.nlp.flights_told.stage import MEMORY
from tailgraph.nlp.flights_told.subjects import blamed
from tailgraph.nlp.flights_told.telling import Telling
from tailgraph.nlp.flights_told.unfolding import tellings
from tailgraph.nlp.flights_told.words import Frame
from tailgraph.nlp.numerals import number

# Words that logs use of the aircraft that they follow, without naming it.
_LOG_WORDS = frozenset({"wheels down", "wheels up", "final"})
_PICKED = re.compile(
    r"\bthe (?P<which>first|last)(?: (?P<n>two|three|four|five))?(?: of (?:these|them|those))?\b",
    re.IGNORECASE,
)


# How many tokens back the place of an arrival without one may stand.
_SENTENCE_BEFORE = 50


class Story:
    """The legs of a report in the order of telling."""

    def __init__(self, cast: Cast, whereabouts: Whereabouts) -> None:
        self._cast = cast
        self._whereabouts = whereabouts
        self._met: dict[int, Craft] = {}
        self._dates: tuple[DateMention, ...] = ()
        self._dates_of = -1
        self._stamp: tuple[DateMention, ...] = ()
        self._stamp_of = -1
        self._asked: tuple[DateMention, ...] = ()
        self._asked_at = -2
        self.legs: list[Leg] = []

    def read(self, scene: Scene) -> None:
        """Take in one sentence."""
        if is_stamp(scene):
            self._stamp, self._stamp_of = scene.dates, scene.paragraph
            return
        if self._asked and scene.index == self._asked_at + 1:
            self._stamp, self._stamp_of = self._asked, scene.paragraph
        asks = scene.sentence.text.strip().endswith("?")
        self._asked, self._asked_at = (scene.dates if asks else ()), scene.index
        if any(d.interval for d in scene.dates) or self._dates_of != scene.paragraph:
            told = tuple(d for d in scene.dates if not told_on(scene, d))
            self._dates, self._dates_of = (told, scene.paragraph) if told else ((), -1)
        for vehicle in scene.vehicles:
            self._met[vehicle.first] = self._cast.enter(vehicle, scene.index)
        before = len(self.legs)
        moved = False
        for telling in tellings(scene):
            moved = self._tell(as_held(scene, telling)) or moved
        moved = moved or self._tell_routes(scene)
        self._rejoin(scene)
        self._head_list(scene)
        if not moved and len(self.legs) == before:
            if self._recent(scene.index) and undone_before(scene.sentence):
                self._undo(scene.index, turned=any(t.lemma_ == "turn" for t in scene.sentence))
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
        craft = self._who(telling)
        if telling.outcome is Outcome.TALK or (telling.frame is Frame.STOP and telling.outcome in UNDONE):
            return False
        if self._lends_craft(telling, craft):
            return True
        spoken_of = craft is not None and self._spoken_of(telling, craft)
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
        leg = self._new_leg(telling, craft, before)
        if leg:
            self.legs.append(leg)
            self._whereabouts.arrive(telling.destination)
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
        leg.date(telling.dates)
        return True

    def _tell_routes(self, scene: Scene) -> bool:
        """ "12 June: OPSN–UAAA", "RA-86495, Chkalovsky to Bamako": routes without a word of movement."""
        crafts = [self._met[v.first] for v in scene.vehicles if v.craft]
        told = False
        for left, right in routes(scene, bool(crafts) or self._logging()):
            if same_exactly(left.endpoint, right.endpoint):
                continue
            craft = (
                self._picked_of_last(scene, left.first)
                or self._named_before(scene, left.first)
                or (crafts[0] if crafts else self._cast.stage.last(scene.index, left.first))
            )
            telling = route_telling(scene, left, right)
            done = telling.outcome is Outcome.DONE
            leg = Leg(craft, left.endpoint, right.endpoint, [telling], happened=done)
            days = leg.last.dates
            leg.date(days if any(d.interval for d in days) else (*self._line_dates(scene), *days))
            leg.count = leg.last.count or ((craft.count or len(craft.aircraft) or None) if craft else None)
            self.legs.append(leg)
            told = True
        return told

    def _picked_of_last(self, scene: Scene, first: int) -> Craft | None:
        """ "The first two of these": some airframes of the leg before."""
        match = _PICKED.search(scene.annotated.doc[scene.sentence.start : first].text)
        craft = self.legs[-1].craft if self.legs else None
        if not match or craft is None or not craft.aircraft:
            return None
        count = number(match["n"] or "one") or 1
        slots = list(craft.aircraft.values())
        some = craft.like()
        some.aircraft = {
            s.entity: s for s in (slots[:count] if match["which"].lower() != "last" else slots[-count:])
        }
        some.count, some.plural = len(some.aircraft), len(some.aircraft) > 1
        return some

    def _line_dates(self, scene: Scene) -> tuple[DateMention, ...]:
        """The date that opens the line, where the parser cut it off ("Dec. 10: …")."""
        if self._dates_of == scene.paragraph:
            return self._dates
        return self._stamp if self._stamp_of == scene.paragraph else ()

    def _named_before(self, scene: Scene, first: int) -> Craft | None:
        return next(
            (
                self._met[v.first]
                for v in reversed(scene.vehicles)
                if v.first < first and (v.craft or v.operators)
            ),
            None,
        )

    def _logging(self) -> bool:
        """Whether a route was told line by line before, so that a bare "A–B" is one, too."""
        return bool(self.legs) and self.legs[-1].last.route

    def _head_list(self, scene: Scene) -> None:
        text = scene.sentence.text.strip()
        if text.endswith(":"):
            named = [v for v in scene.vehicles if v.operators]
            self._cast.owners.head_list(named[-1].operators[0] if named else None)
        elif not ITEM.match(text) and scene.opens_paragraph:
            self._cast.owners.head_list(None)

    def _who(self, telling: Telling) -> Craft | None:
        """The craft that moved: the one named, else the one that the report speaks of."""
        vehicle = telling.vehicle
        if vehicle:
            craft = self._met[vehicle.first]
            if vehicle.operators and not craft.operators:
                craft.learn(vehicle)
            owner = self._cast.owners.last if telling.operator else None
            if owner and not craft.operators:
                craft.operators[owner.entity] = owner
            if telling.states and vehicle.craft and not (craft.operators or craft.states or craft.aircraft):
                # "Turkey sent six C-130s": whose state flies them.
                craft.states.update({s.entity: s for s in telling.states})
            if craft.named or not (vehicle.definite or vehicle.alike):
                return craft
            return self._focus(telling) or craft
        if telling.operator and (operator := self._cast.owners.last):
            return Craft(operators={operator.entity: operator})
        if (telling.pointing and telling.mover is not Mover.UNSAID) or (
            telling.mover is Mover.UNSAID and not telling.states
        ):
            unsaid = (
                telling.cue.nominal
                and telling.mover is Mover.UNSAID
                and telling.cue.word.lemma not in _LOG_WORDS
            )
            if unsaid and not definite(telling) and not self._goes_on(telling):
                return None
            focus = self._focus(telling)
            if telling.alike and focus:
                other = focus.like()
                other.count = telling.movers or 1
                return other
            return focus
        if telling.states:
            return Craft(states={s.entity: s for s in telling.states}, described=True, plural=True)
        return None

    def _goes_on(self, telling: Telling) -> bool:
        """ "Its only aircraft, the An-26 TL-ARK … Six flights were made": the same paragraph speaks of one
        craft.
        """
        focus = self._focus(telling)
        if (
            focus is None
            or not focus.named
            or telling.title
            or not telling.same_paragraph(self._cast.stage.index_of(focus))
        ):
            return False
        return telling.cue.word.lemma != "flight" or telling.count is not None

    def _focus(self, telling: Telling) -> Craft | None:
        told = next((leg for leg in reversed(self.legs[-50:]) if leg.craft), None)
        seen = self._cast.stage.last(telling.index, telling.cue.first)
        if (
            told
            and told.craft
            and telling.index - told.last.index <= MEMORY
            and (seen is None or told.last.index >= self._cast.stage.index_of(seen))
        ):
            return told.craft
        return seen

    def _spoken_of(self, telling: Telling, craft: Craft) -> bool:
        """Whether "it" can mean this craft: its flight was told, or this paragraph speaks of it."""
        return any(leg.craft is craft for leg in self.legs[-50:]) or telling.same_paragraph(
            self._cast.stage.index_of(craft)
        )

    # --- which leg

    def _before(self, telling: Telling, craft: Craft | None) -> Leg | None:
        """The last leg of the same craft."""
        for leg in reversed(self.legs):
            if telling.index - leg.last.index > MEMORY:
                return None
            if leg.craft is craft or (
                leg.craft
                and craft
                and craft.thin is leg.craft.thin is False
                and leg.craft.aircraft
                and leg.craft.aircraft.keys() == craft.aircraft.keys()
            ):
                return leg
        return None

    def _new_leg(self, telling: Telling, craft: Craft | None, before: Leg | None) -> Leg | None:
        origin, destination = endpoint(telling.origin), endpoint(telling.destination)
        if telling.same_route and self.legs:
            outward = next((leg for leg in self.legs[-50:] if leg.craft is craft), None)
            before = (outward if telling.outward else None) or self._such()
        if self._one_more(telling):
            leaving = telling.frame is Frame.DEPART
            origin = origin or (self.legs[-1].origin if leaving else None)
            destination = self.legs[-1].destination
        elif before and (before.happened or telling.outcome in UNDONE):
            origin, destination = chained(telling, before, origin, destination)
        if destination is None and telling.home and craft and not telling.unread_end:
            homes = self._cast.owners.states_of(craft)
            destination = Endpoint(country=homes[0]) if len(homes) == 1 else None
        brought = telling.frame is Frame.ARRIVE or telling.cue.word.lemma == "bring"
        if (
            destination is None
            and origin
            and brought
            and telling.here
            and not (telling.before_that and self._elsewhere(telling))
            and not same_end(origin, telling.here.endpoint)
        ):
            destination = telling.here.endpoint
        if not known(origin) and not known(destination) and self._landed_here(telling):
            destination = endpoint(telling.here)
        if not known(origin) and not known(destination):
            return None
        if not (
            telling.placed
            or telling.same_route
            or telling.back
            or telling.home
            or telling.frame in {Frame.RETURN, Frame.ONWARD, Frame.DEPART}
            or self._one_more(telling)
            or self._landed_here(telling)
        ):
            return None
        if telling.frame is Frame.ONWARD and telling.cue.token.tag_ == "VBG" and not telling.placed:
            return None
        if origin and destination and same_exactly(origin, destination) and not telling.both_ways:
            return None
        leg = Leg(craft, origin, destination, [telling], happened=telling.outcome is Outcome.DONE)
        leg.date(telling.dates)
        leg.count = count_of(telling, craft)
        leg.another = self._one_more(telling)
        if leg.interval is None:
            self._inherit(leg, telling, before)
        return leg

    def _landed_here(self, telling: Telling) -> bool:
        """ "Crates were delivered to Murted air base. Three planes landed during the day": at the place told
        in the sentence before."""
        here, vehicle = telling.here, telling.vehicle
        return (
            here is not None
            and here.relation is Relation.TO
            and vehicle is not None
            and vehicle.craft
            and not (vehicle.definite or telling.title or telling.unread_end)
            and telling.frame is Frame.ARRIVE
            and telling.cue.word.air
            and telling.outcome is Outcome.DONE
            and here.first >= telling.sentence.start - _SENTENCE_BEFORE
            and not self._elsewhere(telling)
        )

    def _elsewhere(self, telling: Telling) -> bool:
        """Whether the place named last stands in a paragraph before: "had come from X" may mean another."""
        here = telling.here
        return here is not None and "\n" in telling.sentence.doc.text[here.end : telling.cue.token.idx]

    def _such(self) -> Leg:
        """What "three more such trips" are like: the last flight, of a way out and a way back the first."""
        last, out = self.legs[-1], self.legs[-2] if len(self.legs) > 1 else None
        back = last.last.frame is Frame.RETURN and out is not None and same_end(out.destination, last.origin)
        return out if back and out is not None else last

    def _nearest(self, telling: Telling) -> tuple[DateMention, ...]:
        """The date told last before the word of movement, else the first behind it in its sentence."""
        dated = [d for d in self._dates if d.interval]
        told = [d for d in dated if d.start < telling.cue.token.idx]
        return tuple(told[-1:] or dated[:1])

    def _one_more(self, telling: Telling) -> bool:
        """ "Two landed at Ovda, two more came on Tuesday", "the second landed on Friday": where those before
        did.
        """
        another = telling.alike or (telling.vehicle is not None and telling.vehicle.alike)
        leg = self.legs[-1] if self.legs else None
        return (
            leg is not None
            and another
            and telling.frame in {Frame.ARRIVE, Frame.STOP, Frame.DEPART}
            and telling.destination is None
            and telling.origin is None
            and leg.destination is not None
            and telling.index - leg.last.index <= 3
        )

    def _inherit(self, leg: Leg, telling: Telling, before: Leg | None) -> None:
        """The day of the leg before of the same craft, or of the sentence before, where the telling just
        goes on.
        """
        chained = telling.back or telling.home or telling.frame in {Frame.RETURN, Frame.ONWARD, Frame.DEPART}
        stamped = self._stamp_of == telling.paragraph
        if stamped and not (before and before.last.paragraph == telling.paragraph):
            leg.date(self._stamp)
            leg.dated_here = False
        elif (
            before
            and not telling.before_that
            and telling.index - before.last.index <= (3 if chained and telling.pointing else 1)
        ):
            leg.interval = before.interval
        elif telling.paragraph == self._dates_of and not telling.title and not blamed(telling.cue.token):
            leg.date(self._nearest(telling))
            leg.dated_here = False

    # --- later sentences that complete a leg

    def _recent(self, index: int) -> bool:
        return bool(self.legs) and index - self.legs[-1].last.index <= 3

    def _undo(self, index: int, turned: bool) -> None:
        if self.legs and index - self.legs[-1].last.index <= 2 and not (turned and self.legs[-1].took_off):
            self.legs[-1].happened = False
