"""The panels at the right of the stock screen: how an institution's goods and money stand, and its count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from pos.balances import Balance
from pos.counts import Summary
from pos.money import plain, rupiah
from pos.remittances import Account
from pos.text import _, ngettext
from ui.icons import icon_pixmap
from ui.plain_tip import plain_tip
from ui.stock.parts import LineField, labelled
from ui.stock.sheet import BAR, scrolled
from ui.theme import Theme
from ui.till.lettering import LEFT, RIGHT, elided, weighted, write
from ui.widgets import Button, FitLabel, IconButton, Panel, hline, label

LINE = 37  # px


@dataclass(frozen=True, slots=True)
class Standing:
    """How one institution stands: `warning` is a sentence about its count, with more behind it."""

    name: str = ""
    account: Account = field(default_factory=Account)
    goods: tuple[Balance, ...] = ()
    warning: str = ""
    more: str = ""


class _Ground(QWidget):
    """Surface with a hairline at the left."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.color("surface"))
        painter.fillRect(0, 0, 1, self.height(), self.theme.color("border"))


class StandingPanel(_Ground):
    """Saldo titipan. `papers`, `remit`, `look` and `give_back` are pressed; `card` tells a SKU."""

    papers = Signal()
    remit = Signal()
    look = Signal()
    give_back = Signal()
    card = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        px = theme.px
        self._name = FitLabel("title", theme)
        self.papers_button = IconButton("file-down", _("Papers of this institution"), theme=theme)
        self.papers_button.clicked.connect(self.papers)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(_("Goods on consignment"), "label", theme, color="text2"))
        words.addWidget(self._name)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        head.addWidget(self.papers_button)
        self._share, share = _amount(_("Share collected"), "primarySoft", "onPrimarySoft", theme)
        self._paid, paid = _amount(_("Paid out"), "surfaceAlt", "text", theme)
        sums = QHBoxLayout()
        sums.setSpacing(px(8))
        sums.addWidget(share, 6)
        sums.addWidget(paid, 6)
        self._due = FitLabel("price", theme)
        self.remit_button = Button(_("Put a payment down"), kind="soft", theme=theme)
        self.remit_button.clicked.connect(self.remit)
        due = Panel(theme, radius="control")
        self._owed = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._owed.setSpacing(px(8))
        self._owed.addWidget(label(_("Still to pay"), "body", theme, color="text2"))
        self._owed.addWidget(self._due, 1)
        row = QHBoxLayout(due)
        row.setContentsMargins(px(12), px(3), px(3), px(3))
        row.setSpacing(px(8))
        row.addLayout(self._owed, 1)
        row.addWidget(self.remit_button)
        self.goods = GoodsList(theme)
        self.goods.chosen.connect(self.card)
        self._heads = _Heads(theme)
        rows = QVBoxLayout()
        rows.addWidget(self.goods)
        rows.addStretch(1)
        self._warning = CountWarning(theme)
        self._warning.pressed.connect(self.look)
        self.back = Button(
            _("Prepare the return at the end"), kind="secondary", icon="package-minus", theme=theme
        )
        self.back.clicked.connect(self.give_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(8))
        column.addLayout(head)
        column.addLayout(sums)
        column.addWidget(due)
        table = QVBoxLayout()
        table.setSpacing(0)
        table.addWidget(self._heads)
        table.addWidget(hline(theme))
        table.addWidget(scrolled(rows, theme), 1)
        column.addLayout(table, 1)
        column.addWidget(self._warning)
        column.addWidget(self.back)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the amount stands below its words, and the button says less."""
        super().resizeEvent(event)
        narrow = self.width() < self.theme.px(380)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._owed.setDirection(down if narrow else across)
        self._owed.setSpacing(0 if narrow else self.theme.px(8))
        self.back.setText(_("Prepare the return") if narrow else _("Prepare the return at the end"))

    def show_standing(self, one: Standing, *, may_return: bool = True) -> None:
        """Show how an institution stands."""
        self._name.setText(one.name)
        self._name.setToolTip(plain_tip(one.name))
        self._share.setText(rupiah(one.account.share))
        self._paid.setText(rupiah(one.account.paid))
        self._due.setText(rupiah(one.account.due))
        self.goods.show_goods(one.goods)
        self._warning.say(one.warning, one.more)
        self.back.setVisible(may_return)


def _amount(title: str, fill: str, ink: str, theme: Theme) -> tuple[FitLabel, Panel]:
    card = Panel(
        theme, fill=fill, border="primarySoftHover" if fill == "primarySoft" else "border", radius="control"
    )
    amount = FitLabel("title", theme, color=ink, size=20)
    column = QVBoxLayout(card)
    column.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
    column.setSpacing(theme.px(2))
    column.addWidget(label(title, "caption", theme, color=ink if ink != "text" else "text2"))
    column.addWidget(amount)
    return amount, card


def _ends(width: int, theme: Theme) -> tuple[int | None, ...]:
    """Where the figures end: received, sold, given back, left. Two of them go when it is narrow."""
    step = theme.px(50)
    if width < theme.px(320):
        return None, width - step, None, width
    return tuple(width - (3 - place) * step for place in range(4))


class _Heads(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setFixedHeight(theme.px(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The titles of the columns."""
        painter, font, ink = QPainter(self), self.theme.font("caption"), self.theme.color("text2")
        titles = (_("Received in"), _("By sale"), _("To maker"), _("Left"))
        for end, title in zip(_ends(self.width() - self.theme.px(BAR), self.theme), titles, strict=True):
            if end is not None:
                write(painter, QRectF(end - 60, 0, 60, self.height()), title, font, ink, RIGHT)
        write(painter, QRectF(0, 0, 100, self.height()), _("Goods"), font, ink, LEFT)


class GoodsList(QWidget):
    """Painted rows of goods with their figures; `chosen` tells the SKU of the one that was tapped."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._goods: tuple[Balance, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_goods(self, goods: Sequence[Balance]) -> None:
        """Show these; what was never there comes last."""
        self._goods = tuple(sorted(goods, key=lambda one: not one.touched))
        self.setAccessibleName("\n".join(f"{one.name}: {one.on_hand}" for one in goods) or _("No goods yet."))
        self.setFixedHeight(self.theme.px(LINE) * max(len(goods), 1))
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(self.theme.px(200), self.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A tap opens the stock card."""
        place = event.position().toPoint().y() // self.theme.px(LINE)
        if 0 <= place < len(self._goods):
            self.chosen.emit(self._goods[place].sku)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Those in sight."""
        theme, step = self.theme, self.theme.px(LINE)
        painter, body = QPainter(self), theme.font("body")
        bold, name = weighted(body, 800), weighted(body, 600)
        if not self._goods:
            write(painter, QRectF(self.rect()), _("No goods yet."), body, theme.color("text3"))
        for number in range(
            event.rect().top() // step, min(event.rect().bottom() // step + 1, len(self._goods))
        ):
            one, top = self._goods[number], number * step
            ends = _ends(self.width(), theme)
            room = min(end for end in ends if end is not None) - theme.px(48)
            words = elided(one.name, QFontMetrics(name), room)
            write(painter, QRectF(0, top, room, step), words, name, theme.color("text"), LEFT)
            figures = (one.received, one.net, one.returned)
            for end, figure in zip(ends, figures, strict=False):
                shown = plain(figure) if figure else "–"
                if end is not None:
                    write(painter, QRectF(end - 70, top, 70, step), shown, body, theme.color("text2"), RIGHT)
            gone = one.on_hand <= 0
            left = _("Sold out") if one.on_hand == 0 and one.received else plain(one.on_hand)
            ink = theme.color("danger" if gone and one.received else "text")
            write(painter, QRectF(self.width() - 90, top, 90, step), left, bold, ink, RIGHT)
            painter.fillRect(0, top + step - 1, self.width(), 1, theme.color("border"))


class CountWarning(QWidget):
    """A sentence in orange with a way to what it is about; nothing where all is well."""

    pressed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        px = theme.px
        self._icon = QLabel()
        self._happened = label("", "button", theme, color="onWarnSoft", wrap=True)
        self._more = label("", "label", theme, color="onWarnSoft", wrap=True)
        self._open = Button(_("Open"), kind="ghost", theme=theme)
        self._open.look = self._open.look._replace(ink="onWarnSoft", hover="warnBorder", pressed="warnBorder")
        self._open.clicked.connect(self.pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(14), px(6), px(4), px(6))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._happened)
        words.addWidget(self._more)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self._open)
        self.hide()

    def say(self, happened: str, more: str = "") -> None:
        """Show it; empty shows nothing."""
        size, ink = self.theme.size("icon.normal"), self.theme.color("onWarnSoft")
        self._icon.setPixmap(icon_pixmap("clipboard-list", size, ink, self.devicePixelRatioF()))
        self._happened.setText(happened)
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self.setVisible(bool(happened))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self.theme.color("warnSoft"))
        painter.setPen(self.theme.color("warnBorder"))
        radius = self.theme.radius("control")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


class CountPanel(_Ground):
    """Ringkasan hitung. `witness_named` tells who of the institution is there; `given_up` the whole count."""

    witness_named = Signal(str)
    given_up = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        px = theme.px
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(px(8))
        self._bar.setAccessibleName(_("Counted so far"))
        self._rows = {
            key: label("", "button", theme, right=True) for key in ("kinds", "same", "less", "more", "value")
        }
        titles = {
            "kinds": _("Counted so far"),
            "same": _("Agreeing"),
            "less": _("Less"),
            "more": _("Over"),
            "value": _("Value of the difference"),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(12))
        column.addWidget(label(_("Summary of the count"), "title", theme))
        for key, title in titles.items():
            row = QHBoxLayout()
            row.addWidget(label(title, "body", theme, color="text2"))
            row.addWidget(self._rows[key], 1)
            column.addLayout(row)
            column.addWidget(self._bar if key == "kinds" else hline(theme))
        column.addStretch(1)
        self.discard = Button(_("Give this count up"), kind="danger-ghost", theme=theme)
        self.discard.clicked.connect(self.given_up)
        column.addWidget(self.discard)
        self.witness = LineField(_("Witness of the institution"), theme, most=60)
        self.witness.edit.editingFinished.connect(lambda: self.witness_named.emit(self.witness.edit.text()))
        column.addLayout(labelled(_("Witness of the institution"), self.witness, theme))
        self._who = label("", "label", theme, color="text3", wrap=True)
        column.addWidget(self._who)

    def show_summary(self, one: Summary, witness: str, who: str) -> None:
        """Show where the count stands."""
        theme = self.theme
        texts = {
            "kinds": _("{count} of {all} kinds").format(count=one.counted, all=one.kinds),
            "same": ngettext("{count} kind", "{count} kinds", one.agreeing).format(count=one.agreeing),
            "less": ngettext("{count} piece counted", "{count} pieces counted", one.less).format(
                count=plain(one.less)
            ),
            "more": ngettext("{count} piece counted", "{count} pieces counted", one.more).format(
                count=plain(one.more)
            ),
            "value": ("+" if one.value > 0 else "") + rupiah(one.value),
        }
        inks = {"less": "danger" if one.less else "text", "more": "warn" if one.more else "text"}
        for key, text in texts.items():
            self._rows[key].setText(text)
            palette = self._rows[key].palette()
            palette.setColor(palette.ColorRole.WindowText, theme.color(inks.get(key, "text")))
            self._rows[key].setPalette(palette)
        self._bar.setMaximum(max(one.kinds, 1))
        self._bar.setValue(one.counted)
        if not self.witness.edit.hasFocus():
            self.witness.edit.setText(witness)
        self._who.setText(_("Counted by {name}").format(name=who))
        self.discard.setVisible(bool(one.counted))
