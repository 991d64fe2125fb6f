"""Language, colours, size: whatever is switched holds at once, without a restart, Qt's own words included."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

from pos.text import use_language
from ui.app import App
from ui.dress import dress, theme_of
from ui.idle import IdleWatch
from ui.spoken_qt import speak_qt
from ui.window import Window

SEEN = {"theme", "scale", "language", "keys", "calm"}  # settings that change what every widget shows


class Appearance(QObject):
    """Follows the settings of `app`. `show_anew` makes all widgets again: so none is missed."""

    def __init__(self, window: Window, app: App, show_anew: Callable[[], object]) -> None:
        super().__init__(window)
        self.window = window
        self.app = app
        self.show_anew = show_anew
        self.idle = IdleWatch(self._lock, self)
        speak_qt(self)
        app.setting_changed.connect(self._follow)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._follow("lock_minutes")

    def _follow(self, key: str) -> None:
        if key == "lock_minutes":
            self.idle.set_minutes(int(self.app.setting(key)))
        elif key in SEEN:
            QTimer.singleShot(0, self, self._change)  # not under the hands of the widget that was pressed

    def _follow_system(self) -> None:
        self._follow("theme")

    def _change(self) -> None:
        app = self.app
        use_language(app.setting("language"))
        app.theme = self.window.theme = theme_of(app.machine)
        dress(app.theme)
        self.show_anew()

    def _lock(self) -> None:
        """Nobody is there; without a PIN there is nothing to ask for. A board on the wall stays in sight."""
        if any(one.pin for one in self.app.people()):
            if self.app.on_wall:
                self.app.lock_due = True
            else:
                self.app.lock()
