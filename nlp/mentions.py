"""All that a report names: candidates of every finder, one choice among them, then names learned on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tailgraph.graph.model import Kind
from tailgraph.nlp import bodies, designators, people, roles, runs
from tailgraph.nlp.candidates import Candidate, View, choose, relabel
from tailgraph.nlp.lexicon import Lexicon, Sense

_RANK = {Kind.AIRCRAFT_TYPE: 60, Kind.AIRPORT: 38, Kind.OPERATOR: 50, Kind.WEAPON: 36, Kind.ORGANIZATION: 48,
         Kind.COUNTRY: 20, Kind.PLACE: 18, Kind.PERSON: 30, Kind.AIRCRAFT: 80}


def find(view: View, lexicon: Lexicon) -> list[Candidate]:
    """The chosen candidates of a parsed report, in text order."""
    airframes = list(airframe_candidates(view))
    known = list(lexicon_candidates(view, lexicon))
    stops = _stops(view, [*airframes, *(c for c in known if c.kind is Kind.AIRCRAFT_TYPE)])
    names = list(runs.find(view, stops))
    countries = [c for c in known if c.kind is Kind.COUNTRY]
    found: list[Candidate] = [*airframes, *known]
    found += bodies.named(view, names)
    found += bodies.lowercase(view, countries)
    found += people.titled(view, names, stops)
    found += people.recognised(view)
    found += people.introduced(view, names)
    return choose(found)


def airframe_candidates(view: View) -> Iterator[Candidate]:
    for found in designators.find(view.content):
        yield Candidate(found.start, found.end, Kind.AIRCRAFT, found.key, found.key, found.key, found.scheme,
                        found.confidence, rank=90, role=found.scheme, country=found.country)


def lexicon_candidates(view: View, lexicon: Lexicon) -> Iterator[Candidate]:
    for hit in lexicon.match(view.content, view.runs):
        for sense in hit.senses:
            candidate = Candidate(hit.start, hit.end, sense.kind, sense.id, sense.key, sense.name, "lexicon", 0.9,
                                  rank=_RANK[sense.kind], role=sense.role, country=sense.country)
            decided = _decided(view, candidate, sense)
            if decided:
                yield decided


def _decided(view: View, candidate: Candidate, sense: Sense) -> Candidate | None:
    if sense.role == "capital" and sense.country and roles.means_state(view.span(candidate.start, candidate.end)):
        return relabel(candidate, kind=Kind.COUNTRY, id=sense.country, key=sense.country, role="metonym", rank=21)
    return candidate


def _stops(view: View, candidates: Sequence[Candidate]) -> frozenset[int]:
    return frozenset(token.i for c in candidates for token in view.span(c.start, c.end))
