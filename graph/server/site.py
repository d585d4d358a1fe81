"""Our style and guide, served by the managed server itself, beside the pages of Neo4j Browser.

Neo4j serves what lies in the folder `browser` of the first jar that has one. A copy of Neo4j Browser's jar
with our files added stands first on the class path, so no second server is needed, and the guide has the
very origin that Neo4j Browser may load from.
"""

from __future__ import annotations

import re
import secrets
import shutil
import zipfile
from html import escape
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from tailgraph.errors import ServerError
from tailgraph.graph.server.home import writing

FOLDER = "browser/tailgraph"
STYLE = "style.grass"
GUIDE = "guide.html"
HEADLINE = "headline.cypher"


def source() -> Traversable:
    """The folder of our pages. Data of the query side, read by name: no code is imported from there."""
    return resources.files("tailgraph.queries") / "browser"


def guide() -> str:
    """The guide page with the headline query in its place."""
    page = source().joinpath(GUIDE).read_text(encoding="utf-8")
    query = source().joinpath(HEADLINE).read_text(encoding="utf-8")
    return page.replace("{{headline}}", escape(query.strip()))


def style() -> dict[str, dict[str, str]]:
    """The rules of the style: by selector (`node.Aircraft`), the properties and their values."""
    text = source().joinpath(STYLE).read_text(encoding="utf-8")
    rules = re.findall(r"^(\S+) \{\n(.*?)^\}", text, re.DOTALL | re.MULTILINE)
    return {selector: dict(re.findall(r'^ +([a-z-]+): "?([^";]*)"?;$', body, re.MULTILINE))
            for selector, body in rules}


def build(library: Path, target: Path) -> None:
    """Write the jar of Neo4j Browser with our pages in it; raises ServerError if that cannot be done."""
    partial = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    with writing(target):
        try:
            partial.touch(mode=0o600)
            shutil.copyfile(browser_jar(library), partial)
            with zipfile.ZipFile(partial, "a", zipfile.ZIP_DEFLATED) as jar:
                jar.writestr(f"{FOLDER}/{STYLE}", source().joinpath(STYLE).read_bytes())
                jar.writestr(f"{FOLDER}/{GUIDE}", guide())
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)


def browser_jar(library: Path) -> Path:
    for jar in library.glob("neo4j-browser-*.jar"):
        return jar
    raise ServerError("The jar of Neo4j Browser is missing.", where=str(library),
                      remedy="Run `tailgraph db fetch`.")


def settings(http_port: int) -> dict[str, str]:
    """On each log-in, Neo4j Browser takes our style and opens our guide; it may load from here alone."""
    origin = f"http://127.0.0.1:{http_port}/{FOLDER}"
    return {
        "browser.post_connect_cmd": f"style {origin}/{STYLE}; guide {origin}/{GUIDE}",
        "browser.remote_content_hostname_whitelist": "127.0.0.1,localhost",
    }
