"""`tailgraph legs`: the flights in track files, without any server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tailgraph.cli.output import as_json as json_text
from tailgraph.cli.output import cell
from tailgraph.errors import Incomplete, InputRefused, UsageError
from tailgraph.wording import many

if TYPE_CHECKING:
    from tailgraph.flights.positions import Positions
    from tailgraph.flights.readers import Reading
    from tailgraph.graph.model import Bearing, Flight, FlightEnd

_SHOWN_REASONS = 5
_COLUMNS = ("Aircraft", "Call signs", "Seen (UTC)", "From", "To", "Over", "Night", "Gaps")


@click.command("legs")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list of flights.")
@click.option("--aircraft", metavar="MARK", help="Address or registration for files that name no aircraft.")
@click.option("--night", "limit", type=click.Choice(["sunset", "civil", "nautical"]), default="sunset",
              show_default=True, help="Where night begins: sun at -0.833, -6 or -12 degrees.")
def command(paths: tuple[Path, ...], as_json: bool, aircraft: str | None, limit: str) -> None:
    """Show the flights in track files (traces, CSV …; folders are walked)."""
    from tailgraph.flights import positions as columns
    from tailgraph.flights.derive import derive
    from tailgraph.flights.gaps import classify
    from tailgraph.flights.sun import LIMITS_DEG

    read, refused = _read(paths, aircraft)
    joined = columns.concat(read)
    flights = classify(derive(joined, night_limit_deg=LIMITS_DEG[limit], overflown=True), joined)
    _print_json(flights) if as_json else _print_table(flights)
    if refused:
        raise Incomplete(f"{len(refused)} of the files could not be read: {', '.join(refused[:5])}.")


def _read(paths: tuple[Path, ...], aircraft: str | None) -> tuple[list[Positions], list[str]]:
    """Positions of all files that can be read, and the names of the others; both accounts go to stderr."""
    from tailgraph.flights.readers.batch import read_each

    read: dict[str, Positions] = {}
    refused: list[str] = []
    for name, result in read_each(paths, aircraft):
        if isinstance(result, InputRefused):
            click.echo(cell(f"tailgraph: {result}"), err=True)
            refused.append(name)
        else:
            _report(name, result)
            read[result.digest] = result.positions
    if not read and not refused:
        raise UsageError("There are no files there.", remedy="Name track files or folders of them.")
    return list(read.values()), refused


def _report(name: str, reading: Reading) -> None:
    if not reading.refused_count:
        return
    rows = many(reading.rows, "row")
    click.echo(cell(f"{name}: {reading.refused_count} of {rows} left out or mended."), err=True)
    for row in reading.refused[:_SHOWN_REASONS]:
        click.echo(cell(f"  {row.where}: {row.why}"), err=True)
    if reading.refused_count > _SHOWN_REASONS:
        click.echo(f"  … and {reading.refused_count - _SHOWN_REASONS} more", err=True)


def _print_json(flights: list[Flight]) -> None:
    dumped = [{"id": flight.id, **flight.model_dump(mode="json")} for flight in flights]
    click.echo(json_text(dumped))


def _print_table(flights: list[Flight]) -> None:
    from tailgraph.cli.output import emit
    from tailgraph.flights.visits import propose

    emit(_COLUMNS, list(map(_row, flights)), "table")
    for visit in propose(flights):
        window = f"between {visit.earliest:%Y-%m-%d %H:%M} and {visit.latest:%Y-%m-%d %H:%M}"
        aircraft = visit.before.partition("@")[0]
        click.echo(f"Perhaps a visit that nobody saw: {aircraft} at {visit.airport} {window} "
                   f"({visit.score:.0%} of what fits).")
    click.echo("A ? marks an airport that a track only points to, with how well it fits among its rivals.")


def _row(flight: Flight) -> tuple[str, ...]:
    return (_aircraft(flight), " ".join(flight.callsigns), _seen(flight),
            _end(flight.departure, flight.appeared_from), _end(flight.arrival, flight.vanished_toward),
            " ".join(dict.fromkeys(over.country for over in flight.overflew)), flight.night.value,
            _gaps(flight))


def _aircraft(flight: Flight) -> str:
    names = (flight.registration, flight.icao24, flight.type_designator)
    return "\n".join(filter(None, names)) or "not named"


def _seen(flight: Flight) -> str:
    first, last = flight.first_seen, flight.last_seen
    return f"{first:%Y-%m-%d %H:%M}\n{last:%Y-%m-%d %H:%M}"


def _end(claimed: FlightEnd | None, pointer: Bearing | None) -> str:
    if claimed is not None:
        return f"{claimed.airport} {claimed.method.value}\n{claimed.earliest:%H:%M}–{claimed.latest:%H:%M}"
    if pointer is None:
        return "unknown"
    best = pointer.candidates[0]
    return f"{pointer.airport}? {best.score:.0%}\n{pointer.bearing_deg:.0f}° {pointer.distance_nm:.0f} nm"


def _gaps(flight: Flight) -> str:
    minutes = [(gap.after.time - gap.before.time).total_seconds() / 60 for gap in flight.gaps]
    return "\n".join(f"{length:.0f} min {gap.gap_class.value}"
                     for length, gap in zip(minutes, flight.gaps, strict=True))
