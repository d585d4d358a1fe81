"""Forms in which a denial is told by no verb of denying: calling untrue, belittling, cutting short."""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.nlp.claims.cues import is_cue, is_denial, wordset
from tailgraph.nlp.claims.modality import echoed, negated
from tailgraph.nlp.claims.syntax import agents, antecedent, prep_objects, subjects

_SIDES = frozenset(
    {"country", "state", "side", "government", "capital", "nation", "neighbour", "ally", "party"}
)
_REPLYING = frozenset({"reply", "respond", "answer", "retort", "counter", "say"})
_NONE = frozenset({"none", "nothing", "neither", "nobody"})
_WITHOUT = frozenset({"without", "lack", "devoid"})
# "Not a shred of truth in it".
_SCRAPS = frozenset({"shred", "grain", "word", "ounce", "iota", "element", "scrap", "scintilla", "atom"})
_TRUE = frozenset({"true", "correct", "accurate", "credible", "guilty"})
# What one denies to be or to have happened at all: "there was no such flight".
_SUCH = frozenset(
    {"thing", "flight", "plane", "aircraft", "deal", "agreement", "contract", "event", "incident"}
)
_OPENING = ('"', "“", "``", "‘", "'")
_CLOSING = ('"', "”", "''", "’", "'")
# How many words a quote may have before the one that it ends with.
_QUOTED = 4
_WHEN = frozenset({"after", "since", "before", "during", "amid", "until", "following"})
# A modal stands alone where what it speaks of was said before: "we never will".
_ALONE = frozenset({"do", "have", "be", "will", "would"})


def both_sides(subject: Token) -> bool:
    """ "Both countries", "the two governments", "both"."""
    words = {c.lower_ for c in subject.children} | {subject.lower_}
    return bool(words & {"both", "two"}) and (subject.lower_ == "both" or subject.lemma_ in _SIDES)


def some_state(subject: Token) -> bool:
    """ "The Gulf state", "the kingdom": a state that is not named where it denies."""
    definite = any(c.lower_ in ("the", "that") for c in subject.children)
    return subject.tag_ == "NN" and definite and subject.lemma_.lower() in wordset("states")


def belittles(token: Token) -> bool:
    """ "Called this a rumour", "dismissed it as a drama": no denial but in such a place."""
    if token.lemma_.lower() not in wordset("belittling"):
        return False
    above = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "as" else token.head
    placed = token.dep_ in ("oprd", "pobj", "ccomp", "dobj", "attr")
    return placed and above.pos_ == "VERB" and above.lemma_ in wordset("calling")


def only_dates(word: Token) -> bool:
    """ "After the latest provocation", "amid the propaganda": it says when something was, not that a claim is
    untrue."""
    return word.dep_ == "pobj" and word.head.lower_ in _WHEN


def called_invented(token: Token) -> bool:
    """ "Called the report fabricated": the adjective, taken for a participle."""
    return (
        token.tag_ in ("VBN", "VBD") and token.dep_ in ("oprd", "ccomp", "acomp") and is_denial(token.lower_)
    )


def says_of_thing(token: Token) -> bool:
    """ "Of the wrong type", "a false floor": what a thing is like, and no word on a claim."""
    noun = token.head
    if token.dep_ == "acomp":  # "an end-user certificate which was false"
        papers = wordset("cargo papers")
        return any(antecedent(t).lemma_.lower() in papers for t in subjects(noun))
    if token.dep_ == "amod" and noun.lemma_.lower() in wordset("cargo papers") | wordset("identity papers"):
        return True
    if token.dep_ != "amod" or noun.lemma_.lower() in wordset("the claim") or is_cue(noun, "claim", "denial"):
        return False
    return noun.pos_ == "NOUN"


def untrue(token: Token) -> bool:
    """ "That is not true", "none of it is true", "no truth in it", "has no basis", "pleaded not guilty"."""
    if token.lower_ in _TRUE:
        near = token.doc[max(token.i - 3, token.sent.start) : token.i]
        return any(t.lower_ in ("not", "n't", "n’t", "never") for t in near) or any(
            c.dep_ == "nsubj" and _no_word(c) for c in token.head.children
        )
    if token.lemma_.lower() not in wordset("no ground") or token.pos_ != "NOUN":
        return False
    if any(c.lower_ in ("no", "any") for c in token.children):
        return True
    scrap = token.head.head
    if token.dep_ == "pobj" and token.head.lower_ == "of" and scrap.lemma_.lower() in _SCRAPS:
        return negated(scrap.head) or any(c.lower_ in ("no", "not") for c in scrap.children)
    return token.dep_ == "pobj" and (
        token.head.lower_ in _WITHOUT or token.head.head.lemma_.lower() in _WITHOUT
    )


def unaware(token: Token) -> bool:
    """ "Knew of no diversion", "had no knowledge of any transfer": who is not charged denies nothing by
    it."""
    above = (token, *token.ancestors)
    return any(t.lemma_.lower() in wordset("knowing") for t in above if t.pos_ in ("VERB", "ADJ", "NOUN"))


def _no_word(subject: Token) -> bool:
    """ "None of it", "nothing", "not a word of this"."""
    return subject.lower_ in _NONE or any(c.lower_ in ("no", "not") for c in subject.children)


def elliptic(token: Token) -> bool:
    """ "We never have and never will", "it did not": a negated verb that leaves out what was said before."""
    if token.lemma_ not in _ALONE or token.dep_ in ("aux", "auxpass"):
        return False
    if not any(c.dep_ == "neg" for c in token.children):
        return False
    content = ("dobj", "attr", "acomp", "xcomp", "ccomp", "prep", "expl", "advcl", "oprd", "advmod")
    return not any(
        c.dep_ in content and c.lower_ not in ("never", "so", "that", "it") for c in token.children
    )


def replies(token: Token) -> bool:
    """ "X, asked about the flight, replied that it had carried flour": an account of what was just told."""
    for verb in token.ancestors:
        if verb.pos_ != "VERB" or verb.lemma_ not in _REPLYING:
            continue
        if verb.lemma_ != "say":
            return True
        asked = [c for s in subjects(verb) for c in s.children if c.dep_ == "acl" and c.lemma_ == "ask"]
        asked += [c for c in verb.children if c.dep_ == "advcl" and c.lemma_ == "ask"]
        return bool(asked)
    return False


def denies_too(token: Token) -> bool:
    """ "X denied it, as did Y", "so did Y": who does what the verb of denying before says."""
    verb = echoed(token)
    return verb is not None and is_cue(verb, "deny") and not negated(verb)


def calls_harmless(token: Token) -> bool:
    """ "The cargo was purely civilian", "the flights are humanitarian": another account of a load."""
    if token.lemma_ != "be" or negated(token):
        return False
    load = wordset("hold") | wordset("shipment") | wordset("craft") | wordset("flight")
    return any(c.dep_ == "acomp" and c.lower_ in wordset("harmless") for c in token.children) and any(
        c.dep_ == "nsubj" and c.lemma_.lower() in load for c in token.children
    )


def is_load(verb: Token) -> bool:
    """ "The cargo was spare parts for tractors", "its load consisted of flour"."""
    things = [c for c in verb.children if c.dep_ == "attr" and c.pos_ in ("NOUN", "PRON")]
    things += [o for o in prep_objects(verb, "of") if verb.lemma_ == "consist"]
    loads = (c.lemma_.lower() in wordset("shipment") | wordset("hold") for c in subjects(verb))
    return verb.lemma_ in ("be", "consist") and bool(things) and not negated(verb) and any(loads)


def such(token: Token) -> bool:
    """ "No such flight took place", "there was no such order", "nothing of the kind"."""
    if token.lower_ == "nothing":
        return any(o.lemma_.lower() in ("kind", "sort") for o in prep_objects(token, "of"))
    none = any(c.lower_ == "no" for c in token.children) and any(c.lower_ == "such" for c in token.children)
    return none and (
        token.lemma_.lower() in _SUCH | wordset("shipment") | wordset("flight")
        or is_cue(token, "supply", "carry", "acquire", "request", "cargo", "claim")
    )


def cut_short(token: Token) -> bool:
    """ "Not a single shell", "not one", "never", "none": a quote that is no sentence, and says no by one
    word."""
    doc = token.doc
    if token.i == 0 or token.i + 1 >= len(doc) or doc[token.i - 1].text not in ('"', "“", "``", "‘", "'"):
        return False
    if token.lower_ in ("never", "none"):
        return doc[token.i + 1].is_punct
    if token.lower_ != "not" or token.i + 2 >= len(doc):
        return False
    following = [
        t for t in doc[token.i + 1 : token.i + 5] if t.lower_ not in ("a", "an", "single", "one", "any")
    ]
    some = doc[token.i + 1].lower_ in ("a", "one", "single", "any")
    if doc[token.i + 1].lower_ == "one" and doc[token.i + 2].is_punct:
        return True
    return some and bool(following) and following[0].lemma_.lower() in wordset("trifles") | {"shell", "cent"}


def quoted_alone(token: Token) -> bool:
    """ "'A planted story,' X said": a quote of no more than what one calls the claim."""
    if token.pos_ != "NOUN" or token.lemma_.lower() not in wordset("belittling"):
        return False
    doc, first = token.doc, token.i
    while first > 0 and token.i - first < _QUOTED and doc[first - 1].pos_ in ("DET", "ADJ", "ADV", "VERB"):
        first -= 1
    after = doc[token.i + 1 : token.i + 3].text
    opened = first > 0 and doc[first - 1].text in _OPENING
    return opened and any(mark in after for mark in _CLOSING)


def not_so(token: Token) -> bool:
    """ "Not so, says X", "'Not so,' X said"."""
    if token.lower_ != "so" or token.i == 0 or token.i + 1 >= len(token.doc):
        return False
    return token.nbor(-1).lower_ == "not" and token.nbor().is_punct and token.i - token.sent.start < _QUOTED


def denied_by_noun(noun: Token) -> list[Token]:
    """Whose "denial" it is, or who issued it; nobody where none was made ("issued no denial")."""
    if any(c.lower_ in ("no", "any") for c in noun.children) or noun.dep_ == "compound":
        return []
    owners = [o for o in prep_objects(noun, "of") if not _about_claim(o)]
    owners += [c for c in noun.children if c.dep_ in ("poss", "compound", "amod", "nmod")]
    owners += prep_objects(noun, "by", "from")
    if noun.dep_ == "dobj" and noun.head.lemma_ in wordset("issuing") and not negated(noun.head):
        owners += subjects(noun.head)
    if noun.dep_ == "nsubjpass" and noun.head.lemma_ in wordset("issuing") and not negated(noun.head):
        owners += agents(noun.head)
    return owners


def refuses(noun: Token) -> bool:
    """ "The denial of overflight rights", "denial of service": what is refused, not called untrue."""
    return any(o.lemma_.lower() in wordset("refused") for o in prep_objects(noun, "of", "to"))


def _about_claim(token: Token) -> bool:
    return token.lemma_.lower() in wordset("the claim") | wordset("involvement") or is_cue(
        token, "claim", "supply", "carry", "acquire", "use", "request"
    )
