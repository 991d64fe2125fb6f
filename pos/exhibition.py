"""Which exhibition this is: reads an event file and lays it over the built-in one."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from pos.clock import DEFAULT_ZONE, ZONES
from pos.errors import Refused
from pos.faults import file_fault
from pos.model import Event, Institution
from pos.paths import resource
from pos.text import _, clean_text

MAX_EVENT_BYTES = 1_000_000
MAX_DAYS = 400  # of an exhibition; a typing error in a year has more


def builtin_event() -> Event:
    """Hari Bhakti Pemasyarakatan ke-59 in South Sumatra, with its 20 institutions."""
    return _event_of(_read(resource("exhibition/hbp-59.toml")), (), "hbp-59.toml")


def read_event(path: Path) -> Event:
    """The event of a TOML file (interface.md, "Files"); its institutions add to or replace the built-in ones.

    Raises Refused, naming the file and the field, for anything missing or senseless.
    """
    return _event_of(_read(path), builtin_event().institutions, path.name)


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise Refused(_("There is no file {name}.").format(name=path))
    try:
        if path.stat().st_size > MAX_EVENT_BYTES:
            raise Refused(_("{file} is too large for an event file.").format(file=path.name))
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise file_fault(path, error) from error
    except (ValueError, RecursionError) as error:  # not UTF-8, not TOML, an endless number, nested too deep
        raise Refused(_("{file} is not a TOML file: {why}").format(file=path.name, why=error)) from error


def _event_of(raw: dict[str, Any], base: tuple[Institution, ...], file: str) -> Event:
    event = raw.get("event")
    if not isinstance(event, dict):
        raise Refused(_("{file} has no [event].").format(file=file))
    units = {unit.code: unit for unit in base}
    entries = raw.get("institution", [])
    for entry in entries if isinstance(entries, list) else [entries]:
        code = _word(entry, "code", file)
        name = _word(entry, "name", file)
        units[code] = Institution(
            code, name, _text(entry, "short", file) or name, _text(entry, "regency", file)
        )
    start, end = _day(event, "start", file), _day(event, "end", file)
    if not 0 <= (end - start).days < MAX_DAYS:
        raise Refused(
            _("{file}: event.end must be on or after event.start, at most {most} days in all.").format(
                file=file, most=MAX_DAYS
            )
        )
    zone = _text(event, "timezone", file) or DEFAULT_ZONE
    if zone not in ZONES:
        raise Refused(
            _("{file}: event.timezone '{zone}' is not known.").format(file=file, zone=zone[:40]),
            ", ".join(ZONES),
        )
    office = _text(event, "office", file)
    return Event(
        _word(event, "code", file),
        _word(event, "name", file),
        start,
        end,
        zone,
        office,
        tuple(units.values()),
    )


def _text(entry: dict[str, Any], key: str, file: str) -> str:
    value = entry.get(key, "")
    if not isinstance(value, str):
        raise Refused(_("{file}: '{key}' must be a text.").format(file=file, key=key))
    return clean_text(value)


def _word(entry: Any, key: str, file: str) -> str:
    value = entry.get(key) if isinstance(entry, dict) else None
    if not isinstance(value, str) or not clean_text(value):
        raise Refused(_("{file}: '{key}' is missing.").format(file=file, key=key))
    return clean_text(value)


def _day(event: dict[str, Any], key: str, file: str) -> date:
    value = event.get(key)
    if type(value) is not date:
        raise Refused(_("{file}: event.{key} must be a date such as 2023-03-23.").format(file=file, key=key))
    return value
