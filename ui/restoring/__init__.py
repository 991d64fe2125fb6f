"""Making a ledger of a copy: when one is gone, and when another laptop goes on."""
