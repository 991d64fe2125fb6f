"""pretix as a peer, run by the peer's own Python: the software through which pretixPOS rings up sales.

It sells places and goods at events; offline tills hand their sales to its API. `make` and `serve` as
tests/bench/peers/tryton.py has them. A sale is one call of that API in the same process, through Django's
test client: an order of three products, paid at the box office, their quotas counted down. No network, no
screen.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.bench.peers import talk

GOODS = 60
PLACE = "/api/v1/organizers/kanwil/events/pameran/orders/"


def configure(folder: Path) -> None:
    """Tell pretix where its database is, and start Django."""
    path = folder / "pretix.cfg"
    path.write_text(
        f"[pretix]\nurl=http://localhost\ndatadir={folder}\n[database]\nbackend=sqlite3\n"
        f"name={folder / 'kasir.sqlite3'}\n",
        "utf-8",
    )
    os.environ |= {"PRETIX_CONFIG_FILE": str(path), "DJANGO_SETTINGS_MODULE": "pretix.settings"}
    import django

    django.setup()


def make(folder: Path) -> None:
    """An organizer, an event that runs, 60 products with a quota each, and a token for the API."""
    from django.core.management import call_command
    from django_scopes import scopes_disabled

    call_command("migrate", verbosity=0)
    from pretix.base.models import Event, Organizer

    now = datetime.now(UTC)
    with scopes_disabled():
        organizer = Organizer.objects.create(name="Kanwil", slug="kanwil")
        event = Event.objects.create(
            organizer=organizer,
            name="Pameran",
            slug="pameran",
            currency="IDR",
            date_from=now + timedelta(1),
            live=True,
            plugins="",
        )
        for number in range(GOODS):
            item = event.items.create(name=f"Product {number}", default_price=1000 * (number + 5))
            quota = event.quotas.create(name=f"Stock {number}", size=100_000)
            quota.items.add(item)
        team = organizer.teams.create(
            name="Kasir", all_events=True, all_event_permissions=True, all_organizer_permissions=True
        )
        (folder / "token").write_text(team.tokens.create(name="till").token, "utf-8")


class Till:
    """An open pretix."""

    def __init__(self, folder: Path) -> None:
        from django_scopes import scopes_disabled
        from pretix.base.models import Event, Order
        from rest_framework.test import APIClient

        self.orders = Order
        self.scopes = scopes_disabled
        self.client: Any = APIClient()
        self.client.credentials(HTTP_AUTHORIZATION=f"Token {(folder / 'token').read_text('utf-8')}")
        with scopes_disabled():
            self.event = Event.objects.get(slug="pameran")
            self.goods = list(self.event.items.order_by("pk").values_list("pk", flat=True))
        self.sold = 0

    def sell(self) -> str:
        """One order of three products, paid; its code, when it is durable."""
        chosen = [self.goods[(self.sold + 7 * place) % len(self.goods)] for place in range(3)]
        self.sold += 1
        order = {
            "email": None,
            "locale": "en",
            "status": "p",
            "payment_provider": "boxoffice",
            "positions": [{"item": item, "variation": None, "answers": []} for item in chosen],
        }
        answer = self.client.post(PLACE, order, format="json")
        if answer.status_code != 201:
            raise SystemExit(f"{answer.status_code}: {answer.content[:500]!r}")
        return str(answer.data["code"])

    def export(self, path: Path) -> int:
        """Every line as CSV through pretix's own list of orders; how many."""
        from django_scopes import scope
        from pretix.base.exporters.orderlist import OrderListExporter

        with scope(organizer=self.event.organizer):
            exporter = OrderListExporter(self.event, self.event.organizer)
            wanted = {"paid_only": False, "include_payment_amounts": False, "group_multiple_choice": False}
            _name, _kind, data = exporter.render({"_format": "positions:default", **wanted})
        path.write_bytes(data)
        return int(data.count(b"\n")) - 1

    def count(self) -> int:
        """How many orders are paid."""
        with self.scopes():
            return int(self.orders.objects.filter(status="p").count())


if __name__ == "__main__":
    _word, what, _where, place = sys.argv
    configure(Path(place))
    if what == "make":
        make(Path(place))
    else:
        talk.serve(Till(Path(place)))
