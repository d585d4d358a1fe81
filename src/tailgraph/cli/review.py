"""`tailgraph review`: proposed pairs one by one, each side with its sentences, one key a verdict."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

import click

from tailgraph.cli.author import author, by_option
from tailgraph.cli.identity import conflict, kind_option, proposals, remark_on, sentence
from tailgraph.cli.output import cell
from tailgraph.errors import Incomplete, UsageError
from tailgraph.settings import Settings
from tailgraph.wording import many

if TYPE_CHECKING:
    from tailgraph.cli.outline import Item
    from tailgraph.graph.identity.candidates import Candidate
    from tailgraph.graph.identity.decide import Outcome, Pair
    from tailgraph.graph.identity.judgement import Judgement
    from tailgraph.graph.store import Store

_KEYS = {"s": "same", "d": "different", "u": "unsure"}
_HELP = "[s]ame  [d]ifferent  [u]nsure  [n]ext, judge later  [b]ack, undo the last  [q]uit"
_SENTENCES = 4
_FACTS = 6


@click.command("review")
@kind_option
@click.option("--least", type=click.FloatRange(0, 1), default=0.6, show_default=True,
              help="Only pairs that score at least this.")
@click.option("--limit", type=click.IntRange(1, 1_000_000), metavar="N", help="Stop after this many pairs.")
@by_option
@click.option("--export", "export_", type=click.File("w", encoding="utf-8", lazy=True), metavar="FILE",
              help="Write the verdicts that stand as JSON lines instead (- for standard output).")
@click.option("--history", is_flag=True, help="With --export: also those that were taken back.")
@click.option("--import", "import_", type=click.File("r", encoding="utf-8"), metavar="FILE",
              help="Take verdicts from such lines, or those of nomenklatura, instead.")
@click.pass_obj
def command(settings: Settings, kind: str | None, least: float, limit: int | None, by: str | None,
            export_: IO[str] | None, history: bool, import_: IO[str] | None) -> None:
    """Judge proposed pairs one by one, a key each.

    Both sides are shown with what is known of them and the sentences that name them. Every verdict is kept
    at once: stop whenever you like, and go on later with what is left. Where standard input is no terminal,
    its letters are the keys.
    """
    if export_ and import_:
        raise UsageError("--export and --import exclude one another.", remedy="Give one of them.")
    if export_:
        _export(settings, export_, history)
    elif import_:
        _import(settings, import_)
    else:
        _review(settings, kind, least, limit, author(by))


# --- one by one --------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Session:
    store: Store
    by: str
    counts: dict[str, int] = field(default_factory=dict)
    given: list[tuple[int, Pair]] = field(default_factory=list)
    """Number of the candidate and its pair, of what was judged in this session, oldest first."""


def _review(settings: Settings, kind: str | None, least: float, limit: int | None, by: str) -> None:
    from tailgraph.cli.opening import opened
    from tailgraph.ingest.settle import settle

    with opened(settings) as store:
        found = proposals(store, kind, least)
        candidates = found.candidates[:limit]
        if not candidates:
            click.echo("There is no pair left to judge.")
        session = _Session(store, by)
        try:
            _go_through(session, candidates)
        finally:
            settle(store)
    if candidates:
        said = ", ".join(f"{count} {what}" for what, count in session.counts.items() if count) or "nothing"
        click.echo(f"Judged: {said}.")
    remark_on(found)


def _go_through(session: _Session, candidates: Sequence[Candidate]) -> None:
    from tailgraph.graph.identity import decide
    from tailgraph.graph.identity.candidates import Settled

    at, keys = 0, _keys()
    while at < len(candidates):
        one = candidates[at]
        if Settled(decide.read(session.store)).is_judged(one.kind, one.left, one.right):
            at += 1
            continue
        _show(session.store, one, at + 1, len(candidates))
        key = next((key for key in keys if key in {*_KEYS, "n", "b", "q"}), "q")
        if key == "q":
            return
        if key == "b":
            at = _back(session, at)
            continue
        if key in _KEYS:
            _judge(session, one, _KEYS[key], at)
        at += 1


def _judge(session: _Session, one: Candidate, verdict: str, at: int) -> None:
    from tailgraph.graph.identity import decide
    from tailgraph.graph.identity.judgement import Judgement, Sameness

    judgement = Judgement.of(one.kind, one.left, one.right, Sameness(verdict), session.by,
                             reason=f"reviewed at {one.score:.2f}: {'; '.join(one.reasons)}")
    outcome = decide.give(session.store, [judgement])
    for _, old in outcome.refused:
        click.echo(cell(f"  not taken: {_standing(old)}"), err=True)
    if not outcome.taken:  # somebody else has judged the pair since it was shown
        return
    session.counts[verdict] = session.counts.get(verdict, 0) + 1
    session.given.append((at, judgement.pair))
    click.echo(cell(f"  {verdict}"))
    for cluster in outcome.conflicts:
        click.echo(cell(conflict(cluster)), err=True)


def _back(session: _Session, at: int) -> int:
    """Undo the last verdict of this session, and return to its pair."""
    from tailgraph.graph.identity import decide

    if not session.given:
        click.echo("  nothing to undo in this session")
        return at
    before, pair = session.given.pop()
    for judgement in decide.undo(session.store, [pair], session.by):
        session.counts[judgement.verdict.value] -= 1
        click.echo(cell(f"  taken back: {sentence(judgement)}"))
    return before


def _keys() -> Iterator[str]:
    """What is typed, letter by letter; ends with the input."""
    if sys.stdin.isatty():
        while True:
            yield click.getchar().lower()
    while letter := sys.stdin.read(1):
        yield letter.lower()


def _show(store: Store, one: Candidate, number: int, of: int) -> None:
    from tailgraph.cli.outline import item, tree

    rank = "likely" if one.is_likely else "possible"
    reasons = item(f"{rank}, {one.score:.2f}: {'; '.join(one.reasons)}", style="mark")
    root = item(f"{number} of {of}: are these one {one.kind}?", reasons,
                _side(store, one, one.left), _side(store, one, one.right), style="head")
    click.echo(f"\n{tree(root)}{_HELP}")


def _side(store: Store, one: Candidate, id_: str) -> Item:
    from tailgraph.cli.outline import item
    from tailgraph.cli.outline_entities import fact_items, mention_items
    from tailgraph.graph.evidence.entity import entity_evidence
    from tailgraph.graph.shape import Label

    found = entity_evidence(store, Label(one.kind.value), id_)
    also = f"; read as one with {', '.join(found.sameness.merged_with)}" if found.sameness.merged_with else ""
    counts = ", ".join((many(found.counts.reports, "report"), many(found.counts.said, "claim"),
                        many(found.counts.flights, "flight")))
    return item(f"{id_} ({counts}{also})", *fact_items(found)[:_FACTS], *mention_items(found, _SENTENCES),
                style="head")


# --- as lines ----------------------------------------------------------------------------------------------


def _export(settings: Settings, file: IO[str], with_history: bool) -> None:
    from tailgraph.graph import server
    from tailgraph.graph.identity import decide, exchange
    from tailgraph.graph.store import Store

    with Store(server.connect(settings), prepare=False) as store:
        kept = [one for one in decide.read(store) if one.stands or with_history]
    for line in exchange.write(kept):
        file.write(f"{line}\n")
    click.echo(f"{many(len(kept), 'verdict')} written.", err=True)


def _import(settings: Settings, file: IO[str]) -> None:
    from tailgraph.cli.opening import opened
    from tailgraph.graph.identity import decide, exchange
    from tailgraph.ingest.settle import settle

    try:
        lines = exchange.read(file, file.name)
    except UnicodeDecodeError:
        raise UsageError("This is no text in UTF-8.", where=file.name, remedy="Give a file of JSON lines."
                         ) from None
    with opened(settings) as store:
        outcome = decide.give(store, lines.judgements)
        settle(store)
    for problem in lines.problems:
        click.echo(cell(str(problem)), err=True)
    _tell(outcome)
    if lines.suggestions:
        click.echo(f"Passed over: {many(lines.suggestions, 'line')} that only suggest a pair.", err=True)
    if lines.problems or outcome.refused:
        raise Incomplete(f"Not taken: {many(len(lines.problems) + len(outcome.refused), 'verdict')}.",
                         where=file.name, remedy="Each is named above with its reason.")


def _tell(outcome: Outcome) -> None:
    click.echo(f"{many(len(outcome.taken), 'verdict')} taken, {len(outcome.known)} known already, "
               f"{len(outcome.refused)} refused")
    for new, old in outcome.refused:
        back = "" if new.stands else " (taken back elsewhere)"
        click.echo(cell(f"refused: {sentence(new)}{back}: {_standing(old)}"), err=True)
    for cluster in outcome.conflicts:
        click.echo(cell(conflict(cluster)), err=True)


def _standing(old: Judgement) -> str:
    return f"here it stands that {sentence(old)}"
