"""Which aircraft the talk is of: type, registration and operator that a report names together.

"A 747-200F of Iran's Qeshm Fars Air, reg EP-FAA" is one craft with three names; "the jet" and "it" later on
mean the craft spoken of last. Nothing spreads from a type to other airframes of that type.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from spacy.tokens import Token

from tailgraph.graph.model import EntityRef, Kind, Mention, Slot
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.cues import wordset
from tailgraph.nlp.claims.discourse import Discourse
from tailgraph.nlp.claims.slots import head_of, slot_of
from tailgraph.nlp.claims.syntax import child, recent

CRAFT_KINDS = (Kind.AIRCRAFT, Kind.AIRCRAFT_TYPE, Kind.OPERATOR)
_SINGULAR = frozenset({"it"})
_MAX_GAP = 9
_CATAPHORA = 3
_LOOKBACK = 60
# How many paragraphs back "it" may reach for a plane.
_PARAGRAPHS = 2


@dataclass
class Craft:
    """Aircraft that a report speaks of as one, or as one group."""

    plural: bool = False
    slots: dict[EntityRef, Slot] = field(default_factory=dict)

    def add(self, mention: Mention) -> None:
        self.slots.setdefault(mention.entity, slot_of(mention))
        named = sum(ref.kind == Kind.AIRCRAFT for ref in self.slots)
        self.plural = (
            self.plural
            or named > 1
            or (mention.entity.kind == Kind.AIRCRAFT_TYPE and mention.text.endswith("s"))
        )

    def has(self, kind: Kind) -> bool:
        return any(ref.kind == kind for ref in self.slots)


class Crafts:
    """All craft of a report, and what a word refers to among them."""

    def __init__(self, report: Annotated, discourse: Discourse) -> None:
        self._report, self._discourse = report, discourse
        self.all: list[Craft] = []
        self._by_mention: dict[int, Craft] = {}
        self._order: list[Mention] = []
        self._starts: list[int] = []
        self._last_with: dict[EntityRef, Craft] = {}
        armed = {name for e in report.entities if e.kind == Kind.WEAPON for name in e.names}
        weapon_end = 0
        for mention in report.mentions:
            if mention.entity.kind == Kind.WEAPON or mention.text in armed:
                weapon_end = max(weapon_end, mention.end)
            elif mention.entity.kind in CRAFT_KINDS and mention.start >= weapon_end:
                self._place(mention)

    # --- grouping
    def _place(self, mention: Mention) -> None:
        craft = self._adjoining(mention) or self._known(mention) or self._described(mention)
        if craft is None:
            craft = Craft()
            self.all.append(craft)
        craft.add(mention)
        self._by_mention[mention.start] = craft
        alone = set(craft.slots) == {mention.entity}
        if alone and (self._of_business(mention) or self._owns_another(mention)):
            return
        self._order.append(mention)
        self._starts.append(mention.start)
        for ref in craft.slots:
            self._last_with[ref] = craft

    def _adjoining(self, mention: Mention) -> Craft | None:
        """The craft named just before in the same sentence, with no verb of another act between."""
        if not self._order or self._order[-1].passage != mention.passage:
            return None
        last = self._order[-1]
        between = self._between(last, mention)
        if len(between) > _MAX_GAP or any(_parts(t) for t in between):
            return None
        craft = self._by_mention[last.start]
        if mention.entity in craft.slots:
            return craft
        kind = mention.entity.kind
        if craft.has(kind) and last.entity.kind != kind and not _lists(between):
            return None
        return craft

    def _between(self, first: Mention, second: Mention) -> list[Token]:
        span = self._report.doc.char_span(first.end, second.start, alignment_mode="contract")
        return list(span) if span is not None else []

    def _known(self, mention: Mention) -> Craft | None:
        """An airframe named before; an operator alone, or "the 747", means its craft named last."""
        token = head_of(self._report, mention)
        if mention.entity.kind == Kind.AIRCRAFT_TYPE and not (token is not None and _definite(token)):
            return None
        return self._last_with.get(mention.entity)

    def _described(self, mention: Mention) -> Craft | None:
        """ "The aircraft was a 707", "the jet was operated by X", "its operator, X", "only one, RF-1, …"."""
        token = head_of(self._report, mention)
        if token is None:
            return None
        for above in (token, *token.ancestors):
            picked = above.dep_ == "appos" and above.head.lower_ in wordset("picking")
            if picked or (above.lower_ in ("all", "both", "each") and mention.entity.kind == Kind.OPERATOR):
                return self._near(mention)
            if above.pos_ in ("VERB", "AUX"):
                subject = child(above, "nsubj", "nsubjpass") if above.lemma_ in wordset("owning") else None
                if subject is not None and token not in subject.subtree and _anaphoric(subject):
                    craft = self.meant(subject)
                    # "Before that it belonged to X": whoever had it once has no part in what it does now.
                    owned = craft is not None and craft.has(Kind.OPERATOR)
                    return None if owned and mention.entity.kind == Kind.OPERATOR else craft
                break
        if mention.entity.kind == Kind.OPERATOR and any(
            t.lower_ == "its" for t in (*token.children, *token.head.children)
        ):
            return self._near(mention) or self.before(mention.start)
        if mention.entity.kind == Kind.AIRCRAFT:
            craft = self._near(mention)
            fleet = craft is not None and craft.plural and craft.has(Kind.AIRCRAFT_TYPE)
            return craft if craft is not None and fleet and not craft.has(Kind.AIRCRAFT) else None
        return None

    def _of_business(self, mention: Mention) -> bool:
        """ "The board of X", "X's owner": a firm that is named for its people and no aircraft of it."""
        token = head_of(self._report, mention)
        if mention.entity.kind != Kind.OPERATOR or token is None:
            return False
        if token.dep_ == "poss":
            governor = token.head
        elif token.dep_ == "pobj" and token.head.lower_ == "of":
            governor = token.head.head
        else:
            return False
        return governor.pos_ == "NOUN" and governor.lemma_.lower() in wordset("of a firm")

    def _owns_another(self, mention: Mention) -> bool:
        """ "X is now owned by Y", "it belonged to Y": whoever owns a carrier flies none of its aircraft,
        unless more is told of him ("Y, which is accused of")."""
        token = head_of(self._report, mention)
        if mention.entity.kind != Kind.OPERATOR or token is None or token.dep_ != "pobj":
            return False
        if any(w.lower_ in ("which", "that", "who") for w in token.subtree):
            return False
        verb = token.head.head
        if verb.lemma_ == "control" and verb.dep_ == "conj":
            verb = verb.head
        if verb.lemma_ not in ("own", "control", "belong", "buy", "acquire"):
            return False
        governor = verb if any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children) else verb.head
        subject = child(governor, "nsubj", "nsubjpass")
        if subject is None:
            return False
        carrier = subject.lower_ == "it" or subject.lemma_.lower() in wordset("carriers")
        owned = self._report.mention_at(subject)
        before = self.before(subject.idx) if carrier else None
        if owned is not None:
            return owned.entity.kind == Kind.OPERATOR
        return before is not None and {ref.kind for ref in before.slots} == {Kind.OPERATOR}

    def _near(self, mention: Mention) -> Craft | None:
        return self.before(mention.start, self._discourse.paragraph(mention.start).start)

    # --- looking up
    def near(self, craft: Craft, offset: int, besides: int) -> bool:
        """Whether another name of this craft stands in the paragraph of `offset` or the one before."""
        here = self._discourse.paragraph(offset)
        start = self._discourse.paragraphs[max(here.index - 1, 0)].start
        named = self._order[bisect_left(self._starts, start) : bisect_left(self._starts, offset)]
        return any(
            m.start != besides and self._by_mention[m.start] is craft and m.entity.kind != Kind.OPERATOR
            for m in named
        )

    def at(self, mention: Mention) -> Craft | None:
        return self._by_mention.get(mention.start)

    def before(self, offset: int, start: int = 0, plural: bool | None = None) -> Craft | None:
        """The craft named last before `offset` and not before `start`; of this number where it is given."""
        place = bisect_left(self._starts, offset)
        for mention in reversed(self._order[max(place - _LOOKBACK, 0) : place]):
            if mention.start < start:
                return None
            craft = self._by_mention[mention.start]
            if plural is None or craft.plural == plural:
                return craft
        return None

    def _named_by(self, offset: int) -> bool:
        return bool(self._order) and self._order[0].start < offset

    def _after(self, token: Token) -> Craft | None:
        """The craft that the next sentences name, for a plane that is mentioned before it is named."""
        place = bisect_right(self._starts, token.idx)
        if place == len(self._order):
            return None
        mention = self._order[place]
        near = mention.passage - self._discourse.sentence(token.idx) <= _CATAPHORA
        return self._by_mention[mention.start] if near else None

    def meant(self, token: Token) -> Craft | None:
        """What a noun like "jet" or a pronoun means: the craft named last, or next if none was yet."""
        lowered = token.lower_
        if token.lemma_.lower() not in wordset("craft") and lowered not in wordset("plurals") | _SINGULAR:
            return None
        plural = (
            lowered in wordset("plurals")
            or token.tag_ == "NNS"
            or any(c.lower_ in ("these", "those", "both", "two", "three") for c in token.children)
        )
        if lowered not in wordset("plurals") | _SINGULAR and not _definite(token):
            return None if self._named_by(token.idx) else self._after(token)
        number = True if plural else None
        here = self._discourse.paragraph(token.idx)
        if lowered in _SINGULAR:
            start = self._discourse.paragraphs[max(here.index - _PARAGRAPHS, 0)].start
            return None if _drives_or_sails(token) else self.before(token.idx, start, number)
        found = self.before(token.idx, here.start, number) or self.before(token.idx, 0, number)
        return found or (None if plural or self._named_by(token.idx) else self._after(token))


def _drives_or_sails(pronoun: Token) -> bool:
    """ "A dhow was stopped. It carried rifles": a vehicle that does not fly stands nearer than any plane."""
    for token in reversed(recent(pronoun)):
        titled = token.dep_ in ("compound", "nmod") and token.head.pos_ == "NOUN"
        if token.pos_ in ("NOUN", "PROPN") and not titled:
            if token.lemma_.lower() in wordset("craft") | wordset("flight"):
                return False
            if token.tag_ in ("NN", "NNP") and token.lemma_.lower() in wordset("ships"):
                return True
    return False


def _definite(token: Token) -> bool:
    return any(
        c.lower_ in ("the", "this", "that", "these", "those", "both", "same", "said", "its", "their")
        for c in token.children
    )


def _anaphoric(subject: Token) -> bool:
    if any(
        c.lower_ in ("only", "first", "last", "other", "second", "third", "next")
        or c.dep_ in ("acl", "relcl")
        for c in subject.children
    ):
        return False
    named = subject.lemma_.lower() in wordset("craft") and _definite(subject)
    return named or subject.lower_ in wordset("plurals") | _SINGULAR


def _parts(token: Token) -> bool:
    if token.pos_ in ("VERB", "AUX"):
        return token.lemma_.lower() not in wordset("owning")
    return token.text in (";", ":") or (token.text in (".", "!", "?") and bool(token.is_sent_end))


def _lists(between: list[Token]) -> bool:
    return all(
        t.lower_ in ("and", ",", "or", "the") or t.pos_ in ("ADJ", "PROPN", "NOUN", "PART", "PUNCT")
        for t in between
    )
