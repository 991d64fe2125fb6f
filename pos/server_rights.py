"""Who may do what in a central database: booths' login hands documents in, the office's reads all and adds.

Neither changes or takes away what was written, nor makes tables: that is left to the database's owner.
"""

from __future__ import annotations

from sqlalchemy import Connection, select, text

from pos.local_tables import QUARANTINE, SETTING, SIGHTING
from pos.server_tables import INBOX, TURN
from pos.tables import CARDS, DOCUMENT, FACTS, REPEATED, SUMS

BOOTH_SCHEMA = "lapak_booth"  # what a booth sees in place of the tables
LOGINS = ("booth_login", "office_login")  # settings: what the two are called

_HEAD = "d.device, d.seq, d.kind, d.at, d.hash"
_OFFICE = """EXISTS (SELECT 1 FROM public.document o WHERE o.device = d.device AND o.seq = 1
        AND CAST(o.body AS jsonb) ->> 'role' = 'office')"""
# Unchecked, so read as text: in the one form that a body has, an office says so in these very letters.
_HARMLESS = """CASE WHEN d.seq = 1 AND strpos(d.body, '"role":"office"') = 0 THEN d.body END"""
_LANDED = "EXISTS (SELECT 1 FROM public.document l WHERE l.device = d.device AND l.seq = d.seq)"
_WHO = ("role", "booth", "name", "institution", "event")

# Views of the same names as the tables, so that a sync asks the same questions. They hide what booths say: of
# a neighbour one sees where the chain ends, and from its first document who it is. They lean on no derived
# table, for those come and go with the program's version, and read no body that nobody has checked.
_VIEWS = {
    "document": f"""SELECT {_HEAD}, CASE WHEN d.seq = 1 OR {_OFFICE} THEN d.body END AS body,
        CAST(NULL AS text) AS private FROM public.document d
      UNION ALL
      SELECT {_HEAD}, {_HARMLESS}, CAST(NULL AS text) FROM public.inbox d
        WHERE NOT {_LANDED}""",  # noqa: S608 - our own names
    "device": f"""SELECT d.device, d.seq, {", ".join(f"d.said ->> '{name}' AS {name}" for name in _WHO)},
        CASE WHEN d.said ->> 'sample' = 'true' THEN 1 ELSE 0 END AS sample, d.at
      FROM (SELECT w.device, w.seq, w.at, CAST(w.body AS jsonb) AS said
        FROM public.document w WHERE w.seq = 1) d""",  # noqa: S608
    "setting": "SELECT name, value FROM public.setting WHERE name = 'version'",
}


def grant(conn: Connection) -> None:
    """Set the rights of the two logins, whatever they were; nothing where no logins were made."""
    found = dict(
        conn.execute(select(SETTING.c.name, SETTING.c.value).where(SETTING.c.name.in_(LOGINS))).all()
    )
    if len(found) == len(LOGINS):
        for statement in statements(*(found[name] for name in LOGINS)):
            conn.execute(text(statement))


def statements(booth: str, office: str) -> list[str]:
    """What sets the rights of the logins `booth` and `office`."""
    booth, office = f'"{booth}"', f'"{office}"'  # a login may be called `user`
    both = f"{booth}, {office}"
    facts, sums = (", ".join(table.name for table in tables) for tables in (FACTS, (*CARDS, *SUMS)))
    views = [(f"{BOOTH_SCHEMA}.{name}", query) for name, query in _VIEWS.items()]
    return [
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {both}",
        f"CREATE SCHEMA IF NOT EXISTS {BOOTH_SCHEMA}",
        *(f"DROP VIEW IF EXISTS {name}" for name, _query in reversed(views)),
        *(f"CREATE VIEW {name} AS {query}" for name, query in views),
        f"GRANT USAGE ON SCHEMA public TO {both}",
        f"GRANT USAGE ON SCHEMA {BOOTH_SCHEMA} TO {booth}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {BOOTH_SCHEMA} TO {booth}",
        f"GRANT INSERT ON {INBOX.name} TO {booth}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {office}",
        f"GRANT INSERT ON {DOCUMENT.name}, {REPEATED.name}, {facts}, {sums} TO {office}",
        f"GRANT UPDATE ON {sums} TO {office}",
        f"GRANT UPDATE (private) ON {DOCUMENT.name} TO {office}",  # to erase personal data
        f"GRANT DELETE ON {INBOX.name} TO {office}",
        f"GRANT INSERT, UPDATE, DELETE ON {QUARANTINE.name}, {SIGHTING.name} TO {office}",  # no books
        f"GRANT UPDATE ON {TURN.name} TO {office}",  # without it no row can be locked
    ]
