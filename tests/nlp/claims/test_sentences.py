"""What single sentences and short passages yield, with their entities given."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from spacy.language import Language

from tailgraph.nlp import allegations


def _sibling(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


marked = _sibling("marked")
sentences = _sibling("sentences")


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in sentences.CASES], ids=[c[0] for c in sentences.CASES])
def test_claims_of_a_sentence(parser: Language, text: str, expected: tuple[str, ...]) -> None:
    found = allegations.find(marked.annotate(text, parser))
    assert sorted(marked.summary(claim) for claim in found) == sorted(expected)
