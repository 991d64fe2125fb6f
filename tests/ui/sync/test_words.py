"""The words of handing over: moments, sizes, how far it is, what waits in ever less room."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from pos.course import View
from pos.handed import Waiting, kinds_text
from tests.books import MOMENT
from ui.frame import Frame
from ui.sync.waiting_mark import WaitingMark
from ui.sync.words import ago, progress_words, size_words, waiting_short, when

KINDS = (("sale", 5), ("received", 1), ("void", 1))
FOUND = Waiting(7, 445_000, MOMENT.replace(hour=13, minute=40), KINDS, None)
SIZES = (
    (0, "0 kB"),
    (1, "1 kB"),
    (41_300_000, "41 MB"),
    (1_250_000_000, "1.250 MB"),
    (118 * 10**9, "118 GB"),
)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (None, "–"),
        (MOMENT, "14.07"),
        (MOMENT - timedelta(days=1), "Kemarin"),
        (datetime(2023, 4, 12, 16, 20, tzinfo=MOMENT.tzinfo), "12 Apr 16.20"),
    ],
)
def test_moments(moment: datetime | None, said: str) -> None:
    assert when(moment, MOMENT) == said


@pytest.mark.parametrize(
    ("spent", "said"),
    [
        (timedelta(minutes=10), "1 jam lalu"),
        (timedelta(hours=5, minutes=59), "5 jam lalu"),
        (timedelta(hours=23), "Kemarin"),
        (timedelta(days=3), "3 hari lalu"),
    ],
)
def test_how_long_ago(spent: timedelta, said: str) -> None:
    assert ago(MOMENT - spent, MOMENT) == said


@pytest.mark.parametrize(("size", "said"), SIZES)
def test_sizes(size: int, said: str) -> None:
    assert size_words(size).replace("\u00a0", " ") == said


def test_what_waits_in_ever_less_room() -> None:
    assert waiting_short(FOUND, MOMENT) == (
        "7 dokumen menunggu · Rp445.000 · sejak 13.40",
        "7 dokumen menunggu · Rp445.000",
        "7 menunggu · Rp445.000",
        "7 menunggu",
    )
    assert waiting_short(replace(FOUND, money=0), MOMENT)[-2:] == ("7 dokumen menunggu", "7 menunggu")
    assert waiting_short(Waiting(0, 0, None, (), MOMENT), MOMENT)[0] == "Semua tersetor · 14.07"
    assert waiting_short(Waiting(0, 0, None, (), None), MOMENT) == ()


def test_kinds_in_words_and_the_rest_as_one_number() -> None:
    assert kinds_text(FOUND) == "5 penjualan, 1 titipan, 1 pembatalan"
    kinds = (("sale", 9), ("refund", 2), ("cash", 3), ("shift", 1), ("other", 5))
    many = replace(FOUND, documents=20, kinds=kinds)
    assert kinds_text(many) == "9 penjualan, 2 retur, 3 kas, 6 lainnya"


def test_how_far_it_is() -> None:
    view = View("merge", 1_284, 2_071, 61, 20, paused=False)
    assert progress_words(view) == (
        "1.284 dari 2.071 dokumen · kira-kira 20 detik lagi · kasir tetap bisa berjualan"
    )
    assert progress_words(replace(view, paused=True)) == (
        "1.284 dari 2.071 dokumen · dijeda · kasir tetap bisa berjualan"
    )
    assert "kira-kira 2 menit lagi" in progress_words(replace(view, left_s=61))
    assert progress_words(replace(view, step="keep", left_s=None)) == "kasir tetap bisa berjualan"


def test_the_mark_never_cuts_its_words(frame: Frame) -> None:
    (mark,) = frame.status.findChildren(WaitingMark)
    assert mark.width() >= mark.minimumSizeHint().width()
    frame.resize(1024, 600)
    assert mark.width() >= mark.minimumSizeHint().width()
