"""Tests of the evening report on the screen and of the reminder by day."""
