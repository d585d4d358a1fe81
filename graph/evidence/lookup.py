"""From what a person types to one node: its id, an aircraft's address, its whole name, or the beginning of an
id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tailgraph.errors import UsageError
from tailgraph.graph import keys, schema
from tailgraph.graph.rows import Ref
from tailgraph.graph.shape import NAME, NODES, Label
from tailgraph.graph.store import Store

MOST = 10
_PARTS = frozenset({Label.PASSAGE, Label.MENTION, Label.ALLEGATION, Label.REPORTED_FLIGHT, Label.COVERAGE_GAP,
                    Label.TRACK, Label.AIRCRAFT_RECORD})
"""Nodes whose id begins with that of what they are part of: a shortened id finds them by their ending."""
EXPLAINED = tuple(label for label in NODES if label is not Label.META)
_WHOLES = tuple(label for label in EXPLAINED if label not in _PARTS)
_NAMED = frozenset(label for label in EXPLAINED if NAME in NODES[label].properties)
_KINDS = {label.lower(): label for label in EXPLAINED}
_BY_ADDRESS = """
MATCH (n:Aircraft)-[:IDENTIFIED_BY]->(:Identifier {id: $identifier})
RETURN DISTINCT 'Aircraft' AS label, n.id AS id, n.name AS name
"""


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    label: Label
    id: str
    name: str | None = None

    def __str__(self) -> str:
        name = f" ({self.name})" if self.name and self.name != self.id else ""
        return f"{self.label} {self.id}{name}"


def find(store: Store, text: str, among: Iterable[Label] = EXPLAINED) -> Ref:
    """The one node of the kinds `among` that `text` names.

    It may be an id, an address, a whole name, the beginning of an id, or any of these after "KIND:". A whole
    id wins over an address or a name, these over beginnings of ids. "15406e" or "icao24:15406e" is the
    aircraft that bears or bore that address; "3f2a#a0" is the part #a0 of the one document (or flight) whose
    id begins with 3f2a. Raises UsageError where there is none, or several, which it lists.
    """
    kinds = tuple(among)
    found = candidates(store, text, kinds)
    if not found:
        raise UsageError(f"Nothing in the graph has the id or name {text!r}{_of(kinds)}, or begins so.",
                         remedy="`tailgraph query run find-entity --param name=…` finds ids by names.")
    if len(found) > 1:
        raise _several(text, found)
    return found[0].label, found[0].id


def candidates(store: Store, text: str, among: Iterable[Label] = EXPLAINED) -> list[Candidate]:
    """The nodes of that id, address or name; else those that begin so, or are that part of one that does."""
    kinds = tuple(among)
    if found := _any(store, text, kinds):
        return found
    kind, sign, rest = text.partition(":")
    label = _KINDS.get(kind.strip().lower())
    return _any(store, rest.strip(), [label]) if sign and label in kinds else []


def _any(store: Store, text: str, kinds: Sequence[Label]) -> list[Candidate]:
    return (_exact(store, [text], kinds) or _of_address(store, text, kinds) or _part(store, text, kinds)
            or _called(store, text, kinds) or _beginning(store, text, kinds))


def _of_address(store: Store, text: str, kinds: Iterable[Label]) -> list[Candidate]:
    """Every aircraft that bears the address at some time, under whatever registration."""
    address = keys.icao24(text.removeprefix("icao24:"))
    if address is None or address.startswith("~") or Label.AIRCRAFT not in kinds:
        return []
    bearing = _read(store, _BY_ADDRESS, identifier=f"icao24:{address}")
    return sorted({*_exact(store, [keys.aircraft_of(address)], [Label.AIRCRAFT]), *bearing})


def _exact(store: Store, ids: Sequence[str], kinds: Iterable[Label]) -> list[Candidate]:
    return _read(store, schema.with_ids(tuple(kinds)), ids=list(ids))


def _part(store: Store, text: str, kinds: Iterable[Label]) -> list[Candidate]:
    beginning, sign, part = text.rpartition("#")
    if not sign or not beginning:
        return []
    wholes = _beginning(store, beginning, [Label.DOCUMENT, Label.FLIGHT])
    return _exact(store, [f"{whole.id}#{part}" for whole in wholes], kinds)


def _called(store: Store, text: str, kinds: Iterable[Label]) -> list[Candidate]:
    named = tuple(label for label in kinds if label in _NAMED)
    return _read(store, schema.with_names(named), name=text) if text and named else []


def _beginning(store: Store, text: str, kinds: Iterable[Label]) -> list[Candidate]:
    wholes = tuple(label for label in kinds if label in _WHOLES)
    return _read(store, schema.with_prefix(wholes), prefix=text, most=MOST + 1) if text and wholes else []


def _read(store: Store, statement: str, **parameters: object) -> list[Candidate]:
    return sorted(Candidate(Label(row["label"]), row["id"], row["name"])
                  for row in store.read(statement, parameters))


def _of(kinds: Sequence[Label]) -> str:
    return f" as {kinds[0]}" if len(kinds) == 1 else ""


def _several(text: str, found: Sequence[Candidate]) -> UsageError:
    listed = "; ".join(map(str, found[:MOST])) + ("; and more" if len(found) > MOST else "")
    return UsageError(f"{text!r} may be: {listed}.",
                      remedy=f"Write one as KIND:ID, such as '{found[0].label}:{found[0].id}'.")
