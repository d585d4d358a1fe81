"""`tailgraph paths`: how two entities are connected."""

from __future__ import annotations

import click

from tailgraph.cli.output import as_json
from tailgraph.errors import UsageError
from tailgraph.graph.shape import ENTITIES, Label
from tailgraph.settings import Settings

_KINDS = click.Choice([kind.value for kind in ENTITIES], case_sensitive=False)
_VIEWS = ("statements", "flights", "identity", "claims", "speech", "mentions")


@click.command("paths")
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO")
@click.option("-k", "--paths", "most", type=click.IntRange(1, 50), default=3, show_default=True,
              help="At most this many paths.")
@click.option("--max-length", type=click.IntRange(1, 8), default=4, show_default=True,
              help="At most this many steps.")
@click.option("--facts-only", is_flag=True,
              help="Only what tables, rules and tracks say, and what was judged to be one: no claims.")
@click.option("--mentions", "with_mentions", is_flag=True, help="Also two names in one sentence.")
@click.option("--view", "views", type=click.Choice(_VIEWS), multiple=True, help="Only these views.")
@click.option("--through", type=_KINDS, metavar="KIND", multiple=True,
              help="May lead through this kind too: Country, AircraftType and Weapon do not by default.")
@click.option("--without", type=_KINDS, metavar="KIND", multiple=True,
              help="Must not lead through this kind.")
@click.option("--hub", type=click.IntRange(1), default=1_000, show_default=True,
              help="Must not lead through what has more relationships than this.")
@click.option("--evidence", type=click.IntRange(1, 100), default=3, show_default=True,
              help="List at most this many items behind a step in each view.")
@click.option("--json", "is_json", is_flag=True, help="Print one JSON object.")
@click.option("--markdown", "is_markdown", is_flag=True, help="Print Markdown.")
@click.pass_obj
def command(settings: Settings, start: str, end: str, most: int, max_length: int, facts_only: bool,
            with_mentions: bool, views: tuple[str, ...], through: tuple[str, ...], without: tuple[str, ...],
            hub: int, evidence: int, is_json: bool, is_markdown: bool) -> None:
    """Show the shortest ways from one entity to another, and what every step rests on.

    FROM and TO are ids or whole names, or KIND:ID where several entities have that id. A step is a fact
    where a table, a rule or a track says it, and a claim where somebody says it: that is then shown with
    who says it and who denies it. Of paths of one length, those with more facts come first. No path found
    means none within these bounds.
    """
    from tailgraph.cli import outline
    from tailgraph.cli.outline_paths import paths_outline
    from tailgraph.graph import server
    from tailgraph.graph.analysis import paths
    from tailgraph.graph.analysis.neighbourhood import Bounds
    from tailgraph.graph.evidence import lookup
    from tailgraph.graph.store import Store

    if is_json and is_markdown:
        raise UsageError("--json and --markdown exclude one another.", remedy="Give one of them.")
    bounds = Bounds(_views(facts_only, with_mentions, views), chosen_kinds(through, without), hub)
    with Store(server.connect(settings), prepare=False) as store:
        one, other = (lookup.find(store, text, ENTITIES) for text in (start, end))
        found = paths.find(store, one, other, bounds, most=most, max_length=max_length, evidence=evidence)
    if is_json:
        click.echo(as_json(found.model_dump(mode="json")))
        return
    root = paths_outline(found)
    click.echo(outline.markdown(root) if is_markdown else outline.tree(root), nl=False)


def _views(facts_only: bool, with_mentions: bool, named: tuple[str, ...]) -> tuple[str, ...]:
    if (facts_only and (with_mentions or named)) or (with_mentions and named):
        raise UsageError("--facts-only, --mentions and --view exclude one another.",
                         remedy="Give one of them.")
    if named:
        return tuple(name for name in _VIEWS if name in named)
    return _VIEWS[:3] if facts_only else _VIEWS if with_mentions else _VIEWS[:5]


def chosen_kinds(more: tuple[str, ...], without: tuple[str, ...]) -> tuple[Label, ...]:
    from tailgraph.graph.analysis.neighbourhood import SHARED_BY_MANY

    if both := set(more) & set(without):
        raise UsageError(f"{sorted(both)[0]} is given to --through and to --without.", remedy="Choose one.")
    shut = {*SHARED_BY_MANY, *without} - set(more)
    return tuple(kind for kind in ENTITIES if kind not in shut)
