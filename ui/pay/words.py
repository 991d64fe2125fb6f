"""What the pages say on which the cashier vouches for the money. Each way to pay but cash has one."""

from __future__ import annotations

from typing import NamedTuple

from pos.text import _


class Words(NamedTuple):
    """What the page of one way to pay says. A step is a title and a detail, which may name the {amount}."""

    icon: str
    below: str
    steps: tuple[tuple[str, str], ...]
    reference: str
    digits: int  # of the reference; 0 for any text
    button: str


def icon_of(method: str) -> str:
    """The icon of a way to pay, wherever it is offered."""
    return "banknote" if method == "cash" else words(method).icon


def words(method: str) -> Words:
    """The words for `qris`, `transfer` or `card` in the language in use."""
    last = (_("Confirm here"), _("The sale is done and stored."))
    return {
        "qris": Words(
            "qr-code",
            _("The buyer types this amount into the phone"),
            (
                (_("The buyer scans the QR"), _("Here or on the buyer's screen.")),
                (
                    _("See that the money has come"),
                    _("Find {amount} in the merchant app. Do not trust the buyer's screenshot."),
                ),
                last,
            ),
            _("Last 4 digits of the reference (may stay empty)"),
            4,
            _("The money has come"),
        ),
        "transfer": Words(
            "landmark",
            _("The buyer sends exactly this amount to the booth's account"),
            (
                (_("The buyer sends the money"), _("From the buyer's own bank.")),
                (
                    _("See that the money has come"),
                    _("Find {amount} in the account's movements. Do not trust the buyer's screenshot."),
                ),
                last,
            ),
            _("Reference (may stay empty)"),
            0,
            _("The money has come"),
        ),
        "card": Words(
            "credit-card",
            _("Type this amount into the card machine"),
            (
                (_("Type the amount into the machine"), _("The buyer enters the PIN without being watched.")),
                (_("Wait for the machine's slip"), _("It must say that {amount} is approved.")),
                last,
            ),
            _("Approval number (may stay empty)"),
            0,
            _("The card is approved"),
        ),
    }[method]
