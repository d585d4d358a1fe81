"""The forms that a graph can be exported in, and how one is written: whole, or not at all."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from tailgraph.errors import UsageError
from tailgraph.graph.export import csv_files, cypher, ftm, gexf, graphml, stix
from tailgraph.graph.export.contents import Contents
from tailgraph.graph.export.losses import Losses


@dataclass(frozen=True, slots=True)
class Form:
    """`passes`: how often all nodes are gone through. A folder's form writes into a folder."""

    name: str
    suffix: str
    passes: int
    to_file: Callable[[Contents, TextIO, Losses], None] | None = None
    to_folder: Callable[[Contents, Path, Losses], None] | None = None


FORMS = {form.name: form for form in (
    Form("graphml", ".graphml", 2, graphml.write), Form("gexf", ".gexf", 2, gexf.write),
    Form("ftm", ".ftm.json", 1, ftm.write), Form("stix", ".stix.json", 1, stix.write),
    Form("csv", "", 2, to_folder=csv_files.write), Form("cypher", ".cypher", 2, cypher.write))}


def export(form: Form, contents: Contents, target: Path | TextIO) -> Losses:
    """Write to a stream, a file (replaced if it is there) or a folder (which must not be there, or be empty).

    Beside a file or folder its report is put, as NAME.losses.json. Raises UsageError where the target cannot
    be written.
    """
    losses = Losses()
    contents.note_records()
    if not isinstance(target, Path):
        _to_file(form, contents, target, losses)
    elif form.to_folder:
        with _new_folder(target) as folder:
            form.to_folder(contents, folder, losses)
    else:
        with _new_file(target) as out:
            _to_file(form, contents, out, losses)
    for (what, why), count in contents.skipped.items():
        losses.lose(what, why, count)
    if isinstance(target, Path):
        with _new_file(report_beside(target)) as out:
            out.write(json.dumps(losses.as_json(form.name), indent=1) + "\n")
    return losses


def report_beside(target: Path) -> Path:
    return target.with_name(f"{target.name}.losses.json")


def _to_file(form: Form, contents: Contents, out: TextIO, losses: Losses) -> None:
    if form.to_file is None:
        raise UsageError(f"{form.name} is a folder of files.", remedy="Name a folder with --out.")
    form.to_file(contents, out, losses)


@contextmanager
def _new_file(path: Path) -> Iterator[TextIO]:
    """Appears under its name when it is whole."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror or error}.", where=str(path),
                         remedy="Name another file with --out.") from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _new_folder(path: Path) -> Iterator[Path]:
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise UsageError("is there already and not empty.", where=str(path),
                         remedy="Name a folder that does not exist yet.")
    part = path.with_name(f".{path.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        yield part
        if path.exists():
            path.rmdir()
        part.replace(path)
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror or error}.", where=str(path),
                         remedy="Name another folder with --out.") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
