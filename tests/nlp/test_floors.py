"""Extraction is never worse than it was: F1 over annotated reports, studied and sealed, against floors."""

from __future__ import annotations

import pytest

from tests.nlp import corpora


def test_every_group_here_has_a_floor() -> None:
    assert set(corpora.groups()) <= set(corpora.floors())
    assert {"other hand, studied", "other hand, sealed"} <= set(corpora.groups())


@pytest.mark.parametrize("name", sorted(corpora.groups()))
def test_stays_above_its_floor(name: str) -> None:
    floor, paths = corpora.floors()[name], corpora.groups()[name]
    assert corpora.checksum(paths) == floor["sha256"], "the reports have changed: set their floors anew"
    now = corpora.scores(paths)
    assert {measure: value for measure, value in now.items() if value < floor["f1"][measure]} == {}
