"""A page of the manual as the rich text that Qt shows, in the colours and sizes of the theme."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from itertools import groupby

from PySide6.QtCore import QSize

from pos.manual import Block, HelpPage, Span, Spans
from ui.theme import Theme

_GAP = 8  # px at 100 % between two pieces


def as_html(page: HelpPage, theme: Theme, size_of: Callable[[str], QSize]) -> str:
    """The whole page; `size_of` a picture says how large it is shown, in px."""
    head = f'<p style="{_type(theme, "heading", 24)}margin-bottom:{theme.px(10)}px">{escape(page.title)}</p>'
    return head + "".join(_pieces(page, theme, size_of))


def _pieces(page: HelpPage, theme: Theme, size_of: Callable[[str], QSize]) -> Iterator[str]:
    for of_table, blocks in groupby(page.blocks, lambda one: one.kind in ("head", "row")):
        if of_table:
            yield _table(list(blocks), theme)
            continue
        for block in blocks:
            yield _piece(block, theme, size_of)


def _piece(block: Block, theme: Theme, size_of: Callable[[str], QSize]) -> str:
    words, gap = _inline(block.spans, theme), theme.px(_GAP)
    match block.kind:
        case "heading":
            return f'<p style="{_type(theme, "title", 17)}margin-top:{theme.px(16)}px">{words}</p>'
        case "step":
            ground, ink = _css(theme, "primarySoft"), _css(theme, "onPrimarySoft")
            disc = f'<b style="color:{ink}">{block.number}</b>'
            side = theme.px(30)
            return (
                f'<table cellpadding="{theme.px(4)}" cellspacing="0" style="margin-top:{theme.px(5)}px">'
                f'<tr><td width="{side}" align="center" valign="top" bgcolor="{ground}">{disc}</td>'
                f'<td width="{theme.px(4)}"></td><td>{words}</td></tr></table>'
            )
        case "point":
            return (
                f'<table cellpadding="{theme.px(3)}" cellspacing="0"><tr>'
                f'<td width="{theme.px(16)}" align="center" valign="top">•</td><td>{words}</td></tr></table>'
            )
        case "note":
            ground, ink = _css(theme, "infoSoft"), _css(theme, "onInfoSoft")
            return (
                f'<table width="100%" cellpadding="{theme.px(10)}" cellspacing="0" '
                f'style="margin-top:{gap}px"><tr><td bgcolor="{ground}">'
                f'<span style="color:{ink}">{words}</span></td></tr></table>'
            )
        case "picture":
            size, said = size_of(block.picture), escape(block.spans[0].text, quote=True)
            shape = f'width="{size.width()}" height="{size.height()}"'
            image = f'<img src="{block.picture}" {shape} alt="{said}">'
            return f'<p style="margin-top:{theme.px(12)}px;margin-bottom:{theme.px(12)}px">{image}</p>'
        case "turn":
            return "<hr>"
        case _:
            return f'<p style="margin-top:{gap}px">{words}</p>'


def _table(rows: list[Block], theme: Theme) -> str:
    """Rows of two cells below their head; every second one on another ground."""
    pad, grounds = theme.px(7), (_css(theme, "surface"), _css(theme, "surfaceAlt"))
    small = f"color:{_css(theme, 'text3')};font-size:{theme.px(13)}px;font-weight:600"
    cells = ""
    for n, row in enumerate(rows):
        ground = f'valign="top" bgcolor="{grounds[n % 2]}"'
        pair = [_inline(row.spans, theme), _inline(row.more, theme)]
        if row.kind == "head":
            pair = [f'<span style="{small}">{words}</span>' for words in pair]
        cells += f'<tr><td width="34%" {ground}>{pair[0]}</td><td {ground}>{pair[1]}</td></tr>'
    margin = f"margin-top:{theme.px(_GAP)}px"
    return f'<table width="100%" cellpadding="{pad}" cellspacing="0" style="{margin}">{cells}</table>'


def _inline(spans: Spans, theme: Theme) -> str:
    return "".join(_span(one, theme) for one in spans)


def _span(span: Span, theme: Theme) -> str:
    words = escape(span.text).replace("\u00a0", "&nbsp;")
    match span.style:
        case "screen":
            return f'<span style="font-weight:800">{words}</span>'
        case "key":
            ground, ink = _css(theme, "sunken"), _css(theme, "text2")
            kept = words.replace(" ", "&nbsp;") if len(words) < 20 else words
            style = f"background-color:{ground};color:{ink};font-weight:700"
            return f'<span style="{style}">&nbsp;{kept}&nbsp;</span>'
        case "link":
            color = _css(theme, "primary")
            return f'<a href="{span.page}" style="color:{color};font-weight:700">{words}</a>'
        case _:
            return words


def _type(theme: Theme, role: str, size: int) -> str:
    weight = theme.font(role).weight()
    return f"font-size:{theme.px(size)}px;font-weight:{int(weight)};"


def _css(theme: Theme, name: str) -> str:
    return theme.color(name).name()
