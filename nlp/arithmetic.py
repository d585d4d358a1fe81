"""A model's matrix products by numpy's library of linear algebra, on one thread.

The library that spaCy brings takes up to three times as long on common processors, and these products are a
quarter of reading a report. numpy's would spread each of them over all cores, which costs more processor time
than it saves at their size, so that it is held to one thread, in the whole process, from then on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spacy.language import Language
from thinc.api import Model, NumpyOps
from threadpoolctl import ThreadpoolController


def quicken(nlp: Language) -> None:
    """Have a loaded model multiply so, where it runs on thinc's own operations and numpy's library can be
    held to one thread; models on other back ends stay as they are.
    """
    libraries = ThreadpoolController().select(user_api="blas")
    if not libraries:
        return
    libraries.limit(limits=1)
    products = NumpyOps(use_blis=False)
    for layer in _layers(nlp):
        if type(layer.ops) is NumpyOps:
            layer.ops = products


def _layers(nlp: Language) -> Iterator[Model[Any, Any]]:
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        if isinstance(model, Model):
            yield from model.walk()
