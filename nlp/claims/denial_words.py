"""Where somebody denies: verbs and nouns of denying, another account of the cargo, a load that was none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from tailgraph.graph.model import DateInterval, EntityRef, Kind, Slot
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.acts import gives_nobody
from tailgraph.nlp.claims.affiliation import Affiliations
from tailgraph.nlp.claims.attribution import Attributor
from tailgraph.nlp.claims.craft import CRAFT_KINDS
from tailgraph.nlp.claims.cues import is_cue, word_class, wordset
from tailgraph.nlp.claims.denial_forms import (
    belittles,
    both_sides,
    called_invented,
    calls_harmless,
    cut_short,
    denied_by_noun,
    denies_too,
    elliptic,
    is_load,
    not_so,
    only_dates,
    quoted_alone,
    refuses,
    replies,
    says_of_thing,
    some_state,
    such,
    unaware,
    untrue,
)
from tailgraph.nlp.claims.denial_gaps import second_caller
from tailgraph.nlp.claims.denial_scope import (
    authors,
    beside_the_matter,
    in_relative,
    of_further_load,
    of_leaving,
    of_moving,
    of_own_deed,
    of_own_giving,
    of_own_use,
    of_several,
    of_use,
    points,
)
from tailgraph.nlp.claims.discourse import Discourse
from tailgraph.nlp.claims.modality import negated, never_was
from tailgraph.nlp.claims.reporting import rejects_in_headline
from tailgraph.nlp.claims.said import Attribution
from tailgraph.nlp.claims.slots import PARTIES, phrase, slot_of
from tailgraph.nlp.claims.syntax import agents, antecedent, is_passive, prep_objects, subjects
from tailgraph.nlp.claims.when import Calendar

_ACTS = ("supply", "carry", "acquire", "use", "possess", "load", "motion")
_NO = frozenset(["no", "neither", "nor", "not", "never"])
# "No need of importing weapons": what stands behind them is what is not done.
_WISHES = frozenset({"need", "intention", "plan", "interest", "reason", "wish", "desire", "cause"})
# What may stand for a load behind a negated act, and acts behind which it stands for evidence.
_LOAD = frozenset(
    {"anything", "nothing", "any", "it", "them", "load", "cargo", "good", "goods", "none", "one"}
)
_SHOWING = frozenset({"show", "display", "exhibit", "parade", "film", "photograph"})
# A plane that goes home empty may have been full before.
_DENIED = frozenset({"dobj", "ccomp", "xcomp", "pobj"})
_LEAVING = frozenset({"return", "leave", "depart", "go", "fly", "head"})


@dataclass(frozen=True)
class Denial:
    """Somebody's denial. `explicit`: a word of denying or a negated act stands there, else it is another
    account of the cargo; `worded`: it is a word of denying, which says by itself that somebody claimed it.

    `about` holds the parties, craft and weapons that the denying sentence names; `points` says that it denies
    what was said just before ("the claim", "it"), `several` that it is more than one claim ("the charges");
    `both`, that "both sides" deny and are not named; `authors` are those whose claim it is said to be ("the
    American reports"); `here`, that nothing but what its own sentence tells is denied; `of_use` and
    `of_moving`, that what it denies is the use of the weapons, or only their moving; `of_leaving`, that they
    were passed on; `own_use` and `own_giving`, that it is who speaks who is said to have used or given them;
    `unaware`, that who speaks only "knew of none"; `another` and `when`, that it denies "a second load" or
    what was on a day of its own; `own_deed`, that it is what who speaks has done itself; `none_was`,
    that "there were none".
    """

    sentence: int
    offset: int
    speakers: tuple[Slot, ...]
    explicit: bool
    worded: bool
    points: bool
    about: frozenset[EntityRef]
    of_use: bool = False
    of_moving: bool = False
    several: bool = False
    here: bool = False
    authors: frozenset[EntityRef] = frozenset()
    own_use: bool = False
    own_giving: bool = False
    both: bool = False
    unaware: bool = False
    another: bool = False
    when: DateInterval | None = None
    own_deed: bool = False
    none_was: bool = False
    of_leaving: bool = False


class DenialFinder:
    def __init__(
        self, report: Annotated, ties: Affiliations, attributor: Attributor, discourse: Discourse
    ) -> None:
        self._report, self._ties, self._attributor, self._discourse = report, ties, attributor, discourse
        self._calendar = Calendar(report)

    def found(self) -> Iterator[Denial]:
        seen: set[tuple[int, tuple[EntityRef, ...]]] = set()
        for token in self._report.doc:
            for speakers, explicit in (*self._explicit(token), *self._other_account(token)):
                full = self._ties.expand([s for s in speakers if not self._hears(s, token)])
                key = (token.sent.start, tuple(s.entity for s in full))
                both = not full and explicit and any(both_sides(t) or some_state(t) for t in subjects(token))
                if (full or both) and key not in seen:
                    seen.add(key)
                    yield self._denial(token, full, explicit)

    def _hears(self, slot: Slot, denying: Token) -> bool:
        """ "The firm told the panel that it had sold none": whoever vouches for what he heard denies
        nothing."""
        if slot.span is None:
            return False
        span = self._report.doc.char_span(slot.span.start, slot.span.end, alignment_mode="expand")
        if span is None or span.sent != denying.sent:
            return False
        word = span.root
        verb = word.head.head if word.dep_ == "pobj" and word.head.lower_ == "to" else word.head
        return word.dep_ in ("dobj", "dative", "pobj") and verb.lemma_ in wordset("informing")

    def _denial(self, token: Token, speakers: list[Slot], explicit: bool) -> Denial:
        worded = explicit and not is_cue(token, *_ACTS)
        return Denial(
            self._discourse.sentence(token.idx),
            token.idx,
            tuple(speakers),
            explicit,
            worded,
            points(token) or any(form(token) for form in _POINTING),
            self._about(token, speakers, worded),
            of_use(token),
            of_moving(token),
            of_several(token),
            in_relative(token),
            frozenset(authors(token, self._attributor.speakers, self._report)),
            of_own_use(token),
            of_own_giving(token),
            not speakers and any(both_sides(t) for t in subjects(token)),
            unaware(token),
            of_further_load(token),
            self._when(token, worded),
            of_own_deed(token),
            token.lower_ in _NO and never_was(token.head),
            of_leaving(token),
        )

    def _when(self, token: Token, worded: bool) -> DateInterval | None:
        """When what is denied is to have been, not when it was denied."""
        if not worded:
            return self._calendar.event(token, [])
        content = [c for c in token.children if c.dep_ in _DENIED]
        return self._calendar.event(content[0], content) if content else None

    def _about(self, token: Token, speakers: list[Slot], worded: bool) -> frozenset[EntityRef]:
        """What the denying sentence names; of a word of denying, only the part that a semicolon sets off."""
        said = {s.entity for s in speakers}
        part = token.sent
        if worded:
            cuts = [t.i for t in token.sent if t.text == ";"]
            start = max((i for i in cuts if i < token.i), default=part.start)
            part = token.doc[start : min((i for i in cuts if i > token.i), default=part.end)]
        start, end = part.start_char, part.end_char
        named = {m.entity for m in self._discourse.between(start, end, *PARTIES, *CRAFT_KINDS, Kind.WEAPON)}
        meant = {ref for t in part for ref in self._report.references.get(t.i, ())}
        return frozenset((named | meant) - said)

    def _explicit(self, token: Token) -> Iterator[tuple[list[Slot], bool]]:
        if word_class(token) == "verb" and is_cue(token, "deny"):
            denies = not _not_denied(token) and not self._of_people(token)
            if denies and not beside_the_matter(token, self._report):
                yield self._speakers(token), True
        elif denies_too(token):
            yield self._speakers(token), True
        elif rejects_in_headline(token):
            yield [s for t in rejects_in_headline(token) for s in self._attributor.speakers.of(t)], True
        elif is_cue(token, "denying") and not refuses(token):
            yield [s for t in denied_by_noun(token) for s in self._attributor.speakers.of(t)], True
        elif cut_short(token) or (quoted_alone(token) and not belittles(token)):
            yield self._attributor.quoted(token), True
        elif elliptic(token) or such(token):
            attribution = self._attributor.of(token)
            if self._of_people_too(token):
                return
            if attribution.kinds and not attribution.denied and not attribution.unsaid:
                yield attribution.sources, True
        elif (is_cue(token, "denial") or belittles(token)) and (second := second_caller(self._report, token)):
            yield second, True
        elif _calls_false(token) or called_invented(token):
            verb = self._verb_above(token)
            if verb is not None and not negated(verb):
                yield self._speakers(verb), True
            elif verb is None:
                quoted = self._attributor.of(token)
                told = quoted.sources or self._before_colon(token)
                yield told or self._discourse.issuer, True
        elif untrue(token) or not_so(token):
            verb = self._verb_above(token)
            yield (self._speakers(verb) if verb is not None else self._attributor.of(token).sources), True
        elif belittles(token):
            yield self._speakers(token.head if token.dep_ != "pobj" else token.head.head), True
        elif (
            word_class(token) == "verb" and (negated(token) or gives_nobody(token)) and is_cue(token, *_ACTS)
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
            and (
                (word_class(token.head) == "noun" and is_cue(token.head, "supply", "acquire"))
                or token.head.lemma_.lower() in wordset("trifles") | {"proof", "evidence", "truth"}
                or self._weapon(token.head)
                or self._no_weapon(token)
            )
            and not any(c.lower_ in wordset("further load") | {"more"} for c in token.head.children)
        ):
            attribution = self._attributor.of(token)
            if attribution.kinds and not attribution.denied and not _found_none(attribution):
                yield attribution.sources, never_was(token.head)
        elif never_was(token) and is_cue(token, *_ACTS, "request"):
            attribution = self._attributor.of(token)
            if attribution.kinds and not attribution.denied:
                yield attribution.sources, True

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
        # "He did not show it" speaks of evidence, "did not supply it" of a load.
        load = _LOAD if verb.lemma_ not in _SHOWING else frozenset()
        return not things or any(
            t.lemma_.lower() in wordset("trifles") | load
            or self._weapon(w)
            or w.lemma_.lower() in wordset("trifles")
            for t in things
            for w in (t.subtree if t.lemma_ in _WISHES else phrase(t))
        )

    def _no_weapon(self, no: Token) -> bool:
        """ "Advice, not arms": the parser hangs "not" on the verb."""
        return no.lower_ == "not" and no.i + 1 < len(no.doc) and self._weapon(no.nbor())

    def _of_people(self, verb: Token) -> bool:
        """ "Denied having any troops there", "denies sending mercenaries": of people, not of a load."""
        clauses = [c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "dobj", "prep")]
        content = [t for c in clauses for t in c.subtree if t.dep_ != "mark" and t.head.lower_ != "at"]
        things = [t for t in content if t.dep_ in ("dobj", "pobj", "nsubjpass", "nsubj") or t.head == verb]
        return any(t.lemma_.lower() in wordset("people") for t in things) and not any(
            self._weapon(t) or t.lemma_.lower() in wordset("shipment") | wordset("the claim") for t in content
        )

    def _of_people_too(self, token: Token) -> bool:
        """ "There were no troops at X, and never had been": the clause before is of people."""
        before = token.head if token.dep_ == "conj" else None
        return before is not None and any(
            c.lemma_.lower() in wordset("people")
            for c in before.children
            if c.dep_ in ("attr", "nsubj", "dobj")
        )

    def _weapon(self, token: Token) -> bool:
        mention = self._report.mention_at(token)
        return mention is not None and mention.entity.kind == Kind.WEAPON

    def _other_account(self, token: Token) -> Iterator[tuple[list[Slot], bool]]:
        """ "The freighter had brought a generator", "speaks of field kitchens": a load that is no weapon."""
        if word_class(token) not in ("verb", "adjective") and token.pos_ not in ("ADJ", "AUX"):
            return
        if token.lemma_ == "speak" and any(
            not is_cue(o, "claim", "doubt") and not any(self._weapon(w) for w in o.subtree)
            for o in prep_objects(token, "of")
        ):
            yield self._speakers(token), False
        elif calls_harmless(token):
            yield self._attributor.of(token).sources, False
        elif self._tells_load(token) and not any(self._weapon(w) for w in token.subtree):
            attribution = self._attributor.of(token)
            if attribution.kinds and not attribution.denied and "allege" not in attribution.kinds:
                yield attribution.sources, False

    def _tells_load(self, token: Token) -> bool:
        if token.dep_ in ("amod", "acl", "relcl") or any(
            c.lower_ in ("can", "could", "may", "might") for c in token.children
        ):
            return False
        if any(c.lower_ in ("what", "whether") for c in token.children):
            return False  # "would not confirm what was on board"
        if token.lower_ in ("laden", "full", "empty"):
            return token.head.lemma_ not in _LEAVING
        if token.lemma_ == "be" and any(
            w.lower_ in ("aboard", "board", "onboard")
            for c in token.children
            if c.dep_ in ("prep", "advmod")
            for w in c.subtree
        ):
            return True
        if is_load(token):
            return True
        given = [c for c in token.children if c.dep_ in ("dobj", "nsubjpass")]
        return (
            is_cue(token, "carry", "load", "supply")
            and any(not _told_before(c) and c.lemma_.lower() not in wordset("money") for c in given)
            and not self._sends_people(token)
            and (
                token.lemma_ not in ("hold", "take", "land")
                or any(c.dep_ == "nsubj" and c.lemma_.lower() in wordset("vessels") for c in token.children)
            )
        )

    def _sends_people(self, verb: Token) -> bool:
        """ "Was feeding a proxy", "had sent troops": nothing is said of what a plane carried."""
        if not is_cue(verb, "supply") or is_cue(verb, "carry"):
            return False
        people = wordset("people") | wordset("followers") | wordset("sources") | wordset("private people")
        given = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
        named = [self._report.mention_at(c) for c in given]
        return any(c.lemma_.lower() in people | {"proxy"} for c in given) or any(
            m is not None and m.entity.kind in PARTIES for m in named
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
        speakers = self._attributor.speakers
        if any(t.lower_ in ("we", "i") for t in words):
            return self._attributor.quoted(verb)
        if any(t.lemma_.lower() == "client" for t in words) and is_cue(verb.head, "say"):
            words = subjects(verb.head)  # "his lawyer said that his client denies": both do
        found = [s for t in words for s in (*speakers.of(antecedent(t)), *speakers.clients(t))]
        return found or ([] if words else speakers.just_after(verb))


_POINTING = (elliptic, such, cut_short, denies_too, quoted_alone, not_so, replies)


def _found_none(attribution: Attribution) -> bool:
    """ "The panel found no evidence that X sent rifles": a finding, and no denial of what others sent."""
    return all(w.lemma_ in wordset("own finding") for w in attribution.words)


def _calls_false(word: Token) -> bool:
    """A word that calls a claim untrue ("baseless", "a lie"), and not a date or a thing."""
    return is_cue(word, "denial") and not only_dates(word) and not says_of_thing(word)


def _not_denied(verb: Token) -> bool:
    """ "Neither confirmed nor denied", "did not deny", "declined to deny"."""
    around = [verb, verb.head] if verb.dep_ in ("conj", "xcomp") else [verb]
    return (
        any(negated(v) for v in around)
        or any(c.lower_ in _NO and c.dep_ in ("preconj", "cc", "neg") for v in around for c in v.children)
        or (verb.dep_ == "xcomp" and verb.head.lemma_ in ("decline", "refuse", "fail"))
    )


def _told_before(load: Token) -> bool:
    """ "The launchers", "them": a load that was told before is no other account of it; nor is "a third
    shipment"."""
    known = {"the", "these", "those", "this", "that"}
    if load.lemma_.lower() in wordset("shipment"):
        known |= wordset("further load")
    return load.pos_ == "PRON" or any(c.lower_ in known for c in load.children)
