"""Entry point of the command `tailgraph`."""

from __future__ import annotations

import sys

from tailgraph.cli import run


def main() -> None:
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
