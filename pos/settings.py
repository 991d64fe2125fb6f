"""What people may set, declared once: the page of settings is made of this list, and so are the defaults.

Settings of the machine (look, language, sounds, scanner) lie in one small file in home(), for they are needed
before any ledger is open. Settings of the booth lie in its ledger, in the table of local values.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pos.paths import home

FILE = "settings.json"  # in home()
ON, OFF = "1", "0"
MOST = 2_000  # characters of a value


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that can be set: `choices` are its values, none for any text; `booth` says where it lies."""

    key: str
    default: str
    choices: tuple[str, ...] = ()
    booth: bool = False


_SWITCH = (OFF, ON)
_PERCENTS = tuple(map(str, range(101)))

SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {
        one.key: one
        for one in (
            Setting("theme", "light", ("light", "dark", "system")),
            Setting("scale", "100", ("100", "112", "125")),
            Setting("language", "id", ("id", "en")),
            Setting("sounds", ON, _SWITCH),
            Setting("calm", OFF, _SWITCH),  # less motion
            Setting("keys", ON, _SWITCH),  # key hints on the buttons
            Setting("customer", ON, _SWITCH),  # the buyer's screen, where there is a second display
            Setting("scanner", ""),  # JSON of ui.scan_burst.ScanSettings
            Setting("lock_minutes", "10", ("0", "5", "10", "20", "30"), booth=True),  # 0: never
            Setting(
                "difference", "50000", ("0", "20000", "50000", "100000"), booth=True
            ),  # see pos/closing.py
            Setting("qris", "", booth=True),  # the institution's static payload
            Setting("qris_amount", OFF, _SWITCH, booth=True),  # build the amount into it (domain.md 1.3)
            Setting("share_percent", "85", _PERCENTS, booth=True),  # of what was sold, the institution's
            Setting("low_stock", "5", ("0", "3", "5", "10", "20", "50"), booth=True),  # pieces that are few
            Setting("printer", "", booth=True),  # JSON of pos.printers.Printer
            Setting("print_receipt", ON, _SWITCH, booth=True),  # each sale's, by itself
            Setting("letterhead", "", booth=True),  # JSON of pos.letterhead.Letterhead
            Setting("stamp_duty", ON, _SWITCH, booth=True),  # room for a meterai (domain.md 2.3)
            Setting("forget_days", "30", ("0", "7", "30", "90"), booth=True),  # who ordered; 0: never
            Setting("pinned", "[]", booth=True),  # JSON: SKUs that stand first, in the order of the hand
        )
    }
)


def valid(key: str, value: str) -> bool:
    """Whether `value` may stand for the setting `key`. Raises KeyError for an unknown key."""
    choices = SETTINGS[key].choices
    return value in choices if choices else len(value) <= MOST


def known(found: Mapping[str, object], *, booth: bool) -> dict[str, str]:
    """All settings of the machine or of the booth: as `found` where that is valid, otherwise the default."""
    values = {one.key: one.default for one in SETTINGS.values() if one.booth == booth}
    kept = {key: value for key, value in found.items() if isinstance(value, str) and key in values}
    return values | {key: value for key, value in kept.items() if valid(key, value)}


def read_machine(folder: Path | None = None) -> dict[str, str]:
    """The machine's settings; the defaults where the file is missing or says what it cannot."""
    try:
        found = json.loads(((folder or home()) / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = {}
    return known(found if isinstance(found, dict) else {}, booth=False)


def write_machine(values: Mapping[str, str], folder: Path | None = None) -> None:
    """Keep the machine's settings, whole or not at all. Raises OSError when the folder cannot be written."""
    from pos.fresh import draft_of  # writing is seldom, and reading comes before the first paint

    with draft_of((folder or home()) / FILE) as draft:
        draft.write_text(json.dumps(dict(values), indent=1, sort_keys=True), encoding="utf-8")
