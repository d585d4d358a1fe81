"""Who speaks: the person, body and state behind the subject of a verb of saying."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from tailgraph.graph.model import Kind, Slot
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.affiliation import state_called
from tailgraph.nlp.claims.authorship import publishes
from tailgraph.nlp.claims.cues import is_cue, wordset
from tailgraph.nlp.claims.discourse import Discourse
from tailgraph.nlp.claims.referents import Referents
from tailgraph.nlp.claims.reporting import made_by
from tailgraph.nlp.claims.slots import PARTIES, STATES, everything, head_of, slot_of
from tailgraph.nlp.claims.syntax import antecedent, child, is_passive, prep_objects, subjects, undergoers
from tailgraph.nlp.claims.weighing import weigh

_REACH = 5
_OWNERS = frozenset({"its", "their", "his", "her"})
_LAWYERS = frozenset({"counsel", "lawyer", "attorney", "solicitor", "barrister", "advocate"})
# How many words back the one who spoke last may stand.
_CHAIN = 90
_LOOKBACK = 600
# How many paragraphs back who said something may stand for "he".
_FAR = 3
# How many sentences back the person of "the Ukrainian president" may stand.
_NEAR = 2


class Speakers:
    def __init__(self, report: Annotated, discourse: Discourse, referents: Referents) -> None:
        self._report, self._discourse, self._referents = report, discourse, referents

    def of(self, token: Token, chained: bool = True) -> list[Slot]:
        """Whom the subject of a verb of saying means: by name, else as a pronoun or common noun; `chained`:
        also as one who spoke before."""
        heard = self._heard_by(token)
        if heard:
            return heard
        if token.lower_ in ("he", "she") and (person := self._subject_person(token)):
            return person
        if token.lower_ == "it" and (subject := self._subject_before(token)) is not None:
            return self.of(subject, chained=False)
        found = everything(self._report, token, *PARTIES)
        if found and _former(token) and not any(s.entity.kind == Kind.PERSON for s in found):
            return []
        if found and _private(token) and all(s.entity.kind == Kind.COUNTRY for s in found):
            return []
        if found:
            return weigh(self._report, token, found) + self._described(token, found)
        found = self._hung_elsewhere(token) or self._seat(token) or self._client(token)
        found = found or self._of_whom(token) or self._published(token)
        if found:
            return found
        if token.lower_ in ("i", "we", "our", "my", "us"):
            return self._discourse.voice(token) or self._discourse.interviewee
        before = self._same_as_before(token) if chained else None
        if before is not None:
            return before
        if token.lower_ in ("he", "she", "his", "her"):
            return self._person(token) or self._told(token)
        return self._owned(token) or self._referents.party(token)

    def _described(self, token: Token, found: list[Slot]) -> list[Slot]:
        """ "The Ukrainian president": the one person told just before who may be he."""
        if token.tag_ != "NN" or token.lemma_.lower() not in wordset("offices") or len(found) != 1:
            return []
        if found[0].entity.kind != Kind.COUNTRY or not any(c.lower_ == "the" for c in token.children):
            return []
        passage = self._discourse.sentence(token.idx)
        near = [
            m
            for m in self._discourse.before(token.idx, Kind.PERSON)
            if passage - self._discourse.sentence(m.start) <= _NEAR
        ]
        people = {m.entity: m for m in near}
        if len(people) != 1 or passage == self._discourse.sentence(near[0].start):
            return []
        ref, mention = people.popitem()
        states = {t.entity for t in self._referents.ties_of(ref) if t.entity.kind == Kind.COUNTRY}
        return [slot_of(mention)] if states <= {found[0].entity} else []

    def _same_as_before(self, token: Token) -> list[Slot] | None:
        """Whom "they" or "the diplomat" means who says more: who spoke last, be it somebody without a name,
        for whom the outlet stands that he spoke to. None where nobody spoke before."""
        plural = token.lower_ == "they" or token.tag_ == "NNS" or token.lower_ in ("one", "both", "two")
        if token.lower_ not in ("they", "he", "she", "it") and not (
            token.lemma_ in wordset("sources") or token.lower_ in ("one", "both")
        ):
            return None
        meant = next((t.lemma_ for t in prep_objects(token, "of")), token.lemma_)
        for verb in reversed(token.doc[max(0, token.i - _CHAIN) : token.i]):
            if verb.pos_ != "VERB" or not is_cue(verb, "say", "allege", "suspect", "deny"):
                continue
            speaker = child(verb, "nsubj")
            if speaker is None or speaker.i >= token.i or speaker.pos_ == "PRON":
                continue
            many = speaker.tag_ in ("NNS", "NNPS") or any(True for _ in speaker.conjuncts)
            if token.lower_ == "they" and not many:
                continue
            if token.lower_ == "it":
                return None if many else self.of(speaker, chained=False)
            if token.lower_ in ("he", "she") and (many or speaker.lemma_ not in wordset("sources")):
                return None
            # "Officials said" tells of others than the experts who spoke before; "the officials" may not.
            same = speaker.lemma_ == meant or (plural and many and _definite(token))
            if token.pos_ != "PRON" and not same:
                continue
            return self.outlet(verb, [speaker]) or self.of(speaker, chained=False)
        return self._cited(token)

    def _cited(self, token: Token) -> list[Slot] | None:
        """ "The source" of an outlet that reported, "citing an unnamed source"."""
        if token.pos_ != "NOUN":
            return None
        for word in reversed(token.doc[max(0, token.i - _CHAIN) : token.i]):
            if word.lemma_ != token.lemma_ or word.dep_ not in ("dobj", "pobj"):
                continue
            for verb in word.ancestors:
                if verb.pos_ == "VERB" and is_cue(verb, "say") and child(verb, "nsubj") is not None:
                    speakers = subjects(verb)
                    return [
                        s for t in speakers for s in everything(self._report, t, Kind.ORGANIZATION)
                    ] or None
        return None

    def _heard_by(self, token: Token) -> list[Slot]:
        """ "A former commander interviewed by the panel", "data reviewed by X", "a study by Y": whoever heard
        an unnamed source, or made a paper, vouches for it."""
        if self._report.mention_at(token) is not None or everything(self._report, token, Kind.PERSON):
            return []
        vouching = [*made_by(token), *_told(token)]
        if token.lemma_.lower() in wordset("papers"):
            vouching += prep_objects(token, "by", "from")
        return [s for agent in vouching for s in everything(self._report, agent, *PARTIES)]

    def _subject_before(self, token: Token) -> Token | None:
        """ "A report of the experts lists the flights. It accuses …", "The ministry called this a lie. It
        said …", "A panel of UN experts went there. It found …": the paper, body or state that the sentence
        before is about, in the same paragraph."""
        start = token.sent.start
        if start == 0 or self._discourse.paragraph(token.doc[start - 1].idx) != self._discourse.paragraph(
            token.idx
        ):
            return None
        subject = child(token.doc[start - 1].sent.root, "nsubj")
        if subject is None:
            return None
        mention = self._report.mention_at(subject)
        speaks = mention is not None and mention.entity.kind in (*STATES, Kind.OPERATOR)
        if mention is None and subject.lemma_.lower() in wordset("bodies of people"):
            speaks = bool(everything(self._report, subject, Kind.ORGANIZATION))
        return subject if speaks or subject.lemma_ in wordset("papers with a text") else None

    def _published(self, token: Token) -> list[Slot]:
        """ "The statement", "the filing": whoever published a paper, or spoke of one, last before it."""
        if token.lemma_.lower() not in wordset("papers") or not any(
            c.lower_ in ("the", "this", "that") for c in token.children
        ):
            return []
        paragraph = self._discourse.paragraph(token.idx).index
        for verb in reversed(token.doc[max(0, token.i - _CHAIN) : token.i]):
            if verb.pos_ != "VERB" or paragraph - self._discourse.paragraph(verb.idx).index > 1:
                continue
            speakers = [t for t in subjects(verb) if t.i < token.i and t.pos_ != "PRON"]
            if speakers and publishes(verb, token):
                return [s for t in speakers for s in self.of(t, chained=False)]
        return []

    def _hung_elsewhere(self, token: Token) -> list[Slot]:
        """ "UNITA's man in Lisbon, X": the parser hangs the name on the city."""
        for sub in token.subtree:
            mention = self._report.mention_at(sub)
            if sub.dep_ == "appos" and mention is not None and mention.entity.kind == Kind.PERSON:
                return [slot_of(mention)]
        return []

    def _seat(self, token: Token) -> list[Slot]:
        """ "A presidential aide in the Zairean capital", "a diplomat at Iran's mission": where he serves."""
        if token.lemma_.lower() in wordset("governing"):
            return [s for o in prep_objects(token, "in") for s in self._governed_from(o)]
        if token.lemma_.lower() not in wordset("official") | {"aide", "source"}:
            return []
        seats = [
            s for o in prep_objects(token, "in", "from") for s in everything(self._report, o, Kind.COUNTRY)
        ]
        offices = (everything(self._report, o, *STATES) for o in prep_objects(token, "at", "with"))
        return seats or next((found for found in offices if any(map(self._serves_state, found))), [])

    def _serves_state(self, slot: Slot) -> bool:
        ties = self._referents.ties_of(slot.entity)
        return slot.entity.kind == Kind.COUNTRY or any(t.entity.kind == Kind.COUNTRY for t in ties)

    def _owned(self, token: Token) -> list[Slot]:
        """ "Its military attaché", "his foreign minister": whom the owner is, or whom he rules for."""
        if token.pos_ != "NOUN" or token.lemma_.lower() not in wordset("official"):
            return []
        owner = next((c for c in token.children if c.dep_ == "poss" and c.lower_ in _OWNERS), None)
        if owner is None:
            return []
        # "X's army lent Y nothing, its attaché insisted": the owner is whom he speaks about.
        said = (c for c in token.head.children if c.dep_ == "ccomp" and c.i < token.i)
        about = [s for c in said for t in subjects(c) for s in everything(self._report, t, *STATES)]
        found = about or self._referents.served(owner) or self._referents.party(owner)
        ties = [t for s in found if s.entity.kind == Kind.PERSON for t in self._referents.ties_of(s.entity)]
        return [s for s in (*found, *ties) if s.entity.kind in STATES]

    def _governed_from(self, town: Token) -> list[Slot]:
        """The state of the town that a government sits in, if the report names it."""
        mention = self._report.mention_at(town)
        if mention is None or mention.entity.kind != Kind.PLACE:
            return everything(self._report, town, Kind.COUNTRY)
        code = state_called(mention.text)  # a capital, and no seat of a breakaway's
        states = (e for e in self._report.entities if e.kind == Kind.COUNTRY and code and e.key == code)
        return [Slot(entity=e.ref) for e in states]

    def clients(self, token: Token) -> list[Slot]:
        """For whom a lawyer or spokesman speaks, named himself or not: "X, counsel for Y", "one of Y's
        lawyers, X"."""
        words = [token, *(c for c in token.children if c.dep_ in ("appos", "compound", "nmod"))]
        words += [o for w in list(words) for o in prep_objects(w, "of")]
        return [
            s
            for w in words
            if w.pos_ == "NOUN" and w.lemma_ in wordset("speaking for")
            for s in self._client(w)
            # A lawyer's client denies through him; a ruler's spokesman speaks for his state.
            if s.entity.kind != Kind.PERSON or w.lemma_ in _LAWYERS
        ]

    def _client(self, token: Token) -> list[Slot]:
        """ "Counsel for the airline"."""
        if token.lemma_ not in wordset("agents"):
            return []
        clients = [*prep_objects(token, "for", "at", "of", "in", "from")]
        clients += [c for c in token.children if c.dep_ in ("poss", "compound")]
        return next((found for c in clients if (found := self._meant(c))), [])

    def _of_whom(self, token: Token) -> list[Slot]:
        """ "Juan Gomez, whose country fears that", "Peru, whose president says"."""
        owner = next((c for c in token.children if c.lower_ == "whose"), None)
        owned = wordset("state body") | wordset("offices") | {"country"}
        if owner is None or token.lemma_.lower() not in owned:
            return []
        return everything(self._report, antecedent(owner), *PARTIES)

    def _meant(self, client: Token) -> list[Slot]:
        """Whom the owner of a spokesman means, be it a relative ("the front, whose spokesmen say …")."""
        owner = antecedent(client)
        named = everything(self._report, owner, *PARTIES)
        if self._report.mention_at(owner) is not None:
            return weigh(self._report, owner, named)
        return named if owner != client else named or self._referents.party(client)

    def _subject_person(self, token: Token) -> list[Slot]:
        """The person whom the sentence is about up to a "he", not one whom it only mentions."""
        for word in reversed(token.doc[max(token.sent.start, token.i - _CHAIN) : token.i]):
            mention = self._report.mention_at(word)
            if (
                mention is not None
                and mention.entity.kind == Kind.PERSON
                and word.dep_ in ("nsubj", "nsubjpass")
            ):
                return [slot_of(mention)]
        return []

    def _person(self, token: Token) -> list[Slot]:
        """Whom "he" or "she" means: a person of this sentence named as a subject, else of the sentences
        before.
        """
        start, paragraph = token.sent.start_char, self._discourse.paragraph(token.idx).index
        for mention in self._discourse.before(token.idx, Kind.PERSON):
            head = head_of(self._report, mention)
            if mention.start >= start and (head is None or head.dep_ not in ("nsubj", "nsubjpass", "appos")):
                continue
            distance = paragraph - self._discourse.paragraph(mention.start).index
            if distance == 0 or (distance <= _FAR and head is not None and _speaks(head)):
                return [slot_of(mention)]
            if distance >= _FAR:
                return []
        return []

    def _told(self, token: Token) -> list[Slot]:
        """The outlet to which an unnamed source spoke."""
        for word in reversed(token.doc[max(0, token.i - _LOOKBACK) : token.i]):
            if word.lemma_ == "tell" and word.pos_ == "VERB":
                if any(everything(self._report, t, Kind.PERSON) for t in subjects(word)):
                    return []  # who spoke has a name: "Colonel X told the Council"
                found = self.hearers(undergoers(word))
                if found:
                    return found
        return []

    def hearers(self, words: Iterable[Token]) -> list[Slot]:
        """The bodies to which somebody spoke, and which vouch for him: a paper or a panel, not the court or
        the house that heard him."""
        found = [s for t in words for s in everything(self._report, t, Kind.ORGANIZATION)]
        return [s for s in found if not self._only_hears(s)]

    def _only_hears(self, slot: Slot) -> bool:
        names = self._report.entity(slot.entity).names
        return any(word in wordset("courts") for name in names for word in name.lower().split())

    def outlet(self, verb: Token, speakers: list[Token]) -> list[Slot]:
        """An unnamed source that spoke to an outlet: the outlet vouches for it."""
        quoting = verb.head.head if verb.dep_ == "pcomp" and verb.head.lower_ == "as" else None
        if (verb.lemma_ != "tell" and quoting is None) or is_passive(verb) or not speakers:
            return []
        if any(
            t.pos_ == "PROPN"
            or self._report.mention_at(t) is not None
            or everything(self._report, t, Kind.PERSON)
            or t.lemma_.lower() in wordset("bodies")
            or t.pos_ == "PRON"
            or self._holds_office(t)
            for t in speakers
        ):
            return []
        heard = undergoers(verb) if quoting is None else subjects(quoting) if not is_passive(quoting) else []
        return self.hearers(heard)

    def _holds_office(self, speaker: Token) -> bool:
        """ "The Eritrean ambassador", "Uganda's envoy": the one of his state, who speaks for it."""
        one = any(c.lower_ in ("the", "its") or c.dep_ == "poss" for c in speaker.children)
        office = speaker.tag_ == "NN" and speaker.lemma_.lower() in wordset("offices")
        return one and office and bool(everything(self._report, speaker, Kind.COUNTRY))

    def just_after(self, verb: Token) -> list[Slot]:
        """ "… ," said X; in Y nobody …": the speaker whom the parser makes the subject of what follows."""
        if verb.i == 0 or not verb.nbor(-1).is_quote:
            return []
        for token in verb.doc[verb.i + 1 : min(verb.i + 1 + _REACH, verb.sent.end)]:
            if token.is_punct or token.pos_ in ("VERB", "AUX", "ADP"):
                return []
            if token.dep_ in ("nsubj", "nsubjpass") and token.head.i > token.i:
                return self.of(token, chained=False)
        return []

    def just_before(self, verb: Token) -> list[Slot]:
        """Where the parse lost the subject: the speaker named right before the verb."""
        for step in range(1, _REACH + 1):
            if verb.i - step < verb.sent.start:
                return []
            token = verb.doc[verb.i - step]
            mention = self._report.mention_at(token)
            if mention is not None and mention.entity.kind in PARTIES:
                return self._titled(token) or [slot_of(mention)]
            if token.pos_ in ("VERB", "AUX", "ADP"):
                return []
        return []

    def _titled(self, state: Token) -> list[Slot]:
        """ "…, X, the president of Niger, said": X, and not Niger alone."""
        office = state.head.head if state.dep_ == "pobj" and state.head.lower_ == "of" else state.head
        if office.dep_ != "appos" or office.lemma_.lower() not in wordset("official"):
            return []
        person = self._report.mention_at(office.head)
        if person is None or person.entity.kind != Kind.PERSON:
            return []
        return [slot_of(person), *everything(self._report, office, *STATES)]


def _told(source: Token) -> list[Token]:
    """ "Officials who spoke to X", "a pilot who told X": to whom an unnamed source spoke."""
    heard: list[Token] = []
    for clause in source.children:
        if clause.dep_ == "relcl" and clause.lemma_ in ("speak", "talk"):
            heard += prep_objects(clause, "to", "with")
        elif clause.dep_ == "relcl" and clause.lemma_ == "tell":
            heard += [c for c in clause.children if c.dep_ in ("dobj", "dative")]
    return heard


def _private(token: Token) -> bool:
    """ "An Ethiopian airport worker": a man of that state, who speaks for himself."""
    return token.pos_ == "NOUN" and token.lemma_.lower() in wordset("private people")


def _definite(token: Token) -> bool:
    return any(c.lower_ in ("the", "these", "those", "both") for c in token.children)


def _former(token: Token) -> bool:
    """ "A former FNI commander": he no longer speaks for whom he served."""
    return token.pos_ == "NOUN" and any(c.lower_ in wordset("former") for c in token.children)


def _speaks(name: Token) -> bool:
    """Whether a name is the subject of a verb of saying, or stands beside one."""
    top = name
    while top.dep_ in ("appos", "compound", "conj") and top.head != top:
        top = top.head
    return top.dep_ in ("nsubj", "nsubjpass", "pobj") and (
        is_cue(top.head, "say", "allege", "deny", "suspect") or top.head.lower_ in ("to", "by")
    )
