"""The till without a screen: money, ledger, sales, receipts, sync, reports, exports. Never imports Qt."""

__version__ = "0.3.0"
