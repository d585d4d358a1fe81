"""Which member of a family of types is meant ("Boeing 747"), where an airframe that is named decides it.

"The Boeing 747 EP-FAB": the table of airframes knows the type of that registration. "Boeing 747s of Fars Air
Qeshm": so it does of all that it lists of that operator. Without either the family stays open; the commonest
member would be a guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from tailgraph.graph.reference import tables
from tailgraph.nlp.candidates import Candidate, View
from tailgraph.nlp.vocabulary import items, rows

# How far from the family's name its operator may stand, in characters.
_BESIDE = 60


def member(view: View, family: Candidate, members: Sequence[Candidate]) -> Candidate | None:
    """The one of `members` that the airframes named in the report, else the operator beside, are of."""
    types = {c.key: c for c in reversed(members) if c.key}
    named = {airframe.type for mark in view.marks for airframe in tables.airframes().get(mark, ())}
    beside = view.content[max(0, family.start - _BESIDE) : family.end + _BESIDE]
    operated = {kind for name, kinds in _fleets().items() if name in beside for kind in kinds}
    for kinds in (named, operated):
        fitting = [member for key, member in types.items() if key in kinds]
        if len(fitting) == 1:
            return fitting[0]
    return None


@cache
def _fleets() -> dict[str, frozenset[str]]:
    """Every name of an operator of which the table lists airframes → their types."""
    fleets: dict[str, list[str]] = {}
    for airframe in {a for said in tables.airframes().values() for a in said}:
        if airframe.operator and airframe.type:
            fleets.setdefault(airframe.operator, []).append(airframe.type)
    names = {
        row["name"]: items(row, "name", "aliases")
        for row in rows("tailgraph.graph", "reference", "operators.csv")
    }
    # One airframe says nothing of the others of its operator.
    return {
        form: frozenset(kind for kind in kinds if kinds.count(kind) > 1)
        for operator, kinds in fleets.items()
        for form in names.get(operator, [operator])
    }
