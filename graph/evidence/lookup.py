"""From what a person types to one node: a whole id, or the beginning of one that no other id shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tailgraph.errors import UsageError
from tailgraph.graph import schema
from tailgraph.graph.rows import Ref
from tailgraph.graph.shape import NODES, Label
from tailgraph.graph.store import Store

MOST = 10
_PARTS = frozenset({Label.PASSAGE, Label.MENTION, Label.ALLEGATION, Label.REPORTED_FLIGHT, Label.COVERAGE_GAP,
                    Label.TRACK, Label.AIRCRAFT_RECORD})
"""Nodes whose id begins with that of what they are part of: a shortened id finds them by their ending."""
EXPLAINED = tuple(label for label in NODES if label is not Label.META)
_WHOLES = tuple(label for label in EXPLAINED if label not in _PARTS)


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    label: Label
    id: str
    name: str | None = None

    def __str__(self) -> str:
        name = f" ({self.name})" if self.name and self.name != self.id else ""
        return f"{self.label} {self.id}{name}"


def find(store: Store, text: str, kind: Label | None = None) -> Ref:
    """The one node that `text` names, of `kind` if that is given.

    A whole id wins over beginnings of others. "3f2a#a0" is the part #a0 of the one document (or flight) whose
    id begins with 3f2a. Raises UsageError where there is none, or several, which it lists.
    """
    found = candidates(store, text, kind)
    if not found:
        raise UsageError(f"Nothing in the graph has the id {text!r}{_of(kind)}, or one that begins so.",
                         remedy="`tailgraph query run find-entity --param name=…` finds ids by names.")
    if len(found) > 1:
        raise _several(text, found)
    return found[0].label, found[0].id


def candidates(store: Store, text: str, kind: Label | None = None) -> list[Candidate]:
    """The nodes of that id; else those whose id begins so, or is that part of one that does."""
    kinds = [kind] if kind else EXPLAINED
    return _exact(store, [text], kinds) or _part(store, text, kinds) or _beginning(store, text, kinds)


def _exact(store: Store, ids: Sequence[str], kinds: Iterable[Label]) -> list[Candidate]:
    return _read(store, schema.with_ids(tuple(kinds)), ids=list(ids))


def _part(store: Store, text: str, kinds: Iterable[Label]) -> list[Candidate]:
    beginning, sign, part = text.rpartition("#")
    if not sign or not beginning:
        return []
    wholes = _beginning(store, beginning, [Label.DOCUMENT, Label.FLIGHT])
    return _exact(store, [f"{whole.id}#{part}" for whole in wholes], kinds)


def _beginning(store: Store, text: str, kinds: Iterable[Label]) -> list[Candidate]:
    wholes = tuple(label for label in kinds if label in _WHOLES)
    return _read(store, schema.with_prefix(wholes), prefix=text, most=MOST + 1) if text and wholes else []


def _read(store: Store, statement: str, **parameters: object) -> list[Candidate]:
    return sorted(Candidate(Label(row["label"]), row["id"], row["name"])
                  for row in store.read(statement, parameters))


def _of(kind: Label | None) -> str:
    return f" as {kind}" if kind else ""


def _several(text: str, found: Sequence[Candidate]) -> UsageError:
    listed = "; ".join(map(str, found[:MOST])) + ("; and more" if len(found) > MOST else "")
    same = len({candidate.id for candidate in found}) == 1
    remedy = "Pick one with --kind." if same else "Give more of its id, or --kind."
    return UsageError(f"{text!r} may be: {listed}.", remedy=remedy)
