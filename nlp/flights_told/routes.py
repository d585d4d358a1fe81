"""Routes without a word of movement: "12 June: OPSN–UAAA", "RA-86495, Chkalovsky to Bamako"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from tailgraph.nlp.flights_told.frequency import how_often
from tailgraph.nlp.flights_told.local_time import localised
from tailgraph.nlp.flights_told.locations import Location, joined
from tailgraph.nlp.flights_told.modality import Outcome
from tailgraph.nlp.flights_told.movers import Mover
from tailgraph.nlp.flights_told.scene import Scene
from tailgraph.nlp.flights_told.telling import CALLSIGN, Telling
from tailgraph.nlp.flights_told.words import Cue, Frame, MovementWord

_FILED = re.compile(r"\bflight plans?\b|\bfiled (?:for|to|by)\b", re.IGNORECASE)
# Words of log lines that taggers take for verbs.
_LOG_NOUNS = frozenset("callsign squawk reg dep arr via hex msn flt c/s route".split())
_ROUTE = MovementWord("route", frozenset(), Frame.FLY, "noun", False)


def routes(scene: Scene, logged: bool) -> Iterator[tuple[Location, Location]]:
    """Pairs of airports or places that a dash or "to" joins, where a log or a line about an aircraft lists
    them.
    """
    if len(scene.locations) < 2:
        return
    if any(_predicates(scene, t) for t in scene.sentence) and not _FILED.search(scene.sentence.text):
        return
    found = list(joined(scene.locations, scene.annotated.document.content))
    for left, right in found:
        codes = bool(left.airport and right.airport)
        if left.exact and right.exact and (logged or codes) and not scene.title:
            yield left, right


def _predicates(scene: Scene, token: Token) -> bool:
    """Whether the token is a finite verb with a subject; taggers take designators for verbs."""
    if token.tag_ == "MD":
        return True
    if token.lower_ in _LOG_NOUNS:
        return False
    finite = token.pos_ in {"VERB", "AUX"} and token.tag_ in {"VBD", "VBZ", "VBP", "MD"} and token.is_alpha
    governs = token.dep_ in {"aux", "auxpass"} or any(
        c.dep_ in {"nsubj", "nsubjpass", "aux"} for c in token.children
    )
    return finite and not scene.annotated.mention_at(token) and governs


def route_telling(scene: Scene, left: Location | None, right: Location) -> Telling:
    """A route as the telling of a flight; its cue is the first word of the route."""
    token = scene.annotated.doc[(left or right).first]
    cue = Cue(token, token.i, _ROUTE)
    planned = _FILED.search(scene.sentence.text) is not None
    cancelled = planned or any(
        t.lower_ in {"cancelled", "canceled", "refused", "aborted", "scrubbed", "cnl", "cnx"}
        for t in scene.sentence
    )
    return Telling(
        cue=cue,
        frame=Frame.FLY,
        sentence=scene.sentence,
        index=scene.index,
        mover=Mover.VEHICLE,
        vehicle=None,
        pointing=False,
        origin=left,
        destination=right,
        home=False,
        back=False,
        before_that=False,
        dates=localised(scene.annotated, scene.dates, left, right),
        count=how_often(scene.annotated, cue, scene.sentence.text)[0],
        counted=False,
        outcome=Outcome.NOT_DONE if cancelled else Outcome.DONE,
        callsigns=tuple(m["sign"] for m in CALLSIGN.finditer(scene.sentence.text)),
        paragraph=scene.paragraph,
        route=True,
    )
