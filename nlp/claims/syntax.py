"""Walks over the dependency tree: who does what to whom, through passives, relatives and control."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from tailgraph.nlp.claims.cues import is_cue, light_cues
from tailgraph.nlp.claims.making import works

SUBJECTS = ("nsubj", "csubj")
PASSIVE_SUBJECTS = ("nsubjpass", "csubjpass")
_CONTROL_STEPS = 6
_UNDERGOING = frozenset({"be", "remain", "stay", "come", "fall", "operate", "live"})
# "X used its accounts to buy": it is X who buys, not the object.
_SUBJECT_CONTROL = frozenset({"use", "promise", "exploit", "charter", "hire", "employ"})
# Where a noun phrase ends: a clause that hangs on the noun says something of its own.
_PROMISES = frozenset(
    {
        "contract",
        "deal",
        "agreement",
        "promise",
        "plan",
        "order",
        "offer",
        "pledge",
        "accord",
        "decision",
        "bid",
        "attempt",
        "effort",
        "proposal",
    }
)
# What two sides are "in" before a sale.
_TALKS = frozenset({"talk", "negotiation", "discussion", "bid", "effort"})
# Verbs of accusing that the tagger may take for nouns.
MISREAD = frozenset({"accuses", "accused", "suspects", "alleges"})
_ACCUSING = frozenset(
    {"accuse", "suspect", "charge", "blame", "indict", "convict", "sanction", "blacklist", "designate"}
)
_CHARGING = frozenset({"accuse", "suspect", "convict"})
# What is "imposed on X for doing": X is who did it.
# Prepositions after which the subject goes on doing something.
_MEANWHILE = frozenset({"before", "after", "without", "besides", "while", "since", "upon", "despite"})
PENALTIES = frozenset({"sanction", "penalty", "charge", "fine", "ban", "blame", "restriction", "embargo"})
# Within a noun phrase or a list of them.
_INNER = frozenset({"conj", "appos", "compound", "nummod", "nmod"})


def child(token: Token, *deps: str) -> Token | None:
    return next((c for c in token.children if c.dep_ in deps), None)


def conjuncts(token: Token) -> Iterator[Token]:
    """`token` and what is coordinated with it, in order."""
    yield token
    for sub in token.children:
        if sub.dep_ == "conj":
            yield from conjuncts(sub)


def recent(token: Token) -> Span:
    """The words before a token in its sentence and the one before."""
    start = token.sent.start
    return token.doc[token.doc[start - 1].sent.start if start else start : token.i]


def ended(clause: Token, verb: Token) -> bool:
    """ "X said that …; Y said nothing": a clause before a semicolon is no part of what is said behind it,
    though the parser hangs it there."""
    return (
        verb.i > clause.i
        and clause.dep_ in ("ccomp", "parataxis", "dep")
        and any(t.text == ";" for t in clause.doc[clause.right_edge.i : verb.i])
    )


def prepositions(token: Token) -> Iterator[Token]:
    """The prepositions that hang on a word, also those chained ("out of", "on behalf of") on one another."""
    for sub in token.children:
        if sub.dep_ == "advmod" and sub.lower_ in ("aboard", "onboard"):
            yield sub
        elif sub.dep_ in ("prep", "agent", "dative") and sub.pos_ in ("ADP", "SCONJ", "VERB", "ADV", "PART"):
            yield sub
            yield from (s for s in sub.children if s.dep_ == "prep")
            yield from (s for s in sub.children if s.dep_ == "conj" and s.pos_ == "ADP")
        elif sub.dep_ == "conj" and sub.pos_ == "ADP":
            yield sub  # "to the army, and to the militia"
        elif sub.dep_ == "prt":
            yield from (s for s in sub.children if s.dep_ == "prep")


def prep_objects(token: Token, *names: str) -> Iterator[Token]:
    """Objects of the prepositions `names` that hang on `token`, coordinated ones included."""
    for prep in prepositions(token):
        if prep.lower_ in names:
            for sub in prep.children:
                if sub.dep_ in ("pobj", "pcomp"):
                    yield from conjuncts(sub)


def out_of(word: Token) -> Iterator[Token]:
    """X in "kicked crates out of X"."""
    for part in word.children:
        if part.lower_ == "out":
            yield from prep_objects(part, "of")


def is_passive(verb: Token) -> bool:
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children):
        return True
    if verb.tag_ in ("VBD", "VBN") and child(verb, "agent") is not None and child(verb, "dobj") is None:
        return True  # "bombs, fired by X"
    if verb.lemma_ in ("accuse", "suspect") and verb.tag_ in ("VBD", "VBN") and _charged(verb):
        return True  # a headline's "X accused of arming Y"
    bare = verb.tag_ == "VBN" and child(verb, "dobj") is None
    return bare and (verb.dep_ in ("acl", "amod") or of_itself(verb))


def of_itself(verb: Token) -> bool:
    """ "Found itself accused of arming Y": the subject is that of the finding."""
    own = [c for c in verb.children if c.dep_ in SUBJECTS]
    itself = any(c.lower_ in ("itself", "himself", "herself", "themselves") for c in own)
    return itself and verb.tag_ == "VBN" and verb.head.lemma_ in ("find", "see") and verb.head != verb


def _charged(verb: Token) -> bool:
    """Whether a verb of accusing tells of what, but has no object: whom it accuses is its subject."""
    of = any(c.dep_ == "prep" and c.lower_ == "of" for c in verb.children)
    return of and verb.dep_ != "relcl" and child(verb, "dobj", "aux") is None


def agents(verb: Token) -> Iterator[Token]:
    """Who does it in a passive: the object of "by"."""
    for sub in verb.children:
        if sub.dep_ in ("agent", "prep") and sub.lower_ == "by":
            for other in sub.children:
                if other.dep_ == "conj" and other.lower_ == "by":
                    yield from (o for c in other.children if c.dep_ == "pobj" for o in conjuncts(c))
            for obj in sub.children:
                if swallowed(obj):
                    yield from (t for c in obj.children if c.dep_ in SUBJECTS for t in conjuncts(c))
                elif obj.dep_ in ("pobj", "pcomp"):
                    yield from conjuncts(obj)


def strayed_agents(verb: Token) -> Iterator[Token]:
    """Who does it in "was linked to the sale of rifles to Y by X", where the parser hangs X on what is told;
    in "the sale by X to Y" it is X who sells."""
    for prep in prepositions(verb) if is_passive(verb) and child(verb, "agent") is None else ():
        for by in prep.subtree:
            ways = {t.lower_ for t in prep.subtree if prep.i < t.i < by.i} & {"to", "for", "from", "into"}
            if by.lower_ == "by" and by.right_edge == prep.right_edge and ways:
                yield from (o for c in by.children if c.dep_ == "pobj" for o in conjuncts(c))


def swallowed(verb: Token) -> bool:
    """ "Flights said by X to have carried shells": the parser makes X the subject of "carried"."""
    return (
        verb.dep_ == "pcomp"
        and verb.head.lower_ == "by"
        and is_passive(verb.head.head)
        and any(c.tag_ == "TO" for c in verb.children)
    )


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for; any other token is itself."""
    if token.tag_ in ("WDT", "WP", "WP$") or (
        token.lower_ == "that" and token.dep_ in ("nsubj", "dobj", "nsubjpass")
    ):
        clause = token
        while clause.dep_ not in ("relcl", "acl") and clause.head != clause and not _second(clause):
            clause = clause.head
            if (cleft := _cleft(clause)) is not None:
                return cleft
        if clause.dep_ in ("relcl", "acl") or _second(clause):
            return clause.head
    return token


def _cleft(clause: Token) -> Token | None:
    """X of "it was X that armed them", where the parser hangs the clause on the "was"."""
    being = clause.head
    if clause.dep_ not in ("ccomp", "advcl") or being.lemma_ != "be":
        return None
    it = any(c.dep_ in ("nsubj", "expl") and c.lower_ == "it" for c in being.children)
    return next((c for c in being.children if c.dep_ == "attr" and c.i < clause.i), None) if it else None


def _second(clause: Token) -> bool:
    """ "X, who is accused of it, and who denies it": the second clause, which hangs on X by "and"."""
    return clause.dep_ == "conj" and clause.pos_ in ("VERB", "AUX") and clause.head.pos_ in ("NOUN", "PROPN")


def _meant(token: Token) -> list[Token]:
    """What a subject stands for: "China and Russia, which supplied" are both."""
    head = antecedent(token)
    if head == token or token.i == 0 or token.nbor(-1).text != ",":
        return [head]
    return [t for t in conjuncts(head) if t.i < token.i]


def subjects(verb: Token, steps: int = _CONTROL_STEPS) -> list[Token]:
    """Grammatical subjects of `verb`, its own or those that a governing verb lends it."""
    if (turned := _turned(verb)) is not None:
        return list(conjuncts(turned))
    if swallowed(verb) and steps:
        return subjects(verb.head.head, steps - 1)
    own = [c for c in verb.children if c.dep_ in (*SUBJECTS, *PASSIVE_SUBJECTS, "expl")]
    if of_itself(verb) and steps:
        return subjects(verb.head, steps - 1)
    if own:
        return [t for s in own for part in conjuncts(s) for t in _meant(part)]
    return _lent(verb, steps - 1) if steps else []


def _turned(verb: Token) -> Token | None:
    """The subject of either verb of "Rwanda, said the minister, had flown": who flew stands before the aside,
    who says so behind its verb, whatever the parser makes of it. None for any other verb."""
    for saying in (verb, verb.head, *(c for c in verb.children if c.dep_ == "parataxis")):
        told = _told_around(saying)
        if told is None or verb not in (saying, told):
            continue
        subs = [c for v in (saying, told) for c in v.children if c.dep_ in SUBJECTS and c.i < told.i]
        doer = next((c for c in subs if c.i < saying.i and c.left_edge.i == saying.sent.start), None)
        behind = next((c for c in subs if c.i > saying.i), None)
        closed = any(t.text == "," for t in saying.doc[saying.i : told.i])
        if doer is not None and behind is not None and closed and saying.i - doer.right_edge.i <= 2:
            return behind if verb == saying else doer
    return None


def _told_around(saying: Token) -> Token | None:
    """The verb that an aside of saying set off by a comma ("…, said X, …") interrupts."""
    aside = saying.tag_ in ("VBD", "VBZ") and saying.i > saying.sent.start + 1 and saying.nbor(-1).text == ","
    if not aside or not is_cue(saying, "say", "allege"):
        return None
    own = next((c for c in saying.children if c.dep_ == "ccomp" and c.i > saying.i), None)
    above = saying.head if saying.dep_ in ("parataxis", "ccomp") and saying.head.i > saying.i else None
    return own or above


def _lent(verb: Token, steps: int) -> list[Token]:
    head, dep = verb.head, verb.dep_
    if head == verb:
        return []
    if dep in ("acl", "relcl") and head.lemma_ in _PROMISES and any(c.tag_ == "TO" for c in verb.children):
        owners = [*(c for c in head.children if c.dep_ == "poss"), *agents(head)]
        if owners:
            return owners  # "an attempt by X to buy", "X's plan to sell"
    promised = dep in ("acl", "relcl") and head.dep_ == "dobj" and head.lemma_ in _PROMISES
    if promised and any(c.tag_ == "TO" for c in verb.children):
        return subjects(head.head, steps)  # "X signed a contract to deliver"
    talks = dep in ("acl", "relcl") and head.dep_ == "pobj" and head.lemma_ in _TALKS
    if talks and head.head.head.pos_ in ("VERB", "AUX"):
        return subjects(head.head.head, steps)  # "X is in talks to buy"
    if dep in ("acl", "relcl") and head.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
        return [head]
    if dep == "pcomp":
        return _through_preposition(head, steps)
    if dep == "acomp" and head.pos_ in ("VERB", "AUX"):
        return subjects(head, steps)  # "X was about to ship", "X stands accused of"
    if dep in ("conj", "advcl", "dep") and head.pos_ in ("VERB", "AUX"):
        return subjects(head, steps)
    if dep == "ccomp" and _is_finite(verb) and head.pos_ == "VERB":
        return _before_aside(head)
    if dep in ("xcomp", "ccomp") and head.pos_ in ("VERB", "AUX", "ADJ"):
        objects = [t for c in head.children if c.dep_ == "dobj" for t in conjuncts(c)]
        return objects if objects and head.lemma_ not in _SUBJECT_CONTROL else subjects(head, steps)
    return []


def _is_finite(verb: Token) -> bool:
    words = [verb, *(c for c in verb.children if c.dep_ in ("aux", "auxpass"))]
    return any(w.tag_ in ("VBD", "VBZ", "VBP", "MD") for w in words)


def _before_aside(saying: Token) -> list[Token]:
    """ "Two firms it said had sent rockets": not who says so, but the noun before, with all it is listed
    with."""
    first = saying.left_edge.i
    if first <= saying.sent.start:
        return []
    noun = saying.doc[first - 1]
    if noun.pos_ not in ("NOUN", "PROPN", "NUM"):
        return []
    comma = noun.left_edge.i - 1
    if noun.pos_ == "NOUN" and comma > saying.sent.start and saying.doc[comma].text == ",":
        named = saying.doc[comma - 1]
        noun = named if named.pos_ == "PROPN" else noun  # "A and B, two firms it said …"
    while noun.dep_ in _INNER and noun.head.pos_ in ("NOUN", "PROPN"):
        noun = noun.head
    return [t for t in conjuncts(noun) if t.i < saying.i]


def charging(prep: Token) -> Token:
    """The verb of an "of" that the parser hung on a date ("accused X since last year of sending"), of a "for"
    that it hung on what somebody is under ("is under an EU ban for flying"), or of an "about" that it hung on
    who is addressed ("complained to X about")."""
    if prep.head.lemma_ in PENALTIES and prep.head.dep_ == "pobj" and under_penalty(prep.head.head.head):
        return prep.head.head.head
    listener, to = prep.head, prep.head.head
    if prep.lower_ in ("about", "over") and listener.dep_ == "pobj" and to.lower_ in ("to", "with"):
        return to.head if is_cue(to.head, "protest") else listener
    if prep.lower_ != "of" or prep.head.pos_ not in ("NOUN", "PROPN", "NUM") or child(prep, "pcomp") is None:
        return prep.head
    for above in prep.head.ancestors:
        if above.pos_ == "VERB":
            return above if above.lemma_ in _CHARGING else prep.head
        if above.pos_ not in ("ADP", "SCONJ", "NOUN", "PROPN", "NUM"):
            break
    return prep.head


def _through_preposition(prep: Token, steps: int) -> list[Token]:
    """Who is meant in "accuse X of doing", "X, accused of doing", "sanctioned for doing"."""
    governor = charging(prep)
    if prep.lower_ == "by" and not is_passive(governor):
        # "Tightened the sanctions on X by adding Y": by what means, whatever the parser hangs it on.
        verbs = [a for a in (governor, *governor.ancestors) if a.pos_ == "VERB"]
        return subjects(verbs[0], steps) if verbs else []
    if prep.lower_ in _MEANWHILE and governor.pos_ in ("VERB", "AUX"):
        return subjects(governor, steps)  # "X repacked the motors before sending them on"
    if governor.pos_ == "ADV" and governor.head.pos_ in ("VERB", "AUX"):
        governor = governor.head  # "is days away from shipping"
    if governor.pos_ in ("VERB", "AUX"):
        penalised = [
            t for c in governor.children if c.lemma_ in PENALTIES for t in prep_objects(c, "on", "against")
        ]
        penalised = penalised or [
            t
            for c in governor.children
            if c.lemma_ in PENALTIES
            for t in prep_objects(governor, "on", "against")
        ]
        if penalised:
            return penalised
        if is_cue(governor, "allege") and not is_passive(governor) and (aimed := _aimed_at(governor)):
            return aimed
        objects = [antecedent(t) for c in governor.children if c.dep_ == "dobj" for t in conjuncts(c)]
        if governor.lemma_ == "join" and prep.lower_ == "in":
            return [*subjects(governor, steps), *objects]  # "X joined Y in accusing"
        if objects and all(works(t) for t in objects):
            return subjects(governor, steps)  # "X hid workshops for converting rockets"
        if objects and not is_passive(governor):
            return objects
        if (
            (governor.lemma_ in _ACCUSING or is_cue(governor, "allege"))
            and not is_passive(governor)
            and governor.tag_ != "VBN"
        ):
            # "Which the FBI accuses of having carried": whoever accuses is not who did it.
            return [governor.head] if governor.dep_ == "relcl" else []
        return subjects(governor, steps)
    if governor.pos_ == "ADJ" and (governor.head.pos_ == "AUX" or governor.head.lemma_ == "plead"):
        return subjects(governor.head, steps)  # "is interested in acquiring"
    if governor.lower_ in MISREAD:
        return []
    if works(governor) and governor.dep_ == "dobj":
        return subjects(governor.head, steps)
    return [governor] if governor.pos_ in ("NOUN", "PROPN") else []


def doers(verb: Token) -> list[Token]:
    """Who does the act of `verb`: the agent of a passive, else the subject."""
    if is_passive(verb):
        return [antecedent(t) for t in agents(verb)]
    return subjects(verb)


def undergoers(verb: Token) -> list[Token]:
    """What the act is done to: object, or subject of a passive."""
    if is_passive(verb):
        return subjects(verb)
    return [antecedent(t) for c in verb.children if c.dep_ == "dobj" for t in conjuncts(c)]


def charged(verb: Token) -> list[Token]:
    """Whom a verb of accusing accuses: "took X to task", "lashed out at X", "pointed the finger at X"."""
    return ([] if is_passive(verb) else _aimed_at(verb)) or undergoers(verb)


def under_penalty(verb: Token) -> Token | None:
    """The noun of "is under U.S. sanctions", "remains under an EU ban"."""
    if verb.lemma_ not in _UNDERGOING:
        return None
    return next((o for o in prep_objects(verb, "under") if o.lemma_ in PENALTIES), None)


def protested_to(verb: Token) -> list[Token]:
    """To whom it is protested: "summoned the Iranian envoy", "recalled its envoy from Tehran", "complained to
    Tehran", "lodged a protest with Tehran"."""
    things = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    envoys = [t for t in things if not is_cue(t, "claim") and t.lemma_ != "note"]
    if not envoys:
        return [o for word in (verb, *things) for o in prep_objects(word, "to", "with")]
    owners = [c for t in envoys for c in t.children if c.dep_ in ("amod", "poss", "compound", "nmod")]
    sent = [o for word in (verb, *envoys) for o in prep_objects(word, "from", "to", "in", "of")]
    return sent if any(c.lower_ in ("its", "their", "his", "her") for c in owners) else [*owners, *sent]


def _aimed_at(verb: Token) -> list[Token]:
    """Who stands after "at" or "on", where the verb has no object but one that is part of it ("took aim")."""
    things = [c for c in verb.children if c.dep_ == "dobj"]
    if any(not light_cues(verb, thing) for thing in things):
        return []
    return [antecedent(t) for word in (verb, *things) for t in prep_objects(word, "at", "on", "against")]
