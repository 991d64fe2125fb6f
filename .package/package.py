"""`python3 run.py package [linux|windows|all]`: what is handed to people who have nothing but their computer.

It leaves the packages in a folder (`--out`, otherwise `dist`), with their SHA-256 in `SHA256SUMS`. The same
commit gives the same bytes on the same system with the same libraries.
"""

from __future__ import annotations

import hashlib
import sys
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory

from bundle import linux, windows
from bundle.parts import TOP, Stop


def main() -> int:
    """Make what was asked for; returns 0, or 1 when it cannot be made."""
    parser = ArgumentParser(prog="run.py package", description=__doc__.partition("\n\n")[0])
    parser.add_argument("system", nargs="?", choices=("linux", "windows", "all"), default="all")
    parser.add_argument("--out", type=Path, default=TOP / "dist", metavar="DIR", help="where the packages go")
    parser.add_argument(
        "--python", type=Path, metavar="FILE", help="for Windows: python.org's embeddable zip"
    )
    wanted = parser.parse_args()
    made: list[Path] = []
    try:
        wanted.out.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix="lapak-package-") as name:
            if wanted.system in {"linux", "all"}:
                made += linux.build(Path(name) / "linux", wanted.out)
            if wanted.system in {"windows", "all"}:
                made += windows.build(Path(name) / "windows", wanted.out, wanted.python)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    sums = {path.name: _sum(path) for path in wanted.out.iterdir() if path.name.startswith("lapak")}
    lines = [f"{digest}  {name}\n" for name, digest in sorted(sums.items())]
    (wanted.out / "SHA256SUMS").write_text("".join(lines), "ascii", newline="\n")
    for path in made:
        print(f"{path}  {path.stat().st_size / 1e6:.1f} MB  {sums[path.name]}")
    return 0


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    sys.exit(main())
