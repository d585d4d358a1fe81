"""`make bench`: every measurement that needs nothing but this checkout, one after the other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPTS = ("startup.py", "language.py", "flights.py", "identity.py")


def main() -> int:
    codes = []
    for name in SCRIPTS:
        print(f"\n== {name}", flush=True)
        codes.append(subprocess.run([sys.executable, Path(__file__).with_name(name)], check=False).returncode)
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
