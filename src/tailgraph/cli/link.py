"""`tailgraph link`: reported flights tested against tracked ones."""

from __future__ import annotations

import click

from tailgraph.settings import Settings


@click.command("link")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as one JSON object.")
@click.pass_obj
def command(settings: Settings, as_json: bool) -> None:
    """Test every reported flight against the tracked ones again.

    Ingest and retract do this at their end. Do it by hand after the graph was changed by other means; where
    nothing changed, it changes nothing.
    """
    import json
    from dataclasses import asdict

    from tailgraph.graph import corroborate, server
    from tailgraph.graph.store import Store

    with Store(server.connect(settings)) as store:
        summary = corroborate.link(store)
    if as_json:
        click.echo(json.dumps(asdict(summary)))
        return
    for name, count in asdict(summary).items():
        click.echo(f"{name.replace('_', ' ')}: {count}")
