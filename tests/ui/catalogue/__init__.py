"""Tests of ui/catalogue."""
