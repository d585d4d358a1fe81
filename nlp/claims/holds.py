"""What is said to be in a hold: "the cargo was rockets", "drones were aboard", "probably cartridges for
X".
"""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.cues import cues, is_cue, wordset
from tailgraph.nlp.claims.syntax import antecedent, child, prep_objects, subjects, undergoers

_DUMMIES = frozenset(["it", "that", "they", "there"])
_GUESSES = frozenset(["guess", "bet", "hunch", "answer", "suspicion"])
_COMING = frozenset(["come", "go", "roll", "leave"])
_LOOKBACK = 60
# "Found rockets", "came upon rockets".
_FOUND = ("obj", "upon", "on", "across")


def held(verb: Token, token: Token, link: str) -> Act | None:
    """The act of a verb that only says where the weapon (`token`, hanging on it by `link`) is or is found."""
    if is_cue(verb, "found") and link == "obj" and (_in_hold(verb) or _in_hold(token) or _hidden(token)):
        return Act(verb, "cargo", "cargo-found")
    if is_cue(verb, "found") and (_under_goods(verb) if link == "obj" else _covers(verb, token, link)):
        return Act(verb, "cargo", "cargo-found")
    if is_cue(verb, "found") and link in _FOUND and opened_before(verb):
        return Act(verb, "cargo", "cargo-found")
    if is_cue(verb, "found") and link == "obj" and (_under_way(token) or _at_a_gate(verb)):
        return Act(verb, "cargo", "cargo-seized")
    if verb.lemma_ == "be" and link == "nsubj" and _on_the_way(verb):
        return Act(verb, "carry", "carry-copula")
    cleft = _cleft(verb, token) if verb.lemma_ == "be" and link in ("nsubj", "attr") else None
    if cleft is not None:
        return Act(cleft, "carry", "carry-cleft")
    shipped = _fronted(verb) if verb.lemma_ == "be" and link in ("nsubj", "attr") else None
    if shipped is not None:
        kind = next(c.kind for c in cues(shipped) if c.kind in _MOVED)
        return Act(shipped, kind, f"{kind}-verb-fronted")
    if verb.lemma_ == "be" and link in ("nsubj", "attr") and _on_the_way(verb):
        return Act(verb, "carry", "carry-copula")
    if link in ("nsubj", "obj") and taken_up(verb) is not None:
        has = verb.lemma_ == "be" or verb.lemma_ in wordset("turning up")
        return Act(verb, "possess" if has else "carry", "carry-hands")
    subjects = [c for c in verb.children if c.dep_ in ("nsubj", "expl")]
    if (link == "obj" and _papers(verb)) or (verb.lemma_ == "be" and _among(verb)):
        return Act(verb, "cargo", "cargo-copula")
    if verb.lemma_ == "be" and link == "attr":
        dummy = any(s.lower_ in _DUMMIES for s in subjects) or (not subjects and _supposes(verb))
        if dummy and _talks_of_holds(verb):
            return Act(verb, "cargo", "cargo-copula")
        if any(s.lemma_ in _GUESSES for s in subjects):
            return Act(verb, "cargo", "cargo-guess")
    return (
        Act(verb, "cargo", "cargo-copula")
        if verb.lemma_ in wordset("being") and _names_hold(verb, token)
        else None
    )


def opened_before(verb: Token) -> bool:
    """ "Police opened the crates. They found rockets.": whether the sentence before, or the clause, tells of
    opening or searching a hold or a craft."""
    if any(c.dep_ == "prep" and c.lower_ in ("in", "at") for c in verb.children):
        return False  # "searched the plane. At his flat they found pistols"
    start = verb.sent.start
    before = [*(verb.doc[start - 1].sent if start else ()), *verb.doc[start : verb.i]]
    return any(t.lemma_ in wordset("opening") and t.pos_ == "VERB" and _opens_hold(t) for t in before)


def _opens_hold(verb: Token) -> bool:
    things = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    holds = wordset("hold") | wordset("craft") | wordset("ships")
    named = (t for t in things if t.pos_ == "PROPN" or any(c.isdigit() for c in t.text))
    return any(t.lemma_.lower() in holds for t in things) or any(True for _ in named)


def taken_up(verb: Token) -> Token | None:
    """ "Fell into the hands of X", "are in Y's possession": the noun that says who has them now."""
    if verb.lemma_ not in wordset("coming into hands") | wordset("turning up"):
        return None
    for prep in verb.children:
        for noun in prep.children if prep.dep_ == "prep" and prep.lower_ in ("in", "into") else ():
            if noun.lemma_ in ("hand", "possession", "arsenal", "stockpile", "inventory"):
                return noun
    return None


def _cleft(verb: Token, token: Token) -> Token | None:
    """ "Drones is what came off the plane", "what they unloaded was drones": the verb of the other clause."""
    for clause in verb.children:
        if (
            clause != token
            and clause.dep_ in ("ccomp", "csubj", "nsubj", "relcl", "attr", "advcl")
            and clause.pos_ == "VERB"
            and any(c.lower_ == "what" for c in clause.children)
            and (is_cue(clause, "carry", "load", "supply") or clause.lemma_ in _COMING)
        ):
            return clause
    return None


_FRONTED = ("advcl", "acomp", "csubj", "nsubj", "ROOT")
_MOVED = ("supply", "carry", "load", "acquire")


def _fronted(verb: Token) -> Token | None:
    """ "Shipped by now are 3,000 rockets", "Also delivered were tanks": the participle before the "are"."""
    for clause in verb.children:
        before = clause.i < verb.i and clause.tag_ == "VBN" and clause.dep_ in _FRONTED
        if before and any(c.kind in _MOVED for c in cues(clause)):
            return clause
    return None


def _supposes(verb: Token) -> bool:
    """ "Could be shells for X": no subject, but a doubt."""
    return any(c.dep_ in ("aux", "advmod") and is_cue(c, "hedge") for c in verb.children)


def _names_hold(verb: Token, token: Token) -> bool:
    first = next((t for t in verb.sent if not t.is_space and not t.is_punct), verb)
    if first.lower_ in ("inside", "aboard", "onboard") and verb.lemma_ == "be" and first.i < verb.i < token.i:
        return True
    for other in (*verb.children, *_spoken_of(verb)):
        about = other.head != verb or other.dep_ in ("nsubj", "attr", "prep", "advmod", "acomp", "npadvmod")
        beneath = other.dep_ == "prep" and other.lower_ in wordset("covers") and other.i < verb.i
        if beneath and any(o.lower_ in ("them", "it") for o in other.children) and _talks_of_holds(verb):
            return True  # "Beneath them lay mortar shells"
        if other != token and about:
            words = list(other.subtree) if other.dep_ == "prep" else [antecedent(other)]
            if other.dep_ == "prep" and _flight(other):
                return True
            if any(
                {w.lemma_.lower(), w.lower_} & wordset("hold") or w.lower_ in ("aboard", "onboard", "board")
                for w in words
            ):
                return True
    return False


def _spoken_of(verb: Token) -> list[Token]:
    """ "The contents of the boxes, which include rockets", "the cargo turned out to be rifles"."""
    if verb.dep_ == "relcl":
        noun = verb.head.head.head if verb.head.dep_ == "pobj" else verb.head
        return [t for t in (verb.head, noun) if t.pos_ == "NOUN"]
    return [] if child(verb, "nsubj") is not None else subjects(verb)


def _flight(prep: Token) -> bool:
    """ "On both flights", "aboard the jet"."""
    return prep.lower_ in ("on", "aboard", "inside") and any(
        c.dep_ == "pobj" and c.lemma_.lower() in wordset("craft") | {"flight", "trip", "sortie"}
        for c in prep.children
    )


def _in_hold(verb: Token) -> bool:
    """Whether something is found in a hold, in crates or aboard: "in these boxes", "on the plane", and "in
    them" after boxes were told of."""
    if any(o.lower_ in ("them", "it") for o in prep_objects(verb, "in", "inside")) and _talks_of_holds(verb):
        return True
    return any(
        w.lemma_.lower() in wordset("hold") or w.lower_ in ("aboard", "onboard")
        for c in verb.children
        if c.dep_ in ("prep", "advmod")
        for w in c.subtree
    )


def _under_goods(verb: Token) -> bool:
    """ "Found shells under sacks of sugar"."""
    return any(_is_goods(o) for name in wordset("covers") for o in prep_objects(verb, name))


def _covers(verb: Token, cover: Token, link: str) -> bool:
    """ "Found, beneath sacks of rice, shells": the parser lists the shells with the sacks."""
    return link in wordset("covers") and _is_goods(cover) and not undergoers(verb)


def _is_goods(noun: Token) -> bool:
    words = [noun, *prep_objects(noun, "of")]
    return any(w.lemma_.lower() in wordset("hiding goods") for w in words)


def _hidden(load: Token) -> bool:
    """ "Found rockets hidden behind sacks"."""
    return any(c.dep_ == "acl" and c.lower_ in wordset("hidden") for c in load.children)


def _under_way(load: Token) -> bool:
    """ "Seized rifles bound for X", "intercepted mortars that were en route from X to Y"."""
    for sub in load.subtree:
        if sub.lower_ in wordset("bound") and sub.lower_ not in ("meant", "intended", "way", "route"):
            return True
        if sub.lower_ in ("way", "route") and sub.head.lower_ in ("on", "en"):
            return True
    return False


def _papers(verb: Token) -> bool:
    """ "The manifest listed 60 tonnes of ammunition"."""
    return verb.lemma_ in wordset("listing cargo") and any(
        c.dep_ == "nsubj" and c.lemma_.lower() in wordset("cargo papers") for c in verb.children
    )


def _among(verb: Token) -> bool:
    """ "Among the items seized were 70 missiles"."""
    return any(
        prep.lower_ == "among" and prep.i < verb.i and any(is_cue(t, "found") for t in prep.subtree)
        for prep in verb.children
        if prep.dep_ == "prep"
    )


def _at_a_gate(verb: Token) -> bool:
    """ "Rifles were seized at the port", "customs confiscated pistols"."""
    taken = verb.lemma_ in ("seize", "confiscate", "intercept", "impound")
    places = [t for c in verb.children if c.dep_ in ("prep", "nsubj", "agent") for t in c.subtree]
    return taken and any(t.lemma_.lower() in wordset("gates") for t in places)


def _on_the_way(verb: Token) -> bool:
    """ "The shells were on their way to X", "bound for Y", "destined for Z"."""
    for sub in verb.children:
        if sub.lower_ in ("bound", "destined", "headed", "meant", "intended", "en") or (
            sub.lower_ == "on" and any(w.lower_ in ("way", "route") for w in sub.subtree)
        ):
            return True
    return False


def _talks_of_holds(verb: Token) -> bool:
    """Whether the sentences just before speak of holds, cargo or unloading."""
    start = max(0, verb.i - _LOOKBACK)
    return any(
        t.lemma_.lower() in wordset("hold") or t.lemma_.lower() in ("belly", "unload", "unloading")
        for t in verb.doc[start : verb.i]
    )


def fragment(root: Token, path: list[Token]) -> Act | None:
    """A sentence without a verb: "Probably cartridges for the rebels"."""
    verbless = root.pos_ in ("NOUN", "PROPN", "ADV", "ADJ", "NUM") or root in path
    if verbless and any(is_cue(t, "hedge") for t in root.sent):
        return Act(root, "cargo", "cargo-fragment", [], path)
    return None
