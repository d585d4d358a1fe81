"""The settings of the Neo4j server, as data: the managed server and docker/ are made from the same."""

from __future__ import annotations

from pathlib import Path

VERSION = "5.26.30"
"""Neo4j Community, the long-term-support line. Its jars and their sums: the lock file beside this one."""

ENTRY_POINT = "org.neo4j.server.CommunityEntryPoint"
ADMIN_TOOL = "org.neo4j.cli.AdminTool"
DATABASE = "neo4j"
USERNAME = "neo4j"

COMMON: dict[str, str] = {
    # Nothing in Cypher may read files or open connections: LOAD CSV runs in read-only sessions too.
    "dbms.security.allow_csv_import_from_file_urls": "false",
    "internal.dbms.cypher_ip_blocklist": "0.0.0.0/0,::/0",
    # Nothing is sent anywhere.
    "dbms.usage_report.enabled": "false",
    "client.allow_telemetry": "false",
    # The published port is plain Bolt and HTTP on loopback.
    "server.bolt.tls_level": "DISABLED",
    "server.https.enabled": "false",
    # Transaction logs must not outgrow the graph on a laptop.
    "db.tx_log.rotation.retention_policy": "1 days 200M",
    "db.tx_log.rotation.size": "64M",
    # Without it every stop waits ten seconds for idle Bolt threads.
    "internal.server.bolt.thread_pool_shutdown_wait_time": "0s",
}

JAVA_FLAGS: tuple[str, ...] = (
    "-XX:+UseG1GC",
    "-XX:-OmitStackTraceInFastThrow",
    "-XX:+UnlockExperimentalVMOptions",
    "-XX:+TrustFinalNonStaticFields",
    "-XX:+DisableExplicitGC",
    "-Djdk.nio.maxCachedBufferSize=1024",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "-Dio.netty.leakDetection.level=DISABLED",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
    "-Dlog4j2.disable.jmx=true",
    "-Dfile.encoding=UTF-8",
    "-Djava.awt.headless=true",
)
"""What the server's own start script passes (its boot loader is bypassed, so it must be said here)."""


CONTENT_SECURITY_POLICY = "dbms.security.http_static_content_security_policy_header"


def content_security_policy(bolt_port: int) -> str:
    """What the pages of Neo4j Browser may load and reach: this server alone.

    Without it they ask for web fonts, analytics and a crash reporter outside, whatever `allow_telemetry`
    says; nobody there need know who investigates what.
    """
    hosts = ("127.0.0.1", "localhost")
    bolt = " ".join(f"{scheme}://{host}:{bolt_port}" for host in hosts for scheme in ("ws", "http"))
    return ("default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; base-uri 'none'; "
            f"object-src 'none'; frame-ancestors 'none'; form-action 'none'; connect-src 'self' {bolt}")


def memory(heap: str, pagecache: str) -> dict[str, str]:
    """Heap and page cache, in Java's notation (`512m`, `2g`)."""
    return {
        "server.memory.heap.initial_size": heap,
        "server.memory.heap.max_size": heap,
        "server.memory.pagecache.size": pagecache,
    }


def managed(bolt_port: int, http_port: int, heap: str, pagecache: str) -> dict[str, str]:
    """All settings of the managed server; directories are relative to its home."""
    return COMMON | memory(heap, pagecache) | {
        "server.directories.data": "data",
        "server.directories.logs": "logs",
        "server.directories.plugins": "plugins",
        "server.directories.import": "import",
        "server.directories.run": "run",
        "server.default_listen_address": "127.0.0.1",
        "server.bolt.listen_address": f"127.0.0.1:{bolt_port}",
        "server.bolt.advertised_address": f"127.0.0.1:{bolt_port}",
        "server.http.listen_address": f"127.0.0.1:{http_port}",
        "server.http.advertised_address": f"127.0.0.1:{http_port}",
        CONTENT_SECURITY_POLICY: content_security_policy(bolt_port),
    }


def render(settings: dict[str, str]) -> str:
    """The text of a neo4j.conf."""
    return "".join(f"{name}={value}\n" for name, value in settings.items())


SITE = "site.jar"
"""Neo4j Browser with our style and guide, in the server's home; see the module `site`."""


def classpath(library: Path) -> str:
    """Every jar of the library."""
    return f"{library}/*"


def server_command(java: Path, library: Path, home: Path, heap: str) -> list[str]:
    """The command line of the server. `--home-dir` in it is how a process is known to be ours."""
    return [
        str(java), f"-Xms{heap}", f"-Xmx{heap}", *JAVA_FLAGS,
        f"-Djava.io.tmpdir={home / 'tmp'}",  # a killed server leaves folders behind: keep them in here
        "-cp", f"{home / SITE}:{home / 'plugins'}/*:{classpath(library)}",
        ENTRY_POINT, home_argument(home), f"--config-dir={home / 'conf'}",
    ]


def home_argument(home: Path) -> str:
    return f"--home-dir={home}"
