"""Designators of one airframe are one aircraft, those of two are two."""

from __future__ import annotations

import pytest

from tailgraph.graph.model import Document, Kind
from tailgraph.nlp.pipeline import Extractor


def aircraft(extractor: Extractor, text: str) -> set[tuple[str, ...]]:
    found = extractor.annotate(Document(text=text)).entities
    return {(e.key or "", *sorted(e.names)) for e in found if e.kind is Kind.AIRCRAFT}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("RA-82042 (hex 15407A) flew.", {("RA-82042", "15407A", "RA-82042")}),
        ("The jet 5X-UCF, formerly N271LX, flew.", {("5X-UCF", "5X-UCF", "N271LX")}),
        ("EY-401 (until 2019, UP-I7622) was scrapped.", {("EY-401", "EY-401", "UP-I7622")}),
        (
            "4L-GNA and 4L-GNB (ex EK-76001 and EK-76002) flew.",
            {("4L-GNA", "4L-GNA", "EK-76001"), ("4L-GNB", "4L-GNB", "EK-76002")},
        ),
        ("TL-ARN is now EW-300TH. It was sold.", {("TL-ARN", "EW-300TH", "TL-ARN")}),
        ("Z3-AAM landed. It was YU-AND from 1985 to 1993.", {("Z3-AAM", "YU-AND", "Z3-AAM")}),
        ("EP-MNA, an Airbus A340 of the airline, hex 730062, left.", {("EP-MNA", "730062", "EP-MNA")}),
    ],
)
def test_one_airframe(extractor: Extractor, text: str, wanted: set[tuple[str, ...]]) -> None:
    assert aircraft(extractor, text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("RA-82042 and RA-82043 flew.", {("RA-82042", "RA-82042"), ("RA-82043", "RA-82043")}),
        (
            "EP-MNA left. A third plane, hex 730062, stayed.",
            {("EP-MNA", "EP-MNA"), ("icao24:730062", "730062")},
        ),
        ("EX-76015 met UP-I7601 there.", {("EX-76015", "EX-76015"), ("UP-I7601", "UP-I7601")}),
        ("After EX-76015 came ST-EWX, a week later.", {("EX-76015", "EX-76015"), ("ST-EWX", "ST-EWX")}),
    ],
)
def test_two_airframes(extractor: Extractor, text: str, wanted: set[tuple[str, ...]]) -> None:
    assert aircraft(extractor, text) == wanted
