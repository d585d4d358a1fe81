"""What must hold of every claim, whatever the text: offsets, evidence, and no claim firmer than its words."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from tailgraph.graph.model import Action, Allegation, Kind, Status
from tailgraph.nlp import allegations

HERE = Path(__file__).parent
SLOTS = ("accuser", "accused", "supplier", "recipient", "target", "carrier", "weapons", "denied_by")


def _sibling(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


marked = _sibling("marked")
FILES = ("sentences.txt", "passages.txt", "constructions.txt")
TEXTS = [text for file in FILES for _, text, _ in marked.read(HERE / file)]

UNIT_OR_PLANE = (
    "Two jets, including a cargo plane that [the United States|C:US] has accused of delivering "
    "[DPRK|C:KP] [ballistic missiles|W:ballistic-missile] for use against [Ukraine|C:UA], flew north.\n\n"
    "One was an [An-124|T:A124] belonging to the [224th Flight Unit|L:224th Flight Unit], which "
    "[the United States|C:US] has implicated in the transport of [DPRK|C:KP] "
    "[ballistic missiles|W:ballistic-missile] aimed at [Ukraine|C:UA]. It was followed by "
    "[RA-85001|A:RA-85001], a [Tu-154|T:T154].\n\n"
    "The flights raise concerns over [Moscow|C:RU]'s possible acquisition of "
    "[short-range missiles|W:ballistic-missile] from the [DPRK|C:KP]."
)


def _found(text: str, parser: Language) -> tuple[Allegation, ...]:
    claims: tuple[Allegation, ...] = allegations.find(marked.annotate(text, parser))
    return claims


def test_it_stays_open_whether_the_plane_or_the_unit_is_accused(parser: Language) -> None:
    claims = _found(UNIT_OR_PLANE, parser)
    transfers = [c for c in claims if c.action == Action.TRANSFER]
    assert [marked.summary(c) for c in claims] == [
        "transfer alleged accuser=US accused=224th Flight Unit+A124 supplier=KP target=UA carrier=A124 "
        "weapons=ballistic-missile",
        "acquisition suspected accused=RU supplier=KP recipient=RU weapons=ballistic-missile",
    ]
    assert all(slot.ambiguous for slot in transfers[0].accused)
    kinds = {slot.entity.kind for c in claims for name in SLOTS for slot in getattr(c, name)}
    assert Kind.AIRCRAFT not in kinds


@pytest.mark.parametrize("text", TEXTS)
def test_every_offset_is_inside_the_text_and_every_claim_has_a_sentence(parser: Language, text: str) -> None:
    report = marked.annotate(text, parser)
    for claim in allegations.find(report):
        cue_sentence = next(p for p in report.passages if p.start <= claim.cue.start < p.end)
        assert cue_sentence.index in claim.evidence
        assert claim.cue.end <= len(report.document.content)
        for name in SLOTS:
            for slot in getattr(claim, name):
                assert slot.entity in {e.ref for e in report.entities}
                assert slot.span is None or slot.span.start < slot.span.end <= len(report.document.content)


@pytest.mark.parametrize(
    ("claim", "weaker"),
    [
        ("sent", "may have sent"),
        ("sent", "probably sent"),
        ("sent", "allegedly sent"),
        ("sent", "reportedly sent"),
    ],
)
def test_a_hedge_never_leaves_a_claim_asserted(parser: Language, claim: str, weaker: str) -> None:
    text = "[Iran|C:IR] {} [rockets|W:rocket] to [Syria|C:SY] in June."
    assert [c.status for c in _found(text.format(claim), parser)] == [Status.ASSERTED]
    assert Status.ASSERTED not in {c.status for c in _found(text.format(weaker), parser)}


@given(order=st.permutations(range(len(TEXTS))), size=st.integers(min_value=1, max_value=6))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_same_report_gives_the_same_claims(parser: Language, order: list[int], size: int) -> None:
    text = "\n\n".join(TEXTS[i] for i in order[:size])
    first, second = (_found(text, parser) for _ in range(2))
    assert first == second
    assert [c.index for c in first] == list(range(len(first)))
