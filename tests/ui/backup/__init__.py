"""Copies on the screen."""
