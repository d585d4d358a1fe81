"""The quick ruler and lemmatizer give what the model's own give, token by token."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from tailgraph.nlp import models, tagging, tokens

TEXTS = (
    "There're two planes that ain't listed; y'all gonna see. Let's go, c'mon, he'd gotta leave.",
    "It is said that there are missiles aboard. What he'd done, they'd have done, too - wouldn't you?",
    "  Lines \n\n with\tspace  \n and \u2028 others.\n",
    "She was seen flying; the planes' holds, its crews and others' loads were 'em. HE SAID SO, AND SHE'S IT.",
    "U.S. officials (who can't say) cannot confirm; better, best, worse, more, most, less, 'tis the plane's.",
    "",
)
EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "reports").glob("*.md"))


@pytest.fixture(scope="module")
def own() -> Language:
    return models.load(None)


@pytest.fixture(scope="module")
def quick() -> Language:
    nlp = models.load(None)
    tagging.quicken(nlp)
    return nlp


def rows(doc: Doc) -> list[tuple[str, ...]]:
    return [(t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.norm_, t.ent_type_) for t in doc]


@pytest.mark.parametrize("text", TEXTS)
def test_every_token_is_as_the_model_has_it(own: Language, quick: Language, text: str) -> None:
    assert rows(quick(text)) == rows(own(text))


@pytest.mark.parametrize("text", TEXTS)
def test_every_token_stays_as_it_was_when_words_are_forgotten(
    own: Language, quick: Language, text: str
) -> None:
    tokens.forget(quick)
    assert rows(quick(text)) == rows(own(text))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_reports_are_as_the_model_has_them(own: Language, quick: Language, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert rows(quick(text)) == rows(own(text))


WORDS = st.sampled_from(
    "there their it its let 's y' all gon na got ta c'm on ai n't not he she 'd had is are be been to who "
    "what that this \n and The plane planes flew flown better most 'em ma'am . , ; — \" 7 $ % #".split(" ")
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=25), st.randoms(use_true_random=False))
def test_any_words_with_any_tags_get_the_same_marks(
    own: Language, quick: Language, words: list[str], chance: object
) -> None:
    tags = [str(label) for label in own.get_pipe("tagger").labels]  # type: ignore[attr-defined]
    deps = ["", "expl", "nsubj", "aux", "ROOT", "det"]
    pick = chance.choice  # type: ignore[attr-defined]
    chosen = [(pick(tags), pick(deps)) for _ in words]

    def marked(nlp: Language) -> list[tuple[str, ...]]:
        doc = Doc(nlp.vocab, words, tags=[t for t, _ in chosen], deps=[d for _, d in chosen])
        ruler = nlp.get_pipe("attribute_ruler")
        return rows(ruler(doc))

    assert marked(quick) == marked(own)


def test_the_ruler_of_the_model_is_really_replaced(quick: Language) -> None:
    assert isinstance(quick.get_pipe("attribute_ruler"), tagging.QuickRuler)
    assert quick.pipe_names == models.load(None).pipe_names


def rulers(*patterns: list[dict[int | str, Any]]) -> Iterator[Language]:
    for change in (False, True):
        nlp = spacy.blank("en")
        ruler = nlp.add_pipe("attribute_ruler")
        assert isinstance(ruler, AttributeRuler)
        for number, pattern in enumerate(patterns):
            ruler.add([pattern], {"LEMMA": f"rule {number}"})
        if change:
            tagging.quicken(nlp)
        yield nlp


def test_a_pattern_of_another_kind_leaves_the_ruler_alone() -> None:
    own, kept = rulers([{"LOWER": "plane"}], [{"LENGTH": {">=": 6}}])
    assert type(kept.get_pipe("attribute_ruler")) is AttributeRuler
    assert rows(kept("a plane, planes")) == rows(own("a plane, planes"))


def test_later_rules_overrule_whether_of_one_token_or_of_several() -> None:
    own, quick = rulers(
        [{"LOWER": {"REGEX": "^pl"}}],
        [{"LOWER": {"REGEX": "^plan"}}, {"LOWER": "flew"}],
        [{"ORTH": {"NOT_IN": ["plane", "flew"]}}],
        [{"LOWER": "flew"}, {"LOWER": "in"}],
        [{"LOWER": {"IN": ["flew"]}}],
    )
    text = "plane flew in, Plane flew, pliers and planes flew in a plane"
    assert isinstance(quick.get_pipe("attribute_ruler"), tagging.QuickRuler)
    assert rows(quick(text)) == rows(own(text))
    assert {t.lemma_ for t in own(text)} >= {"rule 0", "rule 1", "rule 2", "rule 4"}
