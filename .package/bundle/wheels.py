"""The packages of the lock as Windows takes them, fetched on any system, each checked by its hash."""

from __future__ import annotations

import re
import sys
import zipfile
from pathlib import Path

from packaging.markers import Marker

from bundle.parts import Stop, run
from bundle.qt import is_wanted
from pos.inside import Locked, locked

PYTHON = "3.13"  # of the set for Windows
TAG = "cp313"
_WINDOWS = {
    "sys_platform": "win32",
    "os_name": "nt",
    "platform_system": "Windows",
    "platform_machine": "AMD64",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
    "python_version": PYTHON,
    "python_full_version": f"{PYTHON}.0",
    "extra": "",
}


def for_windows() -> tuple[Locked, ...]:
    """What of the lock is for Windows."""
    return tuple(
        one for one in locked() if not one.condition or Marker(one.condition).evaluate(dict(_WINDOWS))
    )


def fetch_wheels(work: Path) -> list[Path]:
    """The wheels, in a folder below `work`. Raises Stop when they cannot be had as locked."""
    pins = work / "windows.lock"
    lines = [
        f"{one.name}=={one.version} " + " ".join(f"--hash=sha256:{digest}" for digest in one.hashes)
        for one in for_windows()
    ]
    pins.write_text("\n".join(lines) + "\n", "utf-8")
    folder = work / "wheels"
    run(
        *(sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--no-input", "--no-deps"),
        *(
            "--require-hashes",
            "--only-binary",
            ":all:",
            "--platform",
            "win_amd64",
            "--python-version",
            PYTHON,
        ),
        *("--implementation", "cp", "--abi", TAG, "--abi", "abi3", "--abi", "none"),
        *("-r", str(pins), "-d", str(folder)),
    )
    return sorted(folder.glob("*.whl"))


def unpack_wheels(wheels: list[Path], site: Path) -> None:
    """Put what is needed of them into `site`. Raises Stop for one that wants to lie elsewhere."""
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            for entry in archive.infolist():
                if re.match(r"[^/]+\.data/(pure|plat)lib/", entry.filename):
                    raise Stop(f"{wheel.name} puts {entry.filename} elsewhere (.package/bundle/wheels.py).")
                # The rest of such a folder are manuals and scripts for a command line.
                if not entry.is_dir() and ".data/" not in entry.filename and is_wanted(entry.filename):
                    archive.extract(entry, site)
