"""`lapak backup`, `lapak backup --test`, `lapak restore`: what interface.md promises of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pos.cli.backups import VARIABLE
from pos.model import Sale
from tests.cli.running import Run, documents_of, program, tamper

WORDS = "kata sandi panjang"


def test_a_copy_is_made_tried_and_restored(lapak: Run, path: Path, sold: list[Sale], tmp_path: Path) -> None:
    folder = tmp_path / "cadangan"
    made = lapak("backup", path, folder, "--json").json
    (file,) = folder.iterdir()
    assert made == {"file": str(file), "documents": sold[-1].seq, "verified": True}
    tried = lapak("backup", "--test", folder, "--json").json
    assert {key: tried[key] for key in ("file", "documents", "verified")} == made
    assert all(check["ok"] for check in tried["checks"])
    back = lapak("restore", file, tmp_path / "baru.lapak", "--json").json
    assert (back["file"], back["documents"], back["verified"]) == (
        str(tmp_path / "baru.lapak"),
        sold[-1].seq,
        True,
    )
    assert documents_of(tmp_path / "baru.lapak") == documents_of(path)
    again = lapak("restore", file, path, "--json").json
    assert documents_of(Path(again["aside"])) == documents_of(path)
    assert "semuanya benar" in lapak("backup", "--test", folder).out


def test_a_changed_copy_is_told_with_exit_3_and_a_wrong_one_with_1(
    lapak: Run, path: Path, sold: list[Sale], tmp_path: Path
) -> None:
    file = Path(lapak("backup", path, tmp_path / "a", "--json").json["file"])
    more = file.with_name(file.name.replace(f"-{sold[-1].seq}.", f"-{sold[-1].seq + 1}."))
    file.rename(more)
    said = lapak("backup", "--test", tmp_path / "a", "--json")
    assert (said.code, said.json["verified"]) == (1, False)
    tamper(more, "UPDATE document SET body = replace(body, 'rina', 'rino') WHERE kind = 'sale'")
    said = lapak("backup", "--test", tmp_path / "a")
    assert said.code == 3
    assert "rusak" in said.sentence


def test_a_damaged_ledger_makes_no_copy(lapak: Run, path: Path, sold: list[Sale], tmp_path: Path) -> None:
    assert sold
    tamper(path, "UPDATE document SET body = replace(body, 'rina', 'rino') WHERE kind = 'sale'")
    said = lapak("backup", path, tmp_path / "a")
    assert said.code == 3
    assert "rusak" in said.sentence
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize(
    "argv",
    [
        (),
        ("{path}",),
        ("--test", "{folder}", "{path}"),
        ("--test", "{folder}"),
        ("--test", "{folder}/nirgends"),
        ("{folder}/nirgends.lapak", "{folder}"),
        ("postgresql+psycopg://x@localhost/y", "{folder}"),
        ("{path}", "{path}"),
        ("{path}", "{folder}", "--seal"),
    ],
)
def test_bad_usage_is_one_sentence_and_changes_nothing(
    lapak: Run, path: Path, tmp_path: Path, argv: tuple[str, ...]
) -> None:
    (tmp_path / "kosong").mkdir()
    before = path.read_bytes()
    said = lapak("backup", *(arg.format(path=path, folder=tmp_path / "kosong") for arg in argv))
    assert said.code == 2
    assert said.sentence
    assert list((tmp_path / "kosong").iterdir()) == []
    assert path.read_bytes() == before


def test_a_sealed_copy_asks_for_its_passphrase(
    lapak: Run, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, WORDS)
    file = Path(lapak("backup", path, tmp_path / "a", "--seal", "--json").json["file"])
    assert lapak("backup", "--test", tmp_path / "a", "--json").json["verified"]
    monkeypatch.setenv(VARIABLE, "kata yang salah")
    assert "salah" in lapak("restore", file, tmp_path / "b.lapak").sentence
    monkeypatch.delenv(VARIABLE)
    said = lapak("restore", file, tmp_path / "b.lapak", "--json")
    assert said.code == 2
    assert VARIABLE in said.json["hint"]
    assert not (tmp_path / "b.lapak").exists()


def test_a_restored_till_sells_under_another_number(path: Path, home: Path, lapak: Run) -> None:
    """As a program of its own, from end to end: the number of the old laptop is never given again."""
    home.mkdir()
    own = path.rename(home / "stan.lapak")
    cart = b'{"cart":"a","lines":[{"sku":"PECI","qty":1}],"payments":[{"method":"cash","amount":50000}]}\n'
    file = lapak("backup", own, home / "cadangan", "--json").json["file"]
    first = json.loads(program("sell", own, "--stdin", stdin=cart).out)
    assert lapak("restore", file, own).code == 0
    said = program("sell", own, "--stdin", stdin=cart.replace(b'"a"', b'"b"'))
    assert said.code == 0
    assert "dipulihkan" in said.err
    assert json.loads(said.out)["number"][:5] != first["number"][:5]
