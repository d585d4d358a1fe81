"""A page saved as one file ("Webpage, single file"): its HTML part, charset and address (RFC 2557)."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from tailgraph.errors import InputRefused

_MAX_PARTS = 5_000


@dataclass(frozen=True)
class SavedPage:
    data: bytes
    charset: str | None
    url: str | None


def read(data: bytes, where: str) -> SavedPage:
    """The first HTML part; raises InputRefused where there is none."""
    try:
        message = message_from_bytes(data)
        for number, part in enumerate(message.walk()):
            if number > _MAX_PARTS:
                break
            if part.get_content_type() in ("text/html", "application/xhtml+xml"):
                return SavedPage(_content(part), part.get_content_charset(), _url(message, part))
    except (ValueError, LookupError, RecursionError, TypeError) as error:
        raise InputRefused(f"It is a broken MHTML file: {error}.", where=where,
                           remedy="Save the page again.") from error
    raise InputRefused("It is an MHTML file without a page in it.", where=where,
                       remedy="Save the page again.")


def _content(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _url(message: Message, part: Message) -> str | None:
    for header in (message.get("Snapshot-Content-Location"), part.get("Content-Location")):
        if header and str(header).startswith(("http://", "https://")):
            return str(header).strip()
    return None
