"""The scene, a report with the model's every label, and hostile words in every field: once for a module."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import neo4j
import pytest

from tailgraph.graph import corroborate, migrations, reports, tracks
from tailgraph.graph.export.contents import Contents, Scope
from tailgraph.graph.export.forms import FORMS, export
from tailgraph.graph.export.losses import Losses
from tailgraph.graph.runs import run
from tailgraph.graph.store import Store
from tailgraph.settings import Connection
from tests.graph import made_up
from tests.graph import test_corroborate as scene
from tests.graph.analysis.conftest import ACCUSATION, SECOND, TOGETHER
from tests.graph.scene import write
from tests.graph.test_hostile_values import PAYLOADS, hostile, hostile_file

WORDS = (*PAYLOADS[::30], "\x00\x01\x1f\x7f\x85\u2028\u202e\ufffe\ufeff\r\n\t",
         "\\u0027 \\U0041 \\\\u005c' \\", "=HYPERLINK(1)", "\t=1+1", "]]> <!-- & &amp; <b>")


def fill(store: Store) -> None:
    write(store, ACCUSATION, SECOND, TOGETHER, *scene.EVERYTHING)
    corroborate.link(store)
    with run(store, "test") as node:
        reports.write(store, [made_up.extraction(1, made_up.NAMES)], node)
        reports.write(store, [hostile(number, words) for number, words in enumerate(WORDS)], node)
        tracks.write(store, [made_up.FILES[0], *map(hostile_file, WORDS)], node, made_up.derive)


@pytest.fixture(scope="module")
def store(driver: neo4j.Driver, connection: Connection) -> Iterator[Store]:
    with Store(connection) as opened:
        driver.execute_query("MATCH (n) DETACH DELETE n", database_=connection.database)
        migrations.apply(driver, connection.database)
        fill(opened)
        yield opened


def text_of(store: Store, form: str, scope: Scope | None = None) -> tuple[str, Losses]:
    """An export as one text."""
    out = StringIO(newline="")
    losses = export(FORMS[form], Contents(store, scope), out)
    return out.getvalue(), losses


def file_of(store: Store, form: str, folder: Path) -> Path:
    export(FORMS[form], Contents(store), folder / "graph")
    return folder / "graph"
