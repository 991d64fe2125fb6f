"""The states of approvals and returns that are photographed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from pos.text import _
from ui.people.approval import Wanted, ask
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
