"""Step 3: where the goods come from, and how many were found there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pos.money import plain
from pos.setup import ARCHIVE, CENTRAL, LATER, LIST
from pos.text import _, ngettext
from ui.choose_file import choose_file
from ui.fields import FieldMessage
from ui.setup.answers import Answers
from ui.setup.parts import FIELD, ChoiceCard, PickField, side_by_side, stacked
from ui.theme import Theme
from ui.widgets import Button, Tag, label

if TYPE_CHECKING:
    from pos.setup_checks import Findings, Found


class GoodsStep(QWidget):
    """Four ways, and what the chosen one brings."""

    def __init__(self, answers: Answers, theme: Theme) -> None:
        super().__init__()
        self.answers, self.theme = answers, theme
        self._asked = False
        self._cards = {
            CENTRAL: ChoiceCard(
                "folder-sync", _("Central file"), _("What the regional office has put there"), theme
            ),
            LIST: ChoiceCard("sheet", _("Price list"), _("A file from Excel, .xlsx or .csv"), theme),
            ARCHIVE: ChoiceCard(
                "rotate-ccw", _("Last year's archive"), _("Goods and prices, without its sales"), theme
            ),
            LATER: ChoiceCard("clock", _("Later"), _("Goods can be brought in any time"), theme),
        }
        for kind, card in self._cards.items():
            card.clicked.connect(lambda _checked=False, kind=kind: self._choose(kind))
        self._file = PickField(_("File"), "folder-open", theme, opens="")
        self._pick = Button(_("Choose a file"), kind="secondary", theme=theme)
        self._pick.setFixedHeight(theme.px(FIELD))
        for button in (self._file, self._pick):
            button.clicked.connect(self._ask_file)
        self._found = Tag("", "ok", icon="check", large=True, theme=theme)
        self._wrong = FieldMessage(theme)
        self._why = label("", "body", theme, color="text2", wrap=True)
        where = side_by_side(theme, self._file, gap=10)
        where.addWidget(self._pick)
        cards = list(self._cards.values())
        rows = [side_by_side(theme, *cards[:2]), side_by_side(theme, *cards[2:])]
        caption = label(_("Where do the goods come from?"), "label", theme, color="text2")
        stacked(theme, self, caption, *rows, where, self._found, self._wrong, self._why, gap=10)
        answers.changed.connect(self.fill)
        answers.looked.connect(self.show_findings)
        self.fill()

    def take_focus(self) -> None:
        """Nothing needs to be typed."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self) -> None:
        """From now on what is missing is told too."""
        self._asked = True

    def fill(self) -> None:
        """What was answered so far."""
        setup = self.answers.setup
        central = setup.central_kind != LATER
        self._cards[CENTRAL].setEnabled(central)
        self._cards[setup.goods_kind].setChecked(True)
        source = setup.goods or (setup.archive if setup.goods_kind == ARCHIVE else "")
        filed = setup.goods_kind in (LIST, ARCHIVE)
        self._file.setVisible(filed)
        self._pick.setVisible(filed)
        self._file.show_value(Path(source).name if source else _("No file yet"), bold=bool(source))
        self._found.hide()
        self._wrong.hide()
        stock = _("Stock begins at nothing: it is filled when goods are received.")
        early = _("The central file is chosen in step 1.")
        also = _("What lies in the central file comes along in any case.")
        note = also if central and setup.goods_kind != CENTRAL else "" if central else early
        self._why.setText(" ".join(part for part in (stock, note) if part))

    def show_findings(self, findings: Findings) -> None:
        """How much was found, or why nothing."""
        error = findings.errors.get("goods")
        chosen = findings.setup.goods or findings.setup.goods_kind == CENTRAL
        said = str(error) if error and (self._asked or chosen) else ""
        self._wrong.say(said)
        self._wrong.setVisible(bool(said))
        if findings.found:
            some = bool(findings.found.products)
            words, icon = found_words(findings.found), "check" if some else "info"
            self._found.set(words, "ok" if some else "warn", icon=icon)
        self._found.setVisible(findings.found is not None)

    def _choose(self, kind: str) -> None:
        if kind != self.answers.setup.goods_kind:
            self.answers.change(goods_kind=kind, goods="")

    def _ask_file(self) -> None:
        if self.answers.setup.goods_kind == LIST:
            path = choose_file(self, _("Price list"), _("Price lists (*.xlsx *.csv)"))
        else:
            path = choose_file(self, _("Last year's archive"), _("Ledgers (*.lapak)"))
        if path:
            self.answers.change(goods=str(path))


def found_words(found: Found) -> str:
    """`62 barang, 20 UPT`."""
    goods = ngettext("{count} product", "{count} products", found.products)
    makers = ngettext("{count} institution", "{count} institutions", found.institutions)
    parts = ((goods, found.products), (makers, found.institutions))
    return ", ".join(words.format(count=plain(count)) for words, count in parts)
