"""The look: colours, fonts and sizes of resources/tokens.json, ready for Qt."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

from pos.paths import resource

Mode: TypeAlias = Literal["light", "dark", "sun"]  # sun: black on white, to be read in a bright yard

_UNSCALED = {"rail"}  # the menu keeps its width at every display size


@dataclass(frozen=True, slots=True)
class Theme:
    """One mode at one display size: every number a widget needs. Made by `load_theme`.

    `scale` is the display size chosen in the settings (1.0, 1.12, 1.25), on top of the screen's own; `hints`
    says whether keys are written on the buttons, `calm` that nothing moves but progress.
    """

    mode: Mode
    scale: float
    hints: bool = True
    calm: bool = False

    def color(self, name: str) -> QColor:
        """A colour by its role, such as `primary` or `text2`. Raises KeyError for an unknown one."""
        return _color(tokens()["color"][self.mode][name])

    def shadow(self, name: str) -> tuple[int, int, QColor]:
        """Offset downwards in px, blur in px, and colour of a shadow (`pop` or `sheet`)."""
        token = tokens()["elevation"][name]
        return self.px(token["y"]), self.px(token["blur"]), _color(token[self.mode])

    def illustration_background(self, name: str) -> QColor:
        """What a product's illustration stands on; that of `barang-umum` for an unknown one."""
        known = tokens()["illustrationBackground"]
        return _color(known.get(name, known["barang-umum"]))

    def font(self, role: str, size: float | None = None) -> QFont:
        """The font of a role of tokens' "type", such as `body` or `hero`, with figures of equal width.

        `size` in px at 100 % is for the few texts between two roles.
        """
        font = QFont(_font(role, self.scale))
        if size is not None:
            font.setPixelSize(self.px(size))
        return font

    def px(self, value: float) -> int:
        """A length of the design, in px at 100 %, at this display size."""
        return round(value * self.scale)

    def radius(self, name: str) -> int:
        """A corner radius in px, such as `control`."""
        return self.px(tokens()["radius"][name])

    def size(self, name: str) -> int:
        """A length in px by its dotted path below tokens' "size", such as `tile.height`."""
        value = tokens()["size"]
        for part in name.split("."):
            value = value[part]
        return int(value) if name in _UNSCALED else self.px(value)

    def palette(self) -> QPalette:
        """The colours of everything that no style sheet and no painter of ours touches."""
        roles = {
            QPalette.ColorRole.Window: "bg",
            QPalette.ColorRole.WindowText: "text",
            QPalette.ColorRole.Base: "surface",
            QPalette.ColorRole.AlternateBase: "surfaceAlt",
            QPalette.ColorRole.Text: "text",
            QPalette.ColorRole.PlaceholderText: "text3",
            QPalette.ColorRole.Button: "surface",
            QPalette.ColorRole.ButtonText: "text",
            QPalette.ColorRole.Highlight: "primary",
            QPalette.ColorRole.HighlightedText: "onPrimary",
            QPalette.ColorRole.Link: "primary",
            QPalette.ColorRole.ToolTipBase: "toastBg",
            QPalette.ColorRole.ToolTipText: "toastText",
        }
        palette = QPalette()
        for role, name in roles.items():
            palette.setColor(role, self.color(name))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("textDisabled"))
        return palette

    def qss(self) -> str:
        """The style sheet of the standard controls. It sets no font, which would lose the equal figures."""
        colors = {name: _css(self.color(name)) for name in tokens()["color"][self.mode]}
        sizes = {
            "r": self.radius("control"),
            "line": 1,
            "thick": self.px(2),
            "pad": self.px(14),
            "bar": self.px(12),
            "gap": self.px(3),
            "thumb": self.px(40),
            "half": self.px(3),
            "item": self.px(40),
        }
        return _QSS.format_map({**colors, **sizes})


_QSS = """
QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QDateEdit {{
  background: {surface}; color: {text}; placeholder-text-color: {text3};
  border: {line}px solid {borderInput}; border-radius: {r}px;
  padding: 0 {pad}px; selection-background-color: {primarySoftHover}; selection-color: {text};
}}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus {{
  border: {thick}px solid {primary};
}}
QLineEdit[error="true"] {{ border: {thick}px solid {danger}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{
  background: {sunken}; color: {textDisabled}; border-color: {sunken};
}}
QLineEdit[bare="true"], QLineEdit[bare="true"]:focus {{ border: none; background: transparent; padding: 0; }}
QComboBox::drop-down {{ border: none; width: {item}px; }}
QAbstractItemView {{
  background: {surface}; alternate-background-color: {surfaceAlt}; color: {text}; border: none; outline: none;
  selection-background-color: {primarySoft}; selection-color: {text};
}}
QHeaderView::section {{
  background: {surfaceAlt}; color: {text2}; border: none; border-bottom: {line}px solid {border};
  padding: {gap}px {pad}px;
}}
QScrollArea {{ border: none; background: transparent; }}
QScrollBar {{ background: transparent; border: none; margin: 0; }}
QScrollBar:vertical {{ width: {bar}px; }}
QScrollBar:horizontal {{ height: {bar}px; }}
QScrollBar::handle {{ background: {borderStrong}; border-radius: {half}px; margin: {gap}px; }}
QScrollBar::handle:hover {{ background: {borderInput}; }}
QScrollBar::handle:vertical {{ min-height: {thumb}px; }}
QScrollBar::handle:horizontal {{ min-width: {thumb}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QToolTip {{ background: {toastBg}; color: {toastText}; border: none; padding: {pad}px; }}
QMenu {{ background: {surface}; color: {text}; border: {line}px solid {border}; padding: {gap}px; }}
QMenu::item {{ padding: {pad}px; border-radius: {r}px; }}
QMenu::item:selected {{ background: {primarySoft}; color: {onPrimarySoft}; }}
QMenu::item:disabled {{ color: {textDisabled}; }}
QMenu::separator {{ height: {line}px; background: {border}; margin: {gap}px; }}
QProgressBar {{ background: {sunken}; border: none; border-radius: {half}px; color: {text2}; }}
QProgressBar::chunk {{ background: {primary}; border-radius: {half}px; }}
"""


@functools.cache
def load_theme(mode: Mode, scale: float = 1.0, *, hints: bool = True, calm: bool = False) -> Theme:
    """The theme of `mode` at `scale` times the design's sizes."""
    if mode not in tokens()["color"]:
        raise ValueError(f"no such mode: {mode}")
    return Theme(mode, scale, hints, calm)


@functools.cache
def load_fonts() -> None:
    """Make the screen's fonts known to Qt; needs a QGuiApplication. Once per process."""
    for path in sorted(resource("fonts").glob("PlusJakartaSans-*.ttf")):
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FileNotFoundError(f"not a font: {path}")


@functools.cache
def tokens() -> Any:
    """The decoded tokens.json; read once."""
    return json.loads(resource("tokens.json").read_text(encoding="utf-8"))


def _color(text: str) -> QColor:
    """A colour of its own: whoever gets it may change it.

    Not `QColor(other)`, before which PySide makes every enumeration of `Qt`: see ui/fill.py.
    """
    return QColor.fromRgba(_argb(text))


@functools.cache
def _argb(text: str) -> int:
    """The colour `#RRGGBB` or `rgba(R, G, B, A)`, A from 0 to 1, as 0xAARRGGBB."""
    if text.startswith("#"):
        return 0xFF000000 | int(text[1:], 16)
    red, green, blue, alpha = text.removeprefix("rgba(").removesuffix(")").split(",")
    return round(255 * float(alpha)) << 24 | int(red) << 16 | int(green) << 8 | int(blue)


def _css(color: QColor) -> str:
    return f"rgba({color.red()},{color.green()},{color.blue()},{color.alpha()})"


@functools.cache
def _font(role: str, scale: float) -> QFont:
    token = tokens()["type"][role]
    family = tokens()["font"]
    font = QFont([family["family"], *family["fallback"]])
    font.setPixelSize(round(token["size"] * scale))
    font.setWeight(QFont.Weight(token["weight"]))
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, token.get("tracking", 0) * scale)
    # Else Windows, at 100 %, rounds the width of each letter to whole pixels.
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    for feature, value in family["openType"].items():
        font.setFeature(QFont.Tag(feature), value)
    return font
