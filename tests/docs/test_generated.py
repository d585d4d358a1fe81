"""Documentation that is written by code says what the code says."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
assert _spec and _spec.loader
generate = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(generate)


@pytest.mark.parametrize("name", sorted(generate.GENERATED))
def test_is_up_to_date(name: str) -> None:
    written = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert written == generate.GENERATED[name](), "run: python docs/generate.py"


def test_every_exit_code_is_documented() -> None:
    from tailgraph import errors

    text = (ROOT / "docs" / "exit-codes.md").read_text(encoding="utf-8")
    for kind in errors.TailgraphError.__subclasses__():
        assert f"| {kind.exit_code} | {kind.code} |" in text
