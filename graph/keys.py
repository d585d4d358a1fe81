"""Deterministic keys: the same thing gets the same key on every machine, in every order of ingest.

Hashes are taken over a canonical JSON array, so that no separator inside a value can make two
different things collide. Designators match exactly after normalisation, or not at all.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from datetime import UTC, datetime

_DASHES = re.compile(r"[‐‑‒–—―−﹘﹣－]")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
# Neo4j refuses indexed values beyond about 8 kB; no honest name comes near this.
MAX_NAME = 300
_CANONICAL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def digest(*parts: str | int | float | None) -> str:
    """SHA-256 over the canonical JSON array of `parts`, as 64 hex digits."""
    canonical = _CANONICAL.encode(parts)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def unicode_text(text: str) -> str:
    """`text` as it can be stored: each lone surrogate is replaced, one for one."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def clean_name(text: str) -> str:
    """A name as an id: NFC, plain dashes, single spaces, no leading article, no possessive ending."""
    text = _SPACES.sub(" ", _DASHES.sub("-", unicodedata.normalize("NFC", text))).strip()
    text = _POSSESSIVE.sub("", _ARTICLE.sub("", text)).strip()
    return text[:MAX_NAME]


def icao24(text: str) -> str | None:
    """A 24-bit address as six lower-case hex digits ('~' kept in front of non-ICAO ones), else None."""
    match = re.fullmatch(r"(~?)([0-9a-fA-F]{6})", text.strip())
    return f"{match[1]}{match[2].lower()}" if match else None


def aircraft_of(address: str) -> str:
    """The id of the airframe that only its 24-bit address names. One of digits alone bears its scheme, since
    military serials have that form, too: "738043" is a serial, "icao24:738043" an address."""
    return f"icao24:{address}" if address.isdigit() else address


def address_of(aircraft: str) -> str | None:
    """The 24-bit address that an airframe's id consists of; None where the id is a registration or serial."""
    match = re.fullmatch(r"icao24:(\d{6})|((?=.*[a-f])[0-9a-f]{6})", aircraft)
    return (match[1] or match[2]) if match else None


def flight_id(aircraft: str, first_seen: datetime) -> str:
    """Address (or what stands for it) and the first second seen: readable, and unique for one aircraft."""
    return f"{aircraft}@{first_seen.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
