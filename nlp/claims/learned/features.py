"""What the models see of a weapon that no rule speaks of, and of a party near it, as names of features.

A feature joins what the lexicons know of a word (`classes`) with its place in the tree; single words are
features too, so that a model learns what no table lists. All of it is text, so that a table can be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from tailgraph.graph.model import Kind
from tailgraph.nlp.claims.cues import SPEECH, cues, is_cue, wordset

_SETS = ("armies", "craft", "bound", "meant", "units", "shipment", "flight")
_CLIMB = 12
_FAR = 4


def classes(token: Token) -> str:
    """The classes of the lexicon that a word belongs to, else its part of speech."""
    kinds = sorted({cue.kind for cue in cues(token)})
    if kinds:
        return "+".join(kinds)
    lemma = token.lemma_.lower()
    return next((name for name in _SETS if lemma in wordset(name)), token.pos_)


def of_weapons(heads: Sequence[Token], kinds: Sequence[str]) -> set[str]:
    """Features of the weapons of one sentence; `kinds` holds their classes."""
    found = {"always", *(f"weapon {kind}" for kind in kinds)}
    for head in heads:
        found.update(_of_weapon(head))
    for word in heads[0].sent:
        if word.pos_ in ("VERB", "NOUN", "ADJ", "AUX", "ADP", "ADV"):
            found.add(f"word {word.lemma_.lower()}")
        found.update(f"class {cue.kind}" for cue in cues(word))
    return found


def _of_weapon(head: Token) -> Iterator[str]:
    dep, prep, above = place(head)
    yield from (f"dep {dep}", f"prep {prep}", f"above {classes(above)}", f"above word {above.lemma_.lower()}")
    yield f"hangs {dep} {prep} {classes(above)}"
    verb = _verb_over(above)
    yield from (f"verb {classes(verb)}", f"verb tag {verb.tag_}", f"verb word {verb.lemma_.lower()}")
    for child in head.children:
        if child.dep_ in ("amod", "nummod", "compound", "poss", "det"):
            yield f"own {classes(child)}"
        elif child.dep_ == "prep":
            yield f"own prep {child.lower_}"


def of_party(token: Token, kind: Kind, body: str, heads: Sequence[Token], where: str) -> set[str]:
    """Features of one mention of a party, `token` its head, `body` what kind of body it is; `where` is its
    sentence from that of the weapons: "title", "same", "previous", "next", "before" or "after"."""
    dep, prep, above = place(token)
    over = classes(above)
    found = {
        f"{kind} {where}",
        f"{kind} {where} {dep} {prep} {over}",
        f"{where} {dep} {prep} {over}",
        f"{dep} {prep} word {above.lemma_.lower()}",
        f"{kind} {where} {dep} verb {classes(_verb_over(above))}",
    }
    if prep:
        found.add(f"{kind} {where} prep {prep}")
    found |= {f"body {body} {where} {dep} {over}", f"body {body} {where}", f"body {body} {dep} {prep}"}
    if dep in ("compound", "amod", "poss", "nmod"):
        own, link, top = place(above)
        found |= {
            f"of {kind} {over} {own} {link} {classes(top)}",
            f"of {where} {own} {link} {classes(top)}",
            f"of {kind} word {above.lemma_.lower()}",
        }
    said = "+".join(sorted({c.kind for word in token.sent for c in cues(word) if c.kind in SPEECH}))
    found |= {f"{kind} {where} told {said}", f"{where} {dep} told {said}"}
    if where == "same":
        found.update(_beside(token, kind, heads))
    return found


def acting(seen: Iterable[str], action: str) -> set[str]:
    """Features of a party; those that begin with its kind once more for the act it may have a part in."""
    return {*seen, *(f"{action}: {feature}" for feature in seen if feature[0].isupper())}


def cue(head: Token) -> Token:
    """The word that tells of a weapon: the verb over it, unless that only says that one speaks."""
    token = head
    while token.head != token and token.pos_ not in ("VERB", "AUX"):
        token = token.head
    return token if token.pos_ in ("VERB", "AUX") and not is_cue(token, *SPEECH) else head


def beside_cue(token: Token, told: Token) -> Iterator[str]:
    """How a party stands to the word that a rule took a claim from, if both are in one sentence."""
    if token.sent.start != told.sent.start:
        return
    up, _, down = _path(token, told)
    side = "before" if token.i < told.i else "after"
    yield f"cue {'/'.join(up[-3:])} ^ {'/'.join(down[-2:])}"
    yield f"cue {side} {'/'.join(up[-2:])} {'/'.join(down[-1:])}"
    yield f"cue {side} {min(abs(token.i - told.i) // _FAR, _FAR)}"


def _beside(token: Token, kind: Kind, heads: Sequence[Token]) -> Iterator[str]:
    """How a party stands to the nearest weapon of its sentence, in the tree and in the line."""
    weapon = min(heads, key=lambda head: abs(head.i - token.i))
    up, top, down = _path(token, weapon)
    steps = f"{'/'.join(up[-3:])} {classes(top)} {'/'.join(down[-3:])}"
    ends = f"{up[-1] if up else ''} {{}} {down[-1] if down else ''}"
    yield f"{kind} path {steps}"
    yield f"meet {ends.format(classes(top))}"
    yield f"{kind} meet {ends.format(top.pos_)}"
    side = "before" if token.i < weapon.i else "after"
    yield f"{kind} {side} {min(abs(token.i - weapon.i) // _FAR, _FAR)}"
    first, last = sorted((token.i, weapon.i))
    for word in token.doc[first + 1 : last]:
        yield from (f"{kind} {side} between {cue.kind}" for cue in cues(word))
        if word.lower_ in ("to", "from", "by", "for", "with", "at", "against"):
            yield f"{side} between word {word.lower_}"
    if token.i > token.sent.start:
        yield f"{kind} {side} behind {token.nbor(-1).lower_}"


def place(token: Token) -> tuple[str, str, Token]:
    """A word's link, its preposition, and the word above; items of a list stand where its first does."""
    for _ in range(_FAR):
        if token.dep_ not in ("conj", "appos") or token.head == token:
            break
        token = token.head
    if token.dep_ in ("pobj", "pcomp"):
        return token.dep_, token.head.lower_, token.head.head
    return token.dep_, "", token.head


def _verb_over(token: Token) -> Token:
    for _ in range(_FAR):
        if token.pos_ in ("VERB", "AUX") or token.head == token:
            break
        token = token.head
    return token


def _path(token: Token, other: Token) -> tuple[list[str], Token, list[str]]:
    """The links from either word up to the one where they meet."""
    mine, theirs = _climb(token), _climb(other)
    for steps, word in enumerate(mine):
        if word in theirs:
            return _links(mine[:steps]), word, _links(theirs[: theirs.index(word)])
    return _links(mine[:-1]), mine[-1], _links(theirs[:-1])


def _climb(token: Token) -> list[Token]:
    found = [token]
    while token.head != token and len(found) < _CLIMB:
        token = token.head
        found.append(token)
    return found


def _links(words: Sequence[Token]) -> list[str]:
    return [word.lower_ if word.dep_ == "prep" else word.dep_ for word in words]
