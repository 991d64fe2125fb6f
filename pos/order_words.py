"""What the codes of orders are called: states, channels, places."""

from __future__ import annotations

from pos.text import _


def state_name(code: str) -> str:
    """A state's name in the language in use; an unknown code stands for itself."""
    names = {
        "new": _("No deposit"),
        "deposit": _("Deposit received"),
        "prepared": _("Being prepared"),
        "ready": _("Ready"),
        "taken": _("Taken"),
        "cancelled": _("Cancelled order"),
    }
    return names.get(code, code)


def channel_name(code: str) -> str:
    """A channel's name; an unknown code stands for itself."""
    names = {"instagram": "Instagram", "facebook": "Facebook", "whatsapp": "WhatsApp"}
    names |= {"phone": _("Phone"), "booth": _("At the booth")}
    return names.get(code, code)


def channel_sign(code: str) -> str:
    """Two letters for a channel that has some, otherwise nothing: it has an icon then."""
    return {"instagram": "IG", "facebook": "FB", "whatsapp": "WA"}.get(code, "")
