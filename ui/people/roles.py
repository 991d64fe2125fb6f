"""What the roles of people are called, and who is here."""

from __future__ import annotations

from pos.model import Staff
from pos.text import _
from ui.app import App


def role_name(code: str) -> str:
    """The role's name in the language in use; an unknown code stands for itself."""
    names = {"": _("Not here any more"), "kasir": _("Cashier"), "petugas": _("Officer")}
    return (names | {"kantor": _("Regional office")}).get(code, code)


def people_here(app: App) -> list[Staff]:
    """Everybody who may sign in, in the order of the list; their place gives their colour."""
    return app.people()
