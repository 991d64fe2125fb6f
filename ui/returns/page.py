"""Returns and the papers of the past: find a receipt, take goods back, see and print it again."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from pos.clock import new_id
from pos.errors import UserError
from pos.model import Approval, Refund, Sale
from pos.money import rupiah
from pos.returns import Wanted as Return
from pos.returns import sale_to_return, take_back
from pos.sales_search import Found, paper_at
from pos.text import _
from ui.app import App
from ui.keys import is_bound, keycap, meant
from ui.page import Page, Scan
from ui.people.approval import Wanted, ask
from ui.returns.detail import Detail
from ui.returns.nothing import Nothing
from ui.returns.paper_list import PaperList
from ui.tell import Banner
from ui.till.done_page import DonePage
from ui.widgets import Button, label

PAPER = re.compile(r"([0-9A-Z]{3,8}-R?[0-9]{5,6})(?: [0-9A-F]{8})?", re.IGNORECASE)  # as printed
LIST = (340, 460)  # px of the list: at least, at most


class ReturnsPage(Page):
    """The list on the left, one paper on the right; over both, the paper itself when it is wanted."""

    def __init__(self, app: App) -> None:
        super().__init__(app)
        theme, px = app.theme, app.theme.px
        self._id = new_id()  # of the return that is being put together
        self.list = PaperList(app)
        self.detail = Detail(app)
        self._nothing = Nothing(theme)
        self.banner = Banner(theme)
        self.done: DonePage | None = None
        self.list.chosen.connect(self._show)
        self.list.field.edit.installEventFilter(self)
        self.detail.give_back.connect(self._ask)
        self.detail.paper.connect(self._show_paper)
        app.failed.connect(self._tell)
        back = Button(
            _("Back to the till"), kind="ghost", icon="arrow-left", keycap=keycap("screen"), theme=theme
        )
        back.clicked.connect(self._leave)
        head = QHBoxLayout()
        head.setContentsMargins(px(16), px(10), px(12), px(2))
        head.addWidget(label(_("Receipts and returns"), "heading", theme))
        head.addStretch(1)
        head.addWidget(back)
        right = QVBoxLayout()
        right.setContentsMargins(0, px(4), px(16), px(12))
        right.setSpacing(px(8))
        right.addWidget(self.banner)
        right.addWidget(self.detail, 1)
        right.addWidget(self._nothing, 1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addLayout(right, 1)
        browse = self._browsing = QWidget()
        column = QVBoxLayout(browse)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(row, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(browse)

    def refresh(self) -> None:
        """Ask for the list anew; what is shown stays."""
        self.list.search()

    def take_focus(self) -> None:
        """In the search field, unless a paper is shown."""
        if self._stack.currentWidget() is self._browsing:
            self.list.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            self.list.field.edit.selectAll()

    def want(self, number: str) -> None:
        """Show the paper with this number; none: begin with the newest."""
        self._stack.setCurrentWidget(self._browsing)
        self.banner.dismiss()
        if number:
            self._find(number)
        else:
            self.list.field.edit.clear()
        self.take_focus()

    def take_scan(self, code: str) -> Scan:
        """A receipt or a return is shown; anything else means nothing here."""
        paper = PAPER.fullmatch(code.strip())
        if not paper:
            return Scan.ELSEWHERE
        self.want(paper[1])
        return Scan.REFUSED if self.banner.isVisible() else Scan.TAKEN

    def eventFilter(self, _edit: QObject, event: QEvent) -> bool:
        """Our keys come before those of the search field."""
        return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._act(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no field and no button wanted."""
        if self._stack.currentWidget() is self.done and self.done:
            if meant(event, "anywhere") == ("back", 0):
                self._browse()
            else:
                self.done.view.keyPressEvent(event)
        elif not self._act(event):
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list takes a third."""
        super().resizeEvent(event)
        least, most = (self.app.theme.px(one) for one in LIST)
        self.list.setFixedWidth(max(least, min(most, self.width() * 36 // 100)))

    def _act(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers():
            self.list.step(1 if event.key() == Qt.Key.Key_Down else -1)
            return True
        found = meant(event, "returns", "anywhere")
        action = found[0] if found else ""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.field.edit.hasFocus():
            self._enter()
        elif action == "take back":
            self._ask()
        elif action == "paper":
            self._show_paper()
        elif action == "search":
            self.take_focus()
        elif action == "back":
            self._step_back()
        else:
            return found is None and is_bound(event, "returns")
        return True

    def _enter(self) -> None:
        """A number as printed is found whatever the list shows; otherwise on to the lines."""
        text = self.list.field.edit.text().strip()
        paper = PAPER.fullmatch(text)
        if paper and not (self.detail.shown and self.detail.shown.receipt == text.upper()):
            self._find(paper[1])
        elif self.detail.shown is None:
            self.list.step(1)
        else:
            self.detail.focus_first()

    def _find(self, number: str) -> None:
        """The list shows what it finds; of a sale that is nowhere one sentence says what to do."""
        self.banner.dismiss()
        if "-R" not in number.upper():
            try:
                sale_to_return(self.app.ledger, number)
            except UserError as error:
                self._tell(error)
        self.list.want(number)

    def _step_back(self) -> None:
        if self.list.field.edit.text():
            self.list.field.edit.clear()
        else:
            self._leave()

    def _show(self, found: Found | None) -> None:
        if found is None:
            self._show_detail(None)
            return
        self.banner.dismiss()
        shown = self.detail.shown
        if shown and shown.receipt == found.number and self.detail.items:
            return  # it is being put together
        try:
            self._show_detail(paper_at(self.app.ledger, found.device, found.seq))
        except UserError as error:
            self._tell(error)

    def _show_detail(self, paper: Sale | Refund | None) -> None:
        self._id = new_id()
        self._nothing.setVisible(False)  # never both: a small window would grow for them
        self.detail.show_paper(paper)
        self._nothing.setVisible(paper is None)

    def _ask(self) -> None:
        """Money back: with an officer and a reason."""
        sale = self.detail.shown
        if not isinstance(sale, Sale) or not self.detail.items or self.app.shift is None:
            return
        amount = rupiah(self.detail.total)
        words = _("Give back {amount} of sale {number}?").format(amount=amount, number=sale.receipt)
        ask(self.app, self, Wanted("refund", sale.receipt, words, explain=True), self._take)

    def _take(self, approval: Approval | None) -> None:
        sale, shift = self.detail.shown, self.app.shift
        if not isinstance(sale, Sale) or shift is None:
            return
        wanted = Return(
            self._id, self.detail.items, self.detail.method, reference=self.detail.reference.edit.text()
        )
        refund = self.app.do(take_back, sale, wanted, shift, self.app.cashier.code, approval)
        if refund is not None:
            self._show_detail(None)  # the list, which is being read anew, shows it as it is now
            self._paper().show_void(refund)
            self._stack.setCurrentWidget(self._paper())

    def _show_paper(self) -> None:
        """The paper itself, to be printed again."""
        shown = self.detail.shown
        if isinstance(shown, Sale):
            self._paper().show_sale(shown, again=True)
        elif shown:
            self._paper().show_void(shown)
        else:
            return
        self._stack.setCurrentWidget(self._paper())

    def _paper(self) -> DonePage:
        if self.done is None:
            self.done = DonePage(self.app)
            self.done.view.new_sale.connect(self._leave)
            self.done.view.give_back.connect(self._browse)
            self._stack.addWidget(self.done)
        return self.done

    def _browse(self) -> None:
        self._stack.setCurrentWidget(self._browsing)
        self.take_focus()

    def _leave(self) -> None:
        self._stack.setCurrentWidget(self._browsing)
        self.app.screen_wanted.emit(0)

    def _tell(self, error: UserError) -> None:
        if self.isVisible():
            self.banner.say("danger", error.message, error.hint)
