"""Preparing a central database: its tables, and one login each for the booths and for the office.

A booth may put documents into the inbox and read where chains end, who the laptops are, and what the office
says; it sees neither its neighbours' sales nor anybody's personal data. The office reads all and adds. Nobody
but the owner changes or takes away what was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, text

from pos import clock
from pos.errors import Refused
from pos.faults import told
from pos.fresh import draft_of, make_folder
from pos.ledger import Ledger, open_target, set_setting_on
from pos.paths import OWN_FILE
from pos.server import keepable, password_file, server_url
from pos.server_rights import LOGINS, grant
from pos.text import _

_ROLE = re.compile(r"(?!pg_|public$|none$)[a-z_][a-z0-9_]{0,62}")


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was made: the logins that are new, and the file that holds their passwords; None without such."""

    new: tuple[str, ...]
    passwords: Path | None


def prepare_central(url: str, booth: str = "lapak_booth", office: str = "lapak_office") -> Prepared:
    """Make the tables at `url` and the logins `booth` and `office`; asked again, it only sets their rights.

    A new login's password is made by chance and written to the file of passwords on this machine, readable
    by its user only; the server is told no more than how to recognise it. Raises Refused for a name that no
    login can have, and for an address with a password; WorldFailed when whoever asks may not make logins.
    """
    for name in (booth, office):
        if not _ROLE.fullmatch(name):
            raise Refused(
                _("'{name}' cannot be the name of a login.").format(name=name),
                _("Use small letters, digits and _."),
            )
    if booth == office:
        raise Refused(_("The booths and the office need different logins."))
    central = open_target(keepable(url))
    try:
        if central.hands_in:
            raise Refused(
                _("This login may only hand documents in."), _("Use the login of the database's owner.")
            )
        return _prepare(central, url, booth, office)
    finally:
        central.close()


def _prepare(central: Ledger, url: str, booth: str, office: str) -> Prepared:
    passwords: dict[str, str] = {}
    with told(central.name), central.engine.begin() as conn:
        for name in (booth, office):
            if not conn.scalar(
                text("SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = :name"), {"name": name}
            ):
                passwords[name] = clock.new_password()
                _make_login(conn, name, passwords[name])
        for name, login in zip(LOGINS, (booth, office), strict=True):
            set_setting_on(conn, name, login)
        grant(conn)
        if passwords:
            _keep(url, passwords)
    return Prepared(tuple(passwords), password_file() if passwords else None)


def _make_login(conn: Connection, name: str, password: str) -> None:
    """The server gets the password's SCRAM verifier only, so that no log of it holds the password."""
    pgconn = conn.connection.driver_connection.pgconn  # type: ignore[union-attr]
    verifier = pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
    conn.exec_driver_sql(f"""CREATE ROLE "{name}" LOGIN PASSWORD '{verifier}'""")


def _keep(url: str, passwords: dict[str, str]) -> None:
    """Put lines into the file of passwords, before any others: the first that fits is the one that counts."""
    given = server_url(url).get_dialect()().create_connect_args(server_url(url))[1]
    host = str(given.get("host") or "localhost").split(",")[0]
    port = str(given.get("port") or 5432).split(",")[0]
    place = ":".join(_escaped(part) for part in (host, port, str(given.get("dbname") or "*")))
    path = password_file()
    with told(str(path)):
        make_folder(path.parent)
        old = path.read_text("utf-8").splitlines() if path.exists() else []
        stale = tuple(f"{place}:{name}:" for name in passwords)
        lines = [f"{place}:{name}:{password}" for name, password in passwords.items()]
        lines += [line for line in old if not line.startswith(stale)]
        with draft_of(path) as draft:
            draft.chmod(OWN_FILE)  # whatever rights the former one had: from no other are passwords taken
            draft.write_text("\n".join(lines) + "\n", "utf-8")


def _escaped(part: str) -> str:
    return part.replace("\\", "\\\\").replace(":", "\\:")
