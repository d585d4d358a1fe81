"""Whom a person speaks for, and which state a body belongs to, as far as the report ties them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Token

from tailgraph.graph.model import Entity, EntityRef, Kind, Mention, Slot
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.craft import slot_of
from tailgraph.nlp.claims.slots import head_of, phrase
from tailgraph.nlp.claims.syntax import prep_objects

OFFICIAL = frozenset(
    "minister spokesman spokeswoman spokesperson president premier ambassador envoy secretary general brigadier "
    "colonel admiral chief official ministry army military navy embassy government mission department office "
    "intelligence service commander chancellor king prince diplomat representative deputy undersecretary "
    "junta leader attorney prosecutor treasury delegate delegation police regulator agency marshal major "
    "captain lieutenant governor mayor boss head director command guard customs authority foreign defence defense "
    "parliament senator lawmaker cabinet speaker counsellor consul attache aide adviser advisor vice-president".split())
_STATE_BODY = frozenset(
    "ministry army military navy forces force embassy government mission department office intelligence service "
    "treasury attorney police agency command guard guards customs administration council parliament directorate "
    "bureau pentagon presidency corps secretariat authority court consulate defence defense commission kremlin "
    "prosecutor prosecutors embassy chiefs staff revenue".split())
# An army with such a word in its name fights a state as often as it serves one.
_INSURGENT = frozenset("liberation national free independence resistance republican salvation restoration rapid".split())
_FORMER = frozenset("retired former ex ex- once late then-".split())


class Affiliations:
    """Ties from persons to bodies and states, from bodies to states; computed once for a report."""

    def __init__(self, report: Annotated) -> None:
        self._report = report
        self._countries = [e for e in report.entities if e.kind == Kind.COUNTRY]
        self._ties: dict[EntityRef, dict[EntityRef, Slot]] = {}
        self._officials: set[EntityRef] = set()
        for mention in report.mentions:
            if mention.entity.kind in (Kind.ORGANIZATION, Kind.OPERATOR):
                self._tie_body(mention)
        for mention in report.mentions:
            if mention.entity.kind == Kind.PERSON:
                self._tie_person(mention)

    def of(self, ref: EntityRef) -> list[Slot]:
        return list(self._ties.get(ref, {}).values())

    def is_official(self, ref: EntityRef) -> bool:
        """Whether a person is called minister, spokesman, general …"""
        return ref in self._officials

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

    def _tie(self, ref: EntityRef, slot: Slot) -> None:
        if slot.entity != ref:
            self._ties.setdefault(ref, {}).setdefault(slot.entity, slot)

    def _tie_body(self, mention: Mention) -> None:
        entity = self._report.entity(mention.entity)
        words = {w.lower() for name in entity.names for w in re.findall(r"[A-Za-z]+", name)}
        self._tie_leader(mention)
        if not words & _STATE_BODY or words & _INSURGENT:
            return
        for country in self._countries:
            if any(_names_state(name, country) for name in entity.names):
                self._tie(mention.entity, Slot(entity=country.ref))
        root = head_of(self._report, mention)
        if root is not None:
            for word in phrase(root):
                self._tie_state(mention.entity, word)
            self._tie_seat(mention.entity, root)
        if mention.entity not in self._ties and not self._named_elsewhere(entity):
            self._tie_dateline(mention)

    def _tie_leader(self, mention: Mention) -> None:
        """"Haftar's Libyan National Army": the man and his army."""
        root = head_of(self._report, mention)
        for owner in root.children if root is not None else ():
            other = self._report.mention_at(owner) if owner.dep_ == "poss" else None
            if other is not None and other.entity.kind == Kind.PERSON:
                self._tie(other.entity, slot_of(mention))

    def _tie_seat(self, ref: EntityRef, root: Token) -> None:
        """"The foreign ministry in Moscow": the state of the city that it sits in."""
        for obj in prep_objects(root, "in"):
            other = self._report.mention_at(obj)
            if other is not None and ref not in self._ties and "embassy" not in root.lower_:
                entity = self._report.entity(other.entity)
                self._tie_code(ref, entity.key)

    def _tie_code(self, ref: EntityRef, code: str | None) -> None:
        for country in self._countries:
            if code is not None and country.key == code:
                self._tie(ref, Slot(entity=country.ref))

    def _named_elsewhere(self, entity: Entity) -> bool:
        """Whether a body is no state's at all, or of a state that the report does not list."""
        words = {w.lower() for name in entity.names for w in re.findall(r"[A-Za-z.]+", name)}
        return bool(words & {"un", "u.n.", "eu", "nato", "european", "international", "union", "united", "african"}) or (
            not words & {"ministry", "office", "service", "intelligence", "staff", "army", "military", "forces", "customs"})

    def _tie_state(self, ref: EntityRef, word: Token) -> None:
        mention = self._report.mention_at(word)
        if mention is not None and mention.entity.kind == Kind.COUNTRY and word.dep_ != "pobj":
            self._tie(ref, slot_of(mention))

    def _tie_person(self, mention: Mention) -> None:
        words = list(_title(self._report, mention))
        lowered = {w.lower_ for w in words}
        if lowered & _FORMER:
            return
        official = bool({w.lemma_.lower() for w in words} & OFFICIAL)
        if official:
            self._officials.add(mention.entity)
        for word in words:
            other = self._report.mention_at(word)
            if other is None or other.entity == mention.entity:
                continue
            if other.entity.kind == Kind.ORGANIZATION and word.dep_ != "poss" or (
                    other.entity.kind == Kind.ORGANIZATION and official) or (
                    other.entity.kind == Kind.OPERATOR and official) or (
                    other.entity.kind == Kind.COUNTRY and official):
                self._tie(mention.entity, slot_of(other))
        if official and not self._reaches_state(mention.entity):
            self._tie_dateline(mention)

    def _reaches_state(self, ref: EntityRef) -> bool:
        return any(s.entity.kind != Kind.PERSON for s in self.expand([s for s in self.of(ref)]))

    def _tie_dateline(self, mention: Mention) -> None:
        """An official with no state named speaks for that of the dateline's city."""
        text = self._report.document.content
        line = text.rfind("\n", 0, mention.start) + 1
        while line > 0:
            match = re.match(r"([A-Z][A-Z .'-]{2,40}) [–—-] ", text[line:line + 60])
            if match:
                for other in self._report.mentions:
                    if other.start == line:
                        self._tie_code(mention.entity, self._report.entity(other.entity).key)
                return
            line = text.rfind("\n", 0, line - 1) + 1


def _names_state(name: str, country: Entity) -> bool:
    """Whether a body's name holds a country's name or demonym ("Sudanese Armed Forces", "Israel's army")."""
    words = [w for w in re.findall(r"[\w.]+", name)]
    for known in country.names:
        if re.search(rf"(?<!\w){re.escape(known)}", name):
            return True
        if " " not in known and len(known) >= 4 and any(
                w.lower().startswith(known.lower()[:max(4, len(known) - 2)]) for w in words if w[:1].isupper()):
            return True
    return False


def _title(report: Annotated, mention: Mention) -> Iterable[Token]:
    """The words around a name that say who the person is."""
    root = head_of(report, mention)
    if root is None:
        return
    top = root
    while top.dep_ in ("appos", "compound", "nmod", "poss") and top.dep_ != "poss":
        top = top.head
    for word in (*phrase(top), *(phrase(root) if top != root else ())):
        yield word
    for clause in root.children:
        if clause.dep_ == "relcl" and clause.lemma_ in ("speak", "head", "lead", "run", "command"):
            yield from clause.subtree
    for sub in (*root.children, *top.children):
        if sub.dep_ == "appos":
            yield from phrase(sub)
            for prep in sub.children:
                if prep.dep_ == "prep" and prep.lower_ in ("of", "for", "at", "with"):
                    yield from prep.subtree
