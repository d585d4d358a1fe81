"""Operators, organisations, airports and places that their head word gives away: "Ala-Too Cargo",
"Ministry of Foreign Affairs", "Al Khadim air base", "Andaman Islands", "the Armenian defence ministry".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from tailgraph.graph import keys
from tailgraph.graph.model import Kind
from tailgraph.nlp.candidates import Candidate, View, relabel
from tailgraph.nlp.cues import cues
from tailgraph.nlp.lexicon import key
from tailgraph.nlp.runs import Run, calendar, opener, opens_name
from tailgraph.nlp.vocabulary import given_names, place_id, rows

_LOWER_AIRPORT = re.compile(
    r" (?:(?:international|military|civil|civilian|regional|domestic|main|national) )?(?:airport|air ?base"
    r"|air-?field|airstrip|"
    r"aerodrome|air force base|air station|naval air station|helipad|heliport|base(?! in the| station| "
    r"camp| of))\b"
)
_LOWER_PLACE = re.compile(
    r" (?:region|province|peninsula|district|governorate|oblast|county|desert|valley"
    r"|island|islands|mountains|strait|"
    r"prefecture|department|archipelago|highlands|plateau|basin)\b"
)
# "al-Khadim air base": a name that opens with a small letter, before a word for an airfield.
_ARTICLED = re.compile(
    r"(?<![\w-])(?:(?:al|el|ar|as|ad|at|an|ash)-|(?:al|el) )[A-ZÀ-Þ][\w'’-]+(?:[ -][A-ZÀ-Þ][\w'’-]+)?"
    + _LOWER_AIRPORT.pattern
)
_NUMBERED = re.compile(
    r"\b(?:[Aa]ir ?[Bb]ase|[Bb]ase [Aa]érienne|[Bb]ase [Aa]érea|[Mm]ilitary [Aa]irfield)"
    r" (?:No\.? ?|n°\s?|Nr\.? ?)?\d{1,4}\b"
)
_AIRPORT_OF = re.compile(r"\b(?:international )?(?:airport|air ?base|airfield) of (?:the )?$")
_CORPORATE = re.compile(
    r"\.?,? (?:Co\.?|LLC|L\.L\.C\.|Ltd\.?|LTD\.?|CO\.?|Inc\.?|PJSC|JSC|GmbH|FZE"
    r"|S\.?A\.?|C\.A\.|SARL|PLC|Corp\.?|Limited|AG|BV|a\.s\.)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Head:
    kind: Kind | None
    links: frozenset[str]


@cache
def heads() -> dict[str, Head]:
    return {
        row["head"]: Head(Kind(row["kind"]) if row["kind"] else None, frozenset(row["tail"].split()))
        for row in rows("tailgraph.nlp", "lexicons", "name_heads.csv")
    }


def named(view: View, runs: list[Run]) -> Iterator[Candidate]:
    """Bodies and places whose capitalised name holds a head word, or has one in small letters behind it."""
    for run in runs:
        if not _shouted(view, run):
            yield from _in_run(view, run)
        yield from _before_common_head(view, run)


def airfields(view: View) -> Iterator[Candidate]:
    """ "al-Khadim air base", "Base Aérienne 101": names that are no run of capitals."""
    for match in (*_ARTICLED.finditer(view.content), *_NUMBERED.finditer(view.content)):
        yield _named(view.content, match.start(), match.end(), Kind.AIRPORT, "shape", 42)


def internationals(view: View, runs: list[Run]) -> Iterator[Candidate]:
    """ "Khartoum International": the airport of a town, the word itself left out."""
    for run in runs:
        words = view.doc[run.first : run.last + 1]
        if len(words) < 2 or words[-1].text not in ("International", "Intl"):
            continue
        if all(t.i in view.located for t in words[:-1]):
            yield _named(view.content, words.start_char, words.end_char, Kind.AIRPORT, "shape", 40)


# "Fars Air Qeshm Company" is the airline, not another body.
_COMPANY = frozenset(("company", "corporation", "group", "co"))

_BROTHERS = re.compile(
    r"\b(?:Sons|Soldiers|Friends|Mothers|Lions|Eagles|Falcons|Voice|Guardians|Partisans|Companions|Defenders"
    r"|Doctors|Reporters|Journalists|Lawyers|Students|Knights|Brotherhood|Martyrs|Free Officers|Union"
    r"|Alliance|Congress"
    r"|Movement|Campaign|Coalition|Committee|Subcommittee|Council) (?:of|for|on|against|without) (?:the )?"
    r"[A-ZÀ-Þ][\wà-ÿ'’-]+(?: [A-ZÀ-Þ][\wà-ÿ'’-]+)?"
)


def brotherhoods(view: View) -> Iterator[Candidate]:
    """Groups that are called after who belongs to them or what they are for: "Sons of Iraq", "Friends of the
    Earth"."""
    for match in _BROTHERS.finditer(view.content):
        words = match.group().split()
        if view.in_title(match.start()) or words[-1].lower() in cues("runs: calendar"):
            continue
        name = keys.clean_name(match.group())
        yield Candidate(*match.span(), Kind.ORGANIZATION, name, None, name, "shape", 0.7, rank=39)


def extended(view: View, known: Sequence[Candidate]) -> Iterator[Candidate]:
    """Listed bodies whose name goes on to a head word: "House of Commons Defence Committee"."""
    doc = view.doc
    for body in known:
        if body.kind not in (Kind.ORGANIZATION, Kind.OPERATOR) or body.method != "lexicon":
            continue
        last = view.span(body.start, body.end).end - 1
        end, kind = last, None
        while (
            end + 1 < len(doc)
            and end - last < 4
            and doc[end + 1].text[0].isupper()
            and not (doc[end + 1].is_sent_start or calendar(doc[end + 1]))
        ):
            end += 1
            head = heads().get(doc[end].lower_)
            if head and head.kind in (Kind.ORGANIZATION, Kind.OPERATOR):
                last = end
                kind = body.kind if doc[end].lower_ in _COMPANY else head.kind
        if kind and not view.in_title(body.start):
            yield relabel(_body(view, view.token_at(body.start).i, last, kind), rank=53)


def _shouted(view: View, run: Run) -> bool:
    """In a headline all in capitals every word looks like a name."""
    return view.in_title(view.doc[run.first].idx) and view.content[: view.title_end].isupper()


def _before_common_head(view: View, run: Run) -> Iterator[Candidate]:
    """ "Al Khadim air base", "Kavala's airport", "airport of Sanaa", "Afar region"."""
    doc, content = view.doc, view.content
    start, end = doc[run.first].idx, doc[run.last].idx + len(doc[run.last].text)
    owned = re.match(r"['’]s", content[end : end + 2])
    airport = _LOWER_AIRPORT.match(content, end + (2 if owned else 0))
    if (
        airport
        and not _described(view, run, airport)
        and not all(t.i in view.demonyms for t in doc[run.first : run.last + 1])
    ):
        yield _named(content, start, airport.end(), Kind.AIRPORT, "shape", 41)
    elif before := _AIRPORT_OF.search(content[max(start - 32, 0) : start]):
        yield _named(content, max(start - 32, 0) + before.start(), end, Kind.AIRPORT, "shape", 37)
    region = _LOWER_PLACE.match(content, end)
    if region and not all(t.i in view.demonyms for t in doc[run.first : run.last + 1]):
        yield _named(content, start, region.end(), Kind.PLACE, "shape", 19)


def _described(view: View, run: Run, airport: re.Match[str]) -> bool:
    """ "the Moscow air base" says where a base lies, "a Wagner base" whose it is; neither names it."""
    if "airport" in airport.group():
        return False
    tokens = view.doc[run.first : run.last + 1]
    if all(t.i in view.fields for t in tokens):
        return False
    known = all(t.i in view.located for t in tokens)
    return (known and run.first > 0 and view.doc[run.first - 1].lower_ in ("the", "a", "an", "this")) or (
        airport.group() == " base"
        and (
            known
            or tokens.text.isupper()
            or (
                any(t.ent_type_ in ("ORG", "NORP") for t in tokens)
                and not tokens.text.startswith("Al ")
                and run.first > 0
                and view.doc[run.first - 1].lower_ in ("the", "a", "an", "this")
            )
        )
    )


def _named(content: str, start: int, end: int, kind: Kind, method: str, rank: int) -> Candidate:
    name = keys.clean_name(content[start:end])
    return Candidate(
        start,
        end,
        kind,
        place_id(None, name) if kind is Kind.PLACE else name,
        None,
        name,
        method,
        0.8,
        rank=rank,
    )


@cache
def openers() -> dict[str, Kind]:
    """Words that open a body's name and class it: "Jaish", "OOO", "Universitas"."""
    return {row["opener"]: Kind(row["kind"]) for row in rows("tailgraph.nlp", "lexicons", "name_openers.csv")}


def _in_run(view: View, run: Run) -> Iterator[Candidate]:
    opening = openers().get(key(view.doc[run.first].text)) or openers().get(
        key(view.doc[run.first : run.first + 2].text)
    )
    if opening and run.last > run.first:
        yield _body(view, run.first, run.last, opening)
        return
    found = _last_head(view, run)
    if found is None:
        return
    first, last, head = found
    if head.kind is None or (first == run.first and view.doc[first].lower_ == "staff"):
        return
    start = run.first
    while start < first and _no_part(view.doc[start]):
        start += 1
    opens = all(t.i in view.located or t.text.isupper() or "." in t.text for t in view.doc[start:first])
    end = _tail(view, last, run, head, opens=opens)
    if (
        head.kind is Kind.ORGANIZATION
        and view.doc[last].lower_ == "government"
        and (end == last or view.doc[last + 2].i in view.located or view.doc[end].i in view.located)
    ):
        return
    if start == first and end == last:
        if (
            head.kind is Kind.OPERATOR
            and view.doc[first].text == "Air"
            and run.last > last
            and view.doc[first + 1].lower_ not in cues("bodies: air ranks")
        ):
            end = run.last
        else:
            return
    yield _body(view, start, end, head.kind)


def _no_part(token: Token) -> bool:
    """Does the token only happen to be capitalised before the name?"""
    return (opener(token) and not opens_name(token)) or _opens_sentence(token)


def _opens_sentence(token: Token) -> bool:
    """ "Overnight Sky News": an adverb with a capital, because the sentence begins."""
    return token.is_sent_start is True and token.tag_ in ("RB", "IN", "WRB", "UH") and len(token) > 2


def _last_head(view: View, run: Run) -> tuple[int, int, Head] | None:
    """The last head word (or words) of a run, with what it makes of the name; a legal form only where
    nothing else."""
    doc, known = view.doc, heads()
    legal = None
    for i in range(run.last, run.first - 1, -1):
        for width in (3, 2, 1):
            if i - width + 1 < run.first:
                continue
            head = known.get(" ".join(t.lower_ for t in doc[i - width + 1 : i + 1]).rstrip("."))
            if head and doc[i].lower_.rstrip(".") in cues("bodies: legal forms"):
                legal = legal or (i, i, head)
                break
            if head:
                return i - width + 1, (legal[1] if legal else i), head
    return legal


def _tail(view: View, last: int, run: Run, head: Head, *, opens: bool) -> int:
    """The last token of the name: behind the head may follow "of Foreign Affairs" or a legal form.

    `opens`: the head is the first word of the name. Only then a town belongs to it ("Bank of Georgetown", but
    "Caspian Trade Bank of Baku" is the bank, in Baku); a state belongs to any ("Christian Association of
    Nigeria").
    """
    doc, size = view.doc, len(view.doc)
    i = last
    for _ in range(3):
        if i + 2 >= size or doc[i + 1].lower_ not in head.links:
            break
        after = _named_after(view, i + 2)
        if after is None or (
            not opens
            and i == last
            and doc[i + 1].lower_ == "of"
            and head.kind is not Kind.OPERATOR
            and view.doc[after].i in view.located
            and view.doc[after].i not in view.states
        ):
            break
        i = after
    match = _CORPORATE.match(view.content, doc[i].idx + len(doc[i].text))
    while match:
        i = view.token_at(match.end() - 1).i
        match = _CORPORATE.match(view.content, doc[i].idx + len(doc[i].text))
    return i


def _named_after(view: View, i: int) -> int | None:
    """The last token of the capitalised words from `i` on ("the Study of War" → "War"), None where there are
    none."""
    doc, size = view.doc, len(view.doc)
    if doc[i].lower_ == "the":
        i += 1
    if i < size and (
        (doc[i].ent_type_ == "PERSON" and doc[i].i not in view.located) or key(doc[i].text) in given_names()
    ):
        return None
    last = None
    while i < size:
        token = doc[i]
        if calendar(token):
            break
        if token.text[0].isupper() and not token.is_sent_start:
            last = i
        elif (
            last is None
            or token.lower_ not in ("and", "-", ",")
            or i + 1 >= size
            or not doc[i + 1].text[0].isupper()
            or (token.lower_ in ("and", ",") and not _one_name(view, i))
        ):
            break
        i += 1
    return last


def _one_name(view: View, i: int) -> bool:
    """Does "and" join two fields of one body ("Trade and Industry") rather than two names?"""
    doc = view.doc
    if doc[i].lower_ == "and" and i - 1 in view.located and i + 1 in view.located:
        return doc[i - 2].lower_ == "on"
    return (
        doc[i].lower_ == "and"
        and doc[i + 1].ent_type_ not in ("PERSON", "GPE")
        and (doc[i + 1].lower_ in cues("bodies: fields") and doc[i - 1].lower_ in cues("bodies: fields"))
    )


def _body(view: View, first: int, last: int, kind: Kind) -> Candidate:
    doc = view.doc
    start, end = doc[first].idx, doc[last].idx + len(doc[last].text)
    name = keys.clean_name(view.content[start:end])
    identity = place_id(None, name) if kind is Kind.PLACE else name
    return Candidate(
        start,
        end,
        kind,
        identity,
        None,
        name,
        "shape",
        0.8,
        rank=40,
        variants=_trimmed(view, first, last, kind),
    )


def _trimmed(view: View, first: int, last: int, kind: Kind) -> tuple[str, ...]:
    """The name without the state that opens it ("Chinese PLA Air Force") and without the place that ends it
    ("Bank of Sudan in Omdurman"), where enough of a name is left."""
    if kind is Kind.PLACE:
        return ()
    doc, content = view.doc, view.content
    head = first
    while head < last and (doc[head].i in view.located or doc[head].text in ("'s", "’s")):
        head += 1
    tail = last
    while tail > first and doc[tail].i in view.located:
        tail -= 1
    if doc[tail].lower_ == "the":
        tail -= 1
    ends = doc[tail].lower_ in ("of", "for", "in", "on", "to") and tail - 1 - first >= 1
    spans = []
    if first < head and last - head >= 1:
        spans.append((head, last))
    if ends:
        spans.append((first, tail - 1))
    return tuple(content[doc[a].idx : doc[b].idx + len(doc[b].text)] for a, b in spans)
