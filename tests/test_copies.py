"""Copies are known by their names, kept by the hour and the day, and nothing else is ever deleted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from pos.copies import Copy, copies, copy_at, copy_name, thin_out, worth_keeping

TODAY = date(2023, 4, 14)
NOON = datetime(2023, 4, 14, 12, 0)  # noqa: DTZ001 - names bear no zone
CODE = "K7M2Q9XA"


def copy(at: datetime, size: int = 1) -> Copy:
    return Copy(Path(copy_name("S03", CODE, at, 5)), "S03", CODE, at, 5, size)


def made(folder: Path, moments: Iterable[datetime], device: str = CODE) -> list[str]:
    names = [copy_name("S03", device, at, 5) for at in moments]
    for name in names:
        (folder / name).write_bytes(b"x")
    return names


def test_a_name_tells_booth_device_time_and_documents(tmp_path: Path) -> None:
    (tmp_path / "cadangan-S03-K7M2Q9XA-20230414-140700-263.lapak").write_bytes(b"abc")
    (found,) = copies(tmp_path)
    assert (found.booth, found.device, found.documents, found.size) == ("S03", CODE, 263, 3)
    assert found.at.isoformat() == "2023-04-14T14:07:00"
    assert found.path.name == copy_name(found.booth, found.device, found.at, found.documents)


@pytest.mark.parametrize("booth", ["", "../..", "CON", "Stan 03/á"])
def test_any_booth_makes_a_name_that_is_known_again(tmp_path: Path, booth: str) -> None:
    path = tmp_path / copy_name(booth, "", NOON, 5, sealed=True)
    path.write_bytes(b"")
    found = copy_at(path)
    assert found is not None
    assert found.sealed


@pytest.mark.parametrize(
    "name", ["cadangan-S03-K7M2Q9XA-20230414-250700-263.lapak", "cadangan.lapak", "stan.lapak", ".cadangan"]
)
def test_what_is_called_otherwise_is_no_copy(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    assert copies(tmp_path) == ()


def test_folders_links_and_what_is_gone_are_no_copies(tmp_path: Path) -> None:
    name = copy_name("S03", CODE, NOON, 5)
    (tmp_path / "stan.lapak").write_bytes(b"x")
    (tmp_path / name).symlink_to(tmp_path / "stan.lapak")
    (tmp_path / copy_name("S03", CODE, NOON, 6)).mkdir()
    assert copies(tmp_path) == copies(tmp_path / "nirgends") == ()


def test_the_last_ten_each_hour_of_today_and_each_day_are_kept() -> None:
    minutes = [NOON - timedelta(minutes=10 * n) for n in range(12 * 6)]  # of today, back to 00.10
    days = [NOON - timedelta(days=n, hours=h) for n in range(1, 41) for h in (0, 3)]
    kept = worth_keeping([copy(at) for at in (*minutes, *days)], TODAY)
    moments = [one.at for one in kept]
    assert moments[:10] == minutes[:10]
    assert [at.hour for at in moments[10:] if at.date() == TODAY] == list(range(9, -1, -1))
    assert [at for at in moments if at.date() != TODAY] == [NOON - timedelta(days=n) for n in range(1, 41)]


def test_a_folder_is_bounded_in_bytes_but_the_newest_stay() -> None:
    many = [copy(NOON - timedelta(days=n), size=400) for n in range(8)]
    assert worth_keeping(many, TODAY, most_bytes=2_000) == tuple(many[:5])
    assert worth_keeping(many, TODAY, most_bytes=1) == tuple(many[:3])


def test_only_what_is_ours_is_deleted(tmp_path: Path) -> None:
    old = [NOON - timedelta(days=1, minutes=n) for n in range(30)]
    made(tmp_path, old)
    others = made(tmp_path, old, device="ZZZZ9999")
    strangers = ["cadangan.lapak", "Foto.jpg", "stan.lapak", ".cadangan-S03-ZZZZ9999-1.abc.baru"]
    former = "sebelum-1003-S03-K7M2Q9XA-20220414-140700-5.lapak"
    for name in (*strangers, former, f".{copy_name('S03', CODE, NOON, 5)}.0123abcd.baru"):
        (tmp_path / name).write_bytes(b"x")
    assert thin_out(tmp_path, CODE, TODAY) == 21
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {*others, *strangers, former, *(copy_name("S03", CODE, at, 5) for at in old[:10])}
    assert thin_out(tmp_path, CODE, TODAY) == thin_out(tmp_path / "nirgends", CODE, TODAY) == 0
