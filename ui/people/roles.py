"""What the roles of people are called."""

from __future__ import annotations

from pos.text import _


def role_name(code: str) -> str:
    """The role's name in the language in use; an unknown code stands for itself."""
    return {"kasir": _("Cashier"), "petugas": _("Officer"), "kantor": _("Regional office")}.get(code, code)
