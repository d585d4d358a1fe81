"""Weapons that money was paid for: "paid X $40 million for jets", "handed a deposit to X for rifles".

Who pays gets them or has ordered them, and whoever is paid supplies them.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.cues import wordset
from tailgraph.nlp.claims.syntax import is_passive, prep_objects

RULE = "acquire-verb-paid"
# What is paid before anything is delivered.
_ADVANCES = frozenset({"deposit", "advance", "down-payment", "instalment", "installment", "downpayment"})


def paid(governor: Token, link: str, path: list[Token]) -> Act | None:
    """The act of "for" that hangs on the paying, on the money, or on who is paid."""
    if link != "for":
        return None
    verb, between = governor, list(path)
    for _ in range(4):
        if verb.pos_ == "VERB":
            break
        between.append(verb)
        verb = verb.head
    sum_ = _sum(verb) if verb.lemma_ in wordset("handing money") and not is_passive(verb) else None
    if sum_ is None or not any(True for _ in _payees(verb)):
        return None
    advance = any(t.lemma_.lower() in _ADVANCES for t in sum_.subtree)
    kind = "request" if advance else "acquire"
    return Act(verb, kind, f"{kind}-verb-paid", [], path)


def payees(act: Act) -> Iterator[Token]:
    """Who is paid."""
    if act.rule.endswith("-paid"):
        yield from _payees(act.cue)


def _payees(verb: Token) -> Iterator[Token]:
    money = _sum(verb)
    for sub in verb.children:
        if sub.dep_ == "dative" or (sub.dep_ == "dobj" and sub != money):
            yield from [sub] if sub.pos_ != "ADP" else [c for c in sub.children if c.dep_ == "pobj"]
    for word in (verb, *([money] if money is not None else [])):
        yield from prep_objects(word, "to")


def _sum(verb: Token) -> Token | None:
    """The money: "a deposit", "$40 million", "ten million euros"."""
    for sub in verb.children:
        if sub.dep_ == "dobj" and (
            sub.lemma_.lower() in wordset("money") | _ADVANCES
            or any(
                t.is_currency or t.lemma_.lower() in wordset("currencies")
                for t in sub.subtree
                if t.i <= sub.i
            )
        ):
            return sub
    return None
