"""`tailgraph identity`: which entities are one, judged by people and never by likeness alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tailgraph.cli.author import author, by_option
from tailgraph.cli.output import cell, emit, formats
from tailgraph.errors import UsageError
from tailgraph.settings import Settings
from tailgraph.wording import many

if TYPE_CHECKING:
    from tailgraph.graph.identity.candidates import Proposals
    from tailgraph.graph.identity.clusters import Cluster
    from tailgraph.graph.identity.decide import Outcome, Pair
    from tailgraph.graph.identity.judgement import Judgement
    from tailgraph.graph.model import Kind
    from tailgraph.graph.store import Store

F = TypeVar("F", bound=Callable[..., Any])
# As in graph.identity.judgement, which is not imported before it is needed.
KINDS = ("Aircraft", "Operator", "Airport", "Place", "Weapon", "Organization", "Person")
_COLUMNS = ("kind", "left", "right", "verdict", "by", "at", "reason", "revoked_at", "revoked_by")


@click.group("identity")
def command() -> None:
    """Judge which entities are one.

    Nothing is merged but by a verdict of yours, and every verdict can be taken back.
    """


def kind_option(function: F) -> F:
    return click.option("--kind", type=click.Choice(KINDS, case_sensitive=False), metavar="LABEL",
                        help="What they are: Aircraft, Operator, Person …")(function)


def _pair(function: Callable[..., Any]) -> Callable[..., Any]:
    """The arguments and options of a verdict."""
    for decorate in (
            click.pass_obj,
            click.option("--replace", is_flag=True, help="Even if another verdict stands; it is revoked."),
            click.option("--why", metavar="TEXT", help="The reason, kept with the verdict."),
            by_option, kind_option, click.argument("right"), click.argument("left")):
        function = decorate(function)
    return function


@command.command()
@_pair
def same(settings: Settings, left: str, right: str, kind: str | None, by: str | None, why: str | None,
         replace: bool) -> None:
    """Judge that two entities are one; whatever reads the graph sees them as one from then on.

    LEFT and RIGHT are ids, as the questions of the library print them, or beginnings that no other id shares.
    """
    _judge(settings, "same", left, right, kind, by, why, replace)


@command.command()
@_pair
def different(settings: Settings, left: str, right: str, kind: str | None, by: str | None, why: str | None,
              replace: bool) -> None:
    """Judge that two entities are not one, whatever else is judged."""
    _judge(settings, "different", left, right, kind, by, why, replace)


@command.command()
@_pair
def unsure(settings: Settings, left: str, right: str, kind: str | None, by: str | None, why: str | None,
           replace: bool) -> None:
    """Say that you looked and could not tell; the pair is not proposed again."""
    _judge(settings, "unsure", left, right, kind, by, why, replace)


@command.command()
@click.argument("left")
@click.argument("right")
@kind_option
@by_option
@click.pass_obj
def undo(settings: Settings, left: str, right: str, kind: str | None, by: str | None) -> None:
    """Take the standing verdict on two entities back.

    The graph is then as if it had not been given; the verdict itself is kept as history.
    """
    from tailgraph.cli.opening import opened
    from tailgraph.graph.identity import decide
    from tailgraph.ingest.settle import settle

    with opened(settings) as store:
        pair = _standing_pair(decide.read(store), left, right, kind)
        revoked = decide.undo(store, [pair], author(by))
        settle(store)
    for judgement in revoked:
        click.echo(cell(f"Taken back: {sentence(judgement)}."))


@command.command()
@kind_option
@click.option("--least", type=click.FloatRange(0, 1), default=0.6, show_default=True,
              help="Only pairs that score at least this.")
@click.option("--limit", type=click.IntRange(1, 1_000_000), default=100, show_default=True,
              help="At most this many pairs, the best first.")
@formats
@click.pass_obj
def propose(settings: Settings, kind: str | None, style: str, least: float = 0.6, limit: int = 100) -> None:
    """List pairs that may be one, best first, with a score and reasons; nothing is merged.

    Names are compared by sound, spelling, initials and what they share; numbers, directions and states must
    agree. Registrations, addresses and codes are never compared by likeness: two aircraft are proposed where
    sources give both the same address or serial number. `tailgraph review` shows the pairs one by one.
    """
    from tailgraph.graph import server
    from tailgraph.graph.store import Store

    with Store(server.connect(settings), prepare=False) as store:
        found = proposals(store, kind, least)
    rows = [(one.kind.value, one.left, one.right, one.score, "likely" if one.is_likely else "possible",
             list(one.reasons)) for one in found.candidates[:limit]]
    emit(("kind", "left", "right", "score", "rank", "reasons"), rows, style)
    if len(found.candidates) > limit:
        click.echo(f"There are {len(found.candidates)}; --limit raises that.", err=True)
    remark_on(found)


@command.command("list")
@kind_option
@click.option("--all", "with_revoked", is_flag=True, help="Also what was taken back.")
@click.option("--clusters", "as_clusters", is_flag=True, help="Who is one with whom, taken together.")
@click.option("--conflicts", "only_conflicts", is_flag=True,
              help="Only clusters that hold a pair judged different; they are not merged.")
@formats
@click.pass_obj
def list_(settings: Settings, kind: str | None, style: str, with_revoked: bool = False,
          as_clusters: bool = False, only_conflicts: bool = False) -> None:
    """List the verdicts, oldest first, or what they come to."""
    from tailgraph.graph import server
    from tailgraph.graph.identity import decide
    from tailgraph.graph.identity.clusters import clusters
    from tailgraph.graph.store import Store

    with Store(server.connect(settings), prepare=False) as store:
        found = [one for one in decide.read(store) if kind is None or one.kind == kind]
    if as_clusters or only_conflicts:
        shown = [_cluster_row(cluster) for cluster in clusters(found)
                 if cluster.conflicts or not only_conflicts]
        emit(("kind", "members", "merged", "judged_by", "conflicts"), shown, style)
        return
    emit(_COLUMNS, [row(one) for one in found if one.stands or with_revoked], style)


def row(judgement: Judgement) -> tuple[Any, ...]:
    values = judgement.model_dump(mode="json")
    return tuple(values[column] for column in _COLUMNS)


def _cluster_row(cluster: Cluster) -> tuple[Any, ...]:
    members = sorted(id_ for _, id_ in cluster.members)
    judges = sorted({judgement.by for judgement in cluster.judgements})
    return (cluster.judgements[0].kind.value, members, cluster.is_merged, judges,
            list(map(sentence, cluster.conflicts)))


# --- what several commands share ---------------------------------------------------------------------------


def proposals(store: Store, kind: str | None, least: float) -> Proposals:
    from tailgraph.graph.identity import candidates, decide, known
    from tailgraph.graph.model import Kind

    entities = known.known(store, Kind(kind) if kind else None)
    return candidates.propose(entities, decide.read(store), least)


def remark_on(found: Proposals) -> None:
    """Say what was not looked at."""
    if found.passed_over:
        click.echo("Not compared, for sharing words with too many others: "
                   f"{many(found.passed_over, 'name')}; judge those by id.", err=True)


def sentence(judgement: Judgement) -> str:
    """A verdict in words."""
    said = {"same": "are the same", "different": "are different", "unsure": "may be the same"}
    reason = f" ({judgement.reason})" if judgement.reason else ""
    return (f"{judgement.kind} {judgement.left} and {judgement.right} {said[judgement.verdict]}, "
            f"by {judgement.by} on {judgement.at:%Y-%m-%d}{reason}")


def report(outcome: Outcome) -> None:
    """Tell what became of verdicts, and at once which clusters they leave in conflict."""
    for judgement in outcome.taken:
        click.echo(cell(f"Judged: {sentence(judgement)}."))
    for old, _ in outcome.replaced:
        click.echo(cell(f"No longer: {sentence(old)}."))
    for judgement in outcome.known:
        click.echo(cell(f"Known already: {sentence(judgement)}."))
    for cluster in outcome.conflicts:
        click.echo(cell(conflict(cluster)), err=True)


def conflict(cluster: Cluster) -> str:
    members = ", ".join(sorted(id_ for _, id_ in cluster.members))
    said = "; ".join(map(sentence, cluster.conflicts))
    return (f"Conflict: {members} are judged to be one, but {said}. None of them is merged until one of "
            "these verdicts is taken back (`tailgraph identity list --conflicts`).")


def _judge(settings: Settings, verdict: str, left: str, right: str, kind: str | None, by: str | None,
           why: str | None, replace: bool) -> None:
    from tailgraph.cli.opening import opened
    from tailgraph.graph.identity import decide
    from tailgraph.graph.identity.judgement import Judgement, Sameness
    from tailgraph.ingest.settle import settle

    with opened(settings) as store:
        kind_, one, other = _entities(store, left, right, kind)
        judgement = Judgement.of(kind_, one, other, Sameness(verdict), author(by), reason=why)
        outcome = decide.give(store, [judgement], replace=replace)
        settle(store)
    for _, old in outcome.refused:
        raise UsageError(f"Another verdict stands: {sentence(old)}.",
                         remedy="Give --replace, or take it back first with `tailgraph identity undo`.")
    report(outcome)


def _entities(store: Store, left: str, right: str, kind: str | None) -> tuple[Kind, str, str]:
    """Two entities of one kind that are in the graph; of several with that id, those of a common kind."""
    from tailgraph.graph.evidence import lookup
    from tailgraph.graph.model import Kind
    from tailgraph.graph.shape import Label

    one, other = ({candidate.label for candidate in lookup.candidates(store, text)} for text in (left, right))
    common = one & other & set(map(Label, KINDS))
    among = [Label(kind)] if kind else list(common) if len(common) == 1 else lookup.EXPLAINED
    found = [lookup.find(store, text, among) for text in (left, right)]
    if found[0][0] is not found[1][0]:
        raise UsageError(f"{found[0][1]!r} is {found[0][0]}, {found[1][1]!r} is {found[1][0]}.",
                         remedy="Only entities of one kind can be judged.")
    if found[0][0].value not in KINDS:
        raise UsageError(f"{found[0][0]} is not judged.", remedy=f"Judge one of: {', '.join(KINDS)}.")
    return Kind(found[0][0].value), found[0][1], found[1][1]


def _standing_pair(judgements: Sequence[Judgement], left: str, right: str, kind: str | None) -> Pair:
    """The pair on which a verdict stands and whose ids are, or begin with, what was typed."""
    standing = [one for one in judgements if one.stands and (kind is None or one.kind == kind)]
    exact = {one.pair for one in standing if {left, right} == {one.left, one.right}}
    found = exact or {one.pair for one in standing if any(
        a.startswith(left) and b.startswith(right)
        for a, b in ((one.left, one.right), (one.right, one.left)))}
    if not found:
        raise UsageError(f"No verdict stands on {left!r} and {right!r}.",
                         remedy="`tailgraph identity list` shows those that do.")
    if len(found) > 1:
        listed = "; ".join(f"{pair[0]} {pair[1]} and {pair[2]}" for pair in sorted(found)[:5])
        raise UsageError(f"Several pairs are meant: {listed}.", remedy="Give whole ids, or --kind.")
    return found.pop()
