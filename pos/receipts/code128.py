"""Code 128 (ISO/IEC 15417): the bars of a receipt's number, for every paper and the screen alike."""

from __future__ import annotations

import re

# Widths of bar, space, bar, space, bar, space in modules: six digits for each symbol value in turn
# (ISO/IEC 15417, table 1).
_PATTERNS = (
    "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231"
    "113222123122123221223211221132221231213212223112312131311222321122321221312212322112322211"
    "212123212321232121111323131123131321112313132113132311211313231113231311112133112331132131"
    "113123113321133121313121211331231131213113213311213131311123311321331121312113312311332111"
    "314111221411431111111224111422121124121421141122141221112214112412122114122411142112142211"
    "241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141"
    "214121412121111143111341131141114113114311411113411311113141114131311141411131211412211214"
    "211232"
)
_STOP = "2331112"
_START_B, _CODE_B, _CODE_C = 104, 100, 99
# In set C one symbol holds two digits; changing over and back pays from four digits on.
_RUNS = re.compile(r"(?:\d\d){2,}|[ -~]")


def bars(text: str) -> tuple[int, ...]:
    """The widths of bars and spaces in turn, in modules, beginning and ending with a bar; no quiet zone.

    Raises ValueError for characters outside printable ASCII.
    """
    if not (text.isascii() and text.isprintable()):
        raise ValueError("Code 128 B holds printable ASCII only")
    values, digits = [_START_B], False
    for run in _RUNS.findall(text):
        if (len(run) > 1) != digits:
            digits = not digits
            values.append(_CODE_C if digits else _CODE_B)
        values += [int(run[i : i + 2]) for i in range(0, len(run), 2)] if digits else [ord(run) - 32]
    check = (values[0] + sum(place * value for place, value in enumerate(values))) % 103
    return tuple(
        int(width) for value in (*values, check) for width in _PATTERNS[6 * value : 6 * value + 6]
    ) + tuple(map(int, _STOP))
