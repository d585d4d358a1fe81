"""Quicker matrix products change no mark of a report, and are only put where they are known to serve."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc
from thinc.api import Linear, NumpyOps
from threadpoolctl import ThreadpoolController

from tailgraph.nlp import arithmetic, models

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "reports").glob("*.md"))


def rows(doc: Doc) -> list[tuple[object, ...]]:
    return [(t.text, t.tag_, t.lemma_, t.dep_, t.head.i, t.ent_type_, t.is_sent_start) for t in doc]


def test_reports_are_parsed_as_before() -> None:
    plain, quick = models.load(None), models.load(None)
    arithmetic.quicken(quick)
    for path in EXAMPLES:
        text = path.read_text(encoding="utf-8")
        assert rows(quick(text)) == rows(plain(text)), path.name


def test_all_layers_of_the_model_multiply_so_and_libraries_keep_to_one_thread() -> None:
    nlp = models.load(None)
    arithmetic.quicken(nlp)
    layers = [layer for name in ("tok2vec", "parser", "ner") for layer in nlp.get_pipe(name).model.walk()]  # type: ignore[attr-defined]
    assert layers and not any(layer.ops.use_blis for layer in layers)
    assert {lib["num_threads"] for lib in ThreadpoolController().select(user_api="blas").info()} == {1}


class OtherOps(NumpyOps):  # type: ignore[misc]
    """Operations of some other back end."""


def test_a_model_on_another_back_end_stays_as_it_is() -> None:
    nlp = spacy.blank("en")
    pipe = nlp.add_pipe("tagger")
    layer = Linear(4, 4)
    layer.ops = other = OtherOps()
    pipe.model = layer  # type: ignore[attr-defined]
    arithmetic.quicken(nlp)
    assert layer.ops is other


def test_without_a_library_to_hold_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoLibraries:
        def select(self, user_api: str) -> list[object]:
            return []

    monkeypatch.setattr(arithmetic, "ThreadpoolController", NoLibraries)
    nlp = models.load(None)
    arithmetic.quicken(nlp)
    assert all(layer.ops.use_blis for layer in nlp.get_pipe("ner").model.walk())  # type: ignore[attr-defined]


def test_products_are_the_same_numbers_to_rounding() -> None:
    x = np.random.default_rng(0).random((7, 288), dtype=np.float32)
    y = np.random.default_rng(1).random((5, 288), dtype=np.float32)
    plain, quick = NumpyOps(), NumpyOps(use_blis=False)
    assert np.allclose(quick.gemm(x, y, trans2=True), plain.gemm(x, y, trans2=True), rtol=1e-5)
