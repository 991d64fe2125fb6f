"""The bodies of documents: the one text that stands for their fields, and the fields that a text stands for.

Canonical JSON: keys sorted, no spaces, whole numbers only, UTF-8; for such data equal to RFC 8785. orjson
goes both ways five times faster than the standard library, and a merge does both with every document.
"""

from __future__ import annotations

import re
from typing import Any

import orjson

from pos.model import Fields

MAX_DEPTH = 32  # lists and objects inside each other; a sale with a bundle has 5
MAX_BODY = 8_000_000  # characters; a catalogue of 500 cards has some 200,000

_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")  # escaped, and no table of PostgreSQL holds it
_FRACTION = re.compile(r"[:,\[]-?\d+\.\d")  # or a text that looks like one


def canonical(fields: Fields) -> str:
    """The one text of a body. Raises ValueError for what no body holds: a fraction, a NUL, too much."""
    text = orjson.dumps(fields, option=orjson.OPT_SORT_KEYS).decode()
    _check(text, fields)
    return text


def decoded(body: str, raw: bytes | None = None) -> Fields:
    """The fields of a body. Raises ValueError when it is not the canonical text of fields.

    A key twice, a space, another order of keys: two readers could read two things. `raw` is the body's UTF-8,
    from whoever has it.
    """
    try:
        raw = body.encode() if raw is None else raw
    except AttributeError as error:  # of a foreign file: bytes in place of a text
        raise ValueError("no text") from error
    fields: Any = orjson.loads(raw)
    if not isinstance(fields, dict):
        raise ValueError("not an object")  # noqa: TRY004 - the text is wrong, not a type
    _check(body, fields)
    if orjson.dumps(fields, option=orjson.OPT_SORT_KEYS) != raw:
        raise NotCanonicalError
    return fields


class NotCanonicalError(ValueError):
    """JSON, but not in the one form that a body has."""


def _check(text: str, fields: Fields) -> None:
    if len(text) > MAX_BODY or ("\\" in text and _NUL.search(text)):  # one letter is found at once
        raise ValueError("no ledger could hold this")
    deep = text.count("{") + text.count("[") > MAX_DEPTH
    if (deep or ("." in text and _FRACTION.search(text))) and not _plain(fields, MAX_DEPTH):
        raise ValueError("a fraction, or too deep")


def _plain(value: object, depth: int) -> bool:
    """Whether there are no fractions in it, and no more than `depth` levels."""
    if isinstance(value, float) or depth < 0:
        return False
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return all(_plain(part, depth - 1) for part in parts)
