"""Kinds of buyers, as the regional office counts them: staff are asked to buy, visitors do, offices order."""

from __future__ import annotations

from pos.text import _

BUYERS = ("", "staff", "visitor", "family", "office")  # "" is the public


def buyer_name(code: str) -> str:
    """The kind's name in the language in use; an unknown code stands for itself."""
    names = {
        "": _("General public"),
        "staff": _("Staff member"),
        "visitor": _("Visitor"),
        "family": _("Family of a person in custody"),
        "office": _("Government office"),
    }
    return names.get(code, code)
