"""The model is chosen in a fixed order, and the re-upload is checked before it is loaded."""

from __future__ import annotations

import json
import shutil
from importlib import resources, util
from pathlib import Path

import pytest
import spacy
from spacy.training import Example

from tailgraph.errors import ModelUnavailable
from tailgraph.nlp import models
from tailgraph.nlp.pipeline import Extractor
from tests.nlp import gold


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


@pytest.fixture(scope="module")
def pipeline_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.mark.parametrize(
    ("without", "told"),
    [
        ("tagger", "a tagger"),
        ("parser", "a parser"),
        ("attribute_ruler", "parts of speech"),
        ("lemmatizer", "a lemmatizer"),
        ("ner", "a name finder"),
    ],
)
@pytest.mark.filterwarnings("ignore:.*W108")
def test_a_model_that_lacks_a_part_is_refused_and_the_part_named(
    pipeline_dir: Path, without: str, told: str
) -> None:
    nlp = models.load(None)
    nlp.remove_pipe(without)
    nlp.to_disk(pipeline_dir / without)
    with pytest.raises(ModelUnavailable, match=f"lacks.*{told}") as refused:
        models.load(str(pipeline_dir / without))
    assert without in str(refused.value)


def test_a_model_of_another_language_is_refused(pipeline_dir: Path) -> None:
    spacy.blank("de").to_disk(pipeline_dir / "german")
    with pytest.raises(ModelUnavailable, match="reads 'de', not English"):
        models.load(str(pipeline_dir / "german"))


def test_a_model_with_other_labels_is_refused_and_they_are_named(pipeline_dir: Path) -> None:
    nlp = models.load(None)
    nlp.replace_pipe("ner", "ner")
    named = Example.from_dict(nlp.make_doc("Anna flew."), {"entities": [(0, 4, "PER")]})
    nlp.get_pipe("ner").initialize(lambda: [named], nlp=nlp)  # type: ignore[attr-defined]
    nlp.to_disk(pipeline_dir / "labels")
    with pytest.raises(ModelUnavailable, match="PERSON, ORG, GPE"):
        models.load(str(pipeline_dir / "labels"))


def test_parts_of_other_names_and_another_title_serve_and_are_told(pipeline_dir: Path) -> None:
    nlp = models.load(None)
    nlp.rename_pipe("ner", "names_of_our_own")
    nlp.meta.update({"name": "our_news", "version": "9.1"})
    nlp.to_disk(pipeline_dir / "renamed")
    own = Extractor.load(str(pipeline_dir / "renamed"))
    assert "en_our_news-9.1" in own.version
    report = gold.document(
        {
            "title": "Washington accuses an airline",
            "text": "The United States accused Mahan Air of carrying missiles to Syria in March.",
            "published": "2024-05-02",
            "publisher": "Example Wire",
        }
    )
    mine, standard = own.extract(report), Extractor.load().extract(report)
    assert standard.allegations
    assert mine.allegations == standard.allegations and mine.mentions == standard.mentions
