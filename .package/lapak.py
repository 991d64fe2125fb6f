"""Where the built program begins: as `python -m ui`, but a process that it starts finds its work first."""

from __future__ import annotations

import sys
from multiprocessing import freeze_support

from ui.__main__ import main

if __name__ == "__main__":
    freeze_support()
    sys.exit(main())
