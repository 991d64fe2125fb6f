"""Tests of returns at the till: real clicks and keys on real books."""
