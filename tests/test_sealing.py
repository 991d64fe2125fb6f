"""Sealed copies: whole or not at all, only with the passphrase, and nothing kept on the laptop opens them."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from pos.errors import Damaged, Refused, WrongPassphrase
from pos.sealing import CHUNK, MAGIC, Lock, lock_of, new_lock, seal, unseal

WORDS = "nastar putri salju 2023"
HEAD = len(MAGIC) + 16 + 48 + 32 + 32


@pytest.fixture(scope="module")
def lock() -> Lock:
    return new_lock(WORDS)


def sealed(folder: Path, lock: Lock, content: bytes) -> Path:
    (folder / "isi").write_bytes(content)
    seal(folder / "isi", folder / "isi.sandi", lock)
    return folder / "isi.sandi"


def opened(path: Path, words: str = WORDS) -> bytes:
    unseal(path, path.with_name("lagi"), words)
    return path.with_name("lagi").read_bytes()


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_was_sealed_comes_back(tmp_path: Path, lock: Lock, size: int) -> None:
    content = bytes(range(256)) * (size // 256 + 1)
    assert opened(sealed(tmp_path, lock, content[:size])) == content[:size]


@pytest.mark.parametrize("words", ["nastar putri salju 2024", "", "NASTAR putri salju 2023"])
def test_another_passphrase_is_one_clear_sentence(tmp_path: Path, lock: Lock, words: str) -> None:
    with pytest.raises(WrongPassphrase, match="sandi"):
        opened(sealed(tmp_path, lock, b"rahasia"), words)


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(Refused, match="8"):
        new_lock("1234567")


def test_each_changed_byte_and_each_cut_is_found(tmp_path: Path, lock: Lock) -> None:
    path = sealed(tmp_path, lock, bytes(2 * CHUNK + 5))
    whole = path.read_bytes()
    piece = CHUNK + 16
    starts = (0, len(MAGIC), len(MAGIC) + 16, HEAD - 64, HEAD - 32, HEAD, HEAD + piece, len(whole) - 1)
    for place in starts:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises((Damaged, Refused)):
            opened(path)
    for end in (0, HEAD - 1, HEAD, HEAD + piece, HEAD + 2 * piece, len(whole) - 1):
        path.write_bytes(whole[:end])
        with pytest.raises((Damaged, Refused)):
            opened(path)
    first, second = whole[HEAD : HEAD + piece], whole[HEAD + piece : HEAD + 2 * piece]
    path.write_bytes(whole[:HEAD] + second + first + whole[HEAD + 2 * piece :])
    with pytest.raises(Damaged):
        opened(path)


def test_what_the_laptop_keeps_opens_nothing(tmp_path: Path, lock: Lock) -> None:
    again = lock_of(lock.text)
    assert again == lock
    path = sealed(tmp_path, lock, b"rahasia" * 100)
    assert b"rahasia" not in path.read_bytes()
    for guess in (lock.text, lock.public.hex(), lock.wrapped.hex()):
        with pytest.raises(WrongPassphrase):
            opened(path, guess)
    assert WORDS not in lock.text


@pytest.mark.parametrize("text", ["", "x", "====", "QUJD", "ä"])
def test_what_is_no_lock_is_none(text: str) -> None:
    assert lock_of(text) is None


def test_two_of_the_same_look_different(tmp_path: Path, lock: Lock) -> None:
    assert sealed(tmp_path, lock, b"a" * 50).read_bytes() != sealed(tmp_path, lock, b"a" * 50).read_bytes()


def test_memory_stays_bounded(tmp_path: Path, lock: Lock) -> None:
    path = sealed(tmp_path, lock, bytes(40 * CHUNK))
    tracemalloc.start()
    opened(path)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 45 * CHUNK  # what `opened` reads back is 40 of them
