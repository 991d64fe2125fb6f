"""A barcode that nobody here has: it is told, and may be given to the item that is chosen next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from pos.text import _
from ui.tell import Banner


class Registering:
    """What was scanned last without being known, and whether the next item gets it. Told by `banner`.

    `new_wanted` is asked for a product that has that code, `focus` for the keyboard in the search field.
    """

    def __init__(
        self, banner: Banner, new_wanted: Callable[[str], object], focus: Callable[[], object]
    ) -> None:
        self._banner = banner
        self._new_wanted = new_wanted
        self._focus = focus
        self._unknown = ""
        self.code = ""  # the one that is given to the next item
        banner.dismissed.connect(self.leave)

    def tell_unknown(self, code: str) -> None:
        """Nobody has this code."""
        self._unknown = code
        told = _("Barcode {code} is not known.").format(code=code[:40])
        after = _("The field was cleared; the next scan works as always.")
        self._banner.say("danger", told, after, _("Register"), self.begin)

    def begin(self) -> None:
        """The barcode that was not known last belongs to the item that is chosen next; Esc leaves it."""
        if self._unknown:
            self.code = self._unknown
            told = _("Tap the item that barcode {code} is on, or search for it.")
            words = (told.format(code=self._unknown), _("Esc leaves it."), _("New product"))
            self._banner.say("info", *words, partial(self._new_wanted, self._unknown))
            self._focus()

    def take(self) -> str:
        """The code for the item that was just chosen, if one is to be given; once."""
        code, self.code = self.code, ""
        if code:
            self._unknown = ""
            self._banner.dismiss()
        return code

    def leave(self) -> None:
        """What is asked for is out of sight: nothing may be registered by the next tap any more."""
        self.code = ""
