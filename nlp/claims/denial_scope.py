"""What a denial is about: the claim that it points at, whose claim that is, the acts and things it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from tailgraph.graph.model import EntityRef, Kind
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.cues import is_cue, word_class, wordset
from tailgraph.nlp.claims.denial_forms import belittles, called_invented, cut_short, such, untrue
from tailgraph.nlp.claims.reporting import made_by
from tailgraph.nlp.claims.speakers import Speakers
from tailgraph.nlp.claims.syntax import conjuncts, is_passive, prep_objects

_USING = ("use", "strike")
_MOVING = ("supply", "carry", "acquire", "request", "cargo")
_ACTS = (*_USING, *_MOVING, "load", "motion", "produce", "possess")
_OF_FLIGHTS = (Kind.WEAPON, Kind.AIRCRAFT, Kind.AIRCRAFT_TYPE, Kind.OPERATOR)
_SMALL = ("ccomp", "oprd", "acomp", "xcomp")
# Objects of a verb, and those of the small clause that calls them something.
_THINGS = ("dobj", "nsubjpass", "nsubj")


def verb_of(token: Token) -> Token | None:
    """The verb of the clause in which a word of denying stands: itself, or the verb of calling or saying
    above it."""
    if word_class(token) == "verb":
        return token
    return next(
        (
            a
            for a in token.ancestors
            if a.pos_ == "VERB" and (is_cue(a, "say") or a.lemma_ in wordset("calling"))
        ),
        None,
    )


def things(token: Token) -> list[Token]:
    """What is denied or called untrue: object of the verb, or subject of the clause that it calls false."""
    found = [c for c in token.children if c.dep_ in ("dobj", "nsubjpass")] + list(prep_objects(token, "at"))
    if not (is_cue(token, "denial") or untrue(token) or belittles(token) or called_invented(token)):
        return found
    for above in token.ancestors:
        if above.pos_ in ("VERB", "AUX"):
            found += [c for c in above.children if c.dep_ in ("dobj", "nsubj") and c != token]
        if above.pos_ == "VERB" and above.lemma_ in wordset("calling"):
            break
    return found + [c for c in token.children if c.dep_ == "nsubj"]


def points(token: Token) -> bool:
    """Whether a denial denies what was said just before ("the claim", "it")."""
    found = things(token)
    if token.lower_ == "no" or token.dep_ == "det":
        found += prep_objects(token.head, "of", "for")
    return any(
        t.lemma_.lower() in wordset("the claim")
        and not any(c.dep_ in ("acl", "relcl", "prep") for c in t.children)
        for t in found
    )


def of_several(token: Token) -> bool:
    """ "Denied the charges": several claims, not the last alone."""
    return any(
        t.tag_ == "NNS" and t.lemma_.lower() in wordset("the claim") and not _content(t)
        for t in things(token)
    )


def of_further_load(token: Token) -> bool:
    """ "Denied the second consignment", "denied that another shipment had left"."""
    words = [w for c in token.children if c.dep_ in ("ccomp", "xcomp", "dobj") for w in (c, *_heads(c))]
    words += [c for w in words for c in w.children if c.dep_ in ("nsubj", "nsubjpass")]
    return any(
        w.lemma_.lower() in wordset("shipment") | wordset("flight")
        and any(c.lower_ in wordset("further load") for c in w.children if c.dep_ in ("det", "amod"))
        for w in words
    )


def authors(token: Token, speakers: Speakers, report: Annotated) -> set[EntityRef]:
    """Whose claim is denied: "called the American reports untrue", "rejected the accusation by Kyiv"."""
    found: set[EntityRef] = set()
    for thing in things(token):
        if thing.lemma_.lower() not in wordset("the claim") and not is_cue(thing, "claim"):
            continue
        owners = [c for c in thing.children if c.dep_ in ("poss", "amod", "compound", "nmod")]
        owners += [*prep_objects(thing, "by", "from"), *made_by(thing)]
        owners = [t for t in owners if report.mention_at(t) is not None or t.dep_ == "poss"]
        found |= {s.entity for t in owners for s in speakers.of(t, chained=False)}
    return found


def of_use(token: Token) -> bool:
    """ "Denies that it is using any", "denied the use of gas", "denied carrying out the attack"."""
    clauses = [token, *(c for c in token.children if c.dep_ in ("ccomp", "xcomp", "dobj"))]
    clauses += [c for clause in clauses[1:] for c in clause.children if c.dep_ == "dobj" and c.pos_ == "NOUN"]
    return any(is_cue(t, *_USING) for t in clauses)


def of_leaving(token: Token) -> bool:
    """ "Denied that the weapons had left the country", "denies having re-exported them": not that it got
    them."""
    clauses = [c for c in token.children if c.dep_ in ("ccomp", "xcomp")]
    return any(c.lemma_ in wordset("passing on") for c in clauses)


def of_own_use(token: Token) -> bool:
    """ "Denies that it is using any", "denied firing them": what one denies to have done oneself, one is
    said to have done."""
    return _of_own(token, _USING, ("it", "they", "we"))


def of_own_deed(token: Token) -> bool:
    """ "Denied that it had carried arms", "denied flying shells": a deed of whoever speaks, and of nobody
    else."""
    return _of_own(token, _ACTS, ("it", "they", "we", "i"))


def _of_own(token: Token, kinds: Iterable[str], speakers: Iterable[str]) -> bool:
    """Whether the first act of `kinds` that is denied is done by nobody but the pronouns of who speaks."""
    for clause in token.children:
        if clause.dep_ in ("ccomp", "xcomp") and is_cue(clause, *kinds) and not is_passive(clause):
            return all(c.lower_ in speakers for c in clause.children if c.dep_ == "nsubj")
    return False


def of_own_giving(token: Token) -> bool:
    """ "We have not provided arms", "insists that it has sent none": what one says not to have given oneself,
    one is said to have given."""
    own = (token, *(c for c in token.children if c.dep_ in ("ccomp", "xcomp")))
    return any(
        is_cue(verb, "supply", "carry")
        and not is_passive(verb)
        and (
            verb.dep_ == "xcomp"
            or any(c.dep_ == "nsubj" and c.lower_ in ("it", "they", "we") for c in verb.children)
        )
        for verb in own
    )


def of_moving(token: Token) -> bool:
    """Whether a denial is of having sent, carried, bought or ordered ("not one crate"), and of no use."""
    words = [
        w for c in token.children if c.dep_ in ("ccomp", "xcomp", "dobj", "prep") for w in (c, *_heads(c))
    ]
    if is_cue(token, *_MOVING):
        words.append(token)
    if cut_short(token) or such(token):
        return True
    return any(is_cue(w, *_MOVING) for w in words) and not any(is_cue(w, *_USING) for w in words)


def _heads(token: Token) -> Iterator[Token]:
    """The nouns and verbs on which the content of a clause hangs."""
    for sub in token.children:
        if sub.dep_ in ("dobj", "ccomp", "xcomp", "pobj", "pcomp", "acl", "prep", "conj"):
            yield sub
            yield from _heads(sub)


def beside_the_matter(token: Token, report: Annotated) -> bool:
    """ "Dismissed reports of a coup", "rejected calls for restraint": nothing about weapons is called
    untrue."""
    if word_class(token) != "verb" or not is_cue(token, "deny"):
        return False
    found = [c for c in token.children if c.dep_ in ("dobj", "nsubjpass")]
    clauses = [c for c in token.children if c.dep_ in ("ccomp", "xcomp")]
    if clauses:
        return all(_of_another_deed(c, report) for c in clauses)
    if not found:
        return False
    return all(_foreign(t, token, report) for t in found)


def _of_another_deed(clause: Token, report: Annotated) -> bool:
    """ "Denied that its police had beaten him", "denied painting planes": a deed without weapons."""
    if clause.lemma_ not in wordset("other deeds") or any(is_cue(v, *_ACTS) for v in conjuncts(clause)):
        return False
    mentions = (report.mention_at(t) for t in clause.subtree)
    return not any(m is not None and m.entity.kind == Kind.WEAPON for m in mentions)


def _foreign(thing: Token, verb: Token, report: Annotated) -> bool:
    if thing.pos_ not in ("NOUN", "PROPN") or verb.lemma_ in ("contradict", "refute", "rebut"):
        return False
    lemma = thing.lemma_.lower()
    if lemma in (wordset("refused") if verb.lemma_ == "deny" else wordset("demand") | wordset("refused")):
        return True
    if any(_of_the_matter(t, report) for t in thing.children):
        return False
    content = _content(thing)
    if lemma in wordset("the claim") or is_cue(thing, "claim", "doubt"):
        return bool(content) and not any(_of_the_matter(t, report) for t in content)
    if lemma in wordset("involvement") or verb.lemma_ == "deny":
        return False
    return not any(_of_the_matter(t, report) for t in thing.subtree)


def _content(noun: Token) -> list[Token]:
    """What a claim is said to be of: "reports of a coup", "claims that the army had mutinied"."""
    parts = [c for c in noun.children if c.dep_ in ("acl", "relcl", "ccomp")]
    parts += [c for c in noun.children if c.dep_ == "prep" and c.lower_ in ("of", "about", "on", "over")]
    return [t for c in parts for t in c.subtree]


def _of_the_matter(token: Token, report: Annotated) -> bool:
    """Whether a word speaks of weapons, of moving or having them, of planes, or of what was said before."""
    mention = report.mention_at(token)
    if mention is not None and mention.entity.kind in _OF_FLIGHTS:
        return True
    lemma = token.lemma_.lower()
    return (
        is_cue(token, *_ACTS)
        or token.pos_ == "PRON"
        or lemma in wordset("shipment") | wordset("craft") | wordset("flight") | wordset("trifles")
        or lemma in wordset("involvement") | wordset("backing")
    )


def in_relative(token: Token) -> bool:
    """ "…, which Kyiv denies": only what its own sentence tells is denied, unless the antecedent is a claim
    told before ("the charge, which Kyiv denies")."""
    verb = verb_of(token)
    if verb is None or verb.dep_ != "relcl":
        return False
    if verb == token and any(_told_claim(c) for c in verb.children if c.dep_ == "dobj"):
        return False  # "X, which rejects the finding": one that was told before
    denied = [c for v in (verb, *_small(verb)) for c in v.children if c.dep_ in (*_THINGS, "attr")]
    relative = any(c.tag_ in ("WDT", "WP") and c.lower_ in ("which", "what", "that") for c in denied)
    return relative and verb.head.lemma_.lower() not in wordset("the claim")


def _told_claim(thing: Token) -> bool:
    return thing.lemma_.lower() in wordset("the claim") and any(c.lower_ == "the" for c in thing.children)


def _small(verb: Token) -> Iterable[Token]:
    return (c for c in verb.children if c.dep_ in _SMALL)
