"""The texts: gathers what the program says, finds what has no translation yet, and compiles the catalogues.

`python -m tests.texts` sorts each `resources/locale/CODE.po` and writes the `lapak.mo` the program reads; it
ends with 1 and names what is missing when a text has no translation.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
PO = ROOT / "resources/locale/id.po"
EVERY = sorted(PO.parent.glob("*.po"))  # a file for each language but English
_KEYWORDS = {"_": None, "ngettext": (1, 2)}


def said() -> dict[str, str]:
    """Every text of pos and ui, and the file that says it first. Plural texts under their singular."""
    found: dict[str, str] = {}
    for folder in ("pos", "ui"):
        texts = extract_from_dir(ROOT / folder, [("**.py", "python")], keywords=_KEYWORDS)
        for file, _line, message, _comments, _context in texts:
            found.setdefault(message if isinstance(message, str) else message[0], f"{folder}/{file}")
    return found


def catalogue(po: Path = PO) -> Catalog:
    """The catalogue as it is kept in `po`. Raises PoFileError when the file is not well formed."""
    with po.open("rb") as file:
        return read_po(file, locale=po.stem, abort_invalid=True)


def compiled_at(po: Path) -> Path:
    """Where the program reads the texts of `po`."""
    return po.parent / po.stem / "LC_MESSAGES/lapak.mo"


def translated(message: Message) -> bool:
    """Whether a catalogue entry has its translation."""
    parts = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    return all(parts)


def missing(texts: Catalog) -> list[str]:
    """Texts that the program says and the catalogue lacks, each with its file."""
    known = {_key(message) for message in texts if translated(message)}
    return [f"{file}: {text}" for text, file in said().items() if text not in known]


def unused(texts: Catalog) -> list[str]:
    """Entries of the catalogue that the program no longer says."""
    spoken = said()
    return [_key(message) for message in texts if message.id and _key(message) not in spoken]


def compiled(texts: Catalog) -> bytes:
    """The catalogue as gettext reads it."""
    out = io.BytesIO()
    write_mo(out, texts)
    return out.getvalue()


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else str(message.id[0])


def put_in_order(po: Path) -> list[str]:
    """Drop what is unused, sort, compile; what is missing, each with its file."""
    texts = catalogue(po)
    for text in unused(texts):
        texts.delete(text)
    out = io.BytesIO()
    write_po(out, texts, sort_output=True, width=110, ignore_obsolete=True, omit_header=False)
    po.write_bytes(out.getvalue())
    compiled_at(po).parent.mkdir(parents=True, exist_ok=True)
    compiled_at(po).write_bytes(compiled(texts))
    return missing(texts)


def main() -> int:
    """Every language; 1 when something is missing."""
    lacking = [f"{po.name}: {text}" for po in EVERY for text in put_in_order(po)]
    print("\n".join(lacking) or f"{len(catalogue())} texts")  # noqa: T201
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
