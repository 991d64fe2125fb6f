"""The settings' scanner test: what the scanner at hand sends, what the program takes it for, and why.

It hears through the same Scanner that serves the whole program, and changes its settings at once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from pos.text import _
from ui.fields import FieldFrame
from ui.key_trace import KeyTrace, verdict_name
from ui.scan_burst import MOST, REPEAT_MS, TRIES, ScanSettings, Verdict, suggested_gap, tries
from ui.scanner import Scanner
from ui.scroll import Scroll
from ui.switch import Switch
from ui.theme import Theme
from ui.widgets import Button, FitLabel, Panel, Tag, TagKind, label

LONGEST_AFFIX = 12  # characters of a prefix or suffix
READABLE = 48  # characters of a code that are shown; more would have to be too small
_TAGS: dict[str, tuple[TagKind, str]] = {
    "scan": ("ok", "scan-barcode"),
    "repeat": ("gold", "scan-barcode"),
    "refused": ("danger", "circle-alert"),
    "typing": ("neutral", "pencil"),
}


class ScannerPanel(QWidget):
    """Shows every key while it is visible. `changed` carries the new settings, which are already in use.

    Whoever shows it sees to it that nothing is sold by what is scanned meanwhile.
    """

    changed = Signal(object)

    def __init__(self, scanner: Scanner, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._scanner = scanner
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verdict = _VerdictCard(theme)
        self.pace = _PaceCard(theme)
        self.affixes = _AffixCard(scanner.settings, theme)
        self.trace = KeyTrace(theme)
        scanner.judged.connect(self._hear)
        self.pace.wanted.connect(lambda gap: self._change(max_gap_ms=gap))
        self.affixes.prefix.edit.textEdited.connect(lambda text: self._change(prefix=text))
        self.affixes.suffix.edit.textEdited.connect(lambda text: self._change(suffix=text))
        self.affixes.repeat.toggled.connect(lambda on: self._change(quick_repeat=on))
        self.pace.show_pace(scanner.settings, self.trace)
        self._lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard is with the panel, so that what is typed writes nowhere."""
        super().showEvent(event)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget what was typed."""
        super().hideEvent(event)
        self._clear()

    def _hear(self, verdict: Verdict) -> None:
        if not self.isVisible() or (verdict.kind == "typing" and self._typed_elsewhere()):
            return
        self.trace.add(verdict)
        self.verdict.show_verdict(verdict, self._scanner.settings)
        self.pace.show_pace(self._scanner.settings, self.trace)

    def _typed_elsewhere(self) -> bool:
        """What is typed into another field of the page may be a PIN, and is nobody's business."""
        focus = QApplication.focusWidget()
        return isinstance(focus, QLineEdit) and not self.isAncestorOf(focus)

    def _change(self, **changes: Any) -> None:
        self._scanner.settings = replace(self._scanner.settings, **changes)
        self.pace.show_pace(self._scanner.settings, self.trace)
        self.changed.emit(self._scanner.settings)

    def _clear(self) -> None:
        self.trace.clear()
        self.verdict.show_nothing()
        self.pace.show_pace(self._scanner.settings, self.trace)

    def _lay_out(self) -> None:
        theme, px = self.theme, self.theme.px
        left = QVBoxLayout()
        left.setSpacing(px(12))
        left.setContentsMargins(0, 0, 0, 0)
        for part in (self.verdict, self.pace, self.affixes):
            left.addWidget(part)
        left.addStretch(1)
        cards = QWidget()
        cards.setLayout(left)
        scroll = Scroll(cards, over=False)  # for a low window at a large display size
        scroll.setFixedWidth(px(372))
        clear = Button(_("Clear"), kind="ghost", icon="trash-2", theme=theme)
        clear.clicked.connect(self._clear)
        head = QHBoxLayout()
        head.setContentsMargins(px(16), px(4), px(4), px(4))
        head.addWidget(label(_("Trace of the keys"), "title", theme), 1)
        head.addWidget(clear)
        card = Panel(theme)
        column = QVBoxLayout(card)
        column.setContentsMargins(1, 1, 1, px(12))
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.trace, 1)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(scroll)
        row.addWidget(card, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(px(16), px(12), px(16), px(16))
        page.setSpacing(px(12))
        page.addWidget(label(_("Scanner test"), "heading", theme))
        page.addLayout(row, 1)


class _VerdictCard(Panel):
    """What the latest keys were, the code they gave, and why."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.tag = Tag("", theme=theme, large=True)
        self.code = FitLabel("amount", theme, size=30)
        self.why = label("", "body", theme, color="text2", wrap=True)
        self.why.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.why.setMinimumHeight(theme.px(40))  # two lines, so that nothing below moves
        column = _column(self)
        column.addWidget(self.tag)
        column.addWidget(self.code)
        column.addWidget(self.why)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Before the first key."""
        self.tag.set(_("Waiting"), "neutral", icon="clock")
        self.code.setText("–")
        self.why.setText(_("Scan anything, or type something. Nothing goes into the cart."))

    def show_verdict(self, verdict: Verdict, settings: ScanSettings) -> None:
        """After a run of keys."""
        kind, icon = _TAGS[verdict.kind]
        self.tag.set(verdict_name(verdict), kind, icon=icon)
        code = verdict.code
        self.code.setText(f"{code[:READABLE]}…" if len(code) > READABLE else code or "–")
        self.why.setText(_why(verdict, settings))


class _PaceCard(Panel):
    """The greatest average gap in use, and the one that three scans suggest. `wanted` asks for it."""

    wanted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.now = label("", "price", theme, right=True)
        self.advice = label("", "body", theme, color="text2", wrap=True)
        self.fits = Tag(_("Fits"), "ok", icon="check", theme=theme)
        self.use = Button("", kind="soft", theme=theme)
        self._gap = 0
        self.use.clicked.connect(lambda: self.wanted.emit(self._gap))
        first = QHBoxLayout()
        first.addWidget(label(_("Greatest average gap"), "body", theme), 1)
        first.addWidget(self.now)
        second = QHBoxLayout()
        second.setSpacing(theme.px(12))
        second.addWidget(self.advice, 1)
        second.addWidget(self.fits)
        second.addWidget(self.use)
        column = _column(self)
        column.addLayout(first)
        column.addLayout(second)
        self.advice.setMinimumHeight(theme.size("button"))

    def show_pace(self, settings: ScanSettings, trace: KeyTrace) -> None:
        """Suggest what suits the scans in the trace."""
        gap = suggested_gap(trace.keys, settings)
        self._gap = gap or 0
        self.now.setText(_("{gap}\u00a0ms").format(gap=settings.max_gap_ms))
        self.use.setText(_("Use {gap}\u00a0ms").format(gap=gap))
        self.use.setVisible(gap is not None and gap != settings.max_gap_ms)
        self.fits.setVisible(gap == settings.max_gap_ms)
        if gap is None:
            count = len(tries(trace.keys, settings))
            self.advice.setText(
                _("Scan {needed} times for a suggestion; so far {count}.").format(needed=TRIES, count=count)
            )
        else:
            self.advice.setText(_("Suggested for this scanner: {gap}\u00a0ms").format(gap=gap))


class _AffixCard(Panel):
    """What the scanner adds to a code, and whether one code twice at once is two pieces."""

    def __init__(self, settings: ScanSettings, theme: Theme) -> None:
        super().__init__(theme)
        self.prefix = FieldFrame(_("Prefix"), theme)
        self.suffix = FieldFrame(_("Suffix"), theme)
        self.repeat = Switch(_("Repeat quickly"), theme)
        pair = QHBoxLayout()
        pair.setSpacing(theme.px(12))
        for name, field, text in (
            (_("Prefix"), self.prefix, settings.prefix),
            (_("Suffix"), self.suffix, settings.suffix),
        ):
            field.edit.setMaxLength(LONGEST_AFFIX)
            field.edit.setFont(theme.font("bodyLarge"))
            field.edit.setText(text)
            half = QVBoxLayout()
            half.setSpacing(theme.px(4))
            half.addWidget(label(name, "label", theme, color="text2"))
            half.addWidget(field)
            pair.addLayout(half, 1)
        self.repeat.setChecked(settings.quick_repeat)
        hint = _("The same code again within {ms}\u00a0ms counts as a second piece.").format(ms=REPEAT_MS)
        column = _column(self)
        column.addLayout(pair)
        column.addWidget(self.repeat)
        column.addWidget(label(hint, "label", theme, color="text3", wrap=True))


def _column(card: Panel) -> QVBoxLayout:
    px = card.theme.px
    column = QVBoxLayout(card)
    column.setContentsMargins(px(16), px(14), px(16), px(14))
    column.setSpacing(px(6))
    return column


def _why(verdict: Verdict, settings: ScanSettings) -> str:
    """The reason in one sentence."""
    keys, limit = verdict.keys, settings.max_gap_ms
    gap = keys[0].gap_ms
    if verdict.kind == "repeat":
        return _("The same code so soon again is one scan.")
    if verdict.why in {"key", "silence", "cut off"}:
        ends = {
            "key": _("{count} characters, at most {gap}\u00a0ms apart, ended by Enter or Tab."),
            "silence": _("{count} characters, at most {gap}\u00a0ms apart, ended by a pause."),
            "cut off": _("{count} characters, at most {gap}\u00a0ms apart, ended by another key."),
        }
        largest = max(heard.gap_ms or 0 for heard in keys[1:])
        return ends[verdict.why].format(count=len(keys), gap=largest)
    if verdict.kind == "typing" and verdict.why != "fingers":
        if len(keys) > 1:
            few = _("Only {count} fast keys in a row; a scan has at least {least}.")
            return few.format(count=len(keys), least=settings.min_length)
        if gap is not None and limit <= gap < settings.silence_ms:
            slow = _(
                "{gap}\u00a0ms after the key before; a scanner's keys come less than {limit}\u00a0ms apart."
            )
            return slow.format(gap=gap, limit=limit)
        return _("One key alone is never a scan.")
    reasons = {
        "fingers": _("The key before was still down: these are fingers."),
        "too long": _("Longer than {most} characters: that is no code."),
        "control": _("There are control characters in it: that is no code."),
        "empty": _("Nothing is left without prefix and suffix."),
    }
    return reasons[verdict.why].format(most=MOST)
