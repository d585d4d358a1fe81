"""An act with weapons: the word that says it, the weapons, and the words between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from tailgraph.graph.model import Action, Kind, Mention
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.cues import is_denial
from tailgraph.nlp.claims.modality import negated, never_was
from tailgraph.nlp.claims.syntax import prep_objects

ACTION_OF = {
    "supply": Action.TRANSFER,
    "carry": Action.TRANSFER,
    "load": Action.TRANSFER,
    "motion": Action.TRANSFER,
    "cargo": Action.TRANSFER,
    "acquire": Action.ACQUISITION,
    "use": Action.USE,
    "strike": Action.USE,
    "produce": Action.PRODUCTION,
    "possess": Action.POSSESSION,
    "request": Action.REQUEST,
}


@dataclass
class Act:
    """`kind` is a class of the lexicon, `rule` names the construction, `path` holds the words from the
    weapon up to
    the cue. `retells` is the action of the claim that an anaphoric act ("they came in an Il-18") tells again.
    """

    cue: Token
    kind: str
    rule: str
    weapons: list[Mention] = field(default_factory=list)
    path: list[Token] = field(default_factory=list)
    retells: Action | None = None

    @property
    def action(self) -> Action:
        return self.retells or ACTION_OF[self.kind]


def weapons(report: Annotated) -> Iterator[Mention]:
    """Mentions of weapons, a combat aircraft that is named as a type ("MiG-29s") being one as well."""
    known = {name: e for e in report.entities if e.kind == Kind.WEAPON for name in e.names}
    for mention in report.mentions:
        if mention.entity.kind == Kind.WEAPON:
            yield mention
        elif mention.entity.kind == Kind.AIRCRAFT_TYPE and mention.text in known:
            yield mention.model_copy(update={"entity": known[mention.text].ref})


def denied_in_place(act: Act) -> bool:
    """ "Did not deliver", "carried no missiles": the act is said not to have been."""
    token = act.cue
    if token.pos_ in ("VERB", "AUX") and negated(token):
        return True
    if any(gives_nobody(word) for word in (token, *act.path)):
        return True
    if never_was(token) or any(_called_untrue(noun) for noun in _nouns_above(token)):
        return True
    nouns = [token] if token.pos_ == "NOUN" else []
    for word in (*nouns, *act.path, *_nouns_above(token), *_noun_of_doing(token)):
        if any(
            c.lower_ in ("no", "not", "neither", "nor")
            and c.dep_ in ("det", "neg", "preconj", "cc")
            and not (c.lower_ == "not" and c.nbor().lower_ in ("only", "less", "fewer", "just"))
            for c in word.children
            if c.i + 1 < len(c.doc)
        ):
            return True
        if any(_not_one(c) for c in word.children):
            return True
    return False


def _called_untrue(noun: Token) -> bool:
    """ "Said that reports of sales were baseless": who calls the telling untrue tells of no act."""
    return (
        noun.dep_ == "nsubj"
        and noun.head.lemma_ == "be"
        and not any(c.dep_ == "neg" for c in noun.head.children)
        and any(c.dep_ in ("acomp", "attr") and is_denial(c.lower_) for c in noun.head.children)
    )


def _not_one(number: Token) -> bool:
    """ "Not one rifle", "not a single rifle": the parser hangs the "not" on the number."""
    return number.dep_ in ("nummod", "det", "amod") and any(
        c.dep_ == "neg" and c.lower_ == "not" for c in number.children
    )


def _noun_of_doing(cue: Token) -> list[Token]:
    """The noun of "no need of importing", "no plan to send"."""
    if cue.dep_ == "pcomp" and cue.head.lower_ in ("of", "for", "in"):
        return [cue.head.head] if cue.head.head.pos_ == "NOUN" else []
    wish = cue.dep_ == "acl" and cue.head.pos_ == "NOUN" and any(c.tag_ == "TO" for c in cue.children)
    return [cue.head] if wish else []


def gives_nobody(word: Token) -> bool:
    """ "Sells arms to no one", "to neither side", "has given rifles to none of them"."""
    return any(
        (party.lower_ in ("nobody", "none") and not any(c.lower_ == "else" for c in party.children))
        or (party.lower_ == "one" and any(c.lower_ == "no" for c in party.children))
        or party.lower_ == "neither"
        or any(c.lower_ == "neither" for c in party.children)
        for party in prep_objects(word, "to", "for", "from")
    )


def _nouns_above(noun: Token) -> list[Token]:
    """The nouns that an act's noun hangs on: "no record of any delivery"."""
    above: list[Token] = []
    while noun.dep_ in ("pobj", "compound", "conj") and noun.pos_ in ("NOUN", "PROPN") and len(above) < 4:
        noun = noun.head.head if noun.dep_ == "pobj" else noun.head
        if noun.pos_ == "NOUN":
            above.append(noun)
    return above
