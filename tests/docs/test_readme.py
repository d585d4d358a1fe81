"""Every command that the README shows is run, as it stands there, in a copy of what a newcomer has."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tailgraph.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
COMMANDS = [line for block in BLOCKS for line in block.splitlines()]


def test_shows_the_two_commands() -> None:
    assert [c for c in COMMANDS if c.startswith("make ")] == ["make demo", "make test"]


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith("make ")])
def test_make_targets_exist(command: str) -> None:
    # `make test` is what runs this; a dry run shows that the target and all it needs are there.
    words = [*command.split(), "--dry-run"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.neo4j
def test_every_tailgraph_command_works_in_order(graph: object, settings: Settings, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    environ = {**os.environ, "TAILGRAPH_HOME": str(settings.home), "PYTHONPATH": str(ROOT / "src")}
    shown = [c for c in COMMANDS if not c.startswith("make ")]
    assert len(shown) >= 9
    for command in shown:
        words = shlex.split(command)
        assert words[0] == ".venv/bin/tailgraph"
        done = subprocess.run([sys.executable, "-m", "tailgraph", *words[1:]], cwd=tmp_path, env=environ,
                              capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command}: {done.stderr}"
        assert done.stdout.strip(), f"{command} printed nothing"


def test_every_link_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
