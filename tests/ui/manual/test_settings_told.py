"""Every card and every row of the page of settings is told in the manual, in both languages."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from pos.ledger import Ledger
from pos.manual import help_page
from pos.staff import staff
from tests.ui.hands import show
from ui.app import App
from ui.settings.page import SettingsPage
from ui.theme import Theme


def test_every_row_is_told(qtbot: QtBot, theme: Theme, till: Ledger, speech: str) -> None:
    page = SettingsPage(App.over(till, theme))
    show(qtbot, page)
    font = theme.font("button")
    rows = {one.text() for one in page.findChildren(QLabel) if one.font() == font and one.text()}
    told = {
        span.text
        for name in ("settings", "people", "printer", "backup")
        for block in help_page(name).blocks
        for span in (*block.spans, *block.more)
        if span.style == "screen"
    }
    named = {section.title for section in page._sections}
    people = {one.name for one in staff(till).values()}
    assert (speech, sorted(rows - told - people - {till.own().name})) == (speech, [])
    assert {section for section in named if section not in told} <= set(headings()), speech


def headings() -> list[str]:
    """Cards whose rows stand under a heading of the page."""
    blocks = help_page("settings").blocks
    return ["".join(span.text for span in one.spans) for one in blocks if one.kind == "heading"]
