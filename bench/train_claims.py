"""Train the models that read claims where no rule does: the tables lexicons/learned_*.csv.

    python bench/train_claims.py bench/passages [REPORT.json ...] [--write]

Passages (`*.jsonl` in a folder: a text and its claims a line) and annotated reports teach. Weapons that no
rule speaks of are examples of the act that an unread claim of the annotation tells of them, or of none; the
parties near them, and near those that rules read rightly, are examples of their part. The models are linear
with a logistic link and a ridge, fitted by Adam on all examples at once from zero; nothing is random but the
folds, which go by a hash of the text. Without `--write` it prints, by five-fold cross-validation, claims and
facts (F1) of rules alone and with the models, for several cuts of the chances.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tailgraph import nlp
from tailgraph.graph.model import Allegation, Document, Entity
from tailgraph.nlp import allegations, evaluate
from tailgraph.nlp.claims.learned import model
from tailgraph.nlp.claims.learned.acts import NONE
from tailgraph.nlp.claims.learned.features import acting
from tailgraph.nlp.claims.learned.groups import Group
from tailgraph.nlp.pipeline import Extractor

TABLES = Path(nlp.__file__).parent / "lexicons"
ACTIONS = ("transfer", "acquisition", "use", "production", "possession", "request")
PARTS = ("accused", "supplier", "recipient", "target", "carrier")
SLOTS = (*PARTS, "accuser", "denied_by")
FOLDS = 5
RIDGE = 1.0
_ROUNDS, _STEP = 150, 0.1
_LEAST_SEEN = 2
_ALIKE = 0.3
Values = npt.NDArray[np.float64]
Facts = frozenset[tuple[str, Any]]


@dataclass(frozen=True)
class Example:
    """One text: the facts of its annotated claims, of those that rules read, the weapons of these, and the
    weapons that are left, each group with the classes of its weapons."""

    text: str
    gold: tuple[Facts, ...]
    read: tuple[Facts, ...]
    spoken: tuple[tuple[Group, ...], ...]
    loose: tuple[Group, ...]
    kinds: tuple[frozenset[str], ...]

    def taught(self) -> Iterator[tuple[Group, Facts | None, bool]]:
        """Groups with the annotated claim that they tell, or None, and whether they are left."""
        paired = dict(evaluate.pair(self.gold, self.read, evaluate.overlap))
        for claim, read in paired.items():
            if evaluate.overlap(self.gold[claim], self.read[read]) >= _ALIKE:
                yield from ((group, self.gold[claim], False) for group in self.spoken[read])
        unread = [facts for i, facts in enumerate(self.gold) if i not in paired]
        for group, kinds in zip(self.loose, self.kinds, strict=True):
            yield group, next((facts for facts in unread if _tells(facts, group, kinds)), None), True


def _tells(facts: Facts, group: Group, kinds: Iterable[str]) -> bool:
    parties = {party.slot.entity for party in group.parties}
    named = {value for slot, value in facts if slot in SLOTS}
    return any(("weapons", kind) in facts for kind in kinds) and bool(named & parties or not named)


class Logistic:
    """Independent logistic regressions, one an outcome, over sets of named features."""

    def __init__(self, outcomes: Sequence[str]) -> None:
        self.outcomes = tuple(outcomes)
        self.weights: dict[str, Values] = {}

    def fit(self, held: Sequence[Iterable[str]], told: Values) -> Logistic:
        counts = Counter(feature for features in held for feature in features)
        names = sorted(feature for feature, count in counts.items() if count >= _LEAST_SEEN)
        place = {name: i for i, name in enumerate(names)}
        pairs = [(row, place[f]) for row, features in enumerate(held) for f in sorted(features) if f in place]
        rows, columns = np.array(pairs).T
        weights = np.column_stack(
            [self._one(rows, columns, told[:, i], len(names)) for i in range(len(self.outcomes))]
        )
        self.weights = dict(zip(names, weights, strict=True))
        return self

    @staticmethod
    def _one(rows: Values, columns: Values, told: Values, width: int) -> Values:
        weights, mean, spread = np.zeros(width), np.zeros(width), np.zeros(width)
        for step in range(1, _ROUNDS + 1):
            chance = 1 / (1 + np.exp(-np.bincount(rows, weights[columns], len(told))))
            slope = np.bincount(columns, (chance - told)[rows], width) + RIDGE * weights
            mean = 0.9 * mean + 0.1 * slope
            spread = 0.999 * spread + 0.001 * slope**2
            weights -= _STEP * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
        return weights

    def chances(self, features: Iterable[str]) -> Mapping[str, float]:
        total = sum((self.weights[f] for f in features if f in self.weights), np.zeros(len(self.outcomes)))
        return dict(zip(self.outcomes, 1 / (1 + np.exp(-total)), strict=True))

    def write(self, path: Path) -> None:
        """The table, without features that weigh less than 0.005 for every outcome."""
        with path.open("w", encoding="utf-8", newline="") as out:
            rows = csv.writer(out, lineterminator="\n")
            rows.writerow(("feature", *self.outcomes))
            for name, weights in self.weights.items():
                if np.abs(weights).max() >= 0.005:
                    rows.writerow((name, *(f"{weight:.2f}" for weight in weights)))


Models = tuple[Logistic, Logistic, Logistic]


def examples(paths: Sequence[Path]) -> list[Example]:
    extractor = Extractor.load()
    return [_example(extractor, report) for path in paths for report in _reports(path)]


def _reports(path: Path) -> Iterable[dict[str, Any]]:
    for file in sorted(path.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            passage = json.loads(line)
            yield {
                "title": "",
                "text": passage["text"],
                "allegations": passage["claims"],
                "published": "2019-06-20",
            }
    if path.is_file():
        yield json.loads(path.read_text(encoding="utf-8"))


def _example(extractor: Extractor, report: Mapping[str, Any]) -> Example:
    fields = {key: report.get(key) for key in ("title", "text", "published", "publisher")}
    annotated = extractor.annotate(Document.model_validate(fields))
    read, loose = allegations.examples(annotated)
    keys = {entity.ref: entity.key for entity in annotated.entities}
    return Example(
        text=report["text"],
        gold=tuple(_annotated(claim, annotated.entities, report) for claim in report["allegations"]),
        read=tuple(_read(claim, keys) for claim, _ in read),
        spoken=tuple(tuple(groups) for _, groups in read),
        loose=tuple(loose),
        kinds=tuple(frozenset(str(keys[m.entity]) for m in group.weapons) for group in loose),
    )


def _annotated(claim: Mapping[str, Any], entities: Sequence[Entity], report: Mapping[str, Any]) -> Facts:
    """The facts of an annotated claim; a party is the entity that was found for it, else its reference."""
    known: dict[tuple[str, str], Any] = {}
    for entity in entities:
        for name in (*entity.names, entity.key or ""):
            known.setdefault((str(entity.kind), evaluate.normal(name)), entity.ref)
    also: dict[tuple[str, str], tuple[str, ...]] = {}
    for entity in report.get("entities", ()):
        for name in (*entity["names"], entity["key"] or ""):
            also.setdefault((entity["kind"], evaluate.normal(name)), (*entity["names"], entity["key"] or ""))

    def found(reference: str) -> Any:
        kind, _, name = reference.partition(":")
        names = (name, *also.get((kind, evaluate.normal(name)), ()))
        return next(
            (known[kind, n] for n in map(evaluate.normal, names) if n and (kind, n) in known), reference
        )

    facts: set[tuple[str, Any]] = {("action", claim["action"]), ("status", claim["status"])}
    facts |= {("weapons", kind) for kind in claim.get("weapons") or ()}
    return frozenset(facts | {(slot, found(ref)) for slot in SLOTS for ref in claim.get(slot) or ()})


def _read(claim: Allegation, keys: Mapping[Any, str | None]) -> Facts:
    facts: set[tuple[str, Any]] = {("action", str(claim.action)), ("status", str(claim.status))}
    facts |= {("weapons", keys[slot.entity]) for slot in claim.weapons}
    return frozenset(facts | {(slot, filler.entity) for slot in SLOTS for filler in getattr(claim, slot)})


def fitted(taught: Sequence[Example]) -> Models:
    """The models of what is left, of acts and of parts. Whether there is an act is learned of weapons that
    are left; which one, and whose part is which, of all that tell one."""
    seen, none, telling, acts, parties, parts = [], [], [], [], [], []
    for example in taught:
        for group, facts, left in example.taught():
            if left:
                seen.append(group.features)
                none.append([facts is None])
            if facts is None:
                continue
            action = dict(facts)["action"]
            telling.append(group.features)
            acts.append([action == name for name in ACTIONS])
            for party in group.parties:
                parties.append(acting(party.features, action))
                parts.append([(slot, party.slot.entity) in facts for slot in PARTS])
    return (
        Logistic((NONE,)).fit(seen, np.array(none, float)),
        Logistic(ACTIONS).fit(telling, np.array(acts, float)),
        Logistic(PARTS).fit(parties, np.array(parts, float)),
    )


def told(example: Example, models: Models, none: float, least: float) -> list[Facts]:
    """The claims of a text with the models' own; a claim of the models is taken for alleged."""
    claims = list(example.read)
    for group, kinds in zip(example.loose, example.kinds, strict=True):
        if models[0].chances(group.features)[NONE] > none:
            continue
        acts = models[1].chances(group.features)
        action = max(acts, key=lambda name: acts[name])
        facts: set[tuple[str, Any]] = {("action", action), ("status", "alleged")}
        parties = {
            (slot, party.slot.entity)
            for party in group.parties
            for slot, chance in models[2].chances(acting(party.features, action)).items()
            if chance >= least
        }
        if parties:
            claims.append(frozenset(facts | parties | {("weapons", kind) for kind in kinds}))
    return claims


def judged(pairs: Iterable[tuple[Sequence[Facts], Sequence[Facts]]]) -> str:
    found, facts = evaluate.Tally(), evaluate.Tally()
    for gold, read in pairs:
        evaluate.tally_claims(found, facts, gold, read)
    return (
        f"found {found.f1:.3f} (P {found.precision:.2f} R {found.recall:.2f}), "
        f"facts {facts.f1:.3f} (P {facts.precision:.2f} R {facts.recall:.2f})"
    )


def fold(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % FOLDS


def validate(taught: Sequence[Example]) -> None:
    models = {k: fitted([e for e in taught if fold(e.text) != k]) for k in range(FOLDS)}
    print("rules alone:", judged((e.gold, e.read) for e in taught))
    for none in (0.1, 0.2, 0.3, 0.4, 0.5):
        for least in (0.4, 0.5, 0.6):
            pairs = [(e.gold, told(e, models[fold(e.text)], none, least)) for e in taught]
            print(f"none <= {none}, part >= {least}:", judged(pairs))


def main(arguments: Sequence[str]) -> None:
    paths = [Path(a) for a in arguments if not a.startswith("--")]
    if not paths:
        raise SystemExit(__doc__)
    taught = examples(paths)
    claims, left = (
        sum(len(part) for part in parts) for parts in zip(*((e.gold, e.loose) for e in taught), strict=True)
    )
    print(f"{len(taught)} texts, {claims} claims, {left} groups of weapons that rules leave")
    if "--write" not in arguments:
        return validate(taught)
    for table, weights in zip((model.LEFT, model.ACTS, model.PARTS), fitted(taught), strict=True):
        weights.write(TABLES / table)
    return None


if __name__ == "__main__":
    main(sys.argv[1:])
