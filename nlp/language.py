"""Which language a report is in, as far as it matters here: English is parsed, everything else is not.

A report in another language keeps what needs no grammar (registrations, addresses, designators of types,
names that are written alike), and says so by its language code.
"""

from __future__ import annotations

import re
from collections import Counter

ENGLISH = "en"
UNKNOWN = "und"
# Enough to tell a language; a longer look would only cost time.
_SAMPLE = 6000
_MIN_WORDS = 8

_SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("uk", re.compile(r"[іїєґІЇЄҐ]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("fa", re.compile(r"[پچژگ]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("hy", re.compile(r"[\u0530-\u058f]")),
    ("ka", re.compile(r"[\u10a0-\u10ff]")),
    ("my", re.compile(r"[\u1000-\u109f]")),
    ("am", re.compile(r"[\u1200-\u137f]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
)

_FUNCTION_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(
        "the of and to in a that is was for on with as by at from it be has have had were "
        "which said "
        "not an are this been their its after before who will would they he she but or".split()
    ),
    "fr": frozenset(
        "le la les des du de et un une dans que qui est sur pour par au aux avec pas plus son "
        "sa ses "
        "ont été cette ce il elle selon".split()
    ),
    "es": frozenset(
        "el la los las de del y en un una que es por para con se su al lo como más fue ha sido "
        "según "
        "este esta no".split()
    ),
    "de": frozenset(
        "der die das und in den von zu mit dem des auf für ist im ein eine nicht sich auch als "
        "an es "
        "nach wurde sei hat am".split()
    ),
    "pt": frozenset(
        "o os as de do da dos das e em um uma que é por para com se no na ao mais foi não segundo".split()
    ),
    "it": frozenset(
        "il lo gli di del della dei e in un una che è per con si da al alla nel non più sono stato".split()
    ),
    "tr": frozenset("ve bir bu için ile da de olarak olan daha çok gibi sonra kadar".split()),
    "nl": frozenset("de het een van en in op te dat die voor met is zijn niet aan door naar werd".split()),
    "pl": frozenset("i w na z do że się nie jest o po od przez za dla oraz".split()),
}
_WORD = re.compile(r"[^\W\d_]+")


def of(content: str) -> str:
    """ISO 639-1 code of the language that most of `content` is in; 'und' where it cannot be told."""
    sample = content[:_SAMPLE]
    letters = len(re.findall(r"[^\W\d_]", sample))
    for code, script in _SCRIPTS:
        if letters and len(script.findall(sample)) > letters * (0.02 if code in ("uk", "fa") else 0.3):
            return code
    words = [word.casefold() for word in _WORD.findall(sample)]
    if len(words) < _MIN_WORDS:
        return ENGLISH
    counts = Counter({code: sum(word in known for word in words) for code, known in _FUNCTION_WORDS.items()})
    code, hits = counts.most_common(1)[0]
    if counts[ENGLISH] >= hits * 0.8 and counts[ENGLISH] >= len(words) * 0.05:
        return ENGLISH
    if hits >= len(words) * 0.08:
        return code
    # Lists, tables and headlines hold few function words in any language; Latin script is read as English.
    return ENGLISH if letters and len(re.findall(r"[A-Za-z]", sample)) > letters * 0.95 else UNKNOWN
