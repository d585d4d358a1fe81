"""What a verb of saying reports: which clause hangs on it as said, as denied, or as a mere aside."""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.nlp.claims.cues import is_cue, is_denial, wordset
from tailgraph.nlp.claims.modality import negated
from tailgraph.nlp.claims.syntax import agents, conjuncts, is_passive, subjects

_ABOUT = ("of", "for", "about", "over", "against")
_AS = ("as",)
# Verbs of saying whose content hangs on a preposition.
_SAID_WITH = {
    "speak": ("of", "about"),
    "warn": _ABOUT,
    "complain": _ABOUT,
    "report": ("of", "on", "as"),
    "protest": _ABOUT,
    "write": ("of", "about"),
    "tell": ("of", "about"),
    "inform": ("of", "about"),
    "boast": ("of", "about"),
    "confess": ("to",),
    "admit": ("to",),
    "plead": ("to",),
    "describe": _AS,
    "identify": _AS,
    "portray": _AS,
    "characterise": _AS,
    "characterize": _AS,
}


# "Agreed to sell" binds, and says nothing.
_BINDING = frozenset(
    {"agree", "decide", "promise", "ask", "offer", "contract", "expect", "answer", "read", "hear"}
)


_HOLDING = frozenset(
    {
        "have",
        "hold",
        "express",
        "voice",
        "raise",
        "share",
        "see",
        "obtain",
        "present",
        "publish",
        "issue",
        "make",
        "release",
        "reach",
        "repeat",
        "renew",
        "air",
        "level",
        "offer",
        "give",
        "provide",
        "produce",
        "circulate",
        "cite",
        "find",
        "uncover",
        "gather",
        "collect",
        "quote",
        "receive",
        "get",
        "describe",
        "show",
        "take",
        "form",
        "draw",
    }
)
# "Of the view that", "came to the conclusion that".
_HELD_BY = frozenset({"of", "with", "in", "to", "as", "at"})
_OF_A_VIEW = frozenset({"be", "speak", "tell", "talk", "point", "come", "arrive"})


def told_by(clause: Token) -> Token | None:
    """The passive verb of telling, of whose agent the parser makes what was told a relative clause."""
    by = clause.head.head
    if clause.head.dep_ != "pobj" or by.lower_ != "by":
        return None
    verb = by.head
    that = any(c.lower_ == "that" and c.i < clause.i for c in clause.children)
    own = any(c.dep_ == "nsubj" and c.lower_ != "that" for c in clause.children)
    return verb if that and own and verb.lemma_ in ("tell", "inform", "assure", "advise", "warn") else None


def heard_from(clause: Token) -> Token | None:
    """The verb of "X had it from two diplomats that …", "X heard from pilots that …", of whose source the
    parser makes what was heard a clause."""
    prep = clause.head.head
    if clause.dep_ not in ("relcl", "acl") or clause.head.dep_ != "pobj":
        return None
    that = any(c.lower_ == "that" and c.i < clause.i for c in clause.children)
    own = any(c.dep_ in ("nsubj", "nsubjpass") and c.lower_ != "that" for c in clause.children)
    verb = prep.head
    hears = verb.lemma_ in wordset("hearing") and not is_passive(verb) and not negated(verb)
    heard = prep.lower_ == "from" and hears and not any(c.dep_ == "dobj" for c in verb.children)
    return verb if that and own and (heard or (prep.lower_ in ("from", "on") and has_it(verb))) else None


def holders(noun: Token) -> list[Token]:
    """Who "is of the view that", "has evidence that", "voiced the suspicion that"."""
    top = noun.head if noun.dep_ == "pobj" and noun.head.lower_ in _HELD_BY else noun
    verb = top.head
    if verb.pos_ not in ("VERB", "AUX") or is_passive(verb) or calls_untrue(verb):
        return []
    held = (
        verb.lemma_ in (_HOLDING if top.lower_ == "as" else _OF_A_VIEW)
        if top != noun
        else noun.dep_ == "dobj" and verb.lemma_ in _HOLDING
    )
    return subjects(verb) if held else []


def takes_view(noun: Token) -> bool:
    """ "The panel takes the view that": what a body holds after looking is no mere doubt."""
    return noun.dep_ == "dobj" and noun.head.lemma_ == "take" and not negated(noun.head)


def view_told(clause: Token, being: Token) -> Token | None:
    """The noun of "it is the view of X that", "the conclusion of X is that": the clause hangs on "is"."""
    if being.lemma_ != "be" or clause.dep_ != "ccomp":
        return None
    nouns = [c for c in being.children if c.dep_ in ("attr", "nsubj") and c.pos_ == "NOUN" and c.i < clause.i]
    return next((n for n in nouns if is_cue(n, "claim", "doubt")), None)


def voiced_over(prep: Token) -> Token | None:
    """The noun of "concern was voiced by X over", where the preposition hangs on the verb."""
    verb = prep.head
    if prep.dep_ != "prep" or prep.lower_ not in (*_ABOUT, "at") or not is_passive(verb):
        return None
    noun = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    held = noun is not None and verb.lemma_ in _HOLDING and is_cue(noun, "claim", "doubt")
    return noun if held else None


def of_fact(prep: Token) -> bool:
    """ "Concern over the fact that": what is feared is said to be so."""
    return any(c.dep_ == "pobj" and c.lemma_ == "fact" for c in prep.children)


def made_by(noun: Token) -> list[Token]:
    """Who made a claim or a paper: "the allegation, made by X, that", "footage released by Y"; not whoever
    did what is claimed ("the view that the rifles were sent by Y")."""
    clauses = [c for c in noun.children if c.dep_ in ("acl", "relcl") and is_passive(c) and not _content(c)]
    return [
        agent
        for clause in clauses
        for verb in conjuncts(clause)  # "obtained by researchers and seen by Y"
        if verb.lemma_ in wordset("vouching")
        for agent in agents(verb)
    ]


def _content(clause: Token) -> bool:
    """Whether a clause on a noun of claiming is what is claimed, and says nothing of the claim itself."""
    return any(
        c.dep_ in ("nsubj", "nsubjpass") and c.tag_ not in ("WDT", "WP") for c in clause.children
    ) and any(c.lower_ == "that" and c.dep_ in ("mark", "dobj") for c in clause.children)


def deeming(clause: Token) -> tuple[Token, str] | None:
    """The verb of "X holds it proven that", "considers it likely that", "regards it as false that", and
    whether X says, suspects or denies it."""
    for verb in (clause.head, clause.head.head):
        it = [c for w in (verb, clause.head) for c in w.children if c.lower_ == "it" and c.i > verb.i]
        that = [c for c in clause.children if c.dep_ == "mark" and c.lower_ == "that" and c.i > verb.i]
        if verb.lemma_ in wordset("deeming") and verb.pos_ == "VERB" and it and that:
            words = verb.doc[it[0].i + 1 : that[0].i]
            if any(is_denial(t.lower_) for t in words) or negated(verb):
                return verb, "deny"
            return verb, "suspect" if any(is_cue(t, "hedge") for t in words) else "say"
    return None


def relaying(cue: Token) -> Token | None:
    """The noun of "a report according to which …" before an act of the same sentence."""
    for token in cue.doc[cue.sent.start + 1 : cue.i]:
        if token.lower_ == "according" and token.i + 2 < cue.i and token.nbor(2).lower_ in ("which", "whom"):
            before = reversed(cue.doc[max(cue.sent.start, token.i - 8) : token.i])
            return next((t for t in before if is_cue(t, "claim")), None)
    return None


def has_it(verb: Token) -> bool:
    """ "Janes has it that", "as X put it", "as prosecutors presented the case", "the paper holds that"."""
    if verb.lemma_ == "hold":
        return any(_that_clause(c) for c in verb.children)
    return verb.lemma_ in ("have", "put", "present") and any(
        c.dep_ == "dobj" and (c.lower_ == "it" or c.lemma_ in ("case", "matter", "affair"))
        for c in verb.children
    )


def cannot(verb: Token) -> bool:
    """ "Cannot exclude", "could not rule out"."""
    return any(c.dep_ == "neg" for c in verb.children) or (
        any(c.dep_ == "neg" for c in verb.head.children) and (verb.dep_ == "xcomp")
    )


def says_more(verb: Token) -> bool:
    """ "Even as X told Y that ...": a clause that says something of its own, other than "as X said"."""
    even = any(c.dep_ == "advmod" and c.lower_ == "even" for c in verb.children)
    return even or any(_that_clause(c) for c in verb.children)


def says_none(noun: Token) -> bool:
    """ "No evidence that", "any document showing the use of": nobody says it."""
    return (
        noun.lemma_ not in ("doubt", "question", "answer", "news")
        and (is_cue(noun, "claim", "doubt"))
        and any(c.lower_ in ("no", "any") and c.dep_ == "det" for c in noun.children)
    )


_CEASING = frozenset({"stop", "cease", "quit", "hesitate", "tire", "fail"})


def says_nothing(verb: Token) -> bool:
    """A verb of saying that says nothing: "nothing suggests that", "saw nothing to suggest", "did not
    say that".
    """
    if verb.lemma_ in ("rule", "exclude", "deny", "doubt", "confirm", "verify"):
        return False
    if verb.lemma_ in _CEASING:
        return False  # "has not stopped shelling": it goes on
    above = verb.head if verb.dep_ in ("relcl", "xcomp", "acl") else verb
    return (
        negated(verb)
        or above.lower_ in ("nothing", "none", "nobody")
        or (above.lower_ == "one" and any(c.lower_ == "no" for c in above.children))
        or (above != verb and says_none(above))
        or (above != verb and above.pos_ == "VERB" and negated(above))
    )


def is_aside(verb: Token) -> bool:
    """A short clause of saying set off by a comma: ", the ministry said", ", the agency is reported to
    have said".
    """
    inner = next((c for c in verb.children if c.dep_ == "xcomp"), verb)
    if not (is_cue(verb, "say", "allege") and is_cue(inner, "say", "allege")):
        return False
    words = list(verb.subtree)
    if len(words) > 12 or any(c.dep_ in ("dobj", "ccomp") for w in (verb, inner) for c in w.children):
        return False
    first = words[0]
    return first.text == "," or (first.i > 0 and first.nbor(-1).text == ",")


def reports(token: Token, verb: Token, kind: str) -> bool:
    """Whether the clause at `token` is what `verb` reports, and not merely beside it."""
    dep = token.dep_
    if kind == "deny" and dep == "ccomp" and any(c.dep_ == "dobj" for c in verb.children):
        return False  # "X wrote that …; Y denied this": what is denied is "this"
    if dep in ("ccomp", "csubj", "oprd", "pcomp"):
        return True
    if dep == "conj" and not is_cue(token, "say", "suspect", "allege", "deny"):
        # "They presumed, but were not able to confirm, that …"
        return any(c.i > token.i and _that_clause(c) for c in token.children)
    if dep == "xcomp" and verb.lemma_ in _BINDING and not is_passive(verb):
        return False
    if dep == "xcomp":
        return is_passive(verb) or kind in ("suspect", "say", "deny", "allege")
    if dep == "prep":
        links = {
            "allege": ("of", "with", "in", "for", "over"),
            "suspect": ("of",),
            "designate": ("for", "over", "of"),
            "deny": (),
            "exclude": (),
            "say": _SAID_WITH.get(verb.lemma_, ()),
        }
        return token.lower_ in links[kind]
    if dep == "dobj":
        return kind in ("deny", "allege", "suspect") or (
            is_cue(verb, "say")
            and verb.lemma_
            in (
                "report",
                "confirm",
                "claim",
                "announce",
                "reveal",
                "describe",
                "document",
                "record",
                "mention",
                "admit",
                "acknowledge",
                "attribute",
                "find",
                "count",
                "list",
                "log",
                "recall",
                "cite",
                "disclose",
            )
        )
    if dep == "nsubjpass":
        return kind in ("deny", "allege", "suspect", "say")
    return False


def rejects_in_headline(verb: Token) -> list[Token]:
    """Who denies in "Tehran rejects claims it armed X", where the tagger takes the noun for the verb."""
    if verb.tag_ != "VBZ" or not is_cue(verb, "say"):
        return []
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None or subject.tag_ != "NNS" or subject.i != verb.i - 1:
        return []
    if subject.lemma_.lower() not in wordset("denying") or any(c.dep_ == "det" for c in subject.children):
        return []
    return [c for c in subject.children if c.dep_ in ("compound", "nmod", "amod", "poss")]


def _that_clause(verb: Token) -> bool:
    return verb.dep_ in ("advcl", "ccomp") and any(
        c.dep_ == "mark" and c.lower_ == "that" for c in verb.children
    )


def calls_untrue(verb: Token) -> bool:
    """ "Described reports of deliveries as unfounded", "called the claim a fable"."""
    if verb.lemma_ not in wordset("calling") or negated(verb):
        return False
    said = [c for c in verb.children if c.dep_ in ("oprd", "acomp", "ccomp", "xcomp")]
    # The parser may hang the "as" on the reports.
    said += [o for c in verb.subtree if c.i > verb.i and c.lower_ == "as" for o in c.children]
    return any(is_denial(t.lower_) or t.lemma_.lower() in wordset("belittling") for t in said)
