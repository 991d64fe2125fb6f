"""Changing a setting of the booth: what is for officers nobody else changes, whatever the screen says."""

from __future__ import annotations

from pos.errors import Refused
from pos.ledger import Ledger, set_setting
from pos.model import Staff
from pos.rights import may
from pos.settings import SETTINGS, valid
from pos.text import _


def may_set(who: Staff, key: str) -> bool:
    """Whether `who` may change the setting `key`. Raises KeyError for an unknown one."""
    return not SETTINGS[key].officers or may(who, "settings")


def refusal() -> Refused:
    """What is told to whoever may not."""
    return Refused(_("An officer can change it."), _("Ask the head of the booth to sign in."))


def change_setting(ledger: Ledger, who: Staff, key: str, value: str) -> None:
    """Keep `value` for the booth's setting `key`.

    Raises Refused when `who` may not, ValueError for a value that cannot be, KeyError for an unknown key.
    """
    if not SETTINGS[key].booth or not valid(key, value):
        raise ValueError(f"{key} cannot be {value!r}")
    if not may_set(who, key):
        raise refusal()
    set_setting(ledger, key, value)
