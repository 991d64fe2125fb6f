"""How the till divides its window: DESIGN.md chapters 5 and 6 as arithmetic on logical px."""

from __future__ import annotations

from typing import NamedTuple

from ui.theme import Theme

SIDE = 16  # from the edges to what they hold
COMPACT_WIDTH, COMPACT_HEIGHT, LARGE = 1320, 740, 1600
WIDER, HIGHER = 1.25, 1.5  # a double tile: about twice the area, and four of them stand side by side
WORDS = 132  # px of a double tile below its picture
LARGE_TILE_MIN = 160  # narrowest large tile, so that 1920 px hold the seven columns of the picture


class Measures(NamedTuple):
    """The till in a window of one size. Lengths in px of the screen."""

    cart: int
    tile_height: int
    picture: int
    tile_min: int
    gap: int
    large: bool
    compact: bool  # subtotal and discount share one row
    double: bool = False  # tiles of twice the area, with larger letters

    def columns(self, width: int) -> int:
        """How many tiles stand side by side in `width` px between the margins."""
        return max(1, (width + self.gap) // (self.tile_min + self.gap))


def measures(theme: Theme, width: int, height: int) -> Measures:
    """The measures for a window whose content (without rail and status bar) is as large as design says.

    `width` and `height` are those of the whole window in px; the theme's scale counts as distance.
    """
    w, h = width / theme.scale, height / theme.scale
    large = w >= LARGE
    if large:
        cart = theme.size("cart.at1920" if w >= 1920 else "cart.at1600")
    else:
        cart = theme.size("cart.at1280" if w < COMPACT_WIDTH else "cart.at1366")
    tile = "tileLarge" if large else "tile"
    return Measures(
        cart=cart,
        tile_height=theme.size(f"{tile}.height"),
        picture=theme.size(f"{tile}.picture"),
        tile_min=theme.px(LARGE_TILE_MIN) if large else theme.size("tile.minWidth"),
        gap=theme.size("tile.gap"),
        large=large,
        compact=h < COMPACT_HEIGHT,
    )


def doubled(one: Measures, theme: Theme) -> Measures:
    """The same window with tiles of twice the area; the picture gets what the larger letters leave."""
    height = round(one.tile_height * HIGHER)
    return one._replace(
        tile_height=height,
        picture=height - theme.px(WORDS),
        tile_min=round(one.tile_min * WIDER),
        double=True,
    )
