"""One claim told several times becomes one: which tellings belong together, and what they add up to."""

from __future__ import annotations

from tailgraph.graph.model import Action, EntityRef, Kind, Status
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.affiliation import Affiliations
from tailgraph.nlp.claims.anaphora import HAND
from tailgraph.nlp.claims.draft import SLOTS, Draft
from tailgraph.nlp.claims.when import apart

_PARTIES = ("accused", "supplier", "recipient", "target")
# What two tellings may have in common; the airline that is blamed and the one that flies are one tie.
_TIES = (("accused", "carrier"), ("supplier",), ("recipient",), ("target",), ("accuser",))
_GENERIC = "arms"
_MISSILE = "missile"
_BOMB, _EXPLOSIVE = "bomb", "explosive"
# "The missile" whose kind the same claim tells elsewhere.
_BARE_MISSILE = frozenset({"missile", "missile/missile", "missile/guided missile"})
# What is only guessed is not for that the claim that somebody makes in the next sentence.
_GUESSED_AND_SAID = {Status.SUSPECTED, Status.ALLEGED}
# How many claims back a retelling may reach; keeps long reports linear.
_REACH = 40


class Merger:
    def __init__(self, report: Annotated, ties: Affiliations) -> None:
        self._report, self._ties = report, ties

    def merge(self, drafts: list[Draft]) -> list[Draft]:
        merged: list[Draft] = []
        for draft in drafts:
            home = next((m for m in reversed(merged[-_REACH:]) if self.same(m, draft)), None)
            if home is None:
                merged.append(draft)
            else:
                join(home, draft)
                self._drop_generic(home)
        for draft in merged:
            self._drop_generic(draft)
        return merged

    def same(self, first: Draft, second: Draft) -> bool:
        if second.another or second.retells_for(first):
            return False
        if first.action != second.action and not self._both_ends(first, second):
            return False
        had_a_hand = self._had_a_hand(first, second)
        if any(self._conflict(first, second, s) for s in _PARTIES if not (had_a_hand and s == "accused")):
            return False
        passed_on = second.rule.endswith("-anaphor") and second.sentence - max(first.told) <= 1
        if _then_and_now(first, second):
            return False
        if apart(first.event, second.event) and not passed_on:
            return False  # "he handed it to X" six days later: the same load, a step on
        if first.refs("accuser") & second.refs("denied_by") or second.refs("accuser") & first.refs(
            "denied_by"
        ):
            return False
        if self._clash(first, second, Kind.AIRCRAFT) or self._clash(first, second, Kind.OPERATOR):
            return False
        distance = abs(second.sentence - max(first.evidence))
        shared = sum(bool(self._common(first, second, slots)) for slots in _TIES)
        accusers = self._conflict(first, second, "accuser") and not had_a_hand
        common = self.classes(first) & self.classes(second)
        if second.rule.endswith("-anaphor") and common - {_GENERIC} and not accusers:
            return True  # "who was to have the guns? They were for X": the load told before
        if first.refs("weapons") & second.refs("weapons"):
            return shared >= 2 or (shared >= 1 and not accusers) or (not accusers and distance <= 2)
        generic = _GENERIC in self.classes(first) | self.classes(second)
        if _missiles(self.classes(first), self.classes(second)):
            # "Missile parts" of a headline are the ballistic missiles of the text.
            return shared >= (1 if first.action == Action.USE else 2) and not accusers
        if _bombs(self.classes(first), self.classes(second)):
            return shared >= 1 and not accusers
        if common - {_GENERIC}:
            return shared >= 1 and not accusers
        beside = distance <= 1 and not accusers and {first.status, second.status} != _GUESSED_AND_SAID
        beside = beside and not self._other_doers(first, second)
        if generic and second.rule == "cargo-found" and "motion" in first.kinds and not accusers:
            return True  # "a plane stopped with arms … they found rockets"
        return generic and not second.also and (shared >= 2 or (shared >= 1 and distance <= 1) or beside)

    def _had_a_hand(self, first: Draft, second: Draft) -> bool:
        """ "X sold rifles to Y. Z told the paper that he had arranged the deal": Z is to blame as well, by
        what he says himself."""
        own = second.refs("accuser") & second.refs("accused")
        return second.rule == HAND and bool(own) and not second.refs("accused") & first.refs("recipient")

    def _other_doers(self, first: Draft, second: Draft) -> bool:
        """Whether each telling names who did it, and not the same: a dealer, and an airline "sanctioned for
        moving arms" in the next sentence."""
        a, b = (
            {*self._wide(d, "accused"), *(r for r in self._wide(d, "carrier") if r.kind == Kind.OPERATOR)}
            for d in (first, second)
        )
        return bool(a and b and not a & b)

    def _both_ends(self, first: Draft, second: Draft) -> bool:
        """What one side gives and the other gets is one load, if the getter is told in both."""
        return (
            {first.action, second.action} == {Action.TRANSFER, Action.ACQUISITION}
            and bool(first.refs("recipient") & second.refs("recipient"))
            and bool(first.refs("weapons") & second.refs("weapons"))
        )

    def classes(self, draft: Draft) -> set[str]:
        return {self._report.entity(ref).key or _GENERIC for ref in draft.refs("weapons")} or {_GENERIC}

    def _wide(self, draft: Draft, slot: str) -> set[EntityRef]:
        return {s.entity for s in self._ties.expand(draft.take(slot))}

    def _common(self, first: Draft, second: Draft, slots: tuple[str, ...]) -> set[EntityRef]:
        a, b = ({ref for s in slots for ref in self._wide(d, s)} for d in (first, second))
        return a & b

    def _conflict(self, first: Draft, second: Draft, slot: str) -> bool:
        a, b = self._wide(first, slot), self._wide(second, slot)
        return bool(a and b and not a & b)

    def _clash(self, first: Draft, second: Draft, kind: Kind) -> bool:
        a = {r for r in first.refs("carrier") if r.kind == kind}
        b = {r for r in second.refs("carrier") if r.kind == kind}
        return bool(a and b and not a & b)

    def _drop_generic(self, draft: Draft) -> None:
        classes = self.classes(draft)
        told = any(c.endswith("-missile") for c in classes)
        vague = _BARE_MISSILE if told else frozenset({_BOMB} if _EXPLOSIVE in classes else ())
        if len(classes) > 1:
            draft.slots["weapons"] = {
                ref: slot
                for ref, slot in draft.slots["weapons"].items()
                if self._report.entity(ref).key != _GENERIC and ref.id not in vague
            }


def _then_and_now(first: Draft, second: Draft) -> bool:
    """ "Says that Iran sends them weapons" and "said in 2013 that it had sent mortars": what is going on, and
    one load of years ago."""
    pairs = ((first, second), (second, first))
    return any(now.goes_on and then.long_past and not then.goes_on for now, then in pairs)


def _missiles(first: set[str], second: set[str]) -> bool:
    """Whether one telling speaks only of missiles and the other says what kind they are."""
    kinds = [{c for c in classes if c.endswith("-" + _MISSILE)} for classes in (first, second)]
    return (first == {_MISSILE} and bool(kinds[1])) or (second == {_MISSILE} and bool(kinds[0]))


def _bombs(first: set[str], second: set[str]) -> bool:
    """Whether the bomb of one telling may be the explosive device of the other."""
    return (first == {_BOMB} and _EXPLOSIVE in second) or (second == {_BOMB} and _EXPLOSIVE in first)


def join(home: Draft, other: Draft) -> None:
    """Put `other`, another telling of the same claim, into `home`; the result is never firmer than a
    named source.
    """
    home.status = _status(home, other)
    home.only_denied = home.only_denied and other.only_denied
    if home.action != other.action:
        home.action = Action.TRANSFER
        getter = home if "acquire" in home.kinds else other
        getter.slots.pop("accused", None)
    told, denied = (other, home) if home.only_denied else (home, other)
    if denied.only_denied and not told.only_denied and told.status == Status.ASSERTED:
        # "Pistols were seized. X denied that it had sold them": so far nobody says that X has.
        for slot in ("accused", "supplier"):
            denied.slots.pop(slot, None)
    for slot in SLOTS:
        home.put(slot, other.take(slot))
    home.evidence |= other.evidence
    home.told |= other.told
    home.event = home.event or other.event
    home.kinds |= other.kinds
    home.plainly_used = home.plainly_used or other.plainly_used
    home.hits_place = home.hits_place or other.hits_place
    home.behalf += other.behalf
    home.goals += other.goals
    home.owners += other.owners
    home.strikers += other.strikers


def _status(home: Draft, other: Draft) -> Status:
    """The strongest attribution counts; a claim that anybody attributes is not the report's own fact."""
    if home.only_denied != other.only_denied:
        return other.status if home.only_denied else home.status
    found = {home.status, other.status}
    named = [d.status for d in (home, other) if d.refs("accuser")]
    if len(found) == 1:
        return home.status
    if named:
        return Status.ALLEGED if Status.ALLEGED in named else named[0]
    return Status.ALLEGED if Status.ALLEGED in found else Status.SUSPECTED
