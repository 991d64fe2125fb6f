"""A small coverage-guided fuzzer: inputs that reach new lines of `pos` are kept and changed further.

It needs nothing but Python (sys.settrace), so it runs wherever the tests do, and the same seed gives the same
inputs.
"""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

from tests.fuzz.targets import Target

TOP = Path(__file__).resolve().parents[2]
LOOKED_AT = (f"{TOP / 'pos'}/", str(TOP / "ui" / "scan_burst.py"), str(TOP / "tests" / "fuzz" / "nested.py"))
LONGEST = 16_384  # bytes of one input
MOST_CHANGES = 6  # in one input
SLOW_S = 10.0  # processor time of one input, while it is looked at: ten times what it takes alone
MOST_FINDINGS = 20

ODD = (
    *(
        b"",
        b"\0",
        b"\n",
        b"\r\n",
        b"\t",
        b'"',
        b"'",
        b";",
        b",",
        b"|",
        b":",
        b"=1+1",
        b"@",
        b"-",
        b"\\",
        b"<b>",
    ),
    *(b"&lt;", b"{}", b"[]", b"null", b"true", b"0", b"-1", b"1e400", b"9223372036854775808", b"0.5", b"NaN"),
    *(b"99999999999999999999999", b"2023-02-30", b"9999-12-31", b"0001-01-01", b"[" * 3000, b"9" * 5000),
    *("\u0131 \u0130 \u00bd \u2473 \u1369 \u202e \ufeff \u2028 \u0663 \u00b2 \ufdfa e\u0301".encode(),),
    *(
        "\u1369".encode(),
        "\u0131".encode(),
        "\u00bd".encode(),
        "\u202e".encode(),
        b"\xef\xbb\xbf",
        b"\xff\xfe",
    ),
    *(
        b"\xc3",
        b"\xed\xa0\x80",
        b"\x1b[2J",
        b"\x1d",
        b"../",
        b"'; DROP TABLE sale",
        b"x" * 300,
        b"x" * 10_001,
    ),
)


@dataclass(slots=True)
class Ran:
    """What fuzzing one target came to: inputs tried, processor time, edges of code reached, inputs that
    reached some first, and what is wrong, by the place at which it went wrong.
    """

    target: str
    tried: int = 0
    seconds: float = 0
    edges: set[tuple[int, int, int]] = field(default_factory=set)
    kept: list[bytes] = field(default_factory=list)
    findings: dict[str, tuple[bytes, str]] = field(default_factory=dict)

    @property
    def lines(self) -> int:
        """Lines of code reached."""
        return len({(code, line) for code, _before, line in self.edges})


def fuzz(
    target: Target,
    dice: Random,
    more: Callable[[Ran], bool],
    corpus: Sequence[bytes] = (),
    slow_s: float = SLOW_S,
) -> Ran:
    """Try the corpus, then changed inputs as long as `more` says so. More than `slow_s` is a finding, too."""
    ran = Ran(target.name)
    for data in (*target.seeds, *corpus):
        try_one(target, data, ran, slow_s)
    while more(ran) and len(ran.findings) < MOST_FINDINGS:
        pool = ran.kept or [b""]
        # The newest of those that were kept lead to the newest code.
        data = pool[-1 - min(int(dice.expovariate(4 / len(pool))), len(pool) - 1)]
        for _change in range(1 + min(int(dice.expovariate(0.7)), MOST_CHANGES)):
            data = changed(data, dice, target.words, pool)
        try_one(target, data[:LONGEST], ran, slow_s)
    return ran


def try_one(target: Target, data: bytes, ran: Ran, slow_s: float = SLOW_S) -> None:
    """Put one input in, and learn from it."""
    begun, said = time.process_time(), ""
    before = len(ran.edges)
    sys.settrace(_tracer(ran.edges))
    try:
        target.run(data)
    except Exception as error:  # noqa: BLE001 - whatever comes out is what is looked for
        said = "".join(traceback.format_exception(error))
    finally:
        sys.settrace(None)
    ran.tried += 1
    spent = time.process_time() - begun
    ran.seconds += spent
    if said:
        ran.findings.setdefault(_place(said), (data, said))
    elif spent > slow_s:
        ran.findings.setdefault("slow", (data, f"{target.name}: {spent:.1f} s of processor time"))
    if len(ran.edges) > before:
        ran.kept.append(data)


def _place(said: str) -> str:
    """Where it went wrong: the last line of ours in the traceback, and the kind of error."""
    lines = [line.strip() for line in said.splitlines() if f'"{TOP}' in line]
    kind = said.strip().splitlines()[-1].partition(":")[0]
    return f"{kind} at {lines[-1].partition(', in')[0].replace(f'{TOP}/', '') if lines else '?'}"


def _tracer(edges: set[tuple[int, int, int]]) -> Callable[[FrameType, str, Any], Any]:
    """A trace function that writes down each step from line to line of the code that is looked at."""

    def called(frame: FrameType, _event: str, _arg: Any) -> Any:
        if not frame.f_code.co_filename.startswith(LOOKED_AT):
            return None
        code, last = hash((frame.f_code.co_filename, frame.f_code.co_firstlineno)), 0

        def stepped(frame: FrameType, event: str, _arg: Any) -> Any:
            nonlocal last
            if event == "line":
                edges.add((code, last, frame.f_lineno))
                last = frame.f_lineno
            return stepped

        return stepped

    return called


def changed(data: bytes, dice: Random, words: Sequence[bytes], pool: Sequence[bytes]) -> bytes:
    """One more change to `data`."""
    start = dice.randint(0, len(data))
    end = min(len(data), start + int(dice.expovariate(0.15)))
    match dice.randrange(9):
        case 0:  # a bit, or a byte
            if data:
                place = dice.randrange(len(data))
                byte = data[place] ^ 1 << dice.randrange(8) if dice.random() < 0.5 else dice.randrange(256)
                return data[:place] + bytes([byte]) + data[place + 1 :]
            return bytes([dice.randrange(256)])
        case 1:
            return data[:start] + data[end:]
        case 2:
            return data[:end] + data[start:end] * dice.choice((1, 2, 8, 40)) + data[end:]
        case 3 | 4:
            return data[:start] + dice.choice(ODD) + data[end if dice.random() < 0.5 else start :]
        case 5 | 6 if words:
            return data[:start] + dice.choice(words) + data[end if dice.random() < 0.5 else start :]
        case 7:  # another number in the place of one
            return _renumbered(data, dice)
        case _:
            other = dice.choice(pool)
            cut = dice.randint(0, len(other))
            return data[:start] + other[cut : cut + int(dice.expovariate(0.02))] + data[end:]


def _renumbered(data: bytes, dice: Random) -> bytes:
    digits = [place for place, byte in enumerate(data) if 48 <= byte <= 57]
    if not digits:
        return data
    start = end = dice.choice(digits)
    while end < len(data) and 48 <= data[end] <= 57:
        end += 1
    number = dice.choice(
        (0, 1, -1, 2**31, 2**63, 10**12 + 1, 10**15, dice.randrange(100), dice.randrange(10**6))
    )
    return data[:start] + str(number).encode() + data[end:]
