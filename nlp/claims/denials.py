"""Against which claims a denial is laid."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from tailgraph.graph.model import Action, EntityRef, Kind, Slot
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.affiliation import Affiliations
from tailgraph.nlp.claims.attribution import Attributor
from tailgraph.nlp.claims.cues import is_cue, word_class, wordset
from tailgraph.nlp.claims.denial_words import Denial, DenialFinder
from tailgraph.nlp.claims.discourse import Discourse
from tailgraph.nlp.claims.draft import Draft
from tailgraph.nlp.claims.slots import PARTIES
from tailgraph.nlp.claims.syntax import doers
from tailgraph.nlp.claims.when import apart

_PARTY_SLOTS = ("accused", "supplier", "recipient", "carrier")
# Whom a claim may concern that gives them no part.
_CONCERNED = (Kind.COUNTRY, Kind.OPERATOR)
_REACH = 4
# How many paragraphs back "the claim" may be.
_POINTING = 3
# How many claims back a denial may reach; keeps long reports linear.
_CLAIMS = 30


class Denials:
    def __init__(
        self, report: Annotated, ties: Affiliations, attributor: Attributor, discourse: Discourse
    ) -> None:
        self._report, self._ties, self._discourse = report, ties, discourse
        self._finder = DenialFinder(report, ties, attributor, discourse)

    @cached_property
    def found(self) -> tuple[Denial, ...]:
        """Every denial of the report, whatever it denies."""
        return tuple(self._finder.found())

    def apply(self, drafts: list[Draft]) -> None:
        last: Denial | None = None
        for told in self.found:
            denial = last = self._stated(told, last)
            if not denial.speakers:
                self._unnamed(denial, drafts)
                continue
            for draft in self._denied(denial, drafts):
                keep = [s for s in denial.speakers if s.entity not in draft.refs("accuser")]
                if keep:
                    draft.put("denied_by", [*keep, *self._state(keep, draft)])
                    draft.evidence.add(denial.sentence)
                    own = denial.own_use or denial.own_giving
                    if own and not (denial.own_giving and self._told_giver(draft)):
                        _blame(draft, keep, denial)

    def _told_giver(self, draft: Draft) -> bool:
        """Whether somebody without a name is told to have done it ("a firm gave X rifles"), not only a
        plane."""
        span = self._report.doc.char_span(draft.cue.start, draft.cue.end, alignment_mode="expand")
        vehicles = wordset("craft") | wordset("ships")
        return span is not None and any(
            t.pos_ in ("NOUN", "PROPN") and t.lemma_.lower() not in vehicles for t in doers(span.root)
        )

    def _unnamed(self, denial: Denial, drafts: list[Draft]) -> None:
        """ "Both countries deny it", "the Gulf state denies it": the two states of the claim told last, or
        the one that it accuses."""
        for draft in reversed(_until(drafts, denial)):
            reach = _REACH if denial.both else 1
            if draft.sentence > denial.sentence or self._distance(draft, denial) > reach:
                continue
            accused = self._states(draft, "accused")
            denying = self._states(draft, "accused", "supplier", "recipient") if denial.both else accused
            if len(denying) == (2 if denial.both else 1):
                draft.put("denied_by", list(denying.values()))
                draft.evidence.add(denial.sentence)
                return

    def _states(self, draft: Draft, *slots: str) -> dict[EntityRef, Slot]:
        """The states in these slots of a claim, those that make it left out."""
        return {
            s.entity: s
            for name in slots
            for s in draft.take(name)
            if s.entity.kind == Kind.COUNTRY and s.entity not in draft.refs("accuser")
        }

    def _stated(self, denial: Denial, last: Denial | None) -> Denial:
        """ "Tehran insists that it sent none. 'Not one,' Foreign Minister X said": the official with no state
        named speaks for the one state that denied just before, in the same paragraph."""
        if last is None or not self._is_stateless(denial.speakers):
            return denial
        if self._discourse.paragraph(last.offset).index != self._discourse.paragraph(denial.offset).index:
            return denial
        states = [s for s in last.speakers if s.entity.kind == Kind.COUNTRY]
        return replace(denial, speakers=(*denial.speakers, *states)) if len(states) == 1 else denial

    def _is_stateless(self, speakers: Sequence[Slot]) -> bool:
        """Whether only officials and ministries speak that the report ties to no state."""
        speak = [self._ties.is_official(s.entity) or self._ties.is_ministry(s.entity) for s in speakers]
        people = (s.entity.kind == Kind.PERSON or speaks for s, speaks in zip(speakers, speak, strict=True))
        return any(speak) and all(people)

    def _state(self, speakers: list[Slot], draft: Draft) -> list[Slot]:
        """An official with no state named denies for the state that is accused."""
        if not self._is_stateless(speakers):
            return []
        states = [s for s in draft.take("accused") if s.entity.kind == Kind.COUNTRY]
        return states if len(states) == 1 else []

    # --- what it is about
    def _denied(self, denial: Denial, drafts: list[Draft]) -> list[Draft]:
        """The claims that a denial is laid against: those told around it in which who denies has a part, else
        the one that it points at."""
        drafts = drafts[-_CLAIMS:] if len(drafts) <= _CLAIMS else _until(drafts, denial)
        refs = {s.entity for s in denial.speakers}
        others = [d for d in drafts if not refs & d.refs("accuser") and self._may_be(denial, d)]
        told = self._of_authors(denial, [d for d in others if d.sentence <= denial.sentence])
        if denial.here:
            return [d for d in told if denial.sentence in d.told][-1:]
        near = [d for d in told if self._distance(d, denial) <= _REACH]
        if denial.of_moving and not any(refs & self._parties(d) for d in near):
            near = [d for d in near if d.action != Action.USE] or near
        close = [d for d in near if self._distance(d, denial) == 0]
        if denial.points and close and not self._elsewhere(denial, told, close):
            own = [d for d in close if refs & self._parties(d)]
            # "X, which rejects the finding, has been accused of …": what was told before it.
            own = [d for d in own if d.cue.start < denial.offset] or own
            if own:
                return own if denial.several else own[-1:]
            return [d for d in close[-1:] if not self._charged_since(denial, d)]
        concerned = [d for d in told if refs & self._parties(d) and not self._differs(denial, d)]
        if denial.of_leaving:
            return [d for d in concerned if refs & self._giving(d)]
        if not denial.explicit:
            concerned = [d for d in concerned if d.action != Action.USE]
        if denial.of_use and concerned:
            used = [d for d in concerned if d.action == Action.USE]
            # Who denies to have used what he is said to have got does not deny to have got it.
            concerned = used or [d for d in near if d.action == Action.USE and not d.take("accused")][-1:]
            return self._fitting(denial, concerned) if concerned else []
        if denial.points and not denial.several:
            recent = [d for d in concerned if self._distance(d, denial) <= 1]
            concerned = recent[-1:] or concerned
        if concerned:
            return self._fitting(denial, concerned)
        mentioned = [d for d in near if refs & self._mentioned(d)] if denial.worded else []
        if mentioned and not self._other_charge(denial):
            return mentioned[-1:]
        if not denial.worded and self._is_outsider(denial):
            # Who says that he himself gave none may be whom a claim means that names no giver.
            open_ = [
                d
                for d in close
                if denial.own_giving and not self._blamed(d) and d.kinds & {"supply", "carry"}
            ]
            near = [d for d in near if d in open_[-1:] or denial.about & self._blamed(d)]
            close = [d for d in close if d in near]
        fitting = [d for d in near if denial.about & self._named(d)]
        fitting = fitting or [d for d in told if denial.explicit and denial.about & self._flying(d)]
        if fitting:
            return [max(fitting, key=lambda d: (len(denial.about & self._named(d)), d in close, d.cue.start))]
        if denial.explicit and close:
            return [d for d in close if not self._differs(denial, d)][-1:]
        if denial.points and not self._other_charge(denial):
            last = [d for d in near if self._distance(d, denial) <= _POINTING][-1:]
            return [d for d in last if not self._charged_since(denial, d)]
        return self._after(denial, others)

    def _may_be(self, denial: Denial, draft: Draft) -> bool:
        """Whether a denial is not of another load or time, and who "knew of none" is charged at all."""
        if (denial.another and not draft.another) or apart(denial.when, draft.event):
            return False
        if denial.own_deed and self._another_s(denial, draft):
            return False
        charged = {s.entity for s in self._ties.expand(draft.take("accused"))}
        return not denial.unaware or bool(charged & {s.entity for s in denial.speakers})

    def _another_s(self, denial: Denial, draft: Draft) -> bool:
        """ "X said that Y had sent rockets. Z denied that it had sent any": a claim on another state or
        carrier, of which the one that speaks has no part."""
        speakers = {s.entity for s in denial.speakers}
        rivals = {ref.kind for ref in draft.refs("accused")} & {Kind.COUNTRY, Kind.OPERATOR}
        own = {ref.kind for ref in speakers} & rivals
        return bool(own) and not speakers & (self._parties(draft) | self._mentioned(draft))

    def _charged_since(self, denial: Denial, draft: Draft) -> bool:
        """Whether the state that denies is spoken of between a claim and its denial: then that is what it
        denies, though nothing was read of it."""
        states = {s.entity for s in denial.speakers}
        if denial.authors or any(ref.kind != Kind.COUNTRY for ref in states):
            return False  # "Lebanon's airports boss, X": the state is named for the sake of X
        told = [self._report.passages[i].end for i in draft.told if i <= denial.sentence]
        end = self._report.passages[denial.sentence].start
        between = self._discourse.between(max(told, default=end), end, Kind.COUNTRY)
        return bool(states & {m.entity for m in between})

    def _elsewhere(self, denial: Denial, told: list[Draft], close: list[Draft]) -> bool:
        """Whether the doer whom a denial names is that of a claim before those of its own paragraph ("asked
        about X")."""
        named = any(denial.about & self._named(d) for d in close)
        return not named and any(denial.about & self._blamed(d) for d in told)

    def _of_authors(self, denial: Denial, drafts: list[Draft]) -> list[Draft]:
        """Of several claims those by whom a denial says the claim is ("the American reports")."""
        if not denial.authors:
            return drafts
        made = [d for d in drafts if denial.authors & self._accusers(d)]
        return made or [d for d in drafts if not self._made_by_others(denial, d)]

    def _made_by_others(self, denial: Denial, draft: Draft) -> bool:
        """Whether a claim is another state's or another body's than that whose claim is denied."""
        kinds, accusers = {ref.kind for ref in denial.authors}, self._accusers(draft)
        states = bool(accusers) and all(ref.kind == Kind.COUNTRY for ref in accusers)
        return states or any(ref.kind in kinds for ref in accusers)

    def _accusers(self, draft: Draft) -> set[EntityRef]:
        return {s.entity for s in self._ties.expand(draft.take("accuser"))}

    def _fitting(self, denial: Denial, drafts: list[Draft]) -> list[Draft]:
        """Of the claims about who denies, those that fit the denial's other names best; all where it names
        nothing else."""
        best = max(len(denial.about & self._named(d)) for d in drafts)
        return [d for d in drafts if len(denial.about & self._named(d)) == best]

    def _after(self, denial: Denial, drafts: list[Draft]) -> list[Draft]:
        """A denial told before its claim: the next one about who denies, if the denial names what it is
        about or points at it."""
        refs = {s.entity for s in denial.speakers}
        later = [d for d in drafts if d.sentence > denial.sentence and self._distance(d, denial) >= -1]
        if self._is_stateless(denial.speakers):
            # "X has given none, the minister wrote": whose act he denies is whom he speaks for.
            refs = refs | (denial.about if not denial.worded else frozenset())
            fitting = (d for d in later if refs & self._blamed(d) and not self._differs(denial, d))
        else:
            fitting = (d for d in later if refs & self._parties(d) and not self._differs(denial, d))
        first = next(fitting, None) if denial.explicit and not denial.none_was else None
        return [first] if first is not None else []

    def _differs(self, denial: Denial, draft: Draft) -> bool:
        """Whether a denial is of other weapons than those of a claim."""
        named = {self._report.entity(r).key for r in denial.about if r.kind == Kind.WEAPON}
        told = {self._report.entity(r).key for r in draft.refs("weapons")}
        return bool(
            named and told and not named & told and not any(_covers(a, b) for a in named for b in told)
        )

    def _distance(self, draft: Draft, denial: Denial) -> int:
        """Paragraphs from the last telling of a claim to the denial; negative where it comes after."""
        here = self._discourse.paragraph(denial.offset).index
        return here - self._place(draft, denial)

    def _other_charge(self, denial: Denial) -> bool:
        """Whether the paragraph of a denial tells an accusation of its own, of something else than
        weapons.
        """
        paragraph = self._discourse.paragraph(denial.offset)
        span = self._report.doc.char_span(paragraph.start, denial.offset, alignment_mode="contract")
        return any(is_cue(t, "allege") and word_class(t) == "verb" for t in span or ())

    def _place(self, draft: Draft, denial: Denial) -> int:
        """The last paragraph before the denial in which the claim is told."""
        return max(
            (
                self._discourse.paragraph(self._report.passages[i].start).index
                for i in draft.told
                if i <= denial.sentence
            ),
            default=self._discourse.paragraph(draft.cue.start).index,
        )

    def _mentioned(self, draft: Draft) -> set[EntityRef]:
        """The states and carriers that the sentences of a claim speak of, in whatever part of it."""
        told = [self._report.passages[i] for i in draft.told]
        found = (m for p in told for m in self._discourse.between(p.start, p.end, *_CONCERNED))
        return {m.entity for m in found} - draft.refs("accuser") - draft.refs("target")

    def _named(self, draft: Draft) -> set[EntityRef]:
        return {s.entity for name in (*_PARTY_SLOTS, "weapons") for s in draft.take(name)}

    def _is_outsider(self, denial: Denial) -> bool:
        """Whether a state speaks, or somebody's act is negated by name: that Iran "has not delivered" denies
        nothing of what another is said to have delivered."""
        negated = denial.explicit and any(ref.kind in PARTIES for ref in denial.about)
        return negated or any(s.entity.kind == Kind.COUNTRY for s in denial.speakers)

    def _blamed(self, draft: Draft) -> set[EntityRef]:
        return draft.refs("accused") | draft.refs("supplier") | draft.refs("carrier")

    def _flying(self, draft: Draft) -> set[EntityRef]:
        return {r for r in draft.refs("carrier") if r.kind in (Kind.OPERATOR, Kind.AIRCRAFT)}

    def _giving(self, draft: Draft) -> set[EntityRef]:
        slots = [s for name in _PARTY_SLOTS if name != "recipient" for s in draft.take(name)]
        return {s.entity for s in self._ties.expand(slots)}

    def _parties(self, draft: Draft) -> set[EntityRef]:
        slots = [s for name in _PARTY_SLOTS for s in draft.take(name)]
        return {s.entity for s in self._ties.expand(slots)}


def _blame(draft: Draft, deniers: list[Slot], denial: Denial) -> None:
    """ "Its cities were struck with drones, Kyiv says. Moscow denies that it is using any": nobody else is
    told to have used them; "Rwanda insists that it has sent none": or to have given them."""
    if draft.take("accused") or (draft.action == Action.USE) != denial.own_use:
        return
    others = draft.refs("supplier") | draft.refs("target") | draft.refs("recipient")
    draft.put("accused", [s for s in deniers if s.entity.kind != Kind.PERSON and s.entity not in others])


def _covers(one: str | None, other: str | None) -> bool:
    """Whether one class of weapons may be meant by another's name: arms are any, a missile any kind of it."""
    if "arms" in (one, other):
        return True
    named = [name or "" for name in (one, other)]
    return "missile" in named and all(name.endswith("missile") for name in named)


def _until(drafts: list[Draft], denial: Denial) -> list[Draft]:
    """The claims told last before a denial."""
    place = bisect_right([d.cue.start for d in drafts], denial.offset)
    return drafts[max(place - _CLAIMS, 0) : place]
