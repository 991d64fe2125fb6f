"""Time and identity."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import RFC_4122, UUID

import pytest

from pos.clock import ZONES, Clock, new_device_code, new_id, stopped_at
from pos.text import clock_time


@pytest.mark.parametrize(
    ("zone", "hours", "name"),
    [
        ("Asia/Jakarta", 7, "WIB"),
        ("Asia/Pontianak", 7, "WIB"),
        ("Asia/Makassar", 8, "WITA"),
        ("Asia/Jayapura", 9, "WIT"),
    ],
)
def test_zones_are_fixed_all_year(zone: str, hours: int, name: str) -> None:
    for month in range(1, 13):
        moment = datetime(2023, month, 1, tzinfo=ZONES[zone])
        assert (moment.utcoffset(), moment.tzname()) == (timedelta(hours=hours), name)


def test_now_is_in_the_zone_and_to_the_second() -> None:
    ticking = Clock(wall=lambda: 1_681_456_020.987).in_zone("Asia/Jayapura")
    assert ticking.now().isoformat() == "2023-04-14T16:07:00+09:00"


def test_one_moment_has_three_days_in_indonesia() -> None:
    late = Clock(wall=datetime(2023, 4, 14, 16, 30, tzinfo=UTC).timestamp)
    seen = [late.in_zone(zone).now() for zone in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")]
    assert [clock_time(moment) for moment in seen] == ["23.30", "00.30", "01.30"]
    assert [moment.date() for moment in seen] == [date(2023, 4, 14), date(2023, 4, 15), date(2023, 4, 15)]


def test_uptime_goes_on_when_the_wall_clock_is_set_back() -> None:
    wall, uptime = iter([2_000.0, 1_000.0]), iter([5.0, 5.25])
    ticking = Clock(wall=lambda: next(wall), monotonic=lambda: next(uptime))
    before = ticking.now(), ticking.uptime_ms()
    after = ticking.now(), ticking.uptime_ms()
    assert after[0] < before[0]
    assert after[1] - before[1] == 250


def test_a_stopped_clock_stands_still() -> None:
    moment = datetime(2023, 4, 14, 14, 7, tzinfo=ZONES["Asia/Makassar"])
    still = stopped_at(moment)
    assert still.now() == still.now() == moment
    assert still.now().tzinfo is moment.tzinfo


def test_ids_are_uuids_of_version_7() -> None:
    made = [UUID(new_id()) for _n in range(1000)]
    assert {(one.version, one.variant) for one in made} == {(7, RFC_4122)}
    assert len(set(made)) == 1000


def test_ids_sort_by_time(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter(range(1_681_456_020_000_000_000, 2**63, 1_000_000))
    monkeypatch.setattr(time, "time_ns", lambda: next(ticks))
    made = [new_id() for _n in range(1000)]
    assert made == sorted(made)
    assert int(made[0][:12], 16) == 1_681_456_020_000


def test_device_codes_have_no_letters_that_look_alike() -> None:
    codes = [new_device_code() for _n in range(2000)]
    assert {len(code) for code in codes} == {8}
    assert set("".join(codes)) == set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def test_every_zone_is_a_plain_offset() -> None:
    assert all(type(zone) is timezone for zone in ZONES.values())
