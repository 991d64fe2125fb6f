"""Words below the pointer: Qt takes a tip for markup where it looks so, and opens what a name points at."""

from __future__ import annotations

from html import escape


def plain_tip(text: str) -> str:
    """`text` as a tip that shows it letter for letter, whatever it holds."""
    if "<" not in text and "&lt;" not in text:
        return text
    return f"<qt>{escape(text)}</qt>".replace("\n", "<br>")
