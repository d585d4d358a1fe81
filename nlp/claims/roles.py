"""Who gives, gets, carries, uses: the parties of an act, from the words that hang on it."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from tailgraph.graph.model import EntityRef, Kind, Slot
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.craft import CRAFT_KINDS, CRAFT_NOUNS, Craft, Crafts
from tailgraph.nlp.claims.cues import is_cue
from tailgraph.nlp.claims.frames import Act
from tailgraph.nlp.claims.slots import PARTIES, everything, named, phrase
from tailgraph.nlp.claims.syntax import (
    agents,
    antecedent,
    doers,
    is_passive,
    prep_objects,
    prepositions,
    undergoers,
)

STATES = (Kind.COUNTRY, Kind.ORGANIZATION)
GETTERS = (Kind.COUNTRY, Kind.ORGANIZATION, Kind.OPERATOR, Kind.PERSON)
_ABOARD = ("aboard", "on", "in", "by", "via", "onto", "into", "onboard", "board", "inside", "with")
_CARRYING = ("carry", "load", "motion", "cargo")
_THEY = frozenset("it they them both these this that which he she".split())

Roles = dict[str, dict[EntityRef, Slot]]


class RoleFinder:
    def __init__(self, report: Annotated, crafts: Crafts) -> None:
        self._report = report
        self._crafts = crafts

    def roles(self, act: Act) -> Roles:
        out: Roles = {}
        self._doer_roles(act, out)
        self._goal_roles(act, out)
        self._origin_roles(act, out)
        self._target_roles(act, out)
        self._carrier_roles(act, out)
        _drop_doubles(act, out)
        return out

    # --- who does it
    def _doer_roles(self, act: Act, out: Roles) -> None:
        words = self._doers(act)
        for word in words:
            craft = self.craft_of(word) if act.kind in (*_CARRYING, "supply") else []
            if craft and act.kind in _CARRYING:
                _put(out, "carrier", craft)
                _put(out, "accused", [s for s in craft if s.entity.kind == Kind.OPERATOR])
                owners = named(self._report, word, Kind.COUNTRY)
                if not any(s.entity.kind == Kind.OPERATOR for s in craft):
                    _put(out, "accused", owners)
                continue
            parties = named(self._report, word, *PARTIES)
            _put(out, "accused", parties)
            if act.kind in (*_CARRYING, "supply"):
                _put(out, "carrier", [s for s in parties if s.entity.kind == Kind.OPERATOR])
                _put(out, "supplier", [s for s in everything(self._report, word, *STATES)])
            elif act.kind in ("acquire", "request"):
                _put(out, "recipient", [s for s in parties])
        for tail in (act.cue, *act.path):
            for prep in prepositions(tail):
                if prep.lower_ == "behalf" or any(c.lower_ == "behalf" for c in prep.children):
                    for obj in _behalf(prep):
                        _put(out, "accused", named(self._report, obj, *PARTIES))

    def _doers(self, act: Act) -> list[Token]:
        cue = act.cue
        if cue.pos_ in ("VERB", "AUX"):
            if act.rule.startswith("cargo"):
                return []
            if act.kind == "load" and _holds(act):
                return [*undergoers(cue), *([] if is_passive(cue) else doers(cue))]
            if act.kind == "motion":
                return doers(cue) or undergoers(cue)
            return doers(cue)
        return self._noun_doers(act)

    def _noun_doers(self, act: Act) -> list[Token]:
        noun = act.cue
        found = [c for c in noun.children if c.dep_ == "poss"]
        found += list(agents(noun))
        for word in act.path:
            found += list(agents(word))
        if not found:
            found = [c for c in noun.children if c.dep_ in ("amod", "compound", "nmod")
                     and self._names(c, Kind.COUNTRY)]
        if not found and act.kind != "cargo":
            found = [t for t in _light_verb_subjects(noun)]
        return found

    def _names(self, token: Token, *kinds: Kind) -> bool:
        mention = self._report.mention_at(token)
        return mention is not None and mention.entity.kind in kinds

    # --- to whom
    def _goal_roles(self, act: Act, out: Roles) -> None:
        goals: list[Token] = []
        for word in self._region(act):
            goals += prep_objects(word, "to", "for", "into")
            goals += [c for c in word.children if c.dep_ == "dative" and c.pos_ != "ADP"]
            goals += [o for c in word.children if c.dep_ == "dative" and c.pos_ == "ADP"
                      for o in c.children if o.dep_ == "pobj"]
        if act.kind == "supply" and act.rule.endswith("-with"):
            goals += undergoers(act.cue)
        for goal in goals:
            _put(out, "recipient", named(self._report, goal, *GETTERS))

    def _region(self, act: Act) -> list[Token]:
        """The words whose prepositions say where the weapons go: cue, weapon, what lies between, and clauses
        on them ("missiles meant for X", "shells, to be trucked to Y")."""
        words = [act.cue, *act.path]
        for word in list(words):
            for clause in word.children:
                if clause.dep_ in ("acl", "relcl", "advcl", "xcomp") and clause not in words:
                    if is_cue(clause, "carry", "supply", "motion") or clause.lemma_ in (
                            "intend", "destine", "bind", "mean", "head", "earmark", "aim", "bound"):
                        words.append(clause)
        return words

    # --- whence
    def _origin_roles(self, act: Act, out: Roles) -> None:
        for word in self._region(act):
            for obj in prep_objects(word, "from"):
                _put(out, "supplier", named(self._report, obj, *STATES))
            for clause in word.children:
                if clause.dep_ in ("acl", "relcl", "amod", "advcl") and is_cue(clause, "supply", "acquire", "produce"):
                    for obj in (*agents(clause), *prep_objects(clause, "from")):
                        _put(out, "supplier", named(self._report, obj, *STATES))
        if act.kind == "request":
            for obj in undergoers(act.cue) if act.rule.endswith("-for") else []:
                _put(out, "supplier", named(self._report, obj, *STATES))
            for word in self._region(act):
                for clause in word.children:
                    if clause.dep_ in ("acl", "relcl"):
                        for obj in prep_objects(clause, "with", "from"):
                            _put(out, "supplier", named(self._report, obj, *STATES))
        for mention in act.weapons:
            span = self._report.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span is None:
                continue
            for word in span.root.subtree:
                if word.dep_ in ("amod", "compound", "nmod", "poss", "npadvmod", "pobj") and self._makes(word, span.root):
                    _put(out, "supplier", named(self._report, word, Kind.COUNTRY))

    def _makes(self, word: Token, weapon: Token) -> bool:
        """Whether a country's name in the weapon's phrase says where it is from ("Iranian", "Israeli-made")."""
        if not self._names(word, Kind.COUNTRY):
            return False
        head = word.head
        if word.dep_ == "pobj":
            return head.lower_ == "in" and head.head.lemma_ in ("make", "build", "produce", "manufacture")
        return head == weapon or head.lower_ in ("made", "built", "supplied", "make", "origin", "manufacture",
                                                 "design", "designed", "stocks", "produced") or head.head == weapon

    # --- against whom
    def _target_roles(self, act: Act, out: Roles) -> None:
        words = list(self._region(act))
        nested = [t for w in words for t in w.subtree if t != act.cue and (
            is_cue(t, "use", "strike") or t.lemma_ in ("aim", "direct"))]
        hits = nested + ([act.cue, *act.path] if act.kind in ("use", "strike") else [])
        if act.kind == "strike":
            for obj in undergoers(act.cue) if act.cue.pos_ == "VERB" else []:
                _put(out, "target", named(self._report, obj, *STATES))
        for word in hits:
            for obj in prep_objects(word, "against", "at", "on", "upon", "over", "into", "across", "toward", "towards"):
                _put(out, "target", named(self._report, obj, *STATES))

    # --- by what
    def _carrier_roles(self, act: Act, out: Roles) -> None:
        if act.action.value not in ("transfer", "acquisition"):
            return
        for word in self._region(act):
            for obj in prep_objects(word, *_ABOARD):
                if self._report.mention_at(obj) is None and obj.lemma_.lower() not in CRAFT_NOUNS and not any(
                        self._names(w, Kind.AIRCRAFT, Kind.AIRCRAFT_TYPE) for w in phrase(obj)):
                    continue
                _put(out, "carrier", self.craft_of(obj))
        if act.rule == "cargo-copula":
            for word in act.cue.subtree:
                if word.lemma_.lower() in CRAFT_NOUNS:
                    _put(out, "carrier", self.craft_of(word))

    def craft_of(self, word: Token) -> list[Slot]:
        """The aircraft that a noun phrase or pronoun means, with type and operator as far as told."""
        report = self._report
        refs = report.references.get(word.i, ())
        known = [s for s in everything(report, word, *CRAFT_KINDS)]
        if known:
            out: dict[EntityRef, Slot] = {}
            for part in phrase(word):
                mention = report.mention_at(part)
                craft = self._crafts.at(mention) if mention is not None else None
                if craft is not None:
                    for slot in craft.slots.values():
                        out.setdefault(slot.entity, slot)
            return list(out.values()) or known
        if refs:
            return []
        if word.lemma_.lower() in CRAFT_NOUNS or word.lower_ in ("it", "they", "both", "pair", "these", "those", "them"):
            craft = self._antecedent(word)
            return list(craft.slots.values()) if craft else []
        return []

    def _antecedent(self, word: Token) -> Craft | None:
        return self._crafts.before(word.idx)


def _behalf(prep: Token) -> Iterable[Token]:
    for word in prep.subtree:
        if word.lower_ == "of":
            yield from (c for c in word.children if c.dep_ == "pobj")


def _holds(act: Act) -> bool:
    """"The plane was loaded with X" (the plane is what is loaded), not "X was loaded on the plane"."""
    return act.rule.endswith("-with")


def _light_verb_subjects(noun: Token) -> list[Token]:
    if noun.dep_ in ("dobj", "nsubjpass") and noun.head.pos_ == "VERB":
        return doers(noun.head)
    if noun.dep_ == "pobj" and noun.head.head.pos_ == "VERB" and noun.head.head.dep_ != "ROOT":
        return [antecedent(t) for t in doers(noun.head.head)]
    return []


def _put(out: Roles, slot: str, fillers: Iterable[Slot]) -> None:
    for filler in fillers:
        out.setdefault(slot, {}).setdefault(filler.entity, filler)


def _drop_doubles(act: Act, out: Roles) -> None:
    """Nobody supplies himself: a party that gets the weapons by name is not also their source."""
    for ref in list(out.get("supplier", {})):
        if ref in out.get("recipient", {}) and act.action.value == "transfer":
            del out["recipient"][ref]
    for ref in list(out.get("recipient", {})):
        if ref in out.get("target", {}):
            del out["recipient"][ref]
