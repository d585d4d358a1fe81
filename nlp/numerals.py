"""Numbers as reports write them: "seventeen", "a dozen", "at least six", "1,200"."""

from __future__ import annotations

import re

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

WORDS: dict[str, int] = {
    **{word: value for value, word in enumerate(_UNITS)},
    **{word: 10 * (index + 2) for index, word in enumerate(_TENS)},
    "a": 1,
    "an": 1,
    "single": 1,
    "once": 1,
    "twice": 2,
    "thrice": 3,
    "both": 2,
    "pair": 2,
    "couple": 2,
    "trio": 3,
    "quartet": 4,
    "half-dozen": 6,
    "dozen": 12,
    "score": 20,
    "hundred": 100,
}
ORDINALS: dict[str, int] = {
    word: value
    for value, word in enumerate(
        ("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth").split(), start=1
    )
}

# A regular expression (no groups) for an ordinal after the first: "third", "nineteenth", "22nd".
LATER_ORDINAL = rf"(?:{'|'.join(list(ORDINALS)[1:])}|\w+teenth|\w+tieth|\d+(?:st|nd|rd|th))"

_SMALL = "|".join(sorted((w for w in WORDS if w not in {"a", "an"}), key=len, reverse=True))
# A regular expression (no groups) for a number that stands before a noun.
NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}}|half a dozen|(?:{_SMALL})(?:[ -](?:{_SMALL}))*"
    r"|an?(?: (?:couple|pair|dozen|score|hundred|single))?)"
)


def number(text: str) -> int | None:
    """The whole number that `text` writes in digits or words, None where it writes none.

    >>> number("twenty-one"), number("a dozen"), number("two hundred"), number("1,200"), number("many")
    (21, 12, 200, 1200, None)
    """
    text = text.strip().lower()
    if re.fullmatch(r"[\d,]*[0-9]", text) and text.isascii():
        return int(text.replace(",", ""))
    if text == "half a dozen":
        return 6
    total = 0
    words = [w for w in re.split(r"[ -]+", "half-dozen" if text == "half-dozen" else text) if w]
    if not words or (text not in WORDS and any(w not in WORDS for w in words)):
        return None
    if text in WORDS:
        return WORDS[text]
    for word in words:
        value = WORDS[word]
        if word in {"dozen", "score", "hundred"}:
            total = max(total, 1) * value
        elif word in {"a", "an"} and len(words) > 1:
            continue
        else:
            total += value
    return total
