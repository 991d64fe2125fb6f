"""The one place that tells and asks: toasts that pass, banners that stay, dialogs for what cannot go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, TypeAlias

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen, QTextLayout
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from pos.text import _
from ui.icons import icon_pixmap
from ui.marks import keycap_size
from ui.pressable import Look, Pressable
from ui.shadow import paint_shadow
from ui.theme import Theme
from ui.widgets import Button, IconButton, label, set_color

if TYPE_CHECKING:
    from ui.question import Question

TOAST_MS = 6000
Kind: TypeAlias = Literal["danger", "warn", "info", "ok"]

_BANNERS = {
    "danger": ("dangerSoft", "dangerBorder", "onDangerSoft", "circle-alert"),
    "warn": ("warnSoft", "warnBorder", "onWarnSoft", "triangle-alert"),
    "info": ("infoSoft", "infoBorder", "onInfoSoft", "info"),
    "ok": ("primarySoft", "primarySoft", "onPrimarySoft", "circle-check"),
}


class _ToastAction(Pressable):
    """The verb on a toast with its key, in the toast's own colours."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("", "ghost", theme.radius("control"), theme)
        self.look = Look("", "", "", "toastAccent")
        self.icon_name, self.keycap = "", ""
        self.setFixedHeight(theme.size("button"))

    def set(self, text: str, icon: str, keycap: str) -> None:
        """Another verb."""
        self.icon_name, self.keycap = icon, keycap
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as its content."""
        px = self.theme.px
        width = QFontMetrics(self.font()).horizontalAdvance(self.text()) + px(18 + 8)
        if self.keycap:
            width += px(8) + keycap_size(self.keycap, self.theme).width()
        return QSize(width, self.height())

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """Icon, verb, key."""
        px, size = self.theme.px, self.theme.px(18)
        picture = icon_pixmap(self.icon_name, size, self.ink(), self.devicePixelRatioF())
        painter.drawPixmap(rect.left(), rect.center().y() + 1 - size // 2, picture)
        words = rect.adjusted(size + px(8), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if not self.keycap:
            return
        cap = QRectF(0, 0, keycap_size(self.keycap, self.theme).width(), px(20))
        cap.moveRight(rect.right())
        cap.moveTop(rect.center().y() + 1 - px(10))
        ink = self.theme.color("toastText")
        painter.setFont(self.theme.font("keycap"))
        painter.setPen(ink)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self.keycap)
        ink.setAlphaF(0.3)
        painter.setPen(QPen(ink, 1))
        ink.setAlphaF(0.1)
        painter.setBrush(ink)
        radius = self.theme.radius("key")
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


class _ToastWords(QLabel):
    """One line; of a name that is too long the middle is left out, so that what happened can be read."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font("bodyLarge", 14))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        set_color(self, theme.color("toastText"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """As much as there is room for."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, words)


class Toast(QWidget):
    """One sentence and a way back, for six seconds; a new one takes its place. It waits while it is touched.

    It stands in the layout above the cart's foot, so it never covers anything.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._icon = ""
        self._act: Callable[[], object] | None = None
        self._words = _ToastWords(theme)
        self._action = _ToastAction(theme)
        self._action.clicked.connect(self._press)
        self._timer = QTimer(self, singleShot=True, interval=TOAST_MS)
        self._timer.timeout.connect(self.hide)
        px = theme.px
        self.setFixedHeight(theme.size("toast") + px(16))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12 + 42), px(6), px(12 + 16), px(10))
        row.addWidget(self._words, 1)
        row.addWidget(self._action)
        self.hide()

    def say(
        self,
        text: str,
        icon: str,
        action: tuple[str, str, str] | None = None,
        act: Callable[[], object] | None = None,
    ) -> None:
        """Show `text`; `action` is the verb, its icon and its key, `act` what it does."""
        self._icon, self._act = icon, act
        self._words.setText(text)
        self._words.setToolTip(text)
        self._action.setVisible(action is not None)
        self._action.set(*(action or ("", icon, "")))
        self.show()
        self.raise_()
        self.update()
        self._timer.start()

    def event(self, event: QEvent) -> bool:
        """Stay as long as the pointer does."""
        if event.type() == QEvent.Type.Enter:
            self._timer.stop()
        elif event.type() == QEvent.Type.Leave and self.isVisible():
            self._timer.start()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A dark card with its shadow."""
        px, radius = self.theme.px, self.theme.radius("control")
        card = self.rect().adjusted(px(12), px(6), -px(12), -px(10))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_shadow(painter, card, radius, self.theme, "pop")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("toastBg"))
        painter.drawRoundedRect(card, radius, radius)
        size = px(18)
        picture = icon_pixmap(self._icon, size, self.theme.color("toastText"), self.devicePixelRatioF())
        painter.drawPixmap(card.left() + px(14), card.center().y() + 1 - size // 2, picture)

    def _press(self) -> None:
        self.hide()
        if self._act:
            self._act()


class Banner(QWidget):
    """What went wrong in bold, the way out beside it, perhaps a verb; stays until the next thing is done."""

    dismissed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._kind: Kind = "danger"
        self._act: Callable[[], object] | None = None
        self._happened, self._hint = "", ""
        self._action = Button("", kind="ghost", theme=theme)
        self._action.clicked.connect(self._press)
        self._instead: Callable[[], object] | None = None
        self._other = Button("", kind="ghost", theme=theme)
        self._other.clicked.connect(self._press_other)
        self._close = IconButton("x", _("Close"), theme=theme)
        self._close.clicked.connect(self.dismiss)
        px = theme.px
        self.setFixedHeight(theme.size("chip"))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(42), 0, px(4), 0)
        row.setSpacing(px(4))
        row.addStretch(1)
        row.addWidget(self._other)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self.hide()

    def say(
        self,
        kind: Kind,
        happened: str,
        hint: str = "",
        verb: str = "",
        act: Callable[[], object] | None = None,
        other: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Show what `happened` and the `hint`; `verb` is a button that does `act`, `other` a second one."""
        self._kind, self._act = kind, act
        words, self._instead = other or ("", None)
        self._other.setVisible(other is not None)
        self._other.setText(words)
        self._happened, self._hint = happened, hint
        self._action.setVisible(bool(verb))
        self._action.setText(verb)
        fill, edge, ink, _icon = _BANNERS[kind]
        self._action.look = self._other.look = self._close.look = Look("", edge, fill, ink)
        self.setAccessibleName(f"{happened} {hint}".strip())
        self.show()
        self.raise_()
        self.update()

    def dismiss(self) -> None:
        """Go away."""
        if self.isVisible():
            self.hide()
            self.dismissed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The card and its icon."""
        px, size = self.theme.px, self.theme.px(20)
        fill, edge, ink, icon = _BANNERS[self._kind]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self.theme.color(fill))
        painter.setPen(QPen(self.theme.color(edge), 1))
        radius = self.theme.radius("control")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        picture = icon_pixmap(icon, size, self.theme.color(ink), self.devicePixelRatioF())
        painter.drawPixmap(px(13), (self.height() - size) // 2, picture)
        painter.setPen(self.theme.color(ink))
        self._paint_words(painter, QRectF(px(42), 0, self._words_end() - px(42), self.height()))

    def _paint_words(self, painter: QPainter, area: QRectF) -> None:
        """What happened in bold and the hint after it, over as many lines as they need."""
        strong = QTextLayout.FormatRange()
        strong.start, strong.length = 0, len(self._happened)
        strong.format.setFontWeight(QFont.Weight.Bold)
        words = QTextLayout(f"{self._happened} {self._hint}".strip(), self.theme.font("label"))
        words.setFormats([strong])
        words.beginLayout()
        height = 0.0
        while (line := words.createLine()).isValid():
            line.setLineWidth(area.width())
            line.setPosition(QPointF(0, height))
            height += line.height()
        words.endLayout()
        words.draw(painter, QPointF(area.left(), area.top() + (area.height() - height) / 2))

    def _words_end(self) -> int:
        first = next(one for one in (self._other, self._action, self._close) if one.isVisible())
        return first.x() - self.theme.px(4)

    def _press(self) -> None:
        act = self._act
        self.dismiss()
        if act:
            act()

    def _press_other(self) -> None:
        act = self._instead
        self.dismiss()
        if act:
            act()


def tell(
    parent: QWidget | None,
    theme: Theme,
    title: str,
    text: str,
    verb: tuple[str, Callable[[], object]] | None = None,
) -> QDialog:
    """Show a dialog that cannot be overlooked, with a button that takes it away; returns at once.

    `verb` is a second button, and what it does before the dialog goes.
    """
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    column = QVBoxLayout(dialog)
    margin = theme.px(24)
    column.setContentsMargins(margin, margin, margin, margin)
    column.setSpacing(theme.px(12))
    words = label(text, "body", theme, color="text2", wrap=True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    close = Button(_("Close"), theme=theme)
    close.clicked.connect(dialog.accept)
    column.addWidget(label(title, "title", theme, wrap=True))
    column.addWidget(words)
    column.addSpacing(theme.px(8))
    buttons = QHBoxLayout()
    buttons.setSpacing(theme.px(10))
    buttons.addStretch(1)
    if verb:
        act = Button(verb[0], kind="secondary", theme=theme)
        act.clicked.connect(verb[1])
        act.clicked.connect(dialog.accept)
        buttons.addWidget(act)
    buttons.addWidget(close)
    column.addLayout(buttons)
    dialog.setFixedWidth(theme.px(480))
    dialog.open()
    close.setFocus()
    return dialog


def ask(parent: QWidget, theme: Theme, words: tuple[str, str], answers: tuple[str, str]) -> Question:
    """Ask before something that cannot be undone; returns at once. The question's `accepted` is the yes.

    `words` are the question and what comes of it, `answers` the verbs of yes and no.
    """
    from ui.question import Question  # seldom asked

    question = Question(parent.window(), theme, words, answers)
    question.open()
    return question
