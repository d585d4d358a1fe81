"""How well extracted reports agree with annotated ones.

Entities pair one to one by kind and key (kinds with keys) or by a shared name. Claims pair one to one,
best overlap of facts first; every filled slot value is one fact. A claim counts as found where at least
half of the facts of both agree (Dice overlap of 0.5).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, TypeVar

Report = Mapping[str, Any]
Fact = tuple[Any, ...]
Item = TypeVar("Item")

_BY_KEY = ("Country", "AircraftType", "Aircraft")
_PARTIES = ("accuser", "accused", "supplier", "recipient", "target", "carrier", "denied_by")
_WORDS_WITHOUT_WEIGHT = frozenset(["and", "of", "the", "made", "north", "korean", "russian", "iranian"])
_FOUND = 0.5


@dataclass
class Tally:
    """Counts of what was right, wrongly found, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, right: int, wrong: int, missed: int) -> None:
        self.right += right
        self.wrong += wrong
        self.missed += missed

    @property
    def gold(self) -> int:
        return self.right + self.missed

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass
class Scores:
    """Tallies by name ("entities", "entity Country", "allegations facts", ...), and each error in words."""

    tallies: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    errors: list[str] = field(default_factory=list)
    reports: int = 0

    def ordered(self) -> list[tuple[str, Tally]]:
        """All tallies: entities first, then by kind, then claims."""
        kinds = sorted(name for name in self.tallies if name.startswith("entity "))
        claims = [f"{what} {part}" for what in ("allegations", "flights") for part in ("found", "facts")]
        return [(name, self.tallies[name]) for name in ("entities", *kinds, *claims) if name in self.tallies]


def score(pairs: Iterable[tuple[str, Report, Report]]) -> Scores:
    """Scores over (name, annotated report, extracted report); an empty mapping stands for nothing
    extracted."""
    scores = Scores()
    for name, gold, found in pairs:
        scores.reports += 1
        mapping = _score_entities(scores, name, gold, found)
        gold_refs, found_refs = _references(gold), _references(found)
        _score_claims(
            scores,
            name,
            "allegations",
            [_allegation_facts(a, gold_refs, None) for a in gold.get("allegations", ())],
            [_allegation_facts(a, found_refs, mapping) for a in found.get("allegations", ())],
        )
        _score_claims(
            scores,
            name,
            "flights",
            [_flight_facts(f) for f in gold.get("flights", ())],
            [_flight_facts(f) for f in found.get("flights", ())],
        )
    return scores


def _score_entities(scores: Scores, name: str, gold: Report, found: Report) -> dict[int, int]:
    """Counts the entities; returns which found entity stands for which annotated one."""
    wanted, got = gold.get("entities", []), found.get("entities", [])
    paired = pair(wanted, got, lambda g, f: 1.0 if _same(g, f) else 0.0)
    hits, used = {g for g, _ in paired}, {f for _, f in paired}
    for i, entity in enumerate(wanted):
        _count(scores, entity["kind"], i in hits, missing=True)
        if i not in hits:
            scores.errors.append(
                f"{name}: missed {entity['kind']} {entity['names'][0]!r} ({entity.get('key')})"
            )
    for j, entity in enumerate(got):
        if j not in used:
            _count(scores, str(entity.get("kind")), False, missing=False)
            scores.errors.append(
                f"{name}: extra {entity.get('kind')} {(entity.get('names') or ['?'])[0]!r} "
                f"({entity.get('key')})"
            )
    mapping = {f: g for g, f in paired}
    for j, entity in enumerate(got):
        copy_of = next((i for i, other in enumerate(wanted) if _same(other, entity)), None)
        if j not in mapping and copy_of is not None:
            mapping[j] = copy_of
    return mapping


def _count(scores: Scores, kind: str, right: bool, *, missing: bool) -> None:
    for name in ("entities", f"entity {kind}"):
        scores.tallies[name].add(int(right), int(not right and not missing), int(not right and missing))


def _score_claims(
    scores: Scores, name: str, what: str, gold: Sequence[set[Fact]], found: Sequence[set[Fact]]
) -> None:
    paired = tally_claims(scores.tallies[f"{what} found"], scores.tallies[f"{what} facts"], gold, found)
    for i, j in paired:
        scores.errors += [f"{name}: {what} {i}: missed {fact}" for fact in gold[i] - found[j]]
        scores.errors += [f"{name}: {what} {i}: wrong {fact}" for fact in found[j] - gold[i]]
    for i in set(range(len(gold))) - {i for i, _ in paired}:
        scores.errors.append(f"{name}: {what} {i}: missed whole")
    for j in set(range(len(found))) - {j for _, j in paired}:
        scores.errors.append(f"{name}: {what} extra: {sorted(map(str, found[j]))[:6]}")


def tally_claims(
    claims: Tally, facts: Tally, gold: Sequence[Set[Fact]], found: Sequence[Set[Fact]]
) -> list[tuple[int, int]]:
    """Count the claims of one report and their facts; returns which annotated claim is which found one."""
    paired = pair(gold, found, overlap)
    for i, j in paired:
        facts.add(len(gold[i] & found[j]), len(found[j] - gold[i]), len(gold[i] - found[j]))
    for i in set(range(len(gold))) - {i for i, _ in paired}:
        facts.add(0, 0, len(gold[i]))
    for j in set(range(len(found))) - {j for _, j in paired}:
        facts.add(0, len(found[j]), 0)
    good = sum(overlap(gold[i], found[j]) >= _FOUND for i, j in paired)
    claims.add(good, len(found) - good, len(gold) - good)
    return paired


def pair(
    gold: Sequence[Item], found: Sequence[Item], likeness: Callable[[Item, Item], float]
) -> list[tuple[int, int]]:
    """One-to-one pairs, the most alike first, ties in order."""
    ranked = sorted(
        ((likeness(g, f), -i, -j) for i, g in enumerate(gold) for j, f in enumerate(found)), reverse=True
    )
    pairs: list[tuple[int, int]] = []
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    for value, i, j in ranked:
        if value > 0 and -i not in taken_gold and -j not in taken_found:
            taken_gold.add(-i)
            taken_found.add(-j)
            pairs.append((-i, -j))
    return pairs


def overlap(one: Set[Fact], other: Set[Fact]) -> float:
    """How much two claims agree: 1 if in every fact (Dice)."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


# --- when two entities are the same ------------------------------------------------------------------------


def normal(name: object) -> str:
    """A name without case, possessive, punctuation and leading article."""
    text = re.sub(r"['’]s\b", "", str(name).casefold())
    return re.sub(r"^(the|a|an) ", "", re.sub(r"[^\w]+", " ", text).strip())


def _same(gold: Any, found: Any) -> bool:
    kind = gold["kind"]
    if kind != found.get("kind"):
        return False
    keys = gold.get("key"), found.get("key")
    if kind in _BY_KEY and all(keys):
        return _plain_key(kind, keys[0]) == _plain_key(kind, keys[1])
    if kind == "Airport" and all(keys) and str(keys[0]).upper() == str(keys[1]).upper():
        return True
    names = ({normal(n) for n in gold["names"]}, {normal(n) for n in found.get("names", ())})
    if kind == "Weapon":
        return keys[0] == keys[1] and _weapons_alike(*names)
    return bool(names[0] & names[1])


def _plain_key(kind: str, key: object) -> str:
    text = str(key).upper()
    return re.sub(r"[^A-Z0-9]", "", text) if kind == "Aircraft" else text


def _weapons_alike(gold: set[str], found: set[str]) -> bool:
    if any(g in f or f in g for g in gold for f in found if g and f):
        return True
    return bool((_stems(gold) & _stems(found)) - _WORDS_WITHOUT_WEIGHT)


def _stems(names: Iterable[str]) -> set[str]:
    return {re.sub(r"s$", "", word) for name in names for word in name.split()}


# --- facts of claims ---------------------------------------------------------------------------------------


def _references(report: Report) -> dict[tuple[str, str], int]:
    """(kind, normal name or key) → index of the entity."""
    known: dict[tuple[str, str], int] = {}
    for i, entity in enumerate(report.get("entities", ())):
        known.update({(entity["kind"], normal(name)): i for name in entity.get("names", ())})
        if entity.get("key"):
            known.setdefault((entity["kind"], normal(entity["key"])), i)
    return known


def _resolved(known: dict[tuple[str, str], int], mapping: dict[int, int] | None, reference: object) -> Fact:
    kind, _, name = str(reference).partition(":")
    index = known.get((kind, normal(name)))
    if index is None:
        return ("unknown", kind, normal(name))
    if mapping is None:
        return ("gold", index)
    return ("gold", mapping[index]) if index in mapping else ("found", index)


def _allegation_facts(
    claim: Report, known: dict[tuple[str, str], int], mapping: dict[int, int] | None
) -> set[Fact]:
    facts: set[Fact] = {("action", claim.get("action")), ("status", claim.get("status"))}
    facts |= {("weapons", weapon) for weapon in claim.get("weapons") or ()}
    for slot in _PARTIES:
        facts |= {(slot, _resolved(known, mapping, reference)) for reference in claim.get(slot) or ()}
    return facts


def _flight_facts(flight: Report) -> set[Fact]:
    facts: set[Fact] = {("happened", bool(flight.get("happened", True)))}
    for slot in ("aircraft", "type", "operator", "state"):
        facts |= {(slot, re.sub(r"[^a-z0-9]", "", normal(value))) for value in flight.get(slot) or ()}
    for end in ("origin", "destination"):
        for part, value in (flight.get(end) or {}).items():
            if value and part in ("country", "place", "airport"):
                facts.add((f"{end}.{part}", normal(value)))
    for name, day in zip(("date.from", "date.to"), flight.get("date") or (), strict=False):
        if day:
            facts.add((name, day))
    if flight.get("night") is not None:
        facts.add(("night", bool(flight["night"])))
    if flight.get("count") is not None:
        facts.add(("count", int(flight["count"])))
    return facts


def right_claims(gold: Report, found: Report) -> tuple[bool, ...]:
    """For each extracted allegation whether it is found: paired, with half of the facts or more agreeing."""
    mapping = _score_entities(Scores(), "", gold, found)
    gold_refs, found_refs = _references(gold), _references(found)
    wanted = [_allegation_facts(a, gold_refs, None) for a in gold.get("allegations", ())]
    got = [_allegation_facts(a, found_refs, mapping) for a in found.get("allegations", ())]
    right = {j for i, j in pair(wanted, got, overlap) if overlap(wanted[i], got[j]) >= _FOUND}
    return tuple(j in right for j in range(len(got)))
