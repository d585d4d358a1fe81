"""To whom weapons go: objects of "to" and "for", datives, "gave Russia drones", "bound for", "for use by"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from tailgraph.graph.model import Action
from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.cues import SPEECH, cues, is_cue, wordset
from tailgraph.nlp.claims.dealt import deal_behind
from tailgraph.nlp.claims.givers import GIVER, let_takers, takers
from tailgraph.nlp.claims.holds import taken_up
from tailgraph.nlp.claims.parties import Parties
from tailgraph.nlp.claims.slots import PARTIES, STATES, Roles, put
from tailgraph.nlp.claims.syntax import (
    agents,
    conjuncts,
    doers,
    is_passive,
    out_of,
    prep_objects,
    prepositions,
    undergoers,
)
from tailgraph.nlp.claims.unarmed import ARMING, BACKING

_STORES = frozenset(["stock", "depot", "store", "arsenal", "stockpile", "reserve", "warehouse"])


def fill_getters(parties: Parties, act: Act, out: Roles) -> None:
    if act.action == Action.USE:
        return  # "traced shells fired at X to a Y plant": nobody gets what is fired
    if act.rule.endswith("-paid"):
        return  # "paid money to X for rifles": X gets the money
    for goal in _goals(parties, act):
        if goal.lemma_ == "use":
            for user in agents(goal):
                put(out, "recipient", parties.of(user))
        if not is_cue(goal, "use", "strike") and goal.pos_ != "VERB":
            put(out, "recipient", parties.of(goal))


def _goals(parties: Parties, act: Act) -> Iterator[Token]:
    helped = list(_helped(act))  # whoever is helped gets it, wherever it goes into
    yield from helped
    for word in region(act):
        asked = word == act.cue and act.kind == "request" and word.pos_ == "NOUN"
        names = ["for"] if asked else ["to", "for"] if helped else ["to", "for", "into"]
        names += ["in", "with"] if act.kind != "acquire" and _ends_up(word) else []
        names += ["with"] if act.cue.lemma_ in ("share", "sharing") else []
        names += ["among"] if act.cue.lemma_ in ("distribute", "distribution") else []
        for name in names:
            yield from _objects(word, name)
        for sub in word.children:
            if sub.dep_ == "dative":
                yield from [sub] if sub.pos_ != "ADP" else [o for o in sub.children if o.dep_ == "pobj"]
    if act.rule in ("carry-hands", "carry-anaphor") and act.kind == "carry":
        yield from holders_of(act.cue)
    if act.rule == GIVER:
        yield from takers(act.cue, act.path)
    yield from let_takers(act)
    if act.rule in (ARMING, BACKING):
        yield from undergoers(act.cue) or act.path
    if (act.kind == "supply" and (act.rule.endswith("-with") or _given(act))) or act.cue.lemma_ == "reach":
        yield from undergoers(act.cue)
    yield from beneficiaries(parties, act)
    verb = act.cue.head
    done_to = act.cue.dep_ in ("dobj", "nsubjpass") and act.cue.pos_ == "NOUN"
    if done_to and is_cue(verb, "acquire", "request"):
        yield from doers(verb)
    yield from _takers(act)
    if act.action in (Action.TRANSFER, Action.ACQUISITION):
        for word in act.cue.sent:  # "taken aboard a 707 bound for X", "on its way to Y"
            if word.lower_ in wordset("bound") and not _meant_for_others(word, act):
                yield from prep_objects(word, "for", "to")


def _helped(act: Act) -> Iterator[Token]:
    """ "Sent mortars to help the rebels": whom they are to help."""
    if act.action == Action.TRANSFER:
        for clause in act.cue.children:
            if clause.dep_ in ("advcl", "xcomp") and clause.lemma_ in wordset("backing"):
                yield from undergoers(clause)


def holders_of(verb: Token) -> Iterator[Token]:
    """Into whose hands weapons came."""
    noun = taken_up(verb)
    if noun is not None:
        yield from (c for c in noun.children if c.dep_ in ("poss", "amod", "nmod", "compound"))
        yield from prep_objects(noun, "of")


def _takers(act: Act) -> Iterator[Token]:
    """ "Rifles … which were signed for by X": who took over what was moved."""
    if act.action != Action.TRANSFER:
        return
    for word in act.path:
        for clause in word.children:
            for part in conjuncts(clause) if clause.dep_ in ("relcl", "acl") else ():
                if is_passive(part) and (is_cue(part, "acquire") or part.lemma_ in ("sign", "collect")):
                    yield from agents(part)
                elif is_cue(part, "acquire", "request") and act.cue.lemma_ in wordset("delivering"):
                    yield from doers(part)  # "delivered shells that X had bought in Y"


def region(act: Act) -> list[Token]:
    """The words whose prepositions say where the weapons go: cue, weapon, what lies between, and clauses
    on them ("missiles meant for X", "shells, to be trucked to Y")."""
    words = [act.cue, *act.path]
    for word in list(words):  # "from Emirati stocks for X": the parser hangs "for" on the stocks
        words += [o for o in prep_objects(word, "from") if o.lemma_ in _STORES]
        words += out_of_stores(word)
        words += [o for o in out_of(word) if o.lemma_.lower() in wordset("craft")]
    words += next_steps(act.cue)
    if act.rule.endswith("-shared"):
        words.append(act.cue.head)  # "came from X and were handed to Y"
    words += [o for o in prep_objects(act.cue, "on", "upon") if o.lemma_ in ("arrival", "landing")]
    deal = deal_behind(act)
    if deal is not None and deal not in words:
        words.append(deal)
    light = _light_verb(act.cue)
    if light is not None:
        words.append(light)
    if act.rule == "cargo-fragment":
        words += [
            t for t in act.cue.sent if t.pos_ in ("NOUN", "PROPN") and t not in words and t.dep_ != "pobj"
        ]
    for word in (*act.path, *([act.cue] if act.cue.pos_ == "NOUN" else [])):
        words += [t for w in word.subtree for t in _under_way(w) if t not in words]
    for word in list(words):
        words += [
            c
            for c in word.children
            if c.dep_ in ("acl", "relcl", "advcl", "xcomp", "amod")
            and c not in words
            and not _of_others(c)
            and (is_cue(c, "carry", "supply") or c.lemma_ in wordset("meant") or _comes(c) or _leaves(c))
            and not _meant_for_others(c, act)
        ]
    return words


def out_of_stores(word: Token) -> list[Token]:
    """The stocks of "sold rifles out of the stocks of X"."""
    inner = (prep for prep in prepositions(word) if prep.lower_ == "of" and prep.head.lower_ == "out")
    return [o for prep in inner for o in prep.children if o.dep_ == "pobj" and o.lemma_.lower() in _STORES]


def _under_way(word: Token) -> list[Token]:
    """ "En route to X", "which was on its way from Y to X": the words that "to" hangs on."""
    if word.lower_ not in ("route", "way") or word.head.lower_ not in ("en", "on"):
        return []
    being = word.head.head
    return [word, being] if being.lemma_ == "be" and being.dep_ in ("relcl", "ccomp") else [word]


def _meant_for_others(word: Token, act: Act) -> bool:
    """ "Weapons meant for X end up with Y": X never gets them."""
    return word.lemma_ in wordset("meant") and _ends_up(act.cue) and word.i < act.cue.i


def _light_verb(noun: Token) -> Token | None:
    """The verb of "a shipment was arranged for X", "made a delivery to Y", which says nothing of its own, and
    that of "a consignment left for X"."""
    verb = noun.head
    if noun.dep_ == "nsubj" and is_cue(noun, "supply", "cargo") and is_cue(verb, "motion", "arrive"):
        return verb
    if noun.pos_ != "NOUN" or noun.dep_ not in ("dobj", "nsubjpass") or verb.pos_ != "VERB":
        return None
    return None if any(c.kind in (*SPEECH, "found", "exclude") for c in cues(verb)) else verb


def next_steps(cue: Token) -> list[Token]:
    """The verbs joined to a cue that tell what the same load does next."""
    return [c for c in cue.children if c.dep_ == "conj" and _goes_on(cue, c)]


def _goes_on(cue: Token, other: Token) -> bool:
    """ "Were unloaded and driven to X", "arrived and went to Y": what the same load does next."""
    own = any(c.dep_ in ("nsubj", "nsubjpass", "dobj") and c.pos_ != "PRON" for c in other.children)
    if is_cue(other, "arrive"):
        return not own
    # The tagger may take the second participle for a past tense.
    goes = other.tag_ in ("VBN", "VBD") and is_cue(other, "carry", "supply", "motion")
    return is_passive(cue) and goes and not own


def _ends_up(verb: Token) -> bool:
    """ "Ended up in X", "wound up with Y"."""
    return verb.lemma_ in ("end", "wind", "wound") and is_cue(verb, "arrive")


def _leaves(clause: Token) -> bool:
    """ "A consignment of rifles left for X", where the parser takes "left" for a participle."""
    return clause.dep_ == "acl" and clause.lemma_ in ("leave", "depart", "sail") and clause.tag_ != "VBG"


def _of_others(clause: Token) -> bool:
    """ "Landed there until the town passed to X": a clause of time with a subject of its own."""
    return clause.dep_ == "advcl" and {"mark", "nsubj"} <= {c.dep_ for c in clause.children}


def _comes(clause: Token) -> bool:
    """ "Cartridges, which came from X": a clause on the weapon that says whence or where it went."""
    return (
        clause.dep_ == "relcl"
        and is_cue(clause, "arrive")
        and any(c.dep_ == "nsubj" and c.tag_ in ("WDT", "WP") for c in clause.children)
    )


def beneficiaries(parties: Parties, act: Act) -> list[Token]:
    """Who gets it in "sold it shells", and in "gave Russia drones", where the parser makes one name of
    both.
    """
    if act.kind not in ("supply", "carry") or act.cue.pos_ != "VERB" or is_passive(act.cue):
        return []
    first = act.path[0] if act.path else act.cue
    found = [
        c
        for c in act.cue.children
        if c.dep_ == "dobj"
        and c.i < first.i
        and c not in act.path
        and first not in c.subtree
        and (c.pos_ == "PRON" or parties.names(c, *PARTIES))
    ]
    found += [c for thing in act.path for c in thing.children if _receives(parties, c, act)]
    return found + [t for c in first.children if _forces(c, act) for t in _states_or(parties, c)]


def _receives(parties: Parties, word: Token, act: Act) -> bool:
    if sum(c.isupper() for c in word.text) > 1 and act.cue.lemma_ in ("bring", "pass", "fetch"):
        return False  # "brought DPRK missiles": an abbreviation serves as adjective
    return (
        word.dep_ in ("compound", "nmod")
        and word.tag_ in ("NNP", "NNPS")
        and act.cue.lemma_ in wordset("ditransitive")
        and bool(doers(act.cue))
        and (word.head.dep_ == "dobj" or (act.rule.endswith("-near") and word.left_edge.i == act.cue.i + 1))
        and parties.names(word, *STATES)
    )


def _forces(word: Token, act: Act) -> bool:
    """ "Gave the Malian army rifles": the parser makes one noun of the army and what it is given."""
    return (
        word.dep_ in ("compound", "nmod")
        and word.pos_ == "NOUN"
        and word.lemma_.lower() in wordset("armies") | wordset("followers")
        and act.cue.lemma_ in wordset("ditransitive")
        and word.head.dep_ == "dobj"
        and bool(doers(act.cue))
        and any(c.lower_ == "the" and c.i < word.i for c in word.head.children)
        and not any(True for w in (act.cue, word.head) for _ in prep_objects(w, "to"))
    )


def _states_or(parties: Parties, forces: Token) -> list[Token]:
    """Forces that have a name, else the states whose they are ("the Malian and Chadian armies")."""
    if parties.names(forces, *PARTIES):
        return [forces]
    # The parser hangs the adjective on the army or on the weapon.
    words = [c for w in (forces, forces.head) for c in w.children if c.i < forces.i]
    return [t for c in words if c.dep_ in ("amod", "nmod", "compound") for t in conjuncts(c)]


def _given(act: Act) -> bool:
    """ "X has been given rockets": the subject of the passive is who gets them."""
    return is_passive(act.cue) and any(c.dep_ == "dobj" and c in act.path for c in act.cue.children)


def _objects(word: Token, name: str) -> Iterator[Token]:
    for sub in prepositions(word):
        if sub.lower_ == name and sub.head.lower_ not in ("according", "thanks", "due", "owing"):
            for obj in sub.children:
                if obj.dep_ in ("pobj", "pcomp"):
                    yield from conjuncts(obj)
