"""People: who may, and how they show it."""
