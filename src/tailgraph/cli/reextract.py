"""`tailgraph reextract`: stored reports read again by the present extractor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tailgraph.cli.output import as_json as json_text
from tailgraph.cli.output import cell
from tailgraph.cli.reading import reading
from tailgraph.errors import Incomplete, UsageError
from tailgraph.settings import Settings
from tailgraph.wording import many

if TYPE_CHECKING:
    from tailgraph.graph.store import Store

_SHORT = 12


@click.command("reextract")
@click.argument("targets", nargs=-1, required=True, metavar="all|PATH|ID...")
@click.option("--dry-run", is_flag=True, help="Only show what would differ.")
@reading
@click.option("--json", "is_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(settings: Settings, targets: tuple[str, ...], dry_run: bool = False, jobs: int = 1,
              model: str | None = None, lexicons: tuple[Path, ...] = (), is_json: bool = False) -> None:
    """Read stored reports again with the present extractor, and show what it reads otherwise.

    The old reading of each report is replaced as a whole; what the present extractor (program, model and
    lexicons) has read already is left alone. `all` means every report in the graph.
    """
    from contextlib import nullcontext

    from tailgraph.cli.opening import opened
    from tailgraph.cli.outline_readings import both_item, counted, show, texts
    from tailgraph.cli.progress import progress
    from tailgraph.graph.runs import run
    from tailgraph.ingest.extraction import Pool
    from tailgraph.ingest.reextraction import reextract
    from tailgraph.ingest.settle import settle

    reading = Pool(model or settings.model, (*settings.lexicons, *lexicons), jobs)
    with opened(settings) as store, reading as pool:
        ids = None if targets == ("all",) else _documents(store, targets)
        total = len(ids) if ids is not None else _count(store)
        contributing = nullcontext() if dry_run else run(store, "reextract")
        with contributing as node, progress("reports", total) as step:
            found = reextract(store, ids, pool, node, step)
        if not dry_run:
            settle(store)
        words = {} if is_json else texts(store, [one.id for one in found.differing])
    if is_json:
        click.echo(json_text(found.model_dump(mode="json")))
    else:
        verb = "would be read again" if dry_run else "read again"
        show(f"{many(found.read, 'report')} {verb}, {found.unchanged} left alone (read by this extractor "
             f"already): {counted(found.differing)}", [both_item(one, words) for one in found.differing])
    for id_, reason in found.refused:
        click.echo(cell(f"{id_[:_SHORT]}: {reason}"), err=True)
    if found.refused:
        raise Incomplete(f"Not read again: {many(len(found.refused), 'report')}; each keeps its old reading.")


def _documents(store: Store, targets: tuple[str, ...]) -> list[str]:
    from tailgraph.graph.shape import Label
    from tailgraph.ingest.retraction import resolve

    found = [source for target in targets for source in resolve(store, target)]
    for source in found:
        if source.kind != Label.DOCUMENT:
            raise UsageError(f"{source.name or source.id[:_SHORT]!r} is a {source.kind}, no report.",
                             remedy="Only reports are read again; flights follow from their files anyway.")
    return list(dict.fromkeys(source.id for source in found))


def _count(store: Store) -> int:
    return int(store.read("MATCH (d:Document) RETURN count(d) AS count")[0]["count"])
