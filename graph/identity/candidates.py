"""Pairs of entities that a person should look at, each with a score and reasons; nothing is ever merged here.

Compared are only names that share something rare (a block), so that the work grows with the names and not
with their square. What was judged already, or follows from judgements, is not proposed again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, permutations
from typing import NamedTuple

from tailgraph.graph.identity.clusters import clusters, is_local
from tailgraph.graph.identity.judgement import KINDS, Judgement
from tailgraph.graph.identity.letters import consonants
from tailgraph.graph.identity.likeness import BEST, LIKELY, Likeness, likeness
from tailgraph.graph.identity.names import Name, name
from tailgraph.graph.model import Kind
from tailgraph.graph.reference import tables
from tailgraph.graph.rows import Ref
from tailgraph.graph.shape import Label
from tailgraph.wording import many

LARGEST_BLOCK = 60
"""Names that share a key with more others than this are compared only where they share two."""
LEAST = 0.6
_SCHEMES = {"icao24": "address", "icao": "ICAO code", "msn": "serial number"}
_BODIES = frozenset((Kind.OPERATOR, Kind.ORGANIZATION))
_NAMED = frozenset((*_BODIES, Kind.AIRPORT, Kind.PLACE, Kind.WEAPON, Kind.PERSON))


class Mark(NamedTuple):
    """A designator that an entity bears, and the days between which a source says so."""

    scheme: str
    value: str
    since: date | None = None
    until: date | None = None
    is_inferred: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """An entity as candidates are looked for: all that it is called, and what is known around it."""

    kind: Kind
    id: str
    names: tuple[str, ...] = ()
    countries: frozenset[str] = frozenset()
    """By a table, or by what the sentences that name it speak of."""
    documents: frozenset[str] = frozenset()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """`left` and `right` may be one entity."""

    kind: Kind
    left: str
    right: str
    score: float
    reasons: tuple[str, ...]

    @property
    def is_likely(self) -> bool:
        return self.score >= LIKELY


@dataclass(frozen=True, slots=True)
class Proposals:
    candidates: tuple[Candidate, ...]
    """The best first."""
    passed_over: int = 0
    """Names that share their words with so many others that not all of these were looked at."""


def propose(entities: Iterable[Named], judgements: Iterable[Judgement] = (),
            least: float = LEAST) -> Proposals:
    """The pairs that score at least `least` and are not judged yet."""
    by_kind: dict[Kind, list[Named]] = defaultdict(list)
    for entity in entities:
        if entity.kind in KINDS:
            by_kind[entity.kind].append(entity)
    settled = Settled(judgements)
    found, passed_over = list[Candidate](), 0
    for kind in sorted(by_kind):
        pairs, passed = _pairs(kind, sorted(by_kind[kind], key=lambda entity: entity.id))
        passed_over += passed
        for one, other in pairs:
            alike = None if settled.is_judged(kind, one.id, other.id) else _compare(one, other)
            if alike and alike.score >= least:
                found.append(Candidate(kind, one.id, other.id, alike.score, alike.reasons))
    found.sort(key=lambda pair: (-pair.score, pair.kind, pair.left, pair.right))
    return Proposals(tuple(found), passed_over)


class Settled:
    """What judgements say of a pair, directly or through what is judged to be the same."""

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        standing = [judgement for judgement in judgements if judgement.stands]
        self._top: dict[Ref, Ref] = {}
        for cluster in clusters(standing):
            self._top.update(dict.fromkeys(cluster.members, min(cluster.members)))
        self._pairs = {frozenset(self._top.get(ref, ref) for ref in judgement.refs) for judgement in standing}

    def is_judged(self, kind: Kind, one: str, other: str) -> bool:
        label = Label(kind.value)
        tops = frozenset(self._top.get((label, id_), (label, id_)) for id_ in (one, other))
        return len(tops) == 1 or tops in self._pairs


# --- blocks ------------------------------------------------------------------------------------------------


def _pairs(kind: Kind, entities: Sequence[Named]) -> tuple[list[tuple[Named, Named]], int]:
    """Pairs that share a block, in order, once each; and how many names lie in blocks that are too large."""
    alike, short, full = (defaultdict[Hashable, set[int]](set) for _ in range(3))
    for number, entity in enumerate(entities):
        for key in _keys(kind, entity):
            alike[key].add(number)
        for key, is_short in _short_keys(kind, entity):
            (short if is_short else full)[key].add(number)
    found, large = set[tuple[int, int]](), set[int]()
    for key, members in (*alike.items(), *((key, short[key] | full[key]) for key in short)):
        if len(members) > LARGEST_BLOCK:
            large |= members
            continue
        found.update(combinations(sorted(members), 2) if key in alike else
                     {(min(a, b), max(a, b)) for a in short[key] for b in full[key] if a != b})
    return [(entities[a], entities[b]) for a, b in sorted(found)], len(large)


def _keys(kind: Kind, entity: Named) -> Iterator[Hashable]:
    """What two entities must share one of to be compared."""
    for mark in entity.marks:
        yield "mark", mark.scheme, mark.value
    for written in entity.names if kind in _NAMED else ():
        yield from _name_keys(name(written, kind), kind, entity)


def _name_keys(one: Name, kind: Kind, entity: Named) -> Iterator[Hashable]:
    yield "letters", one.numbers, one.squashed
    yield "bones", one.numbers, consonants(one.squashed)
    yield "words", one.numbers, tuple(sorted(one.words))
    heard = _heard(one)
    if kind is not Kind.PERSON:  # of a person's names, two words must be alike
        for bones in heard:
            yield "sound", one.numbers, bones
    for pair in combinations(heard, 2):
        yield "sounds", one.numbers, pair
    if kind in _BODIES and not heard:
        # A name of common words alone: only with its country, or its number.
        for country in sorted(one.countries | entity.countries):
            for word in sorted(set(one.words)):
                yield "common", one.numbers, country, word
        if one.numbers:
            yield "common", one.numbers, tuple(sorted(one.words)[:1])


def _short_keys(kind: Kind, entity: Named) -> Iterator[tuple[Hashable, bool]]:
    """What a name in initials and a full one must share; and whether this one is in initials."""
    for written in entity.names if kind in _NAMED else ():
        one = name(written, kind)
        if kind is Kind.PERSON:
            is_short = any(len(word) == 1 for word in one.words)
            for full, other in permutations(one.words, 2):
                if len(full) > 1:
                    yield ("initial", consonants(full), consonants(other)[:1]), is_short
            continue
        if one.is_short:
            yield ("initials", one.squashed), True
        for letters in one.initials:
            yield ("initials", letters), False


def _heard(one: Name) -> list[str]:
    return sorted({consonants(word) for word in one.telling if len(word) > 1})


# --- comparing ---------------------------------------------------------------------------------------------


def _compare(one: Named, other: Named) -> Likeness | None:
    marks = _shared_marks(one, other)
    if marks or one.kind is Kind.AIRCRAFT:
        return marks
    if one.kind is Kind.AIRPORT and {one.id, other.id} <= tables.airports().keys():
        return None
    if one.countries and other.countries and not one.countries & other.countries:
        return None
    found = [alike for a in one.names for b in other.names
             if (alike := likeness(name(a, one.kind), name(b, one.kind), one.kind))]
    if not found:
        return None
    best = max(found, key=lambda alike: alike.score)
    return _in_context(one, other, best)


def _in_context(one: Named, other: Named, alike: Likeness) -> Likeness | None:
    """Common words and single names say nothing by themselves; where and beside what they stand may."""
    shared, reports = one.countries & other.countries, len(one.documents & other.documents)
    score, reasons = alike.score, list(alike.reasons)
    says_little = not _tells(one) or not _tells(other)
    if says_little:
        if not shared and not reports:
            return None
        score = min(score, LIKELY - 0.05) - 0.05
    if shared:
        reasons.append(f"both of {', '.join(sorted(shared))}")
    if reports:
        reasons.append(f"named together in {many(reports, 'report')}")
    score += 0.02 * bool(shared) + 0.02 * bool(reports)
    return Likeness(round(min(BEST, score), 2), tuple(reasons))


def _tells(entity: Named) -> bool:
    """Whether a name says which one is meant: "foreign ministry" and "Kim" do not."""
    if is_local(entity.id):
        return False
    parts = name(entity.id, entity.kind)
    if entity.kind in _BODIES:
        return bool(parts.telling or parts.numbers or parts.countries)
    return entity.kind is not Kind.PERSON or len(parts.words) > 1


def _shared_marks(one: Named, other: Named) -> Likeness | None:
    """By a designator that both bear: at the same time more so than at different ones."""
    found = [_marked(mine, theirs) for mine in one.marks for theirs in other.marks
             if mine[:2] == theirs[:2]]
    return max(found, key=lambda alike: alike.score) if found else None


def _marked(mine: Mark, theirs: Mark) -> Likeness:
    what = f"shared {_SCHEMES.get(mine.scheme, mine.scheme)}: {mine.value}"
    if mine.is_inferred or theirs.is_inferred:
        return Likeness(0.7, (f"{what}, inferred by rule, not observed",))
    if not (mine.since or mine.until) or not (theirs.since or theirs.until):
        return Likeness(0.8, (f"{what}; not all days are known",))
    if (mine.since or date.min) <= (theirs.until or date.max) and (
            theirs.since or date.min) <= (mine.until or date.max):
        return Likeness(0.9, (f"{what}, on the same days",))
    return Likeness(0.65, (f"{what}, on other days: an address can pass to another airframe",))
