"""Who denies what: verbs and nouns of denying, another account of the cargo, and the claim they are about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from tailgraph.graph.model import EntityRef, Kind, Slot
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.affiliation import Affiliations
from tailgraph.nlp.claims.attribution import Attributor
from tailgraph.nlp.claims.craft import CRAFT_KINDS
from tailgraph.nlp.claims.cues import is_cue, word_class, wordset
from tailgraph.nlp.claims.discourse import Discourse
from tailgraph.nlp.claims.draft import Draft
from tailgraph.nlp.claims.slots import PARTIES, slot_of
from tailgraph.nlp.claims.syntax import agents, antecedent, is_passive, negated, prep_objects, subjects

_NO = frozenset(["no", "neither", "nor", "not", "never"])
_PARTY_SLOTS = ("accused", "supplier", "recipient", "carrier")
_REACH = 4
# How many paragraphs back "the claim" may be.
_POINTING = 3
# How many claims back a denial may reach; keeps long reports linear.
_CLAIMS = 30


@dataclass(frozen=True)
class Denial:
    """Somebody's denial. `explicit`: a word of denying stands there, else it is another account of the cargo.

    `about` holds the parties, craft and weapons that the denying sentence names; `points` says that it denies
    what was said just before ("the claim", "it").
    """

    sentence: int
    offset: int
    speakers: tuple[Slot, ...]
    explicit: bool
    points: bool
    about: frozenset[EntityRef]


class Denials:
    def __init__(
        self, report: Annotated, ties: Affiliations, attributor: Attributor, discourse: Discourse
    ) -> None:
        self._report, self._ties, self._attributor, self._discourse = report, ties, attributor, discourse

    def apply(self, drafts: list[Draft]) -> None:
        for denial in self._found():
            if not denial.speakers:
                self._both(denial, drafts)
                continue
            for draft in self._denied(denial, drafts):
                keep = [s for s in denial.speakers if s.entity not in draft.refs("accuser")]
                if keep:
                    draft.put("denied_by", [*keep, *self._state(keep, draft)])
                    draft.evidence.add(denial.sentence)

    def _both(self, denial: Denial, drafts: list[Draft]) -> None:
        """ "Both countries deny it": the two states of the claim told last."""
        for draft in reversed(_until(drafts, denial)):
            states = {
                s.entity: s
                for name in ("accused", "supplier", "recipient")
                for s in draft.take(name)
                if s.entity.kind == Kind.COUNTRY and s.entity not in draft.refs("accuser")
            }
            if len(states) == 2 and draft.sentence <= denial.sentence:
                draft.put("denied_by", list(states.values()))
                draft.evidence.add(denial.sentence)
                return

    def _state(self, speakers: list[Slot], draft: Draft) -> list[Slot]:
        """An official with no state named denies for the state that is accused."""
        if any(s.entity.kind != Kind.PERSON for s in speakers) or not any(
            self._ties.is_official(s.entity) for s in speakers
        ):
            return []
        states = [s for s in draft.take("accused") if s.entity.kind == Kind.COUNTRY]
        return states if len(states) == 1 else []

    # --- finding
    def _found(self) -> Iterator[Denial]:
        seen: set[tuple[int, tuple[EntityRef, ...]]] = set()
        for token in self._report.doc:
            for speakers, explicit in (*self._explicit(token), *self._other_account(token)):
                full = self._ties.expand(speakers)
                key = (token.sent.start, tuple(s.entity for s in full))
                both = not full and explicit and any(_both(t) for t in subjects(token))
                if (full or both) and key not in seen:
                    seen.add(key)
                    yield Denial(
                        self._discourse.sentence(token.idx),
                        token.idx,
                        tuple(full),
                        explicit,
                        _points(token),
                        self._about(token, full),
                    )

    def _about(self, token: Token, speakers: list[Slot]) -> frozenset[EntityRef]:
        said = {s.entity for s in speakers}
        start, end = token.sent.start_char, token.sent.end_char
        named = {m.entity for m in self._discourse.between(start, end, *PARTIES, *CRAFT_KINDS, Kind.WEAPON)}
        meant = {ref for t in token.sent for ref in self._report.references.get(t.i, ())}
        return frozenset((named | meant) - said)

    def _explicit(self, token: Token) -> Iterator[tuple[list[Slot], bool]]:
        if word_class(token) == "verb" and is_cue(token, "deny"):
            if not _not_denied(token):
                yield self._speakers(token), True
        elif is_cue(token, "denial"):
            verb = self._verb_above(token)
            if verb is not None and not negated(verb):
                yield self._speakers(verb), True
            elif verb is None:
                quoted = self._attributor.of(token)
                yield quoted.sources or self._before_colon(token), True
        elif _untrue(token):
            verb = self._verb_above(token)
            yield (self._speakers(verb) if verb is not None else self._attributor.of(token).sources), True
        elif _belittles(token):
            yield self._speakers(token.head if token.dep_ != "pobj" else token.head.head), True
        elif (
            word_class(token) == "verb"
            and negated(token)
            and is_cue(token, "supply", "carry", "acquire", "use", "possess", "load", "motion")
        ):
            attribution = self._attributor.of(token)
            if not attribution.denied and self._on_weapons(token):
                yield attribution.sources, True
        elif token.lower_ == "nothing" and token.dep_ in ("pobj", "dobj", "nsubj", "nsubjpass"):
            attribution = self._attributor.of(token)
            if attribution.kinds and not attribution.denied and not attribution.unsaid:
                yield attribution.sources, False
        elif (token.lower_ == "no" and token.dep_ == "intj" and is_cue(token.head, "say")) or (
            token.lower_ == "no" and (token.head.lemma_ == "say")
        ):
            yield self._speakers(token.head), False
        elif (
            token.lower_ in _NO
            and token.head.lemma_.lower() in wordset("trifles") | {"proof", "evidence", "truth"}
        ) or (token.lower_ in _NO and self._weapon(token.head)):
            attribution = self._attributor.of(token)
            if attribution.kinds and not attribution.denied:
                yield attribution.sources, False

    def _before_colon(self, token: Token) -> list[Slot]:
        """ "The ministry in Moscow: 'Fairy tales.'": who stands before the colon."""
        doc, start = token.doc, token.i
        while start > 0 and doc[start].text not in (":", "\n\n") and token.i - start < 12:
            start -= 1
        if doc[start].text != ":":
            return []
        before = [
            m
            for m in self._report.mentions
            if m.end <= doc[start].idx and doc[start].idx - m.end < 30 and m.entity.kind in PARTIES
        ]
        return [slot_of(before[-1])] if before else []

    def _on_weapons(self, verb: Token) -> bool:
        """Whether a negated act is about the load, and not about fuel, licences, people."""
        things = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
        return not things or any(
            t.lemma_.lower()
            in wordset("trifles")
            | {"anything", "nothing", "any", "it", "them", "load", "cargo", "good", "goods", "none", "one"}
            or self._weapon(w)
            or w.lemma_.lower() in wordset("trifles")
            for t in things
            for w in t.subtree
        )

    def _weapon(self, token: Token) -> bool:
        mention = self._report.mention_at(token)
        return mention is not None and mention.entity.kind == Kind.WEAPON

    def _other_account(self, token: Token) -> Iterator[tuple[list[Slot], bool]]:
        """ "The freighter had brought a generator", "speaks of field kitchens": a load that is no weapon."""
        if word_class(token) not in ("verb", "adjective") and token.pos_ not in ("ADJ", "AUX"):
            return
        if token.lemma_ == "speak" and any(c.lower_ == "of" for c in token.children):
            yield self._speakers(token), False
        elif self._tells_load(token) and not any(self._weapon(w) for w in token.subtree):
            attribution = self._attributor.of(token)
            if attribution.kinds and not attribution.denied:
                yield attribution.sources, False

    def _tells_load(self, token: Token) -> bool:
        if token.dep_ in ("amod", "acl", "relcl") or any(
            c.lower_ in ("can", "could", "may", "might") for c in token.children
        ):
            return False
        if token.lower_ in ("laden", "full", "empty"):
            return True
        if token.lemma_ == "be" and any(
            w.lower_ in ("aboard", "board", "onboard")
            for c in token.children
            if c.dep_ in ("prep", "advmod")
            for w in c.subtree
        ):
            return True
        return (
            is_cue(token, "carry", "load", "supply")
            and any(c.dep_ in ("dobj", "nsubjpass") and not _told_before(c) for c in token.children)
            and (
                token.lemma_ not in ("hold", "take", "land")
                or any(c.dep_ == "nsubj" and c.lemma_.lower() in wordset("vessels") for c in token.children)
            )
        )

    def _verb_above(self, token: Token) -> Token | None:
        for above in token.ancestors:
            if word_class(above) == "verb" and (
                is_cue(above, "say", "deny", "allege") or above.lemma_ in wordset("calling")
            ):
                return above
        return None

    def _speakers(self, verb: Token) -> list[Slot]:
        words = list(agents(verb)) if is_passive(verb) else subjects(verb)
        return [s for t in words for s in self._attributor.speakers.of(antecedent(t))]

    # --- what it is about
    def _denied(self, denial: Denial, drafts: list[Draft]) -> list[Draft]:
        """The claims that a denial is laid against: those told around it in which who denies has a part, else
        the one that it points at."""
        drafts = drafts[-_CLAIMS:] if len(drafts) <= _CLAIMS else _until(drafts, denial)
        refs = {s.entity for s in denial.speakers}
        others = [d for d in drafts if not refs & d.refs("accuser")]
        told = [d for d in others if d.sentence <= denial.sentence]
        near = [d for d in told if self._distance(d, denial) <= _REACH]
        close = [d for d in near if self._distance(d, denial) == 0]
        if denial.points and close:
            return close[-1:]
        concerned = [d for d in told if refs & self._parties(d) and not self._differs(denial, d)]
        if concerned:
            return self._fitting(denial, concerned)
        fitting = [d for d in near if denial.about & self._named(d)]
        if fitting:
            return [max(fitting, key=lambda d: (len(denial.about & self._named(d)), d in close, d.cue.start))]
        if denial.explicit and close:
            return close[-1:]
        if denial.points and not self._other_charge(denial):
            return [d for d in near if self._distance(d, denial) <= _POINTING][-1:]
        return self._after(denial, others)

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
        fitting = (d for d in later if refs & self._parties(d) and not self._differs(denial, d))
        first = next(fitting, None) if denial.explicit else None
        return [first] if first is not None else []

    def _differs(self, denial: Denial, draft: Draft) -> bool:
        """Whether a denial is of other weapons than those of a claim."""
        named = {self._report.entity(r).key for r in denial.about if r.kind == Kind.WEAPON}
        told = {self._report.entity(r).key for r in draft.refs("weapons")}
        return bool(named and told and not named & told and "arms" not in named | told)

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

    def _named(self, draft: Draft) -> set[EntityRef]:
        return {s.entity for name in (*_PARTY_SLOTS, "weapons") for s in draft.take(name)}

    def _parties(self, draft: Draft) -> set[EntityRef]:
        slots = [s for name in _PARTY_SLOTS for s in draft.take(name)]
        return {s.entity for s in self._ties.expand(slots)}


def _until(drafts: list[Draft], denial: Denial) -> list[Draft]:
    """The claims told last before a denial."""
    place = bisect_right([d.cue.start for d in drafts], denial.offset)
    return drafts[max(place - _CLAIMS, 0) : place]


def _points(token: Token) -> bool:
    things = [c for c in token.children if c.dep_ in ("dobj", "nsubjpass")] + list(prep_objects(token, "at"))
    if is_cue(token, "denial"):
        things += [
            c
            for a in token.ancestors
            if word_class(a) == "verb"
            for c in a.children
            if c.dep_ in ("dobj", "nsubj") and c != token
        ]
    if token.lower_ == "no" or token.dep_ == "det":
        things += list(prep_objects(token.head, "of", "for"))
    return any(
        t.lemma_.lower() in wordset("the claim")
        and not any(c.dep_ in ("acl", "relcl", "prep") for c in t.children)
        for t in things
    )


def _not_denied(verb: Token) -> bool:
    """ "Neither confirmed nor denied", "did not deny", "declined to deny"."""
    around = [verb, verb.head] if verb.dep_ in ("conj", "xcomp") else [verb]
    return (
        any(negated(v) for v in around)
        or any(c.lower_ in _NO and c.dep_ in ("preconj", "cc", "neg") for v in around for c in v.children)
        or (verb.dep_ == "xcomp" and verb.head.lemma_ in ("decline", "refuse", "fail"))
    )


def _told_before(load: Token) -> bool:
    """ "The launchers", "them": a load that was told before is no other account of it."""
    return load.pos_ == "PRON" or any(
        c.lower_ in ("the", "these", "those", "this", "that") for c in load.children
    )


def _both(subject: Token) -> bool:
    """ "Both countries", "the two governments", "both"."""
    words = {c.lower_ for c in subject.children} | {subject.lower_}
    return bool(words & {"both", "two"}) and (subject.lower_ == "both" or subject.lemma_ in _SIDES)


_SIDES = frozenset(
    {"country", "state", "side", "government", "capital", "nation", "neighbour", "ally", "party"}
)


def _belittles(token: Token) -> bool:
    """ "Called this a rumour", "dismissed it as a drama": no denial but in such a place."""
    if token.lemma_.lower() not in wordset("belittling"):
        return False
    above = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "as" else token.head
    placed = token.dep_ in ("oprd", "pobj", "ccomp", "dobj", "attr")
    return placed and above.pos_ == "VERB" and above.lemma_ in wordset("calling")


def _untrue(token: Token) -> bool:
    """ "That is not true", "no truth in it", "pleaded not guilty", "has nothing to do with arms"."""
    if token.lower_ in ("true", "correct", "guilty"):
        near = token.doc[max(token.i - 3, token.sent.start) : token.i]
        return any(t.lower_ in ("not", "n't", "n’t", "never") for t in near)
    return token.lower_ == "truth" and any(c.lower_ in ("no", "any") for c in token.children)
