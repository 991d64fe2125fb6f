"""The sheet on which files and folders are dropped to be merged: tried, told in one line, then merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from pos.errors import UserError
from pos.money import plain
from pos.text import _, ngettext
from ui import work
from ui.busy_button import BusyButton
from ui.choose_file import choose_file, choose_folder
from ui.cover import Cover
from ui.scroll import Scroll
from ui.sync.differences import Cell, SidesList, side
from ui.sync.merge_rows import DropGround, SourceRow
from ui.theme import Theme
from ui.widgets import Button, IconButton, hline, label

if TYPE_CHECKING:
    from pos.ledger import Ledger
    from pos.merge import Merged
    from pos.sides import Beside

WIDTH, HEIGHT = 760, 660  # px at 100 %


class MergeSheet(Cover):
    """`merged` tells a Merged once it is done. `target` is an open ledger, or a central file or address.

    Files are taken as they are dropped or chosen and tried at once; nothing is changed before it is pressed.
    """

    merged = Signal(object)
    _moved = Signal(int, int)  # how far the merge is, from its thread

    help = "merge"

    def __init__(self, window: QWidget, theme: Theme, target: str | Ledger) -> None:
        super().__init__(window, theme)
        self.target = target
        self.paths: list[Path] = []
        self._busy = False
        px = theme.px
        self.setAccessibleName(_("Merge files"))
        self.setAcceptDrops(True)
        self._close = IconButton("x", _("Close"), theme=theme)
        self._close.clicked.connect(self.leave)
        self.ground = DropGround(theme)
        self._sentence = label("", "title", theme, wrap=True)
        self._hint = label("", "body", theme, color="text2", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(px(10))
        self._moved.connect(self._show_progress)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.files = Button(_("Choose a file"), kind="secondary", icon="file-text", theme=theme)
        self.files.clicked.connect(self._choose_file)
        self.folder = Button(_("Choose a folder"), kind="secondary", icon="folder-open", theme=theme)
        self.folder.clicked.connect(self._choose_folder)
        self.go = BusyButton(_("Merge"), theme=theme)
        self.go.clicked.connect(self._merge)
        self.go.setEnabled(False)
        self._lay_out()
        self._say("", _("Nothing is changed before you press Merge."))
        self._bar.hide()

    def _lay_out(self) -> None:
        theme, px = self._theme, self._theme.px
        head = QHBoxLayout()
        head.addWidget(label(_("Merge files"), "title", theme), 1)
        head.addWidget(self._close)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(self._rows)
        rows.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self.files)
        foot.addWidget(self.folder)
        foot.addStretch(1)
        foot.addWidget(self.go)
        column = QVBoxLayout(self.paper)
        column.setContentsMargins(px(20), px(10), px(20), px(16))
        column.setSpacing(px(10))
        column.addLayout(head)
        column.addWidget(self.ground)
        column.addWidget(self._sentence)
        column.addWidget(self._hint)
        column.addWidget(self._bar)
        column.addWidget(hline(theme))
        column.addWidget(Scroll(inside), 1)
        column.addLayout(foot)

    def open(self) -> None:
        """Come up, with the keyboard where work begins."""
        self.cover()
        self.files.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Go away; what is being merged is waited for."""
        if not self._busy:
            self.uncover()
            self.deleteLater()

    def add(self, paths: Sequence[Path]) -> None:
        """Take these files and folders to those that are there, and try all of them."""
        fresh = [path for path in paths if path not in self.paths]
        if self._busy or not fresh:
            return
        self.paths += fresh
        self._try()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders of this machine may be dropped, unless something is being merged."""
        if not self._busy and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self.ground.set_over(over=True)

    def dragLeaveEvent(self, _event: object) -> None:
        """They were taken elsewhere."""
        self.ground.set_over(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Here they are."""
        self.ground.set_over(over=False)
        event.acceptProposedAction()
        self.add([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In the middle."""
        super().resizeEvent(event)
        px = self._theme.px
        width, height = min(px(WIDTH), self.width() - px(32)), min(px(HEIGHT), self.height() - px(32))
        self.lay_in_middle(width, height)

    def _choose_file(self) -> None:
        path = choose_file(self.window(), _("Choose a ledger or central file"), _("Ledgers") + " (*.lapak)")
        if path:
            self.add([path])

    def _choose_folder(self) -> None:
        path = choose_folder(self.window(), _("Choose a folder with ledgers"))
        if path:
            self.add([path])

    def _try(self) -> None:
        self._begin(_("Reading…"))
        self._run(self._tried, dry_run=True)

    def _merge(self) -> None:
        self._begin(_("Merging…"))
        self._run(self._done, dry_run=False)

    def _run(self, done: Callable[[Merged], object], *, dry_run: bool) -> None:
        target, paths = self.target, list(self.paths)
        tell = self._moved.emit
        work.run(lambda: _merged(target, paths, tell, dry_run=dry_run), done=done, failed=self._failed)

    def _begin(self, doing: str) -> None:
        self._busy = True
        self._bar.setRange(0, 0)
        self._bar.show()
        self.go.set_busy(doing)
        for button in (self.files, self.folder, self._close):
            button.setEnabled(False)

    def _end(self) -> None:
        self._busy = False
        self._bar.hide()
        self.go.set_busy("")
        for button in (self.files, self.folder, self._close):
            button.setEnabled(True)

    def _show_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(min(done, total))

    def _tried(self, found: Merged) -> None:
        self._end()
        self._show(found)
        self._say(f"{found.sentence}.", _hint(found) or _("Nothing is changed before you press Merge."))
        words = ngettext("Merge {count} document", "Merge {count} documents", found.new)
        news = found.new or found.left
        self.go.setText(words.format(count=plain(found.new)) if found.new else _("Merge"))
        self.go.setEnabled(bool(news))
        (self.go if news else self.files).setFocus(Qt.FocusReason.OtherFocusReason)

    def _done(self, found: Merged) -> None:
        self._end()
        self._show(found)
        self._say(_("Merged: {sentence}.").format(sentence=found.sentence), _hint(found))
        self.go.setText(_("Merge"))
        self.go.setEnabled(False)
        self.paths = []
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)
        self.merged.emit(found)

    def _failed(self, error: UserError) -> None:
        self._end()
        self._say(error.message, error.hint)
        self.go.setEnabled(bool(self.paths))
        self.files.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, sentence: str, hint: str) -> None:
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    def _show(self, found: Merged) -> None:
        """A row for each file, and below them what was refused, beside what is known."""
        while item := self._rows.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        self.ground.set_low()
        names = Counter(taken.path.name for taken in found.sources)  # each booth's may be the same
        for taken in found.sources:
            self._rows.addWidget(SourceRow(taken, self._theme, placed=names[taken.path.name] > 1))
        if found.beside:
            self._rows.addWidget(_heading(self._theme, found.beside))
            self._rows.addWidget(SidesList(self._theme, [_sides(one) for one in found.beside]))


def _merged(
    target: str | Ledger, paths: Sequence[Path], tell: Callable[[int, int], None], *, dry_run: bool
) -> Merged:
    """On the background thread."""
    from pos.merge import merge, sources_in, take_all, try_all

    if isinstance(target, str):
        return merge(target, paths, dry_run=dry_run, progress=tell)
    return (try_all if dry_run else take_all)(target, sources_in(paths), tell)


def _hint(found: Merged) -> str:
    """What is to be known beside the counts."""
    said = []
    if found.left:
        said.append(_("What is refused is kept apart and shown below; nothing is overwritten."))
    if found.incomplete:
        booths = ", ".join(blip.booth or blip.device for blip in found.incomplete[:8])
        said.append(_("Not complete yet: {booths}.").format(booths=booths))
    if found.unread:
        count = len(found.unread)
        words = ngettext("{count} file could not be read.", "{count} files could not be read.", count)
        said.append(words.format(count=plain(count)))
        said.append(_("What cannot be read does not hold up the others."))
    return " ".join(said)


def _heading(theme: Theme, beside: Sequence[Beside]) -> QWidget:
    text = _("Kept apart: at the left what is known, at the right what came in")
    heading = label(text, "label", theme, color="text2", wrap=True)
    heading.setContentsMargins(0, theme.px(14), 0, theme.px(6))
    heading.setAccessibleDescription(plain(len(beside)))
    return heading


def _sides(one: Beside) -> tuple[str, Cell, Cell]:
    ours, theirs = one.ours, one.theirs
    known = side(ours.kind, ours.number, ours.at, ours.total, ours.code) if ours else Cell()
    came = side(theirs.kind or "?", theirs.number, theirs.at, theirs.total, theirs.code)
    why = _("{count} documents of a second history of {name}") if one.parts else "{why}"
    words = why.format(count=plain(one.count), name=one.name, why=one.why)
    return f"#{one.seq}", known, came.with_note(words)
