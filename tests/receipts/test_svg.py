"""The drawings on paper keep to the shapes that the reader understands."""

from __future__ import annotations

import pytest

from pos.receipts.svg import polygons


def test_the_logo_fills_its_frame_with_round_awnings() -> None:
    points = [point for polygon in polygons("lambang-lapak-hitam") for point in polygon]
    assert (min(x for x, _y in points), max(x for x, _y in points)) == pytest.approx((5, 43))
    assert (min(y for _x, y in points), max(y for _x, y in points)) == (8, 44.5)
    assert (9.75, 28.25) in [
        (round(x, 6), round(y, 6)) for x, y in points
    ]  # the lowest point of the first one


def test_the_motif_is_made_of_whole_squares() -> None:
    outlines = polygons("motif-pucuk")
    assert all(float(value).is_integer() for polygon in outlines for point in polygon for value in point)
    assert ((0, 23), (24, 23), (24, 24), (0, 24)) in [polygon[:4] for polygon in outlines]


def test_a_curve_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown command"):
        polygons("mug")
