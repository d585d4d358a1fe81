"""Whether a node or an edge says a fact or a claim: written into every form that has room for it, so that it
is not lost with the labels."""

from __future__ import annotations

from tailgraph.graph.shape import CLAIMS, ENTITIES, Label, Type

_READ = frozenset({Label.PUBLISHER, Label.DOCUMENT, Label.PASSAGE, Label.MENTION})


def of_node(label: Label) -> str:
    """claim, report (what a report consists of), judgement, or thing (entities, tracks, flights)."""
    if label in (Label.JUDGEMENT, Label.GRADE):
        return "judgement"
    return "claim" if label in CLAIMS else "report" if label in _READ else "thing"


def of_edge(type_: Type, start: Label, end: Label) -> str:
    """claim: part of what somebody says; report: where it was read, and how it compares; judgement: a person
    says that both are one; fact: a table, rule or track says so."""
    if start in CLAIMS:
        return "claim" if end in ENTITIES else "report"
    if type_ in (Type.SAME_AS, Type.HELD_SAME_AS):
        return "judgement"
    return "report" if start in _READ else "fact"
