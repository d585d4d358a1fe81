"""Named persons: after a title or an office, before one, or where the model and the words around agree."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from tailgraph.graph import keys
from tailgraph.graph.model import Kind
from tailgraph.nlp import bodies, offices
from tailgraph.nlp.candidates import Candidate, View
from tailgraph.nlp.cues import cues
from tailgraph.nlp.datelines import Datelines
from tailgraph.nlp.lexicon import key
from tailgraph.nlp.runs import Run, opener
from tailgraph.nlp.runs import second_syllable as runs_on
from tailgraph.nlp.vocabulary import given_names

_LISTED = re.compile(
    r"(?:(?<=\n)|(?<=^)|(?<=[-•*] )|(?<=\) ))([A-Z][A-Z'’-]{2,}(?: [A-Z][A-Z'’-]+)*), "
    r"([A-Z][a-z]+(?:[ -][A-Z][a-z]+){0,3})(?= ?[(,;.])"
)
_LETTERS_BEHIND = frozenset(("mp", "mep", "msp", "phd", "obe", "cbe", "esq", "md", "qc", "kc"))
_SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv"))


def titled(view: View, runs: list[Run]) -> Iterator[Candidate]:
    """Runs, or ends of runs, that stand behind a title."""
    doc = view.doc
    for run in runs:
        first = run.first
        for i in range(run.first, run.last):
            if offices.is_title(doc[i]):
                first = i + 1
        behind = (
            first > run.first
            or doc[run.last].lower_ in _LETTERS_BEHIND
            or (run.first > 0 and offices.is_title(doc[run.first - 1]))
        )
        while run.last >= first and doc[run.last].lower_ in _LETTERS_BEHIND:
            run = Run(run.first, run.last - 1)
        if (
            behind
            and first <= run.last
            and run.last - first <= 4
            and not any(t.like_num for t in doc[first : run.last + 1])
            and len(doc[first : run.last + 1].text) > 1  # the ship "Lady R"
        ):
            yield person(view, first, run.last, "title", 0.9, 35)


def _whole_run(view: View, runs: list[Run], first: int, last: int) -> tuple[int, int]:
    """The model often drops the first of three names: the run of name words around is the name."""
    place = bisect_right(runs, first, key=lambda run: run.first) - 1
    run = runs[place] if place >= 0 else None
    if run is None or run.last < last or run.last - run.first > 4 or (run.first, run.last) == (first, last):
        return first, last
    while run.first < first and (
        opener(view.doc[run.first])
        or view.doc[run.first].lower_ in cues("people: offices")
        or offices.is_title(view.doc[run.first])
    ):
        run = Run(run.first + 1, run.last)
    words = [t for t in view.doc[run.first : run.last + 1] if t.text[0].isalpha()]
    plain = all(
        _name_word(t)
        and not offices.is_title(t)
        and t.i not in view.located
        and t.lower_ not in bodies.heads()
        for t in words
    )
    return (run.first, run.last) if plain and not view.in_title(view.doc[first].idx) else (first, last)


def recognised(view: View, runs: list[Run]) -> Iterator[Candidate]:
    """What the model takes for a person, trimmed of titles: two words, or one that the grammar tells."""
    doc = view.doc
    for ent in doc.ents:
        trimmed = _trimmed(doc, ent) if ent.label_ == "PERSON" else None
        if trimmed is None:
            continue
        first, last = trimmed
        if last + 2 < len(doc) and doc[last + 1].text == "-" and runs_on(view, last + 1):
            last += 2
        first, last = _whole_run(view, runs, first, last)
        words = [t for t in doc[first : last + 1] if t.text[0].isalpha()]
        if _no_person(view, words, last):
            continue
        if len(words) >= 2:
            yield person(view, first, last, "model", 0.75, 25)
        elif speaks(doc, first, last) or _owns(doc, last):
            yield person(view, first, last, "model", 0.6, 12)


def _trimmed(doc: Doc, ent: Span) -> tuple[int, int] | None:
    """First and last token of the name itself, without titles, offices, letters and possessives around it."""
    first, last = ent.start, ent.end - 1
    while first <= last and not _may_open(doc[first]):
        first += 1
    while last >= first and not _may_close(doc[last]):
        last -= 1
    if last < first or any(c.isdigit() or c == "\n" for c in doc[first : last + 1].text):
        return None
    return first, last


def _may_open(token: Token) -> bool:
    if opener(token) or offices.is_title(token) or not token.text[0].isalpha():
        return False
    return (
        not token.text[0].islower()
        or token.text in ("al", "bin", "ibn")
        or token.text.startswith(("al-", "el-"))
    )


def _may_close(token: Token) -> bool:
    if token.text in ("'s", "’s", "'", "’") or token.lower_ in _LETTERS_BEHIND:
        return False
    return token.text[-1].isalpha() or token.lower_ in _SUFFIXES


def _no_person(view: View, words: list[Token], last: int) -> bool:
    """Is it rather a body, a place or a thing: a plural, a common noun, "X depot"?"""
    final, following = view.doc[last], view.doc[last + 1 : last + 2]
    return (
        final.tag_ == "NNPS"
        or _common(view, final)
        or any(t.lower_ in cues("people: no names") for t in words)
        or _states(words)
        or (len(following) > 0 and following[0].lower_ in cues("people: no person before"))
    )


def _states(words: list[Token]) -> bool:
    """ "A Member State", "participating States": parties to a treaty that are not named."""
    return all(t.lower_ in cues("context: states without a name") for t in words)


def _leads(doc: Doc, last: int) -> bool:
    """ "Franjo Tudjman's forces"."""
    return _owns(doc, last) and doc[last + 2].lower_ in cues("people: followers")


def _owns(doc: Doc, last: int) -> bool:
    """ "Zelenskiy's adviser", "Dagalo's men"."""
    after = doc[last + 1 : last + 3]
    return (
        len(after) == 2
        and after[0].text in ("'s", "’s")
        and (after[1].lower_ in cues("people: office nouns") or after[1].lower_ in cues("people: followers"))
    )


_COMMON_ENDINGS = ("tions", "ware", "ments", "watch", "wear", "works", "tech", "energy", "ings")


def _common(view: View, token: Token) -> bool:
    """Is the last word of the name a common noun, judged by its ending or by its use elsewhere in small
    letters?"""
    return token.lower_.endswith(_COMMON_ENDINGS) or (len(token) > 4 and token.lower_ in view.small_words)


def listed(view: View) -> Iterator[Candidate]:
    """Entries of sanctions lists: "RASULI, Behnam (a.k.a. ...)"; "SEOUL, Sept. 4 (X) --" is a dateline."""
    filed = Datelines(view.content)
    for match in _LISTED.finditer(view.content):
        if match.start() in filed:
            continue
        name = keys.clean_name(f"{match[2]} {match[1].title()}")
        yield Candidate(*match.span(), Kind.PERSON, name, None, name, "list", 0.85, rank=35)


def introduced(view: View, runs: list[Run]) -> Iterator[Candidate]:
    """Runs of two to four plain words that an office stands beside ("X Y, a spokesman for ...") or that
    speak."""
    doc = view.doc
    for run in runs:
        words = [t for t in doc[run.first : run.last + 1] if t.text[0].isalpha()]
        if not 2 <= len(words) <= 5 or any(t.text.isupper() and len(t) > 1 for t in words):
            continue
        if _states(words):
            continue
        if offices.told_beside(view, run):
            yield person(view, run.first, run.last, "apposition", 0.8, 28)
        elif len(words) < 4 and _leads(doc, run.last):
            yield person(view, run.first, run.last, "owner", 0.7, 26)
        elif speaks(doc, run.first, run.last) and all(t.text[0].isupper() or t.i > run.first for t in words):
            yield person(view, run.first, run.last, "speech", 0.6, 15)


def person(view: View, first: int, last: int, method: str, confidence: float, rank: int) -> Candidate:
    """A person's name without the people he is of: "the Briton Adam Cole"."""
    while last - first >= 2 and first in view.demonyms:
        first += 1
    start, end = view.doc[first].idx, view.doc[last].idx + len(view.doc[last].text)
    name = keys.clean_name(view.content[start:end])
    return Candidate(start, end, Kind.PERSON, name, None, name, method, confidence, rank=rank)


def christened(view: View, runs: list[Run]) -> Iterator[Candidate]:
    """Runs of two to four plain words of which the first is a given name."""
    doc = view.doc
    for run in runs:
        words = [t for t in doc[run.first : run.last + 1] if t.text[0].isalpha()]
        first = next((i for i, t in enumerate(words[:4]) if key(t.text) in given_names()), None)
        if first is None or not 2 <= len(words) - first <= 5:
            continue
        before = words[first - 1]
        named_for = before.lower_ in cues("people: offices") or before.i in view.demonyms
        if first and not (words[0].is_sent_start or named_for):
            continue
        if any(t.lower_.rstrip(".") in bodies.heads() for t in words[first + 1 :]) or not all(
            _name_word(t) for t in words[first:]
        ):
            continue
        yield person(view, words[first].i, run.last, "given name", 0.85, 29)


def _name_word(token: Token) -> bool:
    return bool(
        re.fullmatch(
            r"(?:[A-ZÀ-Þ]\.?|(?:[Aa]l-|[Ee]l-|O['’]|D['’]|Mc"
            r"|Mac)?[A-ZÀ-ÞĞİŞÇŁŚŽŠČĆĐ][a-zß-ÿğışçćčđłńśšźżž'’]+|[A-ZÀ-Þ]{3,}|al|el|bin"
            r"|ibn|de|da|van|von|der|den|dos|du|di)",
            token.text,
        )
    )


def speaks(doc: Doc, first: int, last: int) -> bool:
    head = doc[first : last + 1].root
    return head.dep_ in ("nsubj", "nsubjpass") and head.head.lemma_.lower() in cues("people: speech")
