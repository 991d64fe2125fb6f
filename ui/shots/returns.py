"""The states of approvals and returns that are photographed."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QWidget

from pos.text import _
from ui.people.approval import Wanted, ask
from ui.returns.page import ReturnsPage
from ui.settings.people import People
from ui.shots.printers import come_out
from ui.shots.studio import Stage


def approval(stage: Stage) -> QWidget:
    """An officer is asked for, with a reason chosen and three digits typed."""
    wanted = Wanted("void", "S03K7-000042", _("Cancel sale {number}?").format(number="0042"))
    ask(stage.app, stage.frame, wanted, lambda _approval: None)
    stage.type("111")
    return stage.frame


def approval_refused(stage: Stage) -> QWidget:
    """The PIN was wrong."""
    approval(stage)
    stage.type("111")
    return stage.frame


def people(stage: Stage) -> QWidget:
    """People and PINs, with a role being changed and the table of rights."""
    stage.app.sign_in(next(one for one in stage.app.staff.values() if one.role == "petugas"))
    stage.frame.show_settings()
    stage.rest()
    here = stage.frame.findChildren(People)[0]
    buttons = here.findChildren(QAbstractButton)
    next(one for one in buttons if one.text() == _("Change role")).click()
    next(one for one in buttons if one.text() == _("What each role may do")).click()
    stage.rest()
    area = next(one for one in stage.frame.findChildren(QScrollArea) if one.isAncestorOf(here))
    inside = area.widget()
    if inside:
        area.verticalScrollBar().setValue(here.mapTo(inside, QPoint(0, 0)).y() - 60)
    stage.rest()
    return stage.frame


def _page(stage: Stage) -> ReturnsPage:
    page = stage.frame.screens.currentWidget()
    if not isinstance(page, ReturnsPage):
        raise TypeError("the page of returns is not shown")
    return page


def papers(stage: Stage) -> QWidget:
    """The receipts of the day, none chosen."""
    stage.press("F8")
    return stage.frame


def receipt(stage: Stage) -> QWidget:
    """A receipt with several lines, of which one piece comes back good and one damaged."""
    papers(stage)
    page = _page(stage)
    most = max(range(len(page.list.rows)), key=lambda n: page.list.rows[n].found.qty)
    page.list.choose(most)
    rows = page.detail.rows
    rows[0].good.changed.emit(1)
    rows[-1].bad.changed.emit(1)
    stage.rest()
    return stage.frame


def refund_asked(stage: Stage) -> QWidget:
    """An officer is asked to allow it."""
    receipt(stage)
    stage.press("F9")
    return stage.frame


def refund_done(stage: Stage) -> QWidget:
    """It was allowed: the money to give back, and the slip."""
    stage.app.sign_in(next(one for one in stage.app.staff.values() if one.role == "petugas"))
    refund_asked(stage)
    stage.type(_("Damaged"))
    stage.press("Return")
    stage.show(stage.frame)
    return stage.frame


def receipt_returned(stage: Stage) -> QWidget:
    """The same receipt afterwards."""
    refund_done(stage)
    stage.press("Esc")
    return stage.frame


def bundle(stage: Stage) -> QWidget:
    """A receipt with a bundle, of which one component comes back."""
    papers(stage)
    page = _page(stage)
    for place, row in enumerate(page.list.rows):
        if any("Hampers" in name for name in row.found.goods):
            page.list.choose(place)
            break
    next(row for row in page.detail.rows if row.left.part >= 0).bad.changed.emit(1)
    stage.rest()
    return stage.frame


def scanned(stage: Stage) -> QWidget:
    """A receipt was scanned at the till."""
    papers(stage)
    number = _page(stage).list.rows[1].found.number
    stage.frame.choose(0)
    stage.frame.take_scan(number)
    stage.show(stage.frame)
    come_out(stage)
    return stage.frame
