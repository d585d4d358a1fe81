"""Things that can be done to a graph with the made-up sources, in this process or in one that gets killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Literal, TypeVar

import neo4j

from tailgraph.graph import reports, retract, tracks
from tailgraph.graph.identity import decide
from tailgraph.graph.identity.judgement import Judgement, Sameness
from tailgraph.graph.retract import Source
from tailgraph.graph.runs import run
from tailgraph.graph.store import Store
from tailgraph.settings import Connection
from tests.graph import made_up

T = TypeVar("T")
What = Literal["report", "track", "retract report", "retract track", "same", "different", "unsure", "undo"]
Act = tuple[What, int, int]
"""What, the number of the source (or pair) in its pool, and which extractor (0 for all but reports)."""
_ON_PAIRS = frozenset((*Sameness, "undo"))
ROOT = Path(__file__).resolve().parents[2]

EVERYTHING: tuple[Act, ...] = (*(("report", n, 0) for n in range(made_up.REPORTS)),
                               *(("track", n, 0) for n in range(len(made_up.FILES))))


def do(store: Store, acts: Sequence[Act]) -> None:
    with run(store, "test") as node:
        for what, number, extractor in acts:
            if what == "report":
                reports.write(store, [made_up.report(number, extractor)], node)
            elif what == "track":
                tracks.write(store, [made_up.track(number)], node, made_up.derive)
            elif what in set(Sameness):
                decide.give(store, [judgement(number, Sameness(what))], replace=True)
            elif what == "undo":
                decide.undo(store, [decide.pair_of(*made_up.PAIRS[number])], "test")
            else:
                retract.retract(store, _source(what, number), made_up.derive)


def left(acts: Sequence[Act]) -> tuple[Act, ...]:
    """The fewest acts, in the pool's order, that end where `acts` end."""
    there: dict[tuple[str, int], Act] = {}
    for act in acts:
        noun = "pair" if act[0] in _ON_PAIRS else act[0].removeprefix("retract ")
        if act[0] == noun or act[0] in set(Sameness):
            there[noun, act[1]] = act
        else:
            there.pop((noun, act[1]), None)
    return tuple(sorted(there.values()))


def judgement(pair: int, verdict: Sameness) -> Judgement:
    """A verdict on one of the made-up pairs, now."""
    return Judgement.of(*made_up.PAIRS[pair], verdict, "test")


def wipe(store: Store) -> None:
    store.write(lambda transaction: transaction.run("MATCH (n) WHERE NOT n:Meta DETACH DELETE n").consume())


def _source(what: str, number: int) -> Source:
    if what == "retract report":
        return Source("Document", made_up.report(number, 0).document.id, None, None)
    return Source("TrackFile", made_up.track(number).id, None, None)


# --- in another process ------------------------------------------------------------------------------------


class Dying(Store):
    """A store that kills its own process at its `at`th transaction, before or after the commit."""

    at: int | None = None
    committed = False
    _count = 0

    def _attempt(self, work: Callable[[neo4j.Transaction], T], mode: str, keep: bool) -> T:
        def last(transaction: neo4j.Transaction) -> T:
            result = work(transaction)
            if not self.committed:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        self._count += 1
        if self._count != self.at:
            return super()._attempt(work, mode, keep)
        super()._attempt(last, mode, keep)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("unreachable")


def start(connection: Connection, acts: Sequence[Act], at: int | None = None,
          committed: bool = False) -> subprocess.Popen[bytes]:
    """Another process that does `acts`, and dies at its transaction number `at` if one is given."""
    process = subprocess.Popen([sys.executable, "-m", "tests.graph.acts"], stdin=subprocess.PIPE, cwd=ROOT,
                               env=os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"})
    assert process.stdin
    process.stdin.write(json.dumps([asdict(connection), acts, at, committed]).encode())
    process.stdin.close()
    return process


def main() -> None:
    connection, acts, at, committed = json.load(sys.stdin)
    with Dying(Connection(**connection)) as store:
        store.at, store.committed = at, committed
        do(store, acts)


if __name__ == "__main__":
    main()
