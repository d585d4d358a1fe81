"""Words as they sound, whatever alphabet and whoever's romanisation they were written in."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPECIAL = str.maketrans({"ı": "i", "ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "ə": "a", "œ": "oe",
                          "þ": "th", "ð": "d", "ʼ": "", "’": "", "'": "", "`": "", "ʿ": "", "ʾ": ""})
_CYRILLIC = dict(zip("абвгдезийклмнопрстуфцыэ", "abvgdeziiklmnoprstufcye", strict=True)) | {
    "ё": "e", "ж": "zh", "х": "kh", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya",
    "і": "i", "ї": "i", "є": "ie", "ґ": "g", "ў": "u", "ј": "j", "љ": "lj", "њ": "nj", "ђ": "dj", "ћ": "c",
    "џ": "dj"}
# Arabic writes few vowels: what comes out is compared by its consonants only.
_ARABIC = dict(zip("ابتجدرزسفقكلمنهويئءأإآةى", "abtjdrzsfqklmnhvyaaaaaha", strict=True)) | {
    "ث": "th", "ح": "h", "خ": "kh", "ذ": "dh", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "",
    "غ": "gh", "ؤ": "v", "پ": "p", "چ": "ch", "گ": "g", "ک": "k", "ی": "y"}
_GREEK = dict(zip("αβγδεζηικλμνξοπρστυφω", "avgdeziiklmnxoprstifo", strict=True)) | {
    "θ": "th", "χ": "ch", "ψ": "ps", "ς": "s"}
_OTHER = {ord(letter): latin for table in (_CYRILLIC, _ARABIC, _GREEK) for letter, latin in table.items()}

# In this order. Only what one name is commonly written as in Latin letters is taken for the same.
_SOUNDS = tuple((re.compile(pattern), sound) for pattern, sound in (
    (r"shch|sch|tsch", "sh"), (r"tch", "ch"), (r"dzh|dj|zh(?=[aeiouy])", "j"), (r"kh|h(?=[^aeiouy]|$)", "h"),
    (r"gh|dh|bh", lambda found: found[0][0]), (r"ph", "f"), (r"th", "t"), (r"ts|tz|cz|c(?=[eiy])", "z"),
    (r"ch", "4"), (r"ck|c|q", "k"), (r"4", "ch"), (r"x", "ks"), (r"w", "v"), (r"ou|oo", "u"), (r"ee", "i"),
    (r"(?<=[aeiou])j(?![aeiou])", "i"), (r"y", "i"), (r"i+", "i"), (r"ai", "ei"), (r"ae|ie|eo", "e"),
    (r"io(?=.)", "e"), (r"(.)\1+", r"\1")))
_VOWELS = re.compile(r"[aeiou]")


def plain(text: str) -> str:
    """`text` in small Latin letters without accents, transliterated where another alphabet is known."""
    # Some letters ("𝓐") are capitals only once their form is taken from them, others fold to such forms.
    lower = unicodedata.normalize("NFKC", text).casefold().translate(_OTHER)
    folded = unicodedata.normalize("NFKD", lower.translate(_SPECIAL))
    return "".join(letter for letter in folded if not unicodedata.combining(letter))


@lru_cache(100_000)
def sound(word: str) -> str:
    """How a plain word sounds, roughly: Mikheychik and Mikheichik, Khaled and Haled are one."""
    for pattern, spelled in _SOUNDS:
        word = pattern.sub(spelled, word)
    return word


@lru_cache(100_000)
def consonants(word: str) -> str:
    """The consonants of a plain word as it sounds; one vowel stands for any at its beginning, and K for the
    sounds that are romanised as K, Q, G and Gh."""
    heard = sound(word).replace("g", "k")
    bare = _VOWELS.sub("", heard)
    return f"a{bare}" if heard[:1] in "aeiou" else bare


def is_near(one: str, other: str) -> bool:
    """Whether two plain words differ, as they sound, by one letter of four or more."""
    return _comparable(one, other) and _distance_is_one(sound(one), sound(other)) and (
        consonants(one) == consonants(other) or (min(len(one), len(other)) > 6 and one[0] == other[0])
        or one + "s" == other or other + "s" == one)


def has_same_bones(one: str, other: str) -> bool:
    """Whether two plain words have the same two consonants or more: Khaled and Khalid, but also Hassan and
    Hussein."""
    bones = consonants(one)
    return _comparable(one, other) and len(bones) > 1 and bones == consonants(other)


def _comparable(one: str, other: str) -> bool:
    """Two that differ in whether they end in "a" are not: Petrov and Petrova, Khaled and Khaleda."""
    return min(len(one), len(other)) > 3 and one.endswith(("a", "ah")) == other.endswith(("a", "ah"))


def _distance_is_one(one: str, other: str) -> bool:
    """Whether one letter added, dropped, exchanged for another, or swapped with the next makes them equal."""
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) > 1:
        return False
    at = next((i for i, letter in enumerate(shorter) if letter != longer[i]), len(shorter))
    if len(longer) > len(shorter):
        return shorter[at:] == longer[at + 1:]
    swapped = shorter[at:at + 2] == longer[at:at + 2][::-1] and shorter[at + 2:] == longer[at + 2:]
    return swapped or shorter[at + 1:] == longer[at + 1:]
