"""What is to be said of the answers of the first start: what is wrong, and what was found."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from pos.archive import carry_over, opened_archive
from pos.carry import take_home
from pos.catalog import products
from pos.chains import reading
from pos.errors import Refused, UserError
from pos.fresh import work_folder
from pos.ledger import Ledger, create, new_device, open_journal
from pos.model import Event, is_booth_code
from pos.office_setup import check_office
from pos.paths import box_of, has_box
from pos.pins import hash_pin
from pos.pricelist import import_catalog
from pos.printers import checked, typed_printer
from pos.setup import (
    ARCHIVE,
    CENTRAL,
    LATER,
    LEDGER_SUFFIX,
    LIST,
    OFFICE,
    Person,
    Setup,
    booth_code,
    booths_there,
    check_central,
    check_people,
    event_wanted,
    pin_is_free,
)
from pos.staff import staff
from pos.sync import copy_chains
from pos.text import _, clean_text

T = TypeVar("T")
MOST_PROPOSED = 12  # people of an archive who are proposed


@dataclass(frozen=True, slots=True)
class Found:
    """Goods that were found, and of how many institutions they are."""

    products: int
    institutions: int


@dataclass(frozen=True, slots=True)
class Findings:
    """All that can be said of the answers to one step.

    `errors` are by the field they belong to; those of `notes` may stand. `event` is None when none is known.
    """

    setup: Setup
    event: Event | None = None
    errors: dict[str, UserError] = field(default_factory=dict)
    notes: dict[str, UserError] = field(default_factory=dict)
    found: Found | None = None


def look_at(setup: Setup) -> Findings:
    """Look at the answers to the step that is reached. Raises nothing: what is wrong is in the findings."""
    if setup.used == OFFICE:
        return _office(setup)
    look: tuple[Callable[[Setup], Findings], ...] = (_device, _people, _goods, _printer)
    return look[setup.step](setup)


def first_wrong(setup: Setup) -> Findings | None:
    """The findings of the first step up to the present one that is not right; None when all are."""
    for step in range(setup.step + 1):
        findings = look_at(replace(setup, step=step))
        if findings.errors:
            return findings
    return None


def _device(setup: Setup) -> Findings:
    errors: dict[str, UserError] = {}
    notes: dict[str, UserError] = {}
    event = _try(errors, "event", lambda: event_wanted(setup))
    known = {unit.code for unit in event.institutions} if event else set()
    if event and setup.institution not in known:
        errors["institution"] = Refused(_("Choose whose booth it is."))
    if not clean_text(setup.name):
        errors["name"] = Refused(_("The booth has no name yet."), _("Such as: Stan 03."))
    elif not is_booth_code(setup.booth):
        errors["name"] = Refused(
            _("No code for receipts can be made of this name."), _("It needs letters, such as Stan 03.")
        )
    if _try(errors, "central", lambda: check_central(setup)) is None and "central" not in errors:
        there = _try(errors, "central", lambda: booths_there(setup))
        if "name" not in errors and setup.booth in (there or ()):
            notes["name"] = Refused(
                _("Another laptop is {booth} already.").format(booth=setup.booth),
                _("Go on if it stands in this booth: both share its stock. Otherwise choose another name."),
            )
    return Findings(setup, event, errors, notes)


def _office(setup: Setup) -> Findings:
    errors: dict[str, UserError] = {}
    _try(errors, "office", lambda: check_office(setup))
    return Findings(setup, errors=errors)


def _people(setup: Setup) -> Findings:
    errors: dict[str, UserError] = {}
    _try(errors, "people", lambda: check_people(setup.people))
    return Findings(setup, errors=errors)


def _goods(setup: Setup) -> Findings:
    errors: dict[str, UserError] = {}
    found = _try(errors, "goods", lambda: goods_found(setup))
    return Findings(setup, errors=errors, found=found)


def _try(errors: dict[str, UserError], name: str, ask: Callable[[], T]) -> T | None:
    try:
        return ask()
    except UserError as error:
        errors[name] = error
        return None


def goods_found(setup: Setup) -> Found | None:
    """The goods that the booth would begin with, by `goods_kind`; None for later.

    They are taken into a ledger that is thrown away: so they are what they will be. Raises as `finish` would.
    """
    if setup.goods_kind == LATER:
        return None
    source = setup.goods or (setup.archive if setup.goods_kind == ARCHIVE else "")
    if setup.goods_kind in (LIST, ARCHIVE) and not source:
        raise Refused(_("Choose a file first."))
    if setup.goods_kind == CENTRAL and setup.central_kind == LATER:
        raise Refused(_("No central file was chosen yet."), _("It is chosen in step 1."))
    folder = work_folder()
    try:
        event = event_wanted(setup)
        host = setup.institution or event.institutions[0].code
        device = new_device(setup.booth or "S0", "", host, event)
        with closing(create(folder / "lihat.lapak", device)) as ledger:
            if setup.goods_kind == CENTRAL:
                _take_central(Path(setup.central), ledger)
            elif setup.goods_kind == ARCHIVE or source.endswith(LEDGER_SUFFIX):
                with opened_archive(Path(source)) as archive:
                    carry_over(archive, ledger, people=False)
            else:
                import_catalog(ledger, Path(source))
            goods = products(ledger)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Found(len(goods), len({one.institution for one in goods}))


def _take_central(path: Path, ledger: Ledger) -> None:
    """What the office has put there, and other laptops of this booth; nothing is handed over yet."""
    if has_box(path):
        path = box_of(path)
    if path.is_dir():
        take_home(ledger, path)
    elif path.exists():
        with closing(open_journal(path)) as central, reading(central) as source:
            copy_chains(source, ledger, for_booth=ledger.device)


def with_archive(setup: Setup, path: Path) -> Setup:
    """The answers, with the exhibition of `path`: its days, its people with their PINs, its goods.

    Raises Refused for sample data and for a file that is no ledger, WorldFailed when it cannot be read.
    """
    with opened_archive(path) as archive:
        people = tuple(Person(one.name, one.role, one.pin) for one in staff(archive).values() if one.name)
    chosen = replace(setup, archive=str(path), event="", event_name="", start="", end="")
    event_wanted(chosen)
    kind = ARCHIVE if setup.goods_kind == LATER else setup.goods_kind
    return replace(chosen, people=setup.people or people[:MOST_PROPOSED], goods_kind=kind)


def with_event(setup: Setup, path: Path | None) -> Setup:
    """The answers, with the exhibition of an event file, or the built-in one. Raises as `read_event` does."""
    chosen = replace(setup, archive="", event=str(path or ""), event_name="", start="", end="")
    event_wanted(chosen)
    kind = LATER if setup.goods_kind == ARCHIVE and not setup.goods else setup.goods_kind
    return replace(chosen, goods_kind=kind)


def with_name(setup: Setup, name: str) -> Setup:
    """The answers, with the booth's name as typed and the code that it suggests."""
    return replace(setup, name=name, booth=booth_code(clean_text(name)))


def new_pin(others: tuple[Person, ...], pin: str) -> str:
    """What is kept of a PIN. Raises Refused when it is not six digits, or one of `others` has it."""
    kept = hash_pin(pin)
    if not pin_is_free(others, pin):
        raise Refused(_("Somebody else has this PIN already."), _("Choose another one."))
    return kept


def _printer(setup: Setup) -> Findings:
    """Only an address that is none holds up: whether a printer answers is told by the trial print."""
    try:
        checked(typed_printer(dict(setup.settings).get("printer", "")))
    except Refused as refusal:
        return Findings(setup, errors={"printer": refusal})
    return Findings(setup)
