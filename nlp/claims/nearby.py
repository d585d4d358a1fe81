"""Acts where the parse broke: the verb just before the weapon, the passive just after it, "laden with"."""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.cues import SPEECH, Cue, cues, wordset
from tailgraph.nlp.claims.syntax import child, is_passive

_REACH = 9
# "Was put to work flying cartridges": the parser takes "flying" for what the cartridges do.
_AT_IT = frozenset({"work", "busy", "job", "begin", "start", "keep", "continue"})
_KINDS = ("supply", "carry", "load", "acquire", "use", "possess", "request")


def beside(head: Token) -> Act | None:
    """Where the parse broke: a verb just before the weapon, or a passive just after it."""
    token = head
    for step in range(1, _REACH + 1):
        if head.i - step < head.sent.start:
            break
        token = head.doc[head.i - step]
        if token.is_punct and token.text not in "-,":
            break
        if token.lemma_.lower() in wordset("remains") | wordset("pictures"):
            break  # "held up a fragment of a rocket", "shared pictures of missiles": not the weapon itself
        for cue in cues(token):
            if _nearby(token, cue):
                return Act(token, cue.kind, f"{cue.kind}-near", [], [head])
        if token.tag_.startswith("VB") or token.lower_ in wordset("full"):
            break
    return _full_of(head) or _relative_after(head) or _passive_after(head)


def _relative_after(head: Token) -> Act | None:
    """ "… a Shahed that Russia had fired at X", where the parse lost the relative clause."""
    rest = list(head.doc[head.i + 1 : min(head.i + 9, head.sent.end)])
    if not rest or rest[0].lower_ not in ("that", "which"):
        return None
    for token in rest[1:]:
        if token.tag_.startswith("VB") and token.pos_ == "VERB":
            return next(
                (
                    Act(token, c.kind, f"{c.kind}-near", [], [head])
                    for c in cues(token)
                    if _nearby(token, c) and child(token, "dobj") is None
                ),
                None,
            )
    return None


def _reckons(verb: Token) -> bool:
    """ "Put the payload at 300 tons of rifles": who does so loads nothing."""
    return verb.lemma_ in ("put", "place") and any(
        c.lower_ == "at" and c.dep_ == "prep" for c in verb.children
    )


def _nearby(token: Token, cue: Cue) -> bool:
    if token.lemma_ == "hold" and is_passive(token):
        return False  # "was held at Kano with rifles": who is held up has not been said to hold anything
    if _reckons(token):
        return False
    before = token.nbor(-1) if token.i else token
    told = token.dep_ != "amod" or before.lower_ in wordset("plurals") or before.lemma_ in _AT_IT
    return token.tag_.startswith("VB") and told and "obj" in cue.links and cue.kind in _KINDS


def _passive_after(head: Token) -> Act | None:
    """ "… missiles, both of Chinese make, were re-exported by X": the next passive after the weapon."""
    seen_be = False
    for token in head.doc[head.i + 1 : min(head.i + 14, head.sent.end)]:
        if token.lower_ in ("were", "was", "been", "being", "be"):
            seen_be = True
        elif seen_be and token.tag_ == "VBN":
            if any(c.dep_ == "nsubjpass" and c != head and head not in c.subtree for c in token.children):
                return None
            return next(
                (Act(token, c.kind, f"{c.kind}-near", [], [head]) for c in cues(token) if _nearby(token, c)),
                None,
            )
        elif token.tag_ in ("VBD", "VBZ", "VBP") and token.pos_ == "VERB":
            return None
    return None


def _full_of(head: Token) -> Act | None:
    """ "A 747 laden with bombs", where the parser takes "laden" for a noun."""
    for step in range(1, 5):
        if head.i - step <= head.sent.start:
            return None
        token = head.doc[head.i - step]
        if token.lower_ in ("with", "of") and token.nbor(-1).lower_ in wordset("full"):
            return Act(token.nbor(-1), "load", "load-near-with", [], [head])
    return None


_FAR = 16
_FAR_KINDS = ("supply", "carry", "load", "acquire")
_STOPS = frozenset([";", ":", "(", ")", "\n\n"])


def far(head: Token) -> Act | None:
    """The last resort: the nearest verb of moving or getting in the sentence, however the parser joins the
    two. Nobody but the words around says who did what, so such a claim must name both sides to stand."""
    for steps in (range(head.i - 1, head.sent.start - 1, -1), range(head.i + 1, head.sent.end)):
        for index in steps:
            token = head.doc[index]
            if abs(index - head.i) > _FAR or token.text in _STOPS:
                break
            if not token.tag_.startswith("VB") or token.pos_ != "VERB" or token.dep_ == "amod":
                continue
            kind = next((c.kind for c in cues(token) if c.kind in _FAR_KINDS), None)
            if kind is not None and not _busy(token, head):
                return Act(token, kind, f"{kind}-far", [], [head])
            if any(c.kind in SPEECH for c in cues(token)):
                break
    return None


def _busy(verb: Token, head: Token) -> bool:
    """Whether a verb has a thing of its own that it is done to."""
    things = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    return any(t != head and head not in t.subtree for t in things)
