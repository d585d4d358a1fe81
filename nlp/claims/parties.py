"""Whom and which aircraft a word means in a party's or carrier's place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from tailgraph.graph.model import EntityRef, Kind, Mention, Slot, Span
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.craft import CRAFT_KINDS, Crafts
from tailgraph.nlp.claims.cues import wordset
from tailgraph.nlp.claims.referents import Referents
from tailgraph.nlp.claims.slots import PARTIES, everything, named, phrase, slot_of
from tailgraph.nlp.claims.syntax import agents, prep_objects


class Parties:
    def __init__(self, report: Annotated, crafts: Crafts, referents: Referents) -> None:
        self.report, self.crafts, self._referents = report, crafts, referents
        self._starting = {m.start: m for m in report.mentions}
        self._by_code = {e.key: e.ref for e in report.entities if e.kind == Kind.COUNTRY}
        self._states = {name: e.ref for e in report.entities if e.kind == Kind.COUNTRY for name in e.names}

    def mention_from(self, offset: int) -> Mention | None:
        """The mention that starts at `offset`."""
        return self._starting.get(offset)

    def state(self, code: str | None) -> EntityRef | None:
        """The state of an ISO code, if the report names it."""
        return self._by_code.get(code) if code else None

    def states_named_in(self, text: str) -> Iterator[tuple[EntityRef, int, int]]:
        """Countries whose names are whole words of `text`, with start and end in it."""
        words = list(re.finditer(r"[\w.-]+", text))
        for i, first in enumerate(words):
            for last in words[i : i + 3]:
                ref = self._states.get(text[first.start() : last.end()])
                if ref is not None:
                    yield ref, first.start(), last.end()

    def names(self, token: Token, *kinds: Kind) -> bool:
        """Whether `token` is part of a name of one of `kinds`."""
        mention = self.report.mention_at(token)
        return mention is not None and mention.entity.kind in kinds

    def of(self, word: Token) -> list[Slot]:
        """States, bodies, operators and persons that `word` means: by name, else as a pronoun or common
        noun.
        """
        found = named(self.report, word, *PARTIES)
        if found and private(word) and all(s.entity.kind == Kind.COUNTRY for s in found):
            return []
        if not found:
            return self._followed(word) or [here(s, word) for s in self._referents.party(word)]
        return [s for slot in found for s in self._meant(word, slot)]

    def _meant(self, word: Token, slot: Slot) -> list[Slot]:
        """ "X's government", "X's men": not the person X, but the state or body that he leads, if it is told;
        the men of a ruler are his own as well."""
        if (
            slot.entity.kind != Kind.PERSON
            or word.pos_ == "PROPN"
            or word.pos_ == "PRON"
            or slot.span is None
        ):
            return [slot]
        span = self.report.doc.char_span(slot.span.start, slot.span.end, alignment_mode="expand")
        if span is None or span.root.dep_ not in ("poss", "pobj"):
            return [slot]
        ties = self._referents.ties_of(slot.entity)
        bodies = [t for t in ties if t.entity.kind == Kind.ORGANIZATION]
        states = [t for t in ties if t.entity.kind == Kind.COUNTRY]
        if word.lemma_.lower() not in wordset("followers"):
            return states
        own = [slot] if not states or self._referents.rules(slot.entity) else []
        return bodies or [*own, *states]

    def _followed(self, word: Token) -> list[Slot]:
        """Whose "forces loyal to X", "rebels led by X", "allies in X", "his network" are."""
        lemma = word.lemma_.lower()
        if lemma not in wordset("followers") | wordset("networks"):
            return []
        for sub in word.children:
            if sub.tag_ == "WP$":  # "the army, whose soldiers sell rifles"
                clause = next((a for a in word.ancestors if a.dep_ == "relcl"), None)
                return named(self.report, clause.head, *PARTIES) if clause is not None else []
            if sub.dep_ == "poss" and sub.lower_ in ("his", "her"):
                persons = [s for s in self._referents.party(sub) if s.entity.kind == Kind.PERSON]
                bodies = [b for s in persons for b in self.led_by(s) if b.entity.kind == Kind.ORGANIZATION]
                return [here(s, sub) for s in (bodies if lemma in wordset("followers") else persons)]
            if sub.dep_ in ("acl", "relcl", "amod") and sub.lemma_.lower() in wordset("following"):
                found = [
                    s
                    for o in (*agents(sub), *prep_objects(sub, "to", "with", "by", "under"))
                    for s in named(self.report, o, *PARTIES)
                ]
                if found:
                    return found
        allies = prep_objects(word, "in", "from", "within", "under")
        return [s for o in allies for s in named(self.report, o, Kind.ORGANIZATION)]

    def led_by(self, slot: Slot) -> list[Slot]:
        """The body, else the state, that a person leads or speaks for, and the state that a ministry serves;
        anybody else is himself."""
        ties = self._referents.ties_of(slot.entity)
        if slot.entity.kind != Kind.PERSON:
            words = {w.lower() for name in self.report.entity(slot.entity).names for w in name.split()}
            serves = words & wordset("state body of its own") - wordset("armies")
            return [t for t in ties if serves and t.entity.kind == Kind.COUNTRY] or [slot]
        bodies = [t for t in ties if t.entity.kind == Kind.ORGANIZATION]
        return bodies or [t for t in ties if t.entity.kind == Kind.COUNTRY]

    def states_behind(self, slot: Slot) -> list[Slot]:
        """The states that a body or person acts for."""
        return [t for t in self._referents.ties_of(slot.entity) if t.entity.kind == Kind.COUNTRY]

    def speaks_for_itself(self, word: Token) -> bool:
        """Whether a state, body or person is named, so that no aircraft is meant."""
        return self.names(word, Kind.COUNTRY, Kind.ORGANIZATION, Kind.PERSON)

    def craft_of(self, word: Token) -> list[Slot]:
        """The aircraft that a noun phrase or pronoun means, with type and operator as far as told."""
        report = self.report
        known = everything(report, word, *CRAFT_KINDS)
        if known and word.lemma_.lower() in wordset("carriers") and word.i in report.references:
            return self._wide(known, word)
        if known:
            out: dict[EntityRef, Slot] = {}
            for part in phrase(word):
                mention = report.mention_at(part)
                craft = self.crafts.at(mention) if mention is not None else None
                if mention is None or craft is None:
                    continue
                own = mention.entity
                for slot in craft.slots.values():
                    # A named airframe is itself alone, whatever others the report lists beside it.
                    if own.kind != Kind.AIRCRAFT or slot.entity.kind != Kind.AIRCRAFT or slot.entity == own:
                        out.setdefault(slot.entity, slot)
            return list(out.values()) or self._wide(known)
        craft = self.crafts.meant(word)
        return list(craft.slots.values()) if craft else []

    def _wide(self, known: list[Slot], airline: Token | None = None) -> list[Slot]:
        """What coreference gave (an airframe, a type), with what else was told of the same craft; "the
        airline" carries in none of its planes that was told of pages ago."""
        craft = next((c for c in reversed(self.crafts.all) if any(s.entity in c.slots for s in known)), None)
        if craft is None or (airline is not None and not self.crafts.near(craft, airline.idx, airline.idx)):
            return known
        return list(craft.slots.values())

    def blamed(self, word: Token, flies: bool) -> list[Slot]:
        """Who is accused in "accused X of …". Aircraft and unit are both kept, marked ambiguous, where a
        clause
        may hang on either ("an An-124 of the 224th Flight Unit, which the U.S. implicated in …")."""
        mention = self.report.mention_at(word)
        if mention is not None and mention.entity.kind == Kind.OPERATOR and not _owns_craft(word):
            return [slot_of(mention)]
        if mention is None and word.lemma_.lower() in wordset("carriers"):
            flying = [s for s in self.of(word) if s.entity.kind == Kind.OPERATOR]
            if flying:
                return flying
        pronoun = word.pos_ == "PRON" and not flies
        craft = [] if self.speaks_for_itself(word) or pronoun else self.craft_of(word)
        frames = [s for s in craft if s.entity.kind != Kind.OPERATOR]
        if not frames:
            return self.of(word) or craft
        both = len(frames) < len(craft)
        return [s.model_copy(update={"ambiguous": both}) for s in craft]


def private(word: Token) -> bool:
    """ "A Ukrainian separatist", "two former Russian officers": people of that state whose deeds are not
    its."""
    if word.pos_ != "NOUN":
        return False
    kinds = [word, *(c for c in word.children if c.dep_ in ("compound", "amod", "nmod"))]
    people = wordset("private people") | wordset("private dealers") | wordset("former")
    return any(t.lemma_.lower() in people for t in kinds)


def here(slot: Slot, word: Token) -> Slot:
    """The slot as this word fills it: a pronoun stands at its own place, not at that of the name it means."""
    return slot.model_copy(update={"span": Span(start=word.idx, end=word.idx + len(word.text))})


def _owns_craft(operator: Token) -> bool:
    """Whether an operator's name is itself said of a craft ("belonging to X", "a 747 of X")."""
    if operator.dep_ != "pobj":
        return False
    owning = operator.head.head
    return operator.head.lower_ == "of" or owning.lemma_ in ("belong", "operate", "own", "fly", "register")
