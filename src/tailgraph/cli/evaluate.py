"""`tailgraph evaluate`: extraction scored against annotated reports."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tailgraph.errors import InputRefused, UsageError
from tailgraph.wording import many

if TYPE_CHECKING:
    from tailgraph.nlp.evaluate import Scores
    from tailgraph.settings import Settings

Pair = tuple[str, dict[str, Any], dict[str, Any]]


@click.command("evaluate")
@click.argument("gold", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="GOLD_DIR")
@click.option(
    "--predicted",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="Score these extractions (STEM.json) instead of extracting now.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--errors", is_flag=True, help="List each miss and each wrong find first.")
@click.option("--model", metavar="NAME", help="A spaCy model of yours instead of the installed one.")
@click.pass_obj
def command(
    settings: Settings | None,
    gold: Path,
    predicted: Path | None,
    as_json: bool,
    errors: bool,
    model: str | None,
) -> None:
    """Score extraction against the annotated reports in GOLD_DIR (NNN-slug.json)."""
    from tailgraph.nlp import evaluate

    files = sorted(gold.glob("[0-9]*.json"))
    if not files:
        raise UsageError(
            "There are no annotated reports here.",
            where=str(gold),
            remedy="Name a folder that holds files such as 201-night-flights.json.",
        )
    pairs = _extracted_before(files, predicted) if predicted else _extracted_now(files, settings, model)
    scores = evaluate.score(pairs)
    if errors:
        click.echo("\n".join(scores.errors))
    click.echo(_as_json(scores) if as_json else _as_table(scores))


def _extracted_before(files: list[Path], folder: Path) -> Iterator[Pair]:
    for file in files:
        found = folder / file.name
        yield file.stem, _read(file), _read(found) if found.is_file() else {}


def _extracted_now(files: list[Path], settings: Settings | None, model: str | None) -> Iterator[Pair]:
    from datetime import date

    from tailgraph.graph.model import Document
    from tailgraph.nlp.pipeline import Extractor
    from tailgraph.nlp.report_form import report_form

    extractor = Extractor.load(
        model or (settings.model if settings else None), settings.lexicons if settings else ()
    )
    with click.progressbar(files, label="Extracting", file=sys.stderr) as progress:
        for file in progress:
            gold = _read(file)
            published = gold.get("published")
            document = Document(
                title=gold.get("title", ""),
                text=gold["text"],
                publisher=gold.get("publisher"),
                published=date.fromisoformat(published) if published else None,
            )
            yield file.stem, gold, report_form(extractor.extract(document))


def _read(file: Path) -> dict[str, Any]:
    try:
        report: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputRefused(
            f"It is no report that can be read: {error}.",
            where=str(file),
            remedy="Mend the file or take it out of the folder.",
        ) from error
    return report


def _as_table(scores: Scores) -> str:
    lines = [f"{many(scores.reports, 'article')}"]
    lines += [
        f"{name:22} P {t.precision:.3f}  R {t.recall:.3f}  F1 {t.f1:.3f}  ({t.gold})"
        for name, t in scores.ordered()
    ]
    return "\n".join(lines)


def _as_json(scores: Scores) -> str:
    return json.dumps(
        {
            name: {
                "precision": round(t.precision, 3),
                "recall": round(t.recall, 3),
                "f1": round(t.f1, 3),
                "gold": t.gold,
            }
            for name, t in scores.ordered()
        },
        indent=1,
    )
