"""Who may do what: three roles, each with the rights of those before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from pos.model import Staff
from pos.settings import SETTINGS
from pos.text import _

ROLES = ("kasir", "petugas", "kantor")

# The least role for an action. Whoever has it does it alone; for anybody else such a person approves.
ACTIONS: Mapping[str, str] = MappingProxyType(
    {
        "sell": "kasir",
        "void": "petugas",
        "refund": "petugas",
        "cash_out": "petugas",
        "difference": "petugas",  # the drawer does not hold what it should
        "drawer": "kasir",
        "receive": "kasir",
        "count": "kasir",
        "write_off": "petugas",  # damaged, sample, gift
        "give_back": "petugas",  # to the institution
        "remit": "petugas",
        "settle": "petugas",
        "split": "kantor",
        "pnbp": "petugas",
        "target": "kantor",
        "price": "petugas",
        "catalog": "petugas",
        "order_cancel": "petugas",
        "quota": "petugas",
        "closed_day": "petugas",
        "erase": "petugas",
        "people": "petugas",
        "settings": "petugas",
        "split_off": "petugas",  # a second history of a laptop
        "reports": "petugas",  # they tell what should be in the drawer before it is counted
        "office": "kantor",  # the books of all booths
    }
)


def may(who: Staff, action: str) -> bool:
    """Whether `who` may do `action` (a key of ACTIONS) alone. A role that is not known may nothing."""
    return who.role in ROLES and ROLES.index(who.role) >= ROLES.index(ACTIONS[action])


def barred(who: Staff, people: Iterable[Staff]) -> bool:
    """Whether `who` may not sign in among `people`: an officer without a PIN, where another officer has one.

    Anybody could choose that name and have the rights. Where no officer has a PIN yet, somebody has to begin.
    """
    return not who.pin and may(who, "people") and any(one.pin and may(one, "people") for one in people)


def may_set(who: Staff, key: str) -> bool:
    """Whether `who` may change the setting `key`. Raises KeyError for an unknown one."""
    return not SETTINGS[key].officers or may(who, "settings")


def action_name(action: str) -> str:
    """What an action is called in the language in use; an unknown one stands for itself."""
    return {
        "sell": _("Sell"),
        "void": _("Cancel a sale"),
        "refund": _("Take goods back"),
        "cash_out": _("Take cash out"),
        "difference": _("Close with a cash difference"),
        "drawer": _("Open the drawer"),
        "receive": _("Receive goods"),
        "count": _("Count stock"),
        "write_off": _("Write goods off"),
        "give_back": _("Give goods back to the institution"),
        "remit": _("Pay an institution"),
        "settle": _("Settle with an institution"),
        "split": _("Change how money is shared out"),
        "pnbp": _("Enter state revenue that was paid in"),
        "target": _("Set targets of state revenue"),
        "price": _("Change a price"),
        "catalog": _("Change the catalogue"),
        "order_cancel": _("Cancel an order"),
        "quota": _("Limit orders"),
        "closed_day": _("Say that a day is closed"),
        "erase": _("Erase personal data"),
        "people": _("People and their PINs"),
        "settings": _("Settings of the booth"),
        "split_off": _("Split off a second history"),
        "reports": _("Look at the reports"),
        "office": _("Work at the regional office"),
    }.get(action, action)
