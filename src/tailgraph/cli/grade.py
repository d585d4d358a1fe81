"""`tailgraph grade`: how reliable a publisher and how credible a claim is, graded by people, with history."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tailgraph.cli.author import author, by_option
from tailgraph.cli.output import cell, emit, formats
from tailgraph.errors import UsageError
from tailgraph.settings import Settings
from tailgraph.wording import many

if TYPE_CHECKING:
    from tailgraph.graph.grades import Grade
    from tailgraph.graph.store import Store

_SHORT = 12
_SHEET = ("publisher", "reliability", "reason", "by", "at", "reports")


@click.group("grade")
def command() -> None:
    """Grade publishers (A to F) and claims (1 to 6), apart.

    A grade never changes what was read from a report: the extractor's own view of a claim stays beside it.
    Grades stay when reports are taken out, and hold again when they come back.
    """


def _reason(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--reason", required=True, metavar="TEXT", help="Why, kept with the grade.")(function)


@command.command()
@click.argument("name")
@click.argument("grade", metavar="A-F")
@_reason
@by_option
@click.pass_obj
def publisher(settings: Settings, name: str, grade: str, reason: str, by: str | None) -> None:
    """Grade a publisher: A reliable, B usually, C fairly, D not usually, E unreliable, F cannot be judged."""
    from tailgraph.graph import grades
    from tailgraph.graph.grades import Scale

    with _opened(settings) as store:
        id_ = grades.publisher(store, name)
        given = grades.graded(Scale.PUBLISHER, id_, id_, grade, author(by), reason)
        _give(store, [given])


@command.command()
@click.argument("id_", metavar="ID")
@click.argument("grade", metavar="1-6")
@_reason
@by_option
@click.pass_obj
def claim(settings: Settings, id_: str, grade: str, reason: str, by: str | None) -> None:
    """Grade a claim: 1 confirmed, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 open.

    ID may be shortened before its sign, as for `tailgraph explain`. The grade holds for the claim as it is
    read now: one that a later extractor reads otherwise is not graded by it.
    """
    from tailgraph.graph import grades
    from tailgraph.graph.evidence import lookup
    from tailgraph.graph.grades import Scale
    from tailgraph.graph.shape import CLAIMS

    with _opened(settings) as store:
        label, whole = lookup.find(store, id_)
        if label not in CLAIMS:
            raise UsageError(f"{id_!r} is no claim but {label}.", remedy="Give the id of a claim.")
        given = grades.graded(Scale.CLAIM, grades.reading(store, whole), whole, grade, author(by), reason)
        _give(store, [given])


@command.command("list")
@click.option("--all", "with_all", is_flag=True, help="Also those that were taken back or given anew.")
@formats
@click.pass_obj
def list_(settings: Settings, style: str, with_all: bool = False) -> None:
    """List the grades that stand, or all that were ever given."""
    from tailgraph.graph import grades

    with _opened(settings) as store:
        every = grades.read(store)
        stands = {grade.id for grade in grades.standing(every).values()}
        shown = [grade for grade in every if with_all or grade.id in stands]
        rows = [_row(grade, grade.id in stands, present) for present in [grades.present(store, shown)]
                for grade in shown]
    emit(("id", "of", "subject", "grade", "meaning", "by", "at", "reason", "state"), rows, style)


@command.command()
@click.argument("id_", metavar="ID")
@by_option
@click.pass_obj
def undo(settings: Settings, id_: str, by: str | None) -> None:
    """Take a grade back; what stood before it stands again. ID is that of `grade list`, or its beginning."""
    from tailgraph.graph import grades

    with _opened(settings) as store:
        gone = grades.undo(store, id_, author(by))
        now = grades.stands(store, gone.scale, gone.about)
    after = f"{now.value}, given by {now.by}" if now else "not graded"
    click.echo(cell(f"{gone.subject}: {gone.value} taken back; now {after}."), err=True)


@command.command()
@click.option("-o", "--output", type=click.File("w", encoding="utf-8"), default="-", metavar="FILE",
              help="Where to; without, standard output.")
@click.pass_obj
def export(settings: Settings, output: Any) -> None:
    """Write a table (CSV) of all publishers with their grades, to be edited and read back by `import`."""
    from tailgraph.cli.output import as_csv
    from tailgraph.graph import grades
    from tailgraph.graph.grades import Scale

    with _opened(settings) as store:
        counted = grades.publishers(store)
        stands = {grade.subject: grade for grade in grades.standing(grades.read(store)).values()
                  if grade.scale is Scale.PUBLISHER}
    rows = [(name, *(getattr(stands.get(name), field, None) for field in ("value", "reason", "by")),
             f"{stands[name].at:%Y-%m-%d}" if name in stands else None, counted.get(name, 0))
            for name in sorted(counted.keys() | stands.keys())]
    output.write(as_csv(_SHEET, rows))


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@by_option
@click.pass_obj
def import_(settings: Settings, file: Path, by: str | None, dry_run: bool = False) -> None:
    """Read a table (CSV) of publishers: `publisher`, `reliability` and, if there is one, `reason`.

    A grade is given where the table's differs from what stands; rows without one are left alone. A publisher
    need not be in the graph yet. All rows are taken, or none.
    """
    from tailgraph.graph import grades
    from tailgraph.graph.grades import Scale

    with _opened(settings) as store:
        stands = grades.standing(grades.read(store))
        given = [grade for name, value, reason in _sheet(file)
                 for grade in [_graded(name, value, reason or f"table {file.name}", author(by), file)]
                 if not (old := stands.get((Scale.PUBLISHER, grade.about))) or old.value != grade.value]
        for grade in given:
            before = stands.get((Scale.PUBLISHER, grade.about))
            click.echo(cell(f"{grade.subject}: {before.value if before else 'not graded'} → {grade.value}"))
        if not dry_run:
            grades.give(store, given)
    verb = "would be given" if dry_run else "given"
    click.echo(f"{many(len(given), 'grade')} {verb}.", err=True)


# --- what several share ------------------------------------------------------------------------------------


def _sheet(file: Path) -> Iterator[tuple[str, str, str]]:
    """Name, grade and reason of each row that has a grade; raises UsageError for a table of another form."""
    import csv

    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            table = csv.DictReader(opened)
            if not {"publisher", "reliability"} <= set(table.fieldnames or ()):
                raise UsageError("The table has no columns `publisher` and `reliability`.", where=str(file),
                                 remedy="`tailgraph grade export` writes one.")
            rows = [(row["publisher"], row["reliability"], row.get("reason")) for row in table]
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"This is no CSV in UTF-8: {error}.", where=str(file),
                         remedy="`tailgraph grade export` writes one.") from error
    for name, value, reason in rows:
        if name and (value or "").strip():
            yield _bare(name), value.strip(), _bare(reason or "")


def _bare(text: str) -> str:
    """Without the mark that keeps a spreadsheet from running a cell."""
    text = text.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in "=+-@" and len(text) > 1 else text


def _graded(name: str, value: str, reason: str, by: str, file: Path) -> Grade:
    from tailgraph.graph import grades, keys
    from tailgraph.graph.grades import Scale

    id_ = keys.clean_name(name)
    try:
        return grades.graded(Scale.PUBLISHER, id_, id_, value, by, reason)
    except UsageError as error:
        raise UsageError(f"{name}: {error.message}", where=str(file), remedy=error.remedy) from error


def _give(store: Store, given: list[Grade]) -> None:
    from tailgraph.graph import grades

    grades.give(store, given)
    for grade in given:
        click.echo(cell(f"{grade.subject}: {grade.value}, {grade.scale.words[grade.value]} "
                        f"(grade {grade.id[:_SHORT]}, by {grade.by})"))


def _row(grade: Grade, stands: bool, present: set[str]) -> tuple[object, ...]:
    from tailgraph.graph.grades import Scale

    if grade.revoked_at:
        state = f"taken back on {grade.revoked_at:%Y-%m-%d} by {grade.revoked_by}"
    elif not stands:
        state = "given anew since"
    elif grade.scale is Scale.CLAIM and grade.id not in present:
        state = "stands, but no claim here reads so now"
    else:
        state = "stands"
    return (grade.id[:_SHORT], str(grade.scale), grade.subject, grade.value, grade.scale.words[grade.value],
            grade.by, f"{grade.at:%Y-%m-%dT%H:%M:%SZ}", grade.reason, state)


def _opened(settings: Settings) -> Store:
    from tailgraph.graph import server
    from tailgraph.graph.store import Store

    return Store(server.connect(settings))
