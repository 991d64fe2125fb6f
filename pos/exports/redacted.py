"""Documents as lines for others to check, without the secrets that some of them hold.

A staff document holds what is kept of a PIN, which falls in minutes to whoever has it. It goes without: in
its place stands the state of SHA-256 behind the blocks that hold it, and all of the text after them. So its
hash can still be made, and to find another beginning or another end with the same hash is as hard as to break
SHA-256 itself: going on from a state is what the function does with every block (FIPS 180-4, 6.2).
"""

from __future__ import annotations

from functools import cache

import orjson

from pos.model import Document

BLOCK = 64  # bytes that SHA-256 takes at once
_SECRET = b'"pin":"'
_REST = b'"kind":"staff","prev":"'
_SALTED = len("scrypt$32768$8$1$") + 32 + 1  # characters of what is kept of a PIN that end with its salt
_START = (2, 3, 5, 7, 11, 13, 17, 19)  # whose roots begin the state
_MASK = 0xFFFFFFFF


def line(doc: Document) -> bytes:
    """A document as a line of JSON: its columns, never what is private, and nothing of a PIN."""
    fields: dict[str, object] = doc._asdict()
    del fields["private"]
    if doc.kind == "staff" and (cut := _cut(doc.body)) is not None:
        del fields["body"]
        fields["cut"] = cut
    return orjson.dumps(fields, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def _cut(body: str) -> dict[str, object] | None:
    """The body without its beginning up to the last PIN; None where there is none.

    What is left must tell the kind of the document and which one it follows, or any document could be hidden
    as one of these. Where the block of the PIN's end takes that along, the end of its digest stays: without
    the salt before it, it is of no use to anybody.
    """
    data = body.encode()
    last = data.rfind(_SECRET)
    if last < 0:
        return None
    start, end = last + len(_SECRET), data.index(b'"', last + len(_SECRET))
    cut = end + -end % BLOCK
    if data.find(_REST, cut) < 0 and cut - BLOCK >= start + _SALTED:
        cut -= BLOCK
    while data[cut] & 0xC0 == 0x80:  # inside a character
        cut += BLOCK
    return {"bytes": cut, "state": state_of(data[:cut]).hex(), "rest": data[cut:].decode()}


def state_of(data: bytes) -> bytes:
    """The state of SHA-256 behind `data`, whole blocks of it: 32 bytes."""
    words = [_root(prime, 2) for prime in _START]
    for start in range(0, len(data), BLOCK):
        words = _compress(words, data[start : start + BLOCK])
    return b"".join(word.to_bytes(4, "big") for word in words)


def _compress(words: list[int], block: bytes) -> list[int]:
    w = [int.from_bytes(block[place : place + 4], "big") for place in range(0, BLOCK, 4)]
    for n in range(16, 64):
        one = _turn(w[n - 15], 7) ^ _turn(w[n - 15], 18) ^ w[n - 15] >> 3
        two = _turn(w[n - 2], 17) ^ _turn(w[n - 2], 19) ^ w[n - 2] >> 10
        w.append((w[n - 16] + one + w[n - 7] + two) & _MASK)
    a, b, c, d, e, f, g, h = words
    for n in range(64):
        first = h + (_turn(e, 6) ^ _turn(e, 11) ^ _turn(e, 25)) + (e & f ^ ~e & g) + _rounds()[n] + w[n]
        second = (_turn(a, 2) ^ _turn(a, 13) ^ _turn(a, 22)) + (a & b ^ a & c ^ b & c)
        a, b, c, d, e, f, g, h = (first + second) & _MASK, a, b, c, (d + first) & _MASK, e, f, g
    return [(one + two) & _MASK for one, two in zip(words, (a, b, c, d, e, f, g, h), strict=True)]


def _turn(word: int, count: int) -> int:
    return (word >> count | word << (32 - count)) & _MASK


@cache
def _rounds() -> tuple[int, ...]:
    primes = [number for number in range(2, 312) if all(number % one for one in range(2, number))]
    return tuple(_root(prime, 3) for prime in primes[:64])


def _root(prime: int, power: int) -> int:
    """The first 32 bits behind the point of a prime's root, found without fractions."""
    low, high = 0, prime << 36
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**power <= prime << (32 * power) else (low, middle)
    return low & _MASK
