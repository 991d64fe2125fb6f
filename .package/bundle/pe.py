"""Which DLLs the files of a set for Windows ask for, and whether they are there."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pefile

AMD64 = 0x8664
# What Windows 10 (1903) and later have by themselves, as far as anything of ours asks for it.
SYSTEM = re.compile(
    r"api-ms-win-[a-z0-9-]+|ext-ms-[a-z0-9-]+|ucrtbase|kernel32|kernelbase|user32|gdi32|advapi32|shell32|ole32|oleaut32"
    r"|ws2_32|crypt32|bcrypt|bcryptprimitives|ncrypt|rpcrt4|version|winmm|secur32|iphlpapi|dnsapi|userenv|shlwapi|imm32"
    r"|comdlg32|comctl32|dwmapi|uxtheme|setupapi|winspool\.drv|wtsapi32|netapi32|mpr|psapi|dwrite|d2d1|d3d9|d3d11|d3d12"
    r"|dxgi|dcomp|opengl32|icuuc|icu|shcore|authz|propsys|cfgmgr32|powrprof|msvcrt|normaliz|wldap32|dbghelp|uiautomationcore"
    r"|d3dcompiler_47|combase|ntdll|runtimeobject|hid|winhttp|wsock32|mswsock|synchronization|pdh|oleacc|urlmon|wininet",
    re.IGNORECASE,
)


def missing(folder: Path) -> list[str]:
    """`file: what it asks for and is neither here nor Windows' own`, and files for another processor."""
    binaries = _binaries(folder)
    inside = {path.name.lower() for path in binaries}
    found = list[str]()
    for path in binaries:
        with closing(pefile.PE(str(path), fast_load=True)) as image:
            if image.FILE_HEADER.Machine != AMD64:
                found.append(f"{path.name}: not for this processor")
            found += [f"{path.name}: {name}" for name in sorted(_asked(image)) if not _there(name, inside)]
    return found


def drop_unasked(folder: Path) -> None:
    """Take away the libraries of Qt that nothing asks for, and then those that only they asked for."""
    while True:
        asked = {name.lower() for path in _binaries(folder) for name in _asked_by(path)}
        idle = [path for path in _binaries(folder) if _is_qt(path) and path.name.lower() not in asked]
        for path in idle:
            path.unlink()
        if not idle:
            return


def product_version(path: Path) -> str:
    """The version that a program says of itself; empty where it says none."""
    with closing(pefile.PE(str(path), fast_load=True)) as image:
        image.parse_data_directories([pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_RESOURCE"]])
        told = [entry for info in getattr(image, "FileInfo", ()) for entry in info]
        tables = [table for entry in told for table in getattr(entry, "StringTable", ())]
        found = (table.entries.get(b"ProductVersion", b"") for table in tables)
        return next((version.decode("utf-8", "replace") for version in found if version), "")


def _is_qt(path: Path) -> bool:
    return path.parent.name == "PySide6" and path.name.startswith("Qt6")


def _binaries(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.suffix.lower() in {".exe", ".dll", ".pyd"}]


def _asked_by(path: Path) -> set[str]:
    with closing(pefile.PE(str(path), fast_load=True)) as image:
        return _asked(image)


def _there(name: str, inside: set[str]) -> bool:
    return (
        name.lower() in inside
        or SYSTEM.fullmatch(re.sub(r"\.dll$", "", name, flags=re.IGNORECASE)) is not None
    )


def _asked(image: pefile.PE) -> set[str]:
    kinds = ("IMAGE_DIRECTORY_ENTRY_IMPORT", "IMAGE_DIRECTORY_ENTRY_DELAY_IMPORT")
    image.parse_data_directories([pefile.DIRECTORY_ENTRY[kind] for kind in kinds])
    entries = [
        entry
        for name in ("IMPORT", "DELAY_IMPORT")
        for entry in getattr(image, f"DIRECTORY_ENTRY_{name}", ())
    ]
    return {entry.dll.decode("ascii") for entry in entries}
