"""How alike two names are, and why, in words. Never certain: at most BEST, and for a person to judge."""

from __future__ import annotations

from dataclasses import dataclass

from tailgraph.graph.identity.letters import consonants, has_same_bones, is_near, sound
from tailgraph.graph.identity.names import Name, words
from tailgraph.graph.model import Kind

BEST = 0.95
LIKELY = 0.85
"""From here on a proposal is called likely, below it possible."""
_SPELLED, _KIN, _NEAR, _INITIAL, _BONES = 0.97, 0.9, 0.88, 0.85, 0.78
"""How far two words may be one: by sound, as words for an airline, but for one letter, as initial and word,
by their consonants only."""


@dataclass(frozen=True, slots=True)
class Likeness:
    score: float
    reasons: tuple[str, ...]


def likeness(one: Name, other: Name, kind: Kind) -> Likeness | None:
    """None where nothing speaks for their being one, or something speaks against it."""
    if one.numbers != other.numbers or one.contrasts != other.contrasts:
        return None
    if one.countries and other.countries and not one.countries & other.countries:
        return None
    if kind is Kind.WEAPON:
        return _model(one, other)
    found = _short(one, other) or _same_letters(one, other) or _aligned(one, other, kind)
    if found is None:
        return None
    remark = ("only one names a country",) if one.countries != other.countries else ()
    return Likeness(round(found.score - 0.12 * len(remark), 2), (*found.reasons, *remark))


def _model(one: Name, other: Name) -> Likeness | None:
    """Models are designators: their words must be the same; only signs and blanks may differ."""
    if (one.words or one.numbers) and one.squashed == other.squashed:
        return Likeness(BEST, ("the same model, written otherwise",))
    return None


def _short(one: Name, other: Name) -> Likeness | None:
    for short, full in ((one, other), (other, one)):
        letters = short.squashed
        if short.is_short and not full.is_short and len(letters) > 1 and letters in full.initials:
            return Likeness(0.8 if len(letters) > 2 else 0.7, (f"{short.written} may abbreviate it",))
    return None


def _same_letters(one: Name, other: Name) -> Likeness | None:
    if not one.squashed:
        return None
    if one.words == other.words:
        return Likeness(BEST, ("the same words, but for signs, accents, articles, short forms, legal form",))
    if one.squashed == other.squashed:
        return Likeness(0.93, ("the same letters, with other blanks",))
    if sorted(one.words) == sorted(other.words):
        return Likeness(0.9, ("the same words in another order",))
    bones = consonants(one.squashed)
    if len(one.words) != len(other.words) and len(bones) > 4 and bones == consonants(other.squashed):
        return Likeness(0.78, ("the same consonants, with other blanks",))
    return None


@dataclass(slots=True)
class _Alignment:
    """Words of the one with those of the other, each at most once; and what is left over on each side."""

    pairs: list[tuple[str, str, float]]
    left: list[str]
    right: list[str]


def _aligned(one: Name, other: Name, kind: Kind) -> Likeness | None:
    lined = _align(one, other, kind)
    extra = lined.left or lined.right
    telling = [pair for pair in lined.pairs if pair[0] not in words("generic")]
    is_explained = set(extra) <= one.initials | other.initials
    if not lined.pairs or (lined.left and lined.right) or not (telling or one.numbers or is_explained):
        return None
    if any(word in words("generic") and word not in words("loose") for word in extra):
        return None  # the Council of the Union is not the Union, nor a squadron its regiment
    if kind is Kind.PERSON and not _is_person(lined, extra):
        return None
    quality = sum(pair[2] for pair in lined.pairs) / len(lined.pairs)
    lowest = min(pair[2] for pair in lined.pairs)
    score = (quality + lowest) / 2 - _penalty(extra, lined, kind)
    if not telling and not one.numbers and lowest < 1:
        score = min(score, LIKELY - 0.05)  # Air Congo and Congo Airways
    return Likeness(min(BEST, score), tuple(_reasons(lined, extra)))


def _align(one: Name, other: Name, kind: Kind) -> _Alignment:
    left, right = list(one.words), list(other.words)
    pairs = list[tuple[str, str, float]]()
    for least in (1.0,) if one.is_short or other.is_short else (1.0, _SPELLED, _KIN, _NEAR, _INITIAL, _BONES):
        for word in list(left):
            match = next((w for w in right if _level(word, w, kind) >= least), None)
            if match is not None:
                pairs.append((word, match, _level(word, match, kind)))
                left.remove(word)
                right.remove(match)
    return _Alignment(pairs, left, right)


def _level(one: str, other: str, kind: Kind) -> float:
    """How far two words may be one."""
    if one == other:
        return 1.0
    if kind is Kind.PERSON and 1 in (len(one), len(other)):
        return _INITIAL if one[0] == other[0] else 0.0
    if kind is Kind.OPERATOR and one in words("airline") and other in words("airline"):
        return _KIN
    if not words("generic").keys().isdisjoint((one, other)):
        return 0.0
    if sound(one) == sound(other):
        return _SPELLED
    known = words("variant").values()
    if one in known and other in known:
        return 0.0
    return _NEAR if is_near(one, other) else _BONES if has_same_bones(one, other) else 0.0


def _is_person(lined: _Alignment, extra: list[str]) -> bool:
    """Two names of a person share two words, one of them in full; of initials both have the same."""
    if any(len(word) == 1 for word in extra) and any(
            len(one) == len(other) == 1 for one, other, _ in lined.pairs):
        return False
    full = sum(len(one) > 1 and len(other) > 1 for one, other, _ in lined.pairs)
    return len(lined.pairs) > 1 and full > 0 and len(extra) < 2


def _penalty(extra: list[str], lined: _Alignment, kind: Kind) -> float:
    """For each word that only one has: little for "Airlines", more for "Cargo" and such, most for others."""
    if kind is Kind.PERSON:
        return 0.1 * len(extra)
    single = 0.05 if len(lined.pairs) == 1 and lined.pairs[0][2] < 1 else 0.0
    return single + sum(0.08 if word in words("airline") else 0.18 if word in words("loose") else 0.3
                        for word in extra)


def _reasons(lined: _Alignment, extra: list[str]) -> list[str]:
    found = [f"{one} and {other} may be one word spelled otherwise" for one, other, level in lined.pairs
             if level in (_SPELLED, _NEAR, _BONES)]
    found += [f"{min(one, other, key=len).upper()}. may stand for {max(one, other, key=len)}"
              for one, other, level in lined.pairs if level == _INITIAL]
    if not found:
        found.append("the same words: " + ", ".join(sorted(one for one, _, _ in lined.pairs)))
    if extra:
        found.append("only one has: " + ", ".join(extra))
    return found
