"""What is inside the program: every package that it runs on, as a CycloneDX list that other programs read.

Made of the lock, which says what may be installed and the hashes of its files, and of what is installed,
which knows its licences. Source of the form: CycloneDX 1.5; only what is asked for is written.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from typing import Any

from pos import __version__
from pos.errors import WorldFailed
from pos.paths import resource
from pos.text import _, clean_text

LOCKS = ("requirements.lock", "requirements-test.lock")  # what it runs on; that and what its tests run on
_PINNED = re.compile(r"([A-Za-z0-9._-]+)==([^\s;\\]+)(?:\s*;\s*([^\\\n]+))?")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Locked:
    """One package as the lock has it: name, version, and the SHA-256 of each file that may be installed."""

    name: str
    version: str
    hashes: tuple[str, ...] = ()
    condition: str = ""  # on which systems, as pip reads it


def locked(name: str = LOCKS[0]) -> tuple[Locked, ...]:
    """What the lock `name` (one of LOCKS) holds, in its order. Raises WorldFailed when it is not there."""
    path = resource("").parent / name
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise WorldFailed(_("The list of packages cannot be read: {name}.").format(name=path)) from error
    return tuple(_locked(text))


def _locked(text: str) -> Iterator[Locked]:
    for entry in re.split(r"\n(?=[A-Za-z0-9])", text):
        if found := _PINNED.match(entry):
            name, version, condition = found.groups()
            yield Locked(name, version, tuple(_HASH.findall(entry)), (condition or "").strip())


def bill_of_materials(packages: tuple[Locked, ...] | None = None) -> dict[str, Any]:
    """The list in the form of CycloneDX: the program, and below it Python and each package."""
    parts = [_part(one) for one in (locked() if packages is None else packages)]
    python = {"type": "platform", "name": "python", "version": sys.version.split()[0]}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "lapak", "version": __version__}},
        "components": [python, *parts],
    }


def _part(one: Locked) -> Mapping[str, Any]:
    name = re.sub(r"[-_.]+", "-", one.name).lower()
    place = f"pkg:pypi/{name}@{one.version}"
    part: dict[str, Any] = {"type": "library", "bom-ref": place, "name": one.name, "version": one.version}
    part |= {"purl": place, "scope": "optional" if one.condition else "required"}
    if licence := _licence(one.name):
        part["licenses"] = [{"license": {"name": licence}}]
    kept = [{"name": "lock:sha256", "value": digest} for digest in one.hashes]
    installed = _installed(one.name)
    if installed and installed != one.version:
        kept.append({"name": "installed:version", "value": installed})
    return part | {"properties": kept}


def _installed(name: str) -> str:
    """The version that is installed; empty where it is not, as of another system's packages."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _licence(name: str) -> str:
    """What the installed package calls its licence."""
    try:
        return licence_in(metadata.metadata(name))
    except metadata.PackageNotFoundError:
        return ""


def licence_in(found: metadata.PackageMetadata) -> str:
    """What a package says its licence is called, in a few words."""
    classes = found.get_all("Classifier") or []
    named = "; ".join(one.rpartition(" :: ")[2] for one in classes if one.startswith("License ::"))
    expressions, plain = found.get_all("License-Expression") or [], found.get_all("License") or []
    words = next((one.partition("\n")[0] for one in [*expressions, named, *plain] if one), "")
    return clean_text(words, 100)
