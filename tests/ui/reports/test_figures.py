"""The four figures in words: beside what, up to what hour, and another choice of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from pos.clock import stopped_at
from pos.ledger import Ledger
from pos.reports import Period
from pos.reports.compared import Against, Comparison, Sums, Why
from pos.reports.overview import Overview, overview
from tests.books import DAY, MOMENT, booth
from tests.reports.test_compared import sell_on
from tests.ui.hands import key, show
from ui.reports.face import Face
from ui.reports.figures import Figure, show_figures
from ui.theme import Theme

WEEK_AGO, YESTERDAY = DAY - timedelta(days=7), DAY - timedelta(days=1)


@pytest.fixture
def days(tmp_path: Path) -> Iterator[Ledger]:
    ledger = booth(tmp_path / "s03.lapak")
    sell_on(ledger, WEEK_AGO, 9, 13, 16, qty=2)
    sell_on(ledger, YESTERDAY, 10, 13, 15)
    sell_on(ledger, DAY, 9, 10, 13, 14)
    ledger.clock = stopped_at(MOMENT)
    yield ledger
    ledger.close()


@pytest.fixture
def face(qtbot: QtBot, theme: Theme, days: Ledger) -> Face:
    face = Face(theme)
    face.resize(1920, 900)
    show(qtbot, face)
    face.show_view(overview(days, Period(DAY, DAY), DAY, MOMENT), "today")
    return face


def told(face: Face) -> list[str]:
    return [card.accessibleName() for card in face.figures]


def test_they_say_beside_what_and_up_to_what_hour(face: Face) -> None:
    words = told(face)
    beside = "Dibandingkan dengan Kam, 13 Apr 2023, sama-sama s.d. 14.00"
    assert words == [
        f"Pendapatan, Rp200.000, 50% di atas kemarin pada jam yang sama s.d. 14.00, {beside}",
        f"Transaksi, 4, 1 lebih banyak dari kemarin s.d. 14.00, {beside}",
        f"Rata-rata belanja, Rp50.000, sama dengan kemarin s.d. 14.00, {beside}",
        f"Barang terjual, 4, dari 1 UPT · 1 lebih banyak dari kemarin s.d. 14.00, {beside}",
    ]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_same_weekday_is_chosen_by_keys_and_stays(face: Face, days: Ledger) -> None:
    face.before.setFocus(Qt.FocusReason.TabFocusReason)
    key(Qt.Key.Key_Return)
    (menu,) = face.before.findChildren(QMenu)
    assert [action.text() for action in menu.actions()] == [
        "Kemarin: Kam, 13 Apr 2023, sama-sama s.d. 14.00",
        "Jumat lalu: Jum, 7 Apr 2023, sama-sama s.d. 14.00",
    ]
    assert [action.isChecked() for action in menu.actions()] == [True, False]
    menu.actions()[1].trigger()
    menu.close()
    assert "25% di bawah Jumat lalu pada jam yang sama s.d. 14.00" in told(face)[0]
    assert "2 buah" not in told(face)[3]
    assert "1 lebih sedikit dari Jumat lalu" in told(face)[3]
    face.show_view(overview(days, Period(DAY, DAY), DAY, MOMENT), "today")
    assert "Jumat lalu" in told(face)[1]
    face.show_view(overview(days, Period(YESTERDAY, YESTERDAY), DAY, MOMENT), "yesterday")
    assert "Tidak ada penjualan hari sebelumnya" in told(face)[0]  # that Thursday nothing is known of
    assert face.before.accessibleName() == "Bandingkan dengan: Hari sebelumnya"


def cards(theme: Theme) -> tuple[Figure, Figure, Figure, Figure]:
    made = [Figure(name, theme) for name in ("A", "B", "C", "D")]
    return made[0], made[1], made[2], made[3]


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        (Sums(1, 1, 50_000), Sums(), "Tidak ada penjualan kemarin"),
        (Sums(1, 0, -20_000), Sums(1, 1, 50_000), "Rp70.000 di bawah kemarin"),
        (Sums(1, 1, 50_000), Sums(1, 0, -20_000), "Rp70.000 di atas kemarin"),
        (Sums(), Sums(1, 1, 50_000), "100% di bawah kemarin"),
        (Sums(1, 1, 50_000), Sums(1, 1, 50_000), "sama dengan kemarin"),
    ],
)
def test_no_percentage_where_there_is_none(
    theme: Theme, qtbot: QtBot, now: Sums, then: Sums, words: str
) -> None:
    four = cards(theme)
    for card in four:
        qtbot.addWidget(card)
        card.resize(600, 96)
    one = Comparison(Against.DAY_BEFORE, DAY, DAY, YESTERDAY, YESTERDAY, 14, now, then)
    view = Overview(Period(DAY, DAY), now.total, now.qty, now.sales, now.average, 0, 0, 0)
    show_figures(four, view, one)
    said = four[0].accessibleName()
    assert words in said
    assert ("%" in said) == ("%" in words)
    assert "None" not in " ".join(card.accessibleName() for card in four)


def test_what_is_the_same_is_said_shorter_where_there_is_little_room(qtbot: QtBot, theme: Theme) -> None:
    four = cards(theme)
    same = Sums(15, 15, 750_000)
    one = Comparison(Against.DAY_BEFORE, DAY, DAY, YESTERDAY, YESTERDAY, 14, same, same)
    for card in four:
        qtbot.addWidget(card)
        card.resize(200, 96)
    show_figures(four, Overview(Period(DAY, DAY), 750_000, 15, 15, 50_000, 1, 2, 1), one)
    for card, words in zip(four, ("sama dengan kemarin", "sama banyak dengan kemarin"), strict=False):
        assert card._words.text() == words


@pytest.mark.parametrize("why", Why)
def test_each_reason_is_said(theme: Theme, qtbot: QtBot, why: Why) -> None:
    four = cards(theme)
    for card in four:
        qtbot.addWidget(card)
    one = Comparison(Against.DAY_BEFORE, DAY, DAY, YESTERDAY, YESTERDAY, why=why, late="S07")
    show_figures(four, Overview(Period(DAY, DAY), 0, 0, 0, 0, 0, 0, 0), one)
    said = four[0].accessibleName()
    assert len(said) > 40
    assert ("S07" in said) == (why is Why.LATE)
    assert "%" not in said
    assert four[2].accessibleName().startswith("C, –")


def test_400_days_fit_as_weeks(face: Face, days: Ledger) -> None:
    start = DAY - timedelta(days=199)
    view = overview(days, Period(start, start + timedelta(days=399)), DAY, MOMENT)
    for width, height in ((1014, 500), (1272, 640), (1820, 960)):
        face.resize(width, height)
        face.show_view(view, "event")
        assert face.chart.title.text() == "Per minggu"
        chart = face.chart.chart
        assert chart.count() == 58
        assert all(0 <= chart.place(n).left() < chart.place(n).right() <= chart.width() for n in range(58))
        inside = face.widget()
        assert inside is not None
        assert inside.minimumSizeHint().width() <= face.viewport().width()
    chart.setFocus()
    key(Qt.Key.Key_Right)
    assert chart.accessibleDescription().startswith("11 Apr – 17 Apr 2023: Rp350.000")
