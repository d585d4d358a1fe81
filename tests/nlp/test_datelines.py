"""Datelines: found in their many forms, and nothing of them taken for what happened; all invented."""

from __future__ import annotations

from datetime import date

import pytest

from tailgraph.graph.model import Document
from tailgraph.nlp import datelines
from tailgraph.nlp.pipeline import Extractor


@pytest.mark.parametrize(
    "dateline",
    [
        "PORT SUDAN — ", "PORT SUDAN, Sudan (ENA) — ", "CARACAS, Jan 29 (Andes Wire) - ",
        "N'DJAMENA, Chad -- ",
        "BRUSSELS/KYIV, Oct 3 - ", "Geneva (3 October 2024) – ", "Nairobi, Kenya – ", "Washington, D.C. – ",
        "(ENA) - ", "Tel Aviv, 3 June (Wire) – ", "SEOUL (ENA) – ",
    ],
)  # fmt: skip
def test_a_dateline_is_found_whole_at_the_head_of_a_paragraph(dateline: str) -> None:
    text = f"A first paragraph.\n\n{dateline}Egypt sent drones to Sudan."
    assert datelines.spans(text) == [(20, 20 + len(dateline))]


@pytest.mark.parametrize(
    "text",
    [
        "Wagner – the mercenaries – flew in.", "RA-82030 – an An-124 – left.",
        "21:40 – We are closing this page.",
        "Il-76 freighters (four of them) landed.", "A jet, Kyiv says — wrongly — was hit.",
        "The UN (New York) said so.",
        "He met Ann Ode, Bo Lee and others.", "Crates – of shells – came.",
    ],
)  # fmt: skip
def test_other_openings_are_no_datelines(text: str) -> None:
    assert datelines.spans(text) == []


def test_many_datelines_cost_linear_time() -> None:
    text = "KYIV, Oct 3 - A plane left.\n\n" * 20_000
    filed = datelines.Datelines(text)
    assert 0 in filed and 14 not in filed and len(text) - 10 not in filed


REPORT = """GENEVA (3 October 2024) – The experts met.

NAIROBI (Coast Wire) - Rwanda flew missiles to Goma, United Nations experts said on Thursday.

BRUSSELS, Oct 8 (Coast Wire) - Turkey flew drones to Mali, two sources said."""


def test_nothing_of_a_dateline_becomes_part_of_a_claim(extractor: Extractor) -> None:
    found = extractor.extract(Document(text=REPORT, published=date(2024, 10, 11)))
    assert {s.entity.id for c in found.allegations for s in c.accused} == {"RW", "TR"}
    assert all("Wire" not in s.entity.id for c in found.allegations for s in (*c.accuser, *c.supplier))
    ends = [e for f in found.flights for e in (f.origin, f.destination) if e and e.place]
    assert {e.place.entity.id for e in ends if e.place} == {"CD/Goma"}
    days = {f.event.earliest for f in found.flights if f.event}
    assert not days & {date(2024, 10, 3), date(2024, 10, 8)}


def test_officials_are_not_the_experts_who_spoke_before(extractor: Extractor) -> None:
    text = "Egypt sent drones to Sudan, UN experts said.\n\nKenya shipped rifles to Somalia, officials said."
    (_, kenya) = extractor.extract(Document(text=text)).allegations
    assert kenya.accuser == ()


@pytest.mark.parametrize("dateline", ["SEOUL, Sept. 4 (ENA) -- ", "BAMAKO, Oct. 11 (ENA) – "])
def test_the_month_of_a_dateline_is_nobodys_forename(extractor: Extractor, dateline: str) -> None:
    document = Document(title="", text=f"{dateline}Egypt sent drones to Sudan, Chad's army said.")
    assert not [e for e in extractor.annotate(document).entities if e.kind.value == "Person"]
