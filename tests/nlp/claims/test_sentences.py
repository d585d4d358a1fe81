"""What single sentences and short passages yield, with their entities given."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from spacy.language import Language

from tailgraph.nlp import allegations

HERE = Path(__file__).parent


def _sibling(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


marked = _sibling("marked")
FILES = ("sentences.txt", "passages.txt", "constructions.txt", "denials.txt", "accounts.txt", "missed.txt")
CASES = [case for file in FILES for case in marked.read(HERE / file)]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_claims(parser: Language, text: str, expected: list[str]) -> None:
    found = allegations.find(marked.annotate(text, parser))
    assert sorted(marked.summary(claim) for claim in found) == sorted(expected)
