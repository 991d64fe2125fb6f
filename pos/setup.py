"""The first start: what the assistant asks, kept as it is filled in, and the booth that is made of it.

Nothing of a booth exists before `finish`. What was typed lies in one small file in home(), so that a power
cut loses none of it; PINs are in it only as their hashes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from pathlib import Path

from pos.archive import carry_over, event_of_archive, next_event, opened_archive
from pos.carry import sync_target
from pos.chains import first_fields
from pos.clock import new_id
from pos.errors import Refused, UserError
from pos.exhibition import builtin_event, read_event
from pos.faults import file_fault, told
from pos.fresh import draft_of
from pos.kept_json import parsed
from pos.ledger import Ledger, create, devices, new_device, open_journal, set_setting
from pos.model import Event, Staff, is_booth_code
from pos.paths import box_of, has_box, home, safe_name
from pos.pins import matches
from pos.pricelist import import_catalog
from pos.segments import FolderSource
from pos.server import keepable
from pos.settings import SETTINGS, read_machine, valid, write_machine
from pos.staff import post_staff
from pos.text import _, clean_text, fold

FILE = "persiapan.json"  # in home(): what was typed so far
STEPS = 4
MOST_PEOPLE = 30
LATER, FOLDER, STICK = "later", "folder", "stick"  # where documents are handed over
CENTRAL, LIST, ARCHIVE = "central", "list", "archive"  # where goods come from; or LATER
BOOTH, OFFICE = "booth", "office"  # what the device is used for
NEW, THERE, SERVER = "new", "there", "server"  # an office's central file, or its database
LEDGER_SUFFIX = ".lapak"
NAME_LENGTH = 60  # characters of a person's or a booth's name

_DIGITS = re.compile(r"\d{1,4}")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the booth; `pin` is the hash that pos/pins.py makes, or empty."""

    name: str
    role: str = "kasir"
    pin: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Setup:
    """All answers so far. Paths are texts; empty means not answered, or not wanted.

    `event` is an event file (TOML), `archive` last year's ledger or central file; `event_name`, `start` and
    `end` (ISO dates) say what is different in the exhibition to come. `central` is where documents are handed
    over (`central_kind` says what it is), `goods` a price list or another ledger to take goods from
    (`goods_kind` says which). `settings` are of the machine and of the booth. With `used` OFFICE only
    `office` counts, where all booths come together (`office_kind` says what it is).
    """

    step: int = 0
    used: str = BOOTH
    office_kind: str = NEW
    office: str = ""
    event: str = ""
    archive: str = ""
    event_name: str = ""
    start: str = ""
    end: str = ""
    institution: str = ""
    booth: str = ""
    name: str = ""
    central_kind: str = LATER
    central: str = ""
    people: tuple[Person, ...] = ()
    goods_kind: str = LATER
    goods: str = ""
    settings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """The booth that was made: its ledger, and what came into it. `warning` is what did not."""

    path: Path
    products: int = 0
    people: int = 0
    warning: UserError | None = None


def read_setup(folder: Path | None = None) -> Setup:
    """What was typed before; from the beginning where there is nothing, or nothing that can be read."""
    try:
        found = parsed(((folder or home()) / FILE).read_text(encoding="utf-8"))
        people = tuple(
            Person(**{key: str(one[key]) for key in ("name", "role", "pin")}) for one in found.pop("people")
        )
        pairs = tuple((str(key), str(value)) for key, value in found.pop("settings"))
        step = found.pop("step")
        words = {key: value for key, value in found.items() if isinstance(value, str)}
        known = {one.name for one in fields(Setup)}
        kept = {key: value for key, value in words.items() if key in known}
        return Setup(step=step if step in range(STEPS) else 0, people=people, settings=pairs, **kept)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Setup()


def keep_setup(setup: Setup, folder: Path | None = None) -> None:
    """Put down what was typed, but for an address with a password. Raises WorldFailed when home() cannot be
    written.
    """
    path = (folder or home()) / FILE
    try:
        keepable(setup.office)
    except Refused:
        setup = replace(setup, office="")
    with told(str(path)), draft_of(path) as draft:
        draft.write_text(json.dumps(asdict(setup), ensure_ascii=False, indent=1), encoding="utf-8")


def event_wanted(setup: Setup) -> Event:
    """The exhibition that was chosen. Raises Refused as `read_event` does, or for days in the wrong order."""
    base = _known_event(setup)
    name = setup.event_name or base.name
    try:
        start = date.fromisoformat(setup.start) if setup.start else base.start
        end = date.fromisoformat(setup.end) if setup.end else base.end
    except ValueError as error:
        raise Refused(_("This is not a day."), _("Write it as 2023-03-23.")) from error
    if (name, start, end) == (base.name, base.start, base.end):
        return base
    code = base.code if name == base.name and start == base.start else _event_code(name, start)
    return next_event(base, code, name, start, end)


def _known_event(setup: Setup) -> Event:
    if setup.event:
        return read_event(Path(setup.event))
    if setup.archive:
        with opened_archive(Path(setup.archive)) as archive:
            return event_of_archive(archive)
    return builtin_event()


def _event_code(name: str, start: date) -> str:
    """`HBP-60-2024` of `HBP ke-60`: what is short in the name, and the year."""
    short = [word for word in name.replace("-", " ").split() if word.isupper() or word.isdigit()]
    return safe_name("-".join([*short[:3], str(start.year)]))


def booth_code(name: str) -> str:
    """The code that a booth's name suggests: `Stan 03` is S03, `Pojok Rindu` POJOK."""
    number = _DIGITS.search(name)
    letters = "".join(letter for letter in fold(name).upper() if letter.isascii() and letter.isalpha())
    code = f"{letters[:1] or 'S'}{number[0]}" if number else letters[:6]
    return code[:6] if is_booth_code(code[:6]) else ""


def booths_there(setup: Setup) -> frozenset[str]:
    """The booth codes that the central file or folder knows; none where there is nothing to look at yet."""
    path = Path(setup.central)
    if has_box(path):
        path = box_of(path)
    if setup.central_kind == LATER or not setup.central or not path.exists():
        return frozenset()
    if path.is_dir():
        source = FolderSource(path / "in")
        return frozenset(str(first_fields(source, code).get("booth", "")) for code in source.tops())
    with closing(open_journal(path)) as central, central.read() as conn:
        return frozenset(device.booth for device in devices(conn).values())


def check_central(setup: Setup) -> None:
    """Raise Refused or WorldFailed when the central file or folder cannot be read and written."""
    if setup.central_kind == LATER:
        return
    path = Path(setup.central)
    if not setup.central or not path.is_absolute():
        raise Refused(_("Choose a folder or a stick first."))
    check_folder(path if not path.suffix else path.parent)


def check_folder(folder: Path) -> None:
    """Raise Refused or WorldFailed when this folder cannot be read and written."""
    if not folder.is_dir():
        raise Refused(
            _("There is no folder {name}.").format(name=folder),
            _("Plug the stick in, or choose another one."),
        )
    probe = folder / f".lapak-uji-{new_id()[-8:]}"
    try:
        probe.write_bytes(b"lapak")
        probe.read_bytes()
    except OSError as error:
        raise file_fault(folder, error) from error
    finally:
        probe.unlink(missing_ok=True)


def check_people(people: Sequence[Person]) -> None:
    """Raise Refused when nobody may sell or nobody may approve, or when a name is missing or there twice."""
    names = [fold(one.name) for one in people]
    if len(people) > MOST_PEOPLE:
        raise Refused(_("At most {count} people.").format(count=MOST_PEOPLE))
    if not all(names):
        raise Refused(_("Somebody has no name yet."))
    if len(set(names)) < len(names):
        raise Refused(_("Two people have the same name."), _("Add a second name to tell them apart."))
    if not any(one.role != "kasir" for one in people):
        raise Refused(_("There is no officer yet."), _("One person must be able to approve returns."))


def pin_is_free(people: Sequence[Person], pin: str) -> bool:
    """Whether nobody of them has this PIN: it tells who acted."""
    return not any(matches(pin, one.pin) for one in people)


def person_codes(people: Sequence[Person]) -> tuple[str, ...]:
    """A code for each of them, from the first name: rina, rina2."""
    codes: list[str] = []
    for one in people:
        base = "".join(letter for letter in fold(one.name).split(" ")[0] if letter.isascii())[:20] or "orang"
        count = sum(code.rstrip("0123456789") == base for code in codes)
        codes.append(f"{base}{count + 1}" if count else base)
    return tuple(codes)


def finish(
    setup: Setup, folder: Path | None = None, tell: Callable[[str], object] = lambda _words: None
) -> Made:
    """Make the booth: its ledger in home(), people, settings, and its goods from wherever they come.

    `tell` hears what is being done. Raises Refused when an answer is missing or wrong, WorldFailed when the
    disk fails; then there is no ledger. Goods that cannot be had just now do not stop it: `warning` says why,
    they can come later.
    """
    check_people(setup.people)
    tell(_("The ledger of the booth is made…"))
    event = event_wanted(setup)
    device = new_device(setup.booth, clean_text(setup.name, NAME_LENGTH), setup.institution, event)
    path = (folder or home()) / f"{safe_name(device.booth.lower())}-{device.code.lower()}.lapak"
    ledger = create(path, device)
    try:
        _furnish(ledger, setup)
        tell(_("Goods and prices are taken over…"))
        made = replace(_supplied(ledger, setup), path=path)
    finally:
        ledger.close()
    _keep_machine(setup, folder)
    ((folder or home()) / FILE).unlink(missing_ok=True)
    return made


def _furnish(ledger: Ledger, setup: Setup) -> None:
    """People and settings, which need nobody else."""
    codes = person_codes(setup.people)
    post_staff(
        ledger,
        [Staff(code, one.name, one.role, one.pin) for code, one in zip(codes, setup.people, strict=True)],
    )
    for key, value in setup.settings:
        if key in SETTINGS and SETTINGS[key].booth and valid(key, value):
            set_setting(ledger, key, value)
    if setup.central_kind != LATER and valid("target", setup.central):
        set_setting(ledger, "target", setup.central)


def _keep_machine(setup: Setup, folder: Path | None) -> None:
    """The look and the like; the next start opens the booth. A booth that sells is worth more than its
    colours: a fault is no fault here.
    """
    wanted = {"central": ""} | {
        key: value
        for key, value in setup.settings
        if key in SETTINGS and not SETTINGS[key].booth and valid(key, value)
    }
    with suppress(OSError):
        write_machine(read_machine(folder) | wanted, folder)


def _supplied(ledger: Ledger, setup: Setup) -> Made:
    """The goods: of the archive, of the central side, of a price list; the later ones win."""
    count = 0
    other = setup.goods if setup.goods.endswith(LEDGER_SUFFIX) else ""
    try:
        for name in dict.fromkeys(filter(None, (setup.archive, other))):
            with opened_archive(Path(name)) as archive:
                count += carry_over(archive, ledger, people=False).products
        if setup.central_kind != LATER:
            sync_target(ledger, setup.central)
        if setup.goods and not other:
            done = import_catalog(ledger, Path(setup.goods))
            count += done.added + done.changed
    except UserError as error:
        return Made(Path(), count, len(setup.people), error)
    return Made(Path(), count, len(setup.people))
