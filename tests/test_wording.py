"""Numbers with what they count."""

from __future__ import annotations

import pytest

from tailgraph.wording import many


@pytest.mark.parametrize(("count", "said"), [(0, "0 reports"), (1, "1 report"), (2, "2 reports"),
                                             (1_200, "1,200 reports")])
def test_one_is_one(count: int, said: str) -> None:
    assert many(count, "report") == said


def test_a_plural_of_its_own() -> None:
    assert (many(1, "country", "countries"), many(3, "country", "countries")) == ("1 country", "3 countries")
