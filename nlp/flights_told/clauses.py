"""What belongs to a word of movement: the tokens of its clause, to its right and by the parse."""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.nlp.cues import cues
from tailgraph.nlp.flights_told.scene import Scene
from tailgraph.nlp.flights_told.words import Cue, movement_words

_CLAUSE_ENDS = frozenset({"ROOT", "conj", "ccomp", "advcl", "relcl", "parataxis", "dep"})
_SPEECH = cues("flights told: saying")
_ISSUING = cues("flights told: issuing a paper")
_PAPERS = cues("flights told: papers")
# Verbs that say of a flight only that it took place.
_LIGHT = cues("flights told: taking place")
_MAX_CLIMB = 12
# How many words may stand between a conjunction and the verb of its clause.
_REACH = 12
# "…, and to Goma, which …": one more end of the same flight.
_THEN = frozenset({"later", "afterwards", "earlier"})
_THENCE = frozenset({"from there", "from where", "from here"})
_INTO = frozenset({"to", "into", "from", "via", "onward", "onwards", "back"})


def right_limit(scene: Scene, cue: Cue, over_nouns: bool = False) -> int:
    """The token at which another clause takes over from this word of movement."""
    doc = scene.annotated.doc
    later = [c.first for c in scene.cues if c.first > cue.last and not (over_nouns and c.nominal)]
    end = min([*later, scene.sentence.end])
    for index in range(cue.last + 1, end):
        token = doc[index]
        if token.text == ";":
            return index
        if _opens_clause(token, cue) and not _parenthetical(token):
            verb = token.head if token.dep_ in {"aux", "auxpass"} else token
            edge = verb.left_edge.i if cue.last < verb.left_edge.i < index else index
            return _from_conjunction(scene, cue, edge)
    return _from_conjunction(scene, cue, end) if end < scene.sentence.end else end


def _from_conjunction(scene: Scene, cue: Cue, end: int) -> int:
    """ "…, and on Saturday it returned": the next clause begins with its conjunction."""
    doc = scene.annotated.doc
    for index in range(end - 1, max(cue.last, end - _REACH), -1):
        if doc[index].lower_ in {"and", "but", "before"} and index + 1 < end:
            plain = all(t.pos_ not in {"VERB", "AUX"} for t in doc[index + 1 : end])
            opens = (
                doc[index + 1 : index + 3].text.lower() in _THENCE
                or (
                    doc[index + 1].pos_ in {"ADP", "ADV", "PRON", "SCONJ"}
                    and doc[index + 1].lower_ not in _INTO
                )
                or bool({t.lower_ for t in doc[index + 1 : min(index + 5, end)]} & _THEN)
            )
            if plain and opens:
                return index
    return end


def _about_cue(verb: Token, cue: Cue) -> bool:
    """ "The 122 flights that they sent to the airstrip", "six flights were made to Bria": a clause about the
    flights.
    """
    if not cue.nominal:
        return False
    if verb.dep_ == "relcl" and verb.head == cue.token:
        return True
    subjects = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    partitive = (
        cue.token.head.head if cue.token.dep_ == "pobj" and cue.token.head.lower_ == "of" else cue.token
    )
    about = verb.lemma_.lower() in _LIGHT or verb.lower_ in movement_words()
    return about and any(c in (cue.token, partitive) for c in subjects)


def _opens_clause(token: Token, cue: Cue) -> bool:
    if token.pos_ == "AUX" and token.dep_ in {"aux", "auxpass"}:
        verb = token.head
        return verb != cue.token and verb.i > token.i and not _about_cue(verb, cue)
    if token.tag_ == "VBG" and token.dep_ == "advcl" and token.i and token.nbor(-1).text == ",":
        return True
    if (
        token.lower_.endswith("bound")
        or token.pos_ not in {"VERB", "AUX"}
        or token.tag_ not in {"VBD", "VBZ", "VBP", "MD"}
        or token.dep_ not in _CLAUSE_ENDS
    ):
        return False
    return not _about_cue(token, cue)


def _parenthetical(token: Token) -> bool:
    """ "…, London says, …"."""
    doc = token.doc
    if token.i + 1 >= len(doc) or doc[token.i + 1].text not in {",", "–", "—", '"'}:
        return False
    return any(doc[i].text in {",", "–", "—"} for i in range(max(0, token.i - 5), token.i))


def owner(scene: Scene, token: Token) -> int | None:
    """The word of movement that governs this token, None where another predicate does first."""
    if token.i not in scene.owners:
        scene.owners[token.i] = _owner(scene, token)
    return scene.owners[token.i]


def _owner(scene: Scene, token: Token) -> int | None:
    for _ in range(_MAX_CLIMB):
        if token.i in scene.starts:
            return int(token.i)
        if token.head == token:
            return None
        if token.pos_ == "VERB" and (
            token.dep_ not in {"xcomp", "acl", "amod", "advcl"} or token.lemma_.lower() in _SPEECH
        ):
            return None
        token = token.head
    return None


def zone_of(scene: Scene, cue: Cue) -> list[int]:
    """Tokens that belong to this word of movement: to its right up to the next clause, and what it
    governs.
    """
    limit = right_limit(scene, cue)
    own = {cue.first, cue.last}
    first = scene.cues[0] is cue
    if first and scene.title:
        return list(range(scene.sentence.start, limit))
    left = [
        t.i
        for t in scene.sentence
        if t.i < cue.first and (owner(scene, t) in own or (first and leads(scene, t)))
    ]
    beyond = [t.i for t in scene.sentence if t.i >= limit and owner(scene, t) in own]
    return [*left, *range(cue.first, limit), *beyond]


def leads(scene: Scene, token: Token) -> bool:
    """Whether the token is in the adverbial that opens the sentence ("On 4 May, …")."""
    head = next((t for t in scene.sentence if not t.is_space and not t.is_punct), scene.sentence[0])
    return (
        head.pos_ in {"ADP", "ADV"} and head.left_edge.i <= token.i <= head.right_edge.i and not spoken(head)
    )


def spoken(token: Token) -> bool:
    """Whether the nearest verb above only tells that somebody said something ("told the channel on
    Thursday").
    """
    for _ in range(_MAX_CLIMB):
        if token.pos_ == "VERB":
            return token.lemma_.lower() in _SPEECH or _issued(token)
        if token.head == token:
            return False
        token = token.head
    return False


def of_paper(token: Token) -> bool:
    """Whether it is told of a paper ("a letter dated 3 May") and of nothing that went anywhere."""
    return any(_issued(above) for above in token.ancestors)


def _issued(verb: Token) -> bool:
    """ "A warrant issued on 27 April": when a paper came out, and nothing flew."""
    issued = verb.dep_ == "acl" and verb.tag_ == "VBN" and verb.lemma_.lower() in _ISSUING
    return issued and verb.head.lemma_.lower() in _PAPERS
