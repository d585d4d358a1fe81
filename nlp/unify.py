"""Different wordings of one name inside a report: "KARVAN AIR CARGO" and "Karvan Air Cargo", "U.S. State
Department" and "State Department", "the defence ministry" after "Armenia's defence ministry".

Only wordings are compared, never likeness: what is left open stays apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tailgraph.graph.model import Kind
from tailgraph.nlp.candidates import Candidate, View, relabel
from tailgraph.nlp.cues import cues
from tailgraph.nlp.lexicon import key

_BODIES = (Kind.OPERATOR, Kind.ORGANIZATION)
# Every state has one: without its country such a name is nobody's.
_COMMON = frozenset(
    (
        "air force",
        "army",
        "navy",
        "armed forces",
        "ministry",
        "parliament",
        "embassy",
        "government",
        "defence ministry",
        "defense ministry",
        "foreign ministry",
        "ministry of defence",
        "ministry of defense",
        "ministry of foreign affairs",
        "foreign affairs",
        "military",
        "coast guard",
        "police",
        "general staff",
        "intelligence service",
        "national guard",
    )
)


def unified(view: View, chosen: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with one id for each thing that the report words differently."""
    merged = _by_wording(view, list(chosen))
    merged = _by_country_prefix(view, merged)
    merged = _by_apposition(view, merged)
    return sorted(_generic_bodies(merged), key=lambda c: c.start)


def _by_wording(view: View, chosen: list[Candidate]) -> list[Candidate]:
    """Names of one kind that differ in case, accents, hyphens or legal form."""
    known: dict[tuple[Kind, str], Candidate] = {}
    for candidate in sorted(chosen, key=lambda c: (c.name.isupper(), c.start)):
        if candidate.method != "lexicon":
            known.setdefault((candidate.kind, _wording(candidate.name)), candidate)
    for candidate in chosen:
        if candidate.method == "lexicon" and candidate.kind in _BODIES:
            known[candidate.kind, _wording(view.text(candidate))] = candidate
    return [
        _as(c, known.get((c.kind, _wording(c.name))))
        if c.kind in (*_BODIES, Kind.PERSON, Kind.AIRPORT, Kind.PLACE) and c.method != "lexicon"
        else c
        for c in chosen
    ]


def _wording(name: str) -> str:
    words = key(name).split()
    while len(words) > 1 and words[-1] in cues("unify: legal"):
        words.pop()
    return " ".join(words)


def _by_country_prefix(view: View, chosen: list[Candidate]) -> list[Candidate]:
    """ "State Department" joins "U.S. State Department" where only one longer name ends with it."""
    longer: dict[tuple[Kind, str], dict[str, Candidate]] = {}
    for candidate in chosen:
        if candidate.kind in _BODIES and candidate.method == "shape":
            short = without_country(view, candidate)
            if short and short not in _COMMON:
                longer.setdefault((candidate.kind, short), {})[candidate.id] = candidate
    return [
        _as(c, next(iter(full.values())))
        if (full := longer.get((c.kind, key(c.name)))) and len(full) == 1 and c.method == "shape"
        else c
        for c in chosen
    ]


def without_country(view: View, candidate: Candidate) -> str | None:
    """The folded name without the country or adjective that opens it; None where none does."""
    span = view.span(candidate.start, candidate.end)
    first = next((t.i for t in span if t.i not in view.located), span.end)
    if first == span.start or first >= span.end:
        return None
    rest = span.doc[first : span.end].text.removeprefix("'s ").removeprefix("’s ")
    return key(rest)


def _by_apposition(view: View, chosen: list[Candidate]) -> list[Candidate]:
    """ "Russia's foreign intelligence service, the SVR," and "the IDF, Israel's army," are one body each."""
    same: dict[str, Candidate] = {}
    bodies = sorted((c for c in chosen if c.kind in _BODIES), key=lambda c: c.start)
    for one, other in pairwise(bodies):
        between, after = view.content[one.end : other.start], view.content[other.end : other.end + 1]
        if re.fullmatch(r", (?:the |or )?", between) and (
            after in (",", ";", ")", ".", "") or after in ("'", "’")
        ):
            state, name = (one, other) if one.role.startswith("state:") else (other, one)
            if (
                state.role.startswith("state:")
                and not name.role.startswith("state:")
                and state.kind is name.kind
            ):
                same[state.id] = name
    return [_as(c, same.get(c.id)) if c.kind in _BODIES else c for c in chosen]


def _generic_bodies(chosen: list[Candidate]) -> list[Candidate]:
    """ "the foreign ministry" is the one that was named with its state, the last one if there were
    several."""
    ordered = sorted(chosen, key=lambda c: c.start)
    owned = [c for c in ordered if c.role.startswith("state:")]
    result = []
    for candidate in ordered:
        if candidate.role.startswith("generic:"):
            common = candidate.role.partition(":")[2]
            same = [c for c in owned if c.role.partition(":")[2] == common]
            before = [c for c in same if c.start < candidate.start]
            antecedent = before[-1] if before else same[0] if same else None
            result.append(_as(candidate, antecedent))
        else:
            result.append(candidate)
    return result


def _as(candidate: Candidate, other: Candidate | None) -> Candidate:
    if other is None or other.id == candidate.id:
        return candidate
    return relabel(
        candidate, id=other.id, key=other.key, name=other.name, country=other.country or candidate.country
    )
