"""Values as text, the same in every form that has only text for them."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

_HOST = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:\d+)?")
_ODD_IN_URL = re.compile(r"[^!#-;=?-\[\]_a-z~]")


def plain(value: Any) -> str:
    """ISO 8601 for days and instants, true and false, JSON for lists, the shortest decimal for numbers."""
    match value:
        case bool():
            return "true" if value else "false"
        case datetime():
            return instant(value)
        case date():
            return value.isoformat()
        case list() | tuple():
            return json.dumps(list(value), ensure_ascii=False)
        case float():
            return repr(value)
        case _:
            return str(value)


def instant(value: datetime) -> str:
    """An aware instant as ISO 8601 in UTC, to the microsecond where it has them: 2024-03-20T16:30:00Z."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def is_url(text: str) -> bool:
    """Whether other programs will take this for the address of a page."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    has_host = _HOST.fullmatch(parts.netloc)
    return bool(parts.scheme in ("http", "https") and has_host and not _ODD_IN_URL.search(text))
