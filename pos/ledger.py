"""One ledger: a `.lapak` file or a PostgreSQL database, opened safely, written in whole transactions."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from traceback import clear_frames

from sqlalchemy import Connection, Engine, select

from pos import journal, mark, server
from pos.clock import Clock, new_device_code
from pos.columns import METADATA
from pos.engines import settle, sqlite_engine
from pos.errors import CommitUnknown, ConnectionLost, Refused
from pos.faults import not_ours, told
from pos.fresh import draft_of, make_folder, work_folder, work_place, workshop
from pos.journal import Stamp
from pos.local_tables import SETTING
from pos.model import Device, Document, Event, Fields, event_fields, is_booth_code
from pos.nouns import device_of, read_event
from pos.placing import bring, check_room
from pos.practice import is_training
from pos.side_log import check_log
from pos.tables import DEVICE
from pos.text import _
from pos.whose import former_copy

_PAGES = 1_000  # of SQLite, copied at a time where somebody looks on


@dataclass(slots=True)
class Ledger:
    """An open ledger. `device` is this laptop's own identity; a central file or database has none.

    `aside` is a folder with a copy that is read in place of the file, gone when the ledger is closed.
    `hands_in`: this login may only put documents into the inbox of a server, and read what the office says.
    """

    name: str
    engine: Engine
    clock: Clock
    device: Device | None = None
    path: Path | None = None
    aside: Path | None = None
    hands_in: bool = False
    read_only: bool = False  # it was opened only to be read

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view for reading, beside any writer. Raises WorldFailed when file or server fail."""
        # A server shows each statement the newest state by default, or refuses a look beside a writer.
        how = (
            {"isolation_level": "REPEATABLE READ"} if self.engine.name == "postgresql" else {"reading": True}
        )
        with told(self.name), self.engine.connect().execution_options(**how) as conn:
            yield conn

    @contextmanager
    def write(self, *, beside: bool = False) -> Iterator[Connection]:
        """One transaction: all of it is durable when the block ends, none of it when it raises.

        One writer at a time; with `beside`, others that say so too may write to a server meanwhile. Raises
        TryAgain when they met at the same rows, CommitUnknown when the server went before it answered.
        """
        handed_over = False
        try:
            with told(self.name), self.engine.begin() as conn:
                if conn.dialect.name == "postgresql" and not self.hands_in:
                    server.take_turn(conn, beside=beside)
                yield conn
                handed_over = True
        except ConnectionLost as lost:
            if handed_over:
                unknown = CommitUnknown(lost.message, lost.hint)
                unknown.where = lost.where
                raise unknown from lost
            raise

    def own(self) -> Device:
        """This laptop's identity. Raises Refused on a ledger that only collects, such as a central file."""
        if self.device is None:
            raise Refused(
                _("{name} only collects documents; nothing can be sold with it.").format(name=self.name),
                _("Open the ledger of a booth."),
            )
        return self.device

    def stamp(self) -> Stamp:
        """Now, for a document."""
        return Stamp(self.clock.now().isoformat(), self.clock.uptime_ms())

    def post(self, conn: Connection, kind: str, fields: Fields, private: str | None = None) -> Document:
        """Append a document of this device, inside `write()`, as `journal.post` does."""
        return journal.post(conn, self.own().code, kind, self.stamp(), fields, private)

    def close(self) -> None:
        """Let go of the file or the server."""
        self.engine.dispose()
        if self.aside:
            shutil.rmtree(self.aside, ignore_errors=True)


def create(path: Path, device: Device, clock: Clock | None = None) -> Ledger:
    """A new ledger file for one laptop, its first document saying who it is.

    Born under a temporary name and renamed when complete, so a cut never leaves a half ledger. Raises Refused
    when `path` exists.
    """
    ticking = (clock or Clock()).in_zone(device.event.timezone)
    with _born(path) as ledger:
        ledger.clock, ledger.device = ticking, device
        with ledger.write() as conn:
            ledger.post(conn, "device", _device_fields(device))
            set_setting_on(conn, "device", device.code)
    return open_ledger(path, clock)


def begin(ledger: Ledger, device: Device) -> None:
    """Give an open ledger that only collects a chain of its own; where it has got one meanwhile, that."""
    with ledger.write() as conn:
        known = setting_on(conn, "device")
        if known is None:
            journal.post(conn, device.code, "device", ledger.stamp(), _device_fields(device))
            set_setting_on(conn, "device", device.code)
        begun = devices(conn)[known or device.code]
    ledger.device = begun  # not before it is durable: papers of a chain without a beginning nobody takes
    ledger.clock = ledger.clock.in_zone(begun.event.timezone)


def new_device(booth: str, name: str, institution: str, event: Event, *, sample: bool = False) -> Device:
    """An identity for one laptop, never made twice. Raises Refused for a wrong booth code or institution."""
    if not is_booth_code(booth):
        raise Refused(
            _("'{booth}' is not a booth code.").format(booth=booth),
            _("Use up to 6 capital letters and digits, such as S03."),
        )
    if institution not in {unit.code for unit in event.institutions}:
        raise Refused(
            _("No institution has the code '{code}'.").format(code=institution),
            _("Known codes: {codes}.").format(codes=", ".join(unit.code for unit in event.institutions)),
        )
    return Device(new_device_code(), "booth", booth, name, institution, event, sample)


def create_collector(target: Path) -> None:
    """A new, empty central file at `target`: no device of its own, only what others bring.

    It may lie where other laptops hand over, so it is as open as the system wants. Raises Refused when
    `target` exists.
    """
    with _born(target, shared=True):
        pass


def open_ledger(path: Path, clock: Clock | None = None, *, read_only: bool = False) -> Ledger:
    """Open a ledger file. Derived tables of another version are made anew first, with `read_only` in a copy
    on this machine: the file may lie where nothing can be written, or be in use by the program that made it.

    Raises Refused when it is not ours or newer than this program, WorldFailed when it cannot be read; changes
    nothing in either case.
    """
    ledger = _open_file(path, "ro" if read_only else "rw", clock)
    ledger.read_only = read_only
    try:
        if _version(ledger) != mark.VERSION:
            (_derive_aside if read_only else _upgrade)(ledger)
        ledger.device = _own_device(ledger)
        if ledger.device:
            ledger.clock = ledger.clock.in_zone(ledger.device.event.timezone)
            if ledger.device.sample and not is_training(ledger.device):
                ledger.clock = _practice_clock(ledger, ledger.device.code)
    except BaseException as error:
        _let_go(error)
        ledger.close()
        raise
    return ledger


def open_journal(path: Path) -> Ledger:
    """Open a ledger file as it is, for nothing but its documents and settings: whose it is does not matter,
    nor which version made its derived tables. Raises as `open_ledger` does.
    """
    return _open_file(path, "ro")


def open_target(target: str, clock: Clock | None = None) -> Ledger:
    """Open a ledger named as on the command line: a `.lapak` file, or a `postgresql+psycopg://` URL.

    An empty database is prepared. Raises as `open_ledger` does.
    """
    if "://" not in target:
        return open_ledger(Path(target), clock)
    url = server.server_url(target)
    name = url.render_as_string(hide_password=True)
    ledger = Ledger(name, server.server_engine(url), clock or Clock())
    try:
        ledger.hands_in = server.prepare(ledger.engine, name)
    except BaseException:
        ledger.close()
        raise
    return ledger


def devices(conn: Connection) -> dict[str, Device]:
    """Every device this ledger knows, by code. Those of one event hold it as one object."""
    short = [column for column in DEVICE.columns if column is not DEVICE.c.event]
    rows = conn.execute(select(*short).order_by(DEVICE.c.device)).all()
    first = {row.event_hash: row.device for row in reversed(rows)}
    events = select(DEVICE.c.event_hash, DEVICE.c.event).where(DEVICE.c.device.in_(first.values()))
    held = {digest: read_event(event) for digest, event in conn.execute(events)}
    return {row.device: device_of(row, held.get(row.event_hash)) for row in rows}


def setting(ledger: Ledger, name: str) -> str | None:
    """A value local to this machine, or None."""
    with ledger.read() as conn:
        return setting_on(conn, name)


def set_setting(ledger: Ledger, name: str, value: str) -> None:
    """Keep a value local to this machine."""
    with ledger.write() as conn:
        set_setting_on(conn, name, value)


def setting_on(conn: Connection, name: str) -> str | None:
    """As `setting`, inside a transaction."""
    return conn.scalar(select(SETTING.c.value).where(SETTING.c.name == name))


def set_setting_on(conn: Connection, name: str, value: str | None) -> None:
    """As `set_setting`, inside a transaction that writes more than this; None drops it."""
    conn.execute(SETTING.delete().where(SETTING.c.name == name))
    if value is not None:
        conn.execute(SETTING.insert().values(name=name, value=value))


def _device_fields(device: Device) -> Fields:
    return {
        "role": device.role,
        "booth": device.booth,
        "name": device.name,
        "institution": device.institution,
        "sample": device.sample,
        "event": event_fields(device.event),
    }


def _practice_clock(ledger: Ledger, device: str) -> Clock:
    """A clock that goes on where the sample day has come to: no sale lies before the one before it."""
    start = setting(ledger, mark.PRACTICE_FROM)
    with ledger.read() as conn:
        last = journal.document(conn, device, journal.head(conn, device)[0])
    return ledger.clock.going_on_from(*(at for at in (start, last and last.at) if at))


def _own_device(ledger: Ledger) -> Device | None:
    with ledger.read() as conn:
        code = setting_on(conn, "device")
        row = conn.execute(select(DEVICE).where(DEVICE.c.device == code)).first() if code else None
        return device_of(row) if row else None


@contextmanager
def _born(path: Path, *, shared: bool = False) -> Iterator[Ledger]:
    """A new ledger under a temporary name beside `path`; in place, whole and durable, when the block ends.

    `shared` as in `draft_of`. Raises Refused when `path` exists.
    """
    there = Refused(
        _("{name} exists already; nothing was changed.").format(name=path),
        _("Choose another name, or open it as it is."),
    )
    if path.exists():
        raise there
    with told(str(path)), _unless(there), draft_of(path, anew=True, shared=shared) as draft:
        ledger = Ledger(str(path), sqlite_engine(draft, "rwc"), Clock(), path=path)
        try:
            with ledger.engine.begin() as conn:
                METADATA.create_all(conn)
                for guard in mark.GUARDS:
                    conn.exec_driver_sql(guard)
                conn.exec_driver_sql(f"PRAGMA application_id = {mark.APPLICATION_ID}")
                conn.exec_driver_sql(f"PRAGMA user_version = {mark.VERSION}")
            yield ledger
            ledger.close()
            settle(draft)
        finally:
            ledger.close()
            for suffix in ("-wal", "-shm"):
                with suppress(OSError):
                    Path(f"{draft}{suffix}").unlink(missing_ok=True)


@contextmanager
def _unless(there: Refused) -> Iterator[None]:
    """Another program may make a file of the same name meanwhile: its ledger stays."""
    try:
        yield
    except FileExistsError as error:
        raise there from error


def copy_of(ledger: Ledger, target: Path, progress: Callable[[int, int], object] | None = None) -> None:
    """A consistent copy of an open ledger's file, whoever writes meanwhile: SQLite's backup, no file copy.

    `progress` hears of pages copied and pages in all; what it raises ends the copying.
    """
    pages = _PAGES if progress else -1

    def tell(_status: int, left: int, total: int) -> None:
        if progress:
            progress(total - left, total)

    with told(ledger.name), ledger.engine.connect() as conn, closing(sqlite3.connect(target)) as copy:
        conn.connection.cursor().connection.backup(copy, pages=pages, progress=tell)


def _open_file(path: Path, mode: str, clock: Clock | None = None) -> Ledger:
    """The ledger file at `path`, seen to be ours. Raises as `open_ledger` does."""
    if path.is_dir():
        raise Refused(_("{name} is a folder, not a ledger.").format(name=path))
    if not path.exists():
        raise Refused(_("There is no ledger {name}.").format(name=path), _("Make one with: lapak new"))
    if not path.is_file():
        raise not_ours(path)
    with told(str(path)):
        check_log(path)
    ledger = Ledger(str(path), sqlite_engine(path, mode), clock or Clock(), path=path)
    try:
        _version(ledger)
    except BaseException:
        ledger.close()
        raise
    return ledger


def _let_go(error: BaseException | None) -> None:
    """Empty the frames that an error went through: a cursor in one of them keeps the file open, and Windows
    deletes no open file.
    """
    while error:
        clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__


def _version(ledger: Ledger) -> int:
    with ledger.read() as conn:
        version: int = conn.exec_driver_sql("PRAGMA user_version").scalar_one()
    return version


def _upgrade(ledger: Ledger) -> None:
    """Bring a ledger to this program's version, all or nothing, once there is a copy for the former one."""
    if ledger.path and not ledger.path.resolve().is_relative_to(work_place().resolve()):
        _keep_former(ledger)
    _derive_file(ledger)


def _keep_former(ledger: Ledger) -> None:
    """A copy as the former program left it, which opens it still. Raises Damaged, or WorldFailed where there
    is no room for it: then nothing was changed.
    """
    with ledger.read() as conn:
        path = former_copy(conn, ledger.name, ledger.clock)
    if path is None:
        return
    with told(str(path)):
        make_folder(path.parent)
    with workshop() as folder:
        draft = folder / "dulu.lapak"
        copy_of(ledger, draft)
        with told(str(draft)):
            settle(draft)
        check_room(draft, path)
        with told(str(path)), draft_of(path) as arriving:
            bring(draft, arriving, path)


def _derive_file(ledger: Ledger) -> None:
    """Make the derived tables of a ledger file anew, all or nothing."""
    with ledger.write() as conn:
        journal.derive_again(conn)
        conn.exec_driver_sql(f"PRAGMA user_version = {mark.VERSION}")


def _derive_aside(ledger: Ledger) -> None:
    """Go on with a copy whose derived tables are made anew."""
    ledger.aside = work_folder()
    draft = ledger.aside / "salinan.lapak"
    copy_of(ledger, draft)
    ledger.engine.dispose()
    with closing(Ledger(str(draft), sqlite_engine(draft, "rw"), ledger.clock)) as copy:
        _derive_file(copy)
    ledger.engine = sqlite_engine(draft, "ro")
