"""Reads the plain drawings of resources/illustrations for paper: paths of straight lines and half circles."""

from __future__ import annotations

import cmath
import re
from functools import cache
from typing import TypeAlias

from pos.paths import resource

Polygon: TypeAlias = tuple[tuple[float, float], ...]

_PATH = re.compile(r'\bd="([^"]+)"(?:[^>]*\bfill="([^"]+)")?')
_COMMAND = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_NUMBER = re.compile(r"-?\d*\.?\d+")
_CORNERS = 12  # of a half circle; at 12 mm no eye and no thermal head tells it from a round one


@cache
def polygons(name: str) -> tuple[Polygon, ...]:
    """The outlines of `illustrations/<name>.svg` as (x, y) in its own units, y down, to be filled together.

    Raises ValueError for a path command it does not know: these drawings are ours and stay simple.
    """
    return tuple(polygon for _fill, drawn in painted(name) for polygon in drawn)


@cache
def painted(name: str) -> tuple[tuple[str, tuple[Polygon, ...]], ...]:
    """The same path by path, each with its colour as the drawing writes it, "" where it names none."""
    text = resource(f"illustrations/{name}.svg").read_text("ascii")
    return tuple((fill, tuple(_outlines(path))) for path, fill in _PATH.findall(text))


def _outlines(path: str) -> list[Polygon]:
    found: list[Polygon] = []
    here, points = 0j, [0j]
    for command, arguments in _COMMAND.findall(path):
        numbers = [float(number) for number in _NUMBER.findall(arguments)]
        match command:
            case "M":
                points.clear()
                here = complex(*numbers)
            case "L":
                here = complex(*numbers)
            case "H":
                here = complex(numbers[0], here.imag)
            case "V":
                here = complex(here.real, numbers[0])
            case "h":
                here += numbers[0]
            case "v":
                here += numbers[0] * 1j
            case "A":
                points += _half_circle(here, complex(*numbers[-2:]))
                here = points[-1]
            case "Z" | "z":
                found.append(tuple((point.real, point.imag) for point in points))
                here = points[0]
            case _:
                raise ValueError(f"unknown command {command} in a drawing")
        points.append(here)
    return found


def _half_circle(start: complex, end: complex) -> list[complex]:
    """Corners from `start`, exclusive, to `end`, turning as SVG's sweep flag 1 does."""
    centre = (start + end) / 2
    turns = (cmath.exp(1j * cmath.pi * step / _CORNERS) for step in range(1, _CORNERS))
    return [*(centre + (start - centre) * turn for turn in turns), end]
