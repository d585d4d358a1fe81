"""The same settings for a Neo4j in a container: docker/compose.yaml holds what `environment` says."""

from __future__ import annotations

from tailgraph.graph.server import config

BOLT_PORT, HTTP_PORT = 7687, 7474
"""Inside the container, and outside on loopback alone."""


def settings(heap: str = "512m", pagecache: str = "256m") -> dict[str, str]:
    """As for the managed server, but that the container's own network sees the ports.

    What publishes them on 127.0.0.1 alone is the compose file. Folders are the image's own.
    """
    everywhere = {"server.default_listen_address": "0.0.0.0"}
    policy = {config.CONTENT_SECURITY_POLICY: config.content_security_policy(BOLT_PORT)}
    return config.COMMON | config.memory(heap, pagecache) | everywhere | policy


def variable(setting: str) -> str:
    """The environment variable by which the official image takes a setting.

    Rule of the image's documentation: `.` becomes `_`, `_` becomes `__`, and `NEO4J_` goes before.
    """
    return "NEO4J_" + setting.replace("_", "__").replace(".", "_")


def environment() -> dict[str, str]:
    return {variable(name): value for name, value in settings().items()}
