"""Where the real samples lie; tests that use them are skipped where they are absent."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "flight-samples"

needed = pytest.mark.skipif(not FOLDER.is_dir(), reason="the real samples are not here")
