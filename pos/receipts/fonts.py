"""The fonts of papers: embedded by ReportLab, and measured by it for layouts that the screen shows too."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from pos.paths import resource
from pos.receipts.sheet import Weight

MONO, MONO_BOLD = "LapakMono-Regular", "LapakMono-Bold"


def register(*names: str) -> None:
    """Make fonts of resources/fonts known to ReportLab, each once per process: reading one takes its time.

    ReportLab keeps a face under its PostScript name; ours are subsets with names of their own, so that no
    full font can take their place.
    """
    for name in names:
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, resource(f"fonts/{name}.ttf")))


def sans(weight: Weight) -> str:
    """The name of the letters of sheets, ready to use; their figures are all of one width."""
    name = f"LapakSans-{weight}"
    register(name)
    return name


def text_width(text: str, weight: Weight, size: float) -> float:
    """How wide `text` is in mm at `size` pt."""
    points: float = pdfmetrics.stringWidth(text, sans(weight), size)
    return points / float(mm)
