"""One extractor for all language tests: the model is loaded once."""

from __future__ import annotations

import pytest

from tailgraph.nlp.pipeline import Extractor


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor.load()
