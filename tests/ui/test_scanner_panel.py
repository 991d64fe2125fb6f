"""The scanner test shows what is heard and why it is taken for what, and finds the settings that fit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.text import use_language
from tests.ui.hands import button, focused, key, show, tap, texts
from tests.ui.keyboard import F9, REST_MS, Move, after, fingers, move, play, scanner
from ui.fields import FieldFrame
from ui.pressable import Pressable
from ui.scan_burst import ScanSettings
from ui.scanner import Scanner
from ui.scanner_panel import ScannerPanel
from ui.switch import Switch
from ui.theme import Theme, load_theme

CODE = "8991234567890"
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@pytest.fixture
def heard(qapp: QApplication) -> Iterator[Scanner]:
    heard = Scanner(qapp)
    heard.install()
    yield heard
    heard.remove()
    heard.deleteLater()


@pytest.fixture
def panel(heard: Scanner, theme: Theme, qtbot: QtBot) -> ScannerPanel:
    panel = ScannerPanel(heard, theme)
    panel.resize(1017, 582)
    show(qtbot, panel)
    return panel


def scans(count: int, gap: int = 10) -> list[Move]:
    """The same code `count` times, half a second between them."""
    return after([scanner(CODE, [0, *[gap] * 13])] * count, [500] * count)


def rest() -> list[Move]:
    """A key that ends whatever is held."""
    return [move(0, F9, down=True)]


def table(panel: ScannerPanel) -> list[tuple[str, ...]]:
    """What stands in the trace."""
    model = panel.trace.model()
    rows, columns = range(model.rowCount()), range(model.columnCount())
    return [tuple(model.index(row, column).data() for column in columns) for row in rows]


def test_a_scan_is_shown_key_by_key_with_its_verdict(panel: ScannerPanel) -> None:
    play(scanner("89 1", [0, 8, 12, 9, 9]))
    assert table(panel) == [
        ("8", "–", "–", ""),
        ("9", "8", "8", ""),
        ("␣", "12", "10", ""),
        ("1", "9", "10", "Pemindai"),
    ]
    assert panel.verdict.tag.accessibleName() == "Pemindai"
    assert panel.verdict.code.text() == "89 1"
    assert "4 karakter, jeda paling lama 12\u00a0ms, diakhiri Enter atau Tab." in texts(panel)


def test_figures_stand_at_the_right(panel: ScannerPanel) -> None:
    model = panel.trace.model()
    sides = [
        model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        for column in range(4)
    ]
    assert [side == RIGHT for side in sides] == [False, True, True, False]


@pytest.mark.parametrize(
    ("moves", "why"),
    [
        (fingers("n", [0]), "Satu tombol saja tidak pernah dianggap pindaian."),
        (
            fingers("na", [0, 90]),
            "90\u00a0ms setelah tombol sebelumnya; tombol pemindai berjarak kurang dari 35\u00a0ms.",
        ),
        (fingers("na", [0, 15], 20), "Hanya 2 tombol cepat berturut-turut; pindaian paling sedikit 4."),
        (fingers("na", [0, 15]), "Tombol sebelumnya masih tertekan: ini jari orang."),
    ],
)
def test_typing_is_told_with_its_reason(moves: list[Move], why: str, panel: ScannerPanel) -> None:
    play(after([moves, rest()], [0, REST_MS]))
    assert panel.verdict.tag.accessibleName() == "Ketikan"
    assert (panel.verdict.code.text(), panel.verdict.why.text()) == ("–", why)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("8" * 201, "Lebih dari 200 karakter: bukan kode."),
        ("**##", "Tidak ada yang tersisa tanpa awalan dan akhiran."),
    ],
)
def test_what_is_no_code_is_told_with_its_reason(
    code: str, why: str, panel: ScannerPanel, heard: Scanner
) -> None:
    heard.settings = ScanSettings(prefix="**", suffix="##")
    play(scanner(code, [0, *[1] * len(code)]))
    assert (panel.verdict.tag.accessibleName(), panel.verdict.why.text()) == ("Bukan kode", why)


def test_the_same_code_at_once_again_is_told(panel: ScannerPanel) -> None:
    play(after([scanner("8991", [0, 5, 5, 5, 5])] * 2, [0, 100]))
    assert panel.verdict.tag.accessibleName() == "Pemindai, terulang"


def test_a_long_code_stays_readable(panel: ScannerPanel) -> None:
    play(scanner("9" * 120, [0, *[1] * 120]))
    assert panel.verdict.code.text() == "9" * 48 + "…"


def test_three_scans_suggest_a_limit_that_is_in_use_with_one_tap(
    panel: ScannerPanel, heard: Scanner, qtbot: QtBot
) -> None:
    play(scans(2))
    assert "Pindai 3 kali untuk mendapat saran; sudah 2." in texts(panel)
    assert not panel.pace.use.isVisible()
    play(scans(1), start_ms=9000)
    with qtbot.waitSignal(panel.changed) as told:
        tap(button(panel, "Pakai 15\u00a0ms"))
    assert told.args == [ScanSettings(max_gap_ms=15)]
    assert heard.settings == ScanSettings(max_gap_ms=15)
    assert panel.pace.now.text() == "15\u00a0ms"
    assert panel.pace.fits.isVisible()
    assert not panel.pace.use.isVisible()


def test_a_scanner_that_is_too_slow_is_found_out(panel: ScannerPanel, heard: Scanner) -> None:
    """At 38\u00a0ms per key all it sends is typing, until the limit suits it."""
    play(after([scans(3, 38), rest()], [0, REST_MS]))
    assert panel.verdict.tag.accessibleName() == "Ketikan"
    tap(button(panel, "Pakai 57\u00a0ms"))
    play(scans(1, 38), start_ms=9000)
    assert panel.verdict.code.text() == CODE
    assert heard.settings.max_gap_ms == 57


def test_prefix_and_suffix_count_as_they_are_typed(panel: ScannerPanel, heard: Scanner) -> None:
    told: list[ScanSettings] = []
    panel.changed.connect(told.append)
    panel.affixes.prefix.edit.setFocus()
    play(after([fingers("*", [0]), rest()], [0, REST_MS]))
    panel.affixes.suffix.edit.setFocus()
    play(after([fingers("#!", [0, 90]), rest()], [0, REST_MS]), start_ms=9000)
    assert told == [ScanSettings(prefix="*"), ScanSettings(prefix="*", suffix="#"), heard.settings]
    assert heard.settings == ScanSettings(prefix="*", suffix="#!")
    play(scanner("*8991#!", [0, *[5] * 7]), start_ms=20_000)
    assert panel.verdict.code.text() == "8991"
    assert panel.affixes.suffix.edit.text() == "#!"
    assert told == [ScanSettings(prefix="*"), ScanSettings(prefix="*", suffix="#"), heard.settings]


def test_the_switch_obeys_hand_and_keyboard(panel: ScannerPanel, heard: Scanner) -> None:
    switch = panel.affixes.repeat
    told: list[bool] = []
    panel.changed.connect(lambda settings: told.append(settings.quick_repeat))
    tap(switch)
    switch.setFocus()
    key(Qt.Key.Key_Return)
    assert told == [True, False]
    assert heard.settings == ScanSettings()
    before = switch.grab().toImage()
    tap(switch)
    assert switch.grab().toImage() != before


def test_the_settings_in_use_are_shown(heard: Scanner, theme: Theme, qtbot: QtBot) -> None:
    heard.settings = ScanSettings(max_gap_ms=20, prefix="A", suffix="B", quick_repeat=True)
    panel = ScannerPanel(heard, theme)
    show(qtbot, panel)
    fields = [field.edit.text() for field in panel.findChildren(FieldFrame)]
    assert (fields, panel.affixes.repeat.isChecked(), panel.pace.now.text()) == (
        ["A", "B"],
        True,
        "20\u00a0ms",
    )


def test_hidden_it_hears_nothing_and_keeps_nothing(panel: ScannerPanel) -> None:
    play(scans(1))
    assert panel.trace.keys
    panel.hide()
    play(scans(1), to=panel, start_ms=9000)
    assert not panel.trace.keys
    panel.show()
    play(scans(1), to=panel, start_ms=19_000)
    assert len(panel.trace.keys) == len(CODE)


def test_cleared_it_begins_anew(panel: ScannerPanel) -> None:
    play(scans(3))
    tap(button(panel, "Kosongkan"))
    assert table(panel) == []
    assert "Pindai 3 kali untuk mendapat saran; sudah 0." in texts(panel)
    assert panel.verdict.tag.accessibleName() == "Menunggu"


def test_the_trace_has_an_end(panel: ScannerPanel) -> None:
    play(after([scanner("8" * 180, [0, *[1] * 180])] * 4, [500] * 4))
    assert len(table(panel)) == 600


def test_typing_writes_nowhere_until_a_field_is_chosen(panel: ScannerPanel) -> None:
    assert focused() is panel


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(("scale", "size"), [(1.0, (1017, 582)), (1.25, (1290, 736)), (1.25, (1017, 582))])
def test_nothing_is_cut(
    language: str, scale: float, size: tuple[int, int], heard: Scanner, qtbot: QtBot
) -> None:
    use_language(language)
    try:
        panel = ScannerPanel(heard, load_theme("light", scale))
    finally:
        use_language("id")
    panel.resize(*size)
    show(qtbot, panel)
    assert (panel.width(), panel.height()) == size
    for shown in panel.findChildren(Pressable):
        assert shown.height() >= round(48 * scale)
        assert shown.width() >= shown.minimumSizeHint().width()
    columns = panel.trace.horizontalHeader()
    assert all(columns.sectionSize(place) >= columns.sectionSizeHint(place) for place in range(4))
    assert columns.length() <= panel.trace.viewport().width()


def test_a_switch_says_its_name(theme: Theme) -> None:
    switch = Switch("Ulang cepat", theme)
    assert (switch.accessibleName(), switch.isCheckable()) == ("Ulang cepat", True)
    assert switch.sizeHint().height() == 48
