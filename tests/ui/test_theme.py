"""The look keeps its promises: contrast, equal figures, sizes, pictures that are always there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QFontMetricsF

from pos.paths import resource
from tests.ui.hands import colors
from ui.icons import icon_pixmap
from ui.pictures import illustration
from ui.theme import Mode, Theme, load_theme, tokens

MODES: tuple[Mode, ...] = ("light", "dark", "sun")
READ = 4.5  # WCAG 2.2, 1.4.3: text
BRIGHT = 7.0  # 1.4.6: enhanced, for a screen in the sun
SEEN = 3.0  # 1.4.11: controls
# Every pair of ink and ground that the design names.
PAIRS = [
    ("text", "bg", READ),
    ("text", "surface", READ),
    ("text", "surfaceAlt", READ),
    ("text", "sunken", READ),
    ("text", "keyBg", READ),
    ("text2", "bg", READ),
    ("text2", "surface", READ),
    ("text2", "sunken", READ),
    ("text3", "bg", READ),
    ("text3", "surface", READ),
    ("text3", "surfaceAlt", READ),
    ("text3", "sunken", READ),
    ("onPrimary", "primary", READ),
    ("onPrimary", "primaryHover", READ),
    ("onPrimary", "primaryPressed", READ),
    ("onPrimary", "kbdOnPrimary", READ),
    ("primary", "surface", READ),
    ("primary", "bg", READ),
    ("onPrimarySoft", "primarySoft", READ),
    ("text", "primarySoft", READ),
    ("text2", "primarySoft", READ),
    ("onPrimarySoft", "primarySoftHover", READ),
    ("onGoldSoft", "goldSoft", READ),
    ("onGold", "gold", READ),
    ("onTraining", "training", READ),
    ("onTraining", "trainingHover", READ),
    ("goldStrong", "surface", SEEN),
    ("goldStrong", "bg", SEEN),
    ("danger", "surface", READ),
    ("danger", "bg", READ),
    ("onDanger", "danger", READ),
    ("onDangerSoft", "dangerSoft", READ),
    ("warn", "surface", READ),
    ("onWarnSoft", "warnSoft", READ),
    ("warn", "warnSoft", SEEN),
    ("info", "surface", READ),
    ("onInfoSoft", "infoSoft", READ),
    ("onRail", "rail", READ),
    ("onRail", "railHover", READ),
    ("onRailActive", "railActive", READ),
    ("railAccent", "rail", SEEN),
    ("borderInput", "surface", SEEN),
    ("borderInput", "bg", SEEN),
    ("focus", "surface", SEEN),
    ("focus", "bg", SEEN),
    ("text2", "surfaceAlt", READ),
    ("text3", "primarySoft", READ),
    ("primary", "surfaceAlt", READ),
    ("primary", "primarySoft", READ),
    ("surface", "text", READ),
    ("onRailActive", "rail", READ),
    ("onGold", "railAccent", READ),
    ("goldStrong", "primarySoft", SEEN),
    ("toastText", "toastBg", READ),
    ("toastAccent", "toastBg", READ),
    ("onSource", "sourceIG", READ),
    ("onSource", "sourceFB", READ),
    ("onSource", "sourceWA", READ),
    ("text", "heat1", READ),
    ("text", "heat2", READ),
    ("onPrimary", "heat3", SEEN),
    ("onPrimary", "heat4", SEEN),
    ("chart2", "surface", SEEN),
    ("danger", "primarySoft", READ),
    ("heat3", "surface", SEEN),
    ("heat4", "surface", SEEN),
    ("onDangerSoft", "heat0", READ),
    ("chart1", "surface", SEEN),
    ("chart3", "surface", SEEN),
    ("chart4", "surface", SEEN),
    ("goldStrong", "goldSoft", SEEN),
]

# What the other modes need not keep: what cannot be pressed, hairlines, and inks on more grounds.
YARD = [
    *(("textDisabled", ground, SEEN) for ground in ("surface", "sunken", "bg")),
    *(("border", ground, SEEN) for ground in ("surface", "bg")),
    *(("borderStrong", ground, SEEN) for ground in ("surface", "bg", "sunken")),
    *((ink, "bg", READ) for ink in ("warn", "info", "goldStrong", "onGoldSoft", "onDangerSoft")),
    *((ink, "sunken", READ) for ink in ("primary", "danger", "warn", "info")),
    *((ink, "surfaceAlt", READ) for ink in ("danger", "warn", "info", "goldStrong")),
    *(("text2", ground, READ) for ground in ("keyBg", "goldSoft", "warnSoft", "dangerSoft", "infoSoft")),
    *(("text", ground, READ) for ground in ("goldSoft", "warnSoft", "dangerSoft", "infoSoft", "heat0")),
    ("onRail", "railActive", READ),
]


def luminance(color: QColor) -> float:
    parts = (color.redF(), color.greenF(), color.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(theme: Theme, ink: str, ground: str) -> float:
    dark, bright = sorted((luminance(theme.color(ink)), luminance(theme.color(ground))))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_every_pair_that_is_used_can_be_read(mode: Mode, ink: str, ground: str, least: float) -> None:
    assert contrast(load_theme(mode), ink, ground) >= least


@pytest.mark.parametrize(("ink", "ground", "least"), [*PAIRS, *YARD])
def test_in_the_sun_text_has_seven_to_one_and_lines_as_much_as_text_elsewhere(
    ink: str, ground: str, least: float
) -> None:
    assert contrast(load_theme("sun"), ink, ground) >= (BRIGHT if least == READ else READ)


@pytest.mark.parametrize("role", tokens()["type"])
def test_figures_are_equally_wide_in_every_role(theme: Theme, role: str) -> None:
    font = theme.font(role)
    metrics = QFontMetrics(font)
    assert QFontInfo(font).family() == "Plus Jakarta Sans"
    assert metrics.horizontalAdvance("111.111") == metrics.horizontalAdvance("999.888")


def test_letters_are_as_wide_as_they_are_drawn_on_every_system(theme: Theme) -> None:
    """Windows would round each to whole pixels at 100 %: blanks close up, and 5 % more or less is needed."""
    font = theme.font("price")
    assert font.hintingPreference() is QFont.HintingPreference.PreferVerticalHinting
    assert QFontMetricsF(font).horizontalAdvance("Rp1.234.500") == pytest.approx(101.62, abs=0.1)


def test_all_modes_name_the_same_colors() -> None:
    light, *others = (tokens()["color"][mode].keys() for mode in MODES)
    assert all(other == light for other in others)


def test_the_display_size_scales_all_but_the_rail() -> None:
    normal, large = load_theme("light"), load_theme("light", 1.25)
    assert large.size("tile.height") == round(normal.size("tile.height") * 1.25)
    assert large.font("hero").pixelSize() == 155
    assert large.size("rail") == normal.size("rail") == 76


def test_a_color_with_alpha_is_understood() -> None:
    assert load_theme("dark").color("scrim").getRgb() == (0, 0, 0, 153)


def test_an_unknown_color_is_a_mistake_not_black() -> None:
    with pytest.raises(KeyError):
        load_theme("light").color("purple")


def test_the_style_sheet_sets_no_font_which_would_lose_the_equal_figures() -> None:
    assert "font" not in load_theme("dark").qss()


@pytest.mark.usefixtures("theme")
@pytest.mark.parametrize("path", sorted(resource("icons").glob("*.svg")), ids=lambda path: path.stem)
def test_every_icon_is_painted_in_the_color_asked_for(path: Path) -> None:
    image = icon_pixmap(path.stem, 24, QColor("#b3261e"), 2.0).toImage()
    assert (image.width(), image.devicePixelRatio()) == (48, 2.0)
    assert "#b3261e" in colors(image)


@pytest.mark.parametrize("name", ["no-such-thing", "", "../icons/x", "/etc/passwd"])
def test_an_unknown_illustration_is_the_general_one(theme: Theme, name: str) -> None:
    general = illustration("barang-umum", 100, 82, 1.0).toImage()
    assert illustration(name, 100, 82, 1.0).toImage() == general
    assert theme.illustration_background(name) == theme.illustration_background("barang-umum")


@pytest.mark.usefixtures("theme")
def test_a_sold_out_picture_has_no_color_left() -> None:
    image = illustration("toples-nastar", 100, 82, 1.0, grey=True).toImage()
    found = [QColor(name) for name in colors(image)]
    assert len(found) > 10
    assert all(max(c.red(), c.green(), c.blue()) - min(c.red(), c.green(), c.blue()) <= 3 for c in found)
