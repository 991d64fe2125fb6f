"""Receipt printers: what one is, how it is kept in the booth's settings, and the bytes that it is sent."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from pos.errors import Refused
from pos.kept_json import parsed
from pos.text import _

if TYPE_CHECKING:  # the till asks for its printer before it needs to draw anything
    from pos.receipts.blocks import Slip

Kind: TypeAlias = Literal["none", "windows", "lp", "serial", "tcp", "file"]
KINDS: tuple[Kind, ...] = get_args(Kind)
COLUMNS = (32, 42, 48)  # those of pos.receipts.measures.PAPERS
CODE_PAGES = ("ascii", "cp437", "cp858", "cp1252")  # those of pos.receipts.escpos
PINS = (0, 2, 5)  # of the socket for the cash drawer; 0: there is no drawer
SPEEDS = (9600, 19200, 38400, 57600, 115200)  # baud; adapters over Bluetooth take any
PORT = 9100  # where printers in a network listen for raw bytes

_MOST_DOTS = 40_000  # 5 m of paper: a longer slip is a mistake, and no printer's memory
_MOST_ADDRESS = 200  # characters
_NOT_PRINTED = r"[\x00-\x1f\x7f]"
_HOST = r"[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+(?:%\w+)?\]"
_QUEUE = r"[!-.0-~]+"  # CUPS: no space, no slash
_COM = r"(?i:COM[1-9][0-9]{0,2}|/dev/[\w./-]+)"


@dataclass(frozen=True, slots=True)
class Printer:
    """A receipt printer. `address` is its name in the system, `COM5:9600`, `192.168.1.50:9100` or a path.

    `raster`: slips are sent as pictures. `drawer` is one of PINS, `code_page` of CODE_PAGES.
    """

    kind: Kind = "none"
    address: str = ""
    columns: int = 48
    raster: bool = False
    cutter: bool = False
    drawer: int = 0
    code_page: str = "ascii"


NONE = Printer()


def printer_of(text: str) -> Printer:
    """The printer that a setting holds; none where it holds nothing that can be one."""
    try:
        return checked(typed_printer(text))
    except Refused:
        return NONE


def typed_printer(text: str) -> Printer:
    """A printer as somebody is typing it, which need not be one yet; none where nothing can be read."""
    try:
        found = parsed(text)
        known = {field.name for field in fields(Printer)}
        printer = Printer(**{name: value for name, value in found.items() if name in known})
        return printer if isinstance(printer.address, str) and printer.kind in KINDS else NONE
    except (ValueError, TypeError, AttributeError):
        return NONE


def printer_text(printer: Printer) -> str:
    """A printer as the text of a setting."""
    return json.dumps(asdict(printer), sort_keys=True)


def checked(printer: Printer) -> Printer:
    """The printer, its address without spaces around it. Raises Refused for what cannot be one."""
    one = replace(printer, address=printer.address.strip())
    if one.kind not in KINDS or one.columns not in COLUMNS or one.drawer not in PINS:
        raise Refused(_("This is no printer that Lapak knows."))
    if one.code_page not in CODE_PAGES or any(type(flag) is not bool for flag in (one.raster, one.cutter)):
        raise Refused(_("This is no printer that Lapak knows."))
    if one.kind == "none":
        return replace(one, address="")
    if not one.address or len(one.address) > _MOST_ADDRESS or re.search(_NOT_PRINTED, one.address):
        raise Refused(_("The printer has no address yet."), _hint(one.kind))
    if not _fits(one.kind, one.address):
        refused = _("'{address}' is no address of such a printer.").format(address=one.address)
        raise Refused(refused, _hint(one.kind))
    return one


def host_and_port(address: str) -> tuple[str, int]:
    """`192.168.1.50:9100` in its parts; without a port the usual one. Raises ValueError."""
    host, colon, port = address.rpartition(":")
    if not colon or (":" in host and not host.endswith("]")):
        host, port = address, str(PORT)
    number = int(port) if port.isascii() and port.isdigit() else 0
    if not re.fullmatch(_HOST, host) or not 0 < number < 65536:
        raise ValueError(address)
    return host.strip("[]"), number


def line_and_speed(address: str) -> tuple[str, int]:
    """`COM5:9600` in its parts; without a speed the slowest. Raises ValueError."""
    line, colon, speed = address.rpartition(":")
    if not colon:
        line, speed = address, str(SPEEDS[0])
    if not re.fullmatch(_COM, line) or speed not in map(str, SPEEDS):
        raise ValueError(address)
    return line, int(speed)


def slip_bytes(printer: Printer, slip: Slip) -> bytes:
    """What is sent to `printer` for `slip`. Raises Refused for one that is longer than any receipt."""
    from pos.receipts.escpos import escpos
    from pos.receipts.measures import block_height

    if sum(block_height(block) for block in slip.blocks) > _MOST_DOTS:
        raise Refused(
            _("{title} is too long for a receipt printer.").format(title=slip.title), _("Save it as a PDF.")
        )
    if printer.raster:
        from pos.receipts.raster import raster  # Pillow is imported where it is first used

        return raster(slip, cut=printer.cutter)
    return escpos(slip, cut=printer.cutter, code_page=printer.code_page)


def _fits(kind: Kind, address: str) -> bool:
    try:
        if kind == "tcp":
            host_and_port(address)
        elif kind == "serial":
            line_and_speed(address)
        elif kind == "lp":
            return bool(re.fullmatch(_QUEUE, address)) and not address.startswith("-")
    except ValueError:
        return False
    return True


def _hint(kind: Kind) -> str:
    """What an address of such a printer looks like."""
    match kind:
        case "serial":
            return _("Such as COM5, COM5:9600 or /dev/rfcomm0.")
        case "tcp":
            return _("Such as 192.168.1.50 or 192.168.1.50:9100.")
        case "file":
            return _("Such as /dev/usb/lp0.")
    return _("Choose it from the list of the system.")
