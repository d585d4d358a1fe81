"""Which outlets a report says that it has something from: "citing NK News", "first reported by Reuters"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from tailgraph.graph.reference import tables

MOST = 60
"""A report that cites more names than this is an index of others, not a retelling of one."""
LONGEST_NAME = 100
LONGEST = 2_000
"""Characters of a passage that are looked at: sentences are shorter, and so is what they cite."""
_WORD = r"[A-Z0-9][\w&.'’/-]{0,24}"
_NAME = rf"{_WORD}(?:[ \xa0](?:of (?:the )?|for )?{_WORD}){{0,6}}"
_LIST = rf"(?:[Tt]he )?({_NAME}(?:(?:, and|,| and| as well as) (?:the )?{_NAME}){{0,4}})"
_TOLD = r"(?:reported|reports|wrote|writes|revealed|disclosed|said|says)"
_CITES = tuple(re.compile(pattern) for pattern in (
    rf"\b(?:[Cc]iting|[Qq]uoting|[Cc]ited by|[Qq]uoted by) (?:a report (?:by|from|in) )?{_LIST}",
    rf"\b(?:[Rr]eported|[Pp]ublished|[Rr]evealed|[Dd]isclosed|[Ss]een|[Rr]eviewed|[Oo]btained|[Aa]nalysed|"
    rf"[Aa]nalyzed|[Nn]oted|[Bb]roken) (?:first |earlier )?by {_LIST}",
    rf"\b[Aa]ccording to (?:(?:a|the|an) (?:\w+ )?(?:report|article|story|analysis|investigation|account|"
    rf"dispatch) (?:by|from|in|of|published by|published in) )?{_LIST}",
    rf"\b[Tt]old {_LIST}", rf"\b(?:[Ss]ource|[Vv]ia): {_LIST}",
    rf"\b{_LIST}(?: \w+ly| first| has| have)? {_TOLD}\b",
    rf"\b{_LIST}['’]s? (?:report|article|story|analysis|investigation)\b",
    rf"\b(?:[Aa]|[Tt]he) {_LIST} (?:report|article|story|analysis|investigation)\b"))
# Who has looked for himself is an origin of his own, whomever he names besides.
_OWN_EYES = re.compile(
    r"\b(?:independently|separately|could (?:also )?confirm|(?:has|have) (?:also )?(?:confirmed|verified)|"
    r"our (?:own )?(?:reporter|correspondent|analysis))\b", re.IGNORECASE)
_BETWEEN = re.compile(r", and (?:the )?|, (?:the )?| and (?:the )?| as well as (?:the )?")


def cites(passages: Mapping[int, str]) -> list[str]:
    """"INDEX NAME" of each passage and outlet-like name that it has something from, names folded.

    Whether there is such an outlet shows only beside the other reports: here every name counts.
    """
    found = {f"{index} {name}" for index, text in passages.items() for name in _named(text)}
    return sorted(found, key=_order) if len({one.partition(" ")[2] for one in found}) <= MOST else []


def outlet(name: str) -> str:
    """One folded name for all that an outlet is called: "the Associated Press (AP)" → "associated press"."""
    plain = re.sub(r"\s*\([^)]*\)$", "", name).strip(" .,'’")
    plain = " ".join(re.sub(r"^the ", "", plain.casefold()).split())
    return _aliases().get(plain, plain)


def is_known(name: str) -> bool:
    """Whether the folded name is one of the table of outlets."""
    return name in _aliases()


def passage_and_name(cited: str) -> tuple[int, str]:
    index, _, name = cited.partition(" ")
    return int(index), name


def _named(text: str) -> Iterator[str]:
    if _OWN_EYES.search(text):
        return
    for pattern in _CITES:
        for found in pattern.finditer(text[:LONGEST]):
            yield from (name for part in (found[1], *_BETWEEN.split(found[1]))
                        if (name := outlet(part[:LONGEST_NAME])))


def _order(cited: str) -> tuple[int, str]:
    return passage_and_name(cited)


@cache
def _aliases() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in tables.rows("outlets"):
        name = re.sub(r"^the ", "", row["name"].casefold())
        for form in (row["name"], *filter(None, row["aliases"].split("|"))):
            found[re.sub(r"^the ", "", form.casefold())] = name
    return found
