"""The page of settings: what pos/settings.py declares, and the few things that need a panel of their own."""
