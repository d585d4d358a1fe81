"""The state whose block a 24-bit address lies in, and whether that part of it is given to its military.

Blocks are those of ICAO Annex 10, volume III, table 9-1 (taken from the CC0 code blocks of
vradarserver/standing-data, which also tell of the parts that Hong Kong, Macau and the like have), with the
parts that states give to their military as far as they are known (address_blocks.csv).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from tailgraph.graph.reference.tables import rows


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of addresses, both ends inside. `country` is ISO 3166-1 alpha-2."""

    first: int
    last: int
    country: str
    military: bool
    source: str


@lru_cache(maxsize=1)
def blocks() -> tuple[Block, ...]:
    """All blocks, the narrowest first."""
    found = [Block(int(row["first"], 16), int(row["last"], 16), row["country"], bool(row["military"]),
                   row["source"])
             for row in rows("address_blocks")]
    return tuple(sorted(found, key=lambda block: (block.last - block.first, block.first)))


@lru_cache(maxsize=1)
def _borders() -> tuple[tuple[int, ...], tuple[Block | None, ...]]:
    """Where the answer changes, ascending, and the block that holds from there on."""
    edges = sorted({0, *(block.first for block in blocks()), *(block.last + 1 for block in blocks())})
    return tuple(edges), tuple(next((block for block in blocks() if block.first <= edge <= block.last), None)
                               for edge in edges)


def block_of(icao24: str) -> Block | None:
    """The narrowest block that an address lies in; None where it is not ICAO's, or not given out."""
    if not re.fullmatch("[0-9a-f]{6}", icao24):
        return None
    edges, holding = _borders()
    return holding[bisect_right(edges, int(icao24, 16)) - 1]


def state_of(icao24: str) -> str | None:
    """The state of an address's block."""
    block = block_of(icao24)
    return block.country if block else None
