"""Changing a setting of the booth: what is for officers nobody else changes, whatever the screen says."""

from __future__ import annotations

from pos.errors import Refused
from pos.ledger import Ledger, set_setting_on
from pos.model import Staff
from pos.rights import may_set
from pos.settings import SETTINGS, valid
from pos.staff import card
from pos.text import _


def change_setting(ledger: Ledger, who: Staff, key: str, value: str) -> None:
    """Keep `value` for the booth's setting `key`.

    Raises Refused when `who` may not, ValueError for a value that cannot be, KeyError for an unknown key.
    """
    if not SETTINGS[key].booth or not valid(key, value):
        raise ValueError(f"{key} cannot be {value!r}")
    with ledger.write() as conn:
        if not may_set(card(conn, who.code) or who, key):
            raise Refused(_("An officer can change it."), _("Ask the head of the booth to sign in."))
        set_setting_on(conn, key, value)
