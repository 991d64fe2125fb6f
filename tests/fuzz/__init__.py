"""Fuzzing of all that reads what others wrote, and state machines of the till and of sync."""
