"""Parquet files of any dialect in `dialects`, read batch by batch."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from tailgraph.errors import InputRefused
from tailgraph.flights.readers import dialects, tables
from tailgraph.flights.readers.content import Content
from tailgraph.flights.readers.reading import Reading

FORMAT = "Parquet"
_BATCH_ROWS = 50_000
_MAX_ROWS = 20_000_000


def matches(content: Content) -> bool:
    return content.data[:4] == b"PAR1"


def parse(content: Content) -> Reading:
    """Raises InputRefused when the file is broken or its columns are of no known dialect."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(io.BytesIO(content.data))
        names = {name: name.lower() for name in file.schema_arrow.names}
        dialect = dialects.find(names)
        if dialect is None:
            raise InputRefused("The columns are of no known table.", where=content.where,
                               remedy="docs/flights.md lists the tables that are known.")
        if file.metadata.num_rows > _MAX_ROWS:
            raise InputRefused(f"The file has more than {_MAX_ROWS} rows.", where=content.where,
                               remedy="Split it by hour.")
        return tables.read(dialect, list(names.values()), _records(file, names), content)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise InputRefused(f"The Parquet file is broken: {error}.", where=content.where,
                           remedy="Fetch the file again.") from error


def _records(file: Any, names: dict[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    row = 0
    for batch in file.iter_batches(_BATCH_ROWS):
        for record in batch.to_pylist():
            row += 1
            yield f"row {row}", {names[name]: value for name, value in record.items()}
