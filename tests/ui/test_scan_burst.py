"""Scans and typing are told apart by their time alone: nothing typed is lost, nothing scanned is typed.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from tests.ui.keyboard import (
    ENTER,
    F9,
    SHIFT,
    TAB,
    Move,
    Part,
    after,
    fingers,
    move,
    scan,
    scanner,
    turns,
    typing,
)
from ui.scan_burst import Burst, Heard, ScanSettings, Stroke, Verdict, suggested_gap

PLAIN = ScanSettings(quick_repeat=True)


class Till:
    """Keeps the keys that the assembler holds, as the program does, and writes down what becomes of them."""

    def __init__(self, settings: ScanSettings = PLAIN, *, timer: bool = True) -> None:
        self.burst = Burst(settings)
        self.timer = timer
        self.held: list[str] = []
        self.typed = ""
        self.passed: list[int] = []
        self.verdicts: list[Verdict] = []
        self._last = 0

    def hear(self, moves: Iterable[Move]) -> Till:
        """These keys, and then nothing more."""
        for one in moves:
            if one.down:
                self._press(one.stroke)
            else:
                self._end(self.burst.lift(one.key, one.ms))
        self._end(self.burst.silence())
        assert self.held == []
        return self

    @property
    def codes(self) -> list[str]:
        """What was scanned."""
        return [verdict.code for verdict in self.verdicts if verdict.kind == "scan"]

    @property
    def kinds(self) -> list[str]:
        """What it was taken for."""
        return [verdict.kind for verdict in self.verdicts]

    def _press(self, stroke: Stroke) -> None:
        if stroke.key == SHIFT:
            return
        if self.timer and self.burst.holding and stroke.ms - self._last > self.burst.patience_ms:
            self._end(self.burst.silence())
        self._last = stroke.ms
        foreseen = self.burst.fate(stroke)
        answer = self.burst.press(stroke)
        assert answer.fate == foreseen
        self._end(answer.verdict)
        if answer.fate == "hold":
            self.held.append(stroke.text)
            assert self.burst.patience_ms <= 50 or self.burst.certain
        elif answer.fate == "pass":
            assert self.held == [], "a key overtook those that are held"
            self.passed.append(stroke.key)

    def _end(self, verdict: Verdict | None) -> None:
        if verdict is None:
            return
        assert [heard.text for heard in verdict.keys] == self.held
        self.typed += "".join(self.held) if verdict.kind == "typing" else ""
        self.held = []
        self.verdicts.append(verdict)


@given(typing(), st.booleans())
def test_typing_arrives_unchanged(part: Part, timer: bool) -> None:
    till = Till(timer=timer).hear(part.moves)
    assert (till.typed, till.codes) == (part.typed, [])


@given(st.lists(st.integers(35, 300), min_size=12, max_size=12))
def test_typing_arrives_also_when_nobody_tells_how_long_keys_were_down(gaps: list[int]) -> None:
    moves = [one for one in fingers("putri  salju", gaps) if one.down]
    assert Till().hear(moves).typed == "putri  salju"


@given(scan(), st.booleans())
def test_a_scan_is_a_scan(part: Part, timer: bool) -> None:
    till = Till(timer=timer).hear(part.moves)
    assert (till.codes, till.typed, till.passed) == ([part.code], "", [])


@given(turns(), st.booleans())
def test_hands_and_scanner_in_turns(turns: tuple[str, list[str], list[Move]], timer: bool) -> None:
    text, codes, moves = turns
    till = Till(timer=timer).hear(moves)
    assert (till.typed, till.codes, till.passed) == (text, codes, [])


@pytest.mark.parametrize("gap", [0, 1, 10, 34])
def test_a_key_alone_never_looks_like_a_scan(gap: int) -> None:
    assert (
        Till(ScanSettings(min_length=2)).hear([move(gap, "7", down=True), move(gap, "7", down=False)]).typed
        == "7"
    )


def test_three_fast_characters_are_typing_and_their_enter_counts() -> None:
    till = Till().hear(scanner("899", [0, 5, 5, 5]))
    assert (till.typed, till.codes, till.passed) == ("899", [], [ENTER])


@pytest.mark.parametrize(("gap", "kind"), [(34, "scan"), (35, "typing")])
def test_the_average_gap_decides(gap: int, kind: str) -> None:
    moves = [one for one in scanner("8991", [gap] * 4, None) if one.down]
    assert Till().hear(moves).kinds[-1] == kind


def test_the_average_runs() -> None:
    """Gaps of 10 and 50 ms average 30; one more of 45 makes it 37.5."""
    slowing = [one for one in scanner("8991", [0, 10, 50, 45], None) if one.down]
    assert [heard.average_ms for heard in Till().hear(slowing).verdicts[0].keys] == [None, 10, 30]


def test_two_letters_rolled_into_one_are_neither_lost_nor_turned() -> None:
    moves = fingers("nastar", [0, 12, 70, 15, 70, 10])
    assert Till().hear(moves).typed == "nastar"


def test_fingers_are_known_by_the_key_before_still_down() -> None:
    fast = fingers("nastar", [0, *[25] * 5], dwell_ms=70)
    assert Till().hear(fast).typed == "nastar"
    assert Till().hear(fast).verdicts[0].why == "fingers"
    released = [one for one in fast if one.down]
    assert Till().hear(released).codes == ["nastar"]


def test_a_scanner_that_packs_keys_into_one_report_has_no_fingers() -> None:
    """Two keys go down at once and come up 8 ms later: they overlap, but no two fingers are so even."""
    moves = []
    for ms, pair in ((0, "89"), (16, "91"), (32, "00")):
        moves += [move(ms, char, down=True) for char in pair] + [
            move(ms + 8, char, down=False) for char in pair
        ]
    assert Till().hear(moves).codes == ["899100"]


def test_a_hiccup_of_the_scanner_does_not_break_a_scan() -> None:
    assert Till().hear(scanner("8991234", [0, 5, 5, 5, 120, 5, 5, 5])).codes == ["8991234"]


def test_silence_ends_a_scan_and_a_late_enter_is_a_persons() -> None:
    till = Till().hear(scanner("8991", [0, 5, 5, 5, 151]))
    assert (till.codes, till.passed) == (["8991"], [ENTER])
    assert till.verdicts[0].why == "silence"


def test_the_enter_of_a_scan_is_dropped_even_when_it_comes_late() -> None:
    till = Till().hear(scanner("8991", [0, 5, 5, 5, 149]))
    assert (till.codes, till.passed) == (["8991"], [])


@pytest.mark.parametrize("second", [ENTER, TAB])
def test_a_second_end_belongs_to_the_scan_too(second: Qt.Key) -> None:
    moves = after([scanner("8991", [0, 5, 5, 5, 5]), [move(0, second, down=True)]], [0, 6])
    assert Till().hear(moves).passed == []


def test_the_enter_of_a_person_after_a_scan_counts() -> None:
    moves = after([scanner("8991", [0, 5, 5, 5, 5]), [move(0, ENTER, down=True)]], [0, 51])
    assert Till().hear(moves).passed == [ENTER]


def test_two_scans_glued_are_two_44() -> None:
    moves = after([scanner("8991", [0, 1, 1, 1, 1]), scanner("8992", [0, 1, 1, 1, 1])], [0, 1])
    assert Till().hear(moves).codes == ["8991", "8992"]


def test_a_scan_right_after_typing_leaves_the_typed() -> None:
    moves = after([fingers("na", [0, 90]), scanner("8991234", [0, *[8] * 7])], [0, 40])
    till = Till().hear(moves)
    assert (till.typed, till.codes) == ("na", ["8991234"])
    assert till.verdicts[-1].keys[0].average_ms is None


def test_a_function_key_ends_a_scan_and_counts_itself() -> None:
    moves = after([scanner("8991", [0, 5, 5, 5], None), [move(0, F9, down=True)]], [0, 60])
    till = Till().hear(moves)
    assert (till.codes, till.passed, till.verdicts[0].why) == (["8991"], [F9], "cut off")


def test_a_function_key_comes_after_what_was_typed_before_it() -> None:
    till = Till().hear([move(0, "5", down=True), move(20, F9, down=True)])
    assert (till.typed, till.passed) == ("5", [F9])


def test_a_shortcut_is_never_held() -> None:
    burst = Burst(PLAIN)
    assert burst.press(Stroke("control", "\n", 74, 0)).fate == "pass"
    burst.press(Stroke("char", "1", 49, 500))
    answer = burst.press(Stroke("control", "\x1a", 90, 510))
    assert answer.fate == "pass"
    assert answer.verdict is not None
    assert answer.verdict.kind == "typing"


def control(text: str) -> list[Verdict]:
    """The verdicts on a scan with Ctrl and a letter behind it, at the scanner's pace, and an Enter."""
    burst = Burst(PLAIN)
    strokes = [Stroke("char", char, ord(char), 5 * place) for place, char in enumerate("8991")]
    strokes += [Stroke("control", text, 1, 20), Stroke("end", "\r", ENTER, 25)]
    answers = [burst.press(stroke) for stroke in strokes]
    assert "pass" not in [answer.fate for answer in answers]
    return [answer.verdict for answer in answers if answer.verdict]


def test_a_scanners_line_feed_is_an_end() -> None:
    (verdict,) = control("\n")
    assert (verdict.kind, verdict.code) == ("scan", "8991")


def test_control_characters_are_refused() -> None:
    (verdict,) = control("\x1d")
    assert (verdict.kind, verdict.why) == ("refused", "control")


@pytest.mark.parametrize(("length", "kind"), [(200, "scan"), (201, "refused"), (4000, "refused")])
def test_a_code_without_end_is_refused_once(length: int, kind: str) -> None:
    till = Till().hear(scanner("8" * length, [0, *[1] * length]))
    assert (till.kinds, till.typed, till.passed) == ([kind], "", [])
    assert len(till.verdicts[0].keys) == 200


def test_what_is_no_longer_kept_is_not_typed_either() -> None:
    burst = Burst(PLAIN)
    for place in range(201):
        burst.press(Stroke("char", "8", place, place * 20))
    assert burst.lift(100, 4100) is None
    assert burst.silence() is not None


def twice(gap: int, *, quick: bool = False, second: str = "8991") -> list[str]:
    """What becomes of two scans whose ends are `gap` ms apart."""
    first, then = (scanner(code, [0, 5, 5, 5, 5]) for code in ("8991", second))
    return Till(ScanSettings(quick_repeat=quick)).hear(after([first, then], [0, gap - 20])).kinds


@pytest.mark.parametrize(
    ("verdicts", "kinds"),
    [
        (twice(299), ["scan", "repeat"]),
        (twice(300), ["scan", "scan"]),
        (twice(100, quick=True), ["scan", "scan"]),
        (twice(100, second="8992"), ["scan", "scan"]),
    ],
)
def test_the_same_code_at_once_again_is_one_scan(verdicts: list[str], kinds: list[str]) -> None:
    assert verdicts == kinds


def test_a_scanner_that_goes_on_reading_one_label_scans_it_once() -> None:
    scans = [scanner("8991", [0, 5, 5, 5, 5]) for _time in range(4)]
    assert Till(ScanSettings()).hear(after(scans, [0, 200, 200, 200])).kinds == [
        "scan",
        "repeat",
        "repeat",
        "repeat",
    ]


@pytest.mark.parametrize(
    ("scanned", "code"),
    [
        ("*8991#", "8991"),
        ("8991#", "8991"),
        ("*8991", "8991"),
        ("8*9#91", "8*9#91"),
        (" *8991", "*8991"),
        ("*8991 #", "8991"),
    ],
)
def test_what_the_scanner_adds_is_taken_off(scanned: str, code: str) -> None:
    till = Till(ScanSettings(prefix="*", suffix="#")).hear(scanner(scanned, [0, *[5] * len(scanned)]))
    assert till.codes == [code]


def test_nothing_but_prefix_and_suffix_is_no_code() -> None:
    till = Till(ScanSettings(prefix="**", suffix="##")).hear(scanner("**##", [0, 5, 5, 5, 5]))
    assert [(verdict.kind, verdict.why) for verdict in till.verdicts] == [("refused", "empty")]


def test_the_hold_is_what_the_scanner_needs_and_never_more_than_fifty_ms() -> None:
    assert [ScanSettings(max_gap_ms=gap).hold_ms for gap in (15, 35, 60)] == [30, 50, 50]


def test_a_tap_ends_typing_but_not_a_scan() -> None:
    burst = Burst(PLAIN)
    burst.press(Stroke("char", "8", 56, 0))
    verdict = burst.settle()
    assert verdict is not None
    assert verdict.kind == "typing"
    for place in range(4):
        burst.press(Stroke("char", "8", 56, 100 + place))
    assert burst.settle() is None
    assert burst.holding


def test_nothing_held_needs_no_verdict() -> None:
    burst = Burst(PLAIN)
    assert [burst.silence(), burst.interrupt(), burst.settle(), burst.fingers()] == [None] * 4


@given(st.lists(st.integers(0, 400), max_size=40), st.data())
@example([0] * 12, None)
def test_every_key_has_exactly_one_fate(gaps: list[int], data: st.DataObject | None) -> None:
    """Whatever comes in whatever time: all keys are typed, scanned or let through, in order."""
    ms, moves = 0, []
    for place, gap in enumerate(gaps):
        ms += gap
        key = data.draw(st.sampled_from([*"18ab", ENTER, TAB, F9])) if data else "18"[place % 2]
        moves.append(move(ms, key, down=True))
    till = Till().hear(moves)
    known = [heard.text for verdict in till.verdicts for heard in verdict.keys]
    assert known == [one.text for one in moves if one.stroke.sort == "char"]
    assert till.typed == "".join(h.text for v in till.verdicts if v.kind == "typing" for h in v.keys)


def trace(*scans: list[int]) -> list[Heard]:
    """What is heard of scans with these gaps in them, one second apart."""
    till = Till(ScanSettings(max_gap_ms=200))
    parts = [scanner("8" * (len(gaps) + 1), [0, *gaps, 1]) for gaps in scans]
    till.hear(after(parts, [1000] * len(parts)))
    return [heard for verdict in till.verdicts for heard in verdict.keys]


@pytest.mark.parametrize(
    ("scans", "gap"),
    [
        ([], None),
        ([[5, 5, 5]] * 2, None),
        ([[5, 5, 5], [5, 20, 5], [5, 5, 5]], 30),
        ([[5, 5, 5], [5, 21, 5], [5, 5, 5]], 32),
        ([[1, 2, 1]] * 3, 15),
        ([[48, 48, 50]] * 3, 60),
        ([[40, 40, 40], *[[5, 5, 5]] * 3], 15),
        ([[5, 5]] * 5, None),
        ([*[[10, 10, 10]] * 3, [90, 90, 90]], 15),
    ],
)
def test_the_suggested_gap_comes_from_three_scans(scans: list[list[int]], gap: int | None) -> None:
    assert suggested_gap(trace(*scans), PLAIN) == gap
