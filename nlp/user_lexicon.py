"""A user's own names beside those that come with Tailgraph; what a user says of a name wins.

`graph.reference.custom` says how such a file looks and what is wrong with one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tailgraph.graph.model import Kind
from tailgraph.graph.reference import custom
from tailgraph.nlp.lexicon import Lexicon, Sense, case_of
from tailgraph.nlp.vocabulary import place_id

_KEYED = (Kind.COUNTRY, Kind.AIRCRAFT_TYPE, Kind.AIRPORT, Kind.AIRCRAFT)
_ROLES = {Kind.WEAPON: "model", Kind.AIRPORT: "named"}


def added(lexicon: Lexicon, files: Sequence[Path]) -> Lexicon:
    """A lexicon that holds the names of the files, too; the given one stays as it is.

    Raises InputRefused for a file that cannot be taken whole.
    """
    if not files:
        return lexicon
    merged = lexicon.copy()
    for file in files:
        for own in custom.read(file):
            for form, sense in _senses(own):
                merged.prefer(form, sense)
    return merged


def _senses(own: custom.OwnName) -> Iterator[tuple[str, Sense]]:
    country = own.country or (own.key if own.kind in (Kind.COUNTRY, Kind.PLACE) else None)
    key = country if own.kind is Kind.PLACE else own.key
    identity, role = _identity(own, country), _ROLES.get(own.kind, "user")
    for form in (own.name, *own.aliases):
        yield (
            form,
            Sense(own.kind, identity, key, own.name, role, case_of(form), country, form, "user lexicon"),
        )


def _identity(own: custom.OwnName, country: str | None) -> str:
    if own.kind is Kind.WEAPON:
        return f"{own.key}/{own.name}"
    if own.kind is Kind.PLACE:
        return place_id(country, own.name)
    return (own.key if own.kind in _KEYED else None) or own.name
