"""The extractor's version is told from files: loading the model costs seconds and is often not needed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tailgraph.errors import InputRefused, ModelUnavailable
from tailgraph.nlp import models, user_lexicon, vocabulary
from tailgraph.nlp.pipeline import Extractor
from tailgraph.nlp.version import extractor_version
from tests.nlp.test_models import data_folder


def test_it_names_the_model_as_the_loaded_one_does() -> None:
    for named in (models.choose(), str(data_folder())):
        meta = models.load(named).meta
        assert models.identity(named) == f"{meta['lang']}_{meta['name']}-{meta['version']}"


def test_extractions_bear_it(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("name,kind\nExample Body,Organization\n")
    plain, with_own = extractor_version(), extractor_version(lexicons=[own])
    assert plain != with_own
    assert Extractor.load().version == plain
    user_lexicon.added(vocabulary.standard(), [own])
    assert Extractor.load(lexicons=[own]).version == with_own


def test_another_model_gives_another_version(tmp_path: Path) -> None:
    copy = tmp_path / "model"
    shutil.copytree(data_folder(), copy)
    meta = json.loads((copy / "meta.json").read_text())
    (copy / "meta.json").chmod(0o644)
    (copy / "meta.json").write_text(json.dumps(meta | {"version": "9.9.9"}))
    assert extractor_version(str(copy)).replace("9.9.9", meta["version"]) == extractor_version()


@pytest.mark.parametrize("meta", [None, "", "[", "[]", '"text"'])
def test_a_model_that_does_not_say_what_it_is(tmp_path: Path, meta: str | None) -> None:
    if meta is not None:
        (tmp_path / "meta.json").write_text(meta)
    with pytest.raises(ModelUnavailable, match=r"does not say what it is"):
        extractor_version(str(tmp_path))


def test_a_lexicon_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"gone\.csv"):
        extractor_version(lexicons=[tmp_path / "gone.csv"])


def test_it_loads_no_spacy() -> None:
    code = (
        "import sys; from tailgraph.nlp.version import extractor_version; extractor_version(); "
        "print('spacy' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == "False"
