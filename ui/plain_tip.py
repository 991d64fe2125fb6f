"""Words below the pointer: Qt takes a tip for markup where it looks so, and opens what a name points at."""

from __future__ import annotations


def plain_tip(text: str) -> str:
    """`text` as a tip that shows it letter for letter, whatever it holds."""
    if "<" not in text and "&lt;" not in text:
        return text
    from html import escape  # seldom, and it brings a table of all entities

    return f"<qt>{escape(text)}</qt>".replace("\n", "<br>")
