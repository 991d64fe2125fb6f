"""Tests of ui/pay."""
