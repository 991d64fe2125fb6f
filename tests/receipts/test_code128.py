"""Code 128: a scanner reads back what was written."""

from __future__ import annotations

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pos.receipts.code128 import bars


def scan(widths: tuple[int, ...]) -> str:
    row = [0 if place % 2 == 0 else 255 for place, width in enumerate(widths) for _ in range(width)]
    quiet = [255] * 10
    line = bytes(value for value in (*quiet, *row, *quiet) for _ in range(3))
    image = Image.frombytes("L", (len(line), 60), line * 60)
    return str(zxingcpp.read_barcodes(image)[0].text)


@pytest.mark.parametrize("text", ["S03K7-000042", "S0347-123456", "K7", "0042", "12345", "~ab{}"])
def test_a_scanner_reads_it(text: str) -> None:
    assert scan(bars(text)) == text


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=24))
def test_a_scanner_reads_anything_printable(text: str) -> None:
    assert scan(bars(text)) == text


def test_digits_take_half_the_room() -> None:
    assert sum(bars("S03K7-000042")) == 145
    assert sum(bars("S03K7-AAAAAA")) == 167


@pytest.mark.parametrize("text", ["stan é", "a\tb"])
def test_what_it_cannot_hold_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="printable ASCII"):
        bars(text)
