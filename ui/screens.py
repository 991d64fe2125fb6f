"""The screens of the program in the order of the menu. A new one is one entry here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from pos.text import _
from ui.app import App
from ui.page import Page
from ui.till.desk import Desk

if TYPE_CHECKING:  # made when it is asked for
    from ui.settings.page import SettingsPage

Shown: TypeAlias = "Desk | SettingsPage | Page"  # each is told by `begin` that it has come into sight


@dataclass(frozen=True, slots=True)
class Screen:
    """A menu entry: icon, name in the language in use, and what makes it (None: not in this version)."""

    icon: str
    name: Callable[[], str]
    make: Callable[[App], Shown] | None = None
    in_menu: bool = True


def _settings(app: App) -> Shown:
    from ui.settings.page import SettingsPage

    return SettingsPage(app)


def _goods(app: App) -> Shown:
    from ui.catalogue.page import GoodsPage

    return GoodsPage(app)


GOODS = Screen("package", lambda: _("Goods"), _goods, in_menu=False)
SCREENS = (
    Screen("shopping-basket", lambda: _("Till"), Desk),
    Screen("clipboard-list", lambda: _("Orders")),
    Screen("package-open", lambda: _("Stock")),
    Screen("grid-3x3", lambda: _("Daily")),
    Screen("chart-column", lambda: _("Reports")),
    Screen("refresh-cw", lambda: _("Sync")),
    Screen("lock-keyhole", lambda: _("Close")),
    Screen("settings", lambda: _("Settings"), _settings, in_menu=False),
    GOODS,
)
