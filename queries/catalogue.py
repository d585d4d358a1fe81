"""The library of questions: one Cypher file each, which says in its first lines what it asks and takes.

    // title: …                                   one line
    // question: …                                in words, as a person would ask it
    // param NAME (KIND): …                       a parameter that must be given
    // param NAME (KIND = DEFAULT): …             one that may be left out; `none` is Cypher's null
    // column NAME: …                             every column, in order

KIND is text, entity (the id of one in the graph), country (an ISO code or a name), date (2024-03-28),
number (whole) or bound: how many the answer holds at most, of which a question whose answer grows with the
graph has one or two. Such a question looks for one more, and returns as its last column `is_cut`, which is
none of those that it lists: whether there are more. A comment line that starts with spaces after its slashes
goes on with the line above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from tailgraph.errors import UsageError
from tailgraph.graph.reference import tables

HEADLINE = "accused-night-flights"
KINDS = ("text", "entity", "country", "date", "number", "bound")
CUT = "is_cut"
_FIELD = re.compile(r"// (title|question|param|column)\b ?([^:]*): (.*)")
_MORE = re.compile(r"//   +(.*)")
_PARAMETER = re.compile(r"(\w+) \((\w+)(?: = (.*))?\)")


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    kind: str
    help: str
    default: str | None = None
    """As it is written; "none" for null; None where a value must be given."""

    def value(self, text: str) -> Any:
        """`text` as what the query takes; raises UsageError where it is no such thing."""
        if text.lower() == "none" and self.default is not None:
            return None
        match self.kind:
            case "country":
                return _country(text, self.name)
            case "date":
                return _date(text, self.name)
            case "number":
                return _number(text, self.name)
            case "bound":
                return _bound(text, self.name)
            case _:
                return text


@dataclass(frozen=True, slots=True)
class Query:
    name: str
    title: str
    question: str
    parameters: tuple[Parameter, ...]
    columns: tuple[tuple[str, str], ...]
    """Name and meaning of each."""
    cypher: str

    @property
    def bounds(self) -> tuple[str, ...]:
        """The parameters that say how much the answer holds at most."""
        return tuple(parameter.name for parameter in self.parameters if parameter.kind == "bound")

    def arguments(self, given: Mapping[str, str]) -> dict[str, Any]:
        """Every parameter's value; raises UsageError for unknown, missing and malformed ones."""
        known = {parameter.name for parameter in self.parameters}
        if unknown := sorted(given.keys() - known):
            takes = ", ".join(sorted(known)) or "none"
            raise UsageError(f"There is no parameter {unknown[0]!r}.", where=self.name,
                             remedy=f"It takes: {takes}.")
        return {parameter.name: self._argument(parameter, given) for parameter in self.parameters}

    def entities(self, arguments: Mapping[str, Any]) -> tuple[str, ...]:
        """The ids of entities among the arguments."""
        return tuple(value for parameter in self.parameters if parameter.kind == "entity"
                     if (value := arguments[parameter.name]) is not None)

    def _argument(self, parameter: Parameter, given: Mapping[str, str]) -> Any:
        text = given.get(parameter.name, parameter.default)
        if text is None:
            raise UsageError(f"The parameter {parameter.name!r} is missing: {parameter.help}",
                             where=self.name,
                             remedy=f"Give it with --param {parameter.name}=VALUE.")
        return parameter.value(text)


def find(name: str) -> Query:
    """The query of that name; raises UsageError with the nearest names where there is none."""
    from difflib import get_close_matches

    queries = library()
    if name not in queries:
        near = get_close_matches(name, queries, n=2)
        raise UsageError(f"There is no query {name!r}.", remedy=(
            f"Did you mean {' or '.join(near)}?" if near else "See `tailgraph query list`."))
    return queries[name]


@cache
def library() -> dict[str, Query]:
    """Name → query; the headline first, the others by name. Raises UsageError for a malformed file."""
    folder = resources.files(__package__) / "library"
    found = {file.name.removesuffix(".cypher"): file.read_text(encoding="utf-8")
             for file in folder.iterdir() if file.name.endswith(".cypher")}
    return {name: parse(name, found[name]) for name in sorted(found, key=lambda name: (name != HEADLINE,
        name))}


def parse(name: str, text: str) -> Query:
    """One file of the library; raises UsageError that says what is wrong with it."""
    single: dict[str, str] = {}
    parameters: list[Parameter] = []
    columns: list[tuple[str, str]] = []
    for word, subject, value in _fields(name, text):
        match word:
            case "param":
                parameters.append(_parameter(name, subject, value))
            case "column":
                columns.append((subject, value))
            case _:
                single[word] = value
    if single.keys() != {"title", "question"} or not columns:
        raise _malformed(name, "It needs one title, one question, and its columns.")
    return Query(name, single["title"], single["question"], tuple(parameters), tuple(columns), text)


def _fields(name: str, text: str) -> Iterator[tuple[str, str, str]]:
    """The fields of the leading comment, with lines that go on joined."""
    field: tuple[str, str, str] | None = None
    for line in text.splitlines():
        if not line.startswith("//"):
            break
        if match := _FIELD.fullmatch(line):
            if field:
                yield field
            field = (match[1], match[2].strip(), match[3].strip())
        elif field and (more := _MORE.fullmatch(line)):
            field = (field[0], field[1], f"{field[2]} {more[1].strip()}")
        else:
            raise _malformed(name, f"This line is no field: {line}")
    if field:
        yield field


def _parameter(query: str, subject: str, help_: str) -> Parameter:
    match = _PARAMETER.fullmatch(subject)
    if not match or match[2] not in KINDS:
        raise _malformed(query, f"This is no parameter: {subject}")
    return Parameter(match[1], match[2], help_, match[3])


def _malformed(name: str, message: str) -> UsageError:
    return UsageError(message, where=f"queries/library/{name}.cypher", remedy="See queries/catalogue.py.")


def _country(text: str, name: str) -> str:
    code = tables.country_code(text)
    if code is None:
        raise UsageError(f"{text!r} is no country.", where=name, remedy="Give its ISO code, as KP.")
    return code


def _date(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is no date.", where=name, remedy="Write it as 2024-03-28.") from None


def _number(text: str, name: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text):
        raise UsageError(f"{text!r} is no whole number.", where=name, remedy="Write it in digits.")
    return int(text)


def _bound(text: str, name: str) -> int:
    if (number := _number(text, name)) == 0:
        raise UsageError("Nothing is found where nothing is asked for.", where=name,
                         remedy="Give a number of 1 or more.")
    return number
