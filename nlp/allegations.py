"""Allegations of a report: who is said to have moved, got, used, made, held or asked for weapons."""

from __future__ import annotations

from tailgraph.graph.model import Action, Allegation, Kind, Slot, Span, Status
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.affiliation import Affiliations
from tailgraph.nlp.claims.attribution import Attribution, Attributor
from tailgraph.nlp.claims.craft import Crafts, slot_of
from tailgraph.nlp.claims.denials import Denials
from tailgraph.nlp.claims.discourse import Discourse
from tailgraph.nlp.claims.draft import Draft
from tailgraph.nlp.claims.frames import Act, acts, denied_in_place
from tailgraph.nlp.claims.merge import Merger
from tailgraph.nlp.claims.roles import RoleFinder
from tailgraph.nlp.claims.status import status_of


def find(annotated: Annotated) -> tuple[Allegation, ...]:
    """The distinct claims of a report in the order of their first telling."""
    finder = _Finder(annotated)
    return tuple(_freeze(i, draft) for i, draft in enumerate(finder.drafts()))


class _Finder:
    def __init__(self, report: Annotated) -> None:
        self._report = report
        self._discourse = Discourse(report)
        self._crafts = Crafts(report)
        self._ties = Affiliations(report)
        self._attributor = Attributor(report, self._ties)
        self._roles = RoleFinder(report, self._crafts)
        self._denials = Denials(report, self._ties, self._attributor, self._discourse)

    def drafts(self) -> list[Draft]:
        drafts = [d for act in acts(self._report) if (d := self._draft(act)) is not None]
        for draft in drafts:
            self._complete(draft)
        merged = Merger(self._report, self._ties).merge(drafts)
        merged = [d for d in merged if _stands(d)]
        for draft in merged:
            self._name_accused(draft)
        self._denials.apply(merged)
        return merged

    def _draft(self, act: Act) -> Draft | None:
        attribution = self._attributor.of(act.cue)
        if attribution.denied or denied_in_place(act):
            return None
        self._voice(act, attribution)
        draft = Draft(action=act.action, status=status_of(act, attribution),
                      sentence=self._discourse.sentence(act.cue.idx),
                      cue=Span(start=act.cue.idx, end=act.cue.idx + len(act.cue.text)), rule=act.rule)
        draft.evidence.add(draft.sentence)
        draft.kinds.add(act.kind)
        draft.put("weapons", [slot_of(m) for m in act.weapons])
        for slot, fillers in self._roles.roles(act).items():
            draft.put(slot, list(fillers.values()))
        for word in attribution.accused:
            craft = self._roles.craft_of(word)
            draft.put("accused", craft)
            draft.put("carrier", [s for s in craft if s.entity.kind != Kind.OPERATOR])
        draft.put("accuser", attribution.sources)
        if not draft.take("accused") and "designate" in attribution.kinds:
            self._from_entry(act, draft)
        return draft

    def _voice(self, act: Act, attribution: Attribution) -> None:
        """Where no source is named: whoever stands behind the list, the answer, or the designation."""
        if attribution.sources:
            return
        found = self._discourse.voice(act.cue)
        if not found and "designate" in attribution.kinds:
            found = self._discourse.authority()
        if found:
            attribution.sources = self._ties.expand(found)
            attribution.kinds.append("say")

    def _from_entry(self, act: Act, draft: Draft) -> None:
        entry = self._discourse.entry(act.cue)
        draft.put("accused", entry)
        if draft.action == Action.TRANSFER:
            draft.put("carrier", [s for s in entry if s.entity.kind == Kind.OPERATOR])
            draft.put("supplier", [s for s in entry if s.entity.kind == Kind.ORGANIZATION])

    def _complete(self, draft: Draft) -> None:
        """What the sentence leaves out and the paragraph tells: the craft, the state behind an army."""
        if draft.kinds & {"carry", "load", "cargo", "motion"} and not draft.take("carrier"):
            paragraph = self._discourse.paragraph(draft.cue.start)
            inside = {p.index for p in self._report.passages if paragraph.start <= p.start < paragraph.end}
            craft = self._crafts.before(draft.cue.start, inside)
            if craft is not None:
                draft.put("carrier", list(craft.slots.values()))
        for slot in draft.take("recipient"):
            entity = self._report.entity(slot.entity)
            if entity.kind == Kind.ORGANIZATION and entity.names[0].split()[-1].islower():
                draft.put("recipient", [t for t in self._ties.of(slot.entity) if t.entity.kind == Kind.COUNTRY])

    def _name_accused(self, draft: Draft) -> None:
        """Nobody named as the doer of a transport: its operator is who is said to have done it."""
        if draft.action == Action.TRANSFER and not draft.take("accused"):
            draft.put("accused", [s for s in draft.take("carrier") if s.entity.kind == Kind.OPERATOR])


def _stands(draft: Draft) -> bool:
    """A claim needs somebody: who did it, whence, to whom or by what."""
    acting = draft.refs("accused") | draft.refs("supplier") | draft.refs("carrier")
    if draft.status == Status.ASSERTED and "noun" in draft.rule:
        return bool(acting)
    return bool(acting | draft.refs("recipient"))


def _freeze(index: int, draft: Draft) -> Allegation:
    return Allegation(index=index, evidence=tuple(sorted(draft.evidence)), cue=draft.cue, rule=draft.rule,
                      confidence=0.5, credibility=6, action=draft.action, status=draft.status,
                      accuser=draft.take("accuser"), accused=draft.take("accused"), supplier=draft.take("supplier"),
                      recipient=draft.take("recipient"), target=draft.take("target"), carrier=draft.take("carrier"),
                      weapons=draft.take("weapons"), denied_by=draft.take("denied_by"))
