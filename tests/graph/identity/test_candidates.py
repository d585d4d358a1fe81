"""What is proposed to a person, what never is, and on which grounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tailgraph.graph.identity.candidates import Named, propose
from tailgraph.graph.identity.judgement import Judgement, Sameness
from tailgraph.graph.identity.letters import consonants, plain, sound
from tailgraph.graph.identity.likeness import BEST, likeness
from tailgraph.graph.identity.names import name
from tailgraph.graph.model import Kind
from tests.graph.identity.look_alikes import pairs, proposed

PAIRS = pairs()
SAME = [pair for pair in PAIRS if pair.is_same]
DIFFERENT = [pair for pair in PAIRS if not pair.is_same]
NEVER = (Kind.AIRCRAFT, Kind.COUNTRY, Kind.AIRCRAFT_TYPE, Kind.WEAPON)


def test_there_are_two_hundred_pairs() -> None:
    assert len({pair.key for pair in PAIRS}) >= 200
    assert min(len(SAME), len(DIFFERENT)) >= 100


def test_nothing_is_called_certain_and_no_wrong_pair_likely() -> None:
    scores = [candidate.score for pair in PAIRS if (candidate := proposed(pair))]
    assert max(scores) <= BEST < 1
    assert [str(pair) for pair in DIFFERENT if (found := proposed(pair)) and found.is_likely] == []


def test_nine_of_ten_true_pairs_are_proposed_and_one_of_twenty_wrong_ones_at_most() -> None:
    missed = [str(pair) for pair in SAME if proposed(pair) is None]
    wrong = [str(pair) for pair in DIFFERENT if proposed(pair)]
    assert len(missed) <= 0.1 * len(SAME), missed
    assert len(wrong) <= 0.05 * len(DIFFERENT), wrong


@pytest.mark.parametrize("pair", [pair for pair in DIFFERENT if pair.left.kind in NEVER], ids=str)
def test_designators_that_differ_are_never_proposed(pair: object) -> None:
    assert proposed(pair) is None  # type: ignore[arg-type]


def test_among_many_the_same_pairs_are_found() -> None:
    """All names of the list at once: what is proposed of two alone is proposed of them among others."""
    everything = {(one.kind, one.id): one for pair in PAIRS for one in (pair.left, pair.right)}
    found = {(one.kind, frozenset((one.left, one.right))) for one in propose(everything.values()).candidates}
    alone = {pair.key for pair in PAIRS if proposed(pair) and {pair.left, pair.right} <= set(
        everything.values())}
    assert alone - found == set()


def test_reasons_are_told() -> None:
    one, other = person("Sergei Mikheychik"), person("Sergey Mikheichik")
    assert propose([one, other]).candidates[0].reasons == (
        "mikheychik and mikheichik may be one word spelled otherwise",)


def person(id_: str) -> Named:
    return Named(Kind.PERSON, id_, (id_,))


def judged(one: str, other: str, verdict: Sameness) -> Judgement:
    return Judgement.of(Kind.PERSON, one, other, verdict, "me")


def test_what_is_judged_or_follows_from_it_is_not_proposed_again() -> None:
    names = ("Viktor Bout", "Victor Bout", "Viktor But")
    entities = [person(id_) for id_ in names]

    def left(*judgements: Judgement) -> set[frozenset[str]]:
        return {frozenset((one.left, one.right)) for one in propose(entities, judgements).candidates}

    everything = {frozenset(names[:2]), frozenset(names[1:]), frozenset(names[::2])}
    assert left() == everything
    for verdict in Sameness:
        assert left(judged(*names[:2], verdict)) == everything - {frozenset(names[:2])} or (
            verdict is Sameness.SAME)
    assert left(judged(*names[:2], Sameness.SAME), judged(*names[1:], Sameness.SAME)) == set()
    assert left(judged(*names[:2], Sameness.SAME), judged(*names[1:], Sameness.DIFFERENT)) == set()


def test_names_that_many_share_are_counted_and_not_compared_each_with_each() -> None:
    many = [Named(Kind.ORGANIZATION, f"foreign ministry (in {n:012x})", (f"foreign ministry (in {n:012x})",),
                  frozenset(["RU"])) for n in range(200)]
    assert propose(many).passed_over == 200


def test_names_that_share_one_word_with_too_many_are_counted_though_each_has_words_of_its_own() -> None:
    letters = "bdfgklmnprst"
    many = [Named(Kind.ORGANIZATION, id_, (id_,)) for id_ in (
        f"Zvezda {one.upper()}a{other}o{third}" for one in letters[:3] for other in letters for third in
        letters[:5])]
    assert propose(many).passed_over >= len(many) - 1


WORDS = st.text(max_size=12)


@given(st.sampled_from(list(Kind)), WORDS, WORDS)
def test_any_two_names_are_compared_alike_in_either_order(kind: Kind, one: str, other: str) -> None:
    there, back = (likeness(name(a, kind), name(b, kind), kind) for a, b in ((one, other), (other, one)))
    assert (there and there.score) == (back and back.score)
    assert there is None or 0 < there.score <= BEST


@given(WORDS)
def test_folding_a_word_twice_changes_nothing_more(word: str) -> None:
    assert plain(plain(word)) == plain(word)
    assert consonants(word) == consonants(word)
    assert isinstance(sound(word), str)
