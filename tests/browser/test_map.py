"""A map in a real browser: it moves, hides flights, fetches nothing, and runs nobody else's script."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By

from tailgraph.flights.chart.page import page
from tailgraph.flights.chart.scene import compose
from tailgraph.flights.sun import LIMITS_DEG
from tests.flights.chart.flown import leg

OWNED = "document.title='owned'"
WICKED = f"</title></script><script>{OWNED}</script><img src=x onerror=\"{OWNED}\">"

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(chromium: Chrome, tmp_path: Path) -> Chrome:
    by_night = leg(WICKED)
    by_day = replace(leg(**{"from": "ZKPY", "to": "UHWW", "departure": "2024-03-21T02:00:00Z"}), id="back")
    file = tmp_path / "map.html"
    file.write_text(page(compose(WICKED, [by_night, by_day], LIMITS_DEG["sunset"])), encoding="utf-8")
    chromium.get(file.as_uri())
    return chromium


def view(browser: Chrome) -> list[float]:
    box = browser.find_element(By.CSS_SELECTOR, "svg.sheet").get_dom_attribute("viewBox")
    return [float(number) for number in str(box).split()]


def test_hostile_names_are_only_read(opened: Chrome) -> None:
    assert opened.title == WICKED
    assert opened.find_elements(By.TAG_NAME, "img") == []
    assert WICKED in opened.find_element(By.CSS_SELECTOR, "section h2").text


def test_nothing_is_fetched_and_nothing_fails(opened: Chrome) -> None:
    assert opened.execute_script("return performance.getEntriesByType('resource').length") == 0
    log = opened.get_log("browser")  # type: ignore[no-untyped-call]
    assert [entry["message"] for entry in log] == []


def test_it_moves_and_comes_back(opened: Chrome) -> None:
    whole = view(opened)
    opened.find_element(By.ID, "closer").click()
    close = view(opened)
    assert close[2] == pytest.approx(whole[2] * 0.6)
    assert close[3] / close[2] == pytest.approx(whole[3] / whole[2])
    sheet = opened.find_element(By.CSS_SELECTOR, "svg.sheet")
    ActionChains(opened).drag_and_drop_by_offset(sheet, 120, 80).perform()
    assert view(opened)[0] < close[0]
    assert view(opened)[1] < close[1]
    opened.find_element(By.ID, "all").click()
    assert view(opened) == whole


def test_letters_keep_their_size(opened: Chrome) -> None:
    label = opened.find_element(By.CSS_SELECTOR, "svg.sheet text")
    before = label.rect["height"]
    opened.find_element(By.ID, "closer").click()
    assert label.rect["height"] == pytest.approx(before, rel=0.05)


def test_a_flight_can_be_hidden(opened: Chrome) -> None:
    groups = opened.find_elements(By.CSS_SELECTOR, "g.flight")
    assert [group.is_displayed() for group in groups] == [True, True]
    opened.find_element(By.CSS_SELECTOR, "input[data-flight='back']").click()
    assert [group.is_displayed() for group in groups] == [True, False]


LETTERS_PX = """
return [...document.querySelectorAll('.map text, .keys li')].filter(e => e.getClientRects().length)
  .map(e => parseFloat(getComputedStyle(e).fontSize) * (e.getScreenCTM ? e.getScreenCTM().a : 1))"""


@pytest.mark.parametrize(("width", "shown", "hidden"), [
    (600, ".keys li", "g.legend"), (1300, "g.legend", ".keys")])
def test_one_legend_is_shown_at_any_width(opened: Chrome, width: int, shown: str, hidden: str) -> None:
    before = opened.get_window_size()
    opened.set_window_size(width, 900)
    try:
        assert not opened.find_element(By.CSS_SELECTOR, hidden).is_displayed()
        assert opened.find_element(By.CSS_SELECTOR, shown).is_displayed()
        if width < 800:
            assert min(opened.execute_script(LETTERS_PX)) > 9
    finally:
        opened.set_window_size(before["width"], before["height"])
