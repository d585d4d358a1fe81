"""The model is chosen in a fixed order, and the re-upload is checked before it is loaded."""

from __future__ import annotations

import json
import shutil
from importlib import resources, util
from pathlib import Path

import pytest

from tailgraph.errors import ModelUnavailable
from tailgraph.nlp import models


def data_folder() -> Path:
    spec = util.find_spec(models.REUPLOAD)
    assert spec is not None and spec.origin is not None
    return next(Path(spec.origin).parent.glob("*/config.cfg")).parent


def test_a_named_model_comes_first() -> None:
    assert models.choose("my_model") == "my_model"


def test_an_official_model_comes_before_the_reupload(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = {"en_core_web_sm", models.REUPLOAD}
    monkeypatch.setattr("importlib.util.find_spec", lambda name: object() if name in installed else None)
    assert models.choose() == "en_core_web_sm"
    installed.add("en_core_web_trf")
    assert models.choose() == "en_core_web_trf"


def test_no_model_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ModelUnavailable, match="pip install"):
        models.choose()


def test_the_installed_reupload_has_the_known_sums() -> None:
    models.verify.cache_clear()
    models.verify(data_folder())


def test_every_file_that_spacy_loads_has_a_sum() -> None:
    sums = json.loads((resources.files("tailgraph.nlp") / "model-manifest.json").read_text())["files"]
    loaded = {str(f.relative_to(data_folder())) for f in data_folder().rglob("*") if f.is_file()}
    assert loaded - set(sums) == {"README.md", "meta.json"}


@pytest.mark.parametrize("change", ["altered", "missing"])
def test_a_changed_model_is_refused(tmp_path: Path, change: str) -> None:
    copy = tmp_path / "model"
    shutil.copytree(data_folder(), copy)
    victim = copy / "ner" / "moves"
    victim.chmod(0o644)
    if change == "altered":
        victim.write_bytes(victim.read_bytes() + b"\0")
    else:
        victim.unlink()
    with pytest.raises(ModelUnavailable, match="moves"):
        models.verify(copy)


def test_an_unknown_model_is_named_in_the_error() -> None:
    with pytest.raises(ModelUnavailable, match="no_such_model"):
        models.load("no_such_model")
