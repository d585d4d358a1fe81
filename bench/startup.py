"""How long `tailgraph --help` takes beside a bare click program, as a ratio in one run.

    python bench/startup.py [RUNS]

Both are started in turn as whole processes with the same interpreter; the figure is the median of the
pairwise ratios of their CPU time. Also says which heavy modules `--help` imported: there must be none.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys

HEAVY = ("spacy", "numpy", "neo4j", "pydantic", "rich", "trafilatura", "networkx")
BARE = """
import click

@click.group()
def cli():
    pass

for name in "abcdefghijk":
    cli.command(name)(lambda: None)
cli(["--help"])
"""
OURS = "import sys; from tailgraph.__main__ import main; sys.argv = ['tailgraph', '--help']; main()"


def cpu_seconds(code: str) -> float:
    """CPU seconds (user and system) of one interpreter that runs `code`."""
    before = os.times()
    subprocess.run([sys.executable, "-c", code], check=False, stdout=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def imported() -> list[str]:
    """The heavy modules that are loaded after `tailgraph --help`."""
    code = f"{OURS.replace('main()', '')}\ntry:\n    main()\nexcept SystemExit:\n    pass\n" \
           f"print(*[m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return done.stderr.split()


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    cpu_seconds(BARE), cpu_seconds(OURS)
    ratios = [cpu_seconds(OURS) / cpu_seconds(BARE) for _ in range(runs)]
    print(f"tailgraph --help / bare click: {statistics.median(ratios):.2f} "
          f"(CPU seconds, median of {runs} pairs, {min(ratios):.2f}-{max(ratios):.2f})")
    print(f"heavy modules imported: {', '.join(imported()) or 'none'}")


if __name__ == "__main__":
    main()
