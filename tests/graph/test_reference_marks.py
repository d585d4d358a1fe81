"""Registrations by the rules of their states: the one right form, or left as it is."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tailgraph.graph.reference import marks
from tailgraph.graph.reference.tables import countries


@pytest.mark.parametrize(("written", "right"), [
    ("RA82030", "RA-82030"), ("ra 82030", "RA-82030"), ("RA‑82030", "RA-82030"), ("RF86898", "RF-86898"),
    ("N899DN", "N899DN"), ("GBOAC", "G-BOAC"), ("4XEHA", "4X-EHA"), ("CCCP76500", "CCCP-76500"),
    ("VPBXX", "VP-BXX"), ("YV-3531", "YV3531"), ("9XRWP", "9XR-WP"), ("UR82060", "UR-82060")])
def test_the_right_form_where_one_mark_alone_fits(written: str, right: str) -> None:
    assert marks.registration(written) == right
    assert marks.registration(right) == right


@pytest.mark.parametrize("written", [
    "P632", "B2446", "N-316", "08 RED", "165829", "FAC1282", "OK-YUQ 60", "66-8001", "F-16", "RA-8203",
    "AAAAA", "UN1234", "ZZZ-99999999999"])
def test_what_may_be_something_else_stays_as_it_is(written: str) -> None:
    assert marks.registration(written) == written


@pytest.mark.parametrize(("written", "state", "right"), [
    ("P632", "KP", "P-632"), ("P116", "IN", "P116"), ("B2446", "CN", "B-2446"), ("BLXF", "CN", "B-LXF"),
    ("MLIFT", "GB", "M-LIFT"), ("SECUL", "FR", "SECUL"), ("N-316", "NL", "N-316"), ("N-316", "US", "N316"),
    ("RA82030", "UA", "RA82030")])
def test_the_state_of_the_address_decides(written: str, state: str, right: str) -> None:
    assert marks.registration(written, state) == right


ROWS = [row for shapes in marks.marks().values() for row in shapes]


@given(st.data())
def test_any_registration_comes_back_from_its_bare_letters_or_stays_bare(data: st.DataObject) -> None:
    row = data.draw(st.sampled_from(ROWS))
    suffix = data.draw(st.from_regex(row.suffix, fullmatch=True).filter(str.isascii))
    right = row.join(suffix)
    assume(marks.shape(row.mark, suffix) == row)
    assert marks.registration(right, row.country) == right
    solid = row.mark + suffix
    assert marks.registration(solid, row.country) in {right, solid}
    assert bare(marks.registration(solid)) == solid


@given(st.text(max_size=20), st.sampled_from([None, "RU", "US", "GB"]))
def test_the_right_form_is_final(written: str, state: str | None) -> None:
    once = marks.registration(written, state)
    assert marks.registration(once, state) == once
    assert bare(once) == bare(marks.registration(written))


def bare(registration: str) -> str:
    return registration.replace("-", "").replace(" ", "")


def test_every_country_of_a_mark_exists() -> None:
    assert {row.country for row in ROWS} - {None} <= countries().keys()
