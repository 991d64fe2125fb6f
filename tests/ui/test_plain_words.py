"""Names are only words on the screen: whatever shows text of others shows it letter for letter."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.plain_tip import plain_tip
from ui.theme import Theme
from ui.widgets import label

UI = Path(__file__).parent.parent.parent / "ui"
OURS = {"_", "ngettext", "plain_tip", "keycap"}  # what gives words of our own, or plain ones
ESCAPES = {
    "ui/evening/bubble.py",  # shows bold letters, and escapes what it is given
    "ui/manual/reader.py",  # pages of the manual; ui/manual/html.py escapes every word of them
    "ui/pay/steps.py",  # our own words, and an amount
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(UI.rglob("*.py")):
        if "shots" not in path.parts:
            yield f"ui/{path.relative_to(UI).as_posix()}", ast.parse(path.read_text("utf-8"))


def test_every_label_with_words_is_of_plain_text() -> None:
    """One without a format guesses; a picture needs none."""
    guessing = []
    for name, tree in modules():
        text = ast.unparse(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("QLabel("):
                target = ast.unparse(node.targets[0])
                worded = ast.unparse(node.value) != "QLabel()" or f"{target}.setText(" in text
                if worded and f"{target}.setTextFormat(Qt.TextFormat.PlainText)" not in text:
                    guessing.append(f"{name}: {target}")
            elif isinstance(node, ast.ClassDef) and "QLabel" in map(ast.unparse, node.bases):
                if "self.setTextFormat(Qt.TextFormat.PlainText)" not in ast.unparse(node):
                    guessing.append(f"{name}: {node.name}")
            elif isinstance(node, ast.Call) and ast.unparse(node).startswith("QLabel(") and node.args:
                guessing.append(f"{name}: {ast.unparse(node)}")
    assert [one for one in guessing if one.partition(":")[0] not in ESCAPES] == []


def test_every_tip_of_others_words_is_plain() -> None:
    guessing = []
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                place = {"setToolTip": 0, "showText": 1}.get(node.func.attr)
                if place is not None and len(node.args) > place and not _ours(node.args[place]):
                    guessing.append(f"{name}:{node.lineno}: {ast.unparse(node.args[place])}")
    assert guessing == []


def _ours(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        return all(isinstance(part, ast.Constant) or _ours(part.value) for part in node.values)  # type: ignore[attr-defined]
    return isinstance(node, ast.Constant) or (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in OURS
    )


def test_nothing_sets_markup_but_what_escapes_it() -> None:
    markup = {"setHtml", "insertHtml", "appendHtml", "setMarkdown", "QTextBrowser"}
    found = set()
    for name, tree in modules():
        for node in ast.walk(tree):
            word = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
            if word in markup or word == "RichText":
                found.add(name)
    assert found == ESCAPES


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Kue & Roti", "Kue & Roti"),
        ("5 < 6", "<qt>5 &lt; 6</qt>"),
        ("<img src='file:///etc/passwd'>", "<qt>&lt;img src=&#x27;file:///etc/passwd&#x27;&gt;</qt>"),
        ("&lt;b>", "<qt>&amp;lt;b&gt;</qt>"),
        ("satu\n<b>dua", "<qt>satu<br>&lt;b&gt;dua</qt>"),
    ],
)
def test_a_tip_shows_it_letter_for_letter(text: str, shown: str) -> None:
    assert plain_tip(text) == shown


def test_a_label_of_ours_is_plain(qtbot: QtBot, theme: Theme) -> None:
    made = label("<b>Nastar</b>", "body", theme)
    qtbot.addWidget(made)
    assert isinstance(made, QLabel)
    assert (made.textFormat(), made.text()) == (Qt.TextFormat.PlainText, "<b>Nastar</b>")
