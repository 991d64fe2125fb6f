"""Time and chance: the only place that reads the clock or makes random identities."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone

# Indonesia's three zones have fixed offsets and no daylight saving (Keppres 41/1987), so no time zone data
# base is needed: Python on Windows has none.
ZONES = {
    "Asia/Jakarta": timezone(timedelta(hours=7), "WIB"),
    "Asia/Pontianak": timezone(timedelta(hours=7), "WIB"),
    "Asia/Makassar": timezone(timedelta(hours=8), "WITA"),
    "Asia/Jayapura": timezone(timedelta(hours=9), "WIT"),
}
DEFAULT_ZONE = "Asia/Jakarta"
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of one ledger: wall time in the exhibition's zone, and a monotonic second opinion."""

    zone: timezone = ZONES[DEFAULT_ZONE]
    wall: Callable[[], float] = time.time
    monotonic: Callable[[], float] = time.monotonic

    def now(self) -> datetime:
        """The present, aware, in the exhibition's zone, to the whole second."""
        return datetime.fromtimestamp(int(self.wall()), self.zone)

    def uptime_ms(self) -> int:
        """Milliseconds since the monotonic clock began; never goes back when the wall clock does."""
        return int(self.monotonic() * 1000)

    def in_zone(self, name: str) -> Clock:
        """The same clock showing the zone `name` (a key of ZONES)."""
        return replace(self, zone=ZONES[name])

    def going_on_from(self, *moments: str) -> Clock:
        """The same clock moved so that it shows the latest of these moments (ISO 8601, aware) now.

        For the sample exhibition. Without a moment it stays as it is.
        """
        if not moments:
            return self
        moved_s = self.wall() - max(datetime.fromisoformat(moment) for moment in moments).timestamp()
        return replace(self, wall=lambda: self.wall() - moved_s)


def stopped_at(moment: datetime) -> Clock:
    """A clock that stands still at `moment` (aware), for the sample day and for tests."""
    zone = moment.tzinfo if isinstance(moment.tzinfo, timezone) else ZONES[DEFAULT_ZONE]
    return Clock(zone=zone, wall=moment.timestamp, monotonic=lambda: 0.0)


def zone_name(moment: datetime) -> str:
    """`WIB` of an aware moment; empty for a zone that is none of Indonesia's."""
    offset = moment.utcoffset()
    return next((one.tzname(None) for one in ZONES.values() if one.utcoffset(None) == offset), "")


def new_id() -> str:
    """A time-ordered unique id of 32 hex digits (UUID version 7, RFC 9562), made when a cart is opened."""
    bits = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    bits = bits & ~(0xF << 76) | 0x7 << 76
    bits = bits & ~(0x3 << 62) | 0x2 << 62
    return f"{bits:032x}"


def new_salt() -> bytes:
    """16 random bytes that make equal PINs look different."""
    return os.urandom(16)


def new_password() -> str:
    """32 random characters for a login that nobody types by heart."""
    return "".join(_CROCKFORD[byte % 32] for byte in os.urandom(32)).lower()


def pause(at_most_ms: int) -> None:
    """Wait from half of `at_most_ms` to all of it: two that were in each other's way part so."""
    time.sleep(at_most_ms * (256 + os.urandom(1)[0]) / 512 / 1000)


def new_device_code() -> str:
    """The identity of one laptop: 8 random characters of Crockford's base 32 (no I, L, O, U)."""
    return "".join(_CROCKFORD[byte % 32] for byte in os.urandom(8))
