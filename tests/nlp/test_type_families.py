"""Families of types without a variant: a named airframe decides, else the family stays open."""

from __future__ import annotations

from datetime import date

import pytest

from tailgraph.graph.model import Document, Kind
from tailgraph.nlp.pipeline import Extractor


@pytest.mark.parametrize(("text", "keys"), [
    ("The Boeing 747 EP-FAB landed in Damascus on 3 March.", {"B742"}),
    ("On 3 March the 747 of Emtrasur, YV3531, left Caracas.", {"B743"}),
    ("Boeing 747s of Fars Air Qeshm flew to Damascus in March.", {"B742"}),
    # An invented mark, and an operator of whose other 747s the table says nothing.
    ("The Boeing 747 EP-QZA landed in Damascus on 3 March.", {None}),
    ("A Boeing 747 of Air China landed in Damascus on 3 March.", {None}),
    ("A Boeing 747 landed in Damascus on 3 March.", {None}),
    # The operator stands elsewhere in the report.
    ("A Boeing 747 landed in Damascus on 3 March. " + "Nobody knows what it brought or whose it was. " * 3
     + "Fars Air Qeshm did not answer.", {None})])
def test_member_of_a_family(text: str, keys: set[str | None]) -> None:
    extraction = Extractor.load().extract(Document(title="", text=text, published=date(2024, 3, 28)))
    assert {e.key for e in extraction.entities if e.kind is Kind.AIRCRAFT_TYPE} == keys
