"""Nomenklatura's own resolver reads our verdicts as we mean them, and we read what it writes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tailgraph.graph.identity import exchange
from tailgraph.graph.identity.judgement import Judgement, Sameness
from tailgraph.graph.model import Kind

NAMES = ("Vityaz Avia", "Vityaz-Avia", "Vitiaz Avia", "Vega Avia", "Vika Avia")
"""Invented airlines."""


def day(number: int) -> datetime:
    return datetime(2024, 5, number, tzinfo=UTC)


def said(one: int, other: int, verdict: Sameness, at: int, revoked: int | None = None) -> Judgement:
    return Judgement.of(Kind.OPERATOR, NAMES[one], NAMES[other], verdict, "Ann", at=day(at), reason="looked",
                        revoked_at=day(revoked) if revoked else None, revoked_by="Bob" if revoked else None)


VERDICTS = (
    said(0, 1, Sameness.SAME, 1), said(1, 2, Sameness.SAME, 2), said(0, 3, Sameness.DIFFERENT, 3),
    said(3, 4, Sameness.SAME, 4, revoked=5), said(2, 4, Sameness.UNSURE, 6),
    # Given later and taken back: the older one, which came from elsewhere, stands.
    said(0, 1, Sameness.DIFFERENT, 7, revoked=8))


def named(number: int) -> str:
    return f"Operator:{NAMES[number]}"


@pytest.fixture
def resolver(tmp_path: Path) -> Any:
    """Nomenklatura's, with our verdicts loaded from the file that `review --export --history` writes."""
    db, module = (pytest.importorskip(f"nomenklatura.{name}", reason="make formats")
                  for name in ("db", "resolver.resolver"))
    path = tmp_path / "verdicts.jsonl"
    path.write_text("".join(f"{line}\n" for line in exchange.write(VERDICTS)), encoding="utf-8")
    with db.make_session(f"sqlite:///{tmp_path / 'resolver.db'}") as session:
        found = module.Resolver(session, create=True)
        found.load(path)
        yield found


def test_it_holds_what_stands_here(resolver: Any) -> None:
    judged = {(one, other): str(resolver.get_judgement(named(one), named(other)).value)
              for one in range(len(NAMES)) for other in range(one + 1, len(NAMES))}
    assert {pair for pair, verdict in judged.items() if verdict == "positive"} == {(0, 1), (0, 2), (1, 2)}
    assert {pair for pair, verdict in judged.items() if verdict == "negative"} == {(0, 3), (1, 3), (2, 3)}
    assert judged[2, 4] == "unsure" and judged[3, 4] == "no_judgement"


def test_what_it_writes_is_read_as_what_stands_here(resolver: Any, tmp_path: Path) -> None:
    path = tmp_path / "theirs.jsonl"
    resolver.dump(path)
    with path.open(encoding="utf-8") as file:
        lines = exchange.read(file, path.name)
    assert lines.problems == ()
    assert {(one.pair, one.verdict, one.at) for one in lines.judgements} == {
        (one.pair, one.verdict, one.at) for one in VERDICTS if one.stands}


def test_what_was_taken_back_comes_before_what_stands() -> None:
    """A reader that takes the last line on a pair for the one that stands is right."""
    lines = list(exchange.write(VERDICTS))
    assert [line.endswith(', "Bob"]') for line in lines] == [True, True, *[False] * 4]
