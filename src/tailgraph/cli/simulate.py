"""`tailgraph simulate`: tracking data with known truth."""

from __future__ import annotations

from pathlib import Path

import click

from tailgraph.wording import many


@click.command("simulate")
@click.argument("scenario", metavar="SCENARIO.json",
                type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--out", required=True, metavar="DIR", type=click.Path(path_type=Path, file_okay=False),
              help="Folder for positions.csv, traces and truth.json.")
@click.option("--format", "form", type=click.Choice(["csv", "traces", "both"]), default="csv",
              show_default=True, help="Tailgraph CSV, readsb trace_full files by day, or both.")
@click.option("--gzip", "zipped", is_flag=True, help="Compress the traces (their names stay .json).")
def command(scenario: Path, out: Path, form: str, zipped: bool) -> None:
    """Fly a scenario and write what its receivers hear, and what really happened.

    docs/flights.md describes the scenario's form. The same scenario always gives the same files.
    """
    from tailgraph.flights import scenario as scenarios
    from tailgraph.flights import simulate, writing

    made = simulate.simulate(scenarios.load(scenario))
    out.mkdir(parents=True, exist_ok=True)
    if form in ("csv", "both"):
        with (out / "positions.csv").open("w", encoding="utf-8", newline="") as file:
            writing.write_csv(made.positions, file)
    if form in ("traces", "both"):
        writing.write_traces(made.positions, out / "traces", zipped=zipped)
    truth = ",\n".join(leg.model_dump_json() for leg in made.truth)
    (out / "truth.json").write_text(f"[\n{truth}\n]\n", encoding="utf-8")
    click.echo(f"{many(len(made.truth), 'leg')}, {many(len(made.positions), 'report')} in {out}.", err=True)
