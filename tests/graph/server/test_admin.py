"""What Neo4j's tool says when it fails, told in one line."""

from __future__ import annotations

import pytest

from tailgraph.graph.server.admin import reason

SAID = {
    "Missing required parameter: '<password>'\n\n\nUSAGE\n\nneo4j-admin dbms\n      --verbose  Be verbose.\n":
        "Missing required parameter: '<password>'",
    "Picked up JAVA_TOOL_OPTIONS: -Xmx1g\n\nFiles: 1/78, data:  0.0%\nFiles: 55/78, data:  3.0%\n"
    "Failed to load database 'neo4j': Not a valid Neo4j archive: reading from stdin\n"
    "Run with '--verbose' for a more detailed error message.\n":
        "Failed to load database 'neo4j': Not a valid Neo4j archive: reading from stdin",
    "2026-11-22 20:15:02.710+0000 INFO  [o.n.c.d.DumpCommand] Starting dump\n"
    "2026-11-22 20:15:02.761+0000 ERROR [o.n.c.d.DumpCommand] Failed to dump: No such database.\n":
        "Failed to dump: No such database",
    "org.example.InvalidPasswordException: At least 8 characters.\n\tat org.example.Main(Main.java:1)\n":
        "org.example.InvalidPasswordException: At least 8 characters",
    "": "it did not say why",
}


@pytest.mark.parametrize("said", SAID)
def test_the_reason_is_found(said: str) -> None:
    assert reason(said) == SAID[said]
