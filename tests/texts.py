"""The texts: gathers what the program says, finds what has no Indonesian yet, and compiles the catalogue.

`python -m tests.texts` sorts `resources/locale/id.po` and writes the `lapak.mo` that the program reads; it
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
MO = ROOT / "resources/locale/id/LC_MESSAGES/lapak.mo"
_KEYWORDS = {"_": None, "ngettext": (1, 2)}


def said() -> dict[str, str]:
    """Every text of pos and ui, and the file that says it first. Plural texts under their singular."""
    found: dict[str, str] = {}
    for folder in ("pos", "ui"):
        texts = extract_from_dir(ROOT / folder, [("**.py", "python")], keywords=_KEYWORDS)
        for file, _line, message, _comments, _context in texts:
            found.setdefault(message if isinstance(message, str) else message[0], f"{folder}/{file}")
    return found


def catalogue() -> Catalog:
    """The Indonesian catalogue as it is kept. Raises PoFileError when the file is not well formed."""
    with PO.open("rb") as file:
        return read_po(file, locale="id", abort_invalid=True)


def translated(message: Message) -> bool:
    """Whether a catalogue entry has its Indonesian."""
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


def main() -> int:
    """Drop what is unused, sort, compile; 1 when something is missing."""
    texts = catalogue()
    for text in unused(texts):
        texts.delete(text)
    out = io.BytesIO()
    write_po(out, texts, sort_output=True, width=110, ignore_obsolete=True, omit_header=False)
    PO.write_bytes(out.getvalue())
    MO.write_bytes(compiled(texts))
    lacking = missing(texts)
    print("\n".join(lacking) or f"{len(texts)} texts")  # noqa: T201
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
