"""Tests of closing a shift on the screen."""
