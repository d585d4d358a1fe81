"""Sentences without a word of movement that tell of a flight, or complete the one told before."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tailgraph.graph.model import DateInterval
from tailgraph.nlp.cues import cues
from tailgraph.nlp.flights_told.bounds import told_on
from tailgraph.nlp.flights_told.chaining import endpoint
from tailgraph.nlp.flights_told.craft import Craft
from tailgraph.nlp.flights_told.legs import Leg
from tailgraph.nlp.flights_told.locations import Relation
from tailgraph.nlp.flights_told.routes import route_telling
from tailgraph.nlp.flights_told.scene import Scene
from tailgraph.nlp.numerals import NUMBER, number

# What opens an item of a list.
ITEM = re.compile(r"(?:[-•*–—]|\(?[0-9a-z]{1,2}[).])\s*", re.IGNORECASE)
_LEADING_NUMBER = re.compile(
    rf"\W*(?:(?:at least|about|some|only|around)\s+)?(?P<n>{NUMBER})\b(?![:./-]\s?\w)", re.IGNORECASE
)


def found_there(legs: list[Leg], scene: Scene) -> bool:
    """ "They took off from Kerman. They were in Damascus by breakfast": where the flight before ended."""
    leg = legs[-1] if legs else None
    root = next((t for t in scene.sentence if t.dep_ == "ROOT"), None)
    if (
        leg is None
        or root is None
        or root.lower_ not in {"was", "were"}
        or leg.destination
        or not leg.happened
    ):
        return False
    subject = next((c for c in root.children if c.dep_ == "nsubj"), None)
    pronoun = subject is not None and subject.lower_ in {"it", "they", "both"}
    here = next((h for h in scene.locations if h.relation is Relation.AT and h.exact), None)
    if not pronoun or here is None or scene.index - leg.last.index > 2 or not (here.first > root.i):
        return False
    leg.destination = here.endpoint
    return True


def bounded_by_sentence(legs: list[Leg], scene: Scene) -> None:
    """ "Thirteen flights so far. They began on Tuesday": from when, or until when, several flights went."""
    leg = legs[-1] if legs else None
    root = next((t for t in scene.sentence if t.dep_ == "ROOT"), None)
    if leg is None or root is None or (leg.count or 0) < 2 or scene.index - leg.last.index > 2:
        return
    subject = next((c for c in root.children if c.dep_ == "nsubj"), None)
    day = next((d.interval for d in scene.dates if d.interval and not told_on(scene, d)), None)
    if subject is None or day is None or subject.lower_ not in cues("flights told: several flights"):
        return
    told = leg.interval if leg.dated_here and leg.interval != day else None
    if root.lemma_ in {"begin", "start"} and day.earliest:
        latest = (told.latest if told else None) or scene.annotated.document.published
        if latest is None or latest >= day.earliest:
            leg.interval = DateInterval(earliest=day.earliest, latest=latest)
    elif root.lemma_ in {"end", "stop", "cease", "finish"} and day.latest:
        earliest = told.earliest if told else None
        if earliest is None or earliest <= day.latest:
            leg.interval = DateInterval(earliest=earliest, latest=day.latest)
    else:
        return
    leg.dated_here = True


def verbless(scene: Scene, met: Mapping[int, Craft]) -> Leg | None:
    """ "Three Y-20s to Gao on the 21st": an aircraft, where it went, and when, without a verb."""
    crafts = [v for v in scene.vehicles if v.craft]
    ends = [h for h in scene.locations if h.relation is Relation.TO and h.exact]
    starts = [h for h in scene.locations if h.relation is Relation.FROM and h.exact]
    finite = any(t.pos_ in {"VERB", "AUX"} and t.lemma_ != "be" for t in scene.sentence)
    if len(crafts) != 1 or len(ends) != 1 or finite or scene.title or crafts[0].first > ends[0].first:
        return None
    if not any(d.interval for d in scene.dates) or len(scene.sentence) > 25:
        return None
    craft = met[crafts[0].first]
    start = starts[0] if starts else None
    leg = Leg(craft, endpoint(start), ends[0].endpoint, [route_telling(scene, start, ends[0])])
    leg.date(leg.last.dates)
    leg.count = leg.last.count or crafts[0].count
    return leg


def complete_by_fragment(legs: list[Leg], scene: Scene) -> None:
    """A sentence without a verb goes on about the flight before: "All after dark, from Bosaso in
    Somalia.".
    """
    leg = legs[-1] if legs else None
    if (
        leg is None
        or scene.index - leg.last.index > 3
        or leg.last.title
        or ITEM.match(scene.sentence.text)
        or any(t.pos_ in {"VERB", "AUX"} and t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in scene.sentence)
    ):
        return
    for here in scene.locations:
        if here.relation is Relation.FROM and leg.origin is None:
            leg.origin = here.endpoint
        elif here.relation in {Relation.TO, Relation.AT} and leg.destination is None and here.exact:
            leg.destination = here.endpoint
    if leg.interval is None or not leg.dated_here:
        leg.date(scene.dates)
    counted = _LEADING_NUMBER.match(scene.sentence.text)
    if counted and leg.count is None:
        leg.count = number(counted["n"])
