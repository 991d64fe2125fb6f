"""The page of figures in a low window: what does not fit is scrolled to, never squeezed."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.office.room import settle
from ui.reports.face import Face
from ui.theme import Theme


@pytest.mark.parametrize("high", [200, 404, 1_200])
def test_no_panel_is_lower_than_what_is_in_it(qtbot: QtBot, theme: Theme, high: int) -> None:
    face = Face(theme)
    qtbot.addWidget(face)
    face.resize(900, high)
    face.show()
    settle()
    face.resize(900, high - 20)  # as when what stands below the page takes room later
    settle()
    for panel in (*face.figures, face.chart, face.ways, face.best, face.units):
        assert panel.height() >= panel.minimumSizeHint().height()
