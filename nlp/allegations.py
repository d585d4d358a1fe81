"""Allegations of a report: who is said to have moved, got, used, made, held or asked for weapons."""

from __future__ import annotations

from tailgraph.graph.model import Action, Allegation, Kind, Slot, Span, Status
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.acts import Act, denied_in_place
from tailgraph.nlp.claims.affiliation import Affiliations
from tailgraph.nlp.claims.anaphora import retold
from tailgraph.nlp.claims.attribution import Attribution, Attributor
from tailgraph.nlp.claims.craft import Craft, Crafts
from tailgraph.nlp.claims.cues import is_cue
from tailgraph.nlp.claims.denials import Denials
from tailgraph.nlp.claims.discourse import Discourse, Paragraph
from tailgraph.nlp.claims.doers import CARRYING
from tailgraph.nlp.claims.draft import Draft
from tailgraph.nlp.claims.frames import acts
from tailgraph.nlp.claims.merge import Merger
from tailgraph.nlp.claims.parties import Parties
from tailgraph.nlp.claims.referents import Referents
from tailgraph.nlp.claims.roles import roles_of
from tailgraph.nlp.claims.roles_told import RolesTold
from tailgraph.nlp.claims.slots import slot_of
from tailgraph.nlp.claims.speakers import Speakers
from tailgraph.nlp.claims.status import status_of
from tailgraph.nlp.claims.syntax import asked, purpose


def find(annotated: Annotated) -> tuple[Allegation, ...]:
    """The distinct claims of a report in the order of their first telling."""
    finder = _Finder(annotated)
    return tuple(_freeze(i, draft) for i, draft in enumerate(finder.drafts()))


class _Finder:
    def __init__(self, report: Annotated) -> None:
        self._report = report
        self._discourse = Discourse(report)
        self._crafts = Crafts(report, self._discourse)
        self._ties = Affiliations(report)
        self._referents = Referents(report, self._ties, self._discourse)
        self._attributor = Attributor(
            report, self._ties, Speakers(report, self._discourse, self._referents), self._discourse
        )
        self._parties = Parties(report, self._crafts, self._referents)
        self._denials = Denials(report, self._ties, self._attributor, self._discourse)

    def drafts(self) -> list[Draft]:
        told = acts(self._report)
        told = sorted([*told, *retold(self._report, told, self._discourse)], key=lambda a: a.cue.i)
        drafts: list[Draft] = []
        for act in told:
            draft = self._draft(act)
            if draft is None:
                continue
            if act.rule == "use-anaphor" and purpose(act.cue) and drafts:
                drafts[-1].put("target", draft.take("target"))
                drafts[-1].evidence.add(draft.sentence)
            else:
                drafts.append(draft)
        for draft in drafts:
            self._complete(draft)
        told_of = RolesTold(self._report, self._parties, self._discourse)
        told_of.apply(drafts)
        merged = [d for d in Merger(self._report, self._ties).merge(drafts) if _stands(d, self._classes(d))]
        for draft in merged:
            self._name_accused(draft)
        self._confirm(merged)
        self._denials.apply(merged)
        merged += self._only_denied(told, merged)
        return sorted(merged, key=lambda d: d.cue.start)

    def _only_denied(self, told: list[Act], drafts: list[Draft]) -> list[Draft]:
        """Claims of which the report tells only that somebody denies them: "X denied that it had given …"."""
        out: list[Draft] = []
        for act in told:
            attribution = self._attributor.of(act.cue)
            if not attribution.denied or not attribution.sources or denied_in_place(act) or asked(act.cue):
                continue
            draft = self._slots(act, attribution)
            known = set().union(*(self._classes(d) for d in drafts)) if drafts else set()
            if self._classes(draft) & (known | ({"arms"} if known else set())) or not draft.take("accused"):
                continue
            draft.status = Status.ALLEGED
            draft.slots["denied_by"] = draft.slots.pop("accuser")
            out.append(draft)
        return out

    def _classes(self, draft: Draft) -> set[str]:
        return {self._report.entity(ref).key or "arms" for ref in draft.refs("weapons")}

    def _draft(self, act: Act) -> Draft | None:
        attribution = self._attributor.of(act.cue)
        if attribution.denied or attribution.unsaid or denied_in_place(act) or asked(act.cue):
            return None
        if act.cue.sent.text.rstrip(' "”\n').endswith("?") and not attribution.sources:
            return None
        self._voice(act, attribution)
        return self._slots(act, attribution)

    def _slots(self, act: Act, attribution: Attribution) -> Draft:
        draft = Draft(
            action=_action(act),
            status=status_of(act, attribution),
            sentence=self._discourse.sentence(act.cue.idx),
            cue=Span(start=act.cue.idx, end=act.cue.idx + len(act.cue.text)),
            rule=act.rule,
        )
        draft.evidence.add(draft.sentence)
        draft.told.add(draft.sentence)
        draft.kinds.add(act.kind)
        if any(t.lemma_.lower() in ("ramp", "unload", "unloading", "offload") for t in act.cue.sent):
            draft.kinds.add("carry")
        draft.put("weapons", [slot_of(m) for m in act.weapons])
        roles = roles_of(self._parties, act)
        if (
            act.kind == "carry"
            and is_cue(act.cue, "possess")
            and not roles.get("carrier")
            and not roles.get("recipient")
        ):
            # A state or group that hides or holds weapons has them; only a craft that holds them carries them.
            draft.action = Action.POSSESSION
            draft.kinds = {"possess"}
            roles.pop("supplier", None)
        draft.behalf = list(roles.pop("behalf", {}).values())
        draft.owners = list(roles.pop("owner", {}).values())
        for slot, fillers in roles.items():
            draft.put(slot, list(fillers.values()))
        self._blamed(act, attribution, draft)
        _never_both(draft, attribution.sources)
        draft.put("accuser", attribution.sources)
        draft.put("denied_by", attribution.deniers)
        if not draft.take("accused") and not draft.take("carrier") and "designate" in attribution.kinds:
            self._from_entry(act, draft)
        return draft

    def _blamed(self, act: Act, attribution: Attribution, draft: Draft) -> None:
        """Who is accused by name ("accused X of …"), the aircraft and the unit kept apart where both may be meant."""
        if act.action == Action.USE and attribution.accused:
            draft.slots.pop("accused", None)
        if (
            attribution.accused
            and act.cue.dep_ == "ccomp"
            and act.cue.head.lemma_ in ("let", "allow", "permit", "help")
        ):
            # "Accused X of letting Y fly in bombs": Y gets them, X is to blame.
            for ref, slot in draft.slots.pop("accused", {}).items():
                draft.slots.get("supplier", {}).pop(ref, None)
                draft.put("recipient", [slot])
        for word in attribution.accused:
            blamed = self._parties.blamed(word, act.kind in CARRYING)
            draft.put("accused", blamed)
            frames = [s for s in blamed if s.entity.kind in (Kind.AIRCRAFT, Kind.AIRCRAFT_TYPE)]
            operators = {s.entity for s in blamed if s.entity.kind == Kind.OPERATOR}
            if frames:
                draft.put("carrier", frames)
                carriers = draft.slots["carrier"]
                draft.slots["carrier"] = {ref: s for ref, s in carriers.items() if ref not in operators}
            elif operators and draft.action == Action.TRANSFER:
                draft.slots["carrier"] = {s.entity: s for s in blamed if s.entity in operators}

    def _voice(self, act: Act, attribution: Attribution) -> None:
        """Where no source is named: whoever stands behind the list, the answer, or the designation."""
        if attribution.sources:
            return
        found = self._discourse.voice(act.cue)
        if found and self._discourse.paragraph(act.cue.idx).is_item:
            attribution.kinds.append("designate")
        if not found and "designate" in attribution.kinds:
            found = self._discourse.authority()
        if found:
            attribution.sources = self._ties.expand(found)
            attribution.kinds.append("say")

    def _from_entry(self, act: Act, draft: Draft) -> None:
        entry = [s for s in self._discourse.entry(act.cue) if s.entity not in draft.refs("accuser")]
        draft.put("accused", entry)
        if draft.action == Action.TRANSFER:
            draft.put("carrier", [s for s in entry if s.entity.kind == Kind.OPERATOR])
            draft.put("supplier", [s for s in entry if s.entity.kind == Kind.ORGANIZATION])

    def _complete(self, draft: Draft) -> None:
        """What the sentence leaves out and the paragraph tells: the craft, the state behind an army."""
        if draft.kinds & {"carry", "load", "cargo", "motion"} and not draft.take("carrier"):
            paragraph = self._discourse.paragraph(draft.cue.start)
            craft = self._crafts.before(draft.cue.start, paragraph.start) or self._listed(paragraph)
            if craft is not None:
                draft.put("carrier", list(craft.slots.values()))
        if draft.take("carrier") and not any(s.entity.kind == Kind.OPERATOR for s in draft.take("carrier")):
            draft.put("carrier", self._discourse.owner(draft.cue.start))
        for slot in draft.take("recipient"):
            entity = self._report.entity(slot.entity)
            if entity.kind in (Kind.ORGANIZATION, Kind.OPERATOR) and entity.names[0].split()[-1].islower():
                draft.put(
                    "recipient", [t for t in self._ties.of(slot.entity) if t.entity.kind == Kind.COUNTRY]
                )

    def _listed(self, paragraph: Paragraph) -> Craft | None:
        """For an item of a list of goods: the craft of the lines before the list."""
        if not paragraph.is_item:
            return None
        above = next(
            (p for p in reversed(self._discourse.paragraphs[: paragraph.index]) if not p.is_item), None
        )
        return self._crafts.before(above.end, above.start) if above else None

    def _name_accused(self, draft: Draft) -> None:
        """Nobody named as the doer of a transport: its operator is who is said to have done it."""
        if draft.action == Action.TRANSFER and not draft.take("accused"):
            operators = [s for s in draft.take("carrier") if s.entity.kind == Kind.OPERATOR]
            draft.put("accused", operators or draft.owners)
        draft.put("accused", draft.behalf)
        if draft.rule.startswith("request-noun") and not draft.take("accused"):
            states = [
                s
                for s in draft.take("accuser")
                if s.entity.kind == Kind.COUNTRY and s.entity not in draft.refs("supplier")
            ]
            if len(states) == 1 and draft.take("supplier"):
                draft.put("accused", states)
                draft.put("recipient", states)

    def _confirm(self, drafts: list[Draft]) -> None:
        """ "X confirmed the delivery": what the report told is what X says."""
        for token in self._report.doc:
            if token.lemma_ not in ("confirm", "admit", "acknowledge") or token.pos_ != "VERB":
                continue
            things = [c for c in token.children if c.dep_ == "dobj"]
            if not any(
                t.lower_ in ("it", "this", "that") or is_cue(t, "supply", "carry", "cargo", "acquire")
                for t in things
            ):
                continue
            sentence = self._discourse.sentence(token.idx)
            near = [d for d in drafts if 0 <= sentence - max(d.evidence) <= 1]
            attribution = Attribution()
            self._attributor._add_sources(token, "say", attribution)
            sources = self._ties.expand(attribution.sources)
            if near and sources and not near[-1].take("accuser"):
                near[-1].put("accuser", sources)
                near[-1].status = Status.ALLEGED if near[-1].status == Status.ASSERTED else near[-1].status
                near[-1].evidence.add(sentence)


def _never_both(draft: Draft, sources: list[Slot]) -> None:
    """The name that speaks is not at the same place in the text the name of who is accused or shot at."""
    places = {s.span for s in sources if s.span is not None}
    for slot, fillers in draft.slots.items():
        draft.slots[slot] = {ref: s for ref, s in fillers.items() if s.span is None or s.span not in places}


def _action(act: Act) -> Action:
    """What is only wished, planned or agreed to be bought is asked for, not got."""
    if act.kind == "acquire" and act.cue.pos_ == "VERB":
        wished = act.cue.dep_ in ("xcomp", "advcl") and is_cue(act.cue.head, "intend")
        if wished or any(c.lower_ in ("will", "shall", "would") for c in act.cue.children):
            return Action.REQUEST
    return act.action


# Missiles that are fired at nobody are tested.
_TESTED = frozenset({"ballistic-missile", "cruise-missile", "missile", "nuclear", "rocket"})


def _stands(draft: Draft, classes: set[str]) -> bool:
    """A claim needs somebody: who did it, whence, to whom or by what; what a headline noun asserts needs two."""
    acting = (
        draft.refs("accused")
        | draft.refs("supplier")
        | draft.refs("carrier")
        | {s.entity for s in draft.owners}
    )
    others = draft.refs("recipient") | draft.refs("target")
    if draft.action == Action.USE:
        foreign = draft.refs("supplier") - draft.refs("accused")
        tested = bool(classes & _TESTED) and "strike" not in draft.kinds
        return bool(
            draft.refs("target")
            or foreign
            or (not tested and (acting or draft.take("accuser")) and draft.status != Status.ASSERTED)
        )
    if draft.status == Status.ASSERTED and "noun" in draft.rule and draft.action != Action.REQUEST:
        return bool(acting and others) or len(acting) > 1
    return bool(acting | others)


def _freeze(index: int, draft: Draft) -> Allegation:
    return Allegation(
        index=index,
        evidence=tuple(sorted(draft.evidence)),
        cue=draft.cue,
        rule=draft.rule,
        confidence=0.5,
        credibility=6,
        action=draft.action,
        status=draft.status,
        accuser=draft.take("accuser"),
        accused=draft.take("accused"),
        supplier=draft.take("supplier"),
        recipient=draft.take("recipient"),
        target=draft.take("target"),
        carrier=draft.take("carrier"),
        weapons=draft.take("weapons"),
        denied_by=draft.take("denied_by"),
    )
