"""How a weapon hangs on a word, and in which sense the word then speaks of it."""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.nlp.claims.cues import ACTS, Cue, cues, is_cue, wordset
from tailgraph.nlp.claims.syntax import child, is_passive, prep_objects

_NOMINAL = frozenset({"compound", "nmod", "amod", "poss", "npadvmod"})
_MEANT = frozenset({"mean", "intend", "destine", "earmark", "bind", "head"})


def link_of(token: Token) -> tuple[str, Token | None]:
    """The link and the word it leads to: "obj", "nsubj", "compound" …, or the preposition ("with")."""
    governor, dep = token.head, token.dep_
    if dep in ("pobj", "pcomp"):
        prep = governor
        while prep.head.dep_ in ("prep", "agent") and prep.dep_ == "prep" and prep.head.pos_ == "ADP":
            prep = prep.head
        return governor.lower_, _beyond_places(governor, prep.head) if prep.head != prep else None
    if dep in ("dobj", "nsubjpass", "oprd"):
        return "obj", governor
    if dep == "npadvmod" and _parted(token, governor):
        return "obj", governor
    if dep == "attr" and is_cue(governor, "arrive") and child(governor, "nsubj") is None:
        return "nsubj", governor  # "with the flour came mortars"
    if dep == "nsubj" and governor.tag_ == "VBN" and child(governor, "aux", "auxpass") is None:
        return "obj", governor  # "had seen rockets taken aboard"
    main = _main_verb(governor) if dep == "nsubj" else None
    if main is not None:
        return "nsubj", main
    return ("compound" if dep in _NOMINAL else dep), governor


def _main_verb(verb: Token) -> Token | None:
    """ "Arms bought with its money ended up in X": a participle that the parser takes for the verb of the
    sentence, and the verb that follows without "and" for one more; this is the verb of the sentence."""
    later = next((c for c in verb.children if c.dep_ in ("conj", "advcl") and c.tag_ == "VBD"), None)
    if later is None or verb.tag_ != "VBD" or child(verb, "dobj", "cc", "punct") is not None:
        return None
    return later if child(later, "nsubj", "nsubjpass", "mark", "advmod", "aux") is None else None


def _parted(token: Token, verb: Token) -> bool:
    """ "Unloaded in the port 90 tons of rifles": an object that other words part from its verb."""
    if verb.pos_ != "VERB" or token.i < verb.i or is_passive(verb):
        return False
    amount = child(verb, "dobj")
    return amount is None or itemised(amount, token)


def itemised(amount: Token, token: Token) -> bool:
    """ "Set down 12,000 tons: tanks, shells": the amount, and after the colon what it consisted of."""
    return is_part(amount) and any(t.text in (":", "–", "—") for t in token.doc[amount.i : token.i])


def _beyond_places(prep: Token, head: Token) -> Token:
    """ "Trips to Bangui with rifles": the parser hangs "with" on the place of the word before."""
    while (
        prep.lower_ == "with" and head.dep_ == "pobj" and head.pos_ == "PROPN" and head.head.lower_ in _WAYS
    ):
        head = head.head.head
    return head


_WAYS = frozenset({"to", "from", "at", "in", "via", "into", "for"})


def sense(governor: Token, link: str) -> Cue | None:
    """The sense in which `governor` says what is done with a weapon that hangs on it by `link`."""
    if (
        governor.lower_ in ("one", "others", "another")
        and governor.dep_ == "conj"
        and governor.head.pos_ == "NOUN"
    ):
        governor = governor.head
    if governor.dep_ == "amod" and governor.pos_ != "NOUN":
        return None
    if governor.lemma_ == "talk" and governor.tag_ == "NN":
        return None  # "the talk of missiles": a rumour of them, and no talks on them
    if link == "obj" and _strands_for(governor):
        link = "for"
    senses = [c for c in cues(governor) if c.kind in ACTS]
    if governor.lemma_ == "drop" and link == "obj" and _falls_on(governor):
        senses = [c for c in senses if c.kind == "use"]
    listed = next((c for c in senses if link in c.links), None)
    if governor.pos_ not in ("VERB", "AUX"):
        return listed
    if governor.lemma_ == "have" and link == "obj" and _aboard(governor):
        return Cue("carry", frozenset())
    return (
        _own_doing(governor, link)
        or listed
        or next((s for c in senses if (s := _shifted(c, governor, link)) is not None), None)
    )


def _aboard(verb: Token) -> bool:
    """ "Had rockets on board", "had inside drones and bombs"."""
    return any(
        w.lower_ in ("inside", "aboard", "onboard", "board")
        for c in verb.children
        if c.dep_ in ("advmod", "prep", "prt", "dobj")
        for w in (c, *(d for d in _near(c)))
    )


def _near(part: Token) -> list[Token]:
    """The words on a part of a clause; on its object only what says where that is ("had shells on board")."""
    if part.dep_ != "dobj":
        return list(part.children)
    own = [c for c in part.children if c.dep_ in ("amod", "advmod")]
    return own + [o for c in part.children if c.lower_ == "on" for o in c.children]


def _falls_on(verb: Token) -> bool:
    """ "Dropped bombs on X": what falls on somebody is used, what is dropped to him is given."""
    things = [verb, *(c for c in verb.children if c.dep_ in ("dobj", "nsubjpass"))]
    return any(p.dep_ == "prep" and p.lower_ in ("on", "upon", "over") for t in things for p in t.children)


def _strands_for(verb: Token) -> bool:
    """ "Jets had been asked for by X"."""
    return verb.pos_ == "VERB" and any(
        c.dep_ == "prep" and c.lower_ == "for" and not any(True for _ in c.children) for c in verb.children
    )


def _own_doing(verb: Token, link: str) -> Cue | None:
    """What the weapon does itself: it is meant for X, comes from Y, takes off to strike Z."""
    if link == "obj" and is_passive(verb) and verb.lemma_ in _MEANT:
        return Cue("carry", frozenset())
    if link == "nsubj" and _strikes(verb):
        return Cue("strike", frozenset())
    if link == "nsubj" and (is_cue(verb, "arrive") or _leaves_aboard(verb)) and not is_passive(verb):
        return Cue("carry", frozenset())
    return None


def _leaves_aboard(verb: Token) -> bool:
    """ "The launchers had left the country aboard a ferry"."""
    vessels = wordset("ships") | wordset("craft") | wordset("ways")
    return verb.lemma_ in ("leave", "depart", "go") and any(
        o.lemma_.lower() in vessels for o in prep_objects(verb, "aboard", "on", "in", "by")
    )


def _shifted(cue: Cue, verb: Token, link: str) -> Cue | None:
    """A sense that the lexicon lists with another link: "flew with rockets", "brought engines for drones"."""
    if link == "with" and cue.kind in ("carry", "use") and verb.lemma_ not in wordset("static"):
        return Cue("motion" if cue.kind == "carry" else "strike", cue.links)
    if link == "dative" and "obj" in cue.links:
        return cue
    if (
        link == "for"
        and cue.kind in ("carry", "supply", "acquire")
        and any(c.dep_ == "dobj" and is_part(c) for c in verb.children)
    ):
        return cue
    if link == "nsubj" and (cue.kind == "strike" or verb.lemma_ in ("fire", "shoot")):
        return Cue("strike", cue.links)
    return Cue("acquire", cue.links) if link == "of" and verb.lemma_ == "take" else None


def _strikes(verb: Token) -> bool:
    """ "Drones took off to strike X": what the weapon does is to be used."""
    return any(
        c.dep_ in ("xcomp", "advcl") and is_cue(c, "strike") and any(t.tag_ == "TO" for t in c.children)
        for c in verb.children
    )


def is_part(noun: Token) -> bool:
    """A part, a container or a number, which changes nothing about what is moved."""
    return noun.lemma_.lower() in wordset("part") or noun.pos_ in ("NUM", "PRON")
