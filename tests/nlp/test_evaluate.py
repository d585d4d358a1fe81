"""Our scores are those of the annotation guide's own script, on reports made up and spoilt at random."""

from __future__ import annotations

import copy
import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tailgraph.nlp import evaluate

SCRIPT = Path(__file__).resolve().parents[3] / "shared" / "dev-set" / "score.py"

GOLD: dict[str, Any] = {
    "entities": [
        {"kind": "Country", "key": "KP", "names": ["North Korea", "DPRK"]},
        {"kind": "Country", "key": "RU", "names": ["Russia"]},
        {"kind": "AircraftType", "key": "A124", "names": ["An-124"]},
        {"kind": "Aircraft", "key": "RA-82030", "names": ["RA-82030", "15406E"]},
        {"kind": "Operator", "key": None, "names": ["224th Flight Unit"]},
        {"kind": "Airport", "key": "ZKPY", "names": ["Sunan"]},
        {"kind": "Place", "key": "KP", "names": ["Pyongyang"]},
        {"kind": "Weapon", "key": "ballistic-missile", "names": ["KN-23", "KN-23 missiles"]},
        {"kind": "Weapon", "key": "ammunition", "names": ["152-mm shells"]},
        {"kind": "Organization", "key": None, "names": ["The Harbour Echo"]},
        {"kind": "Person", "key": None, "names": ["Anna Kowalczyk", "Kowalczyk"]},
    ],
    "allegations": [
        {
            "action": "transfer",
            "status": "alleged",
            "accuser": ["Organization:Harbour Echo"],
            "accused": ["Country:KP"],
            "supplier": ["Country:KP"],
            "recipient": ["Country:RU"],
            "target": [],
            "carrier": ["Aircraft:RA-82030"],
            "weapons": ["ballistic-missile"],
            "denied_by": ["Person:Kowalczyk"],
        },
        {
            "action": "use",
            "status": "suspected",
            "accuser": [],
            "accused": ["Country:RU"],
            "weapons": ["ammunition"],
        },
    ],
    "flights": [
        {
            "aircraft": ["RA-82030"],
            "type": ["A124"],
            "operator": ["224th Flight Unit"],
            "state": ["RU"],
            "origin": {"country": "RU", "place": "Vladivostok", "airport": None},
            "destination": {"country": "KP", "place": "Pyongyang", "airport": "ZKPY"},
            "date": [None, "2024-03-21"],
            "night": True,
            "count": 2,
            "happened": True,
        },
        {
            "aircraft": [],
            "type": [],
            "operator": [],
            "state": [],
            "origin": None,
            "destination": None,
            "date": None,
            "night": None,
            "count": None,
            "happened": False,
        },
    ],
}


def spoilt(seed: int) -> dict[str, Any]:
    """The annotated report with things dropped, doubled, misspelt and exchanged."""
    dice = random.Random(seed)
    report = copy.deepcopy(GOLD)
    for part in ("entities", "allegations", "flights"):
        kept = [item for item in report[part] if dice.random() < 0.8]
        report[part] = kept + [copy.deepcopy(item) for item in kept if dice.random() < 0.2]
        dice.shuffle(report[part])
    for entity in report["entities"]:
        if dice.random() < 0.3:
            entity["names"] = [dice.choice(["the KN-23", "Russia's", "Pyongyang", "shells", "nothing"])]
        if dice.random() < 0.2:
            entity["key"] = dice.choice([None, "KP", "missile", "ra82030"])
    for claim in report["allegations"]:
        claim["action"] = dice.choice(["transfer", "use"])
        claim["accused"] = dice.choice([["Country:RU"], ["Country:North Korea"], ["Person:Nobody"], []])
    for flight in report["flights"]:
        flight["night"] = dice.choice([True, False, None])
        flight["state"] = dice.choice([["RU"], []])
    return report


def of_the_guide(
    folder: Path, pairs: list[tuple[str, Any, Any]], capsys: pytest.CaptureFixture[str]
) -> dict[str, Any]:
    script = _load(SCRIPT)
    for name, gold, found in pairs:
        for kind, report in (("gold", gold), ("found", found)):
            (folder / kind).mkdir(exist_ok=True)
            (folder / kind / f"{name}.json").write_text(json.dumps(report))
    script.main([str(folder / "gold"), str(folder / "found"), "--json"])
    scores: dict[str, Any] = json.loads(capsys.readouterr().out)
    return scores


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("guide_score", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not SCRIPT.exists(), reason="the annotation guide's script is not here")
@pytest.mark.parametrize("seed", range(25))
def test_the_same_numbers_as_the_guides_script(
    seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pairs = [(f"{i:03}-invented", GOLD, spoilt(seed * 10 + i)) for i in range(4)]
    ours = evaluate.score(pairs)
    assert {
        name: {
            "precision": round(t.precision, 3),
            "recall": round(t.recall, 3),
            "f1": round(t.f1, 3),
            "gold": t.gold,
        }
        for name, t in ours.tallies.items()
    } == of_the_guide(tmp_path, pairs, capsys)


def test_a_report_scores_full_marks_against_itself() -> None:
    scores = evaluate.score([("self", GOLD, GOLD)])
    assert ({tally.f1 for tally in scores.tallies.values()}, scores.errors) == ({1.0}, [])


def test_a_missing_extraction_counts_as_empty() -> None:
    scores = evaluate.score([("none", GOLD, {})])
    assert (scores.tallies["entities"].missed, scores.tallies["entities"].f1) == (11, 0.0)


def test_errors_are_named() -> None:
    found = {"entities": [{"kind": "Country", "key": "US", "names": ["U.S."]}]}
    gold = {"entities": [{"kind": "Country", "key": "CU", "names": ["Cuba"]}], "flights": GOLD["flights"][1:]}
    assert evaluate.score([("r", gold, found)]).errors == [
        "r: missed Country 'Cuba' (CU)",
        "r: extra Country 'U.S.' (US)",
        "r: flights 0: missed whole",
    ]
