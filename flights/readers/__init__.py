"""Track files in, positions out: one module a format, the format found by content.

`read` is the way in. It raises InputRefused when nothing of the file can be used; single bad rows are
counted and located in the `Reading` instead.
"""

from __future__ import annotations

from pathlib import Path

from tailgraph.flights.readers.reading import Reading, Refused

__all__ = ["Reading", "Refused", "read"]


def read(path: Path, *, aircraft: str | None = None) -> Reading:
    """The positions in one track file.

    `aircraft` (an address or a registration) is used for reports that name none themselves.
    Raises InputRefused when the format is not known or nothing can be used.
    """
    from tailgraph.flights.readers.detect import read_file

    return read_file(path, aircraft)
