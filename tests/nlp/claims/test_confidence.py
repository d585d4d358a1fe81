"""The confidence of a claim: bounded, from the table alone, lower where less is told."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from tailgraph.graph.model import Action, Allegation, EntityRef, Kind, Slot, Span, Status
from tailgraph.nlp.claims import confidence


def claim(rule: str = "supply-verb-obj", **given: object) -> Allegation:
    return Allegation.model_validate(
        {
            "index": 0,
            "evidence": (0,),
            "cue": Span(start=0, end=1),
            "rule": rule,
            "confidence": 0.0,
            "action": Action.TRANSFER,
            "status": Status.ALLEGED,
            **given,
        }
    )


def slot(kind: Kind, name: str) -> tuple[Slot, ...]:
    return (Slot(entity=EntityRef(kind=kind, id=name)),)


def test_what_holds_of_a_claim_is_named() -> None:
    told = claim("carry-near", accuser=slot(Kind.COUNTRY, "US"), evidence=(0, 3))
    assert set(confidence.features(told)) == {
        "always", "family near", "action transfer", "status alleged", "with accuser", "told again",
    }  # fmt: skip


def test_a_claim_with_accuser_and_accused_is_trusted_more_than_a_bare_one() -> None:
    bare = claim(weapons=slot(Kind.WEAPON, "missile"))
    full = bare.model_copy(
        update={
            "accuser": slot(Kind.COUNTRY, "US"),
            "accused": slot(Kind.COUNTRY, "IR"),
            "recipient": slot(Kind.COUNTRY, "SY"),
        }
    )
    assert 0 < confidence.confidence(bare) < confidence.confidence(full) < 1


def test_a_family_that_was_never_counted_has_the_confidence_of_the_rest() -> None:
    assert 0 < confidence.confidence(claim("supply-of-some-other-kind")) < 1


@pytest.mark.parametrize(("score", "chance"), [(0.0, 0.5), (2.0, 0.8808), (-2.0, 0.1192)])
def test_a_sum_of_weights_is_a_chance(score: float, chance: float) -> None:
    assert confidence.share(score) == pytest.approx(chance, abs=1e-4)


def test_every_weight_is_of_something_that_can_hold() -> None:
    source = files("tailgraph.nlp") / "lexicons" / "claim_confidence.csv"
    with source.open(encoding="utf-8") as rows:
        names = [row["feature"] for row in csv.DictReader(rows)]
    allowed = {"always", "dated", "told again", *(f"with {s}" for s in confidence.SLOTS)}
    allowed |= {f"action {a}" for a in Action} | {f"status {s}" for s in Status}
    assert [n for n in names if n not in allowed and not n.startswith("family ")] == []
    assert len(names) == len(set(names)) > 20
