"""Two readings of a report, compared: nothing lost, nothing told twice."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tailgraph.graph import readings
from tailgraph.graph.readings import ReadClaim, Reading, delta, reading, restored, stored
from tests.graph import made_up
from tests.graph.scene import accuse, report, told

CLAIM = st.builds(ReadClaim, kind=st.sampled_from(["Allegation", "ReportedFlight"]),
                  cue_start=st.integers(0, 2), cue_end=st.just(5), start=st.just(0), end=st.just(9),
                  says=st.fixed_dictionaries({"accused": st.lists(st.sampled_from("ab"), max_size=2)}))
MENTION = st.sampled_from(["0-2 Country RU", "4-9 Aircraft RA-1"])
READING = st.builds(Reading, extractor=st.sampled_from(["1", "2"]),
                    claims=st.lists(CLAIM, max_size=5).map(tuple),
                    mentions=st.lists(MENTION, unique=True).map(tuple))


def counted(claims: tuple[ReadClaim, ...]) -> Counter[str]:
    return Counter(claim.model_dump_json() for claim in claims)


@given(READING, READING)
def test_the_second_is_the_first_with_the_difference_made(first: Reading, second: Reading) -> None:
    found = delta(first, second)
    before = tuple(one.before for one in found.changed)
    after = tuple(one.after for one in found.changed)
    assert counted(first.claims) - counted((*found.gone, *before)) == counted(second.claims) - counted(
        (*found.added, *after))
    assert counted((*found.gone, *before)) - counted(first.claims) == Counter()
    assert counted((*found.added, *after)) - counted(second.claims) == Counter()
    assert {*first.mentions, *found.mentions_added} - {*found.mentions_gone} == {*second.mentions}
    assert all(one.before.place == one.after.place and one.slots for one in found.changed)
    assert bool(found) == (counted(first.claims) != counted(second.claims) or {*first.mentions} != {
        *second.mentions})


@given(st.integers(0, made_up.REPORTS - 1), st.integers(0, 1))
def test_a_reading_is_kept_whole_and_without_words(number: int, extractor: int) -> None:
    extraction = made_up.report(number, extractor)
    read = reading(extraction)
    kept = stored(read)
    assert restored(kept) == read
    assert not delta(restored(kept), read)
    assert all(extraction.document.text not in line for line in kept["claims"])


def test_what_a_claim_says_otherwise_is_named_slot_by_slot() -> None:
    first = report("Title", accuse(["IL76", "A124"], is_open=True), told(aircraft=["RA-82030"], index=1))
    second = report("Title", accuse(["IL76"], denied_by=["RU"]), told(aircraft=["RA-82030"], index=1))
    found = delta(reading(first), reading(second))
    (changed,) = found.changed
    assert (found.added, found.gone) == ((), ())
    assert changed.slots == {"accused": (["AircraftType A124?", "AircraftType IL76?"], ["AircraftType IL76"]),
                             "denied_by": (None, ["Country RU"])}
    assert readings.count([found]) == {"claims_added": 0, "claims_gone": 0, "claims_changed": 1,
                                       "mentions_added": 0, "mentions_gone": 0}
