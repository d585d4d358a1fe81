"""Who answers for a deed whose own sentence leaves it open: the operator, the supplier, the state of an army.

What a report tells of an act seldom stands in one sentence: "Iranian missiles were delivered to X" leaves out
who delivered them, "the drones have struck Kyiv" who flew them, "the Rwandan army" that it acts for a state.
"""

from __future__ import annotations

from tailgraph.graph.model import Action, EntityRef, Kind, Slot
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.affiliation import Affiliations
from tailgraph.nlp.claims.cues import wordset
from tailgraph.nlp.claims.draft import Draft

# Who gets or orders weapons is who is said to have done so.
_GETTING = frozenset({Action.ACQUISITION, Action.REQUEST})
_MOVES = frozenset({Action.TRANSFER, Action.ACQUISITION})
_BODIES = (Kind.ORGANIZATION, Kind.OPERATOR)


class Imputation:
    def __init__(self, report: Annotated, ties: Affiliations) -> None:
        self._report, self._ties = report, ties

    def name_states(self, draft: Draft) -> None:
        """The state behind whoever supplies, and behind an army that gets or ("Niger's army") is accused."""
        for slot in draft.take("supplier"):
            if slot.entity.kind in _BODIES:
                draft.put("supplier", self._states_of(slot.entity) or self._ties.home(slot.entity))
        for slot in draft.take("recipient"):
            if self._described(slot.entity) or self._ties.rules(slot.entity):
                draft.put("recipient", self._states_of(slot.entity))

    def name_accused(self, drafts: list[Draft]) -> None:
        """Nobody told as the doer: the operator of a transport, the supplier, who gets or orders, who was
        given the weapons that are used."""
        for draft in drafts:
            self._name_mover(draft, drafts)
            self._name_getter(draft)
        for draft in drafts:
            self._name_striker(draft, drafts)
            self._name_user(draft, drafts)

    def _name_mover(self, draft: Draft, drafts: list[Draft]) -> None:
        if draft.action == Action.TRANSFER and not draft.take("accused"):
            operators = [s for s in draft.take("carrier") if s.entity.kind == Kind.OPERATOR]
            givers = [] if any(_sold_before(d, draft) for d in drafts) else _sole_giver(draft)
            draft.put("accused", operators or draft.owners or givers)
        draft.put("accused", draft.behalf)

    def _name_getter(self, draft: Draft) -> None:
        if draft.action in _GETTING and not draft.take("accused"):
            draft.put("accused", draft.take("recipient"))
        if draft.rule.startswith("request-noun") and not draft.take("accused"):
            states = [
                s
                for s in draft.take("accuser")
                if s.entity.kind == Kind.COUNTRY and s.entity not in draft.refs("supplier")
            ]
            if len(states) == 1 and draft.take("supplier"):
                draft.put("accused", states)
                draft.put("recipient", states)

    def _name_user(self, draft: Draft, drafts: list[Draft]) -> None:
        """ "The missiles have since struck Kyiv": whoever was given them, as the report tells elsewhere."""
        if draft.action != Action.USE or draft.take("accused") or not draft.take("supplier"):
            return
        given = [d for d in drafts if d.action in _MOVES and self._same_weapons(d, draft)]
        users: dict[EntityRef, Slot] = {}
        for other in given:
            for slot in other.take("recipient"):
                if slot.entity.kind in (Kind.COUNTRY, Kind.ORGANIZATION):
                    users.setdefault(slot.entity, slot)
        suffering = draft.refs("target") | draft.refs("accuser")
        if not users.keys() & suffering:
            draft.put("accused", list(users.values()))

    def _name_striker(self, draft: Draft, drafts: list[Draft]) -> None:
        """ "Emirati drones hit X": they are flown by the Emirates, unless these gave them to somebody."""
        if draft.take("accused") or any(d.action in _MOVES and self._same_weapons(d, draft) for d in drafts):
            return
        suffering = draft.refs("target") | draft.refs("accuser")
        strikers = [s for s in draft.strikers if s.entity not in suffering]
        draft.put("accused", strikers)
        draft.drop("supplier", {s.entity for s in strikers})

    def _same_weapons(self, given: Draft, used: Draft) -> bool:
        both = given.refs("supplier") & used.refs("supplier")
        return bool(both) and bool(self._classes(given) & self._classes(used))

    def _classes(self, draft: Draft) -> set[str | None]:
        return {self._report.entity(ref).key for ref in draft.refs("weapons")}

    def name_state_of_accused(self, draft: Draft) -> None:
        """ "The Rwandan army", "President X": the state that they act for."""
        for slot in draft.take("accused"):
            states = [s for s in self._states_of(slot.entity) if s.entity not in draft.refs("accuser")]
            answering = draft.refs("supplier") | draft.refs("denied_by")
            if self._described(slot.entity) and not self._ties.rules(slot.entity):
                states = [s for s in states if s.entity in answering]
            if self._acts_for_state(slot.entity):
                draft.put("accused", states)

    def _acts_for_state(self, ref: EntityRef) -> bool:
        """An army, not a firm, a militia or a squadron; or who rules."""
        if self._ties.rules(ref):
            return True
        words = {w.lower() for name in self._report.entity(ref).names for w in name.split()}
        named = ref.kind == Kind.ORGANIZATION or self._described(ref)
        return named and bool(words & wordset("armies"))

    def name_denier(self, draft: Draft) -> None:
        """Nobody named as the doer at all: the state or carrier that denies it is who is accused."""
        if draft.take("accused") or draft.take("supplier") or draft.action == Action.REQUEST:
            return
        deniers = [s for s in draft.take("denied_by") if s.entity.kind == Kind.OPERATOR]
        draft.put("accused", [s for s in deniers if s.entity not in draft.refs("recipient")][:1])

    def _described(self, ref: EntityRef) -> bool:
        """Whether a body is called by what it is ("Niger's army"), so that it acts for its state."""
        return ref.kind in _BODIES and self._report.entity(ref).names[0].split()[-1].islower()

    def _states_of(self, ref: EntityRef) -> list[Slot]:
        return [t for t in self._ties.of(ref) if t.entity.kind == Kind.COUNTRY]


def _sold_before(sale: Draft, draft: Draft) -> bool:
    """ "X bought drones from Y, and two of them were passed to Z": it is not Y who passed them on."""
    same = sale.refs("weapons") & draft.refs("weapons") and sale.refs("supplier") & draft.refs("supplier")
    others = sale.refs("recipient") - draft.refs("recipient")
    return bool(sale.action == Action.ACQUISITION and same and others)


def _sole_giver(draft: Draft) -> list[Slot]:
    """ "Iranian missiles were delivered to X": the one state whose weapons were given to somebody, where no
    craft or dealer is told who may have given them. What is smuggled, found or captured it need not have
    given."""
    states = [s for s in draft.take("supplier") if s.entity.kind == Kind.COUNTRY]
    given = draft.kinds == {"supply"} and draft.take("recipient") and not draft.take("carrier")
    given = given and not draft.nameless
    return states if given and len(states) == 1 else []
