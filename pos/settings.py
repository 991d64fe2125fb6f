"""What people may set, declared once: the page of settings is made of this list, and so are the defaults.

Settings of the machine (look, language, sounds, scanner) lie in one small file in home(), for they are needed
before any ledger is open. Settings of the booth lie in its ledger, in the table of local values.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pos.kept_json import parsed
from pos.paths import home
from pos.text import LANGUAGES, _

FILE = "settings.json"  # in home()
ON, OFF = "1", "0"
MOST = 2_000  # characters of a value


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that can be set: `choices` are its values, none for any text; `booth` says where it lies.

    `title` and `hint` are what the page of settings says of it in the language in use, `names` what each
    value is called there, `group` the card it stands on; without a group it has a panel of its own.
    `officers`: only they may change it.
    """

    key: str
    default: str
    choices: tuple[str, ...] = ()
    booth: bool = False
    group: str = ""
    title: Callable[[], str] = str
    hint: Callable[[], str] = str
    names: Callable[[], dict[str, str]] = dict
    officers: bool = False

    @property
    def is_switch(self) -> bool:
        """On or off."""
        return self.choices == _SWITCH


_SWITCH = (OFF, ON)
_PERCENTS = tuple(map(str, range(101)))

_LOOK = (
    Setting(
        "theme",
        "light",
        ("light", "dark", "sun", "system"),
        group="look",
        title=lambda: _("Colours"),
        hint=lambda: _("Sunlight is for a bright yard: black on white, strong lines."),
        names=lambda: {
            "light": _("Light"),
            "dark": _("Dark"),
            "sun": _("Sunlight"),
            "system": _("As the system"),
        },
    ),
    Setting(
        "scale",
        "100",
        ("100", "112", "125"),
        group="look",
        title=lambda: _("Text size"),
        hint=lambda: _("Everything grows with it but the menu."),
        names=lambda: {"100": "100 %", "112": "112 %", "125": "125 %"},
    ),
    Setting(
        "language",
        "id",
        tuple(LANGUAGES),
        group="look",
        title=lambda: _("Language"),
        names=lambda: {code: speech.name for code, speech in LANGUAGES.items()},
    ),
    Setting(
        "keys",
        ON,
        _SWITCH,
        group="look",
        title=lambda: _("Show key hints"),
        hint=lambda: _("The key that does the same, on each button."),
    ),
    Setting(
        "calm",
        OFF,
        _SWITCH,
        group="look",
        title=lambda: _("Less motion"),
        hint=lambda: _("Nothing slides or fades; only progress moves."),
    ),
)
_REST = (
    Setting(
        "sounds",
        ON,
        _SWITCH,
        group="sounds",
        title=lambda: _("Sounds at scanning and paying"),
        hint=lambda: _("Never the only sign of anything."),
    ),
    Setting(
        "voice",
        OFF,
        _SWITCH,
        group="sounds",
        title=lambda: _("Say the total aloud"),
        hint=lambda: _("In Indonesian, and the change too; where the system has a voice for it."),
    ),
    Setting(
        "lock_minutes",
        "10",
        ("0", "5", "10", "20", "30"),
        booth=True,
        group="till",
        title=lambda: _("Lock by itself"),
        hint=lambda: _("Minutes without a touch. The cart stays as it is."),
        names=lambda: {"0": _("Never"), "5": "5", "10": "10", "20": "20", "30": "30"},
    ),
    Setting(
        "customer",
        ON,
        _SWITCH,
        group="till",
        title=lambda: _("Screen for the buyer"),
        hint=lambda: _("Where a second display is connected."),
    ),
    Setting(
        "roll",
        "80",
        ("80", "58"),
        group="till",
        title=lambda: _("Paper of receipts"),
        hint=lambda: _("The width of the roll. Another one can be chosen at each sale."),
        names=lambda: {"80": "80 mm", "58": "58 mm"},
    ),
    Setting(
        "rush",
        ON,
        _SWITCH,
        group="till",
        title=lambda: _("Rush mode by itself"),
        hint=lambda: _("When sales come fast: best sellers in large tiles, paper on request."),
    ),
    Setting(
        "paperless",
        OFF,
        _SWITCH,
        group="till",
        title=lambda: _("Receipt as a QR code first"),
        hint=lambda: _("The buyer photographs it; paper comes when it is asked for."),
    ),
    Setting(
        "remind",  # hours of the clock at the booth, see ui/evening/reminder.py
        "11 15",
        ("0", "11", "15", "11 15", "10 13 16"),
        booth=True,
        group="till",
        title=lambda: _("Remind of what has not sold today"),
        hint=lambda: _(
            "A quiet line below the goods. It goes away by itself, and never comes while somebody pays."
        ),
        names=lambda: {
            "0": _("Never"),
            "11": "11.00",
            "15": "15.00",
            "11 15": "11.00, 15.00",
            "10 13 16": "10.00, 13.00, 16.00",
        },
    ),
    Setting(
        "forget_days",
        "30",
        ("7", "30", "90", "0"),
        booth=True,
        group="till",
        title=lambda: _("Forget who ordered"),
        hint=lambda: _("Days after it was fetched or cancelled. Goods and money stay."),
        names=lambda: {"7": "7", "30": "30", "90": "90", "0": _("Never")},
    ),
    Setting(
        "difference",  # see pos/closing.py
        "50000",
        ("0", "20000", "50000", "100000"),
        booth=True,
        group="till",
        officers=True,
        title=lambda: _("Cash difference without approval"),
        hint=lambda: _(
            "When a shift is closed with more missing or left over, a second person gives their PIN."
        ),
        names=lambda: _amounts("0", "20000", "50000", "100000"),
    ),
    Setting(
        "sync_minutes",
        "15",
        ("0", "1", "5", "15", "30", "60"),
        booth=True,
        group="sync",
        title=lambda: _("Hand over by itself"),
        hint=lambda: _("Every so many minutes; with a second laptop in the booth, every minute."),
        names=lambda: {"0": _("Never"), "1": "1", "5": "5", "15": "15", "30": "30", "60": "60"},
    ),
    Setting(
        "sync_closing",
        ON,
        _SWITCH,
        booth=True,
        group="sync",
        title=lambda: _("Hand over when a shift is closed"),
        hint=lambda: _("At once, where the central file can be reached."),
    ),
    Setting(
        "backup_minutes",
        "10",
        ("0", "5", "10", "30", "60"),
        group="backup",
        title=lambda: _("Copy by itself"),
        hint=lambda: _("Every so many minutes, when something is new; at the start and after closing, too."),
        names=lambda: {"0": _("Never"), "5": "5", "10": "10", "30": "30", "60": "60"},
    ),
    # Copies are needed when no ledger can be opened, so these are the machine's.
    Setting("backup_folder", ""),  # another folder than pos.copies.own_folder
    Setting("backup_stick", ""),  # the name of the stick that stays in the laptop
    Setting("backup_lock", ""),  # pos.sealing.Lock as text, which opens nothing
    Setting("target", "", booth=True),  # where documents are handed over, see pos/targets.py
    Setting(
        "share_percent", "85", _PERCENTS, booth=True, officers=True
    ),  # of what was sold, the institution's
    Setting("low_stock", "5", ("0", "3", "5", "10", "20", "50"), booth=True),  # pieces that are few
    Setting("printer", "", booth=True),  # JSON of pos.printers.Printer
    Setting("print_receipt", ON, _SWITCH, booth=True),  # each sale's, by itself
    Setting("letterhead", "", booth=True, officers=True),  # JSON of pos.letterhead.Letterhead
    Setting("stamp_duty", ON, _SWITCH, booth=True),  # room for a meterai (domain.md 2.3)
    Setting("scanner", ""),  # JSON of ui.scan_burst.ScanSettings
    Setting("page_printer", ""),  # the system's name of the printer for A4; empty: the pages open as a PDF
    Setting("central", ""),  # what an office's machine opens: a central file, or a database's address
    Setting("qris", "", booth=True, officers=True),  # the institution's static payload
    Setting(
        "qris_amount",  # domain.md 1.3
        OFF,
        _SWITCH,
        booth=True,
        officers=True,
        title=lambda: _("Build the amount into the code"),
        hint=lambda: _("Not every provider accepts such a code: try it with Rp1 first."),
    ),
    Setting("evening_text", "", booth=True),  # pos/evening_text.py's template; empty: the built-in one
    Setting("pinned", "[]", booth=True),  # JSON: SKUs that stand first, in the order of the hand
)

SETTINGS: Mapping[str, Setting] = MappingProxyType({one.key: one for one in (*_LOOK, *_REST)})


def _amounts(*values: str) -> dict[str, str]:
    from pos.money import rupiah  # settings are read before the first paint, amounts are shown long after it

    return {value: rupiah(int(value)) for value in values}


def valid(key: str, value: str) -> bool:
    """Whether `value` may stand for the setting `key`. Raises KeyError for an unknown key."""
    choices = SETTINGS[key].choices
    return value in choices if choices else len(value) <= MOST


def value_of(key: str, kept: str | None) -> str:
    """What is `kept` of a setting where that is valid, otherwise its default. Raises KeyError as `valid`."""
    return kept if kept is not None and valid(key, kept) else SETTINGS[key].default


def known(found: Mapping[str, object], *, booth: bool) -> dict[str, str]:
    """All settings of the machine or of the booth: as `found` where that is valid, otherwise the default."""
    values = {one.key: one.default for one in SETTINGS.values() if one.booth == booth}
    kept = {key: value for key, value in found.items() if isinstance(value, str) and key in values}
    return values | {key: value for key, value in kept.items() if valid(key, value)}


def read_machine(folder: Path | None = None) -> dict[str, str]:
    """The machine's settings; the defaults where the file is missing or says what it cannot."""
    try:
        found = parsed(((folder or home()) / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = {}
    return known(found if isinstance(found, dict) else {}, booth=False)


def write_machine(values: Mapping[str, str], folder: Path | None = None) -> None:
    """Keep the machine's settings, whole or not at all. Raises OSError when the folder cannot be written."""
    from pos.fresh import draft_of  # writing is seldom, and reading comes before the first paint

    with draft_of((folder or home()) / FILE) as draft:
        draft.write_text(json.dumps(dict(values), indent=1, sort_keys=True), encoding="utf-8")
