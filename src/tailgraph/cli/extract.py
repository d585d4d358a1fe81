"""`tailgraph extract`: what would be taken out of reports, without any server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tailgraph.cli.output import cell
from tailgraph.errors import Incomplete, InputRefused, UsageError
from tailgraph.wording import many

# Longer lines are hard to read, however wide the terminal.
_WIDTH = 100

if TYPE_CHECKING:
    from tailgraph.graph.model import Extraction
    from tailgraph.nlp.pipeline import Extractor
    from tailgraph.settings import Settings


@click.command("extract")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--json", "as_json", is_flag=True, help="Print JSON: one object, or a list for several reports."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write one STEM.json for each report STEM.*.",
)
@click.option("--explain", is_flag=True, help="Show the marked text and the rule behind each claim.")
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="With --explain: write it as one HTML page instead.",
)
@click.option(
    "--lexicon",
    "lexicons",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A CSV of your own names: kind,name,key,aliases,country. May be given several times.",
)
@click.option("--model", metavar="NAME", help="A spaCy model of yours instead of the installed one.")
@click.pass_obj
def command(
    settings: Settings | None,
    paths: tuple[str, ...],
    as_json: bool,
    out: Path | None,
    explain: bool,
    page: Path | None,
    lexicons: tuple[Path, ...],
    model: str | None,
) -> None:
    """Show what would be taken out of reports (text, Markdown, HTML, PDF, JSON; "-" for standard input)."""
    from tailgraph.nlp.pipeline import Extractor

    named = model or (settings.model if settings else None)
    extractor = Extractor.load(named, [*(settings.lexicons if settings else ()), *lexicons])
    refused: list[str] = []
    extracted = _extractions(extractor, paths, refused)
    if out:
        _write(extracted, out)
    elif as_json:
        _print_json([extraction for _, extraction in extracted])
    elif page:
        _write_page([extraction for _, extraction in extracted], page)
    else:
        for _, extraction in extracted:
            _show(extraction, explain)
    if refused:
        raise Incomplete(f"{len(refused)} of the inputs could not be read: {', '.join(refused[:5])}.")


def _extractions(
    extractor: Extractor, paths: tuple[str, ...], refused: list[str]
) -> Iterator[tuple[str, Extraction]]:
    """Stem and extraction of each input that can be read; the others are named on standard error."""
    from tailgraph.ingest import article, sources

    for source in sources.expand(paths):
        try:
            loaded = article.load(source)
        except InputRefused as error:
            click.echo(cell(f"tailgraph: {error}"), err=True)
            refused.append(source.name)
            continue
        for note in loaded.notes:
            click.echo(cell(f"{source.name}: {note}"), err=True)
        extraction = extractor.extract(loaded.document)
        if extraction.document.language != "en":
            click.echo(cell(f"{source.name}: This report is not in English ({extraction.document.language}); "
                            "only what needs no grammar was taken out."), err=True)
        yield (source.path.stem if source.path else "stdin"), extraction


def _write(extracted: Iterator[tuple[str, Extraction]], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    written: set[str] = set()
    for stem, extraction in extracted:
        if stem in written:
            raise UsageError(
                f"Two reports are named {stem}; the second would overwrite the first.",
                where=str(folder),
                remedy="Rename one of them.",
            )
        written.add(stem)
        (folder / f"{stem}.json").write_text(_dump(extraction) + "\n", encoding="utf-8")
    click.echo(f"{many(len(written), 'extraction')} written to {folder}.", err=True)


def _dump(extraction: Extraction) -> str:
    import json

    from tailgraph.nlp.report_form import report_form

    return json.dumps(report_form(extraction), ensure_ascii=False, indent=1)


def _print_json(extractions: list[Extraction]) -> None:
    if len(extractions) == 1:
        click.echo(_dump(extractions[0]))
    else:
        click.echo("[" + ",\n".join(_dump(extraction) for extraction in extractions) + "]")


def _show(extraction: Extraction, explain: bool) -> None:
    from shutil import get_terminal_size

    from tailgraph.nlp import explain as views

    width = min(get_terminal_size((_WIDTH, 24)).columns, _WIDTH)
    click.echo(views.terminal(extraction, marked=explain, width=width))


def _write_page(extractions: list[Extraction], page: Path) -> None:
    from tailgraph.nlp import explain as views

    page.write_text(views.html(extractions), encoding="utf-8")
    click.echo(f"Written to {page}.", err=True)
