"""Whom a person speaks for, and which state a body belongs to, as far as the report ties them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

from spacy.tokens import Token

from tailgraph.graph.model import Entity, EntityRef, Kind, Mention, Slot
from tailgraph.graph.reference import tables
from tailgraph.nlp import public_figures, vocabulary
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.answering import answers, charged_states, contradicts
from tailgraph.nlp.claims.cues import is_cue, wordset
from tailgraph.nlp.claims.slots import head_of, phrase, slot_of
from tailgraph.nlp.claims.state_told import advised, announces_for, state_above, state_owning
from tailgraph.nlp.claims.syntax import prep_objects

_SENT = re.compile(r"\b(?:embassy|consulate|mission|delegation|representation)\b", re.IGNORECASE)
_ABROAD = frozenset({"ambassador", "envoy", "attaché", "representative", "consul", "commander"})
# How many mentions back the state that spoke before may stand; it keeps a long paragraph linear.
_REACH = 40
# How many characters of a name's surroundings a title may take.
_TITLE_REACH = 40


class Affiliations:
    """Ties from persons to bodies and states, from bodies to states; computed once for a report."""

    def __init__(self, report: Annotated) -> None:
        self._report = report
        countries = [e for e in report.entities if e.kind == Kind.COUNTRY and e.key]
        self._countries = {e.key: e.ref for e in countries}
        self._named = {name: e.key for e in countries for name in e.names}
        self._starts = [m.start for m in report.mentions]
        starting = {m.start: m for m in report.mentions}
        self._datelines = [
            (start, report.entity(starting[start].entity).key)
            for start, _ in report.datelines
            if start in starting
        ]
        self._ties: dict[EntityRef, dict[EntityRef, Slot]] = {}
        self._officials: set[EntityRef] = set()
        self._rulers: set[EntityRef] = set()
        for mention in report.mentions:
            if mention.entity.kind in (Kind.ORGANIZATION, Kind.OPERATOR):
                self._tie_body(mention)
        for mention in report.mentions:
            if mention.entity.kind == Kind.PERSON:
                self._tie_person(mention)

        for mention in report.mentions:
            if mention.entity.kind == Kind.PERSON and not self._reaches_state(mention.entity):
                self._tie_told(mention, advised(report, mention, self._states))

    def _states(self, person: EntityRef) -> list[Slot]:
        """The states that a person is tied to, or is known to hold or have held office in."""
        codes = (public_figures.states().get(name) for name in self._report.entity(person).names)
        known = [Slot(entity=self._countries[code]) for code in codes if code in self._countries]
        return [s for s in self.of(person) if s.entity.kind == Kind.COUNTRY] or known

    def of(self, ref: EntityRef) -> list[Slot]:
        return list(self._ties.get(ref, {}).values())

    def is_official(self, ref: EntityRef) -> bool:
        """Whether a person is called minister, spokesman, general …"""
        return ref in self._officials

    def is_ministry(self, ref: EntityRef) -> bool:
        """Whether a body is called ministry, embassy, foreign office …, which one state has."""
        if ref.kind != Kind.ORGANIZATION:
            return False
        entity = self._report.entity(ref)
        words = {w.lower() for name in entity.names for w in re.findall(r"[A-Za-z.]+", name)}
        return bool(words & wordset("offices of states alone")) and not self._named_elsewhere(entity)

    def rules(self, ref: EntityRef) -> bool:
        """Whether a person is called president, minister, king …, so that his deeds are his state's."""
        return ref in self._rulers

    def expand(self, slots: Iterable[Slot]) -> list[Slot]:
        """`slots` with the bodies and states that they are tied to."""
        out: dict[EntityRef, Slot] = {}
        for slot in slots:
            out.setdefault(slot.entity, slot)
            for tie in self.of(slot.entity):
                out.setdefault(tie.entity, tie)
                for further in self.of(tie.entity):
                    out.setdefault(further.entity, further)
        return list(out.values())

    def home(self, ref: EntityRef) -> list[Slot]:
        """The state of a maker or trader of arms, where the report names it."""
        codes = (_makers().get(name) for name in self._report.entity(ref).names)
        found = {self._countries[code] for code in codes if code in self._countries}
        return [Slot(entity=country) for country in found]

    def _tie(self, ref: EntityRef, slot: Slot) -> None:
        if slot.entity != ref:
            self._ties.setdefault(ref, {}).setdefault(slot.entity, slot)

    def _tie_told(self, mention: Mention, states: Iterable[Slot]) -> bool:
        """Tie to the states that the sentence tells; whether it tells any."""
        told = list(states)
        for slot in told:
            self._tie(mention.entity, slot)
        return bool(told)

    def _tie_body(self, mention: Mention) -> None:
        entity = self._report.entity(mention.entity)
        words = {w.lower() for name in entity.names for w in re.findall(r"[A-Za-z]+", name)}
        self._tie_leader(mention)
        for name in entity.names:
            self._tie_code(mention.entity, _registered().get(name))
        if not words & wordset("state body") or words & wordset("insurgent"):
            return
        for code in {code for name in entity.names for code in self._codes_in(_without_host(name))}:
            self._tie_code(mention.entity, code)
        root = head_of(self._report, mention)
        if root is not None:
            for word in phrase(root):
                self._tie_state(mention.entity, word)
            self._tie_seat(mention.entity, root)
        if mention.entity in self._ties or self._named_elsewhere(entity):
            return
        if root is not None and any(c.tag_ == "PRP$" for c in root.children):
            return  # "its ministry of security": whose it is was told before, and not by the dateline
        if not self._tie_state_before(mention) and not self._tie_told(
            mention, state_above(self._report, mention)
        ):
            self._tie_dateline(mention)

    def _tie_leader(self, mention: Mention) -> None:
        """ "Haftar's Libyan National Army": the man and his army."""
        root = head_of(self._report, mention)
        for owner in root.children if root is not None else ():
            other = self._report.mention_at(owner) if owner.dep_ == "poss" else None
            if other is not None and other.entity.kind == Kind.PERSON:
                self._tie(other.entity, slot_of(mention))

    def _tie_seat(self, ref: EntityRef, root: Token) -> None:
        """ "The foreign ministry in Moscow": the state of the city that it sits in."""
        for obj in prep_objects(root, "in"):
            other = self._report.mention_at(obj)
            if other is not None and ref not in self._ties and "embassy" not in root.lower_:
                entity = self._report.entity(other.entity)
                self._tie_code(ref, entity.key)

    def _codes_in(self, name: str) -> Iterator[str]:
        """ISO codes of the states that a body's name holds ("Sudanese Armed Forces", "Israel's army")."""
        words = re.findall(r"[\w.]+", name)
        first = 0
        while first < len(words):  # the longest name wins: "South Korea" is not "Korea"
            for last in range(min(first + 4, len(words)), first, -1):
                phrase_of = " ".join(words[first:last])
                code = self._named.get(phrase_of) or _state_names().get(phrase_of)
                if code is not None:
                    yield code
                    first = last - 1
                    break
            first += 1

    def _tie_code(self, ref: EntityRef, code: str | None) -> None:
        country = self._countries.get(code) if code is not None else None
        if country is not None:
            self._tie(ref, Slot(entity=country))

    def _named_elsewhere(self, entity: Entity) -> bool:
        """Whether a body is no state's at all: of several states, or of a kind that states do not own."""
        words = {w.lower() for name in entity.names for w in re.findall(r"[A-Za-z.]+", name)}
        return bool(words & wordset("international")) or not words & wordset("state body of its own")

    def _tie_state(self, ref: EntityRef, word: Token) -> None:
        mention = self._report.mention_at(word)
        if mention is not None and mention.entity.kind == Kind.COUNTRY and word.dep_ != "pobj":
            self._tie(ref, slot_of(mention))

    def _tie_person(self, mention: Mention) -> None:
        words = list(_title(self._report, mention))
        lowered = {w.lower_ for w in words}
        if {c.lower_ for w in words for c in (w, *w.children)} & wordset("former"):
            return
        official = bool({w.lemma_.lower() for w in words} & wordset("official"))
        if official:
            self._officials.add(mention.entity)
        if lowered & wordset("rulers"):
            self._rulers.add(mention.entity)
        for word in words:
            other = self._report.mention_at(word)
            if other is None or other.entity == mention.entity:
                continue
            if (
                (other.entity.kind == Kind.ORGANIZATION and word.dep_ != "poss")
                or (other.entity.kind == Kind.ORGANIZATION and official)
                or (other.entity.kind == Kind.OPERATOR and official)
                or (other.entity.kind == Kind.COUNTRY and official)
            ):
                self._tie(mention.entity, slot_of(other))
        if not self._reaches_state(mention.entity):
            self._tie_title(mention)
        if lowered & wordset("offices of states alone") and mention.entity not in self._ties:
            for name in self._report.entity(mention.entity).names:
                self._tie_code(mention.entity, public_figures.states().get(name))
        if official and not self._reaches_state(mention.entity):
            self._tie_office(mention, words)
        if official and not self._reaches_state(mention.entity):
            self._tie_venue(mention)
        if official and "the" in lowered and not self._reaches_state(mention.entity):
            self._tie_told(mention, state_above(self._report, mention))
        if official and not self._reaches_state(mention.entity):
            self._tie_told(mention, announces_for(self._report, mention))
        if official and not self._reaches_state(mention.entity) and self._speaks(mention):
            self._tie_dateline(mention)

    def _tie_office(self, mention: Mention, words: list[Token]) -> None:
        """ "X, a foreign ministry spokeswoman in Beijing": the state of the capital that it sits in."""
        offices = [w for w in words if w.lemma_.lower() in wordset("official") and w.lemma_ not in _ABROAD]
        for obj in (o for w in offices for o in prep_objects(w, "in")):
            other = self._report.mention_at(obj)
            if other is not None and other.entity.kind in (Kind.COUNTRY, Kind.PLACE):
                code = self._report.entity(other.entity).key
                capital = other.entity.kind == Kind.COUNTRY or _state_names().get(other.text) == code
                self._tie_code(mention.entity, code if capital else None)

    def _tie_title(self, mention: Mention) -> None:
        """ "Secretary of State X", "X, the Foreign Secretary": a title that one state alone gives."""
        content = self._report.document.content
        before = content[max(0, mention.start - _TITLE_REACH) : mention.start].rstrip(" ,").lower()
        after = content[mention.end : mention.end + _TITLE_REACH].lower()
        after = re.sub(r"^, (?:the )?", "", after) if after.startswith(",") else ""
        for title, code in _titles().items():
            named = re.search(rf"(?<!\w){title}$", before) or re.match(rf"{title}(?! for\b)\b", after)
            if named and not re.search(r"\b(?:former|ex-?|late)\W*$", before[: -len(title)]):
                self._tie_code(mention.entity, code)

    def tie_described(self, described: Callable[[Token], list[Slot]]) -> None:
        """Tie "X, its spokesman", "the ministry's spokesman, X" to the body that the words stand for, which
        `described` finds."""
        for mention in self._report.mentions:
            if mention.entity.kind == Kind.ORGANIZATION:
                self._tie_told(mention, state_owning(self._report, mention, described))
            if mention.entity.kind != Kind.PERSON or mention.entity not in self._officials:
                continue
            for word in _title(self._report, mention):
                if word.lemma_.lower() in wordset("official"):
                    bodies = [s for t in _served(word) for s in described(t)]
                    for slot in bodies:
                        if slot.entity.kind in (Kind.ORGANIZATION, Kind.OPERATOR, Kind.COUNTRY):
                            self._tie(mention.entity, slot)

    def _tie_venue(self, mention: Mention) -> None:
        """ "Colonel X told a briefing in Y": an official speaks in his own state's city."""
        root = head_of(self._report, mention)
        verb = next((a for a in root.ancestors if a.pos_ == "VERB"), None) if root is not None else None
        if verb is None or not is_cue(verb, "say", "allege", "deny"):
            return
        for word in (verb, *(c for c in verb.children if c.dep_ == "dobj")):
            for obj in prep_objects(word, "in"):
                other = self._report.mention_at(obj)
                if other is not None and other.entity.kind == Kind.PLACE:
                    self._tie_code(mention.entity, self._report.entity(other.entity).key)

    def _speaks(self, mention: Mention) -> bool:
        """Whether somebody is told as saying something; what else a report from a city tells of an official
        need not be of that city's state."""
        root = head_of(self._report, mention)
        while root is not None and root.dep_ in ("appos", "compound", "nmod"):
            root = root.head
        if root is None:
            return False
        if root.dep_ == "pobj" and root.head.lower_ in ("to", "by"):
            root = root.head
            return root.head.lower_ == "according" or is_cue(root.head, "say", "allege", "deny")
        return root.dep_ in ("nsubj", "conj") and is_cue(root.head, "say", "allege", "deny", "suspect")

    def _reaches_state(self, ref: EntityRef) -> bool:
        return any(s.entity.kind != Kind.PERSON for s in self.expand(list(self.of(ref))))

    def _tie_state_before(self, mention: Mention) -> bool:
        """ "Iran has said that …. Ann Lee, the foreign ministry's spokesman, called it …": the state that
        spoke before in the same paragraph, if it is one."""
        start = self._report.document.content.rfind("\n", 0, mention.start) + 1
        first, end = bisect_left(self._starts, start), bisect_left(self._starts, mention.start)
        spoke: set[EntityRef] = set()
        for other in self._report.mentions[max(first, end - _REACH) : end]:
            if other.entity.kind == Kind.COUNTRY:
                head = head_of(self._report, other)
                if head is not None and head.dep_ == "nsubj" and answers(head.head):
                    charged = (
                        charged_states(self._report, head.head)
                        if contradicts(self._report, mention)
                        else set()
                    )
                    spoke |= charged or {other.entity}
        if len(spoke) == 1:
            self._tie(mention.entity, Slot(entity=spoke.pop()))
            return True
        return False

    def _tie_dateline(self, mention: Mention) -> None:
        """An official or ministry with no state named is that of the dateline's city."""
        place = bisect_right([start for start, _ in self._datelines], mention.start) - 1
        if place >= 0:
            self._tie_code(mention.entity, self._datelines[place][1])


def _without_host(name: str) -> str:
    """ "The Iranian embassy in London": the state that sends it, and not the one that it sits in."""
    sent, _, seat = name.partition(" in ")
    return sent if seat and _SENT.search(sent) else name


def state_called(name: str) -> str | None:
    """The ISO code of the state of that name, demonym, capital or seat of power."""
    return _state_names().get(name)


@cache
def _state_names() -> Mapping[str, str]:
    """Name, former name, demonym or abbreviation of a state, its capital or seat of power ("Pyongyang's
    foreign ministry") → its ISO code, from the reference table. A name of two is first a state's own."""
    found: dict[str, str] = {}
    for columns in (("name", "names", "abbreviations", "former", "demonyms"), ("capitals", "seats")):
        for row in tables.rows("countries"):
            for name in filter(None, "|".join(row[column] for column in columns).split("|")):
                found.setdefault(name, row["iso2"])
    return found


@cache
def _registered() -> Mapping[str, str]:
    """Bodies whose names need no state beside them ("FBI", "Pentagon") → ISO code; armies are left out, for
    where two fight neither speaks for the state by its name alone."""
    found: dict[str, str] = {}
    found.update(_of_class("government", "state"))
    for row in tables.rows("operators"):
        if row["country"] and row["class"] == "air-force":
            for name in (row["name"], *row["aliases"].split("|")):
                found.setdefault(name, row["country"])
    return found


@cache
def _titles() -> Mapping[str, str]:
    """Titles in lower case that one state alone gives → its ISO code."""
    rows = vocabulary.rows("tailgraph.nlp", "lexicons", "state_titles.csv")
    return {row["title"].lower(): row["country"] for row in rows}


def _served(title: Token) -> Iterator[Token]:
    """The words for whom an official serves: "its", "the ministry's", "for the group"."""
    for sub in title.children:
        definite = any(c.lower_ in ("the", "that", "this") for c in sub.children)
        if sub.dep_ == "poss" and (sub.lower_ in ("its", "their") or definite):
            yield sub
    for obj in prep_objects(title, "for", "of"):
        if any(c.lower_ in ("the", "that", "this") for c in obj.children):
            yield obj


@cache
def _of_class(*classes: str) -> Mapping[str, str]:
    """Bodies of these classes, by each of their names → ISO code of their state."""
    found: dict[str, str] = {}
    for row in vocabulary.rows("tailgraph.nlp", "lexicons", "organizations.csv"):
        if row["country"] and row["class"] in classes:
            for name in (row["name"], *row["aliases"].split("|")):
                found.setdefault(name, row["country"])
    return found


def _makers() -> Mapping[str, str]:
    """Makers and traders of arms, who do not speak for their state."""
    return _of_class("maker", "company")


def _title(report: Annotated, mention: Mention) -> Iterable[Token]:
    """The words around a name that say who the person is."""
    root = head_of(report, mention)
    if root is None:
        return
    top = root
    while top.dep_ in ("appos", "compound", "nmod"):
        state = report.mention_at(top.head)
        if top.dep_ == "appos" and state is not None and state.entity.kind in (Kind.COUNTRY, Kind.PLACE):
            office = top.head.head.head if top.head.dep_ == "pobj" else top.head
            if office.lemma_.lower() not in wordset("official"):
                break  # "flown by Libya, Niger's president, X, said": the parser makes X Libya's
            top = office  # "the prime minister of Somalia, X"
        else:
            top = top.head
    if top.dep_ == "pobj" and top.head.lower_ == "to" and top.head.head.lemma_.lower() in wordset("official"):
        top = top.head.head  # "its ambassador to the U.N., X": he does not speak for where he is sent
    yield from (*phrase(top), *(phrase(root) if top != root else ()))
    for clause in root.children:
        if clause.dep_ == "relcl" and clause.lemma_ in ("speak", "head", "lead", "run", "command"):
            yield from clause.subtree
    for sub in (*root.children, *top.children):
        if sub.dep_ == "appos":
            yield from phrase(sub)
            for prep in sub.children:
                if prep.dep_ == "prep" and prep.lower_ in ("of", "for", "at", "with"):
                    yield from prep.subtree
