"""What F1 and Shift+F1 bring over everything: the manual, and the map of keys; each made when wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.app import App

if TYPE_CHECKING:  # seldom needed, and imported then
    from ui.help_map import HelpMap
    from ui.manual.sheet import ManualSheet


class Guide(QObject):
    """`place` tells whose keys hold where one is, `page` the page of the manual; both cover `over`."""

    settings_wanted = Signal()

    def __init__(self, over: QWidget, app: App, place: Callable[[], str], page: Callable[[], str]) -> None:
        super().__init__(over)
        self._over, self._app = over, app
        self._place, self._page = place, page
        self.map: HelpMap | None = None
        self.manual: ManualSheet | None = None  # while it is open

    def show(self, which: int) -> None:
        """What the first or the second of the keys asks for."""
        (self.show_manual, self.show_map)[which]()

    def show_manual(self) -> None:
        """The page of what is in sight; asked for again it goes."""
        if self.manual is not None:
            self.manual.leave()
            return
        from ui.manual.sheet import open_manual

        app = None if self._app.locked else self._app  # from the sign-in page nothing leads further
        self.manual = open_manual(self._over, self._app.theme, self._page(), app)
        self.manual.map_wanted.connect(self.show_map)
        self.manual.settings_wanted.connect(self.settings_wanted)
        self.manual.left.connect(self._forget)

    def show_map(self) -> None:
        """The map of keys; asked for again it goes."""
        if self.map is None:
            from ui.help_map import HelpMap

            self.map = HelpMap(self._app.theme, self._over, office=self._app.office)
            self.map.settings_wanted.connect(self.settings_wanted)
        if self.map.isVisible():
            self.map.hide()
        else:
            self.map.open_over(self._place())

    def close(self) -> bool:
        """Make way for what lies below; False when nothing lay over it."""
        shown = self.map is not None and self.map.isVisible()
        if shown and self.map is not None:
            self.map.hide()
        if self.manual is None:
            return shown
        self.manual.leave()
        return True

    def fit(self) -> None:
        """As large as what is covered."""
        if self.map is not None:
            self.map.setGeometry(self._over.rect())

    def _forget(self) -> None:
        self.manual = None
