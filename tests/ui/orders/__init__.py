"""The screen of orders."""
