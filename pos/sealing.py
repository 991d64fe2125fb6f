"""Copies that only a passphrase opens, made without anybody typing it each time.

The passphrase makes a key (scrypt) that wraps a private key; what is kept on the laptop is the public key
and the wrapped private one: a Lock, which holds no secret. Each file gets a key of its own by X25519 and
HKDF, and is sealed in chunks (ChaCha20-Poly1305; nonces as in STREAM, Hoang et al. 2015: a counter, and a
mark on the last chunk), so that memory stays bounded and a chunk that is changed, moved, repeated or missing
at the end is found.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from pos.clock import new_salt
from pos.errors import Damaged, Refused, WrongPassphrase
from pos.faults import told
from pos.text import _

MAGIC = b"LAPAK-S1"
CHUNK = 64 * 1024  # bytes of content in each sealed piece
SHORTEST = 8  # characters of a passphrase
SCRYPT = {"n": 2**16, "r": 8, "p": 1, "maxmem": 96 * 1024**2, "dklen": 32}  # 64 MiB, some 0.2 s

_SALT, _KEY, _TAG, _WRAPPED = 16, 32, 16, 32 + 16
_LOCK = _SALT + _WRAPPED + _KEY
_NONCE = bytes(12)  # of the wrapped key: each passphrase key wraps but one


@dataclass(frozen=True, slots=True)
class Lock:
    """`salt` and `wrapped` give the private key to who knows the passphrase, `public` seals."""

    salt: bytes
    wrapped: bytes
    public: bytes

    @property
    def text(self) -> str:
        """As it is kept among settings."""
        return base64.b64encode(self.salt + self.wrapped + self.public).decode("ascii")


def lock_of(text: str) -> Lock | None:
    """The Lock kept as `text`; None where there is none."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        return None
    return _lock(raw) if len(raw) == _LOCK else None


def new_lock(passphrase: str) -> Lock:
    """A Lock that `passphrase` opens. Raises Refused for one that is too short."""
    if len(passphrase) < SHORTEST:
        raise Refused(
            _("A passphrase has at least {count} characters.").format(count=SHORTEST),
            _("A few words are easier to remember than signs."),
        )
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    private = X25519PrivateKey.generate()
    salt = new_salt()
    wrapped = _cipher(_stretched(passphrase, salt)).encrypt(_NONCE, private.private_bytes_raw(), MAGIC)
    return Lock(salt, wrapped, private.public_key().public_bytes_raw())


def seal(source: Path, target: Path, lock: Lock) -> None:
    """Write the content of the file `source` to `target`, sealed. Raises WorldFailed as the disk does."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    once = X25519PrivateKey.generate()
    mine = once.public_key().public_bytes_raw()
    head = MAGIC + lock.salt + lock.wrapped + lock.public + mine
    cipher = _cipher(_file_key(once.exchange(X25519PublicKey.from_public_bytes(lock.public)), head))
    with told(str(target)), source.open("rb") as plain, target.open("wb") as out:
        out.write(head)
        for nonce, chunk in _pieces(plain, CHUNK):
            out.write(cipher.encrypt(nonce, chunk, head))


def unseal(source: Path, target: Path, passphrase: str) -> None:
    """Write what was sealed in the file `source` to `target`.

    Raises WrongPassphrase, Refused for a file that was not sealed by us, Damaged for one that was changed or
    cut off: then what stands in `target` is worth nothing.
    """
    with told(str(source)), source.open("rb") as sealed, target.open("wb") as out:
        head = sealed.read(len(MAGIC) + _LOCK + _KEY)
        cipher = _opened(head, passphrase)
        from cryptography.exceptions import InvalidTag

        try:
            for nonce, piece in _pieces(sealed, CHUNK + _TAG):
                out.write(cipher.decrypt(nonce, piece, head))
        except InvalidTag as error:
            raise Damaged(
                _("The copy is damaged or cut off."), _("Use another copy, as new as possible.")
            ) from error


def _opened(head: bytes, passphrase: str) -> Any:
    """The cipher of the file that begins so."""
    if len(head) != len(MAGIC) + _LOCK + _KEY or not head.startswith(MAGIC):
        raise Refused(_("This is no copy that Lapak has sealed."))
    if not passphrase:
        raise WrongPassphrase(_("This copy is sealed; it needs its passphrase."))
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    lock = _lock(head[len(MAGIC) : len(MAGIC) + _LOCK])
    try:
        raw = _cipher(_stretched(passphrase, lock.salt)).decrypt(_NONCE, lock.wrapped, MAGIC)
    except InvalidTag as error:
        raise WrongPassphrase(
            _("The passphrase is wrong."), _("Capital letters and blanks count.")
        ) from error
    theirs = X25519PublicKey.from_public_bytes(head[-_KEY:])
    return _cipher(_file_key(X25519PrivateKey.from_private_bytes(raw).exchange(theirs), head))


def _lock(raw: bytes) -> Lock:
    return Lock(raw[:_SALT], raw[_SALT : _SALT + _WRAPPED], raw[_SALT + _WRAPPED :])


def _pieces(file: IO[bytes], size: int) -> Iterator[tuple[bytes, bytes]]:
    """Pieces of `size` bytes with their nonces: a counter, and 1 behind the last, which may be empty."""
    number, piece = 0, file.read(size)
    while True:
        following = file.read(size) if len(piece) == size else b""
        yield number.to_bytes(11, "big") + bytes([not following]), piece
        if not following:
            return
        number, piece = number + 1, following


def _stretched(passphrase: str, salt: bytes) -> bytes:
    return hashlib.scrypt(passphrase.encode(), salt=salt, **SCRYPT)


def _file_key(shared: bytes, head: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt=None, info=head).derive(shared)


def _cipher(key: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    return ChaCha20Poly1305(key)
