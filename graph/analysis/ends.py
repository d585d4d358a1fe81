"""From what a person types to the entity that it names."""

from __future__ import annotations

from tailgraph.errors import UsageError
from tailgraph.graph import schema
from tailgraph.graph.evidence import lookup
from tailgraph.graph.rows import Ref
from tailgraph.graph.shape import ENTITIES, Label
from tailgraph.graph.store import Store

_KINDS = {label.lower(): label for label in ENTITIES}


def entity(store: Store, text: str) -> Ref:
    """The one entity that `text` names: KIND:ID, an id, a whole name, or the beginning of an id.

    Raises UsageError where there is none, or several, which it lists.
    """
    kind, sign, rest = text.partition(":")
    if sign and kind.lower() in _KINDS:
        return _one(store, rest.strip(), (_KINDS[kind.lower()],))
    return _one(store, text, ENTITIES)


def _one(store: Store, text: str, kinds: tuple[Label, ...]) -> Ref:
    found = store.read(schema.with_ids(kinds), {"ids": [text]}) or store.read(
        schema.with_names(kinds), {"name": text})
    if not found and text:
        found = store.read(schema.with_prefix(kinds), {"prefix": text, "most": lookup.MOST + 1})
    candidates = sorted({lookup.Candidate(Label(row["label"]), row["id"], row["name"]) for row in found})
    if not candidates:
        raise UsageError(f"No entity in the graph has the id or name {text!r}.",
                         remedy="`tailgraph query run find-entity --param name=…` finds ids by names.")
    if len(candidates) > 1:
        listed = "; ".join(map(str, candidates[:lookup.MOST]))
        raise UsageError(f"{text!r} may be: {listed}.",
                         remedy=f"Write one as KIND:ID, such as '{candidates[0].label}:{candidates[0].id}'.")
    return candidates[0].label, candidates[0].id
