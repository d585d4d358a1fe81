"""Train the models that add to the claims of rules: the tables lexicons/learned_*.csv.

    python bench/train_claims.py bench/passages bench/stories $(python -m tests.nlp.corpora --own) [--write]

Arguments are folders of `*.jsonl`, a passage (its text and claims) or an annotated report a line, and
annotated reports. A claim that rules read
is an example of the annotated one that it is most like; the weapons of a sentence that rules leave are one of
the claim that is told of them, or of none; the parties around are examples of their part in it. Among their
features is what rules made of them (`nlp/claims/learned`), so that the models learn where rules are to be
trusted. The models are linear with a logistic link and a ridge, fitted by Adam on all examples at once from
zero; nothing is random but the folds, which go by a hash of the text. Without `--write` it prints, by
five-fold cross-validation, claims and facts (F1) of rules alone and with the models, for several cuts.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tailgraph import nlp
from tailgraph.graph.model import Allegation, Document, Entity
from tailgraph.nlp import allegations, evaluate
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.learned import model
from tailgraph.nlp.claims.learned.cases import Case
from tailgraph.nlp.claims.learned.features import acting
from tailgraph.nlp.claims.learned.reader import CLAIM, Cuts
from tailgraph.nlp.claims.learned.readings import PARTS
from tailgraph.nlp.pipeline import Extractor

TABLES = Path(nlp.__file__).parent / "lexicons"
ACTIONS = ("transfer", "acquisition", "use", "production", "possession", "request")
STATUSES = ("alleged", "suspected", "asserted")
FOLDS = 5
RIDGE = 8.0
_ROUNDS, _STEP = 150, 0.1
_LEAST_SEEN = 2
# From what overlap on a claim of rules is taken for a reading of an annotated one.
_ALIKE = 0.3
_LEAST_WEIGHT = 0.005
# From what days without a year count in passages.
_DAY = "2019-06-20"
Values = npt.NDArray[np.float64]
Facts = frozenset[tuple[str, Any]]


@dataclass(frozen=True)
class Example:
    """One text: the facts of its annotated claims, of those that rules read, and what the models judge."""

    text: str
    annotated: Annotated
    gold: tuple[Facts, ...]
    read: tuple[Facts, ...]
    cases: tuple[Case, ...]

    def taught(self) -> Iterator[tuple[Case, Facts | None]]:
        """Cases with the annotated claim that is told of them, or None."""
        keys = _keys(self.annotated)
        for case in self.cases:
            if case.claim is not None:
                yield case, self._alike.get(case.claim)
                continue
            kinds = {str(keys[mention.entity]) for mention in case.weapons}
            told = [(_shared(facts, case, kinds), -i) for i, facts in enumerate(self.gold)]
            best, place = max(told, default=(0.0, 0))
            yield case, self.gold[-place] if best > 0 else None

    @cached_property
    def _alike(self) -> Mapping[int, Facts]:
        """The annotated claim that each claim of rules reads, well enough."""
        pairs = evaluate.pair(self.gold, self.read, evaluate.overlap)
        return {
            j: self.gold[i] for i, j in pairs if evaluate.overlap(self.gold[i], self.read[j]) >= _ALIKE
        }

    @cached_property
    def missed(self) -> set[Facts]:
        """The annotated claims of which rules read next to nothing."""
        return set(self.gold) - set(self._alike.values())


def _shared(facts: Facts, case: Case, kinds: Iterable[str]) -> float:
    """How many parties of a claim stand around weapons of which it may be told."""
    if not any(("weapons", kind) in facts for kind in kinds):
        return 0.0
    named = {value for slot, value in facts if slot in PARTS}
    return len(named & {party.slot.entity for party in case.parties}) if named else 0.5


class Logistic:
    """Independent logistic regressions, one an outcome, over sets of named features."""

    def __init__(self, outcomes: Sequence[str]) -> None:
        self.outcomes = tuple(outcomes)

    def fit(self, held: Sequence[Iterable[str]], told: Values) -> model.Table:
        counts = Counter(feature for features in held for feature in features)
        names = sorted(feature for feature, count in counts.items() if count >= _LEAST_SEEN)
        place = {name: i for i, name in enumerate(names)}
        pairs = [(row, place[f]) for row, features in enumerate(held) for f in sorted(features) if f in place]
        rows, columns = np.array(pairs).T
        weights = np.column_stack(
            [self._one(rows, columns, told[:, i], len(names)) for i in range(len(self.outcomes))]
        )
        kept = {
            name: tuple(np.round(row, 2).tolist())
            for name, row in zip(names, weights, strict=True)
            if np.abs(row).max() >= _LEAST_WEIGHT
        }
        return model.Table(self.outcomes, kept)

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


def examples(paths: Iterable[Path]) -> list[Example]:
    extractor = Extractor.load()
    return [_example(extractor, told) for path in paths for told in _texts(path)]


def _texts(path: Path) -> Iterator[dict[str, Any]]:
    """A report, or the passages and reports of a folder."""
    if path.is_file():
        yield json.loads(path.read_text(encoding="utf-8"))
    for file in sorted(path.glob("*.jsonl")):
        yield from map(json.loads, file.read_text(encoding="utf-8").splitlines())


def _example(extractor: Extractor, told: Mapping[str, Any]) -> Example:
    claims = told["claims"] if "claims" in told else told["allegations"]
    document = Document(
        title=told.get("title", ""),
        text=told["text"],
        published=told.get("published", _DAY),
        publisher=told.get("publisher"),
    )
    annotated = extractor.annotate(document)
    read, cases = allegations.examples(annotated)
    return Example(
        text=told["text"],
        annotated=annotated,
        gold=tuple(_annotated(claim, annotated.entities, told) for claim in claims),
        read=facts_of(read, annotated),
        cases=tuple(cases),
    )


def _annotated(claim: Mapping[str, Any], entities: Sequence[Entity], told: Mapping[str, Any]) -> Facts:
    """The facts of an annotated claim; a party is the entity that was found for it, else its reference."""
    known: dict[tuple[str, str], Any] = {}
    for entity in entities:
        for name in (*entity.names, entity.key or ""):
            known.setdefault((str(entity.kind), evaluate.normal(name)), entity.ref)
    also: dict[tuple[str, str], tuple[str, ...]] = {}
    for listed in told.get("entities", ()):
        names = (*listed["names"], listed["key"] or "")
        also.update({(listed["kind"], evaluate.normal(name)): names for name in names})

    def found(reference: str) -> Any:
        kind, _, name = reference.partition(":")
        names = (name, *also.get((kind, evaluate.normal(name)), ()))
        return next(
            (known[kind, n] for n in map(evaluate.normal, names) if n and (kind, n) in known), reference
        )

    facts: set[tuple[str, Any]] = {("action", claim["action"]), ("status", claim["status"])}
    facts |= {("weapons", kind) for kind in claim.get("weapons") or ()}
    return frozenset(facts | {(part, found(ref)) for part in PARTS for ref in claim.get(part) or ()})


def _keys(annotated: Annotated) -> Mapping[Any, str | None]:
    return {entity.ref: entity.key for entity in annotated.entities}


def facts_of(claims: Iterable[Allegation], annotated: Annotated) -> tuple[Facts, ...]:
    keys = _keys(annotated)
    return tuple(_read(claim, keys) for claim in claims)


def _read(claim: Allegation, keys: Mapping[Any, str | None]) -> Facts:
    facts: set[tuple[str, Any]] = {("action", str(claim.action)), ("status", str(claim.status))}
    facts |= {("weapons", keys[slot.entity]) for slot in claim.weapons}
    return frozenset(facts | {(part, filler.entity) for part in PARTS for filler in getattr(claim, part)})


def fitted(taught: Iterable[Example]) -> model.Models:
    """The models. Whether there is a claim that rules miss is learned of the weapons that they leave, the
    rest of all that tell one."""
    loose, claimed, telling, acts, statuses, parties, parts = [], [], [], [], [], [], []
    for example in taught:
        for case, facts in example.taught():
            if case.claim is None:
                loose.append(case.features)
                claimed.append([facts in example.missed])
            if facts is None:
                continue
            told = {name: value for name, value in facts if name in ("action", "status")}
            telling.append(case.features)
            acts.append([told["action"] == name for name in ACTIONS])
            statuses.append([told["status"] == name for name in STATUSES])
            for party in case.parties:
                parties.append(acting(party.features, told["action"]))
                parts.append([(part, party.slot.entity) in facts for part in PARTS])
    return {
        model.CLAIMED: Logistic((CLAIM,)).fit(loose, np.array(claimed, float)),
        model.ACTS: Logistic(ACTIONS).fit(telling, np.array(acts, float)),
        model.STATUSES: Logistic(STATUSES).fit(telling, np.array(statuses, float)),
        model.PARTS: Logistic(PARTS).fit(parties, np.array(parts, float)),
    }


def write(name: str, table: model.Table) -> None:
    with (TABLES / name).open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(("feature", *table.outcomes))
        for feature, weights in table.weights.items():
            rows.writerow((feature, *(f"{weight:.2f}" for weight in weights)))


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
    models = {k: fitted(e for e in taught if fold(e.text) != k) for k in range(FOLDS)}
    print("rules alone:", judged((e.gold, e.read) for e in taught))
    others = (
        Cuts(claim=0.4),
        Cuts(claim=0.6),
        Cuts(part=0.5, voice=0.5),
        Cuts(part=0.5, voice=0.5, more=0.5),
    )
    for cuts in (Cuts(), *others):
        found = (allegations.find(e.annotated, models[fold(e.text)], cuts) for e in taught)
        pairs = ((e.gold, facts_of(claims, e.annotated)) for e, claims in zip(taught, found, strict=True))
        print(f"{cuts}:", judged(pairs))


def main(arguments: Sequence[str]) -> None:
    paths = [Path(a) for a in arguments if not a.startswith("--")]
    if not paths:
        raise SystemExit(__doc__)
    taught = examples(paths)
    claims, cases = sum(len(e.gold) for e in taught), sum(len(e.cases) for e in taught)
    print(f"{len(taught)} texts, {claims} claims, {cases} cases")
    if "--write" not in arguments:
        return validate(taught)
    for name, table in fitted(taught).items():
        write(name, table)
    return None


if __name__ == "__main__":
    main(sys.argv[1:])
