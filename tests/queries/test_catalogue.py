"""How the library's files are read, and how parameters are understood."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tailgraph.errors import UsageError
from tailgraph.queries import catalogue

FILE = """// title: A title
// question: What
//   is it?
// param country (country = KP): Which.
// param since (date): From when.
// param most (bound = 5): How many.
// param name (text = none): Called.
// column x: The one.
RETURN $country AS x
"""


def test_a_file() -> None:
    query = catalogue.parse("q", FILE)
    assert (query.title, query.question, query.columns) == ("A title", "What is it?", (("x", "The one."),))
    assert [(p.name, p.kind, p.default) for p in query.parameters] == [
        ("country", "country", "KP"), ("since", "date", None), ("most", "bound", "5"), ("name", "text",
            "none")]
    assert query.arguments({"since": "2024-03-28"}) == {
        "country": "KP", "since": date(2024, 3, 28), "most": 5, "name": None}
    assert query.bounds == ("most",)


@pytest.mark.parametrize(("name", "text", "value"), [
    ("country", "kp", "KP"), ("country", "north korea", "KP"), ("country", "None", None), ("most", "12", 12),
    ("name", "x = y", "x = y")])
def test_values(name: str, text: str, value: Any) -> None:
    assert catalogue.parse("q", FILE).arguments({"since": "2024-03-28", name: text})[name] == value


@pytest.mark.parametrize(("given", "said"), [
    ({}, "'since' is missing"), ({"since": "none"}, "no date"), ({"since": "28.3.2024"}, "no date"),
    ({"since": "2024-03-28", "most": "-1"}, "no whole number"),
    ({"since": "2024-03-28", "most": "0"}, "Nothing is found"), ({"since": "2024-03-28", "other": "x"},
        "'other'"),
    ({"since": "2024-03-28", "most": "1e9"}, "no whole number"), ({"since": "2024-03-28", "country": "XX"},
        "no country")])
def test_values_that_are_refused(given: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        catalogue.parse("q", FILE).arguments(given)


@pytest.mark.parametrize("text", [
    "RETURN 1", "// title: x\nRETURN 1", "// title: x\n// question: y?\nRETURN 1", FILE.replace("(date)",
        "(day)"),
    "// something\n" + FILE, FILE.replace("// question", "// quetsion")])
def test_malformed_files(text: str) -> None:
    with pytest.raises(UsageError, match=r"queries/library/q\.cypher"):
        catalogue.parse("q", text)


def test_an_unknown_name_gets_its_neighbours() -> None:
    with pytest.raises(UsageError, match="Did you mean accused-night-flights"):
        catalogue.find("accused-nightflights")
    with pytest.raises(UsageError, match="query list"):
        catalogue.find("zzzzzz")
