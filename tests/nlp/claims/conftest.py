from __future__ import annotations

import pytest
from spacy.language import Language

from tailgraph.nlp import models, tokens


@pytest.fixture(scope="session")
def parser() -> Language:
    """The model as the extractor uses it: our tokens, sentences that end with the paragraph."""
    nlp = models.load()
    tokens.customise(nlp)
    return nlp
