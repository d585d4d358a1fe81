"""Who gives, gets, carries, uses: the parties of an act, from the words that hang on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from tailgraph.graph.model import Action, EntityRef, Kind, Mention, Slot, Span
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.craft import CRAFT_KINDS, CRAFT_NOUNS, FLIGHT_NOUNS, Crafts, slot_of
from tailgraph.nlp.claims.cues import is_cue
from tailgraph.nlp.claims.frames import Act
from tailgraph.nlp.claims.referents import Referents
from tailgraph.nlp.claims.slots import PARTIES, everything, named, phrase
from tailgraph.nlp.claims.syntax import (
    agents,
    antecedent,
    conjuncts,
    doers,
    is_passive,
    prep_objects,
    prepositions,
    undergoers,
)

STATES = (Kind.COUNTRY, Kind.ORGANIZATION)
_ABOARD = ("aboard", "on", "in", "by", "via", "onto", "into", "onboard", "board", "inside", "with")
_DITRANSITIVE = frozenset("give send sell lend hand bring offer promise grant pass fetch loan".split())
_UNLOADING = frozenset("unload offload discharge disgorge remove take drop parachute airdrop push".split())
_FOLLOWERS = frozenset("man force troop fighter army side soldier camp militia gunman supporter ally rebel".split())
_OWNERS = frozenset("its their his her our".split())
_CARRYING = ("carry", "load", "motion", "cargo")
_MEANT = frozenset("intend destine bind mean head earmark aim bound slate ready".split())
_ORIGIN = frozenset("made built supplied make origin manufacture design designed stocks produced stock supplied-by "
                    "manufactured provided donated era sourced".split())

_NEXT = re.compile(r"\s+(to|for|from|against)\s+(?:the\s+)?")

Roles = dict[str, dict[EntityRef, Slot]]


class RoleFinder:
    """`roles` gives the fillers of an act's slots; beside the slots of an Allegation there are "behalf" (on
    whose behalf it was done) and "owner" (the state whose plane it was), which count only as a last resort."""

    def __init__(self, report: Annotated, crafts: Crafts, referents: Referents) -> None:
        self._report, self._crafts, self._referents = report, crafts, referents

    def roles(self, act: Act) -> Roles:
        out: Roles = {}
        self._doer_roles(act, out)
        self._goal_roles(act, out)
        self._origin_roles(act, out)
        self._target_roles(act, out)
        self._carrier_roles(act, out)
        self._follow_roles(act, out)
        _drop_doubles(act, out)
        return out

    # --- who does it
    def _doer_roles(self, act: Act, out: Roles) -> None:
        for word in self._doers(act):
            flies = act.kind in _CARRYING or act.kind == "supply" and word.pos_ != "PRON"
            craft = self.craft_of(word) if flies and not self._is_party(word) else []
            if craft or act.kind in (*_CARRYING, "supply") and word.lemma_.lower() in CRAFT_NOUNS:
                _put(out, "carrier", craft)
                _put(out, "owner", named(self._report, word, Kind.COUNTRY))
                for state in self._from(word):
                    _put(out, "accused", [state])
                    _put(out, "supplier", [state])
            else:
                self._party_roles(act, word, out)
        for tail in (act.cue, *act.path):
            for prep in prepositions(tail):
                if any(c.lower_ == "behalf" for c in prep.subtree):
                    for obj in _behalf(prep):
                        _put(out, "behalf", self.parties(obj))

    def blamed(self, word: Token, act: Act) -> list[Slot]:
        """Who is accused in "accused X of …". Aircraft and unit are both kept, marked ambiguous, where a clause
        may hang on either ("an An-124 of the 224th Flight Unit, which the U.S. implicated in …")."""
        mention = self._report.mention_at(word)
        if mention is not None and mention.entity.kind == Kind.OPERATOR and not _owns_craft(word):
            return [slot_of(mention)]
        pronoun = word.pos_ == "PRON" and act.kind not in _CARRYING
        craft = [] if self._is_party(word) or pronoun else self.craft_of(word)
        frames = [s for s in craft if s.entity.kind != Kind.OPERATOR]
        if not frames:
            return self.parties(word) or craft
        both = len(frames) < len(craft)
        return [s.model_copy(update={"ambiguous": both}) for s in craft]

    def _is_party(self, word: Token) -> bool:
        mention = self._report.mention_at(word)
        return mention is not None and mention.entity.kind in (Kind.COUNTRY, Kind.ORGANIZATION, Kind.PERSON)

    def _party_roles(self, act: Act, word: Token, out: Roles) -> None:
        parties = self.parties(word)
        _put(out, "accused", parties)
        operators = [s for s in parties if s.entity.kind == Kind.OPERATOR]
        if act.kind in _CARRYING or act.kind == "supply":
            for slot in operators:
                craft = self._crafts_of(slot)
                _put(out, "carrier", craft or [slot])
            found = everything(self._report, word, *STATES) or [s for s in parties if s.entity.kind in STATES]
            if not operators:
                _put(out, "supplier", found)
        elif act.kind in ("acquire", "request") and (act.action == Action.REQUEST or not self._given_to_other(act)):
            _put(out, "recipient", parties)

    def _given_to_other(self, act: Act) -> bool:
        """"Rifles were procured for Y by X": X is no recipient."""
        return is_passive(act.cue) and any(True for _ in prep_objects(act.cue, "for"))

    def _crafts_of(self, slot: Slot) -> list[Slot]:
        """The craft of an operator that does the carrying, if the talk was of it just before."""
        for mention in self._report.mentions:
            if slot.span is not None and mention.start == slot.span.start:
                craft = self._crafts.at(mention)
                if craft and self._crafts.near(craft, mention.start, mention.start):
                    return list(craft.slots.values())
        return []

    def _from(self, word: Token) -> list[Slot]:
        return [s for obj in prep_objects(word, "from") for s in named(self._report, obj, Kind.COUNTRY)]

    def parties(self, word: Token) -> list[Slot]:
        found = named(self._report, word, *PARTIES)
        if not found:
            return [_here(s, word) for s in self._referents.party(word)]
        return [s for slot in found for s in self._meant(word, slot)]

    def _meant(self, word: Token, slot: Slot) -> list[Slot]:
        """"X's government", "X's men": not the person X, but the state or body that he leads, if it is told."""
        if slot.entity.kind != Kind.PERSON or word.pos_ == "PROPN" or word.pos_ == "PRON" or slot.span is None:
            return [slot]
        span = self._report.doc.char_span(slot.span.start, slot.span.end, alignment_mode="expand")
        if span is None or span.root.dep_ not in ("poss", "pobj"):
            return [slot]
        ties = self._referents.ties_of(slot.entity)
        bodies = [t for t in ties if t.entity.kind == Kind.ORGANIZATION]
        states = [t for t in ties if t.entity.kind == Kind.COUNTRY]
        return bodies or states if word.lemma_.lower() in _FOLLOWERS else states

    def _doers(self, act: Act) -> list[Token]:
        cue = act.cue
        if act.kind == "cargo" or act.rule == "carry-anaphor" and not is_passive(cue):
            return []
        if cue.pos_ not in ("VERB", "AUX"):
            return self._noun_doers(act)
        if act.rule.endswith("-subject"):
            return [obj for word in act.path for obj in prep_objects(word, "of")]
        if act.kind == "load" and act.rule.endswith("-with"):
            return [*undergoers(cue), *([] if is_passive(cue) else doers(cue)), *agents(cue)]
        if act.kind == "motion":
            return doers(cue) or undergoers(cue)
        found = doers(cue)
        if not found and act.rule.endswith("-near"):
            found = self._just_before(cue)
        return found

    def _just_before(self, cue: Token) -> list[Token]:
        """Where the parse broke: the party or craft named right before the verb."""
        for step in range(1, 7):
            index = cue.i - step
            if index < cue.sent.start:
                return []
            token = cue.doc[index]
            mention = self._report.mention_at(token)
            if mention is not None and mention.entity.kind in (*PARTIES, *CRAFT_KINDS):
                return [token]
            if token.is_punct or token.pos_ not in ("AUX", "ADV", "PART", "NOUN", "PROPN"):
                return []
        return []

    def _noun_doers(self, act: Act) -> list[Token]:
        noun = act.cue
        if act.kind == "cargo":
            return []
        found = [c for c in noun.children if c.dep_ == "poss"] + list(agents(noun))
        for word in act.path:
            found += list(agents(word))
        if not found:
            found = [c for c in noun.children if c.dep_ in ("amod", "compound", "nmod") and self._names(c, Kind.COUNTRY)]
        return found or _light_verb_subjects(noun)

    def _names(self, token: Token, *kinds: Kind) -> bool:
        mention = self._report.mention_at(token)
        return mention is not None and mention.entity.kind in kinds

    # --- to whom
    def _goal_roles(self, act: Act, out: Roles) -> None:
        goals: list[Token] = []
        for word in self._region(act):
            goals += [o for p in ("to", "for", "into") for o in self._after_preposition(word, p)]
            for sub in word.children:
                if sub.dep_ == "dative":
                    goals += [sub] if sub.pos_ != "ADP" else [o for o in sub.children if o.dep_ == "pobj"]
        if act.kind == "supply" and (act.rule.endswith("-with") or self._given(act)):
            goals += undergoers(act.cue)
        goals += self._beneficiaries(act)
        if act.cue.lemma_ == "reach":
            goals += undergoers(act.cue)
        if act.action in (Action.TRANSFER, Action.ACQUISITION):
            goals += self._bound_for(act)
        for goal in goals:
            if goal.lemma_ == "use":
                for user in agents(goal):
                    _put(out, "recipient", self.parties(user))
            if is_cue(goal, "use", "strike") or goal.pos_ == "VERB":
                continue
            _put(out, "recipient", self.parties(goal))

    def _beneficiaries(self, act: Act) -> list[Token]:
        """Who gets it in "sold it shells", and in "gave Russia drones", where the parser makes one name of both."""
        if act.kind not in ("supply", "carry") or act.cue.pos_ != "VERB" or is_passive(act.cue):
            return []
        first = act.path[0] if act.path else act.cue
        found = [c for c in act.cue.children if c.dep_ == "dobj" and c.i < first.i and c not in act.path
                 and first not in c.subtree and (c.pos_ == "PRON" or self._names(c, *PARTIES))]
        return found + [c for c in first.children if self._receives(c, act)]

    def _receives(self, word: Token, act: Act) -> bool:
        if sum(c.isupper() for c in word.text) > 1 and act.cue.lemma_ in ("bring", "pass", "ship", "fetch"):
            return False  # "brought DPRK missiles": an abbreviation serves as adjective
        return (word.dep_ in ("compound", "nmod") and word.tag_ in ("NNP", "NNPS") and act.cue.lemma_ in _DITRANSITIVE
                and bool(doers(act.cue)) and word.head.dep_ == "dobj" and self._names(word, *STATES))

    def _bound_for(self, act: Act) -> Iterator[Token]:
        """"… taken aboard a 707 bound for X", "on its way to Y"."""
        for word in act.cue.sent:
            if word.lower_ in ("bound", "destined", "headed", "way", "route", "meant", "intended", "earmarked"):
                yield from prep_objects(word, "for", "to")

    def _given(self, act: Act) -> bool:
        """"X has been given rockets": the subject of the passive is who gets them."""
        return is_passive(act.cue) and any(c.dep_ == "dobj" and c in act.path for c in act.cue.children)

    def _after_preposition(self, word: Token, name: str) -> Iterator[Token]:
        for sub in prepositions(word):
            if sub.lower_ == name and sub.head.lower_ not in ("according", "thanks", "due", "owing"):
                for obj in sub.children:
                    if obj.dep_ in ("pobj", "pcomp"):
                        yield from conjuncts(obj)

    def _region(self, act: Act) -> list[Token]:
        """The words whose prepositions say where the weapons go: cue, weapon, what lies between, and clauses
        on them ("missiles meant for X", "shells, to be trucked to Y")."""
        words = [act.cue, *act.path]
        for word in list(words):  # "from Emirati stocks for X": the parser hangs "for" on the stocks
            words += [o for o in prep_objects(word, "from") if o.lemma_ in ("stock", "depot", "store", "arsenal", "stockpile")]
        words += [c for c in act.cue.children if c.dep_ == "conj" and is_cue(c, "arrive")]
        if act.rule == "cargo-fragment":
            words += [t for t in act.cue.sent if t.pos_ in ("NOUN", "PROPN") and t not in words and t.dep_ != "pobj"]
        for word in list(words):
            for clause in word.children:
                if clause.dep_ in ("acl", "relcl", "advcl", "xcomp", "amod") and clause not in words and (
                        is_cue(clause, "carry", "supply") or clause.lemma_ in _MEANT):
                    words.append(clause)
        return words

    def _follow_roles(self, act: Act, out: Roles) -> None:
        """"… missiles to X from Y": what follows the weapon, whatever word the parser hangs it on."""
        for mention in act.weapons:
            for name, other in self._following(mention.end):
                if other.entity.kind in PARTIES and name in ("to", "for") and act.action != Action.USE:
                    if not out.get("recipient") and (name == "to" or other.entity.kind in STATES):
                        _put(out, "recipient", [slot_of(other)])
                elif other.entity.kind in STATES and name == "from" and not out.get("supplier"):
                    _put(out, "supplier", [slot_of(other)])
                elif other.entity.kind in CRAFT_KINDS and name == "from" and act.cue.lemma_ in _UNLOADING:
                    craft = self._crafts.at(other)
                    _put(out, "carrier", craft.slots.values() if craft else [slot_of(other)])
                elif other.entity.kind in STATES and name == "against":
                    _put(out, "target", [slot_of(other)])

    def _following(self, offset: int) -> Iterator[tuple[str, Mention]]:
        match = _NEXT.match(self._report.document.content, offset)
        while match:
            mention = next((m for m in self._report.mentions if m.start == match.end()), None)
            if mention is None:
                return
            yield match[1], mention
            match = _NEXT.match(self._report.document.content, mention.end)

    # --- whence
    def _origin_roles(self, act: Act, out: Roles) -> None:
        region = self._region(act)
        if act.path and any(True for _ in prep_objects(act.path[0], "from")):
            region = list(act.path)  # "jets from X and drones from Y": each has its own source
        for word in region:
            for obj in prep_objects(word, "from"):
                _put(out, "supplier", named(self._report, obj, *STATES))
            for clause in word.children:
                if clause.dep_ in ("acl", "relcl", "amod", "advcl") and is_cue(clause, "supply", "acquire", "produce"):
                    for obj in (*agents(clause), *prep_objects(clause, "from")):
                        _put(out, "supplier", named(self._report, obj, *STATES))
        if act.kind == "request":
            self._asked(act, out)
        for mention in act.weapons:
            given = {s.entity for g in self._beneficiaries(act) for s in named(self._report, g, *STATES)}
            _put(out, "supplier", [s for s in self._makers(act, mention) if s.entity not in given])

    def _asked(self, act: Act, out: Roles) -> None:
        """Of whom weapons are asked: "asked the Kremlin for", "an order placed with Israel", "a deal with X"."""
        found = list(undergoers(act.cue)) if act.rule.endswith("-for") and act.cue.pos_ == "VERB" else []
        for word in self._region(act):
            found += prep_objects(word, "with")
            for clause in word.children:
                if clause.dep_ in ("acl", "relcl"):
                    found += prep_objects(clause, "with", "from")
        for obj in found:
            _put(out, "supplier", named(self._report, obj, *STATES))

    def _makers(self, act: Act, weapon: Mention) -> list[Slot]:
        """Countries whose weapon it is by its own phrase: "Iranian rockets", "Israeli-made", "of Chinese make"."""
        found: list[Slot] = []
        for entity in self._report.entities:
            if entity.kind == Kind.COUNTRY:
                for name in entity.names:
                    hit = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", weapon.text)
                    if hit:
                        start = weapon.start + hit.start()
                        found.append(Slot(entity=entity.ref, span=Span(start=start, end=start + len(name))))
        span = self._report.doc.char_span(weapon.start, weapon.end, alignment_mode="expand")
        if span is None:
            return found
        for root in (span.root, *(t for t in act.path if t.pos_ in ("NOUN", "PROPN"))):
            for word in root.subtree:
                if self._makes(word, root):
                    found += named(self._report, word, Kind.COUNTRY)
        return found

    def _makes(self, word: Token, weapon: Token) -> bool:
        if not self._names(word, Kind.COUNTRY):
            return False
        head = word.head
        if word.dep_ == "pobj":
            return head.lower_ == "in" and head.head.lemma_ in ("make", "build", "produce", "manufacture")
        if word.dep_ not in ("amod", "compound", "nmod", "poss", "npadvmod", "advmod", "nsubj"):
            return False
        return head == weapon or head.lower_ in _ORIGIN or head.head == weapon and head.dep_ in ("amod", "compound")

    # --- against whom
    def _target_roles(self, act: Act, out: Roles) -> None:
        hits = [act.cue, *act.path] if act.action == Action.USE else []
        hits += [c for word in hits for c in word.children if c.dep_ == "acl"]
        for word in self._region(act):
            for sub in word.subtree:
                if sub != act.cue and (is_cue(sub, "use", "strike") or sub.lemma_ in ("aim", "direct")) and (
                        sub.dep_ != "conj" or sub.head in hits):
                    hits.append(sub)
                    if sub.dep_ == "relcl":
                        _put(out, "recipient", [s for t in doers(sub) for s in named(self._report, t, *STATES)
                                                if act.action == Action.TRANSFER])
        if act.kind == "strike" and act.cue.pos_ == "VERB":
            for obj in undergoers(act.cue):
                _put(out, "target", named(self._report, obj, *STATES))
        for word in hits:
            for obj in prep_objects(word, "against", "at", "on", "upon", "over", "into", "across", "toward", "towards"):
                _put(out, "target", named(self._report, obj, *STATES) or self._owned(obj, set(out.get("accused", {}))))

    def _owned(self, obj: Token, shooters: set[EntityRef]) -> list[Slot]:
        """"Its troops": those of a party further up in the sentence that is not the one who shoots."""
        owner = next((c for c in obj.children if c.dep_ == "poss" and c.lower_ in _OWNERS), None)
        if owner is None:
            return []
        for above in obj.ancestors:
            for sub in above.children:
                if sub.dep_ in ("nsubj", "nsubjpass") and obj not in sub.subtree:
                    found = [_here(s, owner) for s in named(self._report, sub, *STATES) if s.entity not in shooters]
                    if found:
                        return found
        return []

    # --- by what
    def _carrier_roles(self, act: Act, out: Roles) -> None:
        if act.action not in (Action.TRANSFER, Action.ACQUISITION):
            return
        places = (*_ABOARD, "from") if act.cue.lemma_ in _UNLOADING else _ABOARD
        for word in self._region(act):
            for obj in prep_objects(word, *places):
                if obj.lemma_.lower() in FLIGHT_NOUNS:
                    _put(out, "carrier", self._flown(obj))
                elif self._carries(obj):
                    _put(out, "carrier", self.craft_of(obj))
        if act.cue.dep_ in ("xcomp", "advcl") and act.cue.head.lemma_ in ("use", "charter", "hire", "employ"):
            for obj in undergoers(act.cue.head):
                _put(out, "carrier", self.craft_of(obj))
        if act.rule == "cargo-copula":
            for word in act.cue.subtree:
                if word.lemma_.lower() in CRAFT_NOUNS:
                    _put(out, "carrier", self.craft_of(word))

    def _carries(self, obj: Token) -> bool:
        return obj.lemma_.lower() in CRAFT_NOUNS or self._names(obj, Kind.OPERATOR) or any(
            self._names(w, Kind.AIRCRAFT, Kind.AIRCRAFT_TYPE) for w in phrase(obj))

    def _flown(self, flight: Token) -> list[Slot]:
        """The craft of "nine flights of a DC-8", "two trips by the same aircraft"; of "an Alvand flight" the airline."""
        for obj in prep_objects(flight, "of", "by", "with"):
            if self._carries(obj) or obj.lemma_.lower() in CRAFT_NOUNS:
                return self.craft_of(obj)
        return [s for s in everything(self._report, flight, *CRAFT_KINDS)]

    def craft_of(self, word: Token) -> list[Slot]:
        """The aircraft that a noun phrase or pronoun means, with type and operator as far as told."""
        report = self._report
        known = everything(report, word, *CRAFT_KINDS)
        if known:
            out: dict[EntityRef, Slot] = {}
            for part in phrase(word):
                mention = report.mention_at(part)
                craft = self._crafts.at(mention) if mention is not None else None
                if mention is None or craft is None:
                    continue
                own = mention.entity
                for slot in craft.slots.values():
                    # A named airframe is itself alone, whatever others the report lists beside it.
                    if own.kind != Kind.AIRCRAFT or slot.entity.kind != Kind.AIRCRAFT or slot.entity == own:
                        out.setdefault(slot.entity, slot)
            return list(out.values()) or self._wide(known)
        craft = self._crafts.meant(word)
        return list(craft.slots.values()) if craft else []


    def _wide(self, known: list[Slot]) -> list[Slot]:
        """What coreference gave (an airframe, a type), with what else was told of the same craft."""
        craft = next((c for c in reversed(self._crafts.all) if any(s.entity in c.slots for s in known)), None)
        return list(craft.slots.values()) if craft else known


def _here(slot: Slot, word: Token) -> Slot:
    """The slot as this word fills it: a pronoun stands at its own place, not at that of the name it means."""
    return slot.model_copy(update={"span": Span(start=word.idx, end=word.idx + len(word.text))})


def _behalf(prep: Token) -> Iterator[Token]:
    for word in prep.subtree:
        if word.lower_ == "of" and word.head.lower_ == "behalf":
            yield from (c for c in word.children if c.dep_ == "pobj")


def _owns_craft(operator: Token) -> bool:
    """Whether an operator's name is itself said of a craft ("belonging to X", "a 747 of X")."""
    if operator.dep_ != "pobj":
        return False
    owning = operator.head.head
    return operator.head.lower_ == "of" or owning.lemma_ in ("belong", "operate", "own", "fly", "register")


def _light_verb_subjects(noun: Token) -> list[Token]:
    """Who "carried out the delivery", "is implicated in the transport", "signed the contract"."""
    verb = noun.head
    if noun.dep_ == "pobj":
        verb = noun.head.head
        if verb.pos_ == "VERB" and is_cue(verb, "allege", "suspect", "designate"):
            return subjects_of_blame(verb)
        if verb.lemma_ in ("use", "charter", "hire", "employ") and noun.head.lower_ in ("for", "in"):
            return subjects_of_blame(verb)
        return []
    if noun.dep_ in ("dobj", "nsubjpass") and verb.pos_ == "VERB" and not is_cue(
            verb, "say", "allege", "deny", "suspect"):
        return doers(verb)
    return []


def subjects_of_blame(verb: Token) -> list[Token]:
    """Who is blamed by "accuse", "implicate", "sanction": object, subject of the passive, or modified noun."""
    return [antecedent(t) for t in undergoers(verb)]


def _put(out: Roles, slot: str, fillers: Iterable[Slot]) -> None:
    for filler in fillers:
        out.setdefault(slot, {}).setdefault(filler.entity, filler)


def _drop_doubles(act: Act, out: Roles) -> None:
    """Nobody supplies or attacks himself: who gives is no recipient, who is shot at gets nothing."""
    recipients = out.get("recipient", {})
    for ref in list(recipients):
        if ref in out.get("target", {}) or act.action == Action.TRANSFER and (
                ref in out.get("supplier", {}) or ref in out.get("accused", {})):
            del recipients[ref]
