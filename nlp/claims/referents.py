"""Whom pronouns and common nouns mean: "it", "them", "the army", "the airline", "his country", "the junta".

Coreference of the report comes first where it has an answer; what follows are the last resorts.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Span, Token

from tailgraph.graph.model import Entity, EntityRef, Kind, Mention, Slot
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.body_classes import class_of
from tailgraph.nlp.claims.affiliation import Affiliations
from tailgraph.nlp.claims.cues import is_cue, wordset
from tailgraph.nlp.claims.discourse import Discourse
from tailgraph.nlp.claims.slots import PARTIES, everything, head_of, named, slot_of
from tailgraph.nlp.claims.syntax import PENALTIES, charged, child, recent

_MODIFIERS = frozenset({"amod", "poss", "compound", "nmod", "npadvmod"})
# A common noun, and the words in a body's name or text that make it one.
_BODY_NOUNS = {
    "army": ("army", "forces", "force", "military", "guard"),
    "military": ("army", "forces", "military"),
    "ministry": ("ministry", "office", "department"),
    "embassy": ("embassy", "mission"),
    "panel": ("panel", "committee", "group", "experts"),
    "committee": ("committee", "commission", "panel"),
    "agency": ("agency", "news", "bureau"),
    "service": ("service", "agency", "intelligence"),
    "department": ("department",),
    "bureau": ("bureau",),
    "commission": ("commission",),
    "council": ("council",),
    "newspaper": ("",),
    "paper": ("",),
    "website": ("",),
    "outlet": ("",),
    "channel": ("",),
    "broadcaster": ("",),
    "group": ("",),
    "militia": ("",),
    "movement": ("",),
    "rebels": ("",),
    "rebel": ("",),
    "faction": ("",),
    "militants": ("",),
    "paramilitaries": ("",),
    "organisation": ("",),
    "organization": ("",),
    "watchdog": ("",),
    "insurgents": ("",),
    "fighters": ("",),
    "monitor": ("",),
    "monitors": ("",),
    "company": ("",),
    "firm": ("",),
}
# How many sentences without a subject a pronoun reaches over.
_FRAGMENTS = 2
_FIRMS = frozenset(["company", "firm"])
_ARMED = frozenset(
    "militia movement rebel rebels faction militant militants paramilitary paramilitaries insurgent "
    "insurgents fighter fighters".split()
)
_REBELS = frozenset({"rebel", "insurgent", "militant", "guerrilla"})
_NO_FIRMS = frozenset({"government", "media", "international", "state", "group", "military"})
_ARMED_CLASSES = frozenset([None, "group", "mercenary", "military"])
# Words in the names of bodies that nobody calls a firm.
_FORCES = tuple("force army front militia ministry movement guard panel department council".split())
_OFFICES = tuple("panel committee commission ministry agency council department bureau office court".split())
_REGIMES = frozenset(["junta", "regime", "generals", "putschists"])


class Referents:
    def __init__(self, report: Annotated, ties: Affiliations, discourse: Discourse) -> None:
        self._report, self._ties, self._discourse = report, ties, discourse

    def party(self, token: Token) -> list[Slot]:
        """Who is meant by a pronoun or common noun in a party's place; empty if nobody can be told."""
        if token.i in self._report.references:
            return []
        lowered = token.lower_
        if lowered in ("it", "they", "them", "its", "their"):
            return self._subject_before(token)
        if lowered in ("she", "her") and self._vessel_told(token):
            return []
        if lowered in ("him", "her") and token.dep_ in ("dobj", "dative", "pobj"):
            return self._given_to(token)
        if lowered in ("he", "she", "him", "his", "her"):
            return self._last(token, lambda e: e.kind == Kind.PERSON)
        if token.lemma_ in ("country", "nation", "homeland", "government", "troop", "force", "army") and any(
            c.lower_ in ("his", "her", "their", "its", "our", "my") for c in token.children
        ):
            return self._own_state(token)
        if not any(c.lower_ in ("the", "that", "this", "those", "these") for c in token.children):
            return []
        if token.lemma_ == "country" and any(c.lower_ in ("that", "this") for c in token.children):
            return self._that_country(token)
        if _of_a_name(token):
            return []  # "the rebels of the X": none of those who were told of before
        lemma = token.lemma_.lower()
        if lemma in _FIRMS and any(c.dep_ == "relcl" for c in token.children):
            return []  # "the firm that runs the jet" is told anew
        if lemma in wordset("carriers"):
            found = self._last(token, lambda e: e.kind == Kind.OPERATOR)
            if found or lemma not in _BODY_NOUNS:
                return found
        common = token.pos_ == "NOUN" and len(lemma) > 3 and lemma not in wordset("states")
        words = _BODY_NOUNS.get(lowered) or _BODY_NOUNS.get(lemma) or ((lemma,) if common else None)
        if (lemma in _ARMED or lowered in _ARMED) and self._named_for_place(token):
            return []
        if lemma in _ARMED or lowered in _ARMED:
            return self._last(token, lambda e: self._in_arms(e, lemma))
        if lemma in _FIRMS:
            return self._last(token, _trades)
        if words:
            army = lemma in ("army", "military")
            return self._last(
                token,
                lambda e: e.kind == Kind.ORGANIZATION and _has(e, words) and (not army or _regular(e)),
            )
        return self._topic_state() if lowered in _REGIMES else []

    def _in_arms(self, entity: Entity, noun: str) -> bool:
        """Whether a body may be meant by "the militia"; "the rebels" are no state's army."""
        if entity.kind != Kind.ORGANIZATION or not _armed(entity):
            return False
        ties = self._ties.of(entity.ref) if noun in _REBELS else []
        return not any(t.entity.kind == Kind.COUNTRY for t in ties)

    def _named_for_place(self, token: Token) -> bool:
        """ "The Donetsk militia": a body of its own, and none that was named before."""
        words = (c for c in token.children if c.dep_ in ("compound", "nmod", "amod", "poss"))
        mentions = (self._report.mention_at(c) for c in words)
        return any(m is not None and m.entity.kind in (Kind.PLACE, Kind.COUNTRY) for m in mentions)

    def _given_to(self, token: Token) -> list[Slot]:
        """ "A guard told the court that X had given him a gun": the guard, and neither X nor whoever was
        named before; who says so has a name or is nobody."""
        for above in token.ancestors:
            speaker = child(above, "nsubj") if above.pos_ == "VERB" and is_cue(above, "say") else None
            if speaker is not None and speaker.pos_ != "PRON" and token not in speaker.subtree:
                people = named(self._report, speaker, Kind.PERSON)
                return people or ([] if speaker.tag_ in ("NN", "CD") else self._not_doing(token))
        return self._not_doing(token)

    def _not_doing(self, token: Token) -> list[Slot]:
        """The person named last who is not the subject of what is done to him."""
        own = next((a for a in token.ancestors if a.pos_ == "VERB"), None)
        doing = (
            {t.i for c in own.children if c.dep_ == "nsubj" for t in c.subtree} if own is not None else set()
        )
        for mention in self._discourse.before(token.idx, Kind.PERSON):
            head = head_of(self._report, mention)
            if head is None or head.i not in doing:
                return [slot_of(mention)]
        return []

    def _vessel_told(self, she: Token) -> bool:
        """Whether "she" may be a ship: one is told in her sentence or the one before, and no person."""
        stretch = recent(she)
        vessels = wordset("ships") | wordset("craft")
        if not any(t.lemma_.lower() in vessels and t.pos_ == "NOUN" for t in stretch):
            return False
        return not self._discourse.between(stretch.start_char, she.idx, Kind.PERSON)

    def served(self, token: Token) -> list[Slot]:
        """The body meant by the owner in "X, its spokesman" or "the ministry's spokesman": whoever the
        sentence before is about, for a pronoun."""
        if self._report.mention_at(token) is not None:
            return []
        known = [r for r in self._report.references.get(token.i, ()) if r.kind == Kind.ORGANIZATION]
        if known:
            return [Slot(entity=ref) for ref in known]
        if token.pos_ != "PRON":
            return self.party(token)
        start = token.sent.start
        same = start and self._discourse.paragraph(self._report.doc[start - 1].idx)
        if not same or same.index != self._discourse.paragraph(token.idx).index:
            return []
        for word in self._report.doc[start - 1].sent:
            if word.dep_ in ("nsubj", "nsubjpass") and word.head.dep_ in ("ROOT", "ccomp", "conj"):
                return self._named_as(word) or self._at(word)
        return []

    def _last(self, token: Token, fits: Callable[[Entity], bool]) -> list[Slot]:
        for mention in self._discourse.before(token.idx, *PARTIES):
            if fits(self._report.entity(mention.entity)):
                return [slot_of(mention)]
        return []

    def _charged(self, token: Token) -> list[Slot] | None:
        """ "Sanctioned X for its role", "imposed sanctions on X over its sales": whoever is charged, be it
        somebody without a name; None where nobody is."""
        for above in token.ancestors:
            if above.pos_ != "VERB":
                continue
            penalised = any(c.dep_ == "dobj" and c.lemma_ in PENALTIES for c in above.children)
            if not penalised and not is_cue(above, "allege", "designate", "suspect"):
                return None
            before = [t for t in charged(above) if t.i < token.i]
            return [s for t in before for s in self._at(t)] if before else None
        return None

    def _subject_before(self, token: Token) -> list[Slot]:
        """The subject of the clauses above, else of the sentence before, else the party named last."""
        if token.dep_ == "poss" and (charged := self._charged(token)) is not None:
            return charged
        if token.lower_ == "them" and (fighters := self._fighters_before(token)):
            return fighters
        # The object of a clause is never its subject ("X sold it shells"), though an owner may be ("its
        # shells").
        own = (
            next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX")), None)
            if token.tag_ == "PRP"
            else None
        )
        plural, others = token.lower_ in ("they", "them", "their"), set[int]()
        for above in token.ancestors:
            for sub in above.children:
                if (
                    above != own
                    and sub.dep_ in ("nsubj", "nsubjpass")
                    and sub.i < token.i
                    and token not in sub.subtree
                ):
                    if _says_of(own, above):
                        # "The army, they write, shares rifles": they are not whom they write of.
                        others |= {t.i for t in sub.subtree}
                        continue
                    found = self._at(sub)
                    if plural and not found and sub.lemma_.lower() in _ARMED:
                        return self.party(sub)  # "the rebels say that they": nobody told before
                    if plural and self._speaks_of_others(sub, token):
                        others |= {t.i for t in sub.subtree}
                        continue
                    if found and not (plural and found[0].entity.kind == Kind.PERSON):
                        return found
        start = token.sent.start
        mine = (
            {t.i for c in own.children if c.dep_ in ("nsubj", "nsubjpass") for t in c.subtree}
            if own is not None
            else set()
        )
        said_until = _said_until(own) if token.dep_ == "nsubj" and own is not None else 0
        for mention in self._discourse.before(token.idx, *PARTIES):
            if mention.start < self._report.doc[start].idx:
                break
            one = mention.entity.kind == Kind.PERSON and plural
            if mention.start < said_until or self._only_hears(mention):
                continue
            if not one and not self._modifies(mention, mine | others):
                return [slot_of(mention)]
        if start == 0:
            return []
        for word in self._sentence_before(start):
            if word.dep_ in ("nsubj", "nsubjpass") and self._at(word):
                return self._named_as(word) or self._at(word)
            if word.dep_ == "nsubj" and word.tag_ == "NNS" and token.lower_ == "they":
                # "Observers of X reported … They think": who speak for a body.
                return everything(self._report, word, Kind.ORGANIZATION)
        return []

    def _sentence_before(self, start: int) -> Span:
        """The sentence before, or that before it where it is no whole one ("Is X there too? Yes. It …")."""
        previous = self._report.doc[start - 1].sent
        for _ in range(_FRAGMENTS):
            whole = any(word.dep_ in ("nsubj", "nsubjpass", "expl") for word in previous)
            if whole or previous.start == 0:
                break
            previous = self._report.doc[previous.start - 1].sent
        return previous

    def _named_as(self, subject: Token) -> list[Slot]:
        """X of "the agency's answer is X", "their seller was X": who is told there."""
        told = child(subject.head, "attr") if subject.head.lemma_ == "be" else None
        if told is None or subject.pos_ != "NOUN" or self._report.mention_at(subject) is not None:
            return []
        return self._at(told)

    def _speaks_of_others(self, speaker: Token, they: Token) -> bool:
        """ "The planes landed. The panel said that they …": "they" is not who speaks, if that is a state or a
        body without fighters, or if several were told of just before."""
        several = speaker.tag_ in ("NNS", "NNPS") or any(True for _ in speaker.conjuncts)
        if several or they.dep_ == "poss" or not is_cue(speaker.head, "say", "allege", "suspect"):
            return False
        found = self._at(speaker)
        if not found or not _fights(self._report.entity(found[0].entity)):
            return True
        start = speaker.sent.start
        before = self._report.doc[start - 1].sent if start else ()
        return any(t.tag_ in ("NNS", "NNPS") and t.dep_ in ("nsubj", "nsubjpass") for t in before)

    def _at(self, token: Token) -> list[Slot]:
        return named(self._report, token, *PARTIES)[:1]

    def _only_hears(self, mention: Mention) -> bool:
        """ "Sources told Reuters, a week after X accused it": not whom somebody spoke to."""
        head = head_of(self._report, mention)
        heard = (
            head is not None and head.dep_ in ("dobj", "dative") and head.head.lemma_ in ("tell", "inform")
        )
        return heard and mention.entity.kind == Kind.ORGANIZATION

    def _modifies(self, mention: Mention, barred: set[int]) -> bool:
        head = head_of(self._report, mention)
        return head is None or head.dep_ in _MODIFIERS or head.i in barred

    def _own_state(self, token: Token) -> list[Slot]:
        """ "His country": the state of the person named last."""
        for slot in self._last(token, lambda e: e.kind == Kind.PERSON):
            ties = self._ties.expand([slot])
            military = token.lemma_ in ("troop", "force", "army")
            return [
                s
                for s in ties
                if s.entity.kind == Kind.COUNTRY or (military and s.entity.kind == Kind.ORGANIZATION)
            ]
        return []

    def _fighters_before(self, token: Token) -> list[Slot]:
        """ "Passes rifles to the X guerrillas, he said, and flies shells to them": the people in arms named
        last in the sentence or the one before, whatever is their subject."""
        start = token.doc[max(token.sent.start - 1, 0)].sent.start
        for word in reversed(token.doc[start : token.i]):
            if word.tag_ == "NNS" and word.lemma_.lower() in _ARMED | wordset("followers"):
                return self._at(word)
        return []

    def _that_country(self, token: Token) -> list[Slot]:
        """ "Flown from Russia to that country": the state named last, but not as another part of the same
        act."""
        act = _verb_above(token)
        for mention in self._discourse.before(token.idx, Kind.COUNTRY):
            if self._discourse.sentence(token.idx) - mention.passage > 1:
                return []
            head = head_of(self._report, mention)
            above = head and _verb_above(head)
            speaks = above is not None and above in token.ancestors and is_cue(above, "say", "allege")
            if head is not None and not speaks and (act is None or above != act):
                return [slot_of(mention)]
        return []

    def ties_of(self, person: EntityRef) -> list[Slot]:
        """The bodies and states that a person leads or speaks for."""
        return self._ties.of(person)

    def rules(self, person: EntityRef) -> bool:
        """Whether a person rules a state."""
        return self._ties.rules(person)

    def _topic_state(self) -> list[Slot]:
        """The state whose rulers a report calls the junta: the only one in its headline."""
        title = len(self._report.document.title)
        found = {m.entity for m in self._report.mentions if m.entity.kind == Kind.COUNTRY and m.start < title}
        return [Slot(entity=ref) for ref in found] if len(found) == 1 else []


def _of_a_name(noun: Token) -> bool:
    """Whether a name follows with "of", whatever the parser makes of it."""
    after = noun.doc[noun.i + 1 : noun.i + 4]
    return len(after) > 1 and after[0].lower_ == "of" and any(t.pos_ == "PROPN" for t in after[1:])


def _verb_above(token: Token) -> Token | None:
    return next((t for t in token.ancestors if t.pos_ in ("VERB", "AUX")), None)


def _has(entity: Entity, words: tuple[str, ...]) -> bool:
    return any(w in name.lower() for name in entity.names for w in words)


def _trades(entity: Entity) -> bool:
    """Whether a body may be meant by "the company": no office of a state, no force, no paper."""
    if entity.kind != Kind.ORGANIZATION or _has(entity, _FORCES):
        return False
    words = {w for name in entity.names for w in name.lower().split()}
    return class_of(entity) not in _NO_FIRMS and not words & wordset("state body of its own")


def _armed(entity: Entity) -> bool:
    """Whether a body may be meant by "the rebels": no paper, no ministry, no panel."""
    words = wordset("state body") | wordset("international")
    return class_of(entity) in _ARMED_CLASSES and not (
        class_of(entity) is None and any(w in words for n in entity.names for w in n.lower().split())
    )


def _regular(entity: Entity) -> bool:
    """Whether a body may be meant by "the army": no militia called after its forces ("Rapid Support Forces"),
    no office."""
    words = {w.lower() for name in entity.names for w in name.split()}
    return not words & wordset("insurgent") and not _has(entity, _OFFICES)


def _fights(entity: Entity) -> bool:
    """Whether a body may mean its fighters by "they"."""
    return entity.kind == Kind.ORGANIZATION and _armed(entity) and not _has(entity, _OFFICES)


def _says_of(saying: Token | None, told: Token) -> bool:
    """Whether a verb of saying is thrown into the clause that it says (", they write,")."""
    inside = saying is not None and saying.head == told and saying.dep_ == "parataxis"
    return inside and saying is not None and is_cue(saying, "say", "allege", "suspect")


def _said_until(saying: Token) -> int:
    """Where what a verb of saying reports ends before it (", it said"): nobody in there is who says it."""
    if not is_cue(saying, "say", "allege"):
        return 0
    told = [c for c in saying.children if c.dep_ == "ccomp" and c.left_edge.i < saying.i]
    # In "the army, they write, shares rifles" the clause goes on behind it.
    before = [c.right_edge if c.i < saying.i else saying.nbor(-1) for c in told]
    return max((t.idx + len(t) for t in before), default=0)
