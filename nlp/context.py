"""Capitalised names that no lexicon and no head word tells: the words beside them say what they are.

"the carrier Emtrasur", "the newspaper Haaretz", "according to Skyledger, a firm in Tallinn", "near Mopti".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from tailgraph.graph import keys
from tailgraph.graph.model import Kind
from tailgraph.nlp.candidates import Candidate, View
from tailgraph.nlp.cues import cues
from tailgraph.nlp.lexicon import key
from tailgraph.nlp.runs import Run
from tailgraph.nlp.vocabulary import given_names, place_id, rows


@cache
def nouns() -> dict[str, Kind]:
    """Common nouns that introduce a name, with the kind that they make it."""
    return {row["noun"]: Kind(row["kind"]) for row in rows("tailgraph.nlp", "lexicons", "naming_nouns.csv")}


def introduced(view: View, names: list[Run], taken: frozenset[int]) -> Iterator[Candidate]:
    """Names that a common noun before or behind classes: "the airline Conviasa", "Valir, a private firm"."""
    for run in names:
        if taken.issuperset(range(run.first, run.last + 1)) or (
            taken.intersection(range(run.first, run.last + 1)) and not _outgrows(view, run, taken)
        ):
            continue
        kind = _noun_before(view, run) or _noun_behind(view, run)
        if kind:
            yield _candidate(view, run.first, run.last, kind, "apposition", 0.8, 27)


_FLYING = frozenset(["operate", "fly", "own", "lease", "charter", "belong", "register"])
_ONE_WORD_AIRLINE = re.compile(r"[A-Z][a-z]+(?:jet|air|avia|airlines|airways|cargo)$")


def fliers(view: View, names: list[Run], taken: frozenset[int], types: frozenset[int]) -> Iterator[Candidate]:
    """Names that aircraft are said to be of, or to be flown by: "the freighter of Emtrasur", "operated by
    Meridian"."""
    for run in names:
        if taken.intersection(range(run.first, run.last + 1)) or view.in_title(view.doc[run.first].idx):
            continue
        if (
            _before_type(view, run, types)
            or (run.first == run.last and _ONE_WORD_AIRLINE.match(view.doc[run.first].text))
            or _flies(view, run, types)
        ):
            yield _candidate(view, run.first, run.last, Kind.OPERATOR, "flier", 0.7, 26)


def _before_type(view: View, run: Run, types: frozenset[int]) -> bool:
    """ "an El Al 787-9": a name that stands right before a type."""
    following = run.last + 1
    span = view.doc[run.first : run.last + 1]
    if (
        not run.first
        or view.doc[run.first - 1].pos_ not in ("DET", "NUM", "ADJ")
        or view.in_title(view.doc[run.first].idx)
    ):
        return False
    return (
        following in types
        and bool(view.doc[run.last].whitespace_)
        and not any(t.i in view.located for t in span)
        and not view.doc[following].is_sent_start
        and span.root.ent_type_ != "PERSON"
        and not cues("context: makers").intersection(t.lower_ for t in span)
        and all(t.lower_ not in cues("context: no bodies") for t in span)
    )


def _flies(view: View, run: Run, types: frozenset[int]) -> bool:
    root = view.doc[run.first : run.last + 1].root
    if root.dep_ != "pobj":
        return False
    preposition, governor = root.head, root.head.head
    if preposition.lower_ in ("of", "with") and (
        governor.i in types
        or governor.lemma_.lower() in cues("context: planes") - {"flight", "flights", "cargo"}
    ):
        return root.ent_type_ not in ("GPE", "LOC", "PERSON") or (
            preposition.lower_ == "of" and governor.i in types and root.ent_type_ != "GPE"
        )
    return (
        preposition.lower_ == "by"
        and governor.lemma_.lower() in ("operate", "fly", "own")
        and root.ent_type_ not in ("GPE", "PERSON")
    ) or (
        preposition.lower_ == "to"
        and governor.lemma_.lower() == "belong"
        and root.ent_type_ not in ("GPE", "PERSON")
    )


def _outgrows(view: View, run: Run, taken: frozenset[int]) -> bool:
    """Is all that is taken of the run a place or state, and the run more than that ("Airframes Caucasus")?"""
    inside = taken.intersection(range(run.first, run.last + 1))
    return inside <= view.located and run.first not in inside


def agreed(view: View, names: list[Run], taken: frozenset[int]) -> Iterator[Candidate]:
    """Names for which the model's label and the grammar around agree."""
    spans = {run.first: run for run in names}
    for ent in view.doc.ents:
        run = spans.get(ent.start) or next((spans[t.i] for t in ent if t.i in spans), None)
        if run is None or taken.intersection(range(run.first, run.last + 1)):
            continue
        kind = _agreed_kind(view, run, ent.label_)
        if kind:
            yield _candidate(view, run.first, run.last, kind, "model", 0.6, 14)


_SOURCE_BEFORE = re.compile(
    r"(?:\baccording to (?:the )?"
    r"|\b(?:told|tells|informed) (?:the )?"
    r"|\b(?:analysts?|researchers?|directors?|head|chief|spokes(?:man|woman|person)|fellow|experts?"
    r"|founders?|editors?|managers?|executives?|consultants?|"
    r"correspondents?|reporters?|investigators?|economist|historian|volunteers?|employee|journalists?"
    r"|specialist) (?:at|of|for|with|from) (?:the )?"
    r"|\b(?:published|released|compiled|collected|quoted|cited|reported|carried|seen|obtained|reviewed"
    r"|shared|posted|broadcast|tracked|analy[sz]ed|identified) by (?:the )?"
    r"|\b(?:data|figures|images?|imagery|photographs?|photos?|records|logs?|analysis|statement|study"
    r"|investigation|reporting|footage|research) (?:from|by) (?:the )?"
    r"|\b(?:made|built|produced|manufactured|assembled|exported|supplied|chartered|handled|brokered|hired"
    r"|registered) by (?:the )?)$",
    re.IGNORECASE,
)


def sources(view: View, names: list[Run], taken: frozenset[int]) -> Iterator[Candidate]:
    """Names that stand where only bodies stand: "according to Skyledger", "an analyst at Janes", "told Radio
    Dabanga"."""
    for run in names:
        if taken.intersection(range(run.first, run.last + 1)) or run.last - run.first > 4:
            continue
        if as_source(view, run.first) and not _personal(view, run):
            yield _candidate(view, run.first, run.last, Kind.ORGANIZATION, "source", 0.7, 26)


def as_source(view: View, first: int) -> bool:
    """Do the words before the token introduce a source, a maker or a client?"""
    start = view.doc[first].idx
    return _SOURCE_BEFORE.search(view.content[max(start - 48, 0) : start]) is not None


def _personal(view: View, run: Run) -> bool:
    first = view.doc[run.first]
    plain = all(t.is_title and t.is_alpha for t in view.doc[run.first : run.last + 1])
    if key(first.text) in given_names():
        return True
    after = view.doc[run.last + 1 : run.last + 3]
    if len(after) > 1 and after[0].text == "," and (after[1].lower_ in ("who", "whose") or after[1].like_num):
        return True
    return (
        plain
        and run.last - run.first in (1, 2)
        and all(t.ent_type_ == "PERSON" for t in view.doc[run.first : run.last + 1])
        and not view.content[max(first.idx - 6, 0) : first.idx].lower().endswith(("told ", " at ", "from "))
    )


def _agreed_kind(view: View, run: Run, label: str) -> Kind | None:
    span = view.doc[run.first : run.last + 1]
    if all(t.lower_ in cues("context: states without a name") for t in span):
        return None  # "the same participating State", "one Member State"
    root = span.root
    words = run.last - run.first + 1
    if label in ("GPE", "LOC", "FAC") and _locative(root):
        return Kind.PLACE
    if label in ("ORG", "PERSON", "PRODUCT", "GPE", "WORK_OF_ART") and (
        _according(root) or (words > 1 and speaks(root) and label == "ORG")
    ):
        return Kind.ORGANIZATION
    if any(t.lower_ in cues("context: no bodies") for t in span):
        return None
    if label == "ORG" and (words > 1 or speaks(root)):
        return Kind.ORGANIZATION
    return None


def _locative(token: Token) -> bool:
    preposition = token.head if token.dep_ == "pobj" else None
    if token.dep_ in ("conj", "appos") and token.head.dep_ in ("pobj", "conj"):
        return _locative(token.head)
    if token.dep_ == "dobj":
        return token.head.lemma_.lower() in ("leave", "reach", "visit", "depart", "enter", "overfly")
    return preposition is not None and preposition.lower_ in (
        "in",
        "at",
        "from",
        "to",
        "near",
        "outside",
        "around",
        "via",
        "through",
        "toward",
        "towards",
        "into",
        "off",
        "across",
    )


def _according(token: Token) -> bool:
    return token.dep_ == "pobj" and token.head.lower_ == "to" and token.head.head.lower_ == "according"


def speaks(token: Token) -> bool:
    """Is it the subject of a verb of saying?"""
    return token.dep_ in ("nsubj", "nsubjpass") and token.head.lemma_.lower() in cues("context: speech")


def _noun_before(view: View, run: Run) -> Kind | None:
    if not run.first:
        return None
    before = view.doc[run.first - 1]
    if before.text in ("of",) and run.first > 1:
        kind = nouns().get(view.doc[run.first - 2].lemma_.lower())
        return kind if kind is Kind.PLACE else None
    if before.text in (",", '"', "“", "'", "‘", ":") and run.first > 1:
        before = view.doc[run.first - 2]
        if view.doc[run.first - 1].text == ",":
            return _appositive(before)
    return nouns().get(before.lemma_.lower()) if before.text[0].islower() else None


def teams(view: View, names: list[Run]) -> Iterator[Candidate]:
    """ "Macon Bombers", "Tamil Tigers": the name of a place or people before a plural that is none."""
    for run in names:
        last = view.doc[run.last]
        if (
            run.last - run.first == 1
            and last.tag_ == "NNPS"
            and last.text.endswith("s")
            and last.i not in view.located
            and run.first in view.located
            and not last.text.isupper()
        ):
            yield _candidate(view, run.first, run.last, Kind.ORGANIZATION, "shape", 0.6, 37)


def _appositive(noun: Token) -> Kind | None:
    """ "a Kazakh airline, X," - only with a singular noun that an article opens."""
    kind = nouns().get(noun.lower_)
    opened = any(child.dep_ in ("det", "poss") for child in noun.children)
    return kind if kind and opened and kind is not Kind.PLACE else None


def _noun_behind(view: View, run: Run) -> Kind | None:
    """ "An-Nahar daily", ", a private firm ..." or "(a Kazakh carrier)": the first known noun before the
    next comma or verb."""
    after = view.doc[run.last + 1 : run.last + 10]
    if (
        len(after) > 1
        and after[0].lower_ in cues("context: titles of media")
        and after[1].pos_ not in ("NOUN", "PROPN")
    ):
        return Kind.ORGANIZATION
    if (
        len(after) < 3
        or after[0].text not in (",", "(", "–", "—")
        or after[1].lower_ not in ("a", "an", "the", "its", "one", "which")
    ):
        return None
    found = None
    for token in after[2:]:
        kind = nouns().get(token.lemma_.lower())
        if kind:
            return kind
        if (token.is_punct and token.text not in ("-", "'", "’")) or token.pos_ in ("VERB", "AUX", "ADP"):
            break
    return found


def _candidate(
    view: View, first: int, last: int, kind: Kind, method: str, confidence: float, rank: int
) -> Candidate:
    start, end = view.doc[first].idx, view.doc[last].idx + len(view.doc[last].text)
    number = (
        re.match(r" \d{1,2}(?![\w.,]\w)", view.content[end : end + 6])
        if kind is Kind.ORGANIZATION and method == "apposition"
        else None
    )
    if number:
        end += number.end()
    name = keys.clean_name(view.content[start:end])
    identity = place_id(None, name) if kind is Kind.PLACE else name
    return Candidate(start, end, kind, identity, None, name, method, confidence, rank=rank)
