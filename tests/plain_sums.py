"""What every table of sums must hold, as one plain SQL query over the rows that it adds up."""

from __future__ import annotations

from sqlalchemy import select

from pos.ledger import Ledger
from pos.tables import SUMS

# Sold lines, and returned ones with all numbers below zero; `sold` counts.
_LINES = """(
    SELECT device, day, institution, sku, name, category, 1 AS sold, qty, discount, total,
      cost * qty AS cost, bundle FROM sale_line
    UNION ALL SELECT device, day, institution, sku, name, category, 0, -qty, -discount, -total,
      -cost * qty, bundle FROM refund_line)"""
_PAID = """(
    SELECT day, device, method, 1 AS sold, amount FROM payment
    UNION ALL SELECT day, device, method, 0, -amount FROM refund_payment)"""
_RUNG_UP = """(
    SELECT day, device, cashier, at, shift, 1 AS sold, qty, total, discount FROM sale
    UNION ALL SELECT day, device, cashier, at, shift, 0, -qty, -total, -discount FROM refund)"""
_UNCOSTED = "coalesce(sum(CASE WHEN cost IS NULL THEN qty END), 0)"
# Of a bundle only the discount is with who sells it; the rest is with whose goods are inside.
_MAKERS = f"""(
    SELECT day, institution, device, qty, discount, total, cost FROM {_LINES} WHERE bundle = 0
    UNION ALL SELECT day, institution, device, 0, discount, 0, 0 FROM {_LINES} WHERE bundle = 1
    UNION ALL SELECT day, institution, device, -qty, 0, amount, cost FROM movement WHERE reason = 'bundle'
    UNION ALL SELECT day, institution, device, -qty, 0, -amount, -cost FROM movement
      WHERE reason = 'bundle_back')"""
_SHARED = f"""(
    SELECT day, device, institution, sku, -qty AS qty, -total AS total FROM {_LINES} WHERE bundle = 1
    UNION ALL SELECT day, device, institution, sku, -qty, CASE WHEN qty < 0 THEN amount ELSE -amount END
      FROM movement WHERE reason IN ('bundle', 'bundle_back'))"""

# The same money of makers, by blocks of 1,024 documents.
_BLOCKS = """(
    SELECT device, institution, seq, qty, total, cost * qty AS cost FROM sale_line WHERE bundle = 0
    UNION ALL SELECT device, institution, seq, -qty, -total, -cost * qty FROM refund_line WHERE bundle = 0
    UNION ALL SELECT device, institution, seq, -qty, amount, cost FROM movement WHERE reason = 'bundle'
    UNION ALL SELECT device, institution, seq, -qty, -amount, -cost FROM movement
      WHERE reason = 'bundle_back')"""
# Of each paper: receipts, discount, turnover, what came back; cash of sales, given back, paid ahead, put in,
# taken out, brought to the treasurer, paid to institutions.
_IN_SHIFTS = """(
    SELECT device, shift, 1 AS a, discount AS b, total AS c, 0 AS d, 0 AS e, 0 AS f, 0 AS g, 0 AS h, 0 AS i,
      0 AS j, 0 AS k FROM sale
    UNION ALL SELECT device, shift, 0, 0, 0, total, 0, 0, 0, 0, 0, 0, 0 FROM refund
    UNION ALL SELECT s.device, shift, 0, 0, 0, 0, amount, 0, 0, 0, 0, 0, 0
      FROM sale s JOIN payment p ON p.device = s.device AND p.seq = s.seq WHERE method = 'cash'
    UNION ALL SELECT r.device, shift, 0, 0, 0, 0, 0, -amount, 0, 0, 0, 0, 0
      FROM refund r JOIN refund_payment p ON p.device = r.device AND p.seq = r.seq WHERE method = 'cash'
    UNION ALL SELECT device, shift, 0, 0, 0, 0, 0, 0, amount, 0, 0, 0, 0 FROM deposit WHERE method = 'cash'
    UNION ALL SELECT device, shift, 0, 0, 0, 0, 0, 0, 0, CASE kind WHEN 'in' THEN amount ELSE 0 END,
      CASE kind WHEN 'out' THEN amount ELSE 0 END, CASE kind WHEN 'bank' THEN amount ELSE 0 END, 0 FROM cash
    UNION ALL SELECT device, shift, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -amount
      FROM remittance WHERE method = 'cash')"""

PLAIN_SUMS = {
    "day_item": f"""SELECT day, device, institution, sku, max(name), max(category), sum(sold), sum(qty),
        sum(discount), sum(total), coalesce(sum(cost), 0), {_UNCOSTED}
        FROM {_LINES} GROUP BY day, device, institution, sku""",
    "item": f"""SELECT institution, sku, device, max(name), max(category), sum(qty), sum(discount),
        sum(total), sum(bundle * qty), sum(bundle * total) FROM {_LINES} GROUP BY institution, sku, device""",
    "day_payment": f"""SELECT day, device, method, sum(sold), sum(amount)
        FROM {_PAID} GROUP BY day, device, method""",
    "day_cashier": f"""SELECT day, device, cashier, CAST(substr(at, 12, 2) AS INTEGER) AS hour, sum(sold),
        sum(qty), sum(total), sum(discount), sum(CASE WHEN shift IS NULL THEN total ELSE 0 END)
        FROM {_RUNG_UP} GROUP BY day, device, cashier, hour""",
    "stock": """SELECT device, sku, sum(qty) FROM (
        SELECT device, sku, -qty AS qty FROM sale_line WHERE bundle = 0
        UNION ALL SELECT device, sku, qty FROM movement) GROUP BY device, sku""",
    "moved": """SELECT institution, sku, reason, device, sum(qty), sum(amount)
        FROM movement GROUP BY institution, sku, reason, device""",
    "day_share": f"""SELECT day, device, institution, sku, sum(qty), sum(total)
        FROM {_SHARED} GROUP BY day, device, institution, sku""",
    "day_unit": f"""SELECT day, institution, device, sum(qty), sum(discount), sum(total),
        coalesce(sum(cost), 0), {_UNCOSTED}, sum(CASE WHEN cost IS NULL THEN total ELSE 0 END)
        FROM {_MAKERS} GROUP BY day, institution, device""",
    "block_unit": f"""SELECT device, institution, seq / 1024 AS block, sum(qty), sum(total),
        coalesce(sum(cost), 0), {_UNCOSTED}, sum(CASE WHEN cost IS NULL THEN total ELSE 0 END)
        FROM {_BLOCKS} GROUP BY device, institution, block""",
    "shift_sum": f"""SELECT device, coalesce(shift, 0) AS in_shift, sum(a), sum(b), sum(c), sum(d), sum(e),
        sum(f), sum(g), sum(h), sum(i), sum(j), sum(k) FROM {_IN_SHIFTS} GROUP BY device, in_shift""",
}


def hold(ledger: Ledger) -> bool:
    """Whether every table of sums holds what its plain query adds up."""
    with ledger.read() as conn:
        for table in SUMS:
            plain = conn.exec_driver_sql(PLAIN_SUMS[table.name]).all()
            assert sorted(map(tuple, conn.execute(select(table)))) == sorted(map(tuple, plain)), table
    return True
