"""All that a report names: candidates of every finder, one choice among them, then names learned on the
way."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from tailgraph.graph import keys
from tailgraph.graph.model import Kind
from tailgraph.nlp import (
    airframes,
    airports,
    aliases,
    bodies,
    context,
    designators,
    doubtful_bodies,
    geography,
    panels,
    people,
    public_figures,
    roles,
    runs,
    state_bodies,
    states,
    types,
    unify,
    weapon_entities,
    weapons,
    wordings,
)
from tailgraph.nlp.candidates import Candidate, View, choose, relabel
from tailgraph.nlp.cues import cues
from tailgraph.nlp.lexicon import Lexicon, Sense
from tailgraph.nlp.vocabulary import place_id

# Where two candidates overlap, the higher rank wins; shapes (40 to 45) win over plain countries and places.
_RANK = {
    Kind.AIRCRAFT: 90,
    Kind.AIRCRAFT_TYPE: 60,
    Kind.OPERATOR: 50,
    Kind.ORGANIZATION: 48,
    Kind.AIRPORT: 38,
    Kind.WEAPON: 36,
    Kind.COUNTRY: 20,
    Kind.PLACE: 19,
    Kind.PERSON: 30,
}


def find(view: View, lexicon: Lexicon) -> list[Candidate]:
    """The chosen candidates of a parsed report, in text order; nested ones (a state in its body's name)
    too."""
    planes = airframes.merged(view, list(_airframes(view)))
    known = list(_known(view, lexicon))
    view.demonyms = _tokens(view, [c for c in known if c.role.startswith("demonym")])
    known = geography.towns(view, known)
    view.located = _tokens(view, [c for c in known if c.kind in (Kind.COUNTRY, Kind.PLACE)])
    view.states = _tokens(view, [c for c in known if c.role == "name"])
    view.fields = _tokens(view, [c for c in known if c.kind is Kind.AIRPORT and c.role != "code"])
    models = types.find(view, known)
    arms = weapons.find(view, known)
    outlet = list(_outlet(view))
    plain = [c for c in known if c.kind not in (Kind.AIRCRAFT_TYPE, Kind.WEAPON, Kind.AIRPORT)]
    plain += airports.find(view, known)
    names = list(runs.find(view, _tokens(view, [*planes, *models, *arms])))
    found = [
        *planes,
        *models,
        *arms,
        *plain,
        *outlet,
        *doubtful_bodies.platforms(view),
        *bodies.named(view, names),
        *bodies.airfields(view),
        *bodies.internationals(view, names),
        *bodies.brotherhoods(view),
        *bodies.extended(view, plain),
        *context.teams(view, names),
        *state_bodies.find(view, plain),
        *panels.find(view, plain),
    ]
    persons = [
        *people.listed(view),
        *people.titled(view, names),
        *people.recognised(view, names),
        *people.introduced(view, names),
        *people.christened(view, names),
        *public_figures.find(view, names),
    ]
    found = [c for c in _unlisted(_outgrown(found), plain) if not _shouted(view, c)]
    found += [*_unexplained(view, persons, known), *geography.namesakes(view, plain)]
    sure = _tokens(view, [c for c in choose(found) if c.method != "model" and c.role != "town?"])
    found += [*context.introduced(view, names, sure), *context.sources(view, names, sure)]
    found += context.fliers(view, names, sure, _tokens(view, [*models, *planes]))
    found += [*airports.unlisted(view, names, sure), *context.agreed(view, names, sure)]
    found = [_flier(view, c) for c in found if view.text(c).lower() not in cues("mentions: call signs")]
    first = unify.unified(view, choose(found))
    chosen = airports.coded(view, unify.unified(view, choose([*found, *aliases.learn(view, first, lexicon)])))
    chosen = airports.designated(chosen, frozenset(c.country for c in chosen if c.country))
    chosen = airports.of_town(chosen)
    chosen = weapon_entities.merged(view, chosen)
    return [
        *wordings.fuller(view, chosen),
        *state_bodies.seats(view, chosen, plain),
        *states.behind(view, chosen, known, lexicon),
        *weapon_entities.also_weapons(view, chosen, known),
        *airports.cities(view, chosen, lexicon),
    ]


def _airframes(view: View) -> Iterator[Candidate]:
    for found in designators.find(view.content):
        yield Candidate(
            found.start,
            found.end,
            Kind.AIRCRAFT,
            found.key,
            found.key,
            found.key,
            found.scheme,
            found.confidence,
            rank=_RANK[Kind.AIRCRAFT],
            role=found.scheme,
            country=found.country,
        )


def _outlet(view: View) -> Iterator[Candidate]:
    """The report's own publisher where the text names it."""
    if view.publisher and len(view.publisher) > 3:
        for match in re.finditer(
            rf"(?<!\w){re.escape(view.publisher.removeprefix('The '))}(?!\w)", view.content
        ):
            if view.in_title(match.start()):
                continue
            yield Candidate(
                match.start(),
                match.end(),
                Kind.ORGANIZATION,
                view.publisher,
                None,
                view.publisher,
                "publisher",
                0.9,
                rank=_RANK[Kind.ORGANIZATION],
            )


def _known(view: View, lexicon: Lexicon) -> Iterator[Candidate]:
    hits = list(lexicon.match(view.content, view.runs))
    backing = doubtful_bodies.Backing(hits)
    for hit, sense in geography.settled(view.content, hits):
        candidate = Candidate(
            hit.start,
            hit.end,
            sense.kind,
            sense.id,
            sense.key,
            sense.name,
            sense.method,
            0.9 if sense.method == "lexicon" else 0.75,
            rank=_RANK[sense.kind],
            role=sense.role,
            country=sense.country,
        )
        if sense.method == "user lexicon":
            yield relabel(candidate, rank=95, confidence=0.98)
        elif candidate.role == doubtful_bodies.ROLE and not backing.backs(view, candidate):
            continue
        elif not (_owning_adjective(view, candidate) or _of_a_model(view, candidate)):
            yield _decided(view, candidate, sense)


POSSESSIVE = re.compile(r"['’]s\b")


def _of_a_model(view: View, candidate: Candidate) -> bool:
    """ "FT-8C missiles": letters that open a designation are no newspaper's."""
    number = re.match(r"-\d", view.content[candidate.end : candidate.end + 2])
    return candidate.kind is Kind.ORGANIZATION and view.text(candidate).isupper() and number is not None


def _owning_adjective(view: View, candidate: Candidate) -> bool:
    """ "Ethiopian's freighters": no state but an airline called by the adjective; of "the Russian's lawyer" a
    citizen."""
    if not candidate.role.startswith("demonym") or not POSSESSIVE.match(view.content, candidate.end):
        return False
    first = view.token_at(candidate.start)
    return first.i == 0 or first.nbor(-1).pos_ not in ("DET", "ADJ", "NUM", "PROPN", "PRON")


def _decided(view: View, candidate: Candidate, sense: Sense) -> Candidate:
    if (
        sense.role == "capital"
        and sense.country
        and roles.means_state(view.span(candidate.start, candidate.end))
    ):
        return relabel(
            candidate, kind=Kind.COUNTRY, id=sense.country, key=sense.country, role="metonym", rank=21
        )
    if (
        sense.role == "name"
        and (sense.key or "").lower() in cues("mentions: cities and territories")
        and not roles.means_state(view.span(candidate.start, candidate.end))
    ):
        name = keys.clean_name(sense.name)
        return relabel(candidate, kind=Kind.PLACE, id=place_id(sense.key, name), role="city")
    return candidate


def _flier(view: View, candidate: Candidate) -> Candidate:
    """ "The Air Force says": a body that the model took for any other."""
    if candidate.kind is Kind.ORGANIZATION and view.text(candidate).lower() == "air force":
        return relabel(candidate, kind=Kind.OPERATOR)
    return candidate


_NAMERS = (Kind.ORGANIZATION, Kind.OPERATOR, Kind.PERSON)


def _shouted(view: View, candidate: Candidate) -> bool:
    """ "AND WHO DOES DELIVER ARMS?": in a heading all in capitals every word looks like a name."""
    text = view.text(candidate)
    if candidate.kind not in _NAMERS or not text.isupper() or view.in_title(candidate.start):
        return False
    if candidate.method == "lexicon" and text.lower() not in view.small_words:
        return False
    words = [t for t in view.token_at(candidate.start).sent if t.is_alpha]
    return len(words) > 2 and all(t.is_upper for t in words)


def _outgrown(found: list[Candidate]) -> list[Candidate]:
    """Shapes that hold a shorter known body win over it: "UN Humanitarian Air Service" is more than the
    UN."""
    bodies_known = sorted(
        (c for c in found if c.method == "lexicon" and c.kind in (Kind.ORGANIZATION, Kind.OPERATOR)),
        key=lambda c: c.start,
    )
    starts = [c.start for c in bodies_known]

    def grown(shape: Candidate) -> Candidate:
        first, last = bisect_left(starts, shape.start), bisect_left(starts, shape.end)
        holds = any(c.end <= shape.end and c.length < shape.length for c in bodies_known[first:last])
        return relabel(shape, rank=52) if holds else shape

    return [
        grown(c)
        if c.method == "shape"
        and c.kind in (Kind.ORGANIZATION, Kind.OPERATOR)
        and (not c.role or c.role.startswith("state:"))
        else c
        for c in found
    ]


def _unlisted(found: Iterable[Candidate], listed: Iterable[Candidate]) -> list[Candidate]:
    """Without shapes where a list has the very name: "Russian Federation", "Goma Airport"."""
    places = {(c.start, c.end) for c in listed if c.kind in (Kind.COUNTRY, Kind.AIRPORT)}
    return [c for c in found if c.method != "shape" or (c.start, c.end) not in places]


def _unexplained(view: View, persons: Iterable[Candidate], known: Sequence[Candidate]) -> Iterator[Candidate]:
    """Persons of whose name no lexicon explains every word: "Bandar Abbas" is a city, "Chad Ellery" no
    country."""
    explained = {i for c in known if c.kind is not Kind.PERSON for i in _word_range(view, c)}
    for person in persons:
        if _no_name(view.text(person)) or _shouted(view, person):
            continue
        if not explained.issuperset(_word_range(view, person)):
            yield person


def _no_name(text: str) -> bool:
    """An office alone ("the Foreign Secretary"), or a dateline ("TEHRAN, Nov")."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    offices = cues("people: titles") | cues("people: offices") | cues("people: no names")
    return all(word in offices for word in words) or _BEFORE_MONTH.search(text) is not None


_BEFORE_MONTH = re.compile(r",\s*(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec)\b")


def _word_range(view: View, candidate: Candidate) -> range:
    return range(bisect_left(view.run_starts, candidate.start), bisect_left(view.run_starts, candidate.end))


def _tokens(view: View, candidates: Iterable[Candidate]) -> frozenset[int]:
    return frozenset(token.i for c in candidates for token in view.span(c.start, c.end))
