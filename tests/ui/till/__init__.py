"""Tests of the till: real clicks and keys on real books."""
