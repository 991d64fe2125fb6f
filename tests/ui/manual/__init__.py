"""Tests of the manual on the screen."""
