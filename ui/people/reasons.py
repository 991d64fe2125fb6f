"""The usual reasons for what needs one, as a person would say them."""

from __future__ import annotations

from pos.text import _


def usual_reasons(action: str) -> tuple[str, ...]:
    """The few words that mostly say why `action` (a key of pos.rights.ACTIONS) is done; none: any will do."""
    return {
        "void": (
            _("Typed wrongly"),
            _("Buyer changed their mind"),
            _("Wrong way to pay"),
            _("Entered twice"),
        ),
        "refund": (_("Damaged"), _("Wrong item"), _("Buyer changed their mind"), _("Expired")),
        "cash_out": (_("Change money"), _("Supplies for the booth"), _("To the treasurer")),
        "difference": (_("Wrong change given"), _("Not known yet")),
        "write_off": (_("Damaged"), _("Sample"), _("Gift")),
        "price": (_("Promotion"), _("The price was wrong")),
        "order_cancel": (_("Ordered by mistake"), _("Cannot be made")),
    }.get(action, ())
