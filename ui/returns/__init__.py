"""Papers of the past: finding a receipt, taking goods back, printing again."""
