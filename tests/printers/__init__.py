"""Printers, and the ways to them."""
