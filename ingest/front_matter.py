"""The block of fields at the head of a text or Markdown file: title, date, publisher, url."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import yaml

_BLOCK = re.compile(r"\A---[ \t]*\n(.{0,65536}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"(\w[\w -]{0,40}?)[ \t]*:[ \t]*(.*)")
_NAMES = {"title": "title", "headline": "title",
          "date": "published", "published": "published", "pubdate": "published",
          "publication_date": "published",
          "publisher": "publisher", "source": "publisher", "outlet": "publisher", "site": "publisher",
          "url": "url", "link": "url", "permalink": "url"}
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([a-z]{3,9})\.?,?\s+(\d{4})", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.IGNORECASE)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")


def split(text: str) -> tuple[dict[str, str], str]:
    """The known fields (by our names: title, published, publisher, url) and the text after the block.

    A block that is no valid YAML, such as an unquoted title with a colon, is read line by line.
    """
    match = _BLOCK.match(text)
    if not match:
        return {}, text
    fields = _from_yaml(match[1])
    if fields is None:
        fields = {field[1]: field[2].strip().strip("\"'") for row in match[1].splitlines()
                  if (field := _FIELD.fullmatch(row.strip()))}
        if not fields:
            return {}, text
    known: dict[str, str] = {}
    for name, value in fields.items():
        ours = _NAMES.get(name.lower().replace("-", "_"))
        if ours and value:
            known.setdefault(ours, value)
    return known, text[match.end():]


def _from_yaml(block: str) -> dict[str, str] | None:
    try:
        loaded: Any = yaml.safe_load(block)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    if not isinstance(loaded, dict):
        return None
    return {str(name): str(value) for name, value in loaded.items()
            if isinstance(name, str) and isinstance(value, str | int | float | date)}


def day(text: str) -> date | None:
    """A full date as reports state it: 2024-03-28, 28 March 2024, March 28, 2024, with or without a time.

    Numbers alone other than ISO (03/04/2024) are ambiguous and give None.
    """
    if iso := _ISO.match(text.strip()):
        return _iso_day(iso[0])
    if found := _DAY_FIRST.search(text):
        return _named_day(found[3], found[2], found[1])
    if found := _MONTH_FIRST.search(text):
        return _named_day(found[3], found[1], found[2])
    return None


def _iso_day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def _named_day(year: str, month: str, number: str) -> date | None:
    numbers = [i for i, name in enumerate(_MONTHS, 1) if name == month.lower() or name[:3] == month.lower()
               or month.lower() == "sept" == name[:4]]
    try:
        return date(int(year), numbers[0], int(number)) if numbers else None
    except ValueError:
        return None
