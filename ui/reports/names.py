"""What reports are called before they are read."""

from __future__ import annotations

from pos.text import _


def report_names() -> dict[str, str]:
    """The title of every report by its key; one of a newer version stands for itself."""
    return {
        "totals": _("Totals"),
        "days": _("Per day"),
        "institutions": _("Per institution"),
        "products": _("Per product"),
        "categories": _("Per category"),
        "payments": _("Per way to pay"),
        "cashiers": _("Per cashier"),
        "hours": _("Per hour"),
        "daily-board": _("Daily matrix"),
        "numbers": _("Receipt numbers"),
        "shifts": _("Cash per day"),
        "orders": _("Orders"),
        "returns": _("Returns and cancelled"),
        "reconcile": _("One figure"),
        "cross-check": _("Cross-check"),
        "stock": _("Stock per product"),
        "settlement": _("Settlement per institution"),
        "exceptions": _("To be looked at"),
        "approvals": _("Approvals"),
        "pnbp": _("PNBP deposits"),
        "targets": _("Targets per institution"),
        "radar": _("What is missing"),
    }
