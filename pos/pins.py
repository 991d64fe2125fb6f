"""PINs: six digits that say who is at the till. They make people accountable; they do not guard the file."""

from __future__ import annotations

import hashlib
import hmac

from pos.clock import new_salt
from pos.errors import Refused
from pos.text import _

DIGITS = 6  # DESIGN.md chapter 6, screen 11: the sixth digit signs in
_COST = (2**15, 8, 1)  # scrypt n, r, p: about a tenth of a second, and 32 MB
_MEMORY = 64 * 1024 * 1024  # bytes scrypt may take; OpenSSL's own bound is just too small


def hash_pin(pin: str) -> str:
    """What is kept of a PIN: method, cost, salt and digest. Raises Refused when it is not six digits."""
    if not (pin.isascii() and pin.isdigit() and len(pin) == DIGITS):
        raise Refused(_("A PIN has exactly {count} digits.").format(count=DIGITS))
    salt = new_salt()
    n, r, p = _COST
    return f"scrypt${n}${r}${p}${salt.hex()}${_digest(pin, salt).hex()}"


def matches(pin: str, kept: str) -> bool:
    """Whether `pin` is the one that `kept` was made of. What is not such a text matches nothing."""
    n, r, p = _COST
    try:
        # Another cost would be a foreign card's way to keep the till busy.
        method, *cost, salt, digest = kept.split("$")
        if (method, *cost) != ("scrypt", str(n), str(r), str(p)):
            return False
        return hmac.compare_digest(_digest(pin, bytes.fromhex(salt)), bytes.fromhex(digest))
    except ValueError:
        return False


def _digest(pin: str, salt: bytes) -> bytes:
    n, r, p = _COST
    return hashlib.scrypt(pin.encode(), salt=salt, n=n, r=r, p=p, maxmem=_MEMORY, dklen=32)
