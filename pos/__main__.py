"""`python -m pos`: the command line without the screen."""

from __future__ import annotations

import sys

from pos.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
