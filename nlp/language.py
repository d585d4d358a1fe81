"""Which language a report is in, as far as it matters here: English is parsed, everything else is not.

A report in another language keeps what needs no grammar (registrations, addresses, designators of types,
names that are written alike), and says so by its language code.
"""

from __future__ import annotations

import re
from collections import Counter

from tailgraph.nlp.cues import cues

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

# Languages whose function words the cue table holds.
_KNOWN = ("en", "fr", "es", "de", "pt", "it", "tr", "nl", "pl")
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
    counts = Counter({code: sum(word in cues(f"language: {code}") for word in words) for code in _KNOWN})
    code, hits = counts.most_common(1)[0]
    if counts[ENGLISH] >= hits * 0.8 and counts[ENGLISH] >= len(words) * 0.05:
        return ENGLISH
    if hits >= len(words) * 0.08:
        return code
    # Lists, tables and headlines hold few function words in any language; Latin script is read as English.
    return ENGLISH if letters and len(re.findall(r"[A-Za-z]", sample)) > letters * 0.95 else UNKNOWN


def is_common_noun(name: str) -> bool:
    """Whether a name of English reports means any such body in its own language: every air force is a
    "Luftwaffe" in German, not only that of Germany."""
    return name.casefold().replace("’", "'") in cues("language: common nouns abroad")
