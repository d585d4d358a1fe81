"""Allegations of a report: who is said to have moved, got, used, made, held or asked for weapons."""

from __future__ import annotations

from tailgraph.graph.model import Allegation, Kind, Slot, Span
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.affiliation import Affiliations
from tailgraph.nlp.claims.attribution import Attributor
from tailgraph.nlp.claims.craft import Crafts, slot_of
from tailgraph.nlp.claims.draft import Draft
from tailgraph.nlp.claims.frames import Act, acts, denied_in_place
from tailgraph.nlp.claims.roles import RoleFinder
from tailgraph.nlp.claims.status import status_of


def find(annotated: Annotated) -> tuple[Allegation, ...]:
    """The distinct claims of a report in the order of their first telling."""
    crafts = Crafts(annotated)
    ties = Affiliations(annotated)
    attributor = Attributor(annotated, ties)
    roles = RoleFinder(annotated, crafts)
    drafts: list[Draft] = []
    for act in acts(annotated):
        attribution = attributor.of(act.cue)
        if attribution.denied or denied_in_place(act):
            continue
        draft = Draft(action=act.action, status=status_of(act, attribution), sentence=_sentence(annotated, act),
                      cue=Span(start=act.cue.idx, end=act.cue.idx + len(act.cue.text)), rule=act.rule)
        draft.evidence.add(draft.sentence)
        draft.put("weapons", [slot_of(m) for m in act.weapons])
        for slot, fillers in roles.roles(act).items():
            draft.put(slot, list(fillers.values()))
        for word in attribution.accused:
            draft.put("accused", roles.craft_of(word))
        draft.put("accuser", attribution.sources)
        drafts.append(draft)
    return tuple(_freeze(i, draft) for i, draft in enumerate(drafts))


def _sentence(report: Annotated, act: Act) -> int:
    return next((p.index for p in report.passages if p.start <= act.cue.idx < p.end), 0)


def _freeze(index: int, draft: Draft) -> Allegation:
    return Allegation(index=index, evidence=tuple(sorted(draft.evidence)), cue=draft.cue, rule=draft.rule,
                      confidence=0.5, credibility=6, action=draft.action, status=draft.status,
                      accuser=draft.take("accuser"), accused=draft.take("accused"), supplier=draft.take("supplier"),
                      recipient=draft.take("recipient"), target=draft.take("target"), carrier=draft.take("carrier"),
                      weapons=draft.take("weapons"), denied_by=draft.take("denied_by"))
