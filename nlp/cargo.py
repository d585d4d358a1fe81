"""Whether a thing named is sold, sent, asked for or unloaded, rather than acting by itself."""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.nlp.cues import cues

_UNLOAD = frozenset(["unload", "deliver", "supply", "buy", "purchase", "order", "lend", "sell", "donate"])


def is_cargo(token: Token) -> bool:
    """Is this sold, sent, asked for or unloaded rather than flying by itself?"""
    before = token.doc[max(token.i - 4, token.sent.start) : token.i]
    if any(t.lemma_.lower() in _UNLOAD and t.pos_ == "VERB" and t.dep_ != "amod" for t in before):
        return True
    for _ in range(6):
        if any(
            c.dep_ in ("relcl", "acl") and c.lemma_.lower() in cues("weapons: supply") and not _flown(c)
            for c in token.children
        ):
            return True
        if token.dep_ in ("dobj", "nsubjpass", "dative"):
            return token.head.lemma_.lower() in cues("weapons: supply")
        if token.dep_ == "pobj" and token.head.lower_ in ("of", "for", "with", "in", "from", "including"):
            governor = token.head.head
            if governor.lemma_.lower() in cues("weapons: supply") or governor.lemma_.lower() in cues(
                "weapons: supply nouns"
            ):
                return True
            token = governor
        elif token.dep_ in ("conj", "compound", "nmod", "appos", "attr", "nummod"):
            token = token.head
        else:
            return False
    return False


def _flown(verb: Token) -> bool:
    """ "the MiGs that were ordered home" fly; "the MiGs that it ordered" do not."""
    return any(
        c.dep_ in ("advmod", "prep") and c.lower_ in ("home", "to", "into", "back") for c in verb.children
    )
