"""The board "one day, one product" on the screen."""
