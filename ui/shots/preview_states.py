"""States of what is looked at before it is printed that are photographed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from ui.preview import Preview
from ui.reports.page import ReportsPage
from ui.shots.office_states import office, reports
from ui.shots.studio import Stage


def figures(stage: Stage) -> QWidget:
    """The page of figures as pages."""
    reports(stage)
    return _print(stage)


def table(stage: Stage) -> QWidget:
    """A report as a table, sorted by name, the whole page in sight."""
    reports(stage)
    page = _page(stage)
    page.ask(replace(page.asked, report="products"))
    stage.rest()
    page.rows.view.setFocus()
    stage.press("Right", "Right", "F3")
    _print(stage)
    stage.press("F5")
    return stage.frame


def across(stage: Stage) -> QWidget:
    """The same paper turned, and larger."""
    table(stage)
    (sheet,) = (one for one in stage.frame.findChildren(Preview) if one.isVisible())
    sheet.ways["upright"].click()
    stage.rest()
    stage.press("F5", "+")
    return stage.frame


def of_office(stage: Stage) -> QWidget:
    """At the office, with the completeness of all booths, and two printers."""
    office(stage)
    _print(stage)
    for sheet in stage.frame.findChildren(Preview):
        sheet.show_printers(("Kantor_A4", "Ruang-Rapat"))
    stage.rest()
    return stage.frame


STATES: tuple[tuple[str, Callable[[Stage], QWidget], bool], ...] = (
    ("07p-pratinjau-angka", figures, True),
    ("07q-pratinjau-tabel", table, False),
    ("07r-pratinjau-mendatar", across, False),
    ("07s-pratinjau-kantor", of_office, False),
)


def _print(stage: Stage) -> QWidget:
    stage.show(stage.frame)
    stage.press("Ctrl+P")
    return stage.frame


def _page(stage: Stage) -> ReportsPage:
    page = stage.frame.screens.currentWidget()
    if not isinstance(page, ReportsPage):
        raise TypeError(page)
    return page
