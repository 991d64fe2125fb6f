"""Tests of the screen: real widgets, real clicks and keys."""
